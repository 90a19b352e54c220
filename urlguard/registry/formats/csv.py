"""CSV with a header line: all of a record but its history, one column each.

The order of columns is free; only `value` (or `url`, `link`, `domain`, `host`, `phone`) is
needed. Comma, semicolon and tab are told apart by the header. Columns of details hold text,
or JSON where it is no text. No spreadsheet runs a cell as a formula (`urlguard.cells`); the
apostrophes are taken off again. A quote that is not closed costs its own row only. The operators'
columns (`violation`, `group`, `publications` ...) are understood. Match and kind are as written,
or None.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, TextIO

from urlguard.cells import bare, inert_row
from urlguard.errors import ListError
from urlguard.record import DETAILS, BadRow, Record, Row, Unexpressed
from urlguard.registry.formats.covering import unseen
from urlguard.registry.formats.elements import DEPTH, SHOWN, value
from urlguard.registry.formats.head import Head
from urlguard.registry.formats.operators import OPERATORS, as_operators_wrote
from urlguard.registry.formats.plain import GROUND, Wrong, row_of
from urlguard.tables.cutting import LINE_LIMIT
from urlguard.tables.quoted import LINES, split_rows
from urlguard.tables.source import Source

_GROUND: Final = {"ground_type" if name == "type" else name: name for name in GROUND}
COLUMNS: Final = (
    "id", "list", "kind", "match", "value", "key", "state", "effect", "category", *_GROUND,
    "since", "until", "brand", "note", *DETAILS,
)  # fmt: skip
_OTHER_NAMES: Final = {
    "url": "value", "link": "value", "domain": "value", "host": "value", "phone": "value", "reason": "note",
}  # fmt: skip
_JSON: Final = re.compile(r"[\[{\"\d-]|(?:true|false|null|NaN|Infinity)\Z")
_DELIMITERS: Final = (",", ";", "\t")


def read(source: Source) -> Iterator[Row | BadRow]:
    """Yield a row for each record. Raises `ListError` for a header with unknown columns."""
    lines = source.lines()
    header: list[str] = []
    for line in lines:
        if isinstance(line, BadRow):
            yield line
        elif line[1].strip() and not line[1].lower().startswith("sep="):
            delimiter = max(_DELIMITERS, key=line[1].count)
            header = _header(source.name, line[0], line[1], delimiter)
            break
    if not header:
        return
    read_cells = as_operators_wrote if not OPERATORS.isdisjoint(header) else _plain
    for number, cells in split_rows(lines, delimiter, len(header)):
        if isinstance(cells, BadRow):
            yield cells
            continue
        try:
            named = {name: bare(cell) for name, cell in zip(header, cells, strict=False) if cell}
            row = row_of(number, read_cells(named))
        except Wrong as error:
            yield BadRow(number, delimiter.join(cells)[:SHOWN], error.reason, error.mend)
        else:
            yield row


def _header(name: str, number: int, text: str, delimiter: str) -> list[str]:
    found = [cell.strip().strip('"').strip().lower() for cell in text.split(delimiter)]
    while found and not found[-1]:
        found.pop()
    known = {*COLUMNS, *_OTHER_NAMES, *OPERATORS}
    unknown = [cell for cell in found if cell not in known]
    if unknown:
        mend = f"name only these columns: {', '.join((*COLUMNS, *_OTHER_NAMES))}"
        raise ListError(f"{name}:{number}: unknown columns {', '.join(unknown)[:SHOWN]}", mend)
    renamed = [_OTHER_NAMES.get(cell, cell) for cell in found]
    twice = sorted({cell for cell in renamed if renamed.count(cell) > 1})
    if twice or "value" not in renamed:
        what = f"the column {twice[0]} stands there twice" if twice else "no column holds the resources"
        raise ListError(f"{name}:{number}: {what}", "name one column value, url or domain")
    return renamed


def _plain(cells: Mapping[str, str]) -> dict[str, Any]:
    """Return the cells as JSON values by the names of a record."""
    plain: dict[str, Any] = {
        name: cell for name, cell in cells.items() if name not in _GROUND and name not in DETAILS
    }
    ground = {_GROUND[name]: cell for name, cell in cells.items() if name in _GROUND}
    details = {name: _value(cell) for name, cell in cells.items() if name in DETAILS}
    return plain | ({"ground": ground} if ground else {}) | ({"details": details} if details else {})


def _value(cell: str) -> Any:  # noqa: ANN401  (JSON is any value)
    """Return what a cell of details holds: JSON where it is JSON, or else its text."""
    if not _JSON.match(cell) or cell.count("[") + cell.count("{") > DEPTH:
        return cell
    try:
        return value(cell)
    except ValueError:
        return cell


def write(records: Iterable[Record], out: TextIO, head: Head) -> Iterator[Unexpressed]:  # noqa: ARG001  (a table has no room for it)
    """Write every record, in whatever state, without its history."""
    out.write(f"{','.join(COLUMNS)}\n")
    for record in records:
        try:
            cells = list(_cells(record))
        except (ValueError, TypeError, RecursionError):
            yield Unexpressed(record.id, record.value, "its details are no JSON")
            continue
        reason = _unfit(record, cells)
        text = "" if reason else _line(inert_row(cells))
        if len(text.encode()) > LINE_LIMIT // 2 or text.count("\n") > LINES:
            text, reason = "", "it is longer than a row may be"
        if reason:
            yield Unexpressed(record.id, record.value, reason)
        out.write(text)


def _line(cells: list[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow(cells)
    return buffer.getvalue()


def _unfit(record: Record, cells: list[str]) -> str:
    if not record.value.strip() or "\n" in record.value:
        return "its value is empty or has several lines"
    odd = unseen("".join(cells))
    return f"the character {odd} stands in it" if odd else ""


def _cells(record: Record) -> Iterator[str]:
    for name in COLUMNS:
        if name in _GROUND:
            yield getattr(record.ground, _GROUND[name])
        elif name in DETAILS:
            yield _cell(record.details[name]) if name in record.details else ""
        else:
            yield str(getattr(record, name))


def _cell(detail: Any) -> str:  # noqa: ANN401  (JSON is any value)
    if isinstance(detail, str) and detail and not _JSON.match(detail):
        return detail
    text = json.dumps(detail, ensure_ascii=False, allow_nan=False)
    if text.count("[") + text.count("{") > DEPTH:
        raise ValueError("nested too deep")
    return text
