"""Addresses a download may connect to: those of the open internet, and hosts the feed itself names.

A list's server, or whoever took it over, must not make this machine ask its own services or
the neighbours of its network (SSRF). Source: the special-purpose registries of IANA (RFC 6890),
RFC 6052 for IPv4 inside IPv6.
"""

import asyncio
import socket
from contextlib import suppress
from functools import partial
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from threading import Thread
from typing import Final

from urlguard.web.refusals import Refused

_RELAYS: Final = IPv4Network("192.88.99.0/24")
"""6to4 relays, withdrawn by RFC 7526."""
_PROTOCOLS: Final = IPv4Network("192.0.0.0/24")
_GLOBAL: Final = IPv6Network("2000::/3")
"""All of IPv6 that is given out."""
_SPECIAL: Final = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))
"""Within it: protocols (Teredo, ORCHID ...), documentation, 6to4, documentation."""
_TRANSLATED: Final = IPv6Network("64:ff9b::/96")
"""IPv4 behind a NAT64: the last 32 bits are the address that is reached."""


def is_public(address: str) -> bool:
    """Say whether an IP address, with or without a zone, belongs to the open internet.

    >>> [is_public(address) for address in ("95.59.0.1", "10.5.5.5", "::ffff:127.0.0.1", "64:ff9b::a00:1")]
    [True, False, False, False]
    """
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        inner = IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _TRANSLATED else ip.ipv4_mapped
        if inner is None:
            return ip in _GLOBAL and not any(ip in special for special in _SPECIAL)
        ip = inner
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip in _RELAYS or ip in _PROTOCOLS)


def literal(host: str) -> str:
    """Return the IP address that `host` spells in any way resolvers understand, or an empty text.

    >>> literal("0x7f.1"), literal("[::1]"), literal("kaspi.kz")
    ('127.0.0.1', '::1', '')
    """
    bare = host.strip("[]").partition("%")[0]
    try:
        return str(ip_address(bare))
    except ValueError:
        pass
    try:
        return socket.inet_ntoa(socket.inet_aton(bare))
    except (OSError, UnicodeError):
        return ""


async def resolve(host: str, port: int) -> tuple[str, ...]:
    """Return the addresses of a host, best first. Raises `Refused` when it has none."""
    found: asyncio.Future[tuple[str, ...]] = asyncio.get_running_loop().create_future()
    Thread(target=_look_up, args=(host, port, found), daemon=True).start()
    try:
        return await found
    except (OSError, UnicodeError) as error:
        raise Refused("name", f"no address is known for {host}") from error


def _look_up(host: str, port: int, found: "asyncio.Future[tuple[str, ...]]") -> None:
    """Ask the system in a thread of its own: asyncio waits for its threads at the end, deadline or not."""
    tell: partial[None]
    try:
        rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        tell = partial(found.set_result, tuple(dict.fromkeys(str(row[4][0]) for row in rows)))
    except Exception as error:  # noqa: BLE001  it belongs to whoever waits
        tell = partial(found.set_exception, error)
    with suppress(RuntimeError):  # nobody waits any more: the loop is closed
        found.get_loop().call_soon_threadsafe(lambda: None if found.done() else tell())


def allow(host: str, addresses: tuple[str, ...], named: frozenset[str]) -> None:
    """Raise `Refused` when `host`, which no feed names, has an address that is not public."""
    if host in named:
        return
    for address in addresses:
        if not is_public(address):
            raise Refused("address", f"led to {host} at {address}, which is not on the open internet")
