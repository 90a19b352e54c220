"""`urlguard registry history`: what happened, to a record or to the registry."""

from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any

import click

from urlguard.cli.registry.given import identity
from urlguard.cli.registry.options import (
    COUNT,
    as_of_option,
    format_option,
    lang_option,
    opened,
    packs_option,
    registry_option,
)
from urlguard.cli.registry.words import json_line, stdout, words_of, write
from urlguard.cli.streams import tell
from urlguard.registry.journal import Event
from urlguard.registry.matching import moment
from urlguard.registry.registry import Registry
from urlguard.registry.rows import shown_id
from urlguard.registry.searching import Searching
from urlguard.reports.events import Step, Told, changes, event
from urlguard.reports.records import PAGE, Words, covered


@click.command("history", short_help="What happened to a record, or to the registry.")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option(
    "--limit",
    type=COUNT,
    default=20,
    show_default=True,
    metavar="N",
    help="At most so many events.",
)
@as_of_option
@format_option("table", "jsonl")
@registry_option
@lang_option
@packs_option
def command(  # noqa: PLR0917  (one parameter an option)
    ids: tuple[str, ...],
    limit: int,
    end: int | None,
    form: str,
    path: Path | None,
    lang: str | None,
    packs: tuple[Path, ...],
) -> None:
    """Tell what happened to the records named by ID; without one, to the whole registry, newest first.

    Each event of the registry has a number, by which `urlguard registry undo` takes it back;
    `urlguard registry list --event 17` names its records.
    Times are those of Kazakhstan; in jsonl they are UTC.

    \b
    urlguard registry history
    urlguard registry history --limit 200
    urlguard registry history KN-2026-000001
    """
    registry, book = opened(path, packs, end)
    words = words_of(book, lang)
    if ids:
        _of_records(registry, words, [identity(text) for text in ids], form, end)
        return
    out, columns = stdout(form)
    found = registry.searching().events(newest_first=True)
    events = (one for one in found if end is None or one.at <= end)
    count = 0
    for one in islice(events, limit):
        count += 1
        write(out, [json_line(_row(one))] if form == "jsonl" else event(words, _told(one), columns))
    if not count:
        tell(words.texts["history_empty"])
    elif next(events, None) is not None:
        tell(words.texts["history_more"].format(n=limit * 10))


def steps(searching: Searching, number: int, end: int | None = None) -> list[Step]:
    """Return what happened to a record until a moment, each with the other fields that changed."""
    entry = searching.entry(number)
    found = zip(searching.history(entry), searching.edits(entry), strict=True)
    return [step for step in found if end is None or step[0].at <= moment(end)]


def _of_records(registry: Registry, words: Words, found: list[int], form: str, end: int | None) -> None:
    searching = registry.searching()
    out, columns = stdout(form)
    for number in found:
        happened = steps(searching, number, end)
        if form == "jsonl":
            write(out, (json_line({"id": shown_id(number), **asdict(change)}) for change, _ in happened))
            continue
        write(out, [f"{shown_id(number)}  {covered(words, searching.entry(number).record())}"])
        write(out, changes(words, happened, columns or PAGE))


def _told(one: Event) -> Told:
    return Told(
        one.seq,
        moment(one.at),
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
