"""A text with its convincing places marked, in lines of a terminal.

Places are counted in the text as it came in. They are laid out first; only then is each
character replaced by what may be shown of it (`[.]`, `<U+200B>`), so that no mark is moved.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Final

from urlguard.model import Span
from urlguard.reports.screen import defanged_text, printable, width

OPEN: Final = "‹"
CLOSE: Final = "›"
"""Around a marked place where no colour tells it."""

Piece = tuple[str, bool]
"""A part of a line, and whether it is marked."""

_CODES: Final = {char: f"<U+{ord(char):04X}>" for char in (OPEN, CLOSE)}
"""A text must not set marks of its own."""
_GAP: Final[Piece] = ("…", False)
_BREAKS: Final = "\r\n"
_SPACES: Final = "\t\r\n"
_DOT: Final = "[.]"


def marked(text: str, spans: Iterable[Span]) -> list[Piece]:
    """Cut a text into pieces that are marked and pieces that are not; joined they are the text.

    Spans may overlap, touch, stand in any order and end behind the text.

    >>> marked("name the code now", [(9, 13), (0, 4), (0, 6)])
    [('name t', True), ('he ', False), ('code', True), (' now', False)]
    """
    return [(text[start:end], on) for start, end, on in _runs(0, len(text), _merged(len(text), spans))]


def marked_lines(
    text: str, links: Sequence[str], spans: Sequence[Span], columns: int, *, most: int, brackets: bool
) -> list[list[Piece]]:
    """Return a text in at most `most` lines of at most `columns`, safe to be shown.

    `links` are defanged; `spans` stand in order of weight: of a long text the lines of the
    first ones are shown, those beside them, and … for what is left out. `brackets` puts ‹ ›
    around what is marked.
    """
    cells = _cells(text, list(links))
    spans = [_trimmed(cells, span) for span in spans]
    areas = _merged(len(text), spans)
    if brackets:
        cells = [_CODES.get(cell, cell) for cell in cells]
        for start, end in areas:
            cells[start] = OPEN + cells[start]
            cells[end - 1] += CLOSE
    broken = map(partial(_trimmed, cells), _broken(text, cells, columns))
    lines = [(start, end) for start, end in broken if start < end]
    found: list[list[Piece]] = []
    before = -1
    for at in _chosen(lines, spans, most):
        if at > before + 1:
            found.append([_GAP])
        start, end = lines[at]
        found.append([("".join(cells[a:b]), on) for a, b, on in _runs(start, end, areas)])
        before = at
    return [*found, [_GAP]] if before + 1 < len(lines) else found


def _merged(length: int, spans: Iterable[Span]) -> list[Span]:
    """Return spans in order, inside the text, none touching another."""
    found: list[Span] = []
    for start, end in sorted((max(start, 0), min(end, length)) for start, end in spans):
        if start >= end:
            continue
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found


def _runs(at: int, end: int, areas: Iterable[Span]) -> Iterator[tuple[int, int, bool]]:
    """Yield what is in the areas and what is between them, from `at` to `end`."""
    for first, last in areas:
        if last <= at or first >= end:
            continue
        if first > at:
            yield at, first, False
        yield max(first, at), min(last, end), True
        at = min(last, end)
    if at < end:
        yield at, end, False


def _trimmed(cells: Sequence[str], span: Span) -> Span:
    """Take the spaces off both ends of a span: a mark stands at a word."""
    start, end = max(span[0], 0), min(span[1], len(cells))
    while start < end and cells[start].isspace():
        start += 1
    while start < end and cells[end - 1].isspace():
        end -= 1
    return start, end


def _cells(text: str, links: list[str]) -> list[str]:
    """Return for each character of a text what a screen shows of it; tabs and line ends are spaces."""
    shown = printable(defanged_text(text, links))
    cells, at = [], 0
    for char in text:
        end = at + 1
        if char == "." and shown.startswith(_DOT, at):
            end = at + len(_DOT)
        elif shown.startswith("<U+", at) and not shown.startswith(char, at):
            end = shown.index(">", at) + 1
        cells.append(" " if char in _SPACES else shown[at:end])
        at = end
    return cells


def _broken(text: str, cells: Sequence[str], columns: int) -> Iterator[Span]:
    """Yield the lines of a text: broken where it breaks, else at spaces, else where the screen ends."""
    start, used, space = 0, 0, -1
    for at, cell in enumerate(cells):
        if text[at] in _BREAKS:
            yield start, at
            start, used, space = at + 1, 0, -1
            continue
        if cell.isspace():
            space = at
        used += width(cell)
        while used > columns and at > start:
            end = space if space >= start else at
            yield start, end
            start = end + (end == space)
            used = sum(map(width, cells[start : at + 1]))
    yield start, len(cells)


def _chosen(lines: Sequence[Span], spans: Sequence[Span], most: int) -> list[int]:
    """Return which lines are shown: those of the spans, then their neighbours, then the first."""
    if len(lines) <= most:
        return list(range(len(lines)))
    starts = [start for start, _ in lines]
    wanted: dict[int, None] = {}
    for start, end in spans:
        if start < end:
            first, last = bisect_right(starts, start) - 1, bisect_right(starts, end - 1) - 1
            wanted |= dict.fromkeys(range(max(first, 0), min(last, first + most) + 1))
    marks = list(wanted)[:most]
    beside = [near for at in marks for near in (at - 1, at + 1) if 0 <= near < len(lines)]
    return sorted(list(dict.fromkeys([*marks, *beside, *range(most)]))[:most])
