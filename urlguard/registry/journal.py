"""The journal: events in a hash chain, and the digest over all entries.

Each event carries the digest of every entry as it stood after it, and a hash over itself and
the hash before it. The digest is a sum (modulo 2^128) of one BLAKE2b hash per entry, so that a
change costs what it changes, and not the whole registry (Bellare and Micciancio, "A New
Paradigm for Collision-Free Hashing", 1997: AdHash; against accidents, not against someone who
may write to the file). SQLite's own check looks at structure only; this one at content.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, fields
from hashlib import blake2b
from typing import Any, Final

MODULUS: Final = 1 << 128
_SIZE: Final = 16

Values = tuple[str | int | None, ...]


def entry_hash(values: Values) -> int:
    """Return the hash of one entry's content.

    `values` are anchor, id, key, value, kind, match, list, state, effect, since, until, category,
    ground (its seven texts joined), brand, note, details, past, born; words, not their numbers in `names`.
    """
    return text_hash("\x00".join(["" if value is None else str(value) for value in values]))


def text_hash(text: str) -> int:
    """Return the hash of values that are joined already, by NUL."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_SIZE).digest(), "big")


def to_blob(digest: int) -> bytes:
    """Return a digest as it is stored."""
    return (digest % MODULUS).to_bytes(_SIZE, "big")


def from_blob(blob: bytes) -> int:
    """Return a stored digest."""
    return int.from_bytes(blob, "big")


class ChangesDigest:
    """The digest of the rows of `changes` that one event wrote."""

    def __init__(self) -> None:
        """Begin with none."""
        self.count = 0
        self._sum = 0

    def add(self, entry: int, before: str | None, after: str, fields: str | None) -> None:
        """Take in one row."""
        self.count += 1
        self._sum += entry_hash((entry, before, after, fields))

    def blob(self) -> bytes:
        """Return the digest."""
        return to_blob(self._sum)


@dataclass(frozen=True, slots=True)
class Event:
    """One change of the registry, whatever it touched."""

    seq: int
    at: int
    """Seconds since 1970, UTC, by the clock of the machine that wrote it."""
    actor: str
    action: str
    reason: str
    document: str
    list: str
    """Name of the list it concerns; empty for several or none."""
    state: str
    """The state its new entries began in."""
    subject: int | None
    """The event this one undoes."""
    born: int
    changed: int
    changes: bytes
    digest: bytes
    hash: bytes = b""

    def sealed(self, before: bytes) -> bytes:
        """Return the hash that chains this event to the hash `before`."""
        content: list[Any] = []
        for field in fields(self)[:-1]:
            value = getattr(self, field.name)
            content.append(value.hex() if isinstance(value, bytes) else value)
        text = json.dumps(content, ensure_ascii=True, separators=(",", ":"))
        return blake2b(before + text.encode(), digest_size=32).digest()


def broken_links(events: Iterable[Event]) -> list[int]:
    """Return the numbers of the events that do not follow from the one before."""
    broken = []
    before = b""
    expected = 1
    for event in events:
        if event.seq != expected or event.sealed(before) != event.hash:
            broken.append(event.seq)
        before = event.hash
        expected = event.seq + 1
    return broken
