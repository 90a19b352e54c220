"""What a text is: lines, rows with separators, or JSON lines."""

import json
from pathlib import PurePath
from typing import Final

from urlguard.errors import ListError
from urlguard.record import BadRow
from urlguard.tables.quoted import Shape, cells_of
from urlguard.tables.reading.sniffing import consistency, delimiter_of, records
from urlguard.tables.reading.text import Text
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
_PAGES: Final = ("<!doctype html", "<html", "<table", "<?xml")


def extension(name: str) -> str:
    """Return the extension of a file's name, lower case, that of a compression left out."""
    path = PurePath(name.lower())
    return PurePath(path.stem).suffix if path.suffix in PACKED else path.suffix


def form_of(text: Text) -> str:
    """Return one of `FORMS`. Raises `ListError` for what is no text at all, and for web pages."""
    lines = [
        line
        for run in text.first()
        if not isinstance(run, BadRow)
        for line in enumerate(run.lines, run.first)
        if line[1].strip()
    ][:_LINES]
    ending = extension(text.name)
    named = EXTENSIONS.get(ending)
    if not lines:
        _refuse_binary(text)
        return named or "txt"
    start = lines[0][1].lstrip().lower()
    if named is None and start.startswith(_PAGES):
        raise ListError(
            f"{text.name}: a web page or XML, not a table", "open it in Excel and save it as xlsx or csv"
        )
    if named == "jsonl" or _is_object(lines[0][1]):
        return "jsonl"
    if named == "csv" or _is_table(lines):
        return "csv"
    return "txt"


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
    cells = [cells_of(record.text, Shape(delimiter, 0)) for record in found]
    return delimiter == "\t" or titled(cells[0], cells[1:])


def _refuse_binary(text: Text) -> None:
    if text.head.count(0) * 20 > len(text.head):
        raise ListError(f"{text.name}: not a text", "save it as xlsx, csv, txt or jsonl")
