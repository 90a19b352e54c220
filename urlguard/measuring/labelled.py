"""Labelled inputs: rows of CSV, TSV or JSON lines that hold a text and what somebody says it is.

They are read as they come, in constant memory. What cannot be read is named with its file and
line, and reading goes on with the next row.
"""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from typing import Any, Final, NamedTuple

from urlguard.errors import ListError
from urlguard.record import BadRow
from urlguard.tables.quoted import split_rows
from urlguard.tables.source import Source

LABEL: Final = "label"
"""The column or key of the label, when none is named."""
TEXTS: Final = ("text", "input", "url", "link")
"""The columns or keys that may hold the text, when none is named; the first that is there does."""
BAD: Final = (
    "scam", "phish", "phishing", "fraud", "bad", "malicious", "dangerous", "suspicious", "spam", "1", "true",
    "yes",
)  # fmt: skip
"""Labels of what a rule is meant to catch; every other label stands for something honest."""

_DELIMITERS: Final = ("\t", ",", ";")
_NAMES: Final = 20
"""Columns or keys that a message names."""
_SHOWN: Final = 200

_Line = tuple[int, str] | BadRow


class Labelled(NamedTuple):
    """One labelled input."""

    file: str
    line: int
    text: str
    label: str
    """As written, without the space around it."""
    cells: Mapping[str, str]
    """What else the row holds, by column, in lower case."""

    @property
    def place(self) -> str:
        """Where it stands: `file:line`."""
        return f"{self.file}:{self.line}"


class Unread(NamedTuple):
    """A row that could not be read."""

    place: str
    """`file:line`."""
    reason: str


class Columns(NamedTuple):
    """The columns somebody named, in lower case; None: the usual ones."""

    label: str | None = None
    text: str | None = None
    groups: tuple[str, ...] = ()
    """Columns that the answer is divided by: a table must have them."""


def labelled(source: Source, columns: Columns = Columns()) -> Iterator[Labelled | Unread]:  # noqa: B008  (immutable)
    """Yield the rows of one source; what cannot be read is an `Unread`.

    A first line that begins with a brace makes it JSON lines, any other one is the header of a
    table, separated by tabs, commas or semicolons. Raises `ListError` for a header without the
    columns that are needed, for an empty source, and when the stream ends in an error.
    """
    lines = source.lines()
    for line in lines:
        if isinstance(line, BadRow):
            yield Unread(f"{source.name}:{line.line}", line.reason)
        elif line[1].lstrip().startswith("{"):
            yield from _objects(source.name, chain([line], lines), columns)
            return
        elif line[1].strip():
            yield from _table(source.name, line, lines, columns)
            return
    raise ListError(f"{source.name}: there are no rows in it", "give it a header line with label and text")


# Tables


def _table(
    name: str, first: tuple[int, str], lines: Iterator[_Line], columns: Columns
) -> Iterator[Labelled | Unread]:
    delimiter = max(_DELIMITERS, key=first[1].count)
    where = f"{name}:{first[0]}"
    header = _header(where, first[1], delimiter)
    label, text = _chosen(where, header, columns)
    plain = _unquoted(lines, len(header)) if delimiter == "\t" else lines
    for number, cells in split_rows(plain, delimiter, len(header)):
        place = f"{name}:{number}"
        if isinstance(cells, BadRow):
            yield Unread(place, cells.reason)
        else:
            yield _row(name, number, dict(zip(header, cells, strict=True)), label, text)


def _header(where: str, text: str, delimiter: str) -> list[str]:
    try:
        cells = next(csv.reader([text], delimiter=delimiter, strict=True))
    except csv.Error:
        cells = text.split(delimiter)
    header = [cell.strip().lower() for cell in cells]
    twice = sorted({cell for cell in header if header.count(cell) > 1})
    if twice:
        raise ListError(f"{where}: the column {twice[0][:_SHOWN]!r} stands there twice", "rename one of them")
    return header


def _chosen(where: str, header: Sequence[str], columns: Columns) -> tuple[str, str]:
    """Return the columns of label and text. Raises `ListError` when one is missing, or one to divide by."""
    label = columns.label or LABEL
    text = columns.text or next((name for name in TEXTS if name in header), TEXTS[0])
    for wanted in (label, text, *columns.groups):
        if wanted not in header:
            known = ", ".join(header[:_NAMES])[:_SHOWN]
            mend = f"its columns are {known}; name those of label and text with --label and --text"
            raise ListError(f"{where}: there is no column {wanted!r}", mend)
    return label, text


def _unquoted(lines: Iterable[_Line], columns: int) -> Iterator[_Line]:
    """Return lines of TSV in which a cell may begin with a quote that means nothing.

    Spreadsheets quote cells of TSV as those of CSV; the media type knows no quotes (IANA,
    text/tab-separated-values). A line that has all its cells and is no CSV is the latter, unless
    what follows is no row: then a quoted cell goes on there.
    """
    for line, after in pairwise(chain(lines, [None])):
        if line is not None and not isinstance(line, BadRow) and _is_plain_row(line, after, columns):
            cells = ('"' + cell.replace('"', '""') + '"' for cell in line[1].split("\t"))
            yield line[0], "\t".join(cells)
        elif line is not None:
            yield line


def _is_plain_row(line: tuple[int, str], after: _Line | None, columns: int) -> bool:
    """Tell whether quotes mean nothing in a line that has some."""
    text = line[1]
    if '"' not in text or not _is_row(line, columns) or _is_csv(text, columns):
        return False
    return text.count('"') % 2 == 0 or after is None or _is_row(after, columns)


def _is_row(line: _Line, columns: int) -> bool:
    """Tell whether a line has the cells of a row; one that cannot be read is a row on its own."""
    return isinstance(line, BadRow) or line[1].count("\t") == columns - 1


def _is_csv(text: str, columns: int) -> bool:
    try:
        return len(next(csv.reader([text], delimiter="\t", strict=True))) == columns
    except csv.Error:
        return False


# JSON lines


def _objects(name: str, lines: Iterable[_Line], columns: Columns) -> Iterator[Labelled | Unread]:
    for line in lines:
        if isinstance(line, BadRow):
            yield Unread(f"{name}:{line.line}", line.reason)
        elif line[1].strip():
            cells = _cells(line[1])
            if cells is None:
                yield Unread(f"{name}:{line[0]}", "this is no object of JSON")
            else:
                text = columns.text or next((key for key in TEXTS if key in cells), TEXTS[0])
                yield _row(name, line[0], cells, columns.label or LABEL, text)


def _cells(text: str) -> dict[str, str] | None:
    """Return the plain values of an object as text; None when it is no object that can be read."""
    try:
        found: Any = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    return {key.strip().lower(): _plain(value) for key, value in found.items() if _is_plain(value)}


def _is_plain(value: object) -> bool:
    return isinstance(value, str | int | float)


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


# Both


def _row(name: str, number: int, cells: dict[str, str], label: str, text: str) -> Labelled | Unread:
    for wanted in (label, text):
        if not cells.get(wanted, "").strip():
            return Unread(f"{name}:{number}", f"there is no {wanted!r} in this row")
    said = cells.pop(label).strip()
    return Labelled(name, number, cells.pop(text), said, cells)
