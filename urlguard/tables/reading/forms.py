"""What a text is: lines, rows with separators, or JSON lines."""

import json
import re
from pathlib import PurePath
from typing import Final

from urlguard.errors import ListError
from urlguard.tables.quoted import Shape
from urlguard.tables.reading.encodings import encoding_of
from urlguard.tables.reading.sniffing import cells, consistency, delimiter_of, records
from urlguard.tables.reading.text import Head
from urlguard.tables.reading.titles import titled

FORMS: Final = ("txt", "csv", "tsv", "jsonl")
PACKED: Final = (".gz", ".zst")
EXTENSIONS: Final = {
    ".txt": "txt", ".csv": "csv", ".tsv": "csv", ".tab": "csv",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl",
}  # fmt: skip
"""What files of text are called; what they hold decides."""
_LINES: Final = 200
_SURE: Final = 0.9
"""How alike rows must be to be a table in a file that is not called one."""
_CONTROLS: Final = bytes({*range(9), *range(14, 27), *range(28, 32)})
_HOLE: Final = re.compile(rb"\0{1024,}")
"""What was never written to the disk: it costs the line it stands in."""
_SOME: Final = 64
_MANY: Final = 0.02
"""More control characters than that are no text; of what is compressed they are a tenth."""
_PAGES: Final = ("<!doctype html", "<html", "<table", "<?xml")


def extension(name: str) -> str:
    """Return the extension of a file's name, lower case, that of a compression left out."""
    path = PurePath(name.lower())
    return PurePath(path.stem).suffix if path.suffix in PACKED else path.suffix


def form_of(name: str, head: Head) -> str:
    """Return one of `FORMS`. Raises `ListError` for what is no text at all, and for web pages."""
    _refuse_binary(name, head)
    named = EXTENSIONS.get(extension(name))
    lines = [line for line in head.lines if line[1].strip()][:_LINES]
    if not lines:
        return named or "txt"
    if named is None and lines[0][1].lstrip().lower().startswith(_PAGES):
        raise ListError(
            f"{name}: a web page or XML, not a table", "open it in Excel and save it as xlsx or csv"
        )
    if named == "jsonl" or _is_object(lines[0][1]):
        return "jsonl"
    return "csv" if named == "csv" or _is_table(lines) else "txt"


def _is_object(line: str) -> bool:
    if not line.lstrip().startswith("{"):
        return False
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _is_table(lines: list[tuple[int, str]]) -> bool:
    """Return whether lines are so alike that they must be rows: tabs are enough, else a header is needed."""
    found = records(lines, '"')
    delimiter = delimiter_of(found, '"')
    if delimiter is None or len(found) < 2:  # noqa: PLR2004  (one line is like itself)
        return False
    if consistency([record.text for record in found], delimiter) < _SURE:
        return False
    rows = [cells(record.text, Shape(delimiter, 0)) for record in found]
    return delimiter == "\t" or titled(rows[0], rows[1:], sure=True)


def _refuse_binary(name: str, head: Head) -> None:
    """Raise `ListError` for pictures, archives and the like; in UTF-16 every other byte may be 0."""
    if (encoding_of(head.data) or "").startswith("utf-16"):
        return
    data = _HOLE.sub(b"", head.data)
    odd = len(data) - len(data.translate(None, _CONTROLS))
    if not data or (odd > _SOME and odd > _MANY * len(data)):
        raise ListError(f"{name}: no text, but something binary", "save it as xlsx, csv, txt or jsonl")
