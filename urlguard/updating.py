"""Lists from the web into the registry: downloaded together, judged, entered one by one.

A list that is not as it should be changes nothing: what was entered the last time stays in
force. Everything that could speak against a list is known and weighed before its first row is
written.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from urllib.parse import urlsplit

from urlguard.errors import UrlguardError
from urlguard.model import Kind
from urlguard.record import BadRow, Ground, Match, Row
from urlguard.registry.feeding import FeedSettings
from urlguard.registry.formats.table import FORMATS
from urlguard.registry.importing import Report, Terms
from urlguard.registry.matching import Standing, moment
from urlguard.registry.registry import Registry
from urlguard.registry.store import now
from urlguard.tables.source import Source
from urlguard.web.feeds import Feed, Fetched, fetch_lists
from urlguard.web.limits import LIMITS, Limits

LEAST_VALID: Final = 95
"""Per cent of the lines that must be readable: a page of text, or another format, is no list."""
MOST_SHRUNK: Final = 30
"""Per cent by which a list may shrink before somebody has to look at it."""
MOST_GROWN: Final = 5
"""Times that a list may grow before somebody has to look at it."""
HELD: Final = 20_000
"""Refused values of one list that are kept to be shown; far more than a list that is not poisoned has."""
_BLOCKS: Final = Standing.BLOCKS.value
_LIST: Final = "list"
"""The type of ground of everything that comes from the web."""
_IN_FORCE: Final = (Standing.BLOCKS.value, Standing.WARNS.value, Standing.ALLOWS.value)

Guarding = Callable[[Kind, Match, str], Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one list."""

    name: str
    status: str
    """`new`, `unchanged`, `held` (until it is accepted) or `failed`."""
    why: str = ""
    """`shrunk`, `grown`, `invalid`, `empty`, `error`, or a code of `urlguard.web.refusals`."""
    message: str = ""
    """In English, on one line, for what no text of the interface tells."""
    report: Report | None = None
    before: int = 0
    """Entries in force before."""
    after: int = 0
    """Entries in force after it, or that would be."""
    line: int = 0
    """Of the first line that cannot be read."""


def update(
    registry: Registry,
    feeds: Sequence[FeedSettings],
    *,
    poison: Guarding,
    category: Callable[[str], str] = lambda _: "",
    actor: str = "",
    accept: bool = False,
    preview: bool = False,
    limits: Limits = LIMITS,
) -> Iterator[Outcome]:
    """Download lists, enter them, and yield what became of each, in their order.

    `accept`: enter also a list that shrank or grew too much. A list that fails never raises.
    Raises `RegistryError` when the registry cannot be read at all.
    """
    known = _settings(registry)
    before = _in_force(registry)
    with TemporaryDirectory(prefix="urlguard-") as folder:
        asked = [_feed(feed, known.get(feed.name, {})) for feed in feeds]
        for feed, fetched in zip(feeds, fetch_lists(asked, Path(folder), limits), strict=True):
            update_one = _One(registry, feed, fetched, known.get(feed.name, {}), before.get(feed.name, 0))
            try:
                yield update_one.outcome(poison, category, actor, accept=accept, preview=preview)
            except UrlguardError as error:
                yield Outcome(feed.name, "failed", "error", _one_line(error), before=before.get(feed.name, 0))
            if fetched.path is not None:
                fetched.path.unlink(missing_ok=True)  # a million rows at a time are enough on the disk


def _settings(registry: Registry) -> dict[str, Mapping[str, Any]]:
    if not registry.path.exists():
        return {}
    return {row[0]: row[1] for row in registry.searching().lists()}


def _in_force(registry: Registry) -> dict[str, int]:
    if not registry.path.exists():
        return {}
    counts = registry.searching().by_list()
    return {name: sum(count[does] for does in _IN_FORCE) for name, count in counts.items()}


def _asked(feed: FeedSettings) -> str:
    """Return what is asked of a list: when it was another the last time, a copy of then does not do."""
    return repr((feed.url, feed.format, feed.state, feed.category))


def _feed(feed: FeedSettings, known: Mapping[str, Any]) -> Feed:
    same = known.get("asked") == _asked(feed)
    return Feed(
        feed.name, feed.url, feed.content_types, feed.sha256,
        feed.checksum_url, feed.signature_url, feed.public_key,
        str(known.get("etag", "")) if same else "", str(known.get("modified", "")) if same else "",
    )  # fmt: skip


def _one_line(error: UrlguardError) -> str:
    return "; ".join(line.strip().removeprefix("mend: ") for line in str(error).splitlines())


