"""`urlguard registry show`: records whole."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from urlguard.cli.registry.given import numbers
from urlguard.cli.registry.history import steps
from urlguard.cli.registry.options import (
    as_of_option,
    format_option,
    lang_option,
    opened,
    packs_option,
    registry_option,
)
from urlguard.cli.registry.words import json_line, stdout, words_of, write
from urlguard.errors import Refused
from urlguard.registry.registry import Registry
from urlguard.registry.rows import Entry, shown_id
from urlguard.registry.searching import Searching
from urlguard.registry.states import States
from urlguard.reports import recordrows
from urlguard.reports.events import changes
from urlguard.reports.records import PAGE, Words, labelled, whole


@click.command("show", short_help="Show records whole, with their history.")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@as_of_option
@format_option("table", "jsonl")
@registry_option
@lang_option
@packs_option
def command(  # noqa: PLR0917  (one parameter an option)
    ids: tuple[str, ...],
    end: int | None,
    form: str,
    path: Path | None,
    lang: str | None,
    packs: tuple[Path, ...],
) -> None:
    """Show all of a record: what it covers, on what ground, what happened, what may come next.

    \b
    urlguard registry show KN-2026-000001
    urlguard registry show KN-2026-000001 --as-of 2026-03-01
    urlguard registry list --brand kaspi -f ids | urlguard registry show --format jsonl
    """
    registry, book = opened(path, packs, end)
    words = words_of(book, lang)
    out, columns = stdout(form)
    for place, number in enumerate(numbers(registry, ids)):
        if form == "jsonl":
            write(out, [json_line(_row(registry.searching(), number, end))])
        else:
            write(out, [""] if place else [])
            write(out, _lines(registry, words, number, end, columns or PAGE))


def _then(searching: Searching, number: int, end: int | None) -> Entry:
    """Return an entry as it stood. Raises `Refused` when it was not there yet."""
    entry = searching.entry(number)
    then = searching.as_of(entry, end) if end is not None else entry
    if then is None:
        raise Refused(f"{shown_id(number)} was not there yet on that day", "name a later --as-of")
    return then


def _row(searching: Searching, number: int, end: int | None) -> dict[str, Any]:
    entry = _then(searching, number, end)
    now, does = searching.today(entry, end)
    history = tuple(change for change, _ in steps(searching, number, end))
    return recordrows.row(entry.record(history), does.value, now, searching.since(entry))


def _lines(registry: Registry, words: Words, number: int, end: int | None, columns: int) -> Iterator[str]:
    searching = registry.searching()
    entry = _then(searching, number, end)
    now, does = searching.today(entry, end)
    record = entry.record()
    after = _next(registry.states, entry.state)
    yield record.id
    rows = whole(words, record, does=does.value, now=now, since=searching.since(entry), steps=after)
    yield from labelled(list(rows), columns)
    yield from changes(words, steps(searching, number, end), columns)


def _next(states: States, state: str) -> list[str]:
    names = {to: command for command, to in states.commands().items()}
    return [names.get(to, to) for to in states.after(state)]
