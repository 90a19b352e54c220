"""The registry's file: opened, migrated, read and written.

SQLite comes from `apsw`, for three reasons: its wheels bring one current SQLite for every
Python; they bring the checksum VFS (`cksumvfs`), which verifies each page as it is read, so
that a flipped byte is refused instead of answered; and it loads in a third of the time of
`sqlite3`. The file is in WAL mode with `synchronous=FULL`: a write that returned is on the
disk, and readers never wait.
"""

import os
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

import apsw

from urlguard.errors import Damaged, RegistryError
from urlguard.registry import files
from urlguard.registry.schema import APPLICATION, MIGRATIONS, VERSION
from urlguard.registry.sqlite import (
    DISK,
    RESERVED,
    TAKE_BACK,
    copy_pages,
    explained,
    load_checksums,
)

BUSY_MS: Final = 120_000
"""How long a writer waits for another one: longer than the largest import takes."""
_CACHE_KB: Final = 16_384
_FIRST_STEP: Final = "add to it first: urlguard registry add LINK"


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
        self._copy: Any = None
        self._file = files.identity(path)
        try:
            with self.errors():
                self._connection = self._opened(write=write)
                self._check_header(write=write)
        except BaseException:
            self.close()
            raise

    # Opening

    def _opened(self, *, write: bool) -> apsw.Connection:
        if write:
            files.make_folder(self.path)
            flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE
            connection = apsw.Connection(str(self.path), flags=flags, vfs="cksmvfs")
            connection.set_busy_timeout(BUSY_MS)
            self._file = files.identity(self.path)
            return connection
        if self._file is None:
            raise RegistryError(f"{self.path}: there is no registry here", _FIRST_STEP)
        try:
            return self._reading(str(self.path))
        except (apsw.CantOpenError, apsw.ReadOnlyError):
            # WAL needs a place for its index beside the file. Without one the file is read as
            # it is when no log waits beside it, else from a copy with its log.
            if not os.access(self.path, os.R_OK):
                raise
            if files.size(f"{self.path}-journal"):
                return self._taken_back()
            log = Path(f"{self.path}-wal")
            if not files.size(log):
                return self._reading(f"{self.path.absolute().as_uri()}?immutable=1")
            import shutil  # noqa: PLC0415  (seldom: see above)
            import tempfile  # noqa: PLC0415

            self._copy = tempfile.TemporaryDirectory(prefix="urlguard-")
            copied = Path(self._copy.name) / "registry.db"
            try:
                shutil.copyfile(self.path, copied)
                shutil.copyfile(log, f"{copied}-wal")
            except OSError as error:
                what = f"{self.path}: cannot be copied to be read ({error.strerror})"
                raise RegistryError(what, DISK) from error
            return self._reading(str(copied))

    def _taken_back(self) -> apsw.Connection:
        """Undo what a killed program had begun while there was no log yet; then open for reading."""
        try:
            mending = apsw.Connection(str(self.path), flags=apsw.SQLITE_OPEN_READWRITE, vfs="cksmvfs")
            mending.execute("SELECT 1 FROM sqlite_schema LIMIT 1").get  # noqa: B018  (undoes it)
            mending.close()
        except (apsw.CantOpenError, apsw.ReadOnlyError) as error:
            what = f"{self.path}: a change was cut off here and cannot be taken back"
            raise RegistryError(what, "run any command on it as somebody who may write to it") from error
        return self._reading(str(self.path))

    def _reading(self, name: str) -> apsw.Connection:
        flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
        connection = apsw.Connection(name, flags=flags, vfs="cksmvfs")
        connection.set_busy_timeout(BUSY_MS)
        connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").get  # noqa: B018  (opens the log)
        return connection

    def _check_header(self, *, write: bool) -> None:
        connection = self._connection
        if self._pragma("page_count") == 0:
            self._refuse_emptied(write=write)
            connection.reserve_bytes("main", RESERVED)
        elif self._pragma("application_id") != APPLICATION:
            raise self._foreign()
        connection.execute(f"PRAGMA cache_size=-{_CACHE_KB * (1 + write)}")
        if write:
            connection.execute("PRAGMA synchronous=FULL")
            self._migrate()
            self._log_ahead()
        else:
            connection.execute("PRAGMA query_only=1")
        if connection.reserve_bytes("main") != RESERVED:
            raise self.damaged("the pages carry no checksums")
        if self._pragma("application_id") != APPLICATION:
            raise self._foreign()
        version = self._pragma("user_version")
        if version != VERSION:
            self._refuse_version(version)

    def _refuse_emptied(self, *, write: bool) -> None:
        """Refuse an empty file where there was more: it is begun anew only where nothing was."""
        if Path(f"{self.path}.backups").exists():
            raise self.damaged("the file is empty, and there are copies of it")
        if not write:
            raise RegistryError(f"{self.path}: the registry is empty", _FIRST_STEP)

    def _log_ahead(self) -> None:
        """Switch to a write-ahead log. SQLite does not wait for others here, so that we do."""
        end = time.monotonic() + BUSY_MS / 1000
        while self._connection.pragma("journal_mode") != "wal":
            try:
                self._connection.execute("PRAGMA journal_mode=WAL")
            except apsw.BusyError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.01)
            else:
                return  # where the file system has no shared memory it stays as it is, and works

    def _refuse_version(self, version: int) -> None:
        if version > VERSION:
            what = f"{self.path}: written by a newer urlguard (schema {version}, this one knows {VERSION})"
            raise RegistryError(what, "update urlguard")
        what = f"{self.path}: written by an older urlguard (schema {version}, now {VERSION})"
        raise RegistryError(what, "any command that writes brings it up to date")

    def _foreign(self) -> RegistryError:
        what = f"{self.path}: this is no registry of urlguard"
        return RegistryError(what, "name another file with --registry")

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
        try:
            yield from self._connection.execute(sql, values)
        except (apsw.Error, UnicodeError) as error:
            raise explained(self.path, error) from error

    def all(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return all rows of a query."""
        try:
            return self._connection.execute(sql, values).fetchall()
        except (apsw.Error, UnicodeError) as error:
            raise explained(self.path, error) from error

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
                self._check_place()
                yield
                self._check_place()
                self._connection.execute("COMMIT")
            except BaseException:
                with suppress(apsw.Error):
                    self._connection.execute("ROLLBACK")
                raise

    def moved(self) -> bool:
        """Tell whether another file lies at its path now, or none."""
        return files.identity(self.path) != self._file

    def _check_place(self) -> None:
        """Refuse to write to a file that a restore has put aside meanwhile."""
        if self.moved():
            what = f"{self.path}: another file lies here now; nothing of this was stored"
            raise RegistryError(what, "do it again")

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
        """Return what SQLite itself finds wrong with the file, every page's checksum included.

        Of a connection just opened: one that worked before remembers pages, and does not read
        them from the disk again.
        """
        with self.errors():
            found = [str(row[0]) for row in self._connection.execute("PRAGMA integrity_check(10)")]
        return [] if found == ["ok"] else found

    def copy_to(self, target: Path) -> None:
        """Copy a consistent state of the registry to `target`, complete or not at all."""
        part = target.with_name(f"{target.name}.{os.getpid()}.part")
        try:
            files.remove(part)
            with self.errors():
                copy_pages(self._connection, part)
            files.keep(part)
            part.replace(target)
            files.keep(target)
        except OSError as error:
            raise RegistryError(f"{target}: {error.strerror}", "name another place for the copy") from error
        finally:
            with suppress(OSError):
                files.remove(part)

    def close(self) -> None:
        """Close the file; the last one to close it folds the log into it."""
        connection: apsw.Connection | None = getattr(self, "_connection", None)
        if connection is not None:
            connection.close()
        if self._copy is not None:
            self._copy.cleanup()

    # What SQLite says, in words

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Turn SQLite's errors into ours."""
        try:
            yield
        except (apsw.Error, UnicodeEncodeError) as error:
            raise explained(self.path, error) from error

    def damaged(self, what: str) -> Damaged:
        """Return the error for a file that is not what was written to it."""
        return Damaged(f"{self.path}: {what}", TAKE_BACK)


def now() -> int:
    """Return the time, in seconds since 1970 (UTC)."""
    return int(time.time())
