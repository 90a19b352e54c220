"""What a person reads about a verdict, in one language: level, link, reasons in fewer and fewer words."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from urlguard.model import Entry, Kind, Level, Resource, Verdict
from urlguard.reports.screen import (
    defanged,
    defanged_text,
    fitted,
    fitted_link,
    printable,
    unlinked,
    width,
)
from urlguard.reports.signals import deciding, hiding, strongest

LEVELS: Final = ("error", "clear", "weak", "suspicious", "dangerous", "blocked")
"""What may stand in front of a link, by the name of its text (`level_weak` ...)."""
LONGEST: Final = 1_000
"""Columns of an input that are shown where nothing limits the line; programs read it whole as JSON."""
REGISTRY: Final = "registry"
"""The group of the rules about records."""
LEAST: Final = 20
"""Columns of a link that stay readable."""
INDENT: Final = "    "
MOST_LINES: Final = 12
"""Lines of a long input, and links of one input, that an explanation shows."""
_OWN: Final = frozenset({"internal", "list"})
"""Grounds without a document."""
_NAMES: Final = frozenset({Kind.URL, Kind.HOST, Kind.IP, Kind.EMAIL, Kind.HANDLE, Kind.APP})
"""What may be opened by a click; numbers are shown as they are written."""
_LINE_ENDS: Final = re.compile(r"[\r\n]+")
_ENDED: Final = " ¶ "
"""A line end of a text that is shown on one line."""


class Later(Mapping[str, str]):
    """A table that is made when something is looked for that is not known without it."""

    def __init__(self, make: Callable[[], Mapping[str, str]], known: Mapping[str, str] | None = None) -> None:
        """Keep what makes it, and what is known without it."""
        self._make = make
        self._known = known or {}
        self._table: Mapping[str, str] | None = None

    def _made(self) -> Mapping[str, str]:
        if self._table is None:
            self._table = self._make()
        return self._table

    def __getitem__(self, key: str) -> str:
        found = self._known.get(key)
        return self._made()[key] if found is None else found

    def __iter__(self) -> Iterator[str]:
        return iter(self._made())

    def __len__(self) -> int:
        return len(self._made())


class Wording:
    """The words of verdicts.

    `texts` are those of the interface; `brands` and `titles` the names of brands and rules,
    `records` those of states, categories and grounds of the registry, `floors` the least level
    of rules, `schemes` the titles of fraud schemes, each by id; `dangerous` is the score from
    which that level begins.
    """

    def __init__(
        self,
        texts: Mapping[str, str],
        brands: Mapping[str, str],
        records: Mapping[str, str] | None = None,
        titles: Mapping[str, str] | None = None,
        floors: Mapping[str, str] | None = None,
        *,
        schemes: Mapping[str, str] | None = None,
        dangerous: int = 100,
    ) -> None:
        """Keep the tables."""
        self.texts = texts
        self._brands = brands
        self._records = records or {}
        self._titles = {} if titles is None else titles
        self._floors = {} if floors is None else floors
        self.schemes = {} if schemes is None else schemes
        self._dangerous = dangerous
        self._quoted: tuple[Verdict | None, list[str]] = (None, [])
        """A verdict, and what a text about it may quote that could be clicked."""

    def level(self, verdict: Verdict) -> str:
        """Return how bad it looks."""
        return self.texts[f"level_{level_name(verdict)}"]

    def shown(self, verdict: Verdict) -> str:
        """Return the input as it may be shown: links defanged, nothing that moves a cursor."""
        text = verdict.input.strip()[: 2 * LONGEST]
        if verdict.kind == "link":
            raws = [verdict.resources[0].raw.strip()[: 2 * LONGEST]] if verdict.resources else []
            return printable(defanged_text(text, raws))
        return printable(_one_line(defanged_text(text, clickable(verdict)), _ENDED))

    def link(self, verdict: Verdict, columns: int) -> str:
        """Return the input in at most `columns`, and the link inside it that decides, if that hides."""
        shown = self.shown(verdict)
        if width(shown) <= columns:
            return shown
        if verdict.kind != "link":
            return fitted(shown, columns)
        inner = hiding(verdict)
        if inner is None or columns < 2 * LEAST:
            return fitted_link(shown, columns)
        outer = fitted_link(shown, columns * 2 // 5)
        return f"{outer} > {fitted_link(self.resource(inner), columns - width(outer) - 3)}"

    def resource(self, resource: Resource) -> str:
        """Return one link, phone ... as it may be shown."""
        raw = resource.raw.strip()[: 2 * LONGEST]
        return printable(defanged(raw) if resource.kind in _NAMES else raw)

    def reasons(self, verdict: Verdict) -> list[str]:
        """Return the strongest reason, then the same in fewer and fewer words."""
        if verdict.error is not None:
            return [verdict.error.message]
        first = strongest(verdict)
        if first is None:
            # A text may name a real address and lie all the same.
            return [self._official(verdict) if verdict.kind == "link" else ""]
        rest = sum(1 for signal in verdict.signals if signal.points and signal is not first)
        more = f" {self.texts['more_signals'].format(n=rest)}" if rest else ""
        record = _speaking(verdict)
        if record is not None and first.group == REGISTRY:
            entry = self.entry(record)
            return [entry + more, entry, self._briefly(record)]
        reason = self.clean(first.reason, verdict)
        title = self._titles.get(first.rule, "")
        if verdict.kind == "text":
            brief = "" if first.resource is None else self.imitated(verdict)
            found = self._said(verdict, reason + more, reason, brief, title)
        elif verdict.brand is not None:
            brief, real = self.imitated(verdict), self._real(verdict)
            found = [reason + more, brief + more, brief, self.texts["not_real"].format(real=real)]
        else:
            found = [reason + more, title + more, title] if title else [reason + more]
        return found

    def _said(self, verdict: Verdict, *reasons: str) -> list[str]:
        """Return what a text is after, in fewer and fewer words: first its scheme, last what to do."""
        head = self.head(verdict)
        found = [f"{head}: {reason}" if head else reason for reason in reasons if reason]
        advice = self.advice(verdict) if verdict.level else ()
        return [*(f"{found[0]} → {text}" for text in advice[:1]), *found, *([head] if head else [])]

    def head(self, verdict: Verdict) -> str:
        """Return the scheme a text follows and whom it uses; empty when none is known."""
        brand = self._brands.get(verdict.brand, verdict.brand) if verdict.brand else ""
        if verdict.scheme is None:
            return ""
        scheme = printable(self.schemes.get(verdict.scheme, verdict.scheme))
        return f"{scheme} ({brand})" if brand else scheme

    def entry(self, entry: Entry) -> str:
        """Return one line about a record: what it does, since when, on which ground, by whom."""
        does = {"none": "history", "overruled": "blocks"}.get(entry.standing, entry.standing)
        line = self.texts[f"entry_{does}"].format(
            state=self._records.get(entry.state, entry.state), since=entry.since, until=entry.until,
            ground=self._issued(entry), note=entry.note, list=entry.list, id=entry.id,
        )  # fmt: skip
        if entry.overruled_by:
            line += f" ({self.texts['entry_overruled'].format(id=entry.overruled_by)})"
        return printable(unlinked(line))

    def _issued(self, entry: Entry) -> str:
        """Return the ground and who issued it; an own decision needs nobody to be named."""
        ground = self._ground(entry)
        if not entry.authority and not entry.number and entry.ground in _OWN:
            return ground
        return f"{ground}, {entry.authority or self.texts['entry_unnamed']}"

    def _ground(self, entry: Entry) -> str:
        ground = self._records.get(entry.ground, entry.ground)
        return f"{ground} № {entry.number}" if entry.number else ground

    def _briefly(self, entry: Entry) -> str:
        return printable(
            f"{self._records.get(entry.state, entry.state)}, {self._ground(entry)}, {entry.since}"
        )

    def imitated(self, verdict: Verdict) -> str:
        """Return whom the link imitates and the real address; empty when it imitates nobody."""
        if verdict.brand is None:
            return ""
        name = self._brands.get(verdict.brand, verdict.brand)
        return self.texts["imitates"].format(brand=name, real=self._real(verdict))

    def _real(self, verdict: Verdict) -> str:
        return verdict.real or self.texts["real_unknown"]

    def _official(self, verdict: Verdict) -> str:
        if verdict.official is None:
            return ""
        return self.texts["official"].format(brand=self._brands.get(verdict.official, verdict.official))

    def clean(self, text: str, verdict: Verdict) -> str:
        """Return a text of a rule as it may be shown: what it quotes of the input is defanged."""
        if "." not in text and verdict.kind == "link":  # nothing in it could be clicked
            return printable(text)
        if verdict.kind == "link" and len(verdict.resources) == 1:
            link = verdict.resources[0]
            end = ".".join(_host(link).rsplit(".", 2)[-2:])
            if end in link.raw and end not in text:  # neither the link nor a name in it is quoted
                return printable(unlinked(text))
        if self._quoted[0] is not verdict:  # several texts of a verdict are shown one after the other
            found = [resource.raw for resource in verdict.resources if resource.kind in _NAMES]
            hosts = map(_host, verdict.resources)
            found += [name for host in hosts for name in _names(host)]
            quoted = [name for name in dict.fromkeys(found) if "." in name and name != verdict.real]
            self._quoted = verdict, quoted
        text = defanged_text(text, self._quoted[1])
        return printable(_one_line(text, " ") if verdict.kind == "text" else text)

    def raised(self, verdict: Verdict) -> str:
        """Return the rule that holds a verdict at its level whatever the sum is, if one does."""
        level = verdict.level.label if verdict.level else ""
        return next((hit.rule for hit in verdict.signals if self._floors.get(hit.rule) == level), "")

    def held(self, verdict: Verdict) -> bool:
        """Tell whether the words of a text were too few signs for the level its score has."""
        return verdict.level is Level.SUSPICIOUS and verdict.score >= self._dangerous

    def advice(self, verdict: Verdict) -> Sequence[str]:
        """Return the advice on the scheme, else that of the strongest signal and of the level."""
        if verdict.scheme is not None:
            return [self.clean(verdict.advice, verdict)]
        first = next((signal.advice for signal in deciding(verdict) if signal.advice), "")
        return [self.clean(text, verdict) for text in dict.fromkeys((first, verdict.advice)) if text]


def _one_line(text: str, end: str) -> str:
    """Return a text of several lines on one, without its empty ones; tabs are spaces."""
    if text.isprintable():
        return text
    lines = map(str.strip, _LINE_ENDS.split(text.replace("\t", " ")))
    return end.join(line for line in lines if line)


def clickable(verdict: Verdict) -> list[str]:
    """Return what a text holds that a terminal may make a link of, as written."""
    return [
        resource.raw
        for resource in verdict.resources
        if resource.span is not None and resource.kind in _NAMES
    ]


def _speaking(verdict: Verdict) -> Entry | None:
    """Return the record that the level comes from: the first that blocks, else the first that warns."""
    for standing in ("blocks", "warns"):
        for entry in verdict.entries:
            if entry.standing == standing:
                return entry
    return None


def level_name(verdict: Verdict) -> str:
    """Return the name of what stands in front: nothing that was not judged may look approved."""
    if verdict.level is None:
        return "error"
    if verdict.level is not Level.CLEAR:
        return verdict.level.label
    return "weak" if verdict.score else "clear"


def _names(host: str) -> list[str]:
    """Return a host, and what stands above it when a record is about that."""
    labels = host.split(".") if len(host) <= LONGEST else []
    return [host, *(".".join(labels[at:]) for at in range(1, len(labels) - 1))]


def _host(resource: Resource) -> str:
    """Return the host of a resource as its key has it; empty when it has none."""
    rest = resource.key.partition("://")[2]
    return rest.partition("/")[0].rpartition("@")[2].partition("?")[0]
