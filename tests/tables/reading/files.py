"""Files read as tables, for tests."""

from pathlib import Path
from typing import Any

from urlguard.record import BadRow
from urlguard.tables.reading import Options, tables
from urlguard.tables.rows import Numbered, Table

Found = list[Numbered | BadRow]


def opened(path: Path, **said: Any) -> Table:
    (table,) = tables([path], Options(**said)).tables
    return table


def rows(table: Table) -> Found:
    return [row for block in table.blocks for row in block]


def written(folder: Path, data: str | bytes, name: str = "a.csv") -> Path:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def cells(found: Found) -> list[tuple[int, list[Any]] | tuple[int, str]]:
    """Number and cells of each row, number and reason of each bad one."""
    return [
        (row.line, row.reason) if isinstance(row, BadRow) else (row.number, row.cells) for row in found
    ]


def read(folder: Path, data: str | bytes, name: str = "a.csv", **said: Any) -> tuple[tuple[str, ...], Any]:
    table = opened(written(folder, data, name), **said)
    return table.columns, cells(rows(table))
