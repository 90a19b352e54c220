"""Anchors: under which names of the registry's index a link or contact could stand.

Every check with a registry runs this, so what only few links need is imported when it is needed.
Pages are compared without scheme, fragment, a leading `www.`, a trailing slash, the parameters
that only say where a visitor came from, and the order of the others; the path is unescaped as
Safe Browsing does.
"""

import re
from collections.abc import Collection, Iterator
from typing import Final

from urlguard.links.link import Link
from urlguard.model import Kind

ANY: Final = "*"
"""The anchor of masks that end in no whole label."""
_PATHS: Final = 32
"""Most folders of a path that are looked up; deeper ones are still found by the page itself."""
_LONG_NUMBER: Final = re.compile(r"\d(?:\D?\d){11}", re.ASCII)
_NAMING: Final = frozenset({"mailto", "bitcoin", "ethereum", "tron"})
"""Schemes of links that are a mailbox or wallet (RFC 6068, BIP 21, ERC-681)."""
_PLAIN_TAIL: Final = re.compile(r"/(?!/)(?:[\w\-=&?~]|/(?![/.])|\.(?![./]))*", re.ASCII)


class Anchors:
    """Makes the anchors of links and contacts.

    `tracking` are parameter names to leave out (`utm_*` ends in a star); `secret` is the key of
    the card hashes, None while there is none.
    """

    def __init__(self, tracking: Collection[str] = (), secret: bytes | None = None) -> None:
        """Keep what comparing needs."""
        self._tracked = frozenset(name for name in tracking if not name.endswith("*"))
        self._prefixes = tuple(name[:-1] for name in tracking if name.endswith("*"))
        self.secret = secret

    def page(self, link: Link) -> str:
        """Return `host[:port]/path?query` of a link, as pages are compared."""
        host = link.host.removeprefix("www.") if link.host.count(".") > 1 else link.host
        tail = link.tail or "/"
        if host in _TELEGRAM or host.endswith(_TELEGRAM_NAMES):
            host, tail = _post(host, tail)
        if not _PLAIN_TAIL.fullmatch(tail):
            from urlguard.links.canonical import canonical  # noqa: PLC0415  (see above)

            whole = canonical("http://h" + tail)
            tail = whole[8:] if whole else "/"
        if "?" in tail:
            tail = self._untracked(tail)
        if _LONG_NUMBER.search(tail):
            from urlguard.registry.privacy import scrubbed  # noqa: PLC0415  (see above)

            tail = scrubbed(tail)  # a card number in a link is kept no more than one by itself
        return f"{host}:{link.port}{tail}" if link.port else host + tail

    def _untracked(self, tail: str) -> str:
        path, _, query = tail.partition("?")
        parts = set(query.split("&")) - {""}
        kept = [part for part in parts if not self._tracks(part.partition("=")[0].lower())]
        return f"{path}?{'&'.join(sorted(kept))}" if kept else path

    def _tracks(self, name: str) -> bool:
        return name in self._tracked or name.startswith(self._prefixes)

    def hosts(self, host: str) -> Iterator[str]:
        """Yield a host and every name above it."""
        yield host
        at = host.find(".")
        while at >= 0:
            yield host[at + 1 :]
            at = host.find(".", at + 1)

    def pages(self, page: str) -> Iterator[str]:
        """Yield the anchors under which a page can be found: itself, without its query, its folders."""
        yield unslashed(page)
        path, mark, _ = page.partition("?")
        if mark:
            yield unslashed(path)
        at = path.find("/")
        for _ in range(_PATHS):
            if at < 0:
                return
            yield path[: at + 1]
            at = path.find("/", at + 1)

    def contact_anchors(self, kind: Kind, key: str) -> list[str]:
        """Return the anchors for a contact as `extract.contacts` or `identifiers.guessed` names it."""
        if kind is Kind.CARD:
            if key.isdigit():
                from urlguard.identifiers.payments import card_key  # noqa: PLC0415  (see above)

                key = card_key(key, self.secret) if self.secret is not None else ""
            return [f"card:{key}"] if key else []
        if kind is Kind.HANDLE and key.startswith("@"):
            from urlguard.identifiers.handles import meant_handles  # noqa: PLC0415

            return [f"handle:{meant}" for meant in meant_handles(key)]
        anchors = [f"{kind.value}:{key}"]
        if kind is Kind.HANDLE:
            anchors.append(f"handle:@{key.partition(':')[2]}")  # entered without its platform
        if kind is Kind.EMAIL:
            anchors += self.hosts(key.rpartition("@")[2])
        return anchors

    def contacts(self, link: Link) -> Iterator[tuple[Kind, str]]:
        """Yield the accounts, phones, mailboxes and wallets a link leads to."""
        if link.scheme in _NAMING and not link.host:
            from urllib.parse import unquote  # noqa: PLC0415

            from urlguard.identifiers.table import guessed  # noqa: PLC0415

            named = guessed(unquote(link.key.partition("?")[0]))
            if named is not None:
                yield named
        from urlguard.identifiers import apps, handles  # noqa: PLC0415

        handle = handles.handle_of_link(link)
        if handle is not None:
            yield Kind.HANDLE, handle
            yield Kind.HANDLE, f"@{handle.partition(':')[2]}"  # entered without its platform
        phone = handles.phone_of_link(link)
        if phone is not None:
            yield Kind.PHONE, phone
        app = apps.app_of_link(link)
        if app is not None:
            yield Kind.APP, app


_TELEGRAM: Final = frozenset({"t.me", "telegram.me", "telegram.dog"})
_TELEGRAM_NAMES: Final = tuple(f".{host}" for host in sorted(_TELEGRAM))


def _post(host: str, tail: str) -> tuple[str, str]:
    """Return the one spelling of a page of Telegram: of `NAME.t.me/15`, `telegram.me/s/NAME/15` ..."""
    if host not in _TELEGRAM:
        tail = f"/{host.partition('.')[0]}{tail}"
    path, mark, query = tail.partition("?")
    parts = path.strip("/").split("/")
    if len(parts) > 1 and parts[0] == "s":
        parts = parts[1:]
    if parts[0] not in _TELEGRAM_CODES:
        parts[0] = parts[0].lower()
    return "t.me", f"/{'/'.join(parts)}{mark}{query}"


_TELEGRAM_CODES: Final = frozenset({"joinchat", "addlist", "c"})
"""Behind these stand codes, in which case counts."""


def unslashed(page: str) -> str:
    """Return a page without the slash at the end of its path; the root of a host keeps it.

    >>> unslashed("evil.top/login/?a=1"), unslashed("evil.top/"), unslashed("evil.top//")
    ('evil.top/login?a=1', 'evil.top/', 'evil.top/')
    """
    path, mark, query = page.partition("?")
    if path.endswith("/"):
        path = path.rstrip("/")
        return f"{path}{mark}{query}" if "/" in path else f"{path}/{mark}{query}"
    return page
