"""One file opened: what it is by its first bytes, and its tables."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from stat import S_ISREG
from typing import BinaryIO, Final

from urlguard.errors import UsageError
from urlguard.record import BadRow
from urlguard.tables.reading import delimited, jsonlines, lines
from urlguard.tables.reading.forms import FORMS, form_of
from urlguard.tables.reading.sniffing import layout
from urlguard.tables.reading.text import Counted, Text, cannot_open, no_rows
from urlguard.tables.rows import Table
from urlguard.tables.source import SIZE_LIMIT

_WORKBOOK: Final = b"\xd0\xcf\x11\xe0"
_ZIP: Final = b"PK\x03\x04"
_PARQUET: Final = b"PAR1"
_MEMBERS: Final = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"xl/", b"mimetype")
"""How the first file in a workbook is called; any other zip is unpacked by its owner."""
_SHEETS: Final = (".xlsx", ".xlsm", ".xlsb", ".ods")


@dataclass(frozen=True, slots=True)
class Options:
    """How files are read; what is None is told by their content."""

    encoding: str | None = None
    delimiter: str | None = None
    """One character."""
    header: bool | None = None
    """The first row names the columns."""
    form: str | None = None
    """One of `FORMS`."""
    limit: int = SIZE_LIMIT
    """Most bytes of one text, after inflation."""


def opened(path: Path | None, name: str, options: Options, stream: BinaryIO | None = None) -> list[Table]:
    """Return the tables of a file, or of a stream that is there already.

    Only the beginning is read; a file is opened again for its rows, and a stream (or a pipe by its
    name) goes on. Raises `UsageError` when it cannot be opened, `ListError` when there is nothing
    that could be read.
    """
    if options.form is not None and options.form not in FORMS:
        raise UsageError(f"unknown form {options.form!r}: use one of {', '.join(FORMS)}")
    size = _size(path, name) if path is not None else None
    if path is not None and size is not None and options.form is None:
        tables = _binary(path, name, options.header)
        if tables is not None:
            return tables
    return [
        _text_table(
            Text(name, _opener(path, name, stream, size), size, options.encoding, options.limit), options
        )
    ]


def _size(path: Path, name: str) -> int | None:
    """Return the size of a file, None for a pipe."""
    try:
        status = path.stat()
    except (OSError, ValueError) as error:
        raise cannot_open(name, error) from error
    return status.st_size if S_ISREG(status.st_mode) else None


def _binary(path: Path, name: str, header: bool | None) -> list[Table] | None:  # noqa: FBT001  (None: sniffed)
    """Return the tables of a workbook or a Parquet file; None for anything else."""
    try:
        with path.open("rb") as file:
            head = file.read(64)
    except OSError as error:
        raise cannot_open(name, error) from error
    if head.startswith(_PARQUET):
        # An extra: loaded only when it is needed.
        from urlguard.tables.reading.parquet import table_of_parquet  # noqa: PLC0415  (an extra)

        return [table_of_parquet(path, name)]
    if head.startswith(_WORKBOOK) or (
        head.startswith(_ZIP) and (head[30:].startswith(_MEMBERS) or path.suffix.lower() in _SHEETS)
    ):
        from urlguard.tables.reading.workbook import tables_of_workbook  # noqa: PLC0415  (an extra)

        return tables_of_workbook(path, name, header)
    return None


def _opener(path: Path | None, name: str, stream: BinaryIO | None, size: int | None) -> Callable[[], Counted]:
    if path is not None and size is not None:
        return partial(_open, path, name)
    try:
        raw = path.open("rb") if path is not None else stream
    except OSError as error:
        raise cannot_open(name, error) from error
    if raw is None:
        raise UsageError("stdin is closed: name a file")
    counted = Counted(raw, kept=True)
    return lambda: counted


def _open(path: Path, name: str) -> Counted:
    try:
        return Counted(path.open("rb"))
    except OSError as error:
        raise cannot_open(name, error) from error


def _text_table(text: Text, options: Options) -> Table:
    text.look()
    if not text.head.strip():
        raise no_rows(text.name)
    form = options.form or form_of(text)
    if form == "txt":
        return lines.table(text)
    if form == "jsonl":
        return jsonlines.table(text)
    delimiter = options.delimiter or ("\t" if options.form == "tsv" else None)
    first = [
        line
        for run in text.first()
        if not isinstance(run, BadRow)
        for line in enumerate(run.lines, run.first)
    ]
    return delimited.table(text, layout(first, delimiter, options.header))
