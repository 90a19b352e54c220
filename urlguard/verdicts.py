"""What fired, with its arithmetic, as a verdict in one language."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from urlguard.detecting import Fired
from urlguard.model import Entry, Kind, Level, Resource, Signal, Verdict
from urlguard.policy import Policy, total

if TYPE_CHECKING:
    from urlguard.registry.hits import Hit

_CLEAR: Final = Level.CLEAR
SPEAKING: Final = ("blocks", "warns")
"""What a record must do for its rule to be heard."""


class Verdicts:
    """Makes verdicts; `texts` are those of the interface in one language."""

    def __init__(
        self, policy: Policy, brands: Sequence[Mapping[str, Any]], texts: Mapping[str, str], lang: str
    ) -> None:
        """Keep what the words come from."""
        self._policy = policy
        self._brands = brands
        self._texts = texts
        self._lang = lang
        self._schemes: Mapping[str, str] = {}
        self._advice = tuple(texts[f"advice_{level.label}"] for level in Level)
        self._text_advice = {
            Level.SUSPICIOUS: texts["advice_text_suspicious"],
            Level.DANGEROUS: texts["advice_text_dangerous"],
        }

    def learn(self, schemes: Mapping[str, str]) -> None:
        """Take the advice on each fraud scheme, which only texts follow."""
        self._schemes = schemes

    def verdict(  # noqa: PLR0917  (made for every row: names cost time)
        self,
        text: str,
        kind: str,
        resources: tuple[Resource, ...],
        entries: tuple[Entry, ...],
        fired: list[Fired],
        owner: int | None,
        named: Sequence[int] = (),
        *,
        leads: bool = True,
    ) -> Verdict:
        """Return the verdict on one input.

        `owner` is the brand whose own address it is, `named` the brands a text names, in order;
        `leads` says that it points at more than official addresses.
        """
        brands = self._brands
        official = brands[owner]["id"] if owner is not None else None
        if not fired:
            return Verdict(text, kind, _CLEAR, 0, None, official, (), resources, entries, self._advice[0])
        hits = _strongest_first(fired) if len(fired) > 1 else fired
        points = self._policy.share([(hit.rule.group, hit.rule.weight) for hit in hits])
        score = total(points)
        level = self._policy.level(score)
        if level > Level.SUSPICIOUS and not leads:
            own = [(hit.rule.group, hit.rule.weight) for hit in hits]
            level = level if self._policy.agreed(own) else Level.SUSPICIOUS
        for hit in hits:
            level = max(level, hit.rule.floor)
        imitated = None
        if level > _CLEAR:  # weak signs accuse nobody of an imitation
            imitated = next((hit.brand for hit in hits if hit.brand is not None), None)
            if imitated is None and named:
                imitated = named[0]
        scheme = _scheme(hits) if level > _CLEAR else None
        advice = self._schemes.get(scheme or "", "") or self._general(kind, level, resources)
        signals = tuple([self._signal(text, hit, added) for hit, added in zip(hits, points, strict=True)])
        brand = brands[imitated] if imitated is not None else None
        if brand is None:
            return Verdict(
                text, kind, level, score, None, official, signals, resources, entries, advice, scheme=scheme
            )
        return Verdict(
            text, kind, level, score, brand["id"], None, signals, resources, entries,
            advice, None, brand.get("real"), scheme,
        )  # fmt: skip

    def _general(self, kind: str, level: Level, resources: Sequence[Resource]) -> str:
        """Return what to do whatever the scheme is; where nothing can be opened, that is not said."""
        links = kind == "link" or any(resource.kind is Kind.URL for resource in resources)
        return self._advice[level] if links else self._text_advice.get(level, self._advice[level])

    def _signal(self, text: str, hit: Fired, added: int) -> Signal:
        rule, evidence = hit.rule, hit.evidence
        reason, advice, brand_id = rule.reason, rule.advice, None
        if hit.brand is not None:
            brand = self._brands[hit.brand]
            brand_id = brand["id"]
            real = brand.get("real") or self._texts["real_unknown"]
            reason = _filled(reason, hit.shown, brand["name"][self._lang], real)
            advice = _filled(advice, hit.shown, brand["name"][self._lang], real)
        else:
            reason = reason.replace("{evidence}", evidence)
        spans = hit.spans
        if spans is None:
            at = text.find(evidence)
            spans = ((at, at + len(evidence)),) if at >= 0 else ()
        span = spans[0] if spans else None
        return Signal(
            rule.id, rule.group, added, rule.weight, reason, advice, evidence, span, hit.layer,
            brand_id, spans,
        )  # fmt: skip


def _filled(text: str, evidence: str, brand: str, real: str) -> str:
    """Fill in a text; what comes from the input goes in last, so its braces mean nothing."""
    return text.replace("{brand}", brand).replace("{real}", real).replace("{evidence}", evidence)


def _strongest_first(fired: list[Fired]) -> list[Fired]:
    """Order by weight; a rule counts once, where it came first."""
    fired.sort(key=_weight)
    seen: dict[str, Fired] = {}
    for hit in fired:
        seen.setdefault(hit.rule.id, hit)
    return list(seen.values())


def _weight(hit: Fired) -> int:
    return -abs(hit.rule.weight)


def _scheme(hits: Sequence[Fired]) -> str | None:
    """Return the scheme that most points speak for; of equals the one that speaks first."""
    found: dict[str, int] = {}
    for hit in hits:
        if hit.rule.scheme:
            found[hit.rule.scheme] = found.get(hit.rule.scheme, 0) + hit.rule.weight
    return max(found, key=found.__getitem__) if found else None


def entry_of(hit: "Hit", at: int) -> Entry:
    """Return a record that was found as a verdict shows it."""
    entry = hit.entry
    return Entry(
        hit.id,
        hit.state,
        entry.match.value,
        entry.category,
        entry.ground.type,
        entry.ground.authority,
        hit.since,
        entry.list,
        entry.until,
        entry.ground.number,
        entry.value,
        hit.standing.value,
        hit.overruled_by,
        entry.note,
        at,
    )


def quoted(hit: "Hit", raw: str) -> str:
    """Return the part of a resource that a record is about, as written where it stands so."""
    at = raw.lower().find(hit.entry.anchor)
    return raw[at : at + len(hit.entry.anchor)] if at >= 0 else raw.strip()
