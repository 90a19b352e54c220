"""Bytes of a list as they come, or inflated on the way when they are gzip or zstd."""

import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from urlguard.errors import ListError, UsageError

CHUNK: Final = 1 << 18
"""Bytes that are read, and at most inflated, at once."""
_SLICE: Final = 1 << 14
"""Bytes of gzip that are inflated at once: what is left of them is copied at the end of each member."""
_GZIP: Final = b"\x1f\x8b"
_ZSTD: Final = b"\x28\xb5\x2f\xfd"
_ZSTD_SLICE: Final = 512
"""Bytes of zstd that are inflated at once: four of them can stand for 128 KiB, so that this is 16 MiB."""
_WINDOW: Final = 64 << 20
"""Most bytes that zstd may look back; only files made with `--ultra -22` or `--long` need more."""
_LARGE: Final = 3 << 29
"""Bytes of text that may come of however few: a list with a line of a gigabyte is still read."""
_RATIO: Final = 400
"""How much larger than its file a larger text may be: lists are 3 to 30 times as large, a trap a thousand."""
_OTHERS: Final = {
    b"\xfd7zXZ": ("xz", "unxz"),
    b"BZh": ("bzip2", "bunzip2"),
    b"PK\x03\x04": ("zip", "unzip"),
}
_AGAIN: Final = "get the file again: download or copy it anew"
_MEMBER: Final = 16 + zlib.MAX_WBITS
"""zlib's sign for gzip, checksum included."""


def inflated(stream: BinaryIO, name: str, limit: int) -> Iterator[bytes]:
    """Yield the bytes of a stream, inflated when it begins like gzip or zstd.

    Raises `ListError` when that is more than `limit` bytes, or as much as only a trap inflates to, when
    it is cut off or broken, for other compressions, and when the stream cannot be read; `UsageError`
    when zstd cannot be read here.
    """
    packed = _Counted(stream)
    size = 0
    # Gzip may come in millions of tiny members: small pieces are joined, so that nothing that
    # is done for each piece can add up.
    pieces: list[bytes] = []
    try:
        for data in _within(limit, _unpacked(packed, name), name, packed):
            size += len(data)
            pieces.append(data)
            if size >= CHUNK:
                yield b"".join(pieces)
                pieces, size = [], 0
    except ListError:
        yield b"".join(pieces)
        raise
    if pieces:
        yield b"".join(pieces)


class _Counted:
    """A stream that tells how much was read of it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.count = 0

    def read(self, size: int) -> bytes:
        data = self._stream.read(size)
        self.count += len(data)
        return data


def _within(limit: int, pieces: Iterator[bytes], name: str, packed: _Counted) -> Iterator[bytes]:
    total = 0
    for data in pieces:
        total += len(data)
        if total > limit:
            raise ListError(f"{name}: holds more than {limit} bytes", "split the list, or raise the limit")
        if total > _LARGE and total > _RATIO * packed.count:
            raise ListError(
                f"{name}: inflates from {packed.count:,} to more than {total:,} bytes, as only a trap does",
                "unpack it first, and look at what it holds",
            )
        yield data


def _unpacked(stream: _Counted, name: str) -> Iterator[bytes]:
    data = _read(stream, name, _SLICE)
    for magic, (title, program) in _OTHERS.items():
        if data.startswith(magic):
            raise ListError(
                f"{name}: compressed with {title}, which is not read", f"unpack it first: {program} FILE"
            )
    if data.startswith(_GZIP):
        yield from _gunzipped(data, stream, name)
        return
    if data.startswith(_ZSTD):
        yield from _zstd(data, stream, name)
        return
    while data:
        yield data
        data = _read(stream, name)


def _gunzipped(data: bytes, stream: _Counted, name: str) -> Iterator[bytes]:
    """Inflate one member after the other; zeros behind the last are padding."""
    member = zlib.decompressobj(_MEMBER)
    while data:
        try:
            piece = member.decompress(data, CHUNK)
        except zlib.error as error:
            raise ListError(f"{name}: broken gzip ({error})", _AGAIN) from None
        if piece:
            yield piece
        data = member.unused_data if member.eof else member.unconsumed_tail
        data = data or _read(stream, name, _SLICE)
        if member.eof and data:
            data = _padded(data, stream, name)
            member = zlib.decompressobj(_MEMBER) if data else member
    if not member.eof:
        raise ListError(f"{name}: gzip is cut off", _AGAIN)


def _zstd(data: bytes, stream: _Counted, name: str) -> Iterator[bytes]:
    """Inflate one frame after the other."""
    try:
        # An extra, and only needed here.
        from zstandard import ZstdDecompressor, ZstdError  # noqa: PLC0415
    except ImportError:
        raise UsageError(
            f"{name}: reading zstd needs a library: pip install 'urlguard[zstd]', or unpack it: unzstd FILE"
        ) from None
    frames = ZstdDecompressor(max_window_size=_WINDOW)
    frame: Any = frames.decompressobj()
    whole = False
    while data:
        for at in range(0, len(data), _ZSTD_SLICE):
            left = data[at : at + _ZSTD_SLICE]
            while left:
                if whole:
                    frame, whole = frames.decompressobj(), False
                try:
                    piece = frame.decompress(left)
                except ZstdError as error:
                    raise _broken_zstd(name, error) from None
                yield from (piece[cut : cut + CHUNK] for cut in range(0, len(piece), CHUNK))
                whole = frame.eof
                left = frame.unused_data if whole else b""
        data = _read(stream, name, _SLICE)
    if not whole:
        raise ListError(f"{name}: zstd is cut off", _AGAIN)


def _broken_zstd(name: str, error: Exception) -> ListError:
    if "memory" in str(error):
        return ListError(
            f"{name}: zstd that looks back more than {_WINDOW} bytes",
            "unpack it first: unzstd --long=31 FILE",
        )
    return ListError(f"{name}: broken zstd ({error})", _AGAIN)


def _padded(data: bytes, stream: _Counted, name: str) -> bytes:
    """Return `data` from its first byte that is not zero."""
    data = data.lstrip(b"\0")
    while not data and (data := _read(stream, name)):
        data = data.lstrip(b"\0")
    return data


def _read(stream: _Counted, name: str, size: int = CHUNK) -> bytes:
    try:
        return stream.read(size)
    except (OSError, ValueError) as error:
        raise ListError(f"{name}: cannot be read: {error}", "check the file and its disk") from None
