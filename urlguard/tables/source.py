"""A list as a stream of lines: inflated, decoded and bounded, in constant memory.

Lists come from strangers. Lines are handed out in blocks of some hundred kilobytes, because
a generator step and a decoding for each line would cost more than reading the line.
"""

import codecs
from collections.abc import Iterator
from typing import BinaryIO, Final

from urlguard.errors import ListError
from urlguard.record import BadRow
from urlguard.tables.cutting import LINE_LIMIT, Fallback, Lines, Run
from urlguard.tables.inflating import inflated

SIZE_LIMIT: Final = 4 << 30
"""Most bytes of one list, counted after inflation."""
ENCODINGS: Final = ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1251", "koi8-r", "cp866", "latin-1")
"""What a caller may name; without a name UTF-8 and UTF-16 are told apart by their first bytes."""

_SAMPLE: Final = 64
_LEAST: Final = 4
"""So many letters, and half of all, with a NUL on the same side are UTF-16 without a byte order mark."""


class Source:
    r"""A binary stream that holds a list; it is read once.

    `name` stands in messages. `encoding` is one of `ENCODINGS`, or another of Python's
    whose lower half is ASCII; None: sniffed. `limit` is the most bytes that are read,
    after inflation.

    >>> import io
    >>> list(Source(io.BytesIO(b"a.top\r\nb.top"), "list.txt").lines())
    [(1, 'a.top'), (2, 'b.top')]
    """

    def __init__(
        self, stream: BinaryIO, name: str = "list", *, encoding: str | None = None, limit: int = SIZE_LIMIT
    ) -> None:
        """Keep the stream. Raises `ListError` for an encoding that cannot be read."""
        if encoding is not None and not known(encoding):
            raise ListError(f"{name}: unknown encoding {encoding!r}", f"use one of {', '.join(ENCODINGS)}")
        self.name = name
        self._stream = stream
        self._encoding = encoding.lower() if encoding else None
        self._limit = limit

    def lines(
        self, *, fallback: str | None = None, comments: tuple[str, ...] = (), longest: int = LINE_LIMIT
    ) -> Iterator[tuple[int, str] | BadRow]:
        """Yield number and text of each line; arguments and errors as those of `blocks`."""
        for block in self.blocks(fallback=fallback, comments=comments, longest=longest):
            if isinstance(block, BadRow):
                yield block
            else:
                yield from enumerate(block.lines, block.first)

    def blocks(
        self,
        *,
        fallback: Fallback = None,
        comments: tuple[str, ...] = (),
        longest: int = LINE_LIMIT,
        lenient: bool = False,
        mixed: bool = False,
    ) -> Iterator[Run | BadRow]:
        r"""Yield all lines in order; what cannot be read is a `BadRow`.

        Lines end in `\n`, `\r\n` or `\r`. From the first line on that is not UTF-8 the rest is
        taken for `fallback`. A damaged line that begins like one of `comments` is dropped.
        `lenient` reads control characters but NUL, which are damage in a list, and drops byte
        order marks within. `mixed`: lines of UTF-8 in a text of another encoding are read as such.
        Raises `ListError`, after the good lines, when the stream ends in an error.
        """
        lines = Lines(
            self._encoding,
            fallback=fallback,
            comments=comments,
            longest=longest,
            lenient=lenient,
            mixed=mixed,
        )
        try:
            for data in self._bytes(lines):
                yield from lines.fed(data)
        except ListError:
            yield from lines.fed(b"")
            raise
        yield from lines.rest()

    def texts(self) -> Iterator[str]:
        """Yield the decoded text in pieces; broken bytes become U+FFFD. Raises `ListError`."""
        decoder: codecs.IncrementalDecoder | None = None
        for data in inflated(self._stream, self.name, self._limit):
            if decoder is None:
                encoding = self._found(data)
                decoder = codecs.getincrementaldecoder(encoding)("replace")
                yield decoder.decode(data).removeprefix("\ufeff")
            else:
                yield decoder.decode(data)
        if decoder is not None:
            yield decoder.decode(b"", final=True)

    def _found(self, data: bytes) -> str:
        """Return the encoding of a text that begins with `data`. Raises `ListError` for no UTF-16."""
        if self._encoding != "utf-16":
            return self._encoding or _sniffed(data)
        encoding = _sniffed(data)
        if not encoding.startswith("utf-16"):
            raise ListError(
                f"{self.name}: no UTF-16 that tells the order of its bytes",
                "name no encoding, or name utf-16-le or utf-16-be",
            )
        return encoding

    def _bytes(self, lines: Lines) -> Iterator[bytes]:
        """Yield bytes in an encoding whose line ends are single bytes; UTF-16 becomes UTF-8."""
        decoder: codecs.IncrementalDecoder | None = None
        for at, data in enumerate(inflated(self._stream, self.name, self._limit)):
            if at == 0:
                encoding = self._found(data)
                if encoding.startswith("utf-16"):
                    lines.encoding = "utf-8"
                    decoder = codecs.getincrementaldecoder(encoding)("replace")
                elif encoding.startswith("utf-8"):
                    lines.encoding, data = "utf-8", data.removeprefix(codecs.BOM_UTF8)  # noqa: PLW2901 (the same, read)
            yield (
                decoder.decode(data).encode().removeprefix(b"" if at else codecs.BOM_UTF8)
                if decoder
                else data
            )
        if decoder:
            yield decoder.decode(b"", final=True).encode()


def known(encoding: str) -> bool:
    """Return whether lines in this encoding can be read: line ends are single bytes, or it is UTF-16."""
    if encoding.lower() in ENCODINGS:
        return True
    ascii_half = bytes(range(128))
    try:
        return ascii_half.decode(encoding) == ascii_half.decode("ascii")
    except (LookupError, UnicodeError, ValueError):
        return False


def _sniffed(data: bytes) -> str:
    """Tell UTF-16 from UTF-8 by the first bytes of a text."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    odd, even = data[1:_SAMPLE:2], data[:_SAMPLE:2]
    if 0 not in even and odd.count(0) >= max(_LEAST, len(odd) // 2):
        return "utf-16-le"
    if 0 not in odd and even.count(0) >= max(_LEAST, len(even) // 2):
        return "utf-16-be"
    return "utf-8-sig"
