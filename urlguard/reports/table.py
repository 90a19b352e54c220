"""Verdicts on a terminal: one line each, and the arithmetic on request."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from urlguard.model import Verdict
from urlguard.reports.screen import fitted, padded, width, wrapped
from urlguard.reports.signals import convincing, hiding
from urlguard.reports.wording import (
    INDENT,
    LEAST,
    LEVELS,
    LONGEST,
    MOST_LINES,
    Wording,
    clickable,
    level_name,
)

_COLOURS: Final[Mapping[str, str]] = {
    "error": "35",
    "clear": "2",
    "weak": "2",
    "suspicious": "33",
    "dangerous": "1;31",
    "blocked": "1;37;41",
}
_REAL: Final = "32"
_MARKED: Final = "1;31"
_NARROW: Final = 72
"""On a narrower screen the reason stands below the link."""
_SCORE: Final = 7
"""Columns of the score and the gaps around it."""
_RANKS: Final = 10
_PAGE: Final = 100
"""Columns of an explanation where nothing limits the line."""


class Table:
    """Writes verdicts for people.

    `columns` is the width to fit the output to (None: one line a verdict, however long, for
    files and pipes).
    """

    def __init__(
        self, words: Wording, *, colour: bool = False, columns: int | None = None, explain: bool = False
    ) -> None:
        """Keep the words and how to draw."""
        self._words = words
        self._colour = colour
        self._columns = columns
        self._explain = explain
        self._level_width = max(width(words.texts[f"level_{name}"]) for name in LEVELS)

    def lines(self, verdict: Verdict) -> Iterator[str]:
        """Return the lines of one verdict, without line ends."""
        if not self._explain:
            yield from self._short(verdict)
            return
        from urlguard.reports.explained import explained  # noqa: PLC0415  (only when asked for)

        yield from self._headline(verdict)
        for line, first in explained(self._words, verdict, self._columns or _PAGE):
            yield self._painted(line, _REAL) if first else line

    def _short(self, verdict: Verdict) -> Iterator[str]:
        start = self._start(verdict)
        reasons = self._words.reasons(verdict)
        if self._columns is None:
            link = self._words.link(verdict, LONGEST)
            yield f"{start}{link}  {fitted(reasons[0], LONGEST)}".rstrip()
            return
        room = self._columns - self._level_width - _SCORE
        if self._columns < _NARROW:
            yield f"{start}{self._words.link(verdict, room)}".rstrip()
            below = _fitting(reasons, self._columns - len(INDENT))
            yield from [f"{INDENT}{below}"] if below else []
            return
        whole = width(self._words.shown(verdict))
        least = min(whole, max(room * 2 // 5, LEAST * (2 if hiding(verdict) else 1)))
        # The whole of a link says whose it is; of a text the reason says more than its end.
        beside = [text for text in reasons if text and whole + 2 + width(text) <= room]
        cut = not beside or verdict.kind != "link"
        reason = _fitting(reasons, room - least - 2) if cut else beside[0]
        link = self._words.link(verdict, room - width(reason) - 2 if reason else room)
        yield f"{start}{link}  {reason}".rstrip()

    def _start(self, verdict: Verdict) -> str:
        level = padded(self._words.level(verdict), self._level_width)
        score = f"{verdict.score:3}" if verdict.level is not None else "  –"
        return f"{self._painted(level, _COLOURS[level_name(verdict)])}  {score}  "

    def _painted(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self._colour else text

    def _headline(self, verdict: Verdict) -> Iterator[str]:
        """Return level, score and the whole link, over several lines when it is long."""
        start = self._start(verdict)
        columns = self._columns or _PAGE
        if verdict.kind != "link" and verdict.level is not None:
            head = self._words.head(verdict)
            yield f"{start}{fitted(head, columns - self._level_width - _SCORE)}".rstrip()
            yield from self._marked(verdict, max(columns - len(INDENT), LEAST))
            return
        shown = self._words.shown(verdict)
        if width(shown) <= columns - self._level_width - _SCORE:
            yield f"{start}{shown}"
            return
        yield start.rstrip()
        lines = wrapped(shown, max(columns - len(INDENT), LEAST))
        yield from (f"{INDENT}{line}" for line in lines[:MOST_LINES])
        if len(lines) > MOST_LINES:
            yield f"{INDENT}…"


    def _marked(self, verdict: Verdict, columns: int) -> Iterator[str]:
        """Return a text with what convinced in it: painted, or in ‹ ›."""
        from urlguard.reports.marked import marked_lines  # noqa: PLC0415  (only when asked for)

        lines = marked_lines(
            verdict.input, clickable(verdict), convincing(verdict), columns,
            most=MOST_LINES, brackets=not self._colour,
        )  # fmt: skip
        for line in lines:
            shown = "".join(self._painted(text, _MARKED) if on else text for text, on in line)
            yield f"{INDENT}{shown.rstrip()}"


def _fitting(reasons: Sequence[str], columns: int) -> str:
    """Return the first text that fits, or the beginning of the last one."""
    return next((text for text in reasons if width(text) <= columns), fitted(reasons[-1], columns))


def summary(
    texts: Mapping[str, str],
    counts: Mapping[str, int],
    brands: Mapping[str, int],
    schemes: Mapping[str, int] | None = None,
) -> list[str]:
    """Return the lines of `--stats`: rows by what stands in front of them, brands imitated, schemes.

    `counts` are by level name, `brands` by id, `schemes` by title.
    """
    lines = [f"{texts['stats_rows']}: {sum(counts.values())}"]
    names = (*reversed(LEVELS[1:]), LEVELS[0])
    lines += [f"  {texts[f'level_{name}']}: {counts[name]}" for name in names if counts.get(name)]
    if brands:
        lines.append(
            f"{texts['stats_brands']}: " + ", ".join(f"{name} {count}" for name, count in _ranked(brands))
        )
    if schemes:
        lines.append(f"{texts['stats_schemes']}:")
        lines += [f"  {name}: {count}" for name, count in _ranked(schemes)]
    return lines


def _ranked(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_RANKS]
