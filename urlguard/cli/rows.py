"""Lines, paragraphs and whole texts of hostile files and pipes: bounded, decoded, never lost in silence."""

from collections.abc import Iterator
from typing import BinaryIO, Final, NamedTuple

from urlguard.errors import UsageError

LINE_LIMIT: Final = 65_536
"""Longest line that is read whole, in bytes."""
TEXT_LIMIT: Final = 100_000
"""Longest text or paragraph that is read whole, in characters."""
_TEXT_BYTES: Final = 4 * TEXT_LIMIT
"""No character of UTF-8 takes more than four."""

_BOM8: Final = b"\xef\xbb\xbf"
_BOM16: Final = (b"\xff\xfe", b"\xfe\xff")
_SAMPLE: Final = 64
_LEAST: Final = 4
"""So many letters with a NUL beside each are UTF-16 without a byte order mark."""


class Row(NamedTuple):
    """One line, paragraph or text of the input."""

    text: str
    cut: bool = False
    """The line was longer than `LINE_LIMIT`, the text than `TEXT_LIMIT`; the rest was read over."""
    broken: bool = False
    """It is not UTF-8; `text` shows the bad bytes as `\\xNN`."""


def rows(stream: BinaryIO, name: str) -> Iterator[Row]:
    r"""Yield the lines of a stream that are not empty. Memory does not grow with them.

    Lines end in `\n`, `\r\n` or `\r`. Raises `UsageError` when the stream begins like UTF-16.
    """
    for data, cut in _lines(stream, name):
        if data and not data.isspace():
            row = _decoded(data, cut=cut)
            if row.text.strip():
                yield row


def whole(stream: BinaryIO, name: str) -> Iterator[Row]:
    """Yield all of a stream as one text, if there is any. Memory does not grow with it.

    Line ends stay as they are, but none is kept at the end. Raises `UsageError` when the
    stream begins like UTF-16.
    """
    data = stream.read(_TEXT_BYTES + 1)
    cut = len(data) > _TEXT_BYTES
    while cut and stream.read(LINE_LIMIT):
        pass  # to its end: what is left of a paste would go to the shell
    yield from _text(_start(data, name), cut=cut)


def paragraphs(stream: BinaryIO, name: str) -> Iterator[Row]:
    """Yield what stands between blank lines, each as `whole` would."""
    kept: list[bytes] = []
    size, blank = 0, True
    for piece in _pieces(stream, name):
        if size <= _TEXT_BYTES:
            kept.append(piece)
        size += len(piece)
        blank = blank and not piece.decode("utf-8", "replace").strip()
        if piece.endswith((b"\n", b"\r")):
            if blank:
                yield from _text(b"".join(kept), cut=size > _TEXT_BYTES)
                kept, size = [], 0
            blank = True
    yield from _text(b"".join(kept), cut=size > _TEXT_BYTES)


def _pieces(stream: BinaryIO, name: str) -> Iterator[bytes]:
    """Yield lines with their ends; a long one in pieces."""
    data = _start(stream.readline(LINE_LIMIT), name)
    while data:
        if data.endswith(b"\r"):  # of a long line: its end may be cut in half
            data += stream.readline(1)
        yield from data.splitlines(keepends=True)
        data = stream.readline(LINE_LIMIT)


def _text(data: bytes, *, cut: bool) -> Iterator[Row]:
    text, cut, broken = _decoded(data[:_TEXT_BYTES].rstrip(), cut=cut)
    if text.strip():
        yield Row(text[:TEXT_LIMIT], cut or len(text) > TEXT_LIMIT, broken)


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
