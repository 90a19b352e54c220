"""JSON lines: every row as it was, and what was found; nothing of it is changed or lost."""

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from urlguard.tables.rows import ADDED, Cell, Head, Scanned
from urlguard.tables.writing.appended import Appended
from urlguard.tables.writing.celltext import escaped, json_of

_NULL: Final = "null"
_ADDED: Final = len(ADDED)
_KEPT: Final = 1024
"""Findings whose JSON is kept: most rows of a list are clear, and of those all say the same."""
_quoted: Final = json.encoder.encode_basestring
"""A text as JSON, its letters as they are."""


def jsonl_output(path: Path, head: Head, *, at: int | None = None) -> Appended:
    """Return JSON lines of all rows, to be written; `at` is the size to go on from. Raises `UsageError`.

    A row that could not be judged has `level` null and an `error`; what has no brand or scheme, null.
    """
    columns = ",".join([f"{_key(name)}:%s" for name in head.columns])
    added = ",".join([f"{_key(name)}:%s" for name in head.added])
    whole = f"{{{columns},%s}}\n"

    @lru_cache(_KEPT)
    def found(*cells: Any) -> str:  # noqa: ANN401  (texts and one number)
        return added % tuple(_found(*cells))

    def encoded(rows: Sequence[Scanned]) -> bytes:
        lines = [whole % (*_values(row.cells), found(*row.finding[:_ADDED])) for row in rows]
        return escaped("".join(lines)).encode()

    return Appended(path, b"", encoded, at=at)


def _key(name: str) -> str:
    return _quoted(name).replace("%", "%%")


def _values(cells: list[Cell]) -> Iterable[str]:
    return [_quoted(cell) if type(cell) is str else json_of(cell) for cell in cells]


def _found(level: str, score: int, brand: str, scheme: str, *texts: str) -> Iterable[str]:
    *explained, error = texts
    return (
        _or_null(level),
        str(score) if level else _NULL,
        _or_null(brand),
        _or_null(scheme),
        *map(_quoted, explained),
        _or_null(error),
    )


def _or_null(text: str) -> str:
    return _quoted(text) if text else _NULL
