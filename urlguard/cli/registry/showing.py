"""`urlguard registry show`: records whole."""

from dataclasses import replace
from pathlib import Path

import click

from urlguard.cli.registry.given import numbers
from urlguard.cli.registry.options import (
    as_of_option,
    format_option,
    lang_option,
    opened,
    packs_option,
    registry_option,
)
from urlguard.cli.registry.words import json_line, local, stdout, words_of, write
from urlguard.errors import Refused
from urlguard.registry.matching import moment
from urlguard.registry.rows import shown_id
from urlguard.registry.states import States
from urlguard.reports import recordrows
from urlguard.reports.events import changes
from urlguard.reports.records import PAGE, labelled, whole


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
    searching = registry.searching()
    out, columns = stdout(form)
    width = columns or PAGE
    for place, number in enumerate(numbers(registry, ids)):
        entry = searching.entry(number)
        if end is not None:
            then = searching.as_of(entry, end)
            if then is None:
                raise Refused(f"{shown_id(number)} was not there yet on that day", "name a later --as-of")
            entry = then
        history = tuple(
            change for change in searching.history(entry) if end is None or change.at <= moment(end)
        )
        now, does = searching.today(entry, end)
        since = searching.since(entry)
        if form == "jsonl":
            write(out, [json_line(recordrows.row(entry.record(history), does.value, now, since))])
            continue
        record = entry.record()
        rows = list(
            whole(
                words,
                record,
                does=does.value,
                now=now,
                since=since,
                steps=_next(registry.states, entry.state),
            )
        )
        write(out, [*([""] if place else []), record.id])
        write(out, labelled(rows, width))
        write(out, changes(words, [replace(change, at=local(change.at)) for change in history], width))


def _next(states: States, state: str) -> list[str]:
    names = {to: command for command, to in states.commands().items()}
    return [names.get(to, to) for to in states.after(state)]
