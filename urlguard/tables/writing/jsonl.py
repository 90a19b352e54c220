"""JSON lines: every row as it was, and what was found; nothing of it is changed or lost."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from urlguard.tables.rows import Cell, Finding, Head, Scanned
from urlguard.tables.writing.appended import Appended
from urlguard.tables.writing.celltext import escaped, json_of

_NULL: Final = "null"
_EMPTY: Final = '""'
_quoted: Final = json.encoder.encode_basestring
"""A text as JSON, its letters as they are."""


def jsonl_output(path: Path, head: Head, *, at: int | None = None) -> Appended:
    """Return JSON lines of all rows, to be written; `at` is the size to go on from. Raises `UsageError`.

    A row that could not be judged has `level` null and an `error`; what has no brand or scheme, null.
    """
    keys = [_quoted(name).replace("%", "%%") for name in (*head.columns, *head.added)]
    line = "{" + ",".join([f"{key}:%s" for key in keys]) + "}\n"

    def encoded(rows: Sequence[Scanned]) -> bytes:
        lines = [line % (*_values(row.cells), *_found(row.finding)) for row in rows]
        return escaped("".join(lines)).encode()

    return Appended(path, b"", encoded, at=at)


def _values(cells: list[Cell]) -> Iterable[str]:
    return [_quoted(cell) if type(cell) is str else json_of(cell) for cell in cells]


def _found(finding: Finding) -> Iterable[str]:
    return (
        _quoted(finding.level) if finding.level else _NULL,
        str(finding.score) if finding.level else _NULL,
        _quoted(finding.brand) if finding.brand else _NULL,
        _quoted(finding.scheme) if finding.scheme else _NULL,
        _quoted(finding.reasons) if finding.reasons else _EMPTY,
        _quoted(finding.entries) if finding.entries else _EMPTY,
        _quoted(finding.advice),
        _quoted(finding.error) if finding.error else _NULL,
    )
