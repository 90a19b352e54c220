"""One sheet as a table: its header, its rows as plain cells, where its cells lead."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from urlguard.errors import ListError
from urlguard.tables.reading.batches import Batch, Found, Head, batch_size
from urlguard.tables.reading.calamine_cells import cells_of_column
from urlguard.tables.reading.delimited import COLUMNS
from urlguard.tables.reading.header import LOOKED_AT, heading
from urlguard.tables.reading.hyperlinks import Links
from urlguard.tables.reading.naming import names
from urlguard.tables.reading.opendocument import ROWS
from urlguard.tables.rows import Cell

if TYPE_CHECKING:
    from python_calamine import CalamineSheet


def found_sheet(
    load: "Callable[[], CalamineSheet]", label: str, links: Links, *, header: bool | None
) -> Found | None:
    """Return the table of a sheet, None when all its cells are empty texts.

    `load` is called now and again for the rows. Raises `ListError` for a sheet that is too large.
    """
    sheet = load()
    if sheet.total_height >= ROWS or sheet.width > COLUMNS:
        raise ListError(
            f"{label}: {sheet.total_height + 1:,} rows and {sheet.width:,} columns are more than a sheet has",
            "copy the rows in use to a new sheet",
        )
    first = list(islice(_first_rows(sheet), LOOKED_AT))
    if not first:
        return None
    found = heading(first, header)
    left = (sheet.start or (0, 0))[1] + 1
    linked = _Linked(links, left, [at - left for at in links.columns() if left <= at < left + sheet.width])
    targets = {column + at: column + at + 1 for at, column in enumerate(linked.columns)}
    return Found(
        Head(label, linked.named(found.columns), found.titled, targets),
        partial(_linked_batches, load, linked, linked.unlinked(found.skipped)),
    )


@dataclass(frozen=True, slots=True)
class _Linked:
    """Columns of a table that have hyperlinks."""

    links: Links
    left: int
    """Column of the sheet that is the first of the table."""
    columns: list[int]

    def named(self, columns: tuple[str, ...]) -> tuple[str, ...]:
        """Put a name for the targets behind each of these columns."""
        if not self.columns:
            return columns
        found = list(columns)
        for column in reversed(self.columns):
            found.insert(column + 1, f"{columns[column]} link")
        return names(found, len(found))

    def unlinked(self, rows: frozenset[int]) -> frozenset[int]:
        """Return those of `rows` in which no cell leads anywhere."""
        return frozenset(row for row in rows if not any(self._targets(row)))

    def added(self, batch: Batch) -> Batch:
        """Put the targets into a batch."""
        found = list(batch.columns)
        for column in reversed(self.columns):
            at = self.left + column
            found.insert(column + 1, [self.links.target(row, at) for row in batch.numbers])
        return batch._replace(columns=found)

    def _targets(self, row: int) -> list[str | None]:
        return [self.links.target(row, self.left + column) for column in self.columns]


def _linked_batches(
    load: "Callable[[], CalamineSheet]", linked: _Linked, skipped: frozenset[int]
) -> Iterator[Batch]:
    for batch in _batches(load(), skipped):
        yield linked.added(batch) if linked.columns else batch


def _batches(sheet: "CalamineSheet", skipped: frozenset[int] = frozenset()) -> Iterator[Batch]:
    """Yield the rows that have cells."""
    size = batch_size(sheet.width)
    read = sheet.iter_rows()
    first = 1
    while rows := list(islice(read, size)):
        numbers: Sequence[int] = range(first, first + len(rows))
        first += len(rows)
        if first - len(rows) <= max(skipped, default=0) or not all(map(any, rows)):
            kept = [
                (number, row)
                for number, row in zip(numbers, rows, strict=True)
                if (any(row) or row.count("") < len(row)) and number not in skipped
            ]
            if not kept:
                continue
            numbers, rows = [number for number, _ in kept], [row for _, row in kept]
        yield Batch((first - 1) / (sheet.total_height + 1), numbers, list(zip(*rows, strict=True)))


def _first_rows(sheet: "CalamineSheet") -> Iterator[tuple[int, list[Cell]]]:
    for batch in _batches(sheet):
        yield from zip(
            batch.numbers, map(list, zip(*map(cells_of_column, batch.columns), strict=True)), strict=True
        )
