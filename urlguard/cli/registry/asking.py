"""A pasted text, looked up: its links, phones, accounts, with the records that cover them or nearly do."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from urlguard.extract.contacts import contacts
from urlguard.extract.lines import bare, candidates, has_words
from urlguard.extract.wrappers import DEPTH, Wrappers
from urlguard.identifiers.handles import handle_of_link
from urlguard.identifiers.payments import masked
from urlguard.identifiers.senders import sender_key
from urlguard.identifiers.table import guessed, key_of
from urlguard.links.link import Link
from urlguard.links.reading import Reader
from urlguard.model import Kind, Resource
from urlguard.packs.book import Book
from urlguard.record import Match
from urlguard.registry.entering import poison_of
from urlguard.registry.hits import Hit, Near
from urlguard.registry.privacy import scrubbed
from urlguard.registry.registry import Registry
from urlguard.registry.rows import Entry, read_id
from urlguard.reports.findings import MOST_NEAR, Answer, Asked, Found
from urlguard.reports.records import clean
from urlguard.reports.screen import defanged, printable

if TYPE_CHECKING:
    from urlguard.registry.poison import Poison

_MOST_CARRIED: Final = 64
_LINKED: Final = (None, Kind.URL, Kind.HOST, Kind.IP)


class Asking:
    """Looks texts up in one registry, as it is today or was at the end of a day in the past."""

    def __init__(
        self, registry: Registry, book: Book, end: int | None = None, kind: Kind | None = None
    ) -> None:
        """`kind` is what every text is as a whole; None: to be read off it."""
        self._registry = registry
        self._searching = registry.searching()
        self._book = book
        self._end = end
        self._kind = kind
        self._wrappers = Wrappers(book["wrappers"])
        self._shared: dict[str, bool] = {}
        self._poison: Poison | None = None

    def answer(self, text: str) -> Answer:
        """Look one text up."""
        number = read_id(text)
        if number is not None:
            return self._named(text, number)
        links, found = read(text, self._registry.reader, self._kind)
        if links or found:
            asked = self._asked(links, found)
            inner = self._asked(self._carried(links), ())
            return Answer(scrubbed(text), (*asked, *(one for one in inner if one.hits)))
        asked = self._asked((), _lone(text)) if self._kind is None else ()
        return Answer(scrubbed(text), tuple(one for one in asked if one.hits))

    def _carried(self, links: Sequence[Link]) -> list[Link]:
        """Return the links that links carry, as `urlguard check` finds them: redirectors, caches."""
        found: list[Link] = []
        layer = list(links)
        for _ in range(DEPTH):
            inside = (self._wrappers.inside(link, known=self._is_own(link))[0] for link in layer)
            texts = [text for texts in inside for text in texts]
            room = _MOST_CARRIED - len(found)
            read_ = (self._registry.reader.read(text) for text in dict.fromkeys(texts[:room]))
            layer = [link for link in read_ if link is not None and not link.malformed]
            found += layer
        return found

    def _is_own(self, link: Link) -> bool:
        """Tell whether a link leads to a protected brand's own address."""
        official, host = self._book["index"]["official"], link.host
        while host and host not in official:
            host = host.partition(".")[2]
        return bool(host)

    def _named(self, text: str, number: int) -> Answer:
        entry = self._then(self._searching.entry(number))
        if entry is None:
            return Answer(text, ())
        record = entry.record()
        return Answer(text, (Asked(record.kind.value, text, clean(text), (self._found(entry),)),))

    def _asked(self, links: Sequence[Link], found: Sequence[Resource]) -> tuple[Asked, ...]:
        hits, near = self._registry.lookup.searched(
            links, found, self._then if self._end is not None else None
        )
        return tuple(
            self._one(at, links[at] if at < len(links) else found[at - len(links)], hits, near)
            for at in range(len(links) + len(found))
        )

    def _one(self, at: int, what: Link | Resource, hits: Sequence[Hit], near: Sequence[Near]) -> Asked:
        mine = [hit for hit in hits if hit.resource == at]
        close = [one.entry for one in near if one.resource == at]
        close += self._nameless(what)
        covering = {hit.entry.id for hit in mine}
        more = False
        if isinstance(what, Link):
            beside = self._beside(what)
            more = len(beside) > MOST_NEAR
            known = covering | {entry.id for entry in close}
            close += [entry for entry in beside[:MOST_NEAR] if entry.id not in known]
        return Asked(
            Kind.URL.value if isinstance(what, Link) else what.kind.value,
            _raw(what),
            _shown(what),
            tuple(
                Found(hit.entry.record(), hit.standing.value, hit.state, hit.since, hit.overruled_by)
                for hit in mine
            ),
            tuple(self._found(entry) for entry in close),
            more,
        )

    def _nameless(self, what: Link | Resource) -> list[Entry]:
        """Return the record of an account of this name of which nobody said on which platform it is."""
        key = handle_of_link(what) if isinstance(what, Link) else what.key
        if not key or ":" not in key or (isinstance(what, Resource) and what.kind is not Kind.HANDLE):
            return []
        alone = Resource(Kind.HANDLE, "", f"@{key.partition(':')[2]}", None)
        hits, _ = self._registry.lookup.searched((), [alone], self._then if self._end is not None else None)
        return [hit.entry for hit in hits if hit.entry.key == alone.key]

    def _beside(self, link: Link) -> list[Entry]:
        """Return other pages of the host that are entered; on shared hosts strangers' pages say nothing."""
        host = link.host
        if not host or link.is_ip:
            return []
        found = self._searching.beside(host.removeprefix("www."), MOST_NEAR + 1)
        then = [self._then(entry) for entry in found]
        return [] if found and self._is_shared(host) else [entry for entry in then if entry is not None]

    def _is_shared(self, host: str) -> bool:
        if host not in self._shared:
            self._poison = self._poison or poison_of(self._book)
            self._shared[host] = self._poison.hits(Kind.HOST, Match.DOMAIN, host) is not None
        return self._shared[host]

    def _then(self, entry: Entry) -> Entry | None:
        return entry if self._end is None else self._searching.as_of(entry, self._end)

    def _found(self, entry: Entry) -> Found:
        now, does = self._searching.today(entry)
        return Found(entry.record(), does.value, now, self._searching.since(entry))


