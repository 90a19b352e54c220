"""What python-calamine gives for cells, as cells."""

from collections.abc import Sequence
from typing import Final

from urlguard.tables.rows import Cell

EXACT: Final = 2.0**53
"""Up to here a float is the whole number it shows."""


def cells_of_column(column: Sequence[Cell]) -> Sequence[Cell]:
    """Return a column with None for empty cells, and whole numbers, phones too, as `int`.

    >>> cells_of_column(["", 77011234567.0, 0.5, "a"])
    [None, 77011234567, 0.5, 'a']
    """
    kinds = set(map(type, column))
    if str in kinds and "" in column:
        column = [None if cell == "" else cell for cell in column]
    if float in kinds:
        column = [
            int(cell) if isinstance(cell, float) and cell.is_integer() and -EXACT < cell < EXACT else cell
            for cell in column
        ]
    return column
