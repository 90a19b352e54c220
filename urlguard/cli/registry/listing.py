"""`urlguard registry list`: records, filtered, for eyes and programs."""

from collections.abc import Callable
from itertools import islice
from typing import Any, Final

import click

from urlguard.cli.registry.given import checked
from urlguard.cli.registry.options import (
    COUNT,
    Decorator,
    as_of_option,
    format_option,
    lang_option,
    opened,
    packs_option,
    registry_option,
)
from urlguard.cli.registry.words import MACHINE, json_line, stdout, words_of, write
from urlguard.cli.streams import tell
from urlguard.model import Kind
from urlguard.packs.book import Book
from urlguard.registry.filters import Filter
from urlguard.registry.matching import Standing
from urlguard.registry.searching import Searching
from urlguard.reports import recordrows
from urlguard.reports.records import row

_SCREENFUL: Final = 100
FILTERS: tuple[Decorator, ...] = (
    click.option("--list", "in_list", default="", metavar="NAME", help="Only of this list."),
    click.option(
        "--state", default="", metavar="STATE", help="Only in this state: restricted, submitted, lifted ..."
    ),
    click.option(
        "--standing",
        type=click.Choice([name.value for name in Standing if name is not Standing.OVERRULED]),
        help="Only what blocks, warns, allows or has no effect that day.",
    ),
    click.option("--category", default="", metavar="ID", help="Only of this category."),
    click.option("--kind", type=click.Choice([kind.value for kind in Kind]), help="Only of this kind."),
    click.option("--brand", default="", metavar="ID", help="Only what imitates this brand."),
    click.option("--number", default="", metavar="NO", help="Only on the document of this number."),
    click.option("--event", type=COUNT, metavar="N", help="Only what this event entered or changed."),
)
"""The options that say which records are wanted; `wanted` reads them."""


def filtered(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of `FILTERS`."""
    for option in reversed(FILTERS):
        function = option(function)
    return function


def wanted(book: Book, searching: Searching, said: dict[str, Any]) -> Filter:
    """Return the filter that was asked for. Raises `UsageError` for words that nobody knows."""
    section = book["registry"]
    if said["in_list"]:
        checked(said["in_list"], [row[0] for row in searching.lists()], "list")
    return Filter(
        said["in_list"],
        checked(said["state"], section["states"], "state"),
        checked(said["category"], section["categories"], "category"),
        said["kind"] or "",
        said["brand"],
        said["number"],
        said["event"],
        said["standing"] or "",
    )


@click.command("list", short_help="List records, filtered.")
@filtered
@click.option(
    "--limit",
    type=COUNT,
    metavar="N",
    help="At most so many; default: 100 on a table, else all.",
)
@as_of_option
@format_option("table", "jsonl", "csv", "ids")
@registry_option
@lang_option
@packs_option
def command(limit: int | None, end: int | None, form: str, **said: Any) -> None:  # noqa: ANN401  (one option each)
    """List the records of the registry, oldest first; all conditions must hold.

    "(+ *.)" behind a host: with its subdomains. --format ids is for the commands that take ids.

    \b
    urlguard registry list --standing blocks --category fraud_phishing
    urlguard registry list --number 12-34/567
    urlguard registry list --brand kaspi --format csv > kaspi.csv
    urlguard registry list --event 17 -f ids | urlguard registry edit --until 2026-12-31
    """
    registry, book = opened(said["path"], said["packs"], end)
    words = words_of(book, said["lang"])
    searching = registry.searching()
    entries = searching.entries(wanted(book, searching, said), end)
    out, columns = stdout(form)
    if form == "csv":
        write(out, [recordrows.csv_header()])
    most = limit or (None if form in MACHINE else _SCREENFUL)
    count = 0
    for entry in islice(entries, most):
        count += 1
        record = entry.record()
        now, does = searching.today(entry, end)
        if form == "ids":
            write(out, [record.id])
        elif form == "csv":
            write(out, [recordrows.csv_line(record, does.value, now, searching.since(entry))])
        elif form == "jsonl":
            write(out, [json_line(recordrows.row(record, does.value, now, searching.since(entry)))])
        else:
            write(out, row(words, record, now, columns))
    if not count:
        tell(words.texts["list_empty"])
    elif most and next(entries, None) is not None:
        tell(words.texts["list_more"].format(n=most * 10))
