"""The tables of the shipped rule book, read once for the tests of links and letters."""

from functools import cache

from urlguard.letters import Letters
from urlguard.links.link import Link
from urlguard.links.reading import Reader
from urlguard.links.suffixes import Suffixes
from urlguard.packs.book import Book, load_book


@cache
def book() -> Book:
    return load_book()


@cache
def letters() -> Letters:
    return Letters(book()["letters"])


@cache
def suffixes() -> Suffixes:
    return Suffixes(book()["suffixes"])


@cache
def reader() -> Reader:
    return Reader(letters(), suffixes())


def read(text: str) -> Link:
    link = reader().read(text)
    assert link is not None, f"no link in {text!r}"
    return link
