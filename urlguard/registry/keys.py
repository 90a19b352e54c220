"""Canonical keys: what a value covers, and under which anchors a lookup finds it.

Two records are the same when kind, match and key are equal. The anchor is what is looked up:
for a whole host its name, for a page `host/path`, for other kinds `kind:key`. A lookup asks for
every anchor that could cover a link in one query (`anchors`), and then looks at what came back.
"""

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from urlguard.errors import Refused
from urlguard.identifiers import handles, ips, payments
from urlguard.identifiers.table import guessed, key_of
from urlguard.links.reading import Reader
from urlguard.model import Kind
from urlguard.registry.anchors import ANY, Anchors, unslashed
from urlguard.registry.rows import BARE
from urlguard.scope import Match

VALUE_LIMIT: Final = 16_384
"""Longest value that is stored, in characters."""
_PLAIN_HOST: Final = re.compile(
    r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z][a-z0-9-]{1,62}", re.ASCII
)
_MASK: Final = re.compile(r"[\w.*-]+(?:/\S*)?")
_CIDR: Final = re.compile(r"[\d.]+/\d{1,2}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*/\d{1,3}")
_HOST_LIMIT: Final = 253


class Named(NamedTuple):
    """What a value means to the registry."""

    kind: Kind
    match: Match
    key: str
    anchor: str


class Keys:
    """Reads values into keys."""

    def __init__(
        self, reader: Reader, anchors: Anchors, make_secret: Callable[[], bytes | None] | None = None
    ) -> None:
        """Keep what reading needs; `make_secret` makes the key of the card hashes for the first card."""
        self._reader = reader
        self.anchors = anchors
        self._make_secret = make_secret

    # A value that is to be stored

    def named(self, value: str, kind: Kind | None = None, match: Match | None = None) -> Named:
        """Return what a value means; `kind` and `match` are read off it when they are None.

        A bare host covers its subdomains, a page only itself. Raises `Refused`.
        """
        value = value.strip()
        bare = match is not None or not value.endswith(_NO_HOSTS)
        if bare and match in _WHOLE_OR_NONE and kind in _LINKISH and _plain_host(value):
            return Named(Kind.HOST, match or Match.DOMAIN, value, value)
        if not value or len(value) > VALUE_LIMIT:
            what = "an empty value" if not value else f"longer than {VALUE_LIMIT:,} characters"
            raise Refused(what, "give one link, host, phone, account ...")
        if kind is None:
            found = guessed(value) if match is None or match is Match.EXACT else None
            if found is not None and not (found[0] is Kind.HANDLE and self._deeper(value, found[1])):
                return self._card(value) if found[0] is Kind.CARD else _alone(*found)
            kind = (
                Kind.IP if match is Match.NETWORK or _CIDR.fullmatch(value) or ips.ip_key(value) else Kind.URL
            )
        if kind is Kind.CARD:
            return self._card(value)
        if kind is Kind.IP:
            return _network(value, match)
        if kind in BARE:
            return self._linked(value, kind, match)
        key = key_of(kind, value)
        if key is None:
            mend = _MEND.get(kind, "check it for a slip, or give another --kind")
            raise Refused(f"{_shown(value)} is no {kind.value}", mend)
        return _alone(kind, key)

    def _deeper(self, value: str, handle: str) -> bool:
        """Tell whether a link leads to a post of an account, not to the account."""
        link = self._reader.read(value)
        if link is None or not link.host:
            return False
        parts = link.tail.partition("?")[0].strip("/").split("/")
        return len(parts) > 1 and handles.handle_key(f"{link.host}/{'/'.join(parts[:-1])}") == handle

    def _linked(self, value: str, kind: Kind, match: Match | None) -> Named:
        if match is Match.MASK or ("*" in value and match is not Match.EXACT and match is not Match.PREFIX):
            return self._masked(value)
        if "://" in value and len(value.split()) > 1:
            mend = "give the link alone, without what stands around it"
            raise Refused(f"{_shown(value)} is more than a link", mend)
        link = self._reader.read(value)
        if link is None or not link.host or link.malformed or link.host.startswith("."):
            raise Refused(
                f"{_shown(value)} is neither a link nor anything else that is known", "check it for a slip"
            )
        if match is None:
            whole = kind is Kind.HOST or (link.tail in {"", "/"} and not link.port)
            match = Match.DOMAIN if whole else Match.EXACT
        if match in _WHOLE:
            if link.is_ip:
                return _network(link.host, None)
            return Named(Kind.HOST, match, link.host, link.host)
        key = self.anchors.page(link)
        if match is Match.PREFIX:
            return Named(Kind.URL, match, key, key[: key.rindex("/") + 1])
        return Named(Kind.URL, Match.EXACT, unslashed(key), unslashed(key))

    def _masked(self, value: str) -> Named:
        text = value.strip().lower().partition("://")[2] or value.strip().lower()
        if not _MASK.fullmatch(text) or "*" not in text:
            raise Refused(
                f"{_shown(value)} is no mask",
                "write a host with stars, for example *.evil.top or kaspi-*.top/pay*",
            )
        host, slash, path = text.partition("/")
        labels = []
        for label in reversed(host.split(".")):
            if "*" in label or not label:
                break
            labels.append(label if label.isascii() else "xn--" + label.encode("punycode").decode())
        if len(labels) == host.count(".") + 1:  # the stars are in the path
            return Named(Kind.URL, Match.MASK, text, ".".join(reversed(labels)))
        kind = Kind.URL if slash and path else Kind.HOST
        return Named(kind, Match.MASK, text, ".".join(reversed(labels)) or ANY)

    def _card(self, value: str) -> Named:
        digits = payments.card_digits(value)
        if digits is None:
            raise Refused("this is no card number", "check it for a slip: its check digit (Luhn) is wrong")
        if self.anchors.secret is None and self._make_secret is not None:
            self.anchors.secret = self._make_secret()
        if self.anchors.secret is None:
            raise Refused(
                "there is no key for card numbers yet", "enter a card with: urlguard registry add --kind card"
            )
        key = payments.card_key(digits, self.anchors.secret)
        return Named(Kind.CARD, Match.EXACT, key, f"card:{key}")


