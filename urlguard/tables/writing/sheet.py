r"""Cells of a workbook as XML of a sheet (ECMA-376, SpreadsheetML): text stays text, numbers numbers.

Written here and not by a library: it is several times as fast, and XlsxWriter writes a text that
begins with `<r>` and ends with `</r>` as markup. A `\0` stands where the number of the row belongs.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from urlguard.cells import runs
from urlguard.tables.writing.celltext import text_of

LONGEST: Final = 32_767
"""Most characters of a cell in Excel, in units of UTF-16."""
STYLES: Final[Mapping[str, Mapping[str, Any]]] = {
    "plain": {},
    "shielded": {"quote_prefix": True},
    "whole": {"num_format": "0"},
    "head": {"bold": True, "bottom": 1, "bg_color": "#E7E6E6"},
    "moment": {"num_format": "yyyy-mm-dd hh:mm:ss"},
    "day": {"num_format": "yyyy-mm-dd"},
    "clock": {"num_format": "hh:mm:ss"},
    "span": {"num_format": "[h]:mm:ss"},
    "suspicious": {"bg_color": "#FFEB9C", "font_color": "#7F6000", "bold": True},
    "dangerous": {"bg_color": "#FFC7CE", "font_color": "#9C0006", "bold": True},
    "blocked": {"bg_color": "#7B1E22", "font_color": "#FFFFFF", "bold": True},
    "unread": {"bg_color": "#D9D9D9", "font_color": "#404040", "italic": True},
}
"""What cells look like, in the words of XlsxWriter."""

_DIGITS: Final = 10**15
"""Excel keeps fifteen digits of a number; a longer one (card, account) stays whole only as text."""
_SHORT: Final = 10**11
"""From twelve digits on (an IIN) Excel shows a number as 8.50E+11, unless told that it is whole."""
_EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001  (Excel knows no zones)
_EARLIEST: Final = datetime(1900, 3, 1)  # noqa: DTZ001  (as above)
"""Excel counts a 29 February 1900; days before it are written as text."""
_DAY: Final = timedelta(days=1)
_NUMERIC: Final = re.compile(r"[\d.,]")
"""What Excel may make a number or a date of when somebody edits the cell: cards, codes that begin with 0."""
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML cannot hold."""
_ESCAPE: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""Excel reads `_x0041_` as a letter A."""
_ODD: Final = re.compile("[&<>\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_x")


def letters(column: int) -> str:
    """Return what Excel calls a column, counted from 0.

    >>> letters(0), letters(27)
    ('A', 'AB')
    """
    name = ""
    column += 1
    while column:
        column, at = divmod(column - 1, 26)
        name = chr(65 + at) + name
    return name


class Cells:
    """Turns the cells of rows into XML."""

    def __init__(self, columns: int, styles: Mapping[str, int], cut: str) -> None:
        """`styles` are the numbers of `STYLES` in the book; `cut`, with `{n}`, ends a text too long."""
        self._places = [f'<c r="{letters(column)}\0" ' for column in range(columns)]
        self._styles = {name: f's="{number}"' for name, number in styles.items()}
        self._cut = cut

    def plain(self, cells: Iterable[Any], first: int = 0) -> str:
        """Return the XML of cells, the first of which stands in the column `first`, counted from 0."""
        return "".join(
            [
                self._text(self._places[at], cell)
                if type(cell) is str
                else self._other(self._places[at], cell)
                for at, cell in enumerate(cells, first)
                if cell is not None and cell != ""
            ]
        )

    def styled(self, texts: Sequence[str], style: str, first: int = 0) -> str:
        """Return the XML of texts that look alike."""
        return "".join([self._text(self._places[at], text, style) for at, text in enumerate(texts, first)])

    def _text(self, place: str, text: str, style: str = "") -> str:
        style = style or ("shielded" if _NUMERIC.match(text) or runs(text) else "plain")
        if len(text) > LONGEST // 2 or _ODD.search(text):
            text = self._escaped(text)
        return f'{place}{self._styles[style]} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'

    def _escaped(self, text: str) -> str:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        text = _UNWRITABLE.sub(lambda hit: f"<U+{ord(hit[0]):04X}>", text)
        units = text.encode("utf-16-le")
        if len(units) > 2 * LONGEST:
            mark = f"… {self._cut.format(n=len(text))}"
            text = units[: 2 * (LONGEST - len(mark))].decode("utf-16-le", "ignore") + mark
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return _ESCAPE.sub("_x005F_", text)

    def _other(self, place: str, cell: Any) -> str:  # noqa: ANN401  (what is no text)
        if isinstance(cell, bool):
            return f'{place}{self._styles["plain"]} t="b"><v>{cell:d}</v></c>'
        style, value = _numbered(cell)
        if not style:
            return self._text(place, text_of(cell))
        return f"{place}{self._styles[style]}><v>{value}</v></c>"


def _numbered(cell: Any) -> tuple[str, float]:  # noqa: ANN401  (what is no text)
    """Return style and number of a cell that Excel can hold as a number; no style: it cannot."""
    if isinstance(cell, int | float) and math.isfinite(cell) and abs(cell) < _DIGITS:
        return ("whole" if abs(cell) >= _SHORT and cell == int(cell) else "plain"), cell
    if isinstance(cell, datetime) and cell.tzinfo is None and cell >= _EARLIEST:
        return "moment", (cell - _EPOCH) / _DAY
    if isinstance(cell, date) and not isinstance(cell, datetime) and cell >= _EARLIEST.date():
        return "day", (cell - _EPOCH.date()).days
    if isinstance(cell, time) and cell.tzinfo is None:
        return "clock", (datetime.combine(_EPOCH, cell) - _EPOCH) / _DAY
    if isinstance(cell, timedelta) and cell >= timedelta(0):
        return "span", cell / _DAY
    return "", 0
