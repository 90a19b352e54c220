"""Rows on their way from one process to another: columns of some hundred rows, as bytes.

Columns cost half of what rows would: most hold one kind of value, which `marshal` writes four
times as fast as `pickle`. Both are only read from the process that this one has started.
"""

import marshal
import pickle
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from urlguard.tables.rows import Block, Cell, Numbered

ROWS: Final = 250
CELLS: Final = 50_000
"""A batch has at most so many rows, and cells; larger ones are slower, they leave the cache."""

_PLAIN: Final = frozenset({str, int, float, bool, type(None)})


class Batch(NamedTuple):
    """Rows that follow on each other, by columns."""

    share: float
    """How much of the table has been read behind them, 0..1."""
    numbers: Sequence[int]
    columns: Sequence[Sequence[Cell]]
    """As the library gave them; the caller's side makes cells of them, to share the work."""


class Head(NamedTuple):
    """What is known of a table before its rows; fields as those of `Table`."""

    name: str
    columns: tuple[str, ...]
    titled: bool
    targets: dict[int, int]


class Found(NamedTuple):
    """A table, before its rows are wanted."""

    head: Head
    batches: Callable[[], Iterator[Batch]]


def batch_size(width: int) -> int:
    """Return how many rows of `width` columns a batch has."""
    return max(1, min(ROWS, CELLS // max(width, 1)))


def packed(batch: Batch) -> bytes:
    """Return a batch as bytes."""
    return marshal.dumps((batch.share, list(batch.numbers), [_packed(column) for column in batch.columns]))


def unpacked(data: bytes, cells: Callable[[Sequence[Cell]], Sequence[Cell]]) -> tuple[float, Block]:
    """Return what was packed: the share, and the rows; `cells` makes cells of what a library gave."""
    share, numbers, columns = marshal.loads(data)  # noqa: S302  (see the top)
    rows = map(list, zip(*[cells(_unpacked(column)) for column in columns], strict=True))
    return share, list(map(Numbered, numbers, rows))


def _packed(column: Sequence[Cell]) -> tuple[str, object]:
    kinds = set(map(type, column))
    if kinds <= _PLAIN:
        return "plain", tuple(column)
    if kinds == {datetime}:
        return "dates", [cell.isoformat() for cell in column if isinstance(cell, datetime)]
    return "mixed", pickle.dumps(column, pickle.HIGHEST_PROTOCOL)


def _unpacked(column: tuple[str, Any]) -> Sequence[Cell]:
    kind, packed_cells = column
    cells: Sequence[Cell]
    if kind == "plain":
        cells = packed_cells
    elif kind == "dates":
        cells = list(map(datetime.fromisoformat, packed_cells))
    else:
        cells = pickle.loads(packed_cells)  # noqa: S301  (see the top)
    return cells
