"""Checksums and signatures of lists: SHA-256, minisign, plain Ed25519.

minisign files are read and verified by `py-minisign`: small, kept up by the author of minisign
among others, and it knows the format's traps (key id, prehashed and legacy form, trusted
comment). It rests on `cryptography`, which verifies plain Ed25519. Both are imported only when
a feed has a key.
"""

import base64
import binascii
import re
from pathlib import Path
from posixpath import basename
from typing import Any, Final

from urlguard.web.refusals import Refused, shown

_HEX: Final = re.compile(r"[0-9a-fA-F]{64}")
_ROW: Final = re.compile(r"\\?([0-9a-fA-F]{64})(?:[ \t]+\*?(.+))?")
"""As `sha256sum` writes it; a backslash marks an escaped name."""
_TAGGED: Final = re.compile(r"SHA2?-?256 ?\((.+)\) ?= ?([0-9a-fA-F]{64})")
"""As BSD and `openssl dgst` write it."""
_KEY_BYTES: Final = 32
_SIGNATURE_BYTES: Final = 64


def checksums(text: str, name: str) -> frozenset[str]:
    """Return the SHA-256 sums that a checksum file gives for the list `name`, in small letters.

    A bare sum, or one row alone, is taken for the list whatever the row names; of several rows
    those of `name` count, and of `name` without `.gz`. Raises `Refused` when there is none.

    >>> sorted(checksums("a" * 64 + "  ./hosts.txt", "hosts.txt")) == ["a" * 64]
    True
    """
    rows = [row for line in text.splitlines() if (row := _row(line.strip()))]
    wanted = {name, name.removesuffix(".gz")}
    sums = [total for total, of in rows if basename(of) in wanted] or [total for total, _ in rows[:1]]
    if not sums or (len(rows) > 1 and not any(basename(of) in wanted for _, of in rows)):
        raise Refused("checksum", f"the checksum file has no SHA-256 of {shown(name) or 'the list'}")
    return frozenset(total.lower() for total in sums)


def _row(line: str) -> tuple[str, str] | None:
    if row := _ROW.fullmatch(line):
        return row[1], row[2] or ""
    if row := _TAGGED.fullmatch(line):
        return row[2], row[1]
    return None


def check_sums(wanted: frozenset[str], found: frozenset[str]) -> None:
    """Raise `Refused` unless one of the `wanted` SHA-256 sums is one of the list."""
    if wanted.isdisjoint(found):
        raise Refused("checksum", f"the SHA-256 of the list is {min(found)}, not {min(wanted)}")


def literal_sum(text: str) -> frozenset[str]:
    """Return a SHA-256 given in a feed's settings. Raises `Refused` when it is none."""
    if not _HEX.fullmatch(text.strip()):
        raise Refused("checksum", f"{shown(text)!r} is no SHA-256: 64 hexadecimal digits")
    return frozenset({text.strip().lower()})


def check_key(key: str) -> None:
    """Raise `Refused` when `key` is no public key, before anything is downloaded."""
    if plain_key(key) is None:
        minisign_key(key)


def plain_key(key: str) -> bytes | None:
    """Return the 32 bytes of a plain Ed25519 key in base64; None when it is something else."""
    raw = _decoded(key.encode())
    return raw if raw is not None and len(raw) == _KEY_BYTES else None


def minisign_key(key: str) -> Any:  # noqa: ANN401  the library has no types
    """Return minisign's public key. Raises `Refused`."""
    import minisign  # type: ignore[import-untyped]  # noqa: PLC0415  has none; see the module

    try:
        return minisign.PublicKey.from_base64(key.strip())
    except minisign.Error as error:
        raise Refused("key", f"the public key cannot be read: {error}") from error


def check_signature(path: Path, signature: bytes, key: str) -> None:
    """Raise `Refused` unless `signature` is one of the file at `path` by the owner of `key`."""
    raw = plain_key(key)
    if raw is None:
        _check_minisign(path, signature, key)
    else:
        _check_plain(path.read_bytes(), signature, raw)


def _check_minisign(path: Path, signature: bytes, key: str) -> None:
    import minisign  # noqa: PLC0415  see the module

    try:
        minisign_key(key).verify_file(path, minisign.Signature.from_bytes(signature))
    except minisign.Error as error:
        raise Refused("signature", f"the signature does not hold: {error}") from error


def _check_plain(data: bytes, signature: bytes, key: bytes) -> None:
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415  see the module
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415  as above

    raw = signature if len(signature) == _SIGNATURE_BYTES else _decoded(signature)
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(raw or b"", data)
    except InvalidSignature as error:
        raise Refused("signature", "the signature does not hold") from error


def _decoded(text: bytes) -> bytes | None:
    try:
        return base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        return None
