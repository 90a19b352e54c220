"""A list as a stream of lines: inflated, decoded and bounded, in constant memory.

Lists come from strangers. Lines are handed out in blocks of some hundred kilobytes, because
a generator step and a decoding for each line would cost more than reading the line.
"""

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO, Final, NamedTuple

from urlguard.errors import ListError
from urlguard.record import BadRow
from urlguard.tables.inflating import inflated

LINE_LIMIT: Final = 65_536
"""Longest line that is read, in bytes."""
SIZE_LIMIT: Final = 4 << 30
"""Most bytes of one list, counted after inflation."""
ENCODINGS: Final = ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1251", "koi8-r", "cp866", "latin-1")
"""What a caller may name; without a name UTF-8 and UTF-16 are told apart by their first bytes."""

_SHOWN: Final = 200
"""Characters of a bad line that are kept to show it."""
_CONTROLS: Final = bytes({*range(9), 11, 12, *range(14, 32), 127})
"""Control characters but tab and line ends, in every encoding whose lower half is ASCII."""
_DAMAGE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\ud800-\udfff]")
_SAMPLE: Final = 64
_LEAST: Final = 4
"""So many letters, and half of all, with a NUL on the same side are UTF-16 without a byte order mark."""


class Block(NamedTuple):
    """Lines that follow on each other, without line ends."""

    first: int
    """Number of the first line, counted from 1."""
    lines: list[str]


class Source:
    r"""A binary stream that holds a list; it is read once.

    `name` stands in messages. `encoding` is one of `ENCODINGS`; None: sniffed. `limit` is the
    most bytes that are read, after inflation.

    >>> import io
    >>> list(Source(io.BytesIO(b"a.top\r\nb.top"), "list.txt").lines())
    [(1, 'a.top'), (2, 'b.top')]
    """

    def __init__(
        self, stream: BinaryIO, name: str = "list", *, encoding: str | None = None, limit: int = SIZE_LIMIT
    ) -> None:
        """Keep the stream. Raises `ListError` for an encoding that is not in `ENCODINGS`."""
        if encoding is not None and encoding.lower() not in ENCODINGS:
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
        self, *, fallback: str | None = None, comments: tuple[str, ...] = (), longest: int = LINE_LIMIT
    ) -> Iterator[Block | BadRow]:
        r"""Yield all lines in order; what cannot be read is a `BadRow`.

        Lines end in `\n`, `\r\n` or `\r`. From the first line on that is not UTF-8 the rest is
        taken for `fallback`. A damaged line that begins like one of `comments` is dropped.
        Raises `ListError`, after the good lines, when the stream ends in an error.
        """
        lines = _Lines(self._encoding, fallback, comments, longest)
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
                encoding = self._encoding or _sniffed(data)
                decoder = codecs.getincrementaldecoder(encoding)("replace")
                yield decoder.decode(data).removeprefix("\ufeff")
            else:
                yield decoder.decode(data)
        if decoder is not None:
            yield decoder.decode(b"", final=True)

    def _bytes(self, lines: "_Lines") -> Iterator[bytes]:
        """Yield bytes in an encoding whose line ends are single bytes; UTF-16 becomes UTF-8."""
        decoder: codecs.IncrementalDecoder | None = None
        for at, data in enumerate(inflated(self._stream, self.name, self._limit)):
            if at == 0:
                encoding = self._encoding or _sniffed(data)
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


class _Lines:
    """Cuts bytes into lines and keeps the count."""

    def __init__(
        self, encoding: str | None, fallback: str | None, comments: tuple[str, ...], longest: int
    ) -> None:
        self.encoding = encoding or "utf-8"
        self._fallback = None if encoding else fallback
        self._comments = comments
        self._longest = longest
        self._begun = b""
        self._skipping = False
        self._number = 1

    def fed(self, data: bytes) -> Iterator[Block | BadRow]:
        """Yield the lines that `data` ends."""
        if self._skipping:
            data = self._skipped(data)
        data = self._begun + data
        # A carriage return at the very end may be the first half of a line end.
        cut = max(data.rfind(b"\n"), data.rfind(b"\r", 0, max(len(data) - 1, 0))) + 1
        whole, self._begun = data[:cut], data[cut:]
        if whole:
            yield from self._read(whole)
        if len(self._begun) > self._longest:
            yield self._long(self._begun)
            # Its line end may have come with it already: a carriage return in the last place.
            self._begun, self._skipping = self._begun[-1:] if self._begun.endswith(b"\r") else b"", True

    def rest(self) -> Iterator[Block | BadRow]:
        """Yield the last line when nothing ends it."""
        if self._begun and not self._skipping:
            yield from self._read(self._begun.removesuffix(b"\r") + b"\n")

    def _skipped(self, data: bytes) -> bytes:
        """Read over the rest of a long line."""
        data, self._begun = self._begun + data, b""
        ends = [at for at in (data.find(b"\n"), data.find(b"\r", 0, max(len(data) - 1, 0))) if at >= 0]
        if not ends:
            self._begun = b"\r" if data.endswith(b"\r") else b""
            return b""
        self._skipping = False
        self._number += 1
        end = min(ends)
        return data[end + 2 :] if data[end : end + 2] == b"\r\n" else data[end + 1 :]

    def _read(self, data: bytes) -> Iterator[Block | BadRow]:
        if b"\r" in data:
            data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        first = self._number
        if not self._has_long(data) and len(data.translate(None, _CONTROLS)) == len(data):
            try:
                text = data.decode(self.encoding)
            except UnicodeDecodeError:
                text = "\ufffd"
            if text.isascii() or not _DAMAGE.search(text):
                lines = text.split("\n")
                lines.pop()
                self._number += len(lines)
                yield Block(first, lines)
                return
        yield from self._one_by_one(data[:-1].split(b"\n"))

    def _has_long(self, data: bytes) -> bool:
        at = 0
        while len(data) - at > self._longest:
            end = data.rfind(b"\n", at, at + self._longest + 1)
            if end < 0:
                return True
            at = end + 1
        return False

    def _one_by_one(self, lines: list[bytes]) -> Iterator[Block | BadRow]:
        good = Block(self._number, [])
        for data in lines:
            line = self._decoded(data)
            self._number += 1
            if isinstance(line, str):
                good.lines.append(line)
                continue
            if good.lines:
                yield good
            good = Block(self._number, [])
            if line is not None:
                yield line
        if good.lines:
            yield good

    def _decoded(self, data: bytes) -> str | BadRow | None:
        """Return the line, why it is bad, or None for a damaged comment."""
        if len(data) > self._longest:
            return self._long(data)
        try:
            text = data.decode(self.encoding)
        except UnicodeDecodeError:
            if self._fallback is not None:
                self.encoding, self._fallback = self._fallback, None
                return self._decoded(data)
            text, reason = data.decode(self.encoding, "backslashreplace"), f"this line is not {self.encoding}"
            mend = "name its encoding (on import: --encoding cp1251), or save it as UTF-8"
        else:
            damage = _DAMAGE.search(text)
            if not damage:
                return text
            reason, mend = (
                f"damaged: the character U+{ord(damage[0]):04X} stands in it",
                "write the line anew",
            )
        if self._comments and text.lstrip().startswith(self._comments):
            return None
        return BadRow(self._number, text[:_SHOWN], reason, mend)

    def _long(self, data: bytes) -> BadRow:
        shown = data[:_SHOWN].decode(self.encoding, "replace")
        return BadRow(self._number, shown, f"longer than {self._longest} bytes", "one resource a line")
