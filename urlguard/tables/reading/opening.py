"""One file opened: what it is by its first bytes, and its tables."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from stat import S_ISREG
from typing import BinaryIO, Final

from urlguard.errors import ListError, UsageError
from urlguard.record import BadRow
from urlguard.tables.reading import delimited, jsonlines, lines
from urlguard.tables.reading.forms import FORMS, form_of
from urlguard.tables.reading.sniffing import layout
from urlguard.tables.reading.text import Counted, Text, cannot_open, no_rows
from urlguard.tables.rows import Table
from urlguard.tables.source import ENCODINGS, SIZE_LIMIT, known

_MAGIC: Final = 64
"""Bytes that tell a workbook: the name of the first file in a zip begins at the 31st."""
_OLE: Final = b"\xd0\xcf\x11\xe0"
_ZIP: Final = b"PK\x03\x04"
_PARQUET: Final = (b"PAR1", b"PARE")
_MEMBERS: Final = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"xl/", b"mimetype")
"""How the first file in a workbook is called; any other zip is unpacked by its owner."""
_SHEETS: Final = (".xlsx", ".xlsm", ".xlsb", ".ods")
_TAB: Final = ("\\t", "tab")


@dataclass(frozen=True, slots=True)
class Options:
    r"""How files are read; what is None is told by their content.

    Raises `UsageError` for values that cannot be.
    """

    encoding: str | None = None
    delimiter: str | None = None
    r"""One character, `\t` or `tab`."""
    header: bool | None = None
    """The first row names the columns."""
    form: str | None = None
    """One of `FORMS`."""
    limit: int = SIZE_LIMIT
    """Most bytes of one text, after inflation."""

    def __post_init__(self) -> None:
        """Check the values."""
        if self.form is not None and self.form not in FORMS:
            raise UsageError(f"unknown form {self.form!r}: use one of {', '.join(FORMS)}")
        if self.encoding is not None and not known(self.encoding):
            raise UsageError(f"unknown encoding {self.encoding!r}: use one of {', '.join(ENCODINGS)}")
        separator = self.separator
        if separator is not None and (len(separator) != 1 or separator in '"\r\n'):
            raise UsageError(
                f"the separator {self.delimiter!r} is not one character that can stand between cells"
            )

    @property
    def separator(self) -> str | None:
        """The character between cells; None: told by the content."""
        if self.delimiter is None:
            return "\t" if self.form == "tsv" else None
        return "\t" if self.delimiter.lower() in _TAB else self.delimiter


def opened(path: Path | None, name: str, options: Options, stream: BinaryIO | None = None) -> list[Table]:
    """Return the tables of a file, or of a stream that is there already.

    Only the beginning is read; a file is opened again for its rows, and a stream (or a pipe by its
    name) goes on. Raises `UsageError` when it cannot be opened, `ListError` when there is nothing
    that could be read.
    """
    status = _status(path, name, stream)
    regular = status is not None and S_ISREG(status.st_mode)
    again = path is not None and regular
    open_ = _opener(path, name, stream, again=again)
    if options.form is None:
        tables = _binary(open_(), path, name, options, again=again)
        if tables is not None:
            return tables
    text = Text(
        name,
        open_,
        again=again,
        ours=path is not None,
        size=status.st_size if status and regular else None,
        encoding=options.encoding,
        limit=options.limit,
    )
    return [_text_table(text, options)]


def _status(path: Path | None, name: str, stream: BinaryIO | None) -> os.stat_result | None:
    if path is None:
        try:
            return os.fstat(stream.fileno()) if stream is not None else None
        except (OSError, ValueError):
            return None
    try:
        return path.stat()
    except (OSError, ValueError) as error:
        raise cannot_open(name, error) from error


def _opener(path: Path | None, name: str, stream: BinaryIO | None, *, again: bool) -> Callable[[], Counted]:
    if again and path is not None:
        return partial(_open, path, name)
    if path is not None:
        counted = _open(path, name, kept=True)
    elif stream is not None:
        counted = Counted(stream, kept=True)
    else:
        raise UsageError("stdin is closed: name a file")
    return lambda: counted


def _open(path: Path, name: str, *, kept: bool = False) -> Counted:
    try:
        return Counted(path.open("rb"), kept=kept)
    except OSError as error:
        raise cannot_open(name, error) from error


def _binary(
    stream: Counted,
    path: Path | None,
    name: str,
    options: Options,
    *,
    again: bool,
) -> list[Table] | None:
    """Return the tables of a workbook or a Parquet file; None for anything else."""
    try:
        head = stream.peek(_MAGIC)
    except OSError as error:
        raise cannot_open(name, error) from error
    finally:
        if again:
            stream.close()
    parquet = head.startswith(_PARQUET)
    ending = path.suffix.lower() if path is not None else ""
    zipped = head.startswith(_ZIP) and (head[30:].startswith(_MEMBERS) or ending in _SHEETS)
    if not (parquet or zipped or head.startswith(_OLE)):
        return None
    if path is None or not again:
        raise ListError(f"{name}: a workbook or Parquet file from a pipe", "save it to a file, and name that")
    # Extras: each is loaded only when it is needed.
    if parquet:
        from urlguard.tables.reading.parquet import table_of_parquet  # noqa: PLC0415  (an extra)

        return [table_of_parquet(path, name)]
    from urlguard.tables.reading.workbook import tables_of_workbook  # noqa: PLC0415  (an extra)

    return tables_of_workbook(path, name, options.header)


def _text_table(text: Text, options: Options) -> Table:
    head = text.look()
    if head.whole and not any(isinstance(run, BadRow) or any(map(str.strip, run.lines)) for run in head.runs):
        raise no_rows(text.name)
    form = options.form or form_of(text.name, head)
    if form == "txt":
        return lines.table(text)
    if form == "jsonl":
        return jsonlines.table(text, head)
    return delimited.table(text, layout(head.lines, options.separator, options.header))
