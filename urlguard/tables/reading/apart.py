"""Tables read in a process of its own, whose memory and time are bounded by the size of the file.

The libraries that read workbooks and Parquet are fast, but trust what they read: a workbook of
2 KB with one cell in each of two far corners makes them ask for 550 GB, and the process ends
without an exception to catch. Here only the reader ends, and the caller gets a `ListError`.

The process gets the number of a table on its standard input, a line each, and answers with
pickles: first the heads of all tables, then the batches of each table that was asked for, None
behind the last, or an error instead.
"""

import contextlib
import os
import pickle
import signal
import stat
import subprocess
import sys
import weakref
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from urlguard.errors import ListError, UsageError
from urlguard.tables.reading.batches import Head, unpacked
from urlguard.tables.rows import Block, Cell, Table

MEMORY: Final = 128 << 20
"""Bytes that reading the smallest file may take."""
MEMORY_PER_BYTE: Final = 40
"""Bytes more for each byte of the file. Workbooks take 7 (eight columns of texts and numbers) to 30
(the same word a million times)."""
MOST_MEMORY: Final = 4 << 30
"""Bytes that reading any file may take: twenty million cells of a sheet take 1.5 GB."""
SECONDS: Final = 4
"""Processor time for the smallest file."""
MEGABYTES_PER_SECOND: Final = 1
"""The slowest a file may be read; workbooks are read at 5 to 20 MB/s on one core."""

_START: Final = (
    "import sys; sys.path.append(sys.argv[1]); from urlguard.tables.reading.apart_process import main; main()"
)
_ROOT: Final = str(Path(__file__).resolve().parents[3])
_READERS: "Final[weakref.WeakSet[_Reader]]" = weakref.WeakSet()
"""Only one waits with what it has loaded: of a folder of workbooks each would hold its own."""


Cells = Callable[[Sequence[Cell]], Sequence[Cell]]
"""Makes cells of a column as a library gives it."""


def tables_apart(
    kind: str, path: Path, name: str, cells: Cells, *, header: bool | None = None
) -> list[Table]:
    """Return the tables of a file; `kind` is a key of `apart_process.READERS`.

    Raises `UsageError` when the file cannot be opened, `ListError` when it cannot be read.
    """
    _opened(path, name)
    first = _Reader(kind, path, name, header)
    heads: list[Head] = first.answer()
    first.last = len(heads) - 1
    if any(reader.free for reader in _READERS if reader is not first):
        first.end()
    tables = []
    for index, head in enumerate(heads):
        seen = _Seen()
        blocks = _blocks(first, index, seen, cells)
        tables.append(
            Table(head.name, head.columns, blocks, head.titled, head.targets, seen.share, plain=False)
        )
    return tables


def size_limit(size: int) -> int:
    """Return the bytes of memory that reading a file of `size` bytes may take."""
    return min(MEMORY + MEMORY_PER_BYTE * size, MOST_MEMORY)


class _Seen:
    """How much of a table has been read."""

    def __init__(self) -> None:
        self.part: float | None = None

    def share(self) -> float | None:
        return self.part


class _Reader:
    """The process, from the caller's side."""

    def __init__(self, kind: str, path: Path, name: str, header: bool | None) -> None:  # noqa: FBT001  (as above)
        self.asked = (kind, path, name, header)
        self.free = True
        """Whether it can be asked."""
        self.last = 0
        """The table after which nothing is asked."""
        command = [sys.executable, "-P", "-c", _START, _ROOT, kind, str(path), name, repr(header)]
        self._process = subprocess.Popen(  # noqa: S603  (our own interpreter and module)
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "RUST_BACKTRACE": "0", "ARROW_DEFAULT_MEMORY_POOL": "system"},
        )
        self._ended = weakref.finalize(self, _end, self._process)
        _READERS.add(self)

    def ask(self, index: int) -> None:
        """Ask for the blocks of a table."""
        assert self._process.stdin is not None  # noqa: S101  (a pipe, see above)
        with contextlib.suppress(BrokenPipeError):  # its answer will tell
            self._process.stdin.write(b"%d\n" % index)
            self._process.stdin.flush()

    def answer(self) -> Any:  # noqa: ANN401  (heads or blocks)
        """Return what it sends next. Raises `ListError` and `UsageError`, its own or for its end."""
        assert self._process.stdout is not None  # noqa: S101  (a pipe, see above)
        try:
            answer = pickle.load(self._process.stdout)  # noqa: S301  (our own process wrote it)
        except (EOFError, pickle.UnpicklingError):
            answer = self._death()
        if isinstance(answer, (ListError, UsageError)):
            self.end()
            raise answer
        return answer

    def end(self) -> None:
        """End the process."""
        self.free = False
        self._ended()

    def _death(self) -> ListError:
        code = self._process.wait()
        _, path, name, _ = self.asked
        if code == -getattr(signal, "SIGXCPU", 0):
            return ListError(
                f"{name}: takes far too long to read for its size",
                "copy the rows in use to a new file",
            )
        if code in {-signal.SIGABRT, -getattr(signal, "SIGKILL", 9)} or os.name == "nt":
            return too_large(name, path.stat().st_size)
        return ListError(f"{name}: broken, its reader ended with {code}", "save it anew, or as CSV")


def too_large(name: str, size: int) -> ListError:
    """Return the error for a file whose contents ask for far more memory than its size explains."""
    limit = size_limit(size) >> 20
    return ListError(
        f"{name}: reading its {size:,} bytes takes more than {limit:,} MB of memory: cells far apart, "
        "a text repeated endlessly, or a trap",
        "copy the rows in use to a new file, or save them as CSV",
    )


def _end(process: "subprocess.Popen[bytes]") -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe:
            with contextlib.suppress(OSError):
                pipe.close()
    # It ends by itself when its pipes are closed, unless a library keeps it busy.
    try:
        process.wait(0.2)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _opened(path: Path, name: str) -> None:
    try:
        with path.open("rb") as file:
            regular = stat.S_ISREG(os.fstat(file.fileno()).st_mode)
    except OSError as error:
        raise UsageError(f"{name}: cannot be opened: {error.strerror}") from None
    if not regular:
        raise UsageError(f"{name}: not a file that can be read twice; save it to a file first")


def _blocks(first: _Reader, index: int, seen: _Seen, cells: Cells) -> Iterator[Block]:
    reader = first if first.free else _Reader(*first.asked)
    if reader is not first:
        reader.answer()  # the heads, which are known
    reader.free = False
    reader.ask(index)
    try:
        while (data := reader.answer()) is not None:
            seen.part, block = unpacked(data, cells)
            yield block
    except BaseException:
        reader.end()
        raise
    seen.part = 1.0
    reader.free = True
    if index == reader.last or reader is not first:
        reader.end()
