"""What reading a registry needs, made from its path and a rule book. Light: every check runs it."""

from collections.abc import Callable
from pathlib import Path

from urlguard.letters import Letters
from urlguard.links.reading import Reader
from urlguard.links.suffixes import Suffixes
from urlguard.packs.book import Book
from urlguard.registry import files
from urlguard.registry.anchors import Anchors
from urlguard.registry.cardkey import card_secret
from urlguard.registry.lookup import Lookup
from urlguard.registry.states import States
from urlguard.registry.store import now


def reader_of(book: Book) -> Reader:
    """Return the reader of links that a rule book describes."""
    return Reader(Letters(book["letters"]), Suffixes(book["suffixes"]))


def lookup_of(path: Path, book: Book, clock: Callable[[], int] = now) -> Lookup:
    """Return the lookup a guard asks; nothing is opened before it is asked."""
    section, path = book["registry"], files.real(path)
    strong = [name for name, ground in section["grounds"].items() if ground.get("strong")]
    anchors = Anchors(section.get("tracking", ()), card_secret(path))
    return Lookup(path, anchors, effects=dict(States(section["states"]).effects), strong=strong, clock=clock)
