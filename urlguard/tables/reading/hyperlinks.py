"""Where cells of an xlsx lead: hyperlinks of a sheet, and formulas `HYPERLINK("target", "text")`.

The sheet is searched in pieces as it inflates, not parsed: a cell shows one text and opens another
address only where one of two words stands, and most sheets have neither.
"""

import html
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Final
from xml.parsers import expat

from urlguard.errors import ListError
from urlguard.tables.reading.delimited import COLUMNS

CELLS: Final = 1_000_000
"""Most cells, or columns of ranges, with a hyperlink. Excel allows 65,530 hyperlinks in a sheet."""

_OVERLAP: Final = 1 << 16
"""Longest beginning of a cell that is looked at again with the next piece; a formula has at most 8,192
characters."""
_TAG: Final = re.compile(rb"<(?:\w+:)?hyperlink\s((?:[^<>\"']|\"[^<\"]*\"|'[^<']*')*+)>")
_CELL: Final = re.compile(rb"<(?:\w+:)?c\s([^<>]*+)>\s*+<(?:\w+:)?f[^<>]*+>([^<]*+)<")
_ATTRIBUTE: Final = re.compile(rb"(?<![\w:])([\w:]++)\s*+=\s*(?:\"([^\"]*)\"|'([^']*)')")
"""These three stop at the next `<`, and begin an attribute only at a word: a piece costs linear time."""
_PLACE: Final = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})(?::\$?([A-Za-z]{1,3})\$?(\d{1,7}))?")
_FORMULA: Final = re.compile(r"HYPERLINK\s*\(\s*\"((?:[^\"]|\"\")*+)\"", re.IGNORECASE)


class Links:
    """Targets of the cells of a sheet. Columns and rows are counted from 1."""

    def __init__(self) -> None:
        """Begin without any."""
        self._found: dict[int, list[tuple[int, int, str]]] = {}
        self._count = 0

    def add(self, rows: range, columns: range, target: str, name: str) -> None:
        """Add what leads to `target`. Raises `ListError` when there are too many; `name` is the file's."""
        for column in columns[:COLUMNS]:
            self._count += 1
            if self._count > CELLS:
                raise ListError(
                    f"{name}: more than {CELLS:,} hyperlinks", "split the sheet, or save it as CSV"
                )
            self._found.setdefault(column, []).append((rows.start, rows.stop, target))

    def columns(self) -> list[int]:
        """Return the columns that have hyperlinks, in order; after that nothing may be added."""
        for ranges in self._found.values():
            ranges.sort()
        return sorted(self._found)

    def target(self, row: int, column: int) -> str | None:
        """Return where a cell leads. Of ranges that overlap, which Excel does not make, the lowest counts."""
        ranges = self._found[column]
        at = bisect_right(ranges, row, key=lambda span: span[0]) - 1
        return ranges[at][2] if at >= 0 and row < ranges[at][1] else None


def links_of_sheet(pieces: Iterable[bytes], related: dict[str, str], name: str) -> Links:
    """Read the hyperlinks of a sheet; `related` are targets by their ids.

    A hyperlink to a place in the workbook is none. Of a formula the first address counts that is
    written out, as far as it is; the cell must be named (`r="B2"`), as all known writers do.
    """
    links = Links()
    rest = b""
    for piece in pieces:
        data = rest + piece
        if b"yperlink" in data or b"YPERLINK" in data:
            for place, target in _found(data, related):
                if cells := _PLACE.fullmatch(place):
                    left, top, right, bottom = cells.groups()
                    rows = range(int(top), int(bottom or top) + 1)
                    links.add(rows, range(_column(left), _column(right or left) + 1), target, name)
        rest = _unfinished(data)
    return links


def _unfinished(data: bytes) -> bytes:
    """Return what must be looked at again with the next piece: from the end of the last whole cell."""
    for mark in (b"c>", b"<"):
        at = data.rfind(mark)
        if at >= 0 and len(data) - at <= _OVERLAP:
            return data[at:]
    return b""


def _found(data: bytes, related: dict[str, str]) -> Iterator[tuple[str, str]]:
    for tag in _TAG.finditer(data):
        attributes = _attributes(tag[1])
        place = attributes.get("location", "")
        target = related.get(attributes.get("id", ""), "")
        if target and place:
            target = f"{target}#{place}"
        if target or "://" in place:
            yield attributes.get("ref", ""), target or place
    for cell in _CELL.finditer(data):
        formula = html.unescape(cell[2].decode("utf-8", "replace"))
        targets = [found[1].replace('""', '"') for found in _FORMULA.finditer(formula)]
        outer = [target for target in targets if target and not target.startswith("#")]
        if outer:
            yield _attributes(cell[1]).get("r", ""), outer[0]


def _attributes(data: bytes) -> dict[str, str]:
    """Return attributes without the prefixes of their names."""
    return {
        name.decode("ascii", "replace").rpartition(":")[2]: html.unescape(
            (double or single).decode("utf-8", "replace")
        )
        for name, double, single in _ATTRIBUTE.findall(data)
    }


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def elements(data: bytes, wanted: str) -> list[dict[str, str]]:
    """Return the attributes of all elements of a name, both without prefixes, of a small XML part.

    Raises `expat.ExpatError` for what is no XML. Such parts have no DOCTYPE (`zipped.pieces`).
    """
    found: list[dict[str, str]] = []
    parser = expat.ParserCreate(namespace_separator=" ")

    def started(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(" ")[2] == wanted:
            found.append({key.rpartition(" ")[2]: value for key, value in attributes.items()})

    parser.StartElementHandler = started
    parser.Parse(data, True)  # noqa: FBT003  (expat's own signature)
    return found
