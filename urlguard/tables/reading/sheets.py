"""Sheets of a workbook as tables: xlsx, xlsm, xlsb, xls and ods, through python-calamine.

calamine holds a whole sheet in memory, 32 bytes for each cell of the rectangle around its cells, and
believes what the file says; so this is called in a process with limits (`apart`).

The first row with about as many cells as the rows below is the header when its cells look like
names. Title rows above it are left out, unless they hold a link, an address or a phone: those are
rows like the others. calamine gives errors (`#REF!`) as empty cells.
"""

import mmap
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from urlguard.errors import ListError, UsageError
from urlguard.tables.reading.batches import Found
from urlguard.tables.reading.hyperlinks import Links
from urlguard.tables.reading.linked import links_of_workbook
from urlguard.tables.reading.sheet import found_sheet
from urlguard.tables.reading.zipped import protected

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

SMALL: Final = 1 << 20
"""Bytes of a zipped workbook that is looked through before calamine sees it; a larger one meanwhile."""
HELD: Final = 1_000_000
"""Cells of sheets that are held from the first look to the reading; more are loaded again."""

_ZIP, _COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SUFFIXES: Final = {_ZIP: {".xlsx", ".xlsm", ".xlsb", ".ods"}, _COMPOUND: {".xls"}}


def sheets(path: Path, name: str, *, header: bool | None = None) -> list[Found]:
    """Return the sheets that have cells, hidden ones too, but no charts and macros.

    Raises `ListError` for what is broken, protected or a trap, `UsageError` without python-calamine.
    """
    magic = _magic(path, name)
    links: dict[str, Links] = {}
    if magic == _ZIP and path.stat().st_size > SMALL:
        # calamine works without the interpreter's lock. What is found here ends the process, and it.
        loading = ThreadPoolExecutor(1).submit(_loaded, path, name, magic)
        links = links_of_workbook(path, name)
        book = loading.result()
    else:
        links = links_of_workbook(path, name) if magic == _ZIP else {}
        book = _loaded(path, name, magic)
    found = [
        found_sheet(partial(book.sheet, index), f"{name} [{title}]", links.get(title, Links()), header=header)
        for index, title in enumerate(book.titles)
        if book.has_cells(index)
    ]
    tables = [table for table in found if table]
    if not tables:
        raise ListError(f"{name}: no sheet has a filled cell", "check that it is the right workbook")
    return tables


class _Book:
    """A workbook whose sheets are loaded when they are asked for."""

    def __init__(self, workbook: "CalamineWorkbook", name: str) -> None:
        self.titles = workbook.sheet_names
        self._workbook = workbook
        self._name = name
        self._held: dict[int, CalamineSheet] = {}
        self._cells = 0

    def has_cells(self, index: int) -> bool:
        kind = str(self._workbook.sheets_metadata[index].typ)
        return kind.endswith("WorkSheet") and self.sheet(index).start is not None

    def sheet(self, index: int) -> "CalamineSheet":
        """Return a sheet; the first ones are held, until `HELD` cells are."""
        if index in self._held:
            return self._held[index]
        from python_calamine import CalamineError  # noqa: PLC0415  (an extra)

        try:
            sheet = self._workbook.get_sheet_by_index(index)
        except CalamineError as error:
            raise _broken(f"{self._name} [{self.titles[index]}]", error) from None
        if self._cells <= HELD:
            self._held[index] = sheet
            self._cells += sheet.height * sheet.width
        return sheet


def _magic(path: Path, name: str) -> bytes:
    with path.open("rb") as file:
        begin = file.read(8)
    for magic in _SUFFIXES:
        if begin.startswith(magic):
            return magic
    raise ListError(
        f"{name}: {'no workbook' if begin else 'empty'}",
        "if it is text or HTML under this name, call it .csv; else save it anew as .xlsx",
    )


def _loaded(path: Path, name: str, magic: bytes) -> _Book:
    """Return the workbook with its first sheet loaded."""
    try:
        from python_calamine import CalamineError, CalamineWorkbook, PasswordError  # noqa: PLC0415  (an extra)
    except ImportError:
        raise UsageError(f"{name}: a workbook needs python-calamine: pip install 'urlguard[xlsx]'") from None
    try:
        if path.suffix.lower() in _SUFFIXES[magic]:
            workbook = CalamineWorkbook.from_path(path)
        else:
            # By path calamine believes the suffix; of a stream it looks at the bytes.
            with path.open("rb") as file:
                workbook = CalamineWorkbook.from_filelike(file)
    except PasswordError:
        raise protected(name) from None
    except CalamineError as error:
        raise (protected(name) if _encrypted(path) else _broken(name, error)) from None
    book = _Book(workbook, name)
    if book.titles:
        book.has_cells(0)
    return book


def _encrypted(path: Path) -> bool:
    """Whether it is an xlsx with a password, which lies in a compound file under this name."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return data.find("EncryptedPackage".encode("utf-16-le")) >= 0


def _broken(name: str, error: Exception) -> ListError:
    return ListError(f"{name}: broken: {error}", "open it in Excel and save it anew, or as CSV")
