"""All rows of a scan kept in a file, to be read again in a stream for what is made at the end.

One JSON array a line: number, source, day, cells, finding. Numbers, text, truth and None are JSON's
own; any other cell is an object of one key that says what it is.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

from urlguard.errors import UsageError
from urlguard.tables.rows import Cell, Finding, Head, Scanned
from urlguard.tables.writing.appended import Appended
from urlguard.tables.writing.celltext import text_of

_OWN: Final = frozenset({str, int, float, bool, type(None)})
_ENCODER: Final = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), check_circular=False, default=text_of
)
_RULES, _MARKS = Finding._fields.index("rules"), Finding._fields.index("marks")


def spool_output(path: Path, head: Head, *, at: int | None = None) -> Appended:  # noqa: ARG001  (as all outputs)
    """Return the file of all rows, to be written; `at` is the size to go on from. Raises `UsageError`."""

    def encoded(rows: Sequence[Scanned]) -> bytes:
        lines = [_ENCODER.encode(_packed(row)) for row in rows]
        return "\n".join([*lines, ""]).encode("utf-8", "surrogatepass")

    return Appended(path, b"", encoded, at=at)


def spooled(path: Path) -> Iterator[Scanned]:
    """Yield the rows of a file that `spool_output` has written. Raises `UsageError` when it was changed."""
    with path.open("rb") as lines:
        for line in lines:
            try:
                row = _unpacked(line)
            except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
                message = f"{path}: was changed while the scan stood still\n  mend: begin anew with --restart"
                raise UsageError(message) from None
            yield row


def _unpacked(line: bytes) -> Scanned:
    number, source, day, cells, finding = json.loads(line.decode("utf-8", "surrogatepass"))
    if not _OWN.issuperset(map(type, cells)):
        cells = [_cell(cell) for cell in cells]
    finding[_RULES], finding[_MARKS] = tuple(finding[_RULES]), tuple(finding[_MARKS])
    return Scanned(number, source, cells, Finding._make(finding), day)


def _packed(row: Scanned) -> list[Any]:
    cells: Sequence[Any] = row.cells
    if not _OWN.issuperset(map(type, cells)):
        cells = [_tagged(cell) for cell in cells]
    return [row.number, row.source, row.day, cells, row.finding]


def _tagged(cell: Cell) -> Any:  # noqa: ANN401  (JSON is any value)
    if isinstance(cell, dict | list):
        return {"json": cell}
    if isinstance(cell, timedelta):
        return {"span": [cell.days, cell.seconds, cell.microseconds]}
    if isinstance(cell, datetime):
        return {"moment": cell.isoformat()}
    if isinstance(cell, date):
        return {"date": cell.isoformat()}
    if isinstance(cell, time):
        return {"time": cell.isoformat()}
    return cell


def _cell(value: Any) -> Cell:  # noqa: ANN401  (JSON is any value)
    if not isinstance(value, dict):
        own: Cell = value
        return own
    ((kind, inner),) = value.items()
    cell: Cell = _KINDS[kind](inner)
    return cell


_KINDS: Final = {
    "json": lambda value: value,
    "span": lambda value: timedelta(*value),
    "moment": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
}
