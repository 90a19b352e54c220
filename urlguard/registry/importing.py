"""A list of resources into the registry: read, judged, compared, entered as one event.

Rows are first staged beside the registry, sorted, and only then compared and written, so that
memory stays bounded whatever the size, and the writer's place is held only for the writing.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any, Final

from urlguard.errors import Refused
from urlguard.identifiers.payments import card_digits, masked
from urlguard.links.suffixes import a_label
from urlguard.model import Kind
from urlguard.record import BadRow, Effect, Match, Row
from urlguard.registry.comparing import Comparison
from urlguard.registry.formats.days import iso_day
from urlguard.registry.keys import Keys, Named
from urlguard.registry.ledger import Ledger
from urlguard.registry.poison import WIDE
from urlguard.registry.privacy import is_iin, scrubbed
from urlguard.registry.rows import KINDS, MATCHES
from urlguard.registry.states import States
from urlguard.registry.terms import Reject, Report, Terms
from urlguard.scope import NO_GROUND, Ground

__all__ = ["Guarding", "Importer", "Reject", "Report", "Terms"]

_STAGE: Final = (
    "CREATE TEMP TABLE IF NOT EXISTS staged("
    "anchor TEXT, key TEXT, value TEXT, kind INTEGER, match INTEGER, line INTEGER, rest TEXT)"
)
_DIFFERENT: Final = "SELECT count(*) FROM (SELECT DISTINCT anchor, key, kind, match FROM temp.staged)"

Guarding = Callable[[Kind, Match, str], Any]
"""`Poison.hits`: what blocking it whole would hit, or None."""


class Importer:
    """Takes rows into one registry."""

    def __init__(
        self, ledger: Ledger, keys: Keys, states: States, poison: Guarding, category: Callable[[str], str]
    ) -> None:
        """`category` maps the words of other registers to a category id, empty for none."""
        self._ledger = ledger
        self._keys = keys
        self._states = states
        self._poison = poison
        self._category = category

    def take(
        self,
        rows: Iterable[Row | BadRow],
        terms: Terms,
        told: Callable[[Reject], None] | None = None,
        judge: Callable[[Report, int], None] | None = None,
    ) -> Report:
        """Import rows as one event; `told` hears of every row that is not taken, as it happens.

        `judge` gets what reading them came to, and how many different resources they hold,
        before anything is written; when it raises, nothing is.

        Raises `RegistryError` when the registry cannot be written, and whatever reading the
        rows raises: then nothing of them is entered.
        """
        report = Report()
        run = Comparison(self._ledger, self._states, terms, report, told)
        store = self._ledger.store
        store.run("DROP TABLE IF EXISTS temp.staged")
        store.run(_STAGE)
        store.run_many("INSERT INTO temp.staged VALUES(?,?,?,?,?,?,?)", self._staged(rows, terms, run))
        if judge is not None:
            judge(report, int(store.all(_DIFFERENT)[0][0]))
        if terms.preview:
            run.compare(None)
        else:
            event = self._ledger.event(
                terms.action, actor=terms.actor, reason=terms.reason, document=terms.document,
                list_name=terms.list, state=terms.state,
            )  # fmt: skip
            with event as pen:
                run.compare(pen)
                run.quarantine(pen)
            report.event = pen.seq if pen.written else None
        store.run("DROP TABLE IF EXISTS temp.staged")
        return report

    def _staged(
        self, rows: Iterable[Row | BadRow], terms: Terms, run: Comparison
    ) -> Iterator[tuple[Any, ...]]:
        report = run.report
        poison = self._poison
        for row in rows:
            report.read += 1
            if isinstance(row, BadRow):
                run.reject(Reject(row.line, row.text, "unreadable", row.reason, row.mend))
                continue
            fields = row.fields
            if row.value.lstrip()[:1].isdigit() and is_iin(row.value.strip()):
                run.reject(Reject(row.line, "[IIN]", "personal", "a personal number (IIN) is never stored"))
                continue
            try:
                name = self._named(row, terms.match)
                rest = self._rest(fields, terms.ground) if fields else None
            except Refused as error:
                zone = None if terms.force else self._zone(row.value)
                if zone is None:
                    run.reject(Reject(row.line, row.value, "unreadable", error.what, error.mend))
                else:
                    run.hold(row, zone)
                continue
            if not terms.permits and _permits(row, terms):
                run.reject(Reject(row.line, row.value, "permission", *_NO_PERMISSION))
                continue
            hit = None if terms.force else poison(name.kind, name.match, name.key)
            if hit is not None and (hit.code in WIDE or not _permits(row, terms)):
                run.hold(row, hit)
                continue
            yield _staged_row(name, row, rest)

    def _named(self, row: Row, default: Match | None) -> Named:
        """Return what a row means; a `default` match is only for what it can be said of."""
        match = row.match or (default if row.kind in _HOSTLIKE else None)
        try:
            return self._keys.named(row.value, row.kind, match)
        except Refused:
            if match is row.match:
                raise
            return self._keys.named(row.value, row.kind)

    def _zone(self, value: str) -> Any:  # noqa: ANN401  (poison's own type)
        """Return what a bare zone (`kz`) would hit: no link, and still no slip of the pen."""
        label = value.strip().lower()
        hit = self._poison(Kind.HOST, Match.DOMAIN, a_label(label)) if label.isalpha() else None
        return hit if hit is not None and hit.code == "suffix" else None

    def _rest(self, fields: Mapping[str, Any], ground: Ground) -> str:
        """Return the fields of a row as they wait beside the registry. Raises `Refused`.

        What a row does not say of the paper it stands on, `ground` says.
        """
        kept = {name: value for name, value in fields.items() if value not in ("", None, (), {})}
        state = kept.get("state")
        if state is not None and state not in self._states:
            mend = f"use one of {', '.join(self._states.names())}"
            raise Refused(f"unknown state {scrubbed(str(state))!r}", mend)
        for name in ("since", "until"):
            if name in kept:
                kept[name] = _day(name, kept[name])
        if kept.get("until", "9") < kept.get("since", ""):
            what = f"its last day, {kept['until']}, is before its first, {kept['since']}"
            raise Refused(what, "change the one that is wrong, or both")
        if "ground" in kept:
            kept["ground"] = list(_ground(kept["ground"], ground))
        if "history" in kept:
            kept["history"] = [asdict(change) for change in kept["history"]]
        if not kept.get("category"):
            offense = str(kept.get("details", {}).get("offense", "")) or str(kept.get("note", ""))
            found = self._category(offense) if offense else ""
            if found:
                kept["category"] = found
        return json.dumps(kept, ensure_ascii=False)


def _day(name: str, text: str) -> str:
    day = iso_day(text)
    if not day:
        raise Refused(f"{name} {scrubbed(str(text))[:40]!r} is no day", "write it as 2026-12-31")
    return day


def _ground(said: Ground, otherwise: Ground) -> Ground:
    """Return the paper of a row: what it says of it, and what is said of all rows for the rest."""
    if said.type != NO_GROUND.type or not otherwise.type:
        merged = said
    else:
        pairs = zip(said[1:], otherwise[1:], strict=True)
        merged = Ground(otherwise.type, *(own or other for own, other in pairs))
    days = {name: _day(name, text) for name in ("date", "court_date") if (text := getattr(merged, name))}
    return merged._replace(**days)


_HOSTLIKE: Final = (None, Kind.HOST)
_NO_PERMISSION: Final = (
    "a list from the web permits nothing", "enter it yourself: urlguard registry add --allow",
)  # fmt: skip


def _permits(row: Row, terms: Terms) -> bool:
    """Tell whether a row becomes a permission: it hits nothing, so it may name a popular site."""
    said = row.fields.get("effect") if row.fields else None
    return (said or terms.effect) is Effect.ALLOW


def _staged_row(name: Named, row: Row, rest: str | None) -> tuple[Any, ...]:
    kind, match, key, anchor = name
    value = row.value.strip().replace("\0", "")  # one at the end is how a lost page shows
    if kind is Kind.CARD:
        value = masked(card_digits(value) or "")
    elif kind is Kind.URL:
        value = scrubbed(value)
    return (
        anchor, None if key == anchor else key, None if value == key else value,
        KINDS.index(kind), MATCHES.index(match), row.line, rest,
    )  # fmt: skip
