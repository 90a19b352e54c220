"""CSV and its kin: rows of cells between separators."""

from collections.abc import Iterator
from typing import Final

from urlguard.errors import ListError
from urlguard.record import BadRow
from urlguard.tables.cutting import Run
from urlguard.tables.quoted import rows_of
from urlguard.tables.reading.sniffing import Layout
from urlguard.tables.reading.text import Text
from urlguard.tables.rows import Block, Table

ROWS: Final = 1000
"""Most lines that are made rows at once."""
CELLS: Final = 100_000
"""Most cells of a block: short rows of a wide table are filled up."""
COLUMNS: Final = 16_384
"""Most columns, as many as a sheet of Excel has."""


def table(text: Text, layout: Layout) -> Table:
    """Return the rows below the header.

    A row with fewer cells than the header gets empty ones: programs leave them off at the end. Of a
    row with more, empty ones are cut off; others make it bad, because a separator that stands in a
    text without quotes may have moved every cell behind it. Raises `ListError` for too many columns.
    """
    if len(layout.columns) > COLUMNS:
        raise ListError(
            f"{text.name}: {len(layout.columns)} columns, more than {COLUMNS}",
            "cut the columns that are not needed, or name the separator",
        )
    return Table(
        text.name,
        layout.columns,
        _blocks(text, layout),
        titled=layout.titled,
        share=text.share,
        delimiter=layout.shape.delimiter,
    )


def _blocks(text: Text, layout: Layout) -> Iterator[Block]:
    shape = layout.shape
    end = max(layout.dropped, default=0)
    step = max(min(ROWS, CELLS // shape.width), 1)
    held: list[str] = []
    first = 1
    try:
        for run in text.runs():
            if isinstance(run, BadRow):
                yield [*rows_of(held, first, shape, last=True)[0], run]
                held = []
                continue
            first, lines = run.first - len(held), run.lines
            if run.first <= end:
                lines = _without(run, layout.dropped)
            for at in range(0, len(lines), step):
                held += lines[at : at + step]
                rows, done = rows_of(held, first, shape, last=False)
                held, first = held[done:], first + done
                if rows:
                    yield rows
    except ListError:
        if held:
            yield rows_of(held, first, shape, last=True)[0]
        raise
    if held:
        yield rows_of(held, first, shape, last=True)[0]


def _without(run: Run, dropped: frozenset[int]) -> list[str]:
    """Return the lines with blank ones, which are no rows, in place of some."""
    return ["" if number in dropped else line for number, line in enumerate(run.lines, run.first)]
