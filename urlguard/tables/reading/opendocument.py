"""Where cells of an ods lead: links in their text, and rows that are repeated beyond any sheet."""

import re
from collections.abc import Iterable
from typing import Final
from xml.parsers import expat

from urlguard.errors import ListError
from urlguard.tables.reading.hyperlinks import Links

ROWS: Final = 1 << 20
"""Rows of a sheet, in Excel and in LibreOffice."""

_REPEATED: Final = re.compile(rb"-repeated\s*=\s*[\"']\s*(\d+)")
_OVERLAP: Final = 64
_TEXT, _TABLE, _XLINK = (
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0 ",
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0 ",
    "http://www.w3.org/1999/xlink ",
)


def has_links(pieces: Iterable[bytes], name: str) -> bool:
    """Whether a content part holds links. Raises `ListError` for rows or columns repeated too often."""
    rest, found = b"", False
    for piece in pieces:
        data = rest + piece
        if any(len(count) > 7 or int(count) > ROWS for count in _REPEATED.findall(data)):  # noqa: PLR2004  (digits)
            raise ListError(
                f"{name}: repeats a row or a cell more than {ROWS:,} times",
                "copy the rows in use to a new sheet",
            )
        found = found or b"text:a" in data
        rest = data[-_OVERLAP:]
    return found


def links_of_tables(pieces: Iterable[bytes], name: str) -> dict[str, Links]:
    """Return the links of each sheet of a content part."""
    reader = _Content(name)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = reader.started
    for piece in pieces:
        parser.Parse(piece)
    parser.Parse(b"", True)  # noqa: FBT003  (expat's own signature)
    return reader.links


class _Content:
    """Counts rows and cells of the table at hand."""

    def __init__(self, name: str) -> None:
        self.links: dict[str, Links] = {}
        self._name = name
        self._table = ""
        self._rows = self._columns = range(1, 1)

    def started(self, element: str, attributes: dict[str, str]) -> None:
        """Move on by one element."""
        if element == f"{_TABLE}table":
            self._table = attributes.get(f"{_TABLE}name", "")
            self._rows = range(1, 1)
        elif element == f"{_TABLE}table-row":
            self._rows = _next(self._rows, attributes.get(f"{_TABLE}number-rows-repeated"))
            self._columns = range(1, 1)
        elif element in {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}:
            self._columns = _next(self._columns, attributes.get(f"{_TABLE}number-columns-repeated"))
        elif element == f"{_TEXT}a":
            target = attributes.get(f"{_XLINK}href", "")
            if target and not target.startswith("#"):
                links = self.links.setdefault(self._table, Links())
                links.add(self._rows, self._columns, target, self._name)


def _next(last: range, repeated: str | None) -> range:
    count = int(repeated) if repeated and repeated.isdecimal() else 1
    return range(last.stop, last.stop + max(count, 1))