def read(text: str, reader: Reader, kind: Kind | None = None) -> tuple[list[Link], list[Resource]]:
    """Return the links and other resources in a text; the whole text is one of `kind` when that is named."""
    if kind not in _LINKED:
        key = key_of(kind, text.strip()) if kind else None
        return [], [Resource(kind, text.strip(), key, None)] if kind and key else []
    whole = bare(text).text
    if not has_words(whole):
        alone = guessed(whole) if kind is None else None
        link = None if alone and alone[0] is not Kind.HANDLE else reader.read(whole)
        if link is not None and (link.host or link.scheme) and _is_link(link, whole):
            return [link], []
        if alone is not None:
            return [], [Resource(alone[0], whole, alone[1], None)]
    links, inside = [], []
    for piece in candidates(text):
        link = reader.read(piece.text)
        if link is not None and _is_link(link, piece.text):
            links.append(link)
            inside.append((piece.start, piece.start + len(piece.text)))
    return links, contacts(text, inside)


def _is_link(link: Link, text: str) -> bool:
    """Tell whether a text is meant as a link: also one that no browser opens, when it says so itself."""
    return not link.malformed or (bool(link.host) and "://" in text)


def _lone(text: str) -> list[Resource]:
    """Return what a lone word may be: the name of an account or the sender of an SMS."""
    word = text.strip()
    found = []
    if handle := key_of(Kind.HANDLE, f"@{word.removeprefix('@')}"):
        found.append(Resource(Kind.HANDLE, word, handle, None))
    if sender := sender_key(word):
        found.append(Resource(Kind.SMS_SENDER, word, sender, None))
    return found


def _raw(what: Link | Resource) -> str:
    if isinstance(what, Link):
        return what.raw
    return masked(what.key) if what.kind is Kind.CARD else what.raw


def _shown(what: Link | Resource) -> str:
    raw = _raw(what)[:1_000].strip()
    return printable(defanged(raw)) if isinstance(what, Link) else clean(raw)
