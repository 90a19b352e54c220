"""Tables read: which format a file has, and its rows in blocks."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from urlguard.errors import ListError, UsageError
from urlguard.tables.reading.folders import KNOWN, files_in
from urlguard.tables.reading.forms import FORMS
from urlguard.tables.reading.jsonlines import OTHER
from urlguard.tables.reading.opening import Options, opened
from urlguard.tables.rows import Table

__all__ = ["FORMS", "OTHER", "Options", "Tables", "tables"]

STDIN: Final = "-"
_AS_FOUND: Final = Options()


class Tables(NamedTuple):
    """What was found to read."""

    tables: list[Table]
    """In the order of the paths; of a folder, in the order of its files' paths."""
    left: list[str]
    """Files in folders that are not read, `path: why`; nothing is wrong with them."""
    broken: list[ListError]
    """What is wrong with files in folders of which nothing could be read; the others are read."""


def tables(
    paths: Sequence[str | Path],
    options: Options = _AS_FOUND,
    *,
    stdin: BinaryIO | None = None,
    written: Sequence[Path] = (),
) -> Tables:
    """Open files, all tables of folders, and stdin for `-`.

    Only the beginning of each is read, and no file stays open; `stdin` is the stream of bytes; what is
    `written` is left out of folders. Raises `UsageError` for what cannot be opened and for a folder
    without tables, and `ListError` for a file without anything to read that was named itself.
    """
    found = Tables([], [], [])
    if sum(str(path) == STDIN for path in paths) > 1:
        raise UsageError("stdin is named twice: it can be read once")
    for path in paths:
        name = str(path)
        if name == STDIN:
            found.tables.extend(opened(None, "stdin", options, stdin))
        elif os.path.isdir(path):  # noqa: PTH112  (Path.is_dir raises for names that are too long)
            _add_folder(Path(path), options, found, written)
        else:
            found.tables.extend(opened(Path(path), name, options))
    return found


def _add_folder(folder: Path, options: Options, found: Tables, written: Sequence[Path]) -> None:
    count = 0
    for count, file in enumerate(files_in(folder, found.left, written), 1):  # noqa: B007  (it is the number of files)
        if not os.access(file, os.R_OK):
            found.broken.append(ListError(f"{file}: no permission to read it", "allow it, or take it away"))
            continue
        try:
            found.tables.extend(opened(file, str(file), options))
        except ListError as error:
            found.broken.append(error)
    if not count:
        raise UsageError(f"{folder}: no table in this folder, which is called {', '.join(KNOWN)}")
