"""Several tables as one: whose columns an output has, and what is judged of each row."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Final, NamedTuple

from urlguard.errors import ListError, UsageError
from urlguard.record import BadRow
from urlguard.scanning.columns import SAMPLE, Role, judged_columns, named_columns
from urlguard.scanning.dates import date_column
from urlguard.scanning.judging import Judged, Part
from urlguard.tables.rows import ADDED, Block, Cell, Numbered, Table

SOURCE: Final = "source"
"""The column that names the table of a row, where there are several."""
_PREFIX: Final = "urlguard_"
_SHOWN: Final = 20


class NothingToJudge(UsageError):
    """No column of a table holds links, texts or phones."""


class Look(NamedTuple):
    """What one table looks like, from its first rows."""

    table: Table
    blocks: Iterator[Block]
    """All its rows, those that were looked at among them."""
    roles: dict[int, Role]
    day: int | None
    """Its column of dates."""
    judged: Callable[[list[Cell]], Judged | None]
    """What is judged of a row; None when all those cells are empty."""


def looked_at(table: Table, names: Sequence[str]) -> Look:
    """Look at the first rows of a table, and find the columns to judge, or take those that are named.

    Raises `NothingToJudge` when there are none, `UsageError` when one is not there, and `ListError`
    when its beginning cannot be read.
    """
    head: list[Block] = []
    rows: list[list[Cell]] = []
    for block in table.blocks:
        head.append(block)
        rows += [row.cells for row in block if isinstance(row, Numbered)]
        if len(rows) >= SAMPLE:
            break
    rows = rows[:SAMPLE]
    try:
        roles = named_columns(names, table.columns, rows) if names else judged_columns(table.columns, rows)
    except UsageError as error:
        message = f"{table.name}: {error}"
        raise UsageError(message) from None
    if not roles and rows:
        known = ", ".join(table.columns[:_SHOWN])
        message = (
            f"{table.name}: no column holds links, texts or phones; its columns are {known}\n"
            "  mend: name the one to judge with --column"
        )
        raise NothingToJudge(message)
    return Look(
        table, chain(head, table.blocks), roles, date_column(table.columns, rows), _picker(table, roles)
    )


def _picker(table: Table, roles: dict[int, Role]) -> Callable[[list[Cell]], Judged | None]:
    pairs = {at: to for at, to in table.targets.items() if at in roles or to in roles}
    behind = set(pairs.values())
    picked = [at for at in range(len(table.columns)) if (at in roles or at in pairs) and at not in behind]
    picked.sort(key=lambda at: roles.get(at) != "text")  # what it says, then where it leads, as in an ad
    if len(picked) == 1 and not pairs and table.plain:
        only = picked[0]

        def one(cells: list[Cell]) -> Judged | None:
            cell: str = cells[only]  # type: ignore[assignment]  # a table of text
            return cell if cell and not cell.isspace() else None

        return one

    def several(cells: list[Cell]) -> Judged | None:
        parts: list[Part] = []
        for at in picked:
            text = as_text(cells[at])
            target = as_text(cells[pairs[at]]) if at in pairs else ""
            if target and text and text != target:
                parts.append((text, target))
            elif target or text:
                parts.append(target or text)
        if len(parts) == 1 and isinstance(parts[0], str):
            return parts[0]
        return tuple(parts) or None

    return several


def as_text(cell: Cell) -> str:
    """Return a cell as the text that is judged: stripped, whole numbers without a point."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell).strip()


class Merged(NamedTuple):
    """All tables of one run."""

    tables: Sequence[Table]
    columns: tuple[str, ...]
    """Names of the original columns of the output: those of all tables, in the order they first come."""
    added: tuple[str, ...]
    places: Sequence[Sequence[int] | None]
    """For each table, where in the output its columns stand; None: they are all there is, in order."""


