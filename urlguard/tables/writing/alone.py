"""A file that is being written: by this process and no other, and nothing that its name leads to."""

import os
from io import FileIO
from pathlib import Path
from stat import S_ISREG
from typing import Final

from urlguard.errors import UsageError

_FLAGS: Final = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def alone(path: Path, *, new: bool) -> FileIO:
    """Open a file to write it, without a buffer; `new`: empty, and made when it is not there.

    What lies there is not touched before it is known that nobody else writes it; that lasts until
    it is closed. Where the system has no such locks, nothing is known. Raises `UsageError` for a file
    that another process writes and for a link, which could lead anywhere; `OSError`.
    """
    if path.is_symlink():
        message = f"{path}: is a link to another file, which would be written over\n  mend: remove it"
        raise UsageError(message)
    flags = os.O_RDWR | _FLAGS | (os.O_CREAT if new else 0)
    out = FileIO(os.open(path, flags, 0o666), "r+")
    try:
        status = os.fstat(out.fileno())
        if S_ISREG(status.st_mode):
            _lock(out, path)
        if new and status.st_size:
            out.truncate(0)
    except BaseException:
        out.close()
        raise
    return out


def _lock(out: FileIO, path: Path) -> None:
    """Lock a file for as long as it is open. Raises `UsageError` when it is locked already."""
    try:
        import fcntl  # noqa: PLC0415  (not on every system)
    except ImportError:
        return
    try:
        fcntl.flock(out, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        message = f"{path}: another scan is writing it\n  mend: wait for its end, or name another output"
        raise UsageError(message) from None
    except OSError:
        return  # a disk of the network that knows no locks
