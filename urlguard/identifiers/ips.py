"""IP addresses and networks in one spelling; `ipaddress` is imported only when there is one."""

import re
from typing import TYPE_CHECKING, Final

from urlguard.identifiers.patterns import pattern

if TYPE_CHECKING:
    from ipaddress import IPv4Address, IPv6Address

_IPV4: Final = pattern(r"(?:(?:\d{1,2}|1\d\d|2[0-4]\d|25[0-5])(?:\.(?!$)|$)){4}", re.ASCII)
_LONGEST: Final = 60
_MAPPED: Final = 96
"""Bits of `::ffff:0:0/96`, below which an IPv4 network hides in an IPv6 one."""


def ip_key(text: str) -> str | None:
    """Return an IPv4 or IPv6 address, compressed and in lower case; IPv4 when it is only wrapped in IPv6.

    >>> ip_key("[2A00:1450:0::1]"), ip_key("::ffff:10.0.0.1"), ip_key("10.0.0.01")
    ('2a00:1450::1', '10.0.0.1', None)
    """
    address = _address(text.strip().removeprefix("[").removesuffix("]"))
    return None if address is None else str(address)


def network_key(text: str) -> str | None:
    """Return a CIDR block with the host bits off: `10.0.0.0/8`. A bare address is a block of one."""
    written, slash, bits = text.strip().partition("/")
    address = _address(written)
    if address is None or (slash and not (bits.isascii() and bits.isdigit() and len(bits) <= 3)):  # noqa: PLR2004  (128 is the most)
        return None
    prefix = int(bits) if slash else address.max_prefixlen
    if ":" in written and address.version == 4:  # noqa: PLR2004  (IPv4 wrapped in IPv6)
        prefix -= _MAPPED if slash else 0
    if not 0 <= prefix <= address.max_prefixlen:
        return None
    from ipaddress import ip_network  # noqa: PLC0415  (as in `_address`)

    return str(ip_network((int(address).to_bytes(address.max_prefixlen // 8), prefix), strict=False))


def networks_around(ip: str) -> tuple[str, ...]:
    """Return every network that holds this address (a key of `ip_key`), narrowest first.

    33 for IPv4, 129 for IPv6; empty when it is no address.
    """
    if _IPV4.fullmatch(ip):
        number = int.from_bytes(bytes(int(part) for part in ip.split(".")))
        cut = [number >> bits << bits for bits in range(33)]
        return tuple(
            f"{at >> 24}.{at >> 16 & 255}.{at >> 8 & 255}.{at & 255}/{32 - bits}"
            for bits, at in enumerate(cut)
        )
    address = _address(ip)
    if address is None:
        return ()
    number, of = int(address), type(address)
    return tuple(f"{of(number >> bits << bits)}/{128 - bits}" for bits in range(129))


def _address(text: str) -> "IPv4Address | IPv6Address | None":
    from ipaddress import AddressValueError, IPv4Address, IPv6Address  # noqa: PLC0415  (2 ms: few links have one)

    if len(text) > _LONGEST or "%" in text:
        return None
    try:
        if ":" not in text:
            return IPv4Address(text)
        address = IPv6Address(text)
    except AddressValueError:
        return None
    return address.ipv4_mapped or address
