"""CSV that Excel opens by a double click and every program reads.

UTF-8 with a byte order mark, without which Excel takes it for the code page of the machine;
RFC 4180: lines end in CR LF, quotes stand where they must. Cells are `urlguard.cells.inert`.
"""

import csv
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from urlguard.cells import inert_row, inert_rows
from urlguard.tables.rows import ADDED, Head, Scanned
from urlguard.tables.writing.appended import Appended
from urlguard.tables.writing.celltext import text_of

_MARK: Final = "\ufeff"
_END: Final = "\r\n"
_ADDED: Final = len(ADDED)
_KEPT: Final = 1024
"""Findings whose text is kept: most rows of a list are clear, and of those all say the same."""


def csv_output(path: Path, head: Head, *, delimiter: str = ",", at: int | None = None) -> Appended:
    """Return a CSV of all rows, to be written; `at` is the size to go on from. Raises `UsageError`."""

    @lru_cache(_KEPT)
    def found(level: str, score: int, *rest: str) -> str:
        cells = [level, str(score) if level else "", *rest]
        return delimiter + _records([inert_row(cells)], delimiter)[0]

    def encoded(rows: Sequence[Scanned]) -> bytes:
        records = _records(inert_rows([_texts(row.cells) for row in rows]), delimiter)
        added: list[tuple[Any, ...]] = [row.finding[:_ADDED] for row in rows]
        lines = [record[:-2] + found(*cells) for record, cells in zip(records, added, strict=True)]
        return "".join(lines).encode()

    begin = _records([inert_row([*head.columns, *head.added])], delimiter)[0]
    return Appended(path, (_MARK + begin).encode(), encoded, at=at)


class _Pieces:
    """Takes every record that a writer of CSV writes."""

    def __init__(self) -> None:
        self.records: list[str] = []
        self.write: Callable[[str], Any] = self.records.append


def _records(rows: Iterable[Iterable[str]], delimiter: str) -> list[str]:
    """Return the records of CSV, each with its line end."""
    pieces = _Pieces()
    csv.writer(pieces, delimiter=delimiter, lineterminator=_END).writerows(rows)
    return pieces.records


def _texts(cells: list[Any]) -> list[str]:
    return [cell if type(cell) is str else text_of(cell) for cell in cells]
