"""A workbook for people: levels in words and colours, filters, a header that stays, nothing that runs.

Texts are text whatever they look like, with Excel's own quote mark where they look like a formula,
so that they stay text when somebody edits the cell; links are not made clickable.
"""

import io
import os
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any, Final

from urlguard.errors import UsageError
from urlguard.tables.rows import ADDED, Head, Scanned
from urlguard.tables.writing.appended import unwritable
from urlguard.tables.writing.book import Shell, sheet_name, shell
from urlguard.tables.writing.celltext import text_of
from urlguard.tables.writing.sheet import Cells
from urlguard.tables.writing.spool import spooled

ROWS: Final = 1_048_576
"""Most rows of a sheet, with its header."""
COLUMNS: Final = 16_384
_BYTES: Final = 1 << 30
"""Most of a sheet before it is packed: from 2 GiB on a zip needs an extension that Excel finds fault with."""
_LOOKED_AT: Final = 200
"""Rows by which the widths of the columns are chosen."""
_NARROW, _WIDE = 8, 50
_WIDTHS: Final = (16, 8, 20, 28, 60, 30, 50, 30)
"""Of the added columns, in characters."""
_PIECE: Final = 1 << 18
_PACKED: Final = 4
"""Level of deflate: with 6 a sixth less, in twice the time."""
_KEPT: Final = 1024
_LEVELS: Final = ("", "clear", "suspicious", "dangerous", "blocked")
_STYLES: Final = {"": "unread", "clear": "plain"}
"""Of levels that have no style of their own name."""


def xlsx_from(spool: Path, path: Path, head: Head) -> None:
    """Make a workbook of all rows that `spool_output` has written.

    Raises `UsageError` when XlsxWriter is missing, the columns are too many or the disk refuses.
    """
    if len(head.columns) + len(head.added) > COLUMNS:
        message = f"{path}: a sheet has room for {COLUMNS} columns\n  mend: name a .csv as output"
        raise UsageError(message)
    rows = spooled(spool)
    first = list(islice(rows, _LOOKED_AT))
    widths = [*_widths(head, first), *_WIDTHS]
    try:
        with path.open("wb") as out:
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=_PACKED) as archive:
                _write(archive, head, widths, chain(first, rows))
            out.flush()
            os.fsync(out.fileno())
    except OSError as error:
        raise unwritable(path, error) from None


def _widths(head: Head, rows: Sequence[Scanned]) -> Iterator[float]:
    for at, name in enumerate(head.columns):
        longest = max((len(text_of(row.cells[at])) for row in rows), default=0)
        yield min(max(longest, len(name) + 3, _NARROW), _WIDE)


def _write(archive: zipfile.ZipFile, head: Head, widths: Sequence[float], rows: Iterable[Scanned]) -> None:
    """Write sheet after sheet, then what names them."""
    sizes: list[int] = []
    made = shell(head, widths, [1])
    lines = _lines(head, made, rows)
    line = next(lines, None)
    while line is not None or not sizes:
        made = shell(head, widths, [*sizes, 1])
        with archive.open(sheet_name(len(sizes) + 1), "w") as out:
            out.write((made.before + _header(head, made)).encode())
            count, line = _sheet(out, line, lines)
            sizes.append(count)
            made = shell(head, widths, sizes)
            out.write(made.after.encode())
    for name, part in made.parts.items():
        archive.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)


def _sheet(out: IO[bytes], line: str | None, lines: Iterator[str]) -> tuple[int, str | None]:
    """Fill one sheet; return how many rows it has and the line that found no room any more."""
    count, size = 1, 0
    buffer = io.StringIO()
    while line is not None and count < ROWS and size < _BYTES:
        count += 1
        buffer.write(line.replace("\0", str(count)))
        if buffer.tell() > _PIECE:
            size += out.write(buffer.getvalue().encode())
            buffer = io.StringIO()
        line = next(lines, None)
    out.write(buffer.getvalue().encode())
    return count, line


def _lines(head: Head, made: Shell, rows: Iterable[Scanned]) -> Iterator[str]:
    r"""Yield the XML of each row, `\0` for its number."""
    columns = len(head.columns)
    cells = Cells(columns + len(head.added), made.styles, head.texts["cell_cut"])
    words = {level: head.texts[f"level_{level or 'error'}"] for level in _LEVELS}

    @lru_cache(_KEPT)
    def found(level: str, score: int, brand: str, scheme: str, *texts: str) -> str:
        named = (head.brands.get(brand, brand), head.schemes.get(scheme, scheme))
        return cells.styled([words[level]], _STYLES.get(level, level), columns) + cells.plain(
            [score if level else None, *named, *texts], columns + 1
        )

    for row in rows:
        yield f'<row r="\0">{cells.plain(row.cells)}{found(*_added(row))}</row>'


def _added(row: Scanned) -> tuple[Any, ...]:
    return row.finding[: len(ADDED)]


def _header(head: Head, made: Shell) -> str:
    names = list(head.columns)
    for name, added in zip(ADDED, head.added, strict=True):
        title = head.texts[f"column_{name}"]
        names.append(f"{title} ({added})" if title in head.columns else title)
    cells = Cells(len(names), made.styles, head.texts["cell_cut"])
    return f'<row r="1">{cells.styled(names, "head")}</row>'.replace("\0", "1")
