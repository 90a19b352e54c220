"""A file of text that is being read: its first lines at once, all of its lines when they are asked for."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import BinaryIO, Final, NamedTuple, cast

from urlguard.errors import ListError, UsageError
from urlguard.record import BadRow
from urlguard.tables.cutting import Run
from urlguard.tables.inflating import inflated
from urlguard.tables.reading.encodings import encoding_of, single
from urlguard.tables.source import SIZE_LIMIT, Source

LINES: Final = 1000
"""Lines by which a table is judged."""
HEAD: Final = 1 << 19
"""Bytes, inflated, by which a file is judged."""
LONGEST: Final = 1 << 18
"""Longest line, in bytes, and longest row, in characters: 10,000 columns have room."""


class Counted:
    """A stream that knows how much of it was read, and can go back to its start once."""

    def __init__(self, raw: BinaryIO, *, kept: bool = False) -> None:
        """With `kept` what is read is remembered until `rewind`."""
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

    def peek(self, size: int) -> bytes:
        """Return the first bytes, which will be read again; only before anything was read."""
        data = self.read(size)
        self._again = io.BytesIO(data)
        return data

    def rewind(self) -> None:
        """Go back to the start, and remember nothing from now on."""
        self._again, self._kept = io.BytesIO(bytes(self._kept or b"")), None

    def close(self) -> None:
        """Close the stream below."""
        self._raw.close()


class Head(NamedTuple):
    """The beginning of a text."""

    data: bytes
    """Inflated."""
    whole: bool
    """It is all there is."""
    runs: list[Run | BadRow]
    """Its lines, without one that is cut off."""

    @property
    def lines(self) -> list[tuple[int, str]]:
        """Number and text of the first lines that could be read, blank ones too."""
        good = (run for run in self.runs if not isinstance(run, BadRow))
        return list(islice(chain.from_iterable(enumerate(run.lines, run.first) for run in good), LINES))


@dataclass(slots=True)
class Text:
    """One text."""

    name: str
    opened: Callable[[], Counted]
    """Opens it at its start. Raises `UsageError`."""
    again: bool
    """It can be opened more than once; a pipe cannot."""
    ours: bool
    """It is closed at its end; stdin is not."""
    size: int | None = None
    """Bytes as they lie on the disk; None when that is not known."""
    encoding: str | None = None
    limit: int = SIZE_LIMIT
    _mixed: bool = False
    _stream: Counted | None = field(default=None, repr=False)

    def look(self) -> Head:
        """Read the head and tell the encoding. Raises `ListError` and `UsageError`."""
        stream = self.opened()
        try:
            data, whole = _head(stream, self.name, self.limit)
        finally:
            if self.again:
                stream.close()
            else:
                stream.rewind()
        if self.encoding is None:
            self.encoding, self._mixed = encoding_of(data), True
        runs = list(self._lines(Source(io.BytesIO(data), self.name, encoding=self.encoding)))
        if not whole and not data.endswith((b"\n", b"\r")) and runs and isinstance(runs[-1], Run):
            runs[-1].lines.pop()
        return Head(data, whole, runs)

    def runs(self) -> Iterator[Run | BadRow]:
        """Yield all lines, once. Raises `ListError` where reading cannot go on."""
        try:
            self._stream = self.opened()
        except UsageError as error:
            raise ListError(
                f"{error}, and was there before", "leave files in their place while they are read"
            ) from None
        source = Source(cast("BinaryIO", self._stream), self.name, encoding=self.encoding, limit=self.limit)
        try:
            yield from self._lines(source)
        finally:
            if self.ours:
                self._stream.close()

    def share(self) -> float | None:
        """Return how much was read, 0..1; None when the size is not known."""
        if self.size is None:
            return None
        return min(self._stream.count / self.size, 1.0) if self._stream and self.size else 0.0

    def _lines(self, source: Source) -> Iterator[Run | BadRow]:
        return source.blocks(fallback=single, longest=LONGEST, lenient=True, mixed=self._mixed)


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
