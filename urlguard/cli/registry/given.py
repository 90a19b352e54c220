"""What a command of the registry is given: values, record ids, words of the rules, dates."""

import difflib
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from urlguard.cli.rows import Row
from urlguard.cli.sources import Sources
from urlguard.errors import UsageError
from urlguard.registry.filters import Filter, end_of_day
from urlguard.registry.rows import read_id

if TYPE_CHECKING:
    from urlguard.registry.registry import Registry

_ID: Final = "KN-2026-000017"


def lines(values: tuple[str, ...], files: tuple[Path, ...] = (), *, what: str) -> Iterator[Row]:
    """Yield what was given as arguments, in files or through a pipe. Raises `UsageError`."""
    if not values and not files and sys.stdin is not None and sys.stdin.isatty():
        raise click.UsageError(f"give {what} as arguments, or pipe them in, one a line")
    sources = Sources(values, files)
    yield from sources
    if sources.failures:
        raise UsageError("\n".join(sources.failures))


def every_line(values: tuple[str, ...], files: tuple[Path, ...] = (), *, what: str) -> list[str]:
    """Return all lines at once. Raises `UsageError` for what is no UTF-8 or too long."""
    found = []
    for number, row in enumerate(lines(values, files, what=what), 1):
        if row.broken or row.cut:
            problem = (
                "is not UTF-8: convert it first: iconv -f CP1251 -t UTF-8" if row.broken else "is too long"
            )
            raise UsageError(f"line {number} {problem}")
        found.append(row.text)
    return found


def numbers(registry: "Registry", ids: tuple[str, ...], document: str = "") -> list[int]:
    """Return the entries that are named by id or by the number of their document, each once.

    Raises `UsageError` for what is no id and for a document on which nothing stands.
    """
    found: list[int] = []
    if document:
        found = [entry.id for entry in registry.searching().entries(Filter(number=document))]
        if not found:
            raise UsageError(
                f"no record stands on a document No {document!r}\n  mend: see urlguard registry list"
            )
        if not ids:
            return found
    for text in every_line(ids, what="ids"):
        found += [identity(word) for word in text.split()]
    if not found:
        raise UsageError("no ids were given\n  mend: as arguments, or from urlguard registry list -f ids")
    return list(dict.fromkeys(found))


def identity(text: str) -> int:
    """Return the number of an id. Raises `UsageError`."""
    number = read_id(text)
    if number is None:
        mend = f"an id looks like {_ID}; to look for anything else: urlguard registry find TEXT"
        raise UsageError(f"{text[:80]!r} is no id of a record\n  mend: {mend}")
    return number


def checked(name: str, known: Iterable[str], what: str) -> str:
    """Return a word of the rules as given. Raises `UsageError` that names the closest one."""
    names = list(known)
    if not name or name in names:
        return name
    close = difflib.get_close_matches(name.lower(), names, n=1)
    mend = f"did you mean {close[0]}?" if close else f"use one of {', '.join(names)}"
    raise UsageError(f"no {what} {name[:80]!r}\n  mend: {mend}")


def date(_ctx: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    """Check a date, as the callback of an option: `YYYY-MM-DD`, or empty to clear it."""
    if value:
        end_of_day(value)
    return value
