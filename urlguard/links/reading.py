"""One link in, one `Link` out: parsed by WHATWG rules, split at the public suffix.

`can_ada` reads in half a microsecond but embeds an older parser that knows less of IDNA;
names with `xn--` or non-ASCII letters, and whatever it refuses, are read by `ada-url`,
which is imported only then. What both refuse is read leniently and marked `malformed`.
"""

import re
from typing import Final, NamedTuple
from urllib.parse import unquote

import can_ada

from urlguard.letters import Letters
from urlguard.links.link import LINK_LIMIT, NO_TRICKS, Link
from urlguard.links.spelling import DOTS, WEB_SCHEMES, Spelling, spell
from urlguard.links.suffixes import Suffixes, a_label, u_label

_PLAIN: Final = re.compile(r"(https?)://((?:[a-z0-9_-]+\.)+[a-z][a-z0-9-]*)(:\d*)?(?:[/?#][!-\[\]-~]*)?")
"""Links with nothing odd in their spelling: most of them. No `\\`, `@` or `%` before the path."""
_HOSTLIKE: Final = re.compile(r"(?:[^\W_](?:[\w-]{0,62})\.)+[^\W\d_][\w-]{1,62}")
_MAX_LABEL: Final = 63
_MAX_NAME: Final = 253
"""Octets DNS allows for a label and a name (RFC 1035, 2.3.4)."""
_AUTHORITY: Final = len("https://")
_IPV4: Final = re.compile(r"\d+\.\d+\.\d+\.\d+")
_FULL_STOPS: Final = {ord(char): "." for char in DOTS}


class Reader:
    """Reads links by one set of letter tables and suffix rules."""

    __slots__ = ("_letters", "_suffixes")

    def __init__(self, letters: Letters, suffixes: Suffixes) -> None:
        """Keep the tables."""
        self._letters = letters
        self._suffixes = suffixes

    def read(self, raw: str) -> Link | None:
        """Read one link as written; None when there is no link in it at all. Never raises."""
        return self.plain(raw) or self._read_odd(raw)

    def plain(self, raw: str) -> Link | None:
        """Read a link with nothing odd in its spelling; None for any other text. Never raises."""
        plain = _PLAIN.fullmatch(raw)
        if plain is None or len(raw) > LINK_LIMIT or "xn--" in raw:
            return None
        try:
            parsed = can_ada.parse(raw)
        except ValueError:
            return None
        scheme, host, port = plain.groups()
        key = parsed.href
        if "#" in key:
            key = key.partition("#")[0]
        link = Link(raw, key, scheme, host, key[key.index("/", _AUTHORITY) :])
        if port:
            link.port = parsed.port
        self._split(link)
        return link

    def _split(self, link: Link) -> None:
        labels = link.labels = link.host.split(".")
        link.suffix_labels, link.section = self._suffixes.length(labels)
        size = len(link.host)
        if size > _MAX_LABEL and (size > _MAX_NAME or max(map(len, labels)) > _MAX_LABEL):
            link.tricks = {**link.tricks, "overlong_name": link.host[:80]}

    def _read_odd(self, raw: str) -> Link | None:
        cut = raw[:LINK_LIMIT]
        spelling = spell(cut, self._letters)
        if len(raw) > LINK_LIMIT:
            spelling.tricks["cut"] = f"{len(raw)} > {LINK_LIMIT}"
        if spelling.scheme not in WEB_SCHEMES:
            return _without_host(raw, spelling)
        parts = _parts(spelling)
        link = self._lenient(raw, spelling) if parts is None else self._linked(raw, spelling, parts)
        if link is not None and link.host:
            self._finish(link, spelling)
        return link

    def _finish(self, link: Link, spelling: Spelling) -> None:
        """Split the host, and note what its spelling says only now that it is known."""
        tricks = spelling.tricks
        host = link.host
        link.is_ip = host.startswith("[") or _IPV4.fullmatch(host) is not None
        if link.is_ip:
            link.labels = [host]
            link.suffix_labels = 1
            written = spelling.host
            if written and not link.malformed and written.rstrip(".") != host:
                tricks["obfuscated_ip"] = written
        else:
            if "" in host.split("."):
                tricks["malformed"] = spelling.host
            if any(u_label(label) is None for label in host.split(".")):
                tricks["bad_punycode"] = host
            link.tricks = tricks
            self._split(link)
            tricks = dict(link.tricks)
        link.tricks = tricks or NO_TRICKS

    def _linked(self, raw: str, spelling: Spelling, parts: "_Parts") -> Link | None:
        host = parts.host.rstrip(".")
        if spelling.assumed_scheme and not _names_a_host(host, spelling):
            return None
        if not host or parts.host.endswith(".."):
            spelling.tricks["malformed"] = spelling.host
        key = parts.href.partition("#")[0]
        tail = key[key.index("/", len(spelling.scheme) + len("://")) :]
        link = Link(raw, key, spelling.scheme, host, tail)
        link.tricks = spelling.tricks or NO_TRICKS
        link.port = parts.port
        link.userinfo = parts.user
        return link

    def _lenient(self, raw: str, spelling: Spelling) -> Link | None:
        """Find a host in what no browser would open."""
        where = spelling.authority.rpartition("@")[2] or spelling.text
        found = _HOSTLIKE.search(where) or _HOSTLIKE.search(spelling.text)
        if found is not None and ("%" in spelling.text or not spelling.text.isascii()):
            plain = self._letters.visible(unquote(unquote(spelling.text)))
            found = _HOSTLIKE.search(plain.rpartition("://")[2]) or found
        if found is None and (spelling.assumed_scheme or not spelling.authority):
            return None
        name = "bad_punycode" if "xn--" in where.lower() else "malformed"
        spelling.tricks.setdefault(name, spelling.authority or raw)
        host = "" if found is None else _lenient_host(found[0])
        link = Link(raw, spelling.text, spelling.scheme, host, "/", spelling.tricks)
        link.malformed = True
        return link


