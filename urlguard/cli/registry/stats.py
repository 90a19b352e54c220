"""`urlguard registry stats`: how many records there are, by what."""

import csv
from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

import click

from urlguard.cells import inert
from urlguard.cli.registry.listing import filtered, wanted
from urlguard.cli.registry.options import (
    as_of_option,
    format_option,
    lang_option,
    opened,
    packs_option,
    registry_option,
)
from urlguard.cli.registry.words import json_line, stdout, words_of, write
from urlguard.registry.searching import STATS
from urlguard.reports.bars import bars, blocks
from urlguard.reports.records import Words, clean

_PAGE: Final = 80
_MOST: Final = 15
_MONTHS: Final = 24


@click.command("stats", short_help="Count records by state, category, ground, brand, month.")
@filtered
@click.option(
    "--by",
    multiple=True,
    type=click.Choice(STATS),
    help="Only by this; may be repeated. Default: by everything.",
)
@click.option("--all", "whole", is_flag=True, help="Every row; else the 15 largest and the last 24 months.")
@as_of_option
@format_option("table", "jsonl", "csv")
@registry_option
@lang_option
@packs_option
def command(by: tuple[str, ...], whole: bool, end: int | None, form: str, **said: Any) -> None:  # noqa: ANN401, FBT001
    """Count the records, or those that meet all conditions, with a bar for each count.

    A month is that of the first day in force.

    \b
    urlguard registry stats
    urlguard registry stats --by category --by month --standing blocks
    urlguard registry stats --as-of 2026-01-31 --format csv
    """
    registry, book = opened(said["path"], said["packs"], end)
    words = words_of(book, said["lang"])
    searching = registry.searching()
    counts = searching.stats(end, wanted(book, searching, said))
    out, columns = stdout(form)
    chosen = [name for name in STATS if name in by] if by else list(STATS)
    if form != "table":
        rows = [(name, key, count) for name in chosen for key, count in _sorted(name, counts[name])]
        if form == "csv":
            writer = csv.writer(out, lineterminator="\n")
            writer.writerows(
                [("by", "name", "count"), *((name, inert(key), count) for name, key, count in rows)]
            )
        else:
            write(out, (json_line({"by": name, "name": key, "count": count}) for name, key, count in rows))
        return
    write(out, [words.texts["stats_total"].format(n=f"{counts['state'].total():,}")])
    for name in chosen:
        if counts[name]:
            write(out, ["", words.texts[f"stats_by_{name}"]])
            write(
                out,
                _plot(words, name, counts[name], columns or _PAGE, fine=blocks(out.encoding), whole=whole),
            )


def _plot(
    words: Words, name: str, counts: Counter[str], columns: int, *, fine: bool, whole: bool
) -> Iterable[str]:
    rows = _sorted(name, counts)
    if not whole:
        rows = rows[-_MONTHS:] if name == "month" else rows[:_MOST]
    yield from bars([(_title(words, name, key), count) for key, count in rows], columns, fine=fine)
    if len(rows) < len(counts):
        yield f"  {words.texts['rec_more'].format(n=len(counts) - len(rows))}"


def _sorted(name: str, counts: Counter[str]) -> list[tuple[str, int]]:
    """Return months in the order of time, all else the largest first."""
    if name == "month":
        return sorted(counts.items())
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _title(words: Words, name: str, key: str) -> str:
    """Return what a person calls a row."""
    if not key:
        return words.texts["stats_none"]
    tables = {
        "state": words.states,
        "category": words.categories,
        "ground": words.grounds,
        "brand": words.brands,
    }
    if name in tables:
        return tables[name].get(key, clean(key))
    texts = {"kind": f"rec_kind_{key}", "standing": f"rec_standing_{key}"}
    return words.texts.get(texts.get(name, ""), clean(key))
