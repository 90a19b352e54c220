"""A file of text that is being read: its first lines at once, all of its lines when they are asked for."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Final, cast

from urlguard.errors import ListError, UsageError
from urlguard.record import BadRow
from urlguard.tables.cutting import Run
from urlguard.tables.inflating import inflated
from urlguard.tables.reading.encodings import encoding_of, single
from urlguard.tables.source import SIZE_LIMIT, Source

HEAD: Final = 1 << 19
"""Bytes, inflated, by which a file is judged."""
LONGEST: Final = 1 << 18
"""Longest line, in bytes, and longest row, in characters: 10,000 columns have room."""


class Counted(io.RawIOBase):
    """A stream that knows how much of it was read, and can be read from its start once more."""

    def __init__(self, raw: BinaryIO, *, kept: bool = False) -> None:
        """With `kept` what is read is remembered until `rewind`."""
        super().__init__()
        self._raw = raw
        self._kept: bytearray | None = bytearray() if kept else None
        self._again = io.BytesIO()
        self.count = 0
        """Bytes read from below."""

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes, at most `size`."""
        data = self._again.read(size)
        if not data:
            data = self._raw.read(size)
            self.count += len(data)
            if self._kept is not None:
                self._kept += data
        return data

    def rewind(self) -> None:
        """Go back to the start, and remember nothing from now on."""
        self._again, self._kept = io.BytesIO(bytes(self._kept or b"")), None

    def close(self) -> None:
        """Close the stream below."""
        self._raw.close()
        super().close()


@dataclass(slots=True)
class Text:
    """One text. `blocks` can be read once when its stream cannot be opened again."""

    name: str
    opened: Callable[[], Counted]
    """Opens it at its start. Raises `UsageError`."""
    size: int | None = None
    """Bytes as they lie on the disk; None when that is not known."""
    encoding: str | None = None
    limit: int = SIZE_LIMIT
    head: bytes = b""
    """The first bytes, inflated."""
    whole: bool = False
    """`head` is all there is."""
    _stream: Counted | None = field(default=None, repr=False)

    def look(self) -> None:
        """Read the head and tell the encoding. Raises `ListError` and `UsageError`."""
        stream = self.opened()
        try:
            self.head, self.whole = _head(stream, self.name, self.limit)
        finally:
            stream.rewind() if self.size is None else stream.close()
        if self.encoding is None:
            self.encoding = encoding_of(self.head)

    def first(self) -> Iterator[Run | BadRow]:
        """Yield the lines of the head, without the last when the head cuts it off."""
        blocks = list(self._lines(Source(io.BytesIO(self.head), self.name, encoding=self.encoding)))
        if not self.whole and not self.head.endswith((b"\n", b"\r")) and blocks:
            last = blocks[-1]
            if isinstance(last, Run):
                last.lines.pop()
        yield from blocks

    def blocks(self) -> Iterator[Run | BadRow]:
        """Yield all lines. Raises `ListError` where reading cannot go on."""
        self._stream = self.opened()
        source = Source(cast("BinaryIO", self._stream), self.name, encoding=self.encoding, limit=self.limit)
        try:
            yield from self._lines(source)
        finally:
            if self.size is not None:
                self._stream.close()

    def share(self) -> float | None:
        """Return how much was read, 0..1; None when the size is not known."""
        if self._stream is None or not self.size:
            return None if self.size is None else 0.0
        return min(self._stream.count / self.size, 1.0)

    def _lines(self, source: Source) -> Iterator[Run | BadRow]:
        return source.blocks(fallback=single, longest=LONGEST, lenient=True)


def _head(stream: Counted, name: str, limit: int) -> tuple[bytes, bool]:
    pieces: list[bytes] = []
    size = 0
    try:
        for piece in inflated(cast("BinaryIO", stream), name, limit):
            pieces.append(piece)
            size += len(piece)
            if size >= HEAD:
                return b"".join(pieces), False
    except ListError:
        # It comes again behind the rows that stand before the damage.
        if not size:
            raise
        return b"".join(pieces), False
    return b"".join(pieces), True


def no_rows(name: str) -> ListError:
    """Return the error for a file that holds nothing."""
    return ListError(f"{name}: there are no rows in it", "check that it was saved, and is the right file")


def cannot_open(name: str, error: OSError | ValueError) -> UsageError:
    """Return the error for a file that cannot be opened."""
    return UsageError(f"{name}: {getattr(error, 'strerror', None) or error}")
