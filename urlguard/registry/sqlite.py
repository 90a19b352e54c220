"""What SQLite needs, and what it says: the checksum VFS loaded, its errors in words."""

import os
import threading
from pathlib import Path
from typing import Final

import apsw

from urlguard.errors import Damaged, RegistryError

RESERVED: Final = 8
"""Bytes at the end of each page for its checksum; cksumvfs wants exactly these."""
_EXTENSIONS: Final = (".so", ".dylib", ".dll")
RESTORE: Final = "urlguard registry restore"
TAKE_BACK: Final = f"take the last good copy back: {RESTORE}"

_loading = threading.Lock()
_loaded = False


def load_checksums() -> None:
    """Register the checksum VFS, once a process. Raises `RegistryError` when it is not there."""
    global _loaded  # noqa: PLW0603  (a VFS is registered for the whole process)
    with _loading:
        if _loaded:
            return
        # Not apsw.sqlite_extra.path(): its imports cost 20 ms, more than all the rest of a lookup.
        stem = os.path.join(os.path.dirname(apsw.__file__), "sqlite_extra_binaries", "cksumvfs")  # noqa: PTH118, PTH120  (start-up path)
        found = next((stem + end for end in _EXTENSIONS if os.path.exists(stem + end)), None)  # noqa: PTH110
        if found is None:
            what = "this installation of apsw has no checksum extension (cksumvfs)"
            raise RegistryError(what, "install the wheel: pip install --force-reinstall apsw")
        loader = apsw.Connection("", flags=apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_MEMORY)
        loader.enable_load_extension(True)  # noqa: FBT003  (positional in apsw)
        try:
            loader.load_extension(found)
        except apsw.Error as error:
            what = f"the checksum extension of apsw cannot be loaded: {error}"
            raise RegistryError(what, "install the wheel: pip install --force-reinstall apsw") from error
        _loaded = True


def copy_pages(connection: apsw.Connection, target: Path) -> None:
    """Copy what a connection sees to a new file, a checksum on every page."""
    copy = apsw.Connection(str(target), vfs="cksmvfs")
    try:
        copy.reserve_bytes("main", RESERVED)
        copy.execute("PRAGMA user_version=1")  # from the first page on disk on, pages get checksums
        with copy.backup("main", connection, "main") as pages:
            while not pages.done:
                pages.step(4096)
        copy.execute("PRAGMA journal_mode=DELETE")
    finally:
        copy.close()


def explained(path: Path, error: apsw.Error | UnicodeError) -> RegistryError:
    """Return what SQLite says of a file, in words."""
    if isinstance(error, UnicodeEncodeError):
        return RegistryError(f"{error.object[:80]!r} is not valid UTF-8: it cannot be stored or found")
    for kind, what, mend in _SAID:
        if isinstance(error, kind):
            return RegistryError(f"{path}: {what}", mend)
    if isinstance(error, apsw.IOError) and getattr(error, "extendedresult", 0) not in _BAD_PAGES:
        return RegistryError(f"{path}: the disk did not read or write ({error})", DISK)
    if isinstance(error, apsw.NotADBError):
        what = f"{path}: this is no registry, or its beginning is damaged"
        return Damaged(what, f"name another file with --registry, or {TAKE_BACK}")
    if isinstance(error, _DAMAGE):
        return Damaged(f"{path}: the file is damaged ({error})", TAKE_BACK)
    mend = f"look at it with: urlguard registry verify; or {RESTORE}"
    return RegistryError(f"{path}: {error}", mend)


DISK: Final = "check the disk and its free space; nothing that was stored is lost"
_BAD_PAGES: Final = frozenset(
    {apsw.SQLITE_IOERR_DATA, apsw.SQLITE_IOERR_SHORT_READ, apsw.SQLITE_IOERR_CORRUPTFS}
)
_DAMAGE: Final = (
    apsw.CorruptError, apsw.IOError, apsw.FormatError, apsw.SQLError, apsw.MismatchError, UnicodeDecodeError,
)  # fmt: skip
"""A statement that SQLite cannot read (`SQLError`) is one whose tables are not there any more."""
_SAID: Final = (
    (apsw.BusyError, "another program writes to it and does not end", "try again when it has ended"),
    (apsw.ProtocolError, "too many programs open it at once", "try again when some have ended"),
    (apsw.LockedError, "another program holds it", "try again when it has ended"),
    (apsw.FullError, "the disk is full: nothing of this was stored, all before it is", "free some space"),
    (apsw.ReadOnlyError, "it cannot be written here", "check the rights of its folder, or use --registry"),
    (apsw.CantOpenError, "it cannot be opened", "check that file and folder exist, and their rights"),
    (apsw.PermissionsError, "it may not be opened", "check the rights of file and folder"),
    (apsw.NoMemError, "there is not enough memory", "close other programs"),
)  # fmt: skip
