"""What a workbook holds besides its rows: written by XlsxWriter, for the rows to be put in."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from urlguard.errors import UsageError
from urlguard.tables.rows import Head
from urlguard.tables.writing.sheet import STYLES, letters

_CELL: Final = re.compile(r'<c r="[A-Z]+1" s="(\d+)"/>')
_ROWS: Final = re.compile(r"<sheetData>.*</sheetData>", re.DOTALL)
_SIZE: Final = re.compile(r"<dimension [^>]*/>")
_SHEETS: Final = "xl/worksheets/sheet{}.xml"


class Shell(NamedTuple):
    """A workbook without rows."""

    parts: Mapping[str, bytes]
    """All files in it but the sheets."""
    before: str
    """What stands before the rows of the last sheet."""
    after: str
    styles: Mapping[str, int]
    """Numbers of the styles by the names in `STYLES`."""


def shell(head: Head, widths: Sequence[float], sizes: Sequence[int]) -> Shell:
    """Return the shell of a book with a sheet for each of `sizes`, its rows with the header.

    Raises `UsageError` when XlsxWriter is missing.
    """
    buffer = io.BytesIO()
    book = _library().Workbook(buffer, {"in_memory": True})
    day = datetime.strptime(head.made, "%Y-%m-%d").replace(tzinfo=UTC)
    book.set_properties({"created": day, "author": f"urlguard {head.version}"})
    formats = [book.add_format(dict(style)) for style in STYLES.values()]
    for number, size in enumerate(sizes, 1):
        sheet = book.add_worksheet(head.texts["sheet_rows"] + (f" {number}" if number > 1 else ""))
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, size - 1, len(widths) - 1)
        sheet.ignore_errors({"number_stored_as_text": f"A1:{letters(len(widths) - 1)}{size}"})
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        for column, style in enumerate(formats):
            sheet.write_blank(0, column, None, style)
    book.close()
    with zipfile.ZipFile(buffer) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    last = [parts.pop(sheet_name(number)) for number in range(1, len(sizes) + 1)][-1].decode()
    before, after = _ROWS.split(_SIZE.sub("", last))
    numbers = [int(number) for number in _CELL.findall(last)]
    return Shell(
        parts, f"{before}<sheetData>", f"</sheetData>{after}", dict(zip(STYLES, numbers, strict=True))
    )


def sheet_name(number: int) -> str:
    """Return the name of a sheet's file in the book, counted from 1."""
    return _SHEETS.format(number)


def _library() -> Any:  # noqa: ANN401  (a module without types)
    try:
        import xlsxwriter  # noqa: PLC0415  (an extra)
    except ImportError:
        message = "XlsxWriter is needed to write .xlsx\n  mend: pip install 'urlguard[xlsx]'"
        raise UsageError(message) from None
    return xlsxwriter
