"""`urlguard registry lists`: which lists there are, what they do, what of them was held back."""

import csv
import io
import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import click

from urlguard.cells import inert
from urlguard.cli.registry.given import checked
from urlguard.cli.registry.options import (
    format_option,
    lang_option,
    language,
    opened,
    packs_option,
    registry_option,
)
from urlguard.cli.streams import output, tell
from urlguard.record import LOCAL
from urlguard.registry.searching import Searching
from urlguard.reports import lists as words
from urlguard.reports.records import labelled

_FACTS: Final = (
    "name", "title", "entries", "blocks", "warns", "allows", "held", "updated", "trust", "licence", "url",
    "format", "sha256",
)  # fmt: skip
_HELD: Final = ("value", "code", "hits")
_PAGE: Final = 100


@click.command("lists", short_help="Show the lists and what of them was held back.")
@click.argument("name", required=False)
@click.option("--quarantine", is_flag=True, help="Show what was held back, and what it would have hit.")
@format_option("table", "jsonl", "json", "csv")
@registry_option
@lang_option
@packs_option
def command(
    name: str | None,
    form: str,
    path: Path | None,
    lang: str | None,
    packs: tuple[Path, ...],
    *,
    quarantine: bool,
) -> None:
    """Show all lists: entries, how many of them block, when they were updated, how far they are trusted.

    With NAME: everything known of one list. With --quarantine: the values that lists asked to
    block and that would have hit far more than is meant; `add --force` enters one all the same.

    \b
    urlguard registry lists
    urlguard registry lists phishing-database --quarantine
    """
    registry, book = opened(path, packs)
    texts = {key: names[language(lang)] for key, names in book["interface"].items()}
    searching = registry.searching()
    rows = _rows(searching)
    checked(name or "", [row["name"] for row in rows], "list")
    rows = [row for row in rows if name in {None, row["name"]}]
    if quarantine:
        _show_held(searching, rows, form, texts)
    elif form != "table":
        _write(form, _FACTS, rows)
    elif name:
        _show_one(rows[0], texts)
    else:
        _show_all(rows, texts)


def _rows(searching: Searching) -> list[dict[str, Any]]:
    """Return what is known of each list."""
    counts = searching.by_list()
    found = []
    for name, settings, entries, held in searching.lists():
        does: Mapping[str, int] = counts.get(name, {})
        known = {
            key: settings.get(key, "")
            for key in ("title", "updated", "trust", "licence", "url", "format", "sha256")
        }
        row = {"name": name, "entries": entries, "held": held, **known}
        found.append(row | {standing: does.get(standing, 0) for standing in ("blocks", "warns", "allows")})
    return found


def _show_all(rows: Sequence[Mapping[str, Any]], texts: Mapping[str, str]) -> None:
    if not rows:
        tell(texts["lists_none"])
        return
    out = output(for_eyes=True)
    for line in words.table(texts, rows, _columns(out.isatty())):
        out.write(f"{line}\n")


def _show_one(row: Mapping[str, Any], texts: Mapping[str, str]) -> None:
    out = output(for_eyes=True)
    named = dict(row)
    if row["name"] == LOCAL and not row["title"]:
        named["title"] = texts["lists_hand"]
    for line in labelled(list(words.details(texts, named)), _columns(out.isatty()) or _PAGE, ""):
        out.write(f"{line}\n")
    if row["held"]:
        tell(texts["lists_see_held"].format(name=row["name"]))


def _show_held(
    searching: Searching, rows: Iterable[Mapping[str, Any]], form: str, texts: Mapping[str, str]
) -> None:
    held = [
        {"list": row["name"], **dict(zip(_HELD, found, strict=True))}
        for row in rows
        for found in searching.quarantine(row["name"])
    ]
    if form != "table":
        _write(form, ("list", *_HELD), held)
    elif not held:
        tell(texts["lists_no_held"])
    else:
        out = output(for_eyes=True)
        for line in words.quarantine(texts, held, _columns(out.isatty())):
            out.write(f"{line}\n")


def _columns(terminal: bool) -> int | None:  # noqa: FBT001  (what `isatty` says)
    return shutil.get_terminal_size((_PAGE, 24)).columns if terminal else None


def _write(form: str, columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
    """Write rows for programs."""
    out = output(for_eyes=False)
    plain = [{name: row[name] for name in columns} for row in rows]
    if form == "json":
        out.write(json.dumps(plain, ensure_ascii=False, indent=1) + "\n")
    elif form == "jsonl":
        for row in plain:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    else:
        buffer = io.StringIO()
        writer = csv.writer(buffer, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([inert(str(cell)) for cell in row.values()] for row in plain)
        out.write(buffer.getvalue())