def _without_host(raw: str, spelling: Spelling) -> Link:
    """Return a link of an app or a browser function: what follows the scheme is kept whole."""
    if "://" in spelling.text and _second_opinion(spelling.text) is None:
        spelling.tricks.setdefault("malformed", spelling.text[:80])
    return Link(raw, spelling.text, spelling.scheme, "", "", spelling.tricks or NO_TRICKS)


def _lenient_host(written: str) -> str:
    parts = None if written.isascii() else _second_opinion(f"http://{written}")
    if parts is not None:
        return parts.host
    return ".".join(map(a_label, written.lower().split(".")))


class _Parts(NamedTuple):
    """What a parser returned, whichever it was."""

    href: str
    host: str
    port: str
    user: str


def _parts(spelling: Spelling) -> _Parts | None:
    text = spelling.text
    authority = spelling.authority
    if authority.isascii() and "xn--" not in authority.lower() and "%" not in authority:
        try:
            quick = can_ada.parse(text)
        except (ValueError, TypeError):
            pass
        else:
            user = quick.username + (":" + quick.password if quick.password else "")
            return _Parts(quick.href, quick.hostname, quick.port, user)
    return _second_opinion(text)


def _second_opinion(text: str) -> _Parts | None:
    import ada_url  # noqa: PLC0415  (11 ms: only for the few links that need it)

    try:
        slow = ada_url.URL(text)
    except ValueError:
        return None
    user = slow.username + (":" + slow.password if slow.password else "")
    return _Parts(slow.href, slow.hostname, slow.port, user)


def _names_a_host(host: str, spelling: Spelling) -> bool:
    """Tell whether text without a scheme is meant as a link: it has a dot or is an address."""
    if host.startswith("["):
        return True
    written = spelling.host.translate(_FULL_STOPS)
    if _IPV4.fullmatch(host):
        return written.count(".") == 3 or written.lower().startswith("0x")  # noqa: PLR2004 (octets)
    last = host.rpartition(".")[2]
    return "." in host and len(last) > 1 and " " not in written
