"""Which rows a scan takes, and in what batches: both depend on the rows alone, so that a run can go on."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from urlguard.scanning.merging import Taken

BATCH: Final = 1_000
"""Rows that are judged, and written, at once: smaller batches cost more to send than to judge."""
_CHARACTERS: Final = 1 << 20
"""Characters in all cells of a batch: rows of long texts wait in fewer."""
_MODULUS: Final = 1 << 32
_KNUTH: Final = 2_654_435_761
"""Multiplicative hashing (Knuth, The Art of Computer Programming, 6.4): which row numbers are sampled."""


def chosen(blocks: Iterable[list[Taken]], sample: float | None, limit: int | None) -> Iterator[list[Taken]]:
    """Yield the rows of a sample (a share, 0..1) and within a limit, block by block."""
    number = 0
    for block in blocks:
        rows = block
        if sample is not None:
            least = sample * _MODULUS
            rows = [row for at, row in enumerate(block, number + 1) if at * _KNUTH % _MODULUS < least]
            number += len(block)
        if limit is not None:
            rows = rows[:limit]
            limit -= len(rows)
        yield rows
        if limit == 0:
            return


def batched(blocks: Iterable[list[Taken]], most: int = BATCH) -> Iterator[list[Taken]]:
    """Yield the same rows in batches of `most`, or fewer that have as many characters as may be."""
    rows: list[Taken] = []
    for block in blocks:
        rows += block
        while count := _full(rows, most):
            yield rows[:count]
            rows = rows[count:]
    if rows:
        yield rows


def _full(rows: Sequence[Taken], most: int) -> int:
    """Return how many rows are a batch; 0 when there are too few yet."""
    sizes = [sum([len(cell) for cell in row.cells if type(cell) is str]) for row in rows[:most]]
    if sum(sizes) < _CHARACTERS:
        return most if len(sizes) == most else 0
    total = 0
    for count, size in enumerate(sizes, 1):
        total += size
        if total >= _CHARACTERS:
            return count
    return most
