"""Which records cover what was read: every match, most specific first, in one query.

A lookup is made once and shared: each thread of each process opens the file for itself when it
first asks. The file is only read; lookups work where nothing can be written.
"""

import os
import threading
import time
from _weakref import ref  # the module `weakref` is not needed to start
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from urlguard.errors import RegistryError
from urlguard.links.link import Link
from urlguard.model import Kind, Resource
from urlguard.registry.anchors import ANY, Anchors
from urlguard.registry.cardkey import card_secret, secret_path
from urlguard.registry.hits import Hit, Near, order, overruled
from urlguard.registry.matching import covers, day, standing
from urlguard.registry.rows import COLUMNS, Entry, Names, shapes
from urlguard.registry.store import Store, now
from urlguard.scope import Match

_FRESH: Final = 1.0
"""Seconds for which it is taken as known which kinds of entries there are."""
_WIDTHS: Final = (4, 8, 16, 32, 64, 128, 256, 512)
_QUERIES: Final = {
    width: f"SELECT {COLUMNS} FROM entries WHERE anchor IN ({','.join('?' * width)})"  # noqa: S608  (our own names)
    for width in _WIDTHS
}
_PAGES: Final = frozenset({"url.exact", "url.prefix", "url.mask", "host.mask"})


class Open:
    """What one thread has open."""

    __slots__ = ("checked", "names", "pid", "shapes", "store")

    def __init__(self, store: Store) -> None:
        """Read the registry's words afresh."""
        self.store = store
        self.names = Names(store)
        self.pid = os.getpid()
        self.shapes: dict[str, int] = {}
        self.checked = float("-inf")

    def moved(self) -> bool:
        """Tell, once a second, whether another file lies there now: one that was put back."""
        return time.monotonic() - self.checked > _FRESH and self.store.moved()

    def has(self) -> dict[str, int]:
        """Return how many entries there are of each kind and match, at most a second old."""
        moment = time.monotonic()
        if moment - self.checked > _FRESH:
            self.shapes = shapes(self.store)
            self.checked = moment
        return self.shapes


def _close_before_forks(lookup: "Lookup") -> None:
    """Close a lookup's connection before this process forks.

    A child inherits what SQLite remembers of locks, but not the locks: a connection it opened
    for itself would rely on them, and lose its log to a writer.
    """
    if hasattr(os, "register_at_fork"):
        known = ref(lookup)

        def before() -> None:
            found = known()
            if found is not None:
                found.close()

        os.register_at_fork(before=before)


