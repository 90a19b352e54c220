"""Lines of hostile files and pipes: bounded, decoded, never lost in silence."""

from collections.abc import Iterator
from typing import BinaryIO, Final, NamedTuple

from urlguard.errors import UsageError

LINE_LIMIT: Final = 65_536
"""Longest line that is read whole, in bytes."""

_BOM8: Final = b"\xef\xbb\xbf"
_BOM16: Final = (b"\xff\xfe", b"\xfe\xff")
_SAMPLE: Final = 64
_LEAST: Final = 4
"""So many letters with a NUL beside each are UTF-16 without a byte order mark."""


class Row(NamedTuple):
    """One line of input."""

    text: str
    cut: bool = False
    """The line was longer than `LINE_LIMIT`; the rest was read over."""
    broken: bool = False
    """The line is not UTF-8; `text` shows the bad bytes as `\\xNN`."""


def rows(stream: BinaryIO, name: str) -> Iterator[Row]:
    r"""Yield the lines of a stream that are not empty. Memory does not grow with them.

    Lines end in `\n`, `\r\n` or `\r`. Raises `UsageError` when the stream begins like UTF-16.
    """
    for data, cut in _lines(stream, name):
        if data and not data.isspace():
            row = _decoded(data, cut=cut)
            if row.text.strip():
                yield row


def _lines(stream: BinaryIO, name: str) -> Iterator[tuple[bytes, bool]]:
    """Yield each line without its end, and whether it was cut."""
    data = _start(stream.readline(LINE_LIMIT + 1), name)
    while data:
        if data.isspace():
            data = stream.readline(LINE_LIMIT + 1)
            continue
        if data.endswith(b"\n"):
            data, whole = data[:-2] if data.endswith(b"\r\n") else data[:-1], True
        else:
            whole = len(data) <= LINE_LIMIT
        *lines, last = data.split(b"\r")
        for line in lines:
            yield line, False
        if whole:
            yield last, False
            data = stream.readline(LINE_LIMIT + 1)
        elif lines:
            data = last + stream.readline(LINE_LIMIT + 1 - len(last))
        else:
            # The whole line is read before its row goes out: a caller who writes all and reads
            # the answer then would otherwise wait for us while we wait for him.
            begun = _skip_line(stream)
            yield last[:LINE_LIMIT], True
            data = begun + stream.readline(LINE_LIMIT + 1 - len(begun))


def _start(data: bytes, name: str) -> bytes:
    """Take a byte order mark off; refuse UTF-16."""
    low, high = data[1:_SAMPLE:2], data[:_SAMPLE:2]
    nulls = low.count(0), high.count(0)
    bare16 = len(low) >= _LEAST and 0 in nulls and (nulls[0] == len(low) or nulls[1] == len(high))
    if data.startswith(_BOM16) or bare16:
        message = f"{name}: this is UTF-16; convert it first: iconv -f UTF-16 -t UTF-8 FILE"
        raise UsageError(message)
    return data.removeprefix(_BOM8)


def _skip_line(stream: BinaryIO) -> bytes:
    """Read over the rest of a line; return what was read of the line after it."""
    while data := stream.readline(LINE_LIMIT):
        if data.endswith(b"\n"):
            return b""
        _, ended, rest = data.partition(b"\r")
        if ended:
            return rest.removeprefix(b"\n")
    return b""


def _decoded(data: bytes, *, cut: bool) -> Row:
    try:
        return Row(data.decode("utf-8"), cut)
    except UnicodeDecodeError as error:
        if cut and error.start >= len(data) - 3:
            return Row(data[: error.start].decode("utf-8"), cut)
        return Row(data.decode("utf-8", "backslashreplace"), cut, broken=True)