def merged(tables: Sequence[Table]) -> Merged:
    """Put the columns of all tables together; the same name is the same column."""
    names = list(dict.fromkeys(name for table in tables for name in table.columns))
    if len(tables) == 1:
        return Merged(tables, tuple(names), _free(ADDED, names), [None])
    source = _free((SOURCE,), names)
    columns = (*source, *names)
    at = {name: place for place, name in enumerate(columns)}
    places = [[at[name] for name in table.columns] for table in tables]
    return Merged(tables, columns, _free(ADDED, columns), places)


def _free(wanted: Sequence[str], taken: Sequence[str]) -> tuple[str, ...]:
    """Return names that are not taken; where one is, all of them get a prefix: they stay together."""
    lowered = {name.lower() for name in taken}
    prefix = ""
    while any(prefix + name in lowered for name in wanted):
        prefix += _PREFIX
    return tuple(prefix + name for name in wanted)


class Taken(NamedTuple):
    """One row of the input on its way through a scan."""

    number: int
    source: str
    cells: list[Cell]
    """As many as the output has original columns."""
    judged: Judged | None
    day: Cell
    """The cell that holds its date."""
    error: str = ""


def rows_of(
    found: Merged,
    look: Callable[[Table], Look],
    fail: Callable[[str], None],
    leave: Callable[[str], None],
) -> Iterator[list[Taken]]:
    """Yield the rows of all tables, block by block.

    A table is looked at when its turn comes. `fail` is told where one could not be read to its end;
    a row says it too, and the next table follows. `leave` is told of sheets without anything to
    judge beside others: lists of codes, explanations. Raises `ListError` and `UsageError` when nothing of
    the only one can be read.
    """
    for table, places in zip(found.tables, found.places, strict=True):
        shape = _Shape(table.name, len(found.columns), places, "" if table.plain else None)
        line = 0
        try:
            looked = look(table)
            for block in looked.blocks:
                yield shape.taken(block, looked)
                line = _last(block, line)
        except (ListError, UsageError) as error:
            if not line and len(found.tables) == 1:
                raise
            if isinstance(error, NothingToJudge) and _has_sheets_beside(table, found.tables):
                leave(f"{table.name}: {str(error).partition(': ')[2].partition(chr(10))[0]}")
                continue
            fail(str(error))
            yield [shape.bad(BadRow(line + 1, "", " ".join(str(error).split())))]


def _has_sheets_beside(table: Table, tables: Sequence[Table]) -> bool:
    book, bracket, _ = table.name.rpartition(" [")
    return bool(bracket) and sum(other.name.startswith(f"{book} [") for other in tables) > 1


class _Shape(NamedTuple):
    """How rows of one table become rows of the output."""

    name: str
    width: int
    places: Sequence[int] | None
    empty: Cell

    def taken(self, block: Block, look: Look) -> list[Taken]:
        """Return the rows of a block as those of the output."""
        name, judged, day = self.name, look.judged, look.day
        place = self._placed if self.places is not None else None
        return [
            self.bad(row)
            if isinstance(row, BadRow)
            else Taken(
                row[0],
                name,
                row[1] if place is None else place(row[1]),
                judged(row[1]),
                None if day is None else row[1][day],
            )
            for row in block
        ]

    def _placed(self, found: list[Cell]) -> list[Cell]:
        """Return the cells of one table where they stand among those of all."""
        cells = [self.empty] * self.width
        cells[0] = self.name
        for place, cell in zip(self.places or (), found, strict=True):
            cells[place] = cell
        return cells

    def bad(self, row: BadRow) -> Taken:
        """Return a row that could not be read, with the beginning of what stands there in its first cell."""
        cells = [self.empty] * self.width
        named = self.places is not None
        if named:
            cells[0] = self.name
        if self.width > named:
            cells[int(named)] = row.text
        error = f"{self.name}:{row.line}: {row.reason}" + (f"; {row.mend}" if row.mend else "")
        return Taken(row.line, self.name, cells, None, None, error)


def _last(block: Block, line: int) -> int:
    if not block:
        return line
    row = block[-1]
    return row.line if isinstance(row, BadRow) else row.number
