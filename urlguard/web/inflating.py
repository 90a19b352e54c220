"""Gzip, inflated with bounds: the size is counted as it grows, and every member must be whole.

Python's own `gzip` would do for good files; a feed must also be refused when its trailer is
missing, when something follows it, and before it has grown a thousandfold.
"""

import zlib
from collections.abc import Iterator
from typing import Final

from urlguard.web.limits import PIECE
from urlguard.web.refusals import Refused

MAGIC: Final = b"\x1f\x8b"
_GZIP: Final = 31
"""`wbits` of a gzip stream with the largest window; zlib then checks CRC-32 and length itself."""


MEMBERS: Final = 2_000
"""Members of one stream. bgzip writes one for every 64 KB; millions of empty ones only cost time."""


class Inflater:
    """One gzip stream of one or more members, fed in pieces."""

    def __init__(self, cap: int) -> None:
        """Refuse more than `cap` bytes of output."""
        self._cap = cap
        self._size = 0
        self._member = zlib.decompressobj(_GZIP)
        self._whole = False
        self._members = 1

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Yield what `data` inflates to, in pieces. Raises `Refused`."""
        while data:
            if self._whole:
                self._next()
            piece, data = self._step(data)
            if piece:
                yield piece

    def _next(self) -> None:
        self._members += 1
        if self._members > MEMBERS:
            raise Refused("gzip", f"the gzip stream has more than {MEMBERS:,} members")
        self._member = zlib.decompressobj(_GZIP)
        self._whole = False

    def _step(self, data: bytes) -> tuple[bytes, bytes]:
        try:
            piece = self._member.decompress(data, PIECE)
        except zlib.error as error:
            raise Refused("gzip", "the gzip stream is damaged or followed by something else") from error
        self._size += len(piece)
        if self._size > self._cap:
            raise too_large(self._cap)
        self._whole = self._member.eof
        return piece, self._member.unused_data if self._whole else self._member.unconsumed_tail

    def finish(self) -> None:
        """Raise `Refused` unless the last member was whole."""
        if not self._whole:
            raise Refused("gzip", "the gzip stream ends before its trailer")


def too_large(cap: int) -> Refused:
    """Return the refusal of a list that exceeds `cap` bytes."""
    return Refused("size", f"the list is larger than {cap:,} bytes")
