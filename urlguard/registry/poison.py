"""What blocking a thing whole would hit: the check that every row of a list passes first.

A list that blocks `t.me`, `github.io`, `kaspi.kz` or `*.kz` is wrong or was tampered with; what
it means is a page or a tenant there. Such rows are held back with a reason and examples, and
enter only when somebody says that they are meant.
"""

import re
from collections.abc import Iterator, Mapping
from ipaddress import ip_network
from itertools import islice
from typing import Any, Final, NamedTuple

from urlguard.links.suffixes import ICANN, PRIVATE, Suffixes, a_label
from urlguard.model import Kind
from urlguard.record import Match
from urlguard.registry.popular import Popular, load_popular

CODES: Final = (
    "single_label", "suffix", "brand", "hosting", "shortener", "mail", "popular", "mask", "network",
    "special_network", "number", "sender", "handle", "app", "page",
)  # fmt: skip
"""Every code a hit can have; the texts of the interface are `poison_<code>`."""
WIDE: Final = frozenset({"single_label", "suffix", "mask", "network"})
"""The codes of what nobody can have looked at whole: not even a permission covers that unasked."""
WIDEST_V4: Final = 16
"""65,536 addresses: the largest block that one hoster's customer plausibly has."""
WIDEST_V6: Final = 32
"""What a registry gives to a whole provider."""
FEWEST_LETTERS: Final = 5
"""Letters that the label with a star must have for itself: `kaspi*` names somebody, `ka*` half the world."""
FEWEST_OF_PATH: Final = 4
"""Letters and digits with which a path begins to name somebody on a shared host: not `t.me/s/`, `wa.me/7`."""
_EXAMPLES: Final = 3
_BELOW: Final = "www"
"""Stands for any host below a brand's own: `*.halyk*.kz` fits those, though not the brand's address."""
_WHOLE: Final = frozenset({Match.HOST, Match.DOMAIN})


class Hit(NamedTuple):
    """Why a thing must not be blocked whole."""

    code: str
    """One of `CODES`."""
    evidence: tuple[str, ...]
    """What would be hit, a few examples."""

    def told(self, texts: Mapping[str, str]) -> str:
        """Return the reason for a person; `texts` are those of the interface in one language."""
        return texts[f"poison_{self.code}"].replace("{evidence}", ", ".join(self.evidence))


