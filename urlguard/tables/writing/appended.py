"""A file that grows by whole rows and can be gone on with after any of them."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from urlguard.errors import UsageError
from urlguard.tables.rows import Scanned
from urlguard.tables.writing.alone import alone

_FULL: Final = "make room on its disk or name another folder; with --resume the scan goes on where it was"
_ELSEWHERE: Final = "make the folder first, or name one that is there and yours to write to"


class Appended:
    """One output while it is written. Nothing is held back: what `rows` was given is with the system.

    `begin` opens the file, `encoded` turns rows into bytes that depend on nothing but these rows and
    what stands before them, `end` closes the file. `at` goes on with an existing file from that size.
    All methods raise `UsageError` when the disk refuses.
    """

    def __init__(
        self,
        path: Path,
        begin: bytes,
        encoded: Callable[[Sequence[Scanned]], bytes],
        end: Callable[[], bytes] = bytes,
        *,
        at: int | None = None,
    ) -> None:
        """Open the file. Raises `UsageError` as `alone`, or when it is shorter than `at`."""
        self._path = path
        self._encoded = encoded
        self._end = end
        try:
            self._out = alone(path, new=at is None)
        except OSError as error:
            raise unwritable(path, error) from None
        try:
            if at is None:
                self._write(begin)
            else:
                self._go_on(at)
        except BaseException:
            self._out.close()
            raise

    def rows(self, rows: Sequence[Scanned]) -> None:
        """Write rows, in the order of the input."""
        self._write(self._encoded(rows))

    def sync(self) -> int:
        """Put on the disk what was written, and return its size in bytes."""
        try:
            os.fsync(self._out.fileno())
            return self._out.tell()
        except (OSError, ValueError) as error:
            raise unwritable(self._path, error) from None

    def finish(self) -> None:
        """Write what comes at the end, put all of it on the disk and close the file."""
        self._write(self._end())
        self.sync()
        self._out.close()

    def close(self) -> None:
        """Close the file and leave it as it is."""
        self._out.close()

    def _go_on(self, at: int) -> None:
        size = self._out.seek(0, os.SEEK_END)
        if size < at:
            raise UsageError(
                f"{self._path}: {at} bytes of it were written, {size} are there\n"
                "  mend: scan again without --resume"
            )
        self._out.truncate(at)
        self._out.seek(at)

    def _write(self, data: bytes) -> None:
        left = memoryview(data)
        try:
            while left:
                left = left[self._out.write(left) or 0 :]
        except (OSError, ValueError) as error:
            raise unwritable(self._path, error) from None


def unwritable(path: Path, error: Exception) -> UsageError:
    """Return what to raise where the system refuses to write a file."""
    reason = getattr(error, "strerror", None) or error
    elsewhere = isinstance(error, FileNotFoundError | PermissionError | NotADirectoryError)
    return UsageError(f"{path}: cannot be written: {reason}\n  mend: {_ELSEWHERE if elsewhere else _FULL}")
