"""`urlguard registry backup` and `restore`: copies of the registry, and the way back to one.

Going back asks nothing: it deletes nothing either. What stood in the place of the copy is put
aside under another name, and the events that only it holds are named.
"""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from urlguard.cli.registry.options import lang_option, language, opened, packs_option, registry_option
from urlguard.cli.streams import output, tell
from urlguard.errors import RegistryError, UsageError
from urlguard.registry import backups
from urlguard.registry.matching import moment
from urlguard.registry.registry import Registry
from urlguard.reports.events import action_name, local
from urlguard.reports.lists import FIRST, number
from urlguard.reports.records import clean

if TYPE_CHECKING:
    from urlguard.packs.book import Book
    from urlguard.registry.journal import Event


@click.command("backup", short_help="Copy the registry.")
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@registry_option
@lang_option
@packs_option
def backup(file: Path | None, path: Path | None, lang: str | None, packs: tuple[Path, ...]) -> None:
    """Copy the registry to FILE, by default into the folder of its copies; nobody has to stop for it.

    A copy is complete or not there at all. One a day is made by itself, before the first change;
    the last three of those are kept, and all that were asked for. The key of card numbers
    (NAME.key) is not in it: keep that file apart.
    """
    registry, book = opened(path, packs)
    texts = {key: names[language(lang)] for key, names in book["interface"].items()}
    made = registry.back_up(file)
    output(for_eyes=True).write(
        texts["backup_made"].format(event=made.event, file=clean(str(made.path))) + "\n"
    )


@click.command("restore", short_help="Go back to a copy.")
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--list", "listing", is_flag=True, help="Only list the copies, newest first.")
@registry_option
@lang_option
@packs_option
def restore(
    file: Path | None, path: Path | None, lang: str | None, packs: tuple[Path, ...], *, listing: bool
) -> None:
    """Go back to the copy FILE, by default to the newest one that is good.

    Nothing is asked and nothing is lost: what stood there is put aside under another name, and
    the events that only it holds are named. Every copy is checked whole before it is used.
    """
    registry, book = opened(path, packs)
    texts = {key: names[language(lang)] for key, names in book["interface"].items()}
    out = output(for_eyes=True)
    if listing:
        _listed(registry, book, texts)
        return
    if file is not None:
        _check(file, book)
    copy, aside = registry.restore(file)
    event = _last(registry)
    out.write(texts["restored"].format(event=event, file=clean(str(copy))) + "\n")
    if aside is None:
        return
    out.write(texts["restored_aside"].format(file=clean(str(aside))) + "\n")
    out.flush()
    for line in _lost(Registry(aside, book), event, texts):
        tell(line)


def _listed(registry: Registry, book: "Book", texts: Mapping[str, str]) -> None:
    copies = backups.backups(registry.path)
    if not copies:
        tell(texts["backup_none"].format(folder=backups.folder(registry.path)))
    out = output(for_eyes=True)
    for copy in copies:
        try:
            note = texts["backup_up_to"].format(event=_last(Registry(copy, book)))
        except RegistryError:
            note = texts["verify_bad"]
        out.write(f"{local(moment(int(copy.stat().st_mtime)))}  {note}  {clean(str(copy))}\n")


def _check(copy: Path, book: "Book") -> None:
    """Refuse a copy that is none, or not good. Raises `UsageError` and `RegistryError`."""
    if not copy.is_file():
        raise UsageError(
            f"{copy}: there is no such file\n  mend: list the copies: urlguard registry restore --list"
        )
    other = Registry(copy, book)
    try:
        bad = [finding for finding in other.verify() if not finding.good]
    finally:
        other.close()
    if bad:
        mend = "name another one: urlguard registry restore --list"
        raise UsageError(f"{copy}: this copy is damaged too: {bad[0].what}\n  mend: {mend}")


def _last(registry: Registry) -> int:
    try:
        event = next(registry.searching().events(newest_first=True), None)
        return event.seq if event else 0
    finally:
        registry.close()


def _lost(aside: Registry, last: int, texts: Mapping[str, str]) -> list[str]:
    """Return the lines that name the events which only the registry put aside holds."""
    found: list[Event] = []
    try:
        for event in aside.searching().events(newest_first=True):
            if event.seq <= last:
                break
            found.append(event)
    except (RegistryError, ValueError):
        return [texts["restored_unread"]]
    finally:
        with suppress(RegistryError):
            aside.close()
    if not found:
        return [texts["restored_same"]]
    lines = [texts["restored_lost"].format(n=number(len(found)))]
    for event in found[:FIRST]:
        what = " ".join(filter(None, (action_name(texts, event.action), event.list, event.reason)))
        lines.append(f"  {event.seq}  {local(moment(event.at))}  {clean(event.actor)}  {clean(what)}")
    return lines if len(found) <= FIRST else [*lines, "  …"]
