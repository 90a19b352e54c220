"""Verdicts on a terminal: one line each, and the arithmetic on request."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from urlguard.model import Level, Signal, Verdict
from urlguard.reports.screen import defanged_text, fitted, padded, printable, width, wrapped

_COLOURS: Final[Mapping[Level | None, str]] = {
    None: "35",
    Level.CLEAR: "2",
    Level.SUSPICIOUS: "33",
    Level.DANGEROUS: "1;31",
    Level.BLOCKED: "1;37;41",
}
_NARROW: Final = 72
_LINK_SHARE: Final = 0.42
_INDENT: Final = "    "
_POINTS: Final = 5


class Table:
    """Writes verdicts for people, in one language.

    `brands` maps brand ids to names, `columns` is the width to fit one-line output to
    (None: no limit, for files and pipes).
    """

    def __init__(
        self,
        texts: Mapping[str, str],
        brands: Mapping[str, str],
        *,
        colour: bool = False,
        columns: int | None = None,
        explain: bool = False,
    ) -> None:
        """Keep the texts of the interface and how to draw."""
        self._texts = texts
        self._brands = brands
        self._colour = colour
        self._columns = columns
        self._explain = explain
        self._level_width = max(width(texts[f"level_{level.label}"]) for level in Level)
        self._level_width = max(self._level_width, width(texts["level_error"]))

    def lines(self, verdict: Verdict) -> Iterator[str]:
        """Return the lines of one verdict, without line ends."""
        yield self._line(verdict)
        if self._explain:
            yield from self._explained(verdict)

    def _line(self, verdict: Verdict) -> str:
        level = self._level(verdict)
        score = f"{verdict.score:3}" if verdict.level is not None else "  –"
        shown = self._shown(verdict)
        reason = self._reason(verdict)
        if self._columns is None:
            return f"{level}  {score}  {shown}  {reason}".rstrip()
        room = self._columns - self._level_width - 7
        if self._columns < _NARROW or not reason:
            return f"{level}  {score}  {fitted(shown, max(room, 8))}"
        links = min(width(shown), max(int(room * _LINK_SHARE), room - 2 - width(reason), 20))
        return f"{level}  {score}  {fitted(shown, links)}  {fitted(reason, max(room - links - 2, 8))}"

    def _level(self, verdict: Verdict) -> str:
        name = "level_error" if verdict.level is None else f"level_{verdict.level.label}"
        return self._painted(padded(self._texts[name], self._level_width), _COLOURS[verdict.level])

    def _painted(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self._colour else text

    def _shown(self, verdict: Verdict) -> str:
        """Return the input as it may be shown: links defanged, nothing that moves a cursor."""
        if verdict.kind == "link" and verdict.resources:
            shown = defanged_text(verdict.input, [verdict.resources[0].raw])
        else:
            shown = defanged_text(verdict.input, [resource.raw for resource in verdict.resources])
        return printable(shown.strip())

    def _reason(self, verdict: Verdict) -> str:
        """Return the strongest reason, or whose official address it is."""
        if verdict.error is not None:
            return verdict.error.message
        if verdict.signals:
            rest = sum(1 for signal in verdict.signals[1:] if signal.points)
            more = f" {self._texts['more_signals'].format(n=rest)}" if rest else ""
            return self._clean(verdict.signals[0].reason, verdict) + more
        if verdict.official:
            return self._official(verdict.official)
        return ""

    def _official(self, brand: str) -> str:
        return self._texts["official"].format(brand=self._brands.get(brand, brand))

    def _clean(self, text: str, verdict: Verdict) -> str:
        return printable(defanged_text(text, [resource.raw for resource in verdict.resources]))

    def _explained(self, verdict: Verdict) -> Iterator[str]:
        """Return the arithmetic: points that add up to the score, the real address, advice."""
        if verdict.error is not None:
            return
        room = (self._columns or 100) - len(_INDENT) - _POINTS - 2
        for signal in verdict.signals:
            yield from self._signal(signal, verdict, room)
        if verdict.signals:
            yield from self._sum(verdict, room)
        if verdict.official:
            yield from self._block(self._official(verdict.official), room)
        if verdict.real:
            yield from self._block(self._texts["real_address"].format(real=verdict.real), room)
        for advice in _advice(verdict):
            yield from self._block(f"→ {self._clean(advice, verdict)}", room)

    def _signal(self, signal: Signal, verdict: Verdict, room: int) -> Iterator[str]:
        layer = ""
        if signal.resource and verdict.kind == "link":
            layer = f" ({self._texts['layer']})"
        reason = f"{self._clean(signal.reason, verdict)}{layer} [{signal.rule}]"
        if signal.points != signal.weight:
            group = self._texts.get(f"group_{signal.group}", signal.group)
            limit = self._texts["group_limit"].format(group=group)
            reason += f" ({signal.weight:+d}: {limit})"
        first, *rest = wrapped(reason, max(room, 20))
        yield f"{_INDENT}{signal.points:+{_POINTS}d}  {first}"
        for line in rest:
            yield f"{_INDENT}{' ' * _POINTS}  {line}"

    def _sum(self, verdict: Verdict, room: int) -> Iterator[str]:
        whole = sum(signal.points for signal in verdict.signals)
        note = f" ({whole}: {self._texts['cut_at_100']})" if whole > verdict.score else ""
        level = verdict.level or Level.CLEAR
        label = f"{self._texts['sum']}: {self._texts[f'level_{level.label}']}{note}"
        yield f"{_INDENT}{'=' + str(verdict.score):>{_POINTS}}  {fitted(label, max(room, 20))}"

    def _block(self, text: str, room: int) -> Iterator[str]:
        for line in wrapped(text, max(room, 20)):
            yield f"{_INDENT}{' ' * _POINTS}  {line}"


def _advice(verdict: Verdict) -> Sequence[str]:
    """Return the advice of the strongest signal and that of the level."""
    strongest = next((signal.advice for signal in verdict.signals if signal.advice), "")
    return [text for text in (strongest, verdict.advice) if text]


def summary(texts: Mapping[str, str], counts: Mapping[str, int], brands: Mapping[str, int]) -> list[str]:
    """Return the lines of `--stats`: rows by level, errors, brands imitated."""
    lines = [f"{texts['stats_rows']}: {sum(counts.values())}"]
    for name in (*(level.label for level in reversed(Level)), "error"):
        if counts.get(name):
            lines.append(f"  {texts[f'level_{name}']}: {counts[name]}")
    if brands:
        ranked = sorted(brands.items(), key=lambda item: (-item[1], item[0]))[:10]
        lines.append(f"{texts['stats_brands']}: " + ", ".join(f"{name} {count}" for name, count in ranked))
    return lines