class Poison:
    """Everything that must not be blocked whole, by one rule book."""

    def __init__(self, book: Mapping[str, Any], suffixes: Suffixes, popular: Popular) -> None:
        """Collect what the book knows; costs a few milliseconds."""
        self._suffixes = suffixes
        self._popular = popular
        self._official: Mapping[str, int] = book["index"]["official"]
        self._tokens: Mapping[str, Any] = book["index"]["tokens"]
        self._anywhere: Mapping[str, int] = book["index"]["any_suffix"]
        known = book["registry"]["official"]
        self._phones = frozenset(known["phones"])
        self._handles = frozenset(known["handles"])
        self._apps = frozenset(known["apps"])
        self._senders = frozenset(name for name in known["phones"] if len(name) < 7)  # noqa: PLR2004  (short codes)
        pages = book["registry"]["pages"]
        self._pages = frozenset(name for row in pages.values() for name in row["names"])
        self._own = _own_hosts(book)
        self._above = _names_above(self._own)

    def hits(self, kind: Kind, match: Match, key: str) -> Hit | None:
        """Return what a record would hit, or None. `key` is canonical, as the registry stores it."""
        if match in _WHOLE:
            return self._host(key, above=match is Match.DOMAIN)
        if match is Match.MASK:
            return self._mask(key)
        if kind is Kind.IP:
            return _address(key)
        if kind is Kind.URL:
            host, _, tail = key.partition("/")
            begins = match is Match.PREFIX
            named = _names(tail) if begins else tail
            if not named:
                return self._host(host.partition(":")[0], above=begins)
            return self._page(host, tail) if "?" not in tail else None
        return self._contact(kind, key)

    def _page(self, host: str, tail: str) -> Hit | None:
        """Look at a page without a query: on a site of many it may be all of them."""
        if tail.rstrip("/").rpartition("/")[2].lower() not in self._pages:
            return None
        many = self._host(host.partition(":")[0], above=False)
        return Hit("page", (f"{host}/{tail}?...",)) if many else None

    def _host(self, host: str, *, above: bool) -> Hit | None:
        name = host.removeprefix("www.")
        code = self._own.get(name)
        if code is not None:
            return Hit(code, (name,))
        known = self._popular.find(name, above=above)
        if known is not None:
            return Hit(known.what, (known.example,))
        if above and name in self._above:
            return Hit(*self._above[name])
        return self._unnamed(name)

    def _unnamed(self, name: str) -> Hit | None:
        """Look at a host that no list names: at the zone it is, and whose address it lies below."""
        label, _, above_it = name.partition(".")
        if not above_it:
            return Hit("single_label", (f"*.{name}",))
        if above_it in self._popular.wildcards:
            return Hit("suffix", (f"*.{name}",))
        official = self._official
        while above_it:
            if above_it in official:
                return self._below_brand(name, above_it)
            above_it = above_it.partition(".")[2]
        return Hit("brand", (name,)) if label in self._anywhere and self._is_zone(name) else None

    def _below_brand(self, name: str, own: str) -> Hit | None:
        """Tell whether a host below a brand's own address is the brand's, and no stranger's page there."""
        count, section = self._suffixes.length(name.split("."))
        tenant = section == PRIVATE and own.count(".") < count
        return None if tenant else Hit("brand", (name,))

    def _is_zone(self, name: str) -> bool:
        """Tell whether all but the first label is a public zone: there a brand owns that label everywhere."""
        rest = name.partition(".")[2]
        return self._suffixes.length(rest.split(".")) == (rest.count(".") + 1, ICANN)

    def _mask(self, key: str) -> Hit | None:
        host, _, path = key.partition("/")
        if path.strip("*") and ("*" in host or _names(path)):
            return None if "*" not in host else self._wide(host)
        if "*" not in host:
            return self._host(host, above=True)
        return self._wide(host)

    def _wide(self, host: str) -> Hit | None:
        """Look at the part of a mask that stands fast: whole labels at its end, or one label's letters."""
        labels = host.split(".")
        last = max(at for at, label in enumerate(labels) if "*" in label)
        fixed = [a_label(label) for label in labels[last + 1 :]]
        count = self._suffixes.length(fixed)[0] if fixed else 0
        if len(fixed) > count or (len(fixed) > 1 and not labels[last].strip("*")):
            return self._host(".".join(fixed), above=True)
        letters = max(len(piece.strip("-")) for label in labels[: last + 1] for piece in label.split("*"))
        if letters < FEWEST_LETTERS:
            return Hit("mask", (host.replace("*", "example", 1).replace("*", ""),))
        fitting = (name for name in self._official if _fits(host, name) or _fits(host, f"{_BELOW}.{name}"))
        examples = tuple(islice(fitting, _EXAMPLES))
        return Hit("brand", examples) if examples else None

    def _contact(self, kind: Kind, key: str) -> Hit | None:
        if kind is Kind.PHONE:
            return Hit("number", (key,)) if key.removeprefix("+") in self._phones else None
        if kind is Kind.SMS_SENDER:
            name = re.sub(r"[\W_]+", "", key.lower())
            return Hit("sender", (key,)) if name in self._senders or name in self._tokens else None
        if kind is Kind.EMAIL:
            return self._mailbox(key)
        if kind is Kind.HANDLE:
            return Hit("handle", (key,)) if key in self._handles else None
        if kind is Kind.APP:
            return Hit("app", (key,)) if key in self._apps else None
        return None

    def _mailbox(self, key: str) -> Hit | None:
        """Hold back a brand's own mailbox; on a mail service anybody has one."""
        domain = key.rpartition("@")[2]
        above = domain
        while above:
            known = self._popular.find(above, above=False)
            if known is not None and known.what == "mail":
                return None
            if above in self._official:
                return Hit("brand", (key,))
            above = above.partition(".")[2]
        return None


def poison_of(book: Mapping[str, Any]) -> Poison:
    """Return what a rule book, and the popular hosts it names, say must not be blocked whole.

    Raises `UsageError` when a list of popular hosts is not there.
    """
    return Poison(book, Suffixes(book["suffixes"]), load_popular(book["registry"]["popular"]))


def _own_hosts(book: Mapping[str, Any]) -> dict[str, str]:
    """Return the hosts that the book names, with the code of each."""
    own = dict.fromkeys((*book["tenants"], *book["tenant_paths"]), "hosting")
    own = {**dict.fromkeys(book["shorteners"], "shortener"), **own}
    return {**dict.fromkeys(book["index"]["official"], "brand"), **own}


def _names_above(own: Mapping[str, str]) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return what lies above those hosts, as the parts of a hit."""
    return {above: (code, (host,)) for host, code in own.items() for above in _parents(host)}


def _parents(host: str) -> Iterator[str]:
    above = host.partition(".")[2]
    while "." in above:
        yield above
        above = above.partition(".")[2]


def _names(path: str) -> bool:
    """Tell whether the beginning of a path is somebody's, on a host of many."""
    return sum(map(str.isalnum, path)) >= FEWEST_OF_PATH


def _address(key: str) -> Hit | None:
    """Hold back wide networks, and addresses that are not on the internet at all."""
    try:
        network = ip_network(key)
    except ValueError:
        return None
    if not network.is_global or network.is_multicast:
        return Hit("special_network", (str(network),))
    if network.prefixlen < (WIDEST_V4 if network.version == 4 else WIDEST_V6):  # noqa: PLR2004  (IPv4)
        return Hit("network", (str(network),))
    return None


def _fits(mask: str, host: str) -> bool:
    """Tell whether a mask with stars fits a host, in linear time."""
    first, *rest = mask.split("*")
    if not host.startswith(first) or not host.endswith(rest[-1]):
        return False
    at, end = len(first), len(host) - len(rest[-1])
    for piece in rest[:-1]:
        at = host.find(piece, at, end)
        if at < 0:
            return False
        at += len(piece)
    return at <= end
