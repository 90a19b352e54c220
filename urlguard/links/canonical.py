"""Safe Browsing canonical URLs and the expressions a blocklist is asked for.

Algorithm: Google Safe Browsing v4, "URLs and Hashing". It works on bytes; here a byte is
a character below 256, and other characters are taken as their UTF-8 bytes.
"""

import re
from typing import Final

_MAX_SUFFIXES: Final = 7
_MAX_PREFIXES: Final = 4
_PERCENT: Final = re.compile(rb"%([0-9a-fA-F]{2})")
_SCHEME: Final = re.compile(rb"[a-zA-Z][a-zA-Z0-9+.\-]*://")
_PORT: Final = re.compile(rb"\.*(?::[0-9]*\.*)+\Z")
_ROUNDS: Final = 1_024
"""Unescaping shortens the text each round, so it ends; this only bounds hostile nesting."""


def canonical(url: str) -> str | None:
    """Return the Safe Browsing canonical form of a link, or None when it has no host.

    >>> canonical("http://www.GOOgle.com/a/../b#frag")
    'http://www.google.com/b'
    """
    data = _bytes(url).strip(b" ").translate(None, b"\t\r\n").partition(b"#")[0]
    found = _SCHEME.match(data)
    scheme, rest = (found[0][:-3].lower(), data[found.end() :]) if found else (b"http", data)
    cut = min((at for at in map(rest.find, (b"/", b"?")) if at >= 0), default=len(rest))
    authority, tail = rest[:cut], rest[cut:]
    host = _host(authority)
    if not host:
        return None
    path, mark, query = tail.partition(b"?")
    tail = _escape(_path(path) + mark + _unescape(query))
    return (scheme + b"://" + host + tail).decode("latin-1")


def _bytes(text: str) -> bytes:
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


def _unescape(data: bytes) -> bytes:
    for _ in range(_ROUNDS):
        once = _PERCENT.sub(lambda hit: bytes([int(hit[1], 16)]), data)
        if once == data:
            break
        data = once
    return data


def _escape(data: bytes, also: bytes = b"") -> bytes:
    """Escape what the specification says, and in a host what would end it."""
    marks = b"#%" + also
    return b"".join(
        b"%%%02X" % byte if byte <= 0x20 or byte >= 0x7F or byte in marks else bytes([byte])  # noqa: PLR2004 (the ASCII bounds of the specification)
        for byte in data
    )


def _host(authority: bytes) -> bytes:
    host = _PORT.sub(b"", _unescape(authority.rpartition(b"@")[2]).rpartition(b"@")[2])
    host = re.sub(rb"\.{2,}", b".", host.strip(b".")).lower()
    return _address(host) or _escape(host, also=b"/?")


def _address(host: bytes) -> bytes | None:
    """Return a dotted quad for any way inet_aton reads an IPv4 address."""
    parts = host.split(b".")
    if not 1 <= len(parts) <= 4 or len(host) > 60:  # noqa: PLR2004  (octets; longest sane writing)
        return None
    numbers = []
    for part in parts:
        try:
            if part.startswith(b"0x"):
                numbers.append(int(part[2:] or b"0", 16))
            elif part.startswith(b"0") and len(part) > 1:
                numbers.append(int(part, 8))
            elif part.isdigit():
                numbers.append(int(part))
            else:
                return None
        except ValueError:
            return None
    *octets, last = numbers
    if any(octet > 255 for octet in octets) or last >= 256 ** (4 - len(octets)):  # noqa: PLR2004
        return None
    tail = last.to_bytes(4 - len(octets), "big")
    return ".".join(str(value) for value in [*octets, *tail]).encode()


def _path(path: bytes) -> bytes:
    kept: list[bytes] = []
    segments = re.sub(rb"/{2,}", b"/", _unescape(path) or b"/").split(b"/")[1:]
    for segment in segments:
        if segment == b"..":
            kept[-1:] = []
        elif segment != b".":
            kept.append(segment)
    ends_in_folder = segments[-1:] in ([b"."], [b".."])
    joined = b"/" + b"/".join(kept)
    return joined + b"/" if ends_in_folder and not joined.endswith(b"/") else joined


def expressions(url: str) -> list[str]:
    """Return the host-suffix and path-prefix expressions to look up, most specific first.

    The exact host and the names made of its last seven to two labels (as the reference
    implementation does), times up to six paths. An empty list when the link has no host.

    >>> expressions("http://a.b/")
    ['a.b/']
    """
    whole = canonical(url)
    if whole is None:
        return []
    rest = whole.partition("://")[2]
    host, _, tail = rest.partition("/")
    path, mark, query = ("/" + tail).partition("?")
    found: dict[str, None] = {}
    for name in _host_suffixes(host):
        for prefix in _path_prefixes(path, query if mark else ""):
            found[name + prefix] = None
    return list(found)


def _host_suffixes(host: str) -> list[str]:
    if host.startswith("[") or host.rpartition(".")[2].isdigit():
        return [host]
    labels = host.split(".")
    longest = min(len(labels) - 1, _MAX_SUFFIXES)
    return [host, *(".".join(labels[-count:]) for count in range(longest, 1, -1))]


def _path_prefixes(path: str, query: str) -> list[str]:
    found = [f"{path}?{query}"] if query else []
    found.append(path)
    folders = path.split("/")[1:-1]
    steps = ["/"]
    for folder in folders[: _MAX_PREFIXES - 1]:
        steps.append(f"{steps[-1]}{folder}/")
    return [*found, *(step for step in reversed(steps) if step != path)]
