"""Addresses of cryptocurrencies: TRON, Bitcoin, Ethereum.

Checks: base58check (TRON, Bitcoin), bech32 and bech32m (BIP 173, BIP 350). The letter case
of an Ethereum address may carry a checksum (EIP-55); it is not looked at, as its hash is
in no small library, and a mistyped case means the same account anyway.
"""

import re
from typing import Final

from urlguard.identifiers.glyphs import plain
from urlguard.identifiers.patterns import pattern

_SCHEME: Final = pattern(r"(?:bitcoin|ethereum|tron|btc|eth|trx):(?://)?", re.IGNORECASE)
_ETH: Final = pattern(r"0[xX][0-9a-fA-F]{40}")
_BASE58: Final = pattern(r"[T13][1-9A-HJ-NP-Za-km-z]{24,34}")
_BECH32: Final = pattern(r"bc1[02-9ac-hj-np-z]{11,87}")
_LONGEST: Final = 200

_ALPHABET58: Final = {
    char: at for at, char in enumerate("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz")
}
_VERSIONS: Final = {0x41: "tron", 0x00: "btc", 0x05: "btc"}
"""First byte of a decoded address: TRON; Bitcoin pay-to-key and pay-to-script."""
_DECODED: Final = 25
"""Bytes: version, 20 of a hash, 4 of a checksum."""

_ALPHABET32: Final = {char: at for at, char in enumerate("qpzry9x8gf2tvdw0s3jn54khce6mua7l")}
_GENERATOR: Final = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CONSTANTS: Final = {True: 1, False: 0x2BC830A3}
"""What the checksum must leave: for witness version 0, and for the later ones."""
_PREFIX: Final = (3, 3, 0, 2, 3)
"""`bc`, expanded as BIP 173 says."""


def wallet_key(text: str) -> str | None:
    """Return `tron:T...`, `btc:...` or `eth:0x...` for an address whose checks hold.

    >>> wallet_key("bitcoin:BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4")
    'btc:bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4'
    """
    if len(text) > _LONGEST:
        return None
    address = plain(text)
    if found := _SCHEME.match(address):
        address = address[found.end() :].partition("?")[0]
    if _ETH.fullmatch(address):
        return f"eth:{address.lower()}"
    if _BASE58.fullmatch(address):
        return _base58(address)
    lower = address.lower()
    if address in {lower, address.upper()} and _BECH32.fullmatch(lower) and _bech32(lower[3:]):
        return f"btc:{lower}"
    return None


def _base58(address: str) -> str | None:
    from hashlib import sha256  # noqa: PLC0415  (4 ms: only where wallets are)

    number = 0
    for char in address:
        number = number * 58 + _ALPHABET58[char]
    zeros = len(address) - len(address.lstrip("1"))
    length = (number.bit_length() + 7) // 8
    if zeros + length != _DECODED:
        return None
    data = number.to_bytes(_DECODED)
    name = _VERSIONS.get(data[0])
    if name is None or sha256(sha256(data[:-4]).digest()).digest()[:4] != data[-4:]:
        return None
    return f"{name}:{address}"


def _bech32(letters: str) -> bool:
    """Check what follows `bc1`: version, program, six letters of checksum."""
    values = [_ALPHABET32[char] for char in letters]
    version, program = values[0], values[1:-6]
    octets, spare = divmod(len(program) * 5, 8)
    if version > 16 or spare > 4 or program[-1] & ((1 << spare) - 1):  # noqa: PLR2004  (BIP 173, limits)
        return False
    if not 2 <= octets <= 40 or (version == 0 and octets not in {20, 32}):  # noqa: PLR2004  (BIP 141)
        return False
    return _polymod((*_PREFIX, *values)) == _CONSTANTS[version == 0]


def _polymod(values: tuple[int, ...]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for at, part in enumerate(_GENERATOR):
            if top >> at & 1:
                check ^= part
    return check
