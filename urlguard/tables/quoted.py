"""Rows of CSV over lines: quotes that are never closed cost one line, not the rest of the file."""

import csv
from collections import deque
from collections.abc import Iterator
from typing import Final

from urlguard.record import BadRow
from urlguard.tables.source import LINE_LIMIT

LINES: Final = 200
"""Most lines of one row."""
_SHOWN: Final = 200

_Line = tuple[int, str] | BadRow


def split_rows(
    lines: Iterator[_Line], delimiter: str, width: int
) -> Iterator[tuple[int, list[str] | BadRow]]:
    """Yield the number of the first line and the cells of each row, `width` of them.

    Where a row cannot be read, its first line is a bad row and reading goes on with the next.
    """
    waiting: deque[_Line] = deque()
    while True:
        line = waiting.popleft() if waiting else next(lines, None)
        if line is None:
            return
        if isinstance(line, BadRow):
            yield line.line, line
            continue
        number, text = line
        if not text or text.isspace():
            continue
        if '"' not in text:
            cells: list[str] | None = text.split(delimiter)
        else:
            cells = _cells(text, delimiter)
            if cells is None and text.count('"') % 2:
                cells = _over_lines(text, delimiter, width, lines, waiting)
        yield number, _fitted(number, text, cells, width)


def _fitted(number: int, text: str, cells: list[str] | None, width: int) -> list[str] | BadRow:
    if cells is None:
        return BadRow(
            number, text[:_SHOWN], "a quote in it is not closed, or closed too early", 'write "" for a quote'
        )
    while len(cells) > width and not cells[-1].strip():
        cells.pop()
    if len(cells) != width:
        reason = f"{len(cells)} columns where the header has {width}"
        return BadRow(number, text[:_SHOWN], reason, "quote cells that hold the separator")
    return cells


def _cells(text: str, delimiter: str) -> list[str] | None:
    try:
        return next(csv.reader([text], delimiter=delimiter, strict=True))
    except (csv.Error, StopIteration):
        return None


def _over_lines(
    text: str, delimiter: str, width: int, lines: Iterator[_Line], waiting: deque[_Line]
) -> list[str] | None:
    """Return the cells of a row whose quoted cell goes on; None, and the lines put back, when it does not."""
    taken: list[_Line] = []
    parts, size = [text], len(text)
    while len(parts) < LINES and size < LINE_LIMIT:
        line = waiting.popleft() if waiting else next(lines, None)
        if line is None:
            break
        taken.append(line)
        if isinstance(line, BadRow):
            break
        parts.append(line[1])
        size += len(line[1]) + 1
        if line[1].count('"') % 2:
            cells = _cells("\n".join(parts), delimiter)
            if cells is not None and len(cells) == width:
                return cells
            break
    waiting.extendleft(reversed(taken))
    return None
