"""Bytes cut into lines, decoded and bounded; what cannot be read costs its own line."""

import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from urlguard.record import BadRow

LINE_LIMIT: Final = 65_536
"""Longest line that is read, in bytes."""
Fallback = str | Callable[[bytes], str | None] | None
"""An encoding, or what tells it by the bytes from the first line on that is not UTF-8."""

_SHOWN: Final = 200
"""Characters of a bad line that are kept to show it."""
_CONTROLS: Final = bytes({*range(9), 11, 12, *range(14, 32), 127})
"""Control characters but tab and line ends, in every encoding whose lower half is ASCII."""
_DAMAGE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\ud800-\udfff]")
_NUL: Final = re.compile("\0")
_UTF8: Final = tuple(letter.encode() for letter in "аоеиі")
"""Common letters in UTF-8; in Cyrillic encodings of one byte they would be a letter and a sign."""
_MARK: Final = "\ufeff"


class Run(NamedTuple):
    """Lines that follow on each other, without line ends."""

    first: int
    """Number of the first line, counted from 1."""
    lines: list[str]


class Lines:
    """Cuts bytes into lines and keeps the count."""

    def __init__(
        self,
        encoding: str | None,
        *,
        fallback: Fallback = None,
        comments: tuple[str, ...] = (),
        longest: int = LINE_LIMIT,
        lenient: bool = False,
        mixed: bool = False,
    ) -> None:
        """Arguments as those of `Source.blocks`; without `encoding` the lines are UTF-8."""
        self.encoding = encoding or "utf-8"
        self._controls, self._damage = (b"\0", _NUL) if lenient else (_CONTROLS, _DAMAGE)
        self._lenient = lenient
        self._mixed = mixed
        self._fallback = None if encoding else fallback
        self._comments = comments
        self._longest = longest
        self._begun = b""
        self._skipping = False
        self._number = 1

    def fed(self, data: bytes) -> Iterator[Run | BadRow]:
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

    def rest(self) -> Iterator[Run | BadRow]:
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

    def _read(self, data: bytes) -> Iterator[Run | BadRow]:
        if b"\r" in data:
            data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        first = self._number
        if not self._has_long(data) and len(data.translate(None, self._controls)) == len(data):
            text = self._whole(data)
            if text is not None and (text.isascii() or not self._damage.search(text)):
                lines = self._unmarked(text).split("\n")
                lines.pop()
                self._number += len(lines)
                yield Run(first, lines)
                return
        yield from self._one_by_one(data[:-1].split(b"\n"))

    def _whole(self, data: bytes) -> str | None:
        """Return the text of all lines, None when one of them cannot be decoded."""
        if self._mixed and self.encoding != "utf-8" and any(letter in data for letter in _UTF8):
            return None
        try:
            return data.decode(self.encoding)
        except UnicodeDecodeError as error:
            if callable(self._fallback):
                begin = data.rfind(b"\n", 0, error.start) + 1
                self._fallback = self._fallback(data[begin:])
            return None

    def _unmarked(self, text: str) -> str:
        """Drop byte order marks at the beginning of lines, where files were put together."""
        if not self._lenient or text.isascii() or _MARK not in text:
            return text
        return text.removeprefix(_MARK).replace(f"\n{_MARK}", "\n")

    def _has_long(self, data: bytes) -> bool:
        at = 0
        while len(data) - at > self._longest:
            end = data.rfind(b"\n", at, at + self._longest + 1)
            if end < 0:
                return True
            at = end + 1
        return False

    def _one_by_one(self, lines: list[bytes]) -> Iterator[Run | BadRow]:
        good = Run(self._number, [])
        for data in lines:
            line = self._decoded(data)
            self._number += 1
            if isinstance(line, str):
                good.lines.append(line)
                continue
            if good.lines:
                yield good
            good = Run(self._number, [])
            if line is not None:
                yield line
        if good.lines:
            yield good

    def _decoded(self, data: bytes) -> str | BadRow | None:
        """Return the line, why it is bad, or None for a damaged comment."""
        if len(data) > self._longest:
            return self._long(data)
        try:
            text = self._text(data)
        except UnicodeDecodeError:
            fallback = self._fallback(data) if callable(self._fallback) else self._fallback
            self._fallback = None
            if fallback is not None:
                self.encoding = fallback
                return self._decoded(data)
            text, reason = data.decode(self.encoding, "backslashreplace"), f"this line is not {self.encoding}"
            mend = "name its encoding with --encoding, as cp1251, or save it as UTF-8"
        else:
            damage = self._damage.search(text)
            if not damage:
                return self._unmarked(text)
            reason, mend = (
                f"damaged: the character U+{ord(damage[0]):04X} stands in it",
                "write the line anew",
            )
        if self._comments and text.lstrip().startswith(self._comments):
            return None
        return BadRow(self._number, text[:_SHOWN], reason, mend)

    def _text(self, data: bytes) -> str:
        if self._mixed and any(letter in data for letter in _UTF8):
            try:
                return data.decode()
            except UnicodeDecodeError:
                pass
        return data.decode(self.encoding)

    def _long(self, data: bytes) -> BadRow:
        shown = data[:_SHOWN].decode(self.encoding, "replace")
        return BadRow(self._number, shown, f"longer than {self._longest} bytes", "one resource a line")
