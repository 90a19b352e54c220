"""Workbooks as tables: xlsx, xlsm, xlsb, xls and ods, a table for each sheet with cells."""

from pathlib import Path

from urlguard.tables.reading.apart import tables_apart
from urlguard.tables.reading.calamine_cells import cells_of_column
from urlguard.tables.rows import Table


def tables_of_workbook(path: Path, name: str, header: bool | None = None) -> list[Table]:  # noqa: FBT001  (None: sniffed)
    """Return the sheets of a workbook that have cells, named `name [sheet]`, hidden ones too.

    `header` says whether the first row of each table holds the names of its columns. A column with
    hyperlinks has one behind it with their targets (xlsx, xlsm and ods). Raises `UsageError` without
    python-calamine or when the file cannot be opened, and `ListError` for what is broken, protected
    with a password, or would take more memory or time than a file of its size may.
    """
    return tables_apart("workbook", path, name, cells_of_column, header=header)
