"""Marks: what ties rows to one campaign, `<kind>:<key>`.

The phone, account, wallet, mailbox or app that a text leads to, the name its link stands on, the
family that name belongs to, and what its words are like. Official contacts and addresses tie
nothing: swindlers name them too.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from urlguard.checks.facts import Facts
from urlguard.checks.knowledge import Knowledge
from urlguard.identifiers.apps import app_of_link
from urlguard.identifiers.handles import handle_of_link, phone_of_link
from urlguard.identifiers.platforms import BY_HOST
from urlguard.letters import Letters
from urlguard.links.link import Link
from urlguard.links.reading import Reader
from urlguard.links.suffixes import Suffixes
from urlguard.model import Kind, Verdict
from urlguard.packs.book import Book, later
from urlguard.scanning.families import Families
from urlguard.scanning.likeness import Likeness

KINDS: Final = ("phone", "account", "wallet", "handle", "email", "app", "host", "family", "text")
"""Of marks that tie as many rows, the first names the campaign."""

_MOST: Final = 12
"""Marks of one row; a text with more contacts is a list."""
_MOST_LINKS: Final = 20
_LONGEST: Final = 120
"""Characters of a key; a longer one is cut, and ties rows all the same."""
_KINDS: Final = {
    Kind.PHONE: "phone", Kind.IBAN: "account", Kind.CARD: "account", Kind.WALLET: "wallet",
    Kind.EMAIL: "email", Kind.APP: "app", Kind.HANDLE: "handle",
}  # fmt: skip


class Marks:
    """Finds marks by the brands and suffixes of one rule book."""

    def __init__(self, book: Book, know: Knowledge | None = None) -> None:
        """Take the tables of a guard, else build them, which costs some milliseconds and megabytes."""
        self._know = know or Knowledge(book, Letters(book["letters"]), Suffixes(book["suffixes"]))
        self._reader = Reader(self._know.letters, self._know.suffixes)
        self.families = Families(self._know)
        self._book = book
        self._likeness: Likeness | None = None
        official = book["registry"]["official"]
        self._official = {
            "phone": frozenset(official["phones"]),
            "handle": frozenset(official["handles"]),
            "app": frozenset(official["apps"]),
        }

    def of(self, verdict: Verdict, links: Sequence[Link] = ()) -> tuple[str, ...]:
        """Return the marks of one verdict, contacts first; none for what is clear or has no level.

        `links` are its links as the guard read them (`Guard.judged`), which saves reading them again.

        >>> from urlguard import Guard
        >>> guard = Guard()
        >>> Marks(guard.book).of(guard.check("https://halyk-bonus1.top/a"))
        ('host:halyk-bonus1.top', 'family:{brand}-bonus#')
        """
        if not verdict.level:
            return ()
        found = dict.fromkeys(islice(self._found(verdict, links), _MOST))
        if verdict.kind == "text":
            if self._likeness is None:
                self._likeness = Likeness(later(self._book)["wording"]["spelling"])
            found.update(dict.fromkeys(self._likeness.marks(verdict.input, verdict.resources)))
        return tuple(found)

    def _found(self, verdict: Verdict, links: Sequence[Link]) -> Iterator[str]:
        for thing in verdict.resources:
            if thing.kind in _KINDS:
                yield from self._contact(_KINDS[thing.kind], thing.key)
        if not links:
            keys = [thing.key for thing in verdict.resources if thing.kind is Kind.URL]
            links = [link for link in map(self._reader.read, keys[:_MOST_LINKS]) if link is not None]
        for link in links[:_MOST_LINKS]:
            yield from self._linked(link)

    def _contact(self, kind: str, key: str) -> Iterator[str]:
        if key.removeprefix("+") in self._official.get(kind, ()):
            return
        if kind == "email" and self._is_official(key.rpartition("@")[2]):
            return
        yield f"{kind}:{key[:_LONGEST]}"
        _, colon, name = key.partition(":")
        if kind == "handle" and colon and "/" not in name and not name.startswith("+"):
            yield f"handle:@{name[:_LONGEST]}"  # as texts give it that do not say of which service

    def _is_official(self, host: str) -> bool:
        link = self._reader.read(f"https://{host}/")
        return link is not None and Facts(link, self._know).official is not None

    def _linked(self, link: Link) -> Iterator[str]:
        """Yield the contact a link leads to, else the name it stands on and the family of that name."""
        if phone := phone_of_link(link):
            yield from self._contact("phone", phone)
        elif handle := handle_of_link(link):
            yield from self._contact("handle", handle)
        elif app := app_of_link(link):
            yield from self._contact("app", app)
        elif link.host and link.host.removeprefix("www.") not in BY_HOST:
            yield from self._named(link)

    def _named(self, link: Link) -> Iterator[str]:
        facts = Facts(link, self._know)
        by_path = bool(facts.tenant) and facts.tenant != facts.name
        if by_path:
            yield f"host:{f'{link.host}/{facts.tenant}'[:_LONGEST]}"
        elif facts.owner is None:
            yield f"host:{link.registrable[:_LONGEST]}"
        else:
            return
        if facts.kind == "shortener" or link.is_ip:
            return
        family = self.families.of(facts.tenant if by_path else facts.name, facts.suffix)
        if family:
            yield f"family:{family[:_LONGEST]}"
