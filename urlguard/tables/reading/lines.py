"""Plain text: one input a line."""

from collections.abc import Iterator
from itertools import count
from typing import Final

from urlguard.record import BadRow
from urlguard.tables.reading.text import Text
from urlguard.tables.rows import Block, Numbered, Table

ROWS: Final = 1000
"""Most rows of a run."""


def table(text: Text) -> Table:
    """Return the lines as a table of one column, `input`; blank lines are counted, but no rows."""
    return Table(text.name, ("input",), _blocks(text), titled=False, share=text.share)


def _blocks(text: Text) -> Iterator[Block]:
    for run in text.runs():
        if isinstance(run, BadRow):
            yield [run]
            continue
        for at in range(0, len(run.lines), ROWS):
            lines = run.lines[at : at + ROWS]
            yield [
                Numbered(number, [line])
                for number, line in zip(count(run.first + at), lines, strict=False)
                if line and not line.isspace()
            ]
