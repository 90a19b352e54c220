"""Rows of CSV over lines: quotes that are never closed cost one line, not the rest of the file."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Final

from urlguard.record import BadRow
from urlguard.tables.cutting import LINE_LIMIT
from urlguard.tables.rows import Block, Numbered

LINES: Final = 200
"""Most lines of one row."""
_SHOWN: Final = 200

_Line = tuple[int, str] | BadRow


@dataclass(frozen=True, slots=True)
class Shape:
    """How the rows of a table are written."""

    delimiter: str
    width: int
    """Cells of each row."""
    quote: str = '"'
    spaced: bool = False
    """Spaces stand in front of quotes."""
    padded: bool = False
    """A row with too few cells gets empty ones; otherwise it is bad."""
    longest: int = LINE_LIMIT
    """Most characters of a row that goes over several lines."""


def split_rows(
    lines: Iterable[_Line], delimiter: str, width: int
) -> Iterator[tuple[int, list[str] | BadRow]]:
    """Yield the number of the first line and the cells of each row, `width` of them.

    Where a row cannot be read, its first line is a bad row and reading goes on with the next.
    Only within a quoted cell that goes on are lines read ahead.
    """
    shape = Shape(delimiter, width)
    held: list[str] = []
    first, wanted = 1, 1
    for line in lines:
        if held and (isinstance(line, BadRow) or line[0] != first + len(held)):
            yield from _pairs(rows_of(held, first, shape, last=True)[0])
            held, wanted = [], 1
        if isinstance(line, BadRow):
            yield line.line, line
            continue
        number, text = line
        if not held:
            if not text.count(shape.quote) & 1:
                if text and not text.isspace():
                    yield number, _fitted(number, text, _read(text, shape), shape)
                continue
            first = number
        held.append(text)
        if len(held) < wanted:
            continue
        rows, done = rows_of(held, first, shape, last=False)
        yield from _pairs(rows)
        held, first = held[done:], first + done
        # Twice as many lines each time: what is looked through again stays in proportion.
        wanted = 2 * len(held) or 1
    yield from _pairs(rows_of(held, first, shape, last=True)[0])


def _pairs(rows: Block) -> Iterator[tuple[int, list[str] | BadRow]]:
    for row in rows:
        yield (row.line, row) if isinstance(row, BadRow) else (row.number, row.cells)  # type: ignore[misc]  # text alone


def rows_of(lines: list[str], first: int, shape: Shape, *, last: bool) -> tuple[Block, int]:
    """Return the rows of `lines`, the first of which has the number `first`, and how many lines they take.

    The lines behind may belong to a row that goes on in the next ones; with `last` there are none.
    Blank lines are no rows. Only a row whose first and last lines each hold an odd number of quotes,
    and no line between them does, goes over several lines.
    """
    quote = shape.quote
    odd = [at for at, line in enumerate(lines) if quote in line and line.count(quote) & 1]
    rows: Block = []
    at = 0
    for turn, opening in enumerate(odd):
        if opening < at:
            continue
        rows += _single(lines[at:opening], first + at, shape)
        closing = odd[turn + 1] if turn + 1 < len(odd) else len(lines)
        cells, used = cells_of(lines[opening], shape), 1
        if cells is None and closing - opening < LINES:
            parts = lines[opening : closing + 1]
            if sum(map(len, parts)) + len(parts) <= shape.longest:
                if closing == len(lines) and not last:
                    return rows, opening
                cells, used = _joined(parts, shape), len(parts)
        if cells is None:
            used = 1
            cells = _sloppy(lines[opening], shape)
        rows.append(_row(first + opening, lines[opening], cells, shape))
        at = opening + used
    rows += _single(lines[at:], first + at, shape)
    return rows, len(lines)


def _single(lines: list[str], first: int, shape: Shape) -> Block:
    """Return the rows of lines that are one row each."""
    rows: list[list[str]] | None = None
    if not any(shape.quote in line for line in lines):
        rows = [line.split(shape.delimiter) for line in lines]
    else:
        try:
            rows = list(_reader(lines, shape))
        except csv.Error:
            rows = None
    # With one column a blank line looks like a row.
    if rows and len(rows) == len(lines) and shape.width > 1 and {*map(len, rows)} == {shape.width}:
        return list(map(Numbered, count(first), rows))  # type: ignore[arg-type]  # text too
    return [
        _row(first + at, line, _read(line, shape), shape)
        for at, line in enumerate(lines)
        if line and not line.isspace()
    ]


def _reader(lines: list[str], shape: Shape) -> Iterator[list[str]]:
    return csv.reader(
        lines,
        delimiter=shape.delimiter,
        quotechar=shape.quote,
        skipinitialspace=shape.spaced,
        strict=True,
    )


def _row(number: int, text: str, cells: list[str] | None, shape: Shape) -> Numbered | BadRow:
    fitted = _fitted(number, text, cells, shape)
    return fitted if isinstance(fitted, BadRow) else Numbered(number, fitted)  # type: ignore[arg-type]  # text too


def _fitted(number: int, text: str, cells: list[str] | None, shape: Shape) -> list[str] | BadRow:
    if cells is None:
        return BadRow(
            number, text[:_SHOWN], "a quote in it is not closed, or closed too early", 'write "" for a quote'
        )
    while len(cells) > shape.width and not cells[-1].strip():
        cells.pop()
    if shape.padded and len(cells) < shape.width:
        cells += [""] * (shape.width - len(cells))
    if len(cells) != shape.width:
        reason = f"{len(cells)} columns where the header has {shape.width}"
        return BadRow(number, text[:_SHOWN], reason, "quote cells that hold the separator")
    return cells


def cells_of(text: str, shape: Shape) -> list[str] | None:
    """Return the cells of one row, however many; None when a quote is not closed, or closed too early."""
    if shape.quote not in text:
        return text.split(shape.delimiter)
    try:
        rows = list(_reader([text], shape))
    except csv.Error:
        return None
    return rows[0] if rows else None


def _joined(parts: list[str], shape: Shape) -> list[str] | None:
    """Return the cells of a row over several lines, None when its width is wrong: it is none then."""
    cells = cells_of("\n".join(parts), shape)
    return cells if cells is not None and len(cells) == shape.width else None


def _read(text: str, shape: Shape) -> list[str] | None:
    """Return the cells of one line, None when its quotes cannot be made sense of."""
    cells = cells_of(text, shape)
    if shape.quote in text and (cells is None or len(cells) > shape.width):
        return _sloppy(text, shape) or cells
    return cells


def _sloppy(text: str, shape: Shape) -> list[str] | None:
    """Return the cells of a line whose quotes within quoted cells were not doubled, if their number fits.

    A quote ends a cell only in front of the separator or the end: `"LLP "Horns"",x`.
    """
    quote = shape.quote
    cells: list[str] = []
    begun: list[str] = []
    for part in text.split(shape.delimiter):
        begun.append(part)
        if not begun[0].startswith(quote):
            cells.append(part)
            begun.clear()
        elif part.endswith(quote) and (len(begun) > 1 or len(part) > 1):
            cells.append(shape.delimiter.join(begun)[1:-1].replace(quote * 2, quote))
            begun.clear()
    return cells if not begun and len(cells) == shape.width else None
