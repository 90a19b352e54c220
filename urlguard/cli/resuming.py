"""Runs that were cut off: whether there is one to go on with, and whether it is the same."""

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from stat import S_ISDIR
from typing import Any, Final

import click

from urlguard.guard import Guard
from urlguard.scanning.checkpoints import checkpoint_file
from urlguard.scanning.describing import Records
from urlguard.scanning.outputs import forget, kind_of, parts
from urlguard.tables.reading.folders import files_in, place

_DECIDING: Final = ("columns", "form", "encoding", "separator", "header", "limit", "sample", "lang")


def said_of(
    files: Sequence[Path],
    outputs: Sequence[Path],
    said: dict[str, Any],
    guard: Guard,
    records: Records | None,
) -> dict[str, Any]:
    """Return all that decides what comes out, as plain JSON, by the names a message shows."""
    options = {f"--{name}": said[name] for name in _DECIDING}
    options["--columns"] = list(said["columns"])
    return {
        **options,
        "--lang": guard.lang,
        "the files": [stamp(path, outputs) for path in files],
        "the outputs": [str(path) for path in outputs],
        "the rules": guard.book["digest"],
        "the registry": records.head if records is not None else "",
    }


def stamp(path: Path, outputs: Sequence[Path] = ()) -> list[Any]:
    """Return name, size and time of a file: another one, or a changed one, is no file to go on with.

    Of a folder, a sum of those of its tables: its own time changes with each output that is put into it.
    """
    try:
        found = path.stat()
    except OSError:
        return [str(path)]
    if S_ISDIR(found.st_mode):
        stamps = repr([stamp(file) for file in files_in(path, [], outputs)])
        return [str(path), hashlib.sha256(os.fsencode(stamps)).hexdigest()]
    return [str(path), found.st_size, found.st_mtime_ns]


def past_of(files: Sequence[Path], outputs: Sequence[Path], *, resume: bool, restart: bool) -> Path | None:
    """Return the checkpoint to go on from; without one, remove what an earlier run left unfinished.

    Raises `click.UsageError` for outputs that destroy, `UsageError` for those another scan writes.
    """
    for path in outputs:
        kind_of(path)
    if resume and restart:
        raise click.UsageError("--resume goes on, --restart begins anew: give one of the two")
    if len(set(map(place, outputs))) < len(outputs):
        raise click.UsageError("the same output is named twice")
    file = checkpoint_file(outputs)
    for path in (*outputs, *parts(outputs), file):
        if path.exists() and any(read.exists() and path.samefile(read) for read in files):
            message = f"{path} is read and would be written over: give the output another name"
            raise click.UsageError(message)
    if resume:
        return file
    if file.exists() and not restart:
        message = f"{file} is there: that run was cut off. Go on with --resume, or begin anew with --restart"
        raise click.UsageError(message)
    forget(outputs)
    file.unlink(missing_ok=True)
    return None
