"""Checkpoints: how far a run is, on the disk, so that one that was cut off can go on.

A JSON object whose last member is the SHA-256 of all before it: what was changed or damaged is refused
as a whole, and what is read needs no further check.
"""

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from stat import S_ISREG
from typing import Any, Final, NamedTuple

from urlguard.errors import UsageError

ENDING: Final = ".checkpoint"
_VERSION: Final = 1
_SIZE_LIMIT: Final = 256 << 20
_SEAL: Final = b',"sha256":"'


class Checkpoint(NamedTuple):
    """Where a run stands."""

    plan: Mapping[str, Any]
    """What was asked for, by names that a message can show; a run goes on only with the same."""
    taken: int
    """Rows that were taken from the tables, those left out by `--sample` counted."""
    digest: int
    """CRC-32 of what was judged of them: the same input must come again."""
    duplicates: int
    rows: int
    """Rows that were written."""
    levels: Mapping[str, int]
    outputs: Mapping[str, Any]
    day: str
    """On which the run began, `YYYY-MM-DD`: its outputs say so, whenever it ends."""


def checkpoint_file(outputs: Sequence[Path]) -> Path:
    """Return where the checkpoint of a run with these outputs lies."""
    return outputs[0].with_name(outputs[0].name + ENDING)


def write(path: Path, checkpoint: Checkpoint) -> None:
    """Write a checkpoint so that there is always a whole one: the one before, or this."""
    row = {"version": _VERSION, **checkpoint._asdict()}
    text = json.dumps(row, ensure_ascii=False, separators=(",", ":")).removesuffix("}")
    data = text.encode("utf-8", "surrogatepass")
    new = path.with_name(path.name + ".new")
    new.unlink(missing_ok=True)  # it may be a link, which would be written through
    with new.open("xb") as out:
        out.write(data + _SEAL + _digest(data) + b'"}')
        out.flush()
        os.fsync(out.fileno())
    new.replace(path)


def read(path: Path, plan: Mapping[str, Any]) -> Checkpoint:
    """Return the checkpoint of the run with this plan.

    Raises `UsageError` when there is none, or it is of another run: with what differs.
    """
    try:
        row: Any = json.loads(_sealed(path).decode("utf-8", "surrogatepass"))
        version = row.pop("version")
        found = Checkpoint(**row)
    except FileNotFoundError:
        message = f"there is nothing to resume: {path} is not there\n  mend: scan without --resume"
        raise UsageError(message) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"{path}: this checkpoint cannot be read ({error})\n  mend: begin anew with --restart"
        raise UsageError(message) from None
    differing = [name for name in plan if plan[name] != found.plan.get(name)]
    if version != _VERSION or differing:
        what = ", ".join(differing) or "the version of the checkpoint"
        message = (
            f"{path}: that run cannot be resumed, something is different now: {what}\n"
            "  mend: call it as before, or scan from the beginning without --resume"
        )
        raise UsageError(message)
    return found


def _sealed(path: Path) -> bytes:
    """Return the JSON of a checkpoint. Raises `ValueError` when it is not as written, `OSError`."""
    status = path.stat()
    if not S_ISREG(status.st_mode) or status.st_size > _SIZE_LIMIT:
        message = "it is no file that a scan has written"
        raise ValueError(message)
    data, _, seal = path.read_bytes().rpartition(_SEAL)
    if seal != _digest(data) + b'"}':
        message = "it was changed or is damaged"
        raise ValueError(message)
    return data + b"}"


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()
