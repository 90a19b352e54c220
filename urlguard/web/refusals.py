"""Why a download was refused: a code, what happened, and how to mend it, on one line.

What a server sent appears in a message only after `shown`, so that it can neither break the
line nor draw on the terminal.
"""

import os
import ssl
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import httpcore
import httpx

from urlguard.errors import UrlguardError

MENDS: Final[Mapping[str, str]] = MappingProxyType({
    "address": "name that host in the feed itself if it is meant",
    "binary": "name the address of the list as text, in UTF-8 or a one-byte code page, plain or as gzip",
    "checksum": "try again later; if it stays so, ask the publisher of the list which checksum holds",
    "cut": "try again later",
    "deadline": "try again later, or use a mirror that is nearer",
    "disk": "free some space or choose another folder",
    "downgrade": "name the address that it leads to, if that one is to be trusted without encryption",
    "empty": "check the address of the list",
    "encoding": "use a mirror that sends the list plain or as gzip",
    "gzip": "try again later, or use a mirror",
    "headers": "use a mirror of the list",
    "html": "name the address of the list itself, not of the page about it",
    "key": "write the public key as minisign prints it (56 letters, RW...), or 32 bytes of Ed25519 in base64",
    "length": "try again later, or use a mirror",
    "loop": "name the address of the list itself",
    "name": "check the spelling of the host and the connection of this machine",
    "protocol": "use a mirror of the list",
    "proxy": "check HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY; proxies are http:// or https://",
    "redirect": "name the address of the list itself",
    "redirects": "name the address of the list itself",
    "scheme": "name an address that begins with https:// or http://",
    "signature": "keep the lists you have and ask the publisher, unless the key in the feed is an old one",
    "size": "use a smaller list, or split it",
    "status": "check the address of the list",
    "tls": "check the clock of this machine and the certificate of that host",
    "type": "check the address, or name the content type in the feed if it is right",
    "unreachable": "check the connection of this machine, or try again later",
})  # fmt: skip
"""How to mend it, by code; the codes are public."""
_SHOWN: Final = 120


class Refused(UrlguardError):
    """A download that may not be used; nothing of it is kept."""

    def __init__(self, code: str, what: str) -> None:
        """`code` is a key of `MENDS`; `what` says what happened, without a full stop."""
        super().__init__(code, what)
        self.code = code
        self.what = what

    def __str__(self) -> str:
        """Return what happened and how to mend it, on one line."""
        return f"{self.what}; {MENDS[self.code]}"


FAULTS: Final = (
    httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, httpcore.ProxyError,
    httpcore.UnsupportedProtocol, httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError,
)  # fmt: skip
"""What the libraries raise for a bad network, server or address; these trees have no common root."""


_MEANINGS: Final = (
    (httpcore.ConnectError, "unreachable", "no connection to {host}: {reason}"),
    (httpcore.ConnectTimeout, "unreachable", "no connection to {host}: it does not answer"),
    ((httpcore.NetworkError, httpcore.TimeoutException), "cut", "{host} broke off the connection"),
    (httpcore.ProxyError, "proxy", "the proxy does not lead to {host}: {reason}"),
    # ours are raised by httpcore; httpx itself only complains of `Location`
    (httpx.RemoteProtocolError, "redirect", "{host} redirects to what is no address"),
    ((httpx.InvalidURL, UnicodeError), "scheme", "not an address on the web: {reason}"),
    (OSError, "disk", "the list cannot be written: {reason}"),
    (Exception, "protocol", "{host} does not answer as HTTP asks: {reason}"),
)
"""What a fault means; the first row that fits counts."""
_CUT: Final = ("complete message body", "disconnected")
"""How h11 and httpcore say that an answer ended too early."""


def refusal(fault: Exception, host: str) -> Refused:
    """Return what a fault of `FAULTS`, met while talking to `host`, means."""
    cause = fault.args[0] if fault.args else None
    reason = _reason(fault)
    if isinstance(cause, ssl.SSLError):
        return Refused("tls", f"{host} cannot prove who it is: {_verdict(cause)}")
    if isinstance(fault, httpcore.RemoteProtocolError) and any(word in reason for word in _CUT):
        return Refused("cut", f"{host} closed the connection before the end of its answer")
    code, what = next((code, what) for kinds, code, what in _MEANINGS if isinstance(fault, kinds))
    return Refused(code, what.format(host=host, reason=reason))


def shown(value: object) -> str:
    """Return a text from outside as one printable line of at most 120 characters."""
    line = " ".join(str(value).split())
    return "".join(char for char in line if char.isprintable())[:_SHOWN]


def _reason(fault: BaseException) -> str:
    """Return what the system says at the bottom of a chain of errors, else the fault's own words."""
    below = fault.args[0] if fault.args and isinstance(fault.args[0], OSError) else fault
    while below.__cause__ is not None:
        below = below.__cause__
    if isinstance(below, OSError) and below.errno:
        return os.strerror(below.errno)
    return shown(fault)


def _verdict(error: ssl.SSLError) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return shown(error.verify_message)
    return shown(error.reason or error)
