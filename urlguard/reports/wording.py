"""What a person reads about a verdict, in one language: level, link, reasons in fewer and fewer words."""

from collections.abc import Mapping, Sequence
from typing import Final

from urlguard.model import Entry, Level, Resource, Verdict
from urlguard.reports.screen import (
    defanged,
    defanged_text,
    fitted,
    fitted_link,
    printable,
    unlinked,
    width,
)

LEVELS: Final = ("error", "clear", "weak", "text", "suspicious", "dangerous", "blocked")
"""What may stand in front of a link, by the name of its text (`level_weak` ...)."""
LONGEST: Final = 1_000
"""Columns of an input that are shown where nothing limits the line; programs read it whole as JSON."""
REGISTRY: Final = "registry"
"""The group of the rules about records."""
LEAST: Final = 20
"""Columns of a link that stay readable."""


_OWN: Final = frozenset({"internal", "list"})
"""Grounds without a document."""


class Wording:
    """The words of verdicts.

    `texts` are those of the interface; `brands` and `titles` the names of brands and rules,
    `records` those of states, categories and grounds of the registry, `floors` the least level
    of rules, each by id.
    """

    def __init__(
        self,
        texts: Mapping[str, str],
        brands: Mapping[str, str],
        records: Mapping[str, str] | None = None,
        titles: Mapping[str, str] | None = None,
        floors: Mapping[str, str] | None = None,
    ) -> None:
        """Keep the tables."""
        self.texts = texts
        self._brands = brands
        self._records = records or {}
        self._titles = titles or {}
        self._floors = floors or {}

    def level(self, verdict: Verdict) -> str:
        """Return how bad it looks."""
        return self.texts[f"level_{level_name(verdict)}"]

    def shown(self, verdict: Verdict) -> str:
        """Return the input as it may be shown: links defanged, nothing that moves a cursor."""
        text = verdict.input.strip()[: 2 * LONGEST]
        raws = [resource.raw for resource in verdict.resources if resource.span is not None]
        if verdict.kind == "link":
            raws = [verdict.resources[0].raw.strip()[: 2 * LONGEST]] if verdict.resources else []
        return printable(defanged_text(text, raws))

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
        """Return one link as it may be shown."""
        return printable(defanged(resource.raw.strip()[: 2 * LONGEST]))

    def reasons(self, verdict: Verdict) -> list[str]:
        """Return the strongest reason, then the same in fewer and fewer words."""
        if verdict.error is not None:
            return [verdict.error.message]
        if not verdict.signals:
            if verdict.kind == "text":
                return [self.texts["text_links_clear"], self.texts["text_unjudged"]]
            return [self._official(verdict)]
        rest = sum(1 for signal in verdict.signals[1:] if signal.points)
        more = f" {self.texts['more_signals'].format(n=rest)}" if rest else ""
        first = verdict.signals[0]
        record = _speaking(verdict)
        if record is not None and first.group == REGISTRY:
            entry = self.entry(record)
            return [entry + more, entry, self._briefly(record)]
        full = self.clean(first.reason, verdict) + more
        if verdict.brand is not None:
            brief = self.imitated(verdict)
            return [full, brief + more, brief, self.texts["not_real"].format(real=self._real(verdict))]
        title = self._titles.get(first.rule, "")
        return [full, title + more, title] if title else [full]

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
        found = [resource.raw for resource in verdict.resources]
        found += [
            name for host in map(_host, verdict.resources) for name in _names(host) if name != verdict.real
        ]
        return printable(defanged_text(text, [name for name in found if "." in name]))

    def raised(self, verdict: Verdict) -> str:
        """Return the rule that holds a verdict at its level whatever the sum is, if one does."""
        level = verdict.level.label if verdict.level else ""
        return next((hit.rule for hit in verdict.signals if self._floors.get(hit.rule) == level), "")

    def advice(self, verdict: Verdict) -> Sequence[str]:
        """Return the advice of the strongest signal and that of the level."""
        strongest = next((signal.advice for signal in verdict.signals if signal.advice), "")
        return [self.clean(text, verdict) for text in (strongest, verdict.advice) if text]


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
    if verdict.score:
        return "weak"
    return "text" if verdict.kind == "text" else "clear"


def hiding(verdict: Verdict) -> Resource | None:
    """Return the link inside the link that the strongest signal is about."""
    at = verdict.signals[0].resource if verdict.signals else 0
    return verdict.resources[at] if at and verdict.resources[at].span is None else None


def _names(host: str) -> list[str]:
    """Return a host, and what stands above it when a record is about that."""
    labels = host.split(".") if len(host) <= LONGEST else []
    return [host, *(".".join(labels[at:]) for at in range(1, len(labels) - 1))]


def _host(resource: Resource) -> str:
    """Return the host of a resource as its key has it; empty when it has none."""
    rest = resource.key.partition("://")[2]
    return rest.partition("/")[0].rpartition("@")[2].partition("?")[0]
