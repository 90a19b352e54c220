"""`urlguard registry history`: what happened, to a record or to the registry."""

from itertools import islice
from pathlib import Path
from typing import Any

import click

from urlguard.cli.registry.given import identity
from urlguard.cli.registry.options import (
    format_option,
    lang_option,
    opened,
    packs_option,
    registry_option,
)
from urlguard.cli.registry.words import json_line, local, stdout, words_of, write
from urlguard.cli.streams import tell
from urlguard.packs.book import Book
from urlguard.record import Change
from urlguard.registry.journal import Event
from urlguard.registry.matching import moment
from urlguard.registry.registry import Registry
from urlguard.registry.rows import shown_id
from urlguard.reports.events import Told, changes, event
from urlguard.reports.records import PAGE, covered


@click.command("history", short_help="What happened to a record, or to the registry.")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=20,
    show_default=True,
    metavar="N",
    help="At most so many events.",
)
@format_option("table", "jsonl")
@registry_option
@lang_option
@packs_option
def command(  # noqa: PLR0917  (one parameter an option)
    ids: tuple[str, ...], limit: int, form: str, path: Path | None, lang: str | None, packs: tuple[Path, ...]
) -> None:
    """Tell what happened to the records named by ID; without one, to the whole registry, newest first.

    Each event of the registry has a number, by which `urlguard registry undo` takes it back.
    Times are those of Kazakhstan; in jsonl they are UTC.

    \b
    urlguard registry history
    urlguard registry history --limit 200
    urlguard registry history KN-2026-000001
    """
    registry, book = opened(path, packs)
    if ids:
        _of_records(registry, book, [identity(text) for text in ids], form, lang)
        return
    words = words_of(book, lang)
    out, columns = stdout(form)
    events = registry.searching().events(newest_first=True)
    count = 0
    for one in islice(events, limit):
        count += 1
        write(out, [json_line(_row(one))] if form == "jsonl" else event(words, _told(one), columns))
    if not count:
        tell(words.texts["history_empty"])
    elif next(events, None) is not None:
        tell(words.texts["history_more"].format(n=limit * 10))


def _of_records(registry: Registry, book: Book, found: list[int], form: str, lang: str | None) -> None:
    words = words_of(book, lang)
    searching = registry.searching()
    out, columns = stdout(form)
    for number in found:
        entry = searching.entry(number)
        history = searching.history(entry)
        if form == "jsonl":
            write(out, (json_line({"id": shown_id(number), **_change(change)}) for change in history))
            continue
        write(out, [f"{shown_id(number)}  {covered(words, entry.record())}"])
        write(out, changes(words, [_local(change) for change in history], columns or PAGE))


def _local(change: Change) -> Change:
    return Change(**{**_change(change), "at": local(change.at)})


def _change(change: Change) -> dict[str, Any]:
    return {name: getattr(change, name) for name in Change.__slots__}


def _told(one: Event) -> Told:
    return Told(
        one.seq,
        local(one.at),
        one.actor,
        one.action,
        one.list,
        one.born,
        one.changed,
        one.subject,
        one.reason,
        one.document,
    )


def _row(one: Event) -> dict[str, Any]:
    return {
        "event": one.seq,
        "at": moment(one.at),
        "actor": one.actor,
        "action": one.action,
        "list": one.list,
        "entered": one.born,
        "changed": one.changed,
        "undoes": one.subject,
        "reason": one.reason,
        "document": one.document,
        "hash": one.hash.hex(),
    }
