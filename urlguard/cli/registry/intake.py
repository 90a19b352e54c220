"""A list as it comes in: from a file or a pipe, its format recognized, its rows counted on the way."""

import csv
import io
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple, TypeVar

from urlguard.cells import inert
from urlguard.errors import UsageError
from urlguard.registry.formats.table import FORMATS, by_extension, sniffed
from urlguard.reports.lists import Refusal, number
from urlguard.tables.source import ENCODINGS, Source

HEAD: Final = 16_384
"""Bytes by which a format is recognized."""
_EVERY: Final = 4_096
"""Rows between two looks at the clock."""
_QUIET: Final = 1.0
"""Seconds before anything is said about the progress."""
_BEAT: Final = 0.2
_NAME: Final = re.compile(r"[^\w.-]+")
_TABLE: Final = "the first line of a csv table names its columns, one of them value, url, domain or phone"
_PACKED: Final = (".gz",)

Item = TypeVar("Item")


class Opened(NamedTuple):
    """A list that is ready to be read."""

    stream: BinaryIO
    name: str
    """As it is called in messages."""
    form: str
    """Name of its format."""

    def source(self, encoding: str | None = None) -> Source:
        """Return the lines of it."""
        return Source(self.stream, self.name, encoding=encoding)


class _Again(io.RawIOBase):
    """A stream whose beginning was already looked at."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401  (any writable buffer)
        data, self._head = self._head[: len(buffer)], self._head[len(buffer) :]
        data = data or self._rest.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def opened(file: str, form: str | None, stack: ExitStack) -> Opened:
    """Open a file, or stdin for `-`; without `form` its format is told by its beginning, then by its name.

    Raises `UsageError` when it cannot be opened or its format cannot be told.
    """
    stream = _stdin() if file == "-" else _file(file, stack)
    name = "stdin" if file == "-" else file
    if form is not None:
        return Opened(stream, name, form)
    head = _head(stream, name)
    found = sniffed(file, head)
    if found is None:
        likely = by_extension(file) or tuple(FORMATS)
        table = f"; {_TABLE}" if "csv" in likely else ""
        raise UsageError(
            f"{name}: its format cannot be told\n  mend: name it: --format {'|'.join(likely)}{table}"
        )
    again: Any = io.BufferedReader(_Again(head, stream), HEAD)
    return Opened(again, name, found)


def _stdin() -> BinaryIO:
    if sys.stdin is None:
        raise UsageError("stdin is closed: name a file")
    return sys.stdin.buffer


def _file(file: str, stack: ExitStack) -> BinaryIO:
    try:
        return stack.enter_context(Path(file).open("rb"))
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror}") from error


def _head(stream: BinaryIO, name: str) -> bytes:
    head = b""
    try:
        while len(head) < HEAD and (piece := stream.read(HEAD - len(head))):
            head += piece
    except OSError as error:
        raise UsageError(f"{name}: {error.strerror}") from error
    return head


def list_name(file: str) -> str:
    """Return the name of the list that a file holds: its own, without ending and blanks.

    >>> list_name("lists/My list.txt.gz"), list_name("-")
    ('My-list', '')
    """
    if file == "-":
        return ""
    name = Path(file).name
    for packed in _PACKED:
        name = name.removesuffix(packed)
    return _NAME.sub("-", name.partition(".")[0] if name[:1] != "." else name.strip(".")).strip("-")


def counted(rows: Iterable[Item], texts: Mapping[str, str]) -> Iterator[Item]:
    """Yield rows; a terminal on stderr is told how many and how fast, from the second second on."""
    stream = sys.stderr
    if stream is None or not stream.isatty():
        yield from rows
        return
    start = told = time.monotonic()
    for count, row in enumerate(rows, 1):
        if count % _EVERY == 0 and (now := time.monotonic()) - told >= (_BEAT if told > start else _QUIET):
            told = now
            _say(texts["import_progress"].format(n=number(count), rate=number(int(count / (now - start)))))
        yield row
    if told > start:
        _say(texts["import_writing"])


def clear() -> None:
    """Take the progress off the terminal."""
    _say("")


def _say(text: str) -> None:
    stream = sys.stderr
    if stream is None or not stream.isatty():
        return
    try:
        stream.write(f"\r\x1b[K{text}")
        stream.flush()
    except OSError:
        return


def kept(path: Path | None, header: tuple[str, ...], stack: ExitStack) -> Callable[[tuple[Any, ...]], None]:
    """Return what writes rows to a CSV file, complete when the block of `stack` ends; nothing for None."""
    if path is None:
        return lambda _row: None
    try:
        file = stack.enter_context(path.open("w", encoding="utf-8", newline=""))
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from error
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(header)
    return lambda row: writer.writerow([inert(str(cell)) for cell in row])


REFUSAL: Final = ("line", "value", "code", "reason", "mend")
"""Columns of `--rejects`, as `Refusal` has them."""
__all__ = ["ENCODINGS", "REFUSAL", "Opened", "Refusal", "clear", "counted", "kept", "list_name", "opened"]
