"""Lines of hostile files and pipes: bounded, decoded, never lost in silence."""

from collections.abc import Iterator
from typing import BinaryIO, Final, NamedTuple

from urlguard.errors import UsageError

LINE_LIMIT: Final = 65_536
"""Longest line that is read whole, in bytes."""

_BOM8: Final = b"\xef\xbb\xbf"
_BOM16: Final = (b"\xff\xfe", b"\xfe\xff")


class Row(NamedTuple):
    """One line of input."""

    number: int
    """Counted from 1, empty lines too."""
    text: str
    cut: bool = False
    """The line was longer than `LINE_LIMIT`; the rest was read over."""
    broken: bool = False
    """The line is not UTF-8; `text` shows the bad bytes as `\\xNN`."""


def rows(stream: BinaryIO, name: str) -> Iterator[Row]:
    """Yield the lines of a stream that are not empty. Memory does not grow with them.

    Raises `UsageError` when the stream begins like UTF-16.
    """
    number = 0
    while True:
        data = stream.readline(LINE_LIMIT + 1)
        if not data:
            return
        number += 1
        cut = len(data) > LINE_LIMIT and not data.endswith(b"\n")
        if cut:
            _skip_line(stream)
            data = data[:LINE_LIMIT]
        if number == 1:
            if data.startswith(_BOM16):
                message = f"{name}: this is UTF-16; convert it first: iconv -f UTF-16 -t UTF-8 FILE"
                raise UsageError(message)
            data = data.removeprefix(_BOM8)
        row = _decoded(number, data, cut=cut)
        if row.text.strip():
            yield row


def _decoded(number: int, data: bytes, *, cut: bool) -> Row:
    try:
        return Row(number, data.decode("utf-8").rstrip("\r\n"), cut)
    except UnicodeDecodeError as error:
        if cut and error.start >= len(data) - 3:
            return Row(number, data[: error.start].decode("utf-8"), cut)
        return Row(number, data.decode("utf-8", "backslashreplace").rstrip("\r\n"), cut, broken=True)


def _skip_line(stream: BinaryIO) -> None:
    while True:
        data = stream.readline(LINE_LIMIT)
        if not data or data.endswith(b"\n"):
            return
