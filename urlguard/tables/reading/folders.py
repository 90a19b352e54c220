"""The files of a folder that may be tables."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from urlguard.tables.reading.forms import EXTENSIONS, PACKED, extension

_OTHERS: Final = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".parquet", ".pq")
KNOWN: Final = (*EXTENSIONS, *_OTHERS)
"""How files are called that are read when they lie in a folder."""
_LOCK: Final = "~$"
"""How the names of files begin that Office keeps while a workbook is open."""


def place(path: Path) -> Path:
    """Return where a file lies, however its folder is spelled; a link is not followed."""
    return path.parent.resolve() / path.name


def files_in(folder: Path, left: list[str], written: Sequence[Path] = ()) -> Iterator[Path]:
    """Yield the files below a folder that are called like tables, in the order of their paths.

    All others, those that are `written`, folders that cannot be read and links to folders are added to
    `left`, each with why.
    Links to folders are not followed, so that none leads in a circle.
    """

    def unread(error: OSError) -> None:
        left.append(f"{error.filename}: {error.strerror}")

    outputs = set(map(place, written))
    for found, folders, files in os.walk(folder, onerror=unread):
        here = Path(found)
        folders.sort()
        for name in [name for name in folders if (here / name).is_symlink() or name.startswith(".")]:
            folders.remove(name)
            left.append(f"{here / name}: {'hidden' if name.startswith('.') else 'a link to a folder'}")
        for name in sorted(files):
            path = here / name
            why = "an output of this scan" if outputs and place(path) in outputs else _why_not(path)
            if why:
                left.append(f"{path}: {why}")
            else:
                yield path


def _why_not(path: Path) -> str:
    if path.name.startswith((".", _LOCK)):
        return "hidden"
    ending = extension(path.name)
    known = ending in EXTENSIONS or (ending in _OTHERS and path.suffix.lower() not in PACKED)
    if not known:
        return "not called like a table"
    return "" if path.is_file() else "no file"
