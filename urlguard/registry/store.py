"""The registry's file: opened, migrated, read and written. The only module that knows SQLite.

SQLite comes from `apsw`, for three reasons: its wheels bring one current SQLite for every
Python; they bring the checksum VFS (`cksumvfs`), which verifies each page as it is read, so
that a flipped byte is refused instead of answered; and it loads in a third of the time of
`sqlite3`. The file is in WAL mode with `synchronous=FULL`: a write that returned is on the
disk, and readers never wait.
"""

import os
import shutil
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

import apsw

from urlguard.errors import Damaged, RegistryError
from urlguard.registry.schema import APPLICATION, MIGRATIONS, VERSION

BUSY_MS: Final = 120_000
"""How long a writer waits for another one: longer than the largest import takes."""
_RESERVED: Final = 8
"""Bytes at the end of each page for its checksum; cksumvfs wants exactly these."""
_CACHE_KB: Final = 16_384
_EXTENSIONS: Final = (".so", ".dylib", ".dll")
RESTORE: Final = "urlguard registry restore"
_TAKE_BACK: Final = f"take the last good copy back: {RESTORE}"
_FIRST_STEP: Final = "add to it first: urlguard registry add LINK"

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


class Store:
    """One connection to a registry's file; not to be shared between threads at the same time.

    `write` opens it for writing and creates it when it is missing. Reading works on a
    read-only file system too. Raises `RegistryError` (missing, locked, no rights, too new)
    and `Damaged`.
    """

    def __init__(self, path: Path, *, write: bool = False) -> None:
        """Open the file, and bring it to the current schema when writing."""
        load_checksums()
        self.path = path
        self._copy: tempfile.TemporaryDirectory[str] | None = None
        with self.errors():
            self._connection = self._opened(write=write)
            self._check_header(write=write)

    # Opening

    def _opened(self, *, write: bool) -> apsw.Connection:
        if write:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE
            connection = apsw.Connection(str(self.path), flags=flags, vfs="cksmvfs")
            connection.set_busy_timeout(BUSY_MS)
            return connection
        if not self.path.exists():
            raise RegistryError(f"{self.path}: there is no registry here", _FIRST_STEP)
        try:
            return self._reading(str(self.path))
        except (apsw.CantOpenError, apsw.ReadOnlyError):
            # WAL needs a place for its index beside the file. Without one the file is read as
            # it is when no log waits beside it, else from a copy with its log.
            log = Path(f"{self.path}-wal")
            if not log.exists() or not log.stat().st_size:
                return self._reading(f"{self.path.absolute().as_uri()}?immutable=1")
            self._copy = tempfile.TemporaryDirectory(prefix="urlguard-")
            copied = Path(self._copy.name) / "registry.db"
            shutil.copyfile(self.path, copied)
            shutil.copyfile(log, f"{copied}-wal")
            return self._reading(str(copied))

    def _reading(self, name: str) -> apsw.Connection:
        flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
        connection = apsw.Connection(name, flags=flags, vfs="cksmvfs")
        connection.set_busy_timeout(BUSY_MS)
        connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").get  # noqa: B018  (opens the log)
        return connection

    def _check_header(self, *, write: bool) -> None:
        connection = self._connection
        version = self._pragma("user_version")
        if version == 0 and write:
            if self._pragma("page_count") == 0:
                connection.reserve_bytes("main", _RESERVED)
            elif self._pragma("application_id") != APPLICATION:
                raise self._foreign()
            connection.execute("PRAGMA journal_mode=WAL")
        if write:
            connection.execute("PRAGMA synchronous=FULL")
            connection.execute(f"PRAGMA cache_size=-{2 * _CACHE_KB}")
            self._migrate()
        else:
            connection.execute(f"PRAGMA cache_size=-{_CACHE_KB}")
            connection.execute("PRAGMA query_only=1")
            if version == 0 and not self._pragma("page_count"):
                raise RegistryError(f"{self.path}: the registry is empty", _FIRST_STEP)
        if connection.reserve_bytes("main") != _RESERVED:
            raise Damaged(f"{self.path}: the pages carry no checksums", _TAKE_BACK)
        if self._pragma("application_id") != APPLICATION:
            raise self._foreign()
        if not write and version != VERSION:
            self._refuse_version(version)

    def _refuse_version(self, version: int) -> None:
        if version > VERSION:
            what = f"{self.path}: written by a newer urlguard (schema {version}, this one knows {VERSION})"
            raise RegistryError(what, "update urlguard")
        what = f"{self.path}: written by an older urlguard (schema {version}, now {VERSION})"
        raise RegistryError(what, "any command that writes brings it up to date")

    def _foreign(self) -> RegistryError:
        return RegistryError(f"{self.path}: this is no registry of urlguard", "name another file with --registry")

    def _migrate(self) -> None:
        if self._pragma("user_version") == VERSION:
            return
        with self.writing():
            version = self._pragma("user_version")  # another process may have been first
            if version > VERSION:
                self._refuse_version(version)
            for number in range(version, VERSION):
                self._connection.execute(MIGRATIONS[number])
                self._connection.execute(f"PRAGMA user_version={number + 1}")
                self._connection.execute(f"PRAGMA application_id={APPLICATION}")

    def _pragma(self, name: str) -> int:
        return int(self._connection.pragma(name) or 0)

    # Reading and writing

    def rows(self, sql: str, values: Sequence[Any] | dict[str, Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Return the rows of a query as it reads them."""
        with self.errors():
            yield from self._connection.execute(sql, values)

    def all(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return all rows of a query."""
        try:
            return self._connection.execute(sql, values).fetchall()
        except apsw.Error as error:
            raise self._explained(error) from error

    def one(self, sql: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """Return the first row of a query."""
        found = self.all(sql, values)
        return found[0] if found else None

    def run(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Run a statement inside `writing`; return the row id it inserted last."""
        with self.errors():
            self._connection.execute(sql, values)
            return self._connection.last_insert_rowid()

    def run_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run a statement for each row."""
        with self.errors():
            self._connection.executemany(sql, rows)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the only writer's place until the block ends: all of it is kept, or nothing."""
        with self.errors():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                with suppress(apsw.Error):
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read one state of the registry throughout the block, whatever is written meanwhile."""
        with self.errors():
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                with suppress(apsw.Error):
                    self._connection.execute("COMMIT")

    # The whole file

    def faults(self) -> list[str]:
        """Return what SQLite itself finds wrong with the file, every page's checksum included."""
        with self.errors():
            found = [str(row[0]) for row in self._connection.execute("PRAGMA integrity_check(10)")]
        return [] if found == ["ok"] else found

    def copy_to(self, target: Path) -> None:
        """Copy a consistent state of the registry to `target`, complete or not at all."""
        part = target.with_name(f"{target.name}.part")
        for leftover in (part, Path(f"{part}-wal"), Path(f"{part}-shm")):
            leftover.unlink(missing_ok=True)
        try:
            with self.errors():
                copy = apsw.Connection(str(part), vfs="cksmvfs")
                copy.reserve_bytes("main", _RESERVED)
                with copy.backup("main", self._connection, "main") as pages:
                    while not pages.done:
                        pages.step(4096)
                copy.execute("PRAGMA journal_mode=DELETE")
                copy.close()
            with part.open("rb+") as written:
                os.fsync(written.fileno())
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)

    def close(self) -> None:
        """Close the file; the last one to close it folds the log into it."""
        self._connection.close()
        if self._copy is not None:
            self._copy.cleanup()

    # What SQLite says, in words

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Turn SQLite's errors into ours."""
        try:
            yield
        except apsw.Error as error:
            raise self._explained(error) from error

    def _explained(self, error: apsw.Error) -> RegistryError:
        for kind, what, mend in _SAID:
            if isinstance(error, kind):
                return RegistryError(f"{self.path}: {what}", mend)
        if isinstance(error, apsw.IOError) and getattr(error, "extendedresult", 0) not in _BAD_PAGES:
            return RegistryError(f"{self.path}: the disk did not read or write ({error})", _DISK)
        if isinstance(error, (apsw.CorruptError, apsw.NotADBError, apsw.IOError, apsw.FormatError)):
            return Damaged(f"{self.path}: the file is damaged ({error})", _TAKE_BACK)
        return RegistryError(f"{self.path}: {error}", f"look at it with: urlguard registry verify; or {RESTORE}")


_DISK: Final = "check the disk and its free space; nothing that was stored is lost"
_BAD_PAGES: Final = frozenset({apsw.SQLITE_IOERR_DATA, apsw.SQLITE_IOERR_SHORT_READ, apsw.SQLITE_IOERR_CORRUPTFS})
_SAID: Final = (
    (apsw.BusyError, "another program writes to it and does not end", "try again when it has ended"),
    (apsw.LockedError, "another program holds it", "try again when it has ended"),
    (apsw.FullError, "the disk is full: nothing of this was stored, all that was stored before is", "free some space"),
    (apsw.ReadOnlyError, "it cannot be written here", "check the rights of file and folder, or name another --registry"),
    (apsw.CantOpenError, "it cannot be opened", "check that file and folder exist, and their rights"),
    (apsw.PermissionsError, "it may not be opened", "check the rights of file and folder"),
    (apsw.NoMemError, "there is not enough memory", "close other programs"),
)  # fmt: skip


def now() -> int:
    """Return the time, in seconds since 1970 (UTC)."""
    return int(time.time())