class _Withheld(UrlguardError):
    """A list that is not to be entered."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.why)
        self.outcome = outcome


class _One:
    """The update of one list."""

    def __init__(
        self, registry: Registry, feed: FeedSettings, fetched: Fetched, known: Mapping[str, Any], before: int
    ) -> None:
        self._registry = registry
        self._feed = feed
        self._fetched = fetched
        self._known = known
        self._before = before

    def outcome(
        self, poison: Guarding, category: Callable[[str], str], actor: str, *, accept: bool, preview: bool
    ) -> Outcome:
        fetched, name = self._fetched, self._feed.name
        if fetched.status == "failed" or (fetched.path is None and fetched.status == "new"):
            return Outcome(name, "failed", fetched.code, fetched.message, before=self._before)
        if fetched.path is None or self._seen():
            return Outcome(name, "unchanged", before=self._before, after=self._before)
        try:
            report = self._taken(
                fetched.path, self._terms(actor, preview=preview), poison, category, accept=accept
            )
        except _Withheld as withheld:
            return withheld.outcome
        if not preview:
            self._keep(actor)
        return Outcome(name, "new", report=report, before=self._before, after=report.resources)

    def _seen(self) -> bool:
        """Tell whether this very list was entered the last time."""
        known = self._known
        return known.get("asked") == _asked(self._feed) and known.get("sha256") == self._fetched.sha256

    def _taken(
        self, path: Path, terms: Terms, poison: Guarding, category: Callable[[str], str], *, accept: bool
    ) -> Report:
        def judge(report: Report, count: int) -> None:
            outcome = self._judged(report, count, accept=accept)
            if outcome.why:
                raise _Withheld(outcome)

        with path.open("rb") as stream:
            rows = self._bounded(FORMATS[self._feed.format].read(Source(stream, self._feed.name)))
            return self._registry.take(rows, terms, poison=poison, category=category, judge=judge)

    def _bounded(self, rows: Iterable[Row | BadRow]) -> Iterator[Row | BadRow]:
        """Yield rows that say no more than the list is trusted with: one that warns blocks nothing."""
        effects = self._registry.states.effects
        blocks = effects.get(self._feed.state) == _BLOCKS
        for row in rows:
            if isinstance(row, BadRow) or not row.fields:
                yield row
                continue
            fields = {name: value for name, value in row.fields.items() if name != "id"}
            if not blocks and effects.get(fields.get("state", "")) == _BLOCKS:
                del fields["state"]
            if "ground" in fields:  # whatever it calls itself: a list from the web is no court
                fields["ground"] = fields["ground"]._replace(type=_LIST)
            yield row._replace(fields=fields)

    def _terms(self, actor: str, *, preview: bool) -> Terms:
        feed = self._feed
        return Terms(
            list=feed.name, state=feed.state, category=feed.category,
            ground=Ground(_LIST, authority=urlsplit(feed.homepage or feed.url).hostname or ""),
            permits=False, replace=True, preview=preview, keep=HELD,
            action="update", actor=actor, reason=feed.url,
        )  # fmt: skip

    def _judged(self, report: Report, after: int, *, accept: bool) -> Outcome:
        """Return what a list is worth; `after` resources are in it, none of which is entered yet."""
        bad = report.codes["unreadable"]
        first = next((reject for reject in report.rejects if reject.code == "unreadable"), None)
        line, message = (first.line, first.reason) if first else (0, "")
        why, status = "", "new"
        if 100 * (report.read - bad) < LEAST_VALID * report.read:
            why, status = "invalid", "failed"
        elif not after:
            why, status = "empty", "failed"
        elif self._before and not accept and 100 * after < (100 - MOST_SHRUNK) * self._before:
            why, status = "shrunk", "held"
        elif self._before and not accept and after > MOST_GROWN * self._before:
            why, status = "grown", "held"
        return Outcome(self._feed.name, status, why, message, report, self._before, after, line)

    def _keep(self, actor: str) -> None:
        """Write down where the list is from and what it was, for the next time."""
        feed, fetched = self._feed, self._fetched
        settings = {
            **self._known, "asked": _asked(feed),
            "url": feed.url, "format": feed.format, "licence": feed.licence,
            "trust": feed.trust, "homepage": feed.homepage, "title": feed.note, "etag": fetched.etag,
            "modified": fetched.modified, "sha256": fetched.sha256, "size": fetched.size,
            "updated": moment(now()),
        }  # fmt: skip
        self._registry.configure(feed.name, settings, actor=actor)
