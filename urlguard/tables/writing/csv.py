"""CSV that Excel opens by a double click and every program reads.

UTF-8 with a byte order mark, without which Excel takes it for the code page of the machine;
RFC 4180: lines end in CR LF, quotes stand where they must. Cells are `urlguard.cells.inert`.
"""

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from urlguard.cells import inert_row
from urlguard.tables.rows import Head, Scanned
from urlguard.tables.writing.appended import Appended
from urlguard.tables.writing.celltext import text_of

_MARK: Final = "\ufeff"
_END: Final = "\r\n"


def csv_output(path: Path, head: Head, *, delimiter: str = ",", at: int | None = None) -> Appended:
    """Return a CSV of all rows, to be written; `at` is the size to go on from. Raises `UsageError`."""

    def encoded(rows: Sequence[Scanned]) -> bytes:
        return _text([_cells(row) for row in rows], delimiter).encode()

    begin = _MARK + _text([inert_row([*head.columns, *head.added])], delimiter)
    return Appended(path, begin.encode(), encoded, at=at)


def _text(records: list[list[str]], delimiter: str) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, lineterminator=_END).writerows(records)
    return buffer.getvalue()


def _cells(row: Scanned) -> list[str]:
    finding = row.finding
    cells = [cell if type(cell) is str else text_of(cell) for cell in row.cells]
    cells += [
        finding.level,
        str(finding.score) if finding.level else "",
        finding.brand,
        finding.scheme,
        finding.reasons,
        finding.entries,
        finding.advice,
        finding.error,
    ]
    return inert_row(cells)
