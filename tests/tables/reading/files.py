"""Files read as tables, for tests."""

import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from urlguard.record import BadRow
from urlguard.tables.reading import Options, tables
from urlguard.tables.rows import Numbered, Table

Found = list[Numbered | BadRow]


def opened(path: Path, **said: Any) -> Table:  # noqa: ANN401  (the options)
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
    return [(row.line, row.reason) if isinstance(row, BadRow) else (row.number, row.cells) for row in found]


def read(
    folder: Path,
    data: str | bytes,
    name: str = "a.csv",
    **said: Any,  # noqa: ANN401  (the options)
) -> tuple[tuple[str, ...], Any]:
    table = opened(written(folder, data, name), **said)
    return table.columns, cells(rows(table))


@contextmanager
def little_memory(most: int) -> Iterator[None]:
    """Hold that what is done takes at most so many bytes at once."""
    tracemalloc.start()
    try:
        yield
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < most
