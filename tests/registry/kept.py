"""Small registries for tests, and a clock that is set by hand."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Final

from urlguard.links.link import Link
from urlguard.packs.book import Book, load_book
from urlguard.record import BadRow, Row
from urlguard.registry.importing import Report, Terms
from urlguard.registry.registry import Registry
from urlguard.registry.rows import Entry

TODAY: Final = 1_795_000_000
"""2026-11-18, 11:46 in Kazakhstan."""


@cache
def rules() -> Book:
    return load_book()


class Clock:
    """Seconds since 1970, one more with each look."""

    def __init__(self, at: int = TODAY) -> None:
        self.at = at

    def __call__(self) -> int:
        self.at += 1
        return self.at


def fresh(folder: Path, clock: Clock | None = None) -> Registry:
    """Return a registry in a folder, made when it is first written."""
    return Registry(folder / "r.db", rules(), clock=clock or Clock())


def no_poison(*_: object) -> None:
    return None


def take(to: Registry, rows: Iterable[Row | BadRow | str], **terms: Any) -> Report:  # noqa: ANN401  (fields of Terms)
    """Import rows; a text is a row of its own."""
    made = [Row(line, row) if isinstance(row, str) else row for line, row in enumerate(rows, 1)]
    return to.take(made, Terms(**{"actor": "tests", **terms}), poison=no_poison, cards=True)


def entries(of: Registry) -> list[Entry]:
    return list(of.searching().entries())


def bad(of: Registry) -> list[str]:
    """Return the names of the checks that fail."""
    return [finding.check for finding in of.verify() if not finding.good]


def link(of: Registry, text: str) -> Link:
    found = of.reader.read(text)
    assert found is not None, text
    return found


def covering(of: Registry, text: str) -> list[str]:
    """Return the values of the records that cover a link, in their order."""
    return [hit.entry.value for hit in of.lookup.found([link(of, text)])]
