"""`urlguard registry edit`: everything of a record but its state and what it covers."""

from typing import Any, Final

import click

from urlguard.cli.registry.given import checked, date, numbers
from urlguard.cli.registry.options import (
    actor_option,
    document_option,
    lang_option,
    opened,
    packs_option,
    reason_option,
    registry_option,
)
from urlguard.cli.registry.words import stdout, words_of, write
from urlguard.errors import UsageError
from urlguard.packs.book import Book
from urlguard.registry.rows import Entry, shown_id
from urlguard.reports.records import PAGE, clean, hanging

_PARTS: Final = {
    "ground": "type", "authority": "authority", "number": "number", "date": "date", "court": "court",
    "court_date": "court_date", "article": "article",
}  # fmt: skip
"""Options that say a part of the ground."""


@click.command("edit", short_help="Change the end date, note, category ... of records.")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--category", metavar="ID", help="What is wrong with it.")
@click.option("--since", metavar="DATE", callback=date, help="First day in force.")
@click.option("--until", metavar="DATE", callback=date, help="Last day in force.")
@click.option("--brand", metavar="ID", help="Whom it imitates.")
@click.option("--note", metavar="TEXT", help="Why, in words.")
@click.option("--severity", type=click.Choice(("red", "orange", "")), help="How urgent it is.")
@click.option("--ground", metavar="TYPE", help="The paper it stands on: court, prescription ...")
@click.option("--authority", metavar="NAME", help="Who issued that paper.")
@click.option("--number", metavar="NO", help="Its number.")
@click.option("--date", metavar="DATE", callback=date, help="Its date.")
@click.option("--court", metavar="NAME", help="The court.")
@click.option("--court-date", metavar="DATE", callback=date, help="The day of the court's decision.")
@click.option("--article", metavar="TEXT", help="The provision that was broken.")
@reason_option
@document_option
@actor_option
@registry_option
@lang_option
@packs_option
def command(ids: tuple[str, ...], **said: Any) -> None:  # noqa: ANN401  (one option each)
    """Change records, named by ID or piped in; an empty text clears a field.

    What was there before stays in the history, and `undo` brings it back. The state changes by
    steps: urlguard registry restrict, lift, annul ... What a record covers never changes: enter
    the right thing and discard or annul the wrong one.

    \b
    urlguard registry edit KN-2026-000001 --until 2026-12-31 --note "asked by the bank"
    urlguard registry edit KN-2026-000001 --until ""
    urlguard registry list --number 12-34/567 -f ids | urlguard registry edit --brand kaspi
    """
    registry, book = opened(said["path"], said["packs"])
    fields, ground = _changes(book, said)
    words = words_of(book, said["lang"])
    found = numbers(registry, ids)
    registry.store()
    done = registry.changing().edit(
        found, fields, ground=ground, actor=said["actor"], reason=said["reason"], document=said["document"]
    )
    out, columns = stdout("table")
    for before, after in done:
        changed = ", ".join(_told(before, after))
        text = words.texts["edit_done" if changed else "edit_same"].format(
            id=shown_id(after.id), fields=changed
        )
        write(out, [text] if columns is None else hanging(text, min(columns, PAGE)))


def _changes(book: Book, said: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the fields and the parts of the ground that change. Raises `UsageError`."""
    section = book["registry"]
    if said["category"]:
        checked(said["category"], section["categories"], "category")
    if said["brand"]:
        checked(said["brand"], (row["id"] for row in book["brands"]), "brand")
    if said["ground"] is not None:
        checked(said["ground"] or "internal", section["grounds"], "ground")
    names = ("category", "since", "until", "brand", "note")
    fields = {name: said[name] for name in names if said[name] is not None}
    if said["severity"] is not None:
        fields["details"] = {"severity": said["severity"]}
    ground = {part: said[name] for name, part in _PARTS.items() if said[name] is not None}
    if "type" in ground:
        ground["type"] = ground["type"] or "internal"
    if not fields and not ground:
        raise UsageError(
            "nothing to change\n  mend: say what: --until 2026-12-31, --note TEXT, --category ID ..."
        )
    return fields, ground


def _told(before: Entry, after: Entry) -> list[str]:
    """Return the fields that differ: `until 2026-12-31`."""
    told = []
    for name in ("category", "since", "until", "brand", "note"):
        new = getattr(after, name)
        if getattr(before, name) != new:
            told.append(f"{name} {clean(new)}" if new else f"{name} –")
    for name, part in _PARTS.items():
        new = getattr(after.ground, part)
        if getattr(before.ground, part) != new:
            told.append(f"{name} {clean(new)}" if new else f"{name} –")
    if before.details != after.details:
        told.append(f"severity {clean(str(after.record().details.get('severity', '–')))}")
    return told