_WHOLE: Final = (Match.HOST, Match.DOMAIN)
_WHOLE_OR_NONE: Final = (None, *_WHOLE)
_LINKISH: Final = (None, Kind.HOST, Kind.URL)
_NO_HOSTS: Final = (".t.me", ".apk")
"""A host that ends so is an account or the name of a file."""
_MEND: Final = {
    Kind.PHONE: "write it with its country code: +7 701 000 00 00",
    Kind.IBAN: "check it for a slip: its check digits are wrong",
    Kind.WALLET: "check it for a slip: its checksum is wrong, or it is no TRON, Bitcoin or Ethereum address",
    Kind.APP: "give its page in the store, its package id or the name of its APK file",
}


def _plain_host(text: str) -> bool:
    """Tell whether a text is a host that needs no reading: the way of large lists."""
    return _PLAIN_HOST.fullmatch(text) is not None and len(text) <= _HOST_LIMIT and "xn--" not in text


def _alone(kind: Kind, key: str) -> Named:
    return Named(kind, Match.EXACT, key, f"{kind.value}:{key}")


def _network(value: str, match: Match | None) -> Named:
    if "/" in value or match is Match.NETWORK:
        key = ips.network_key(value)
        if key is None:
            raise Refused(f"{_shown(value)} is no network", "write it as 203.0.113.0/24")
        return Named(Kind.IP, Match.NETWORK, key, f"ip:{key}")
    key = ips.ip_key(value.strip("[]"))
    if key is None:
        raise Refused(f"{_shown(value)} is no IP address", "write it as 203.0.113.7 or 203.0.113.0/24")
    return Named(Kind.IP, Match.EXACT, key, f"ip:{key}")


def _shown(value: str) -> str:
    return repr(value if len(value) <= 80 else value[:77] + "...")  # noqa: PLR2004  (one screen line)
