"""A Parquet file as a table."""

from collections.abc import Sequence
from pathlib import Path

from urlguard.tables.reading.apart import tables_apart
from urlguard.tables.rows import Cell, Table


def table_of_parquet(path: Path, name: str) -> Table:
    """Return the table of a Parquet file, read a thousand rows at a time.

    Decimals and bytes come as text, lists and structures as JSON has them. Raises `UsageError`
    without pyarrow or when the file cannot be opened, and `ListError` for what is broken, encrypted,
    or would take more memory or time than a file of its size may.
    """
    return tables_apart("parquet", path, name, _unchanged)[0]


def _unchanged(column: Sequence[Cell]) -> Sequence[Cell]:
    return column