class Lookup:
    """Answers from one registry.

    `effects` says what each state does (`States.effects`), `strong` are the types of grounds an
    allow record does not overrule unless it names them. Raises `RegistryError`.
    """

    def __init__(
        self,
        path: Path,
        anchors: Anchors,
        *,
        effects: dict[str, str],
        strong: Iterable[str],
        clock: Callable[[], int] = now,
    ) -> None:
        """Open nothing yet."""
        self.path = path
        self._of = anchors
        self._effects = effects
        self._strong = frozenset(strong)
        self._clock = clock
        self._own = threading.local()
        self._forks = False

    def __getstate__(self) -> dict[str, Any]:
        """Send everything but the open files."""
        return {name: value for name, value in self.__dict__.items() if name != "_own"} | {"_forks": False}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Open afresh where it arrives."""
        self.__dict__.update(state)
        self._own = threading.local()

    def opened(self) -> Open:
        """Return this thread's connection, opening it when it has none."""
        found: Open | None = getattr(self._own, "open", None)
        if found is None or found.pid != os.getpid() or found.moved():
            self.close()
            if not self._forks:
                self._forks = True
                _close_before_forks(self)
            found = self._own.open = Open(Store(self.path))
        return found

    def close(self) -> None:
        """Close this thread's connection; the next question opens another one."""
        found: Open | None = getattr(self._own, "open", None)
        self._own.open = None
        if found is not None:
            found.store.close()

    def found(self, links: Sequence[Link], contacts: Sequence[Resource] = ()) -> list[Hit]:
        """Return every record that covers a link or contact, the most specific first."""
        return self.searched(links, contacts)[0]

    def searched(
        self,
        links: Sequence[Link],
        contacts: Sequence[Resource] = (),
        then: Callable[[Entry], Entry | None] | None = None,
    ) -> tuple[list[Hit], list[Near]]:
        """Return the records that cover them, and those that were looked at and do not.

        `then` gives each entry as it stood another day, None when it was not there yet.
        """
        opened = self.opened()
        has = opened.has()
        if not has:
            return [], []
        asked = self._asked(links, contacts, has)
        rows = _fetched(opened.store, list(asked))
        today = day(self._clock()) if rows else ""
        hits, near = [], []
        for row in rows:
            read = opened.names.entry(row)
            entry = read if then is None else then(read)
            if entry is None:
                continue
            if entry.anchor not in asked:
                raise opened.store.damaged(f"{entry.anchor!r} stands where something else does")
            for at in asked[entry.anchor]:
                if self._covers(entry, at, links, contacts):
                    hits.append(self._hit(at, entry, opened.names, today))
                else:
                    near.append(Near(at, entry))
        hits = overruled(hits, self._strong)
        hits.sort(key=order)
        return hits, near

    def _asked(
        self, links: Sequence[Link], contacts: Sequence[Resource], has: dict[str, int]
    ) -> dict[str, list[int]]:
        """Return every anchor that could cover something, with what that is."""
        asked: dict[str, list[int]] = {}
        for at, link in enumerate(links):
            for anchor in self._anchors(link, has):
                asked.setdefault(anchor, []).append(at)
        for at, contact in enumerate(contacts, len(links)):
            if contact.kind is Kind.CARD and self._of.secret is None and has.get("card.exact"):
                self._of.secret = self._card_key()
            for anchor in self._of.contact_anchors(contact.kind, contact.key):
                asked.setdefault(anchor, []).append(at)
        return asked

    def _card_key(self) -> bytes:
        """Return the key of the card hashes: it may have been made after this lookup was."""
        secret = card_secret(self.path)
        if secret is None:
            what = f"{secret_path(self.path)}: the key of the card hashes is not there, or may not be read"
            raise RegistryError(what, "put it back beside the registry: without it no card is found")
        return secret

    def _anchors(self, link: Link, has: dict[str, int]) -> Iterable[str]:
        host = link.host
        if not host:
            return [f"{kind.value}:{key}" for kind, key in self._of.contacts(link)]
        anchors = [host]
        if link.is_ip:
            from urlguard.identifiers import ips  # noqa: PLC0415  (few links are addresses)

            address = ips.ip_key(host.strip("[]")) or host
            anchors.append(f"ip:{address}")
            if has.get("ip.network"):
                anchors += [f"ip:{network}" for network in ips.networks_around(address)]
        else:
            at = host.find(".")
            while at >= 0:
                anchors.append(host[at + 1 :])
                at = host.find(".", at + 1)
            if not host.startswith("www."):
                anchors.append("www." + host)
        if not _PAGES.isdisjoint(has):
            anchors.append(ANY)
            anchors += self._of.pages(self._of.page(link))
        if has.keys() & _ACCOUNTS:
            anchors += [f"{kind.value}:{key}" for kind, key in self._of.contacts(link)]
        return dict.fromkeys(anchors)

    def _covers(self, entry: Entry, at: int, links: Sequence[Link], contacts: Sequence[Resource]) -> bool:
        if at >= len(links):
            return _covers_contact(entry, contacts[at - len(links)])
        if entry.kind not in _LINKED:
            return True  # an account or phone the link leads to: the anchor is all of it
        link = links[at]
        page = self._of.page(link) if entry.kind is Kind.URL else ""
        return covers(entry.match, entry.anchor, entry.key, link.host, page)

    def _hit(self, at: int, entry: Entry, names: Names, today: str) -> Hit:
        since = entry.since or day(names.born_at(entry.born))
        state, does = standing(self._effects, entry.state, entry.effect, entry.since, entry.until, today)
        return Hit(at, entry, state, does, since)


def _covers_contact(entry: Entry, contact: Resource) -> bool:
    """Tell whether a record found for a contact covers it: of a mailbox also its whole domain."""
    if entry.kind is not Kind.HOST:
        return entry.kind is not Kind.URL
    host = contact.key.rpartition("@")[2]
    return host == entry.anchor if entry.match is Match.HOST else entry.match is Match.DOMAIN


_LINKED: Final = frozenset({Kind.URL, Kind.HOST, Kind.IP})
_ACCOUNTS: Final = frozenset({"handle.exact", "phone.exact", "app.exact"})
def _fetched(store: Store, anchors: list[str]) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    widest = _WIDTHS[-1]
    for start in range(0, len(anchors), widest):
        part: list[str | None] = [*anchors[start : start + widest]]
        width = next(width for width in _WIDTHS if width >= len(part))
        rows += store.all(_QUERIES[width], part + [None] * (width - len(part)))
    return rows
