"""Which row of a sheet holds the names of its columns, and which rows above it are titles."""

import re
from collections.abc import Sequence
from statistics import median
from typing import Final, NamedTuple

from urlguard.tables.reading.naming import names
from urlguard.tables.reading.titles import titled
from urlguard.tables.rows import Cell

LOOKED_AT: Final = 200
"""Rows with cells that are looked at to find the header."""

_SHARE: Final = 0.6
"""A header has at least so many cells for one of the rows below: bank exports leave some unnamed."""
_BELOW: Final = 20
"""Rows below that are compared with."""
_LEADS: Final = re.compile(
    r"://|www\.|@|[a-z0-9-]{2}\.(?:[a-z]{2,}|қаз|рф)\b|(?:\d[\s()-]{0,3}){9}", re.IGNORECASE
)
"""What looks like a link, an address or a phone."""
_TITLES: Final = 15
"""Most title rows above a header."""
_WORDS: Final = 8
"""A title has at most so many; what is longer may be a message."""


class Heading(NamedTuple):
    """Names of columns, and the rows of the sheet that are no data."""

    columns: tuple[str, ...]
    titled: bool
    skipped: frozenset[int]
    """The header, and the title rows above it unless they hold a message, link, address or phone."""


def heading(rows: Sequence[tuple[int, list[Cell]]], header: bool | None) -> Heading:  # noqa: FBT001  (None: sniffed)
    """Find the header in the first rows that have cells, given with their numbers.

    It is the first row with about as many cells as the rows below, when it names columns, or
    when `header` says so.
    """
    width = len(rows[0][1])
    at = _table_begins([width - cells.count(None) for _, cells in rows])
    shown = [["" if cell is None else str(cell) for cell in cells] for _, cells in rows[at:]]
    if header is None:
        # A row alone is judged, not taken for names.
        header = len(shown) > 1 and all(map(_names, rows[at][1])) and titled(shown[0], shown[1:])
    if not header:
        return Heading(names([], width), titled=False, skipped=frozenset())
    above = [number for number, cells in rows[:at] if not any(_counts(cell) for cell in cells)]
    return Heading(names(shown[0], width), titled=True, skipped=frozenset([*above, rows[at][0]]))


def _table_begins(filled: list[int]) -> int:
    """Return the place of the first row that has about as many cells as those below it."""
    for at, count in enumerate(filled[: _TITLES + 1]):
        below = filled[at + 1 : at + 1 + _BELOW]
        if not below or count >= _SHARE * median(below):
            return at
    return 0


def _names(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not _LEADS.search(cell))


def _counts(cell: Cell) -> bool:
    text = str(cell) if isinstance(cell, str | int | float) else ""
    return len(text.split()) > _WORDS or bool(_LEADS.search(text))
