"""`urlguard registry undo`: one event taken back."""

from pathlib import Path

import click

from urlguard.cli.registry.options import (
    COUNT,
    actor_option,
    lang_option,
    opened,
    packs_option,
    reason_option,
    registry_option,
)
from urlguard.cli.registry.words import stdout, words_of, write
from urlguard.registry.rows import shown_id
from urlguard.reports.records import PAGE, hanging

_MOST: int = 20


@click.command("undo", short_help="Take back one event, also a whole import.")
@click.argument("event", type=COUNT)
@reason_option
@actor_option
@registry_option
@lang_option
@packs_option
def command(  # noqa: PLR0917  (one parameter an option)
    event: int, reason: str, actor: str, path: Path | None, lang: str | None, packs: tuple[Path, ...]
) -> None:
    """Take EVENT back, by its number as `urlguard registry history` shows it.

    What it entered becomes discarded, what it changed is again as it was; what has been changed
    again since stays as it is. Nothing is deleted: an undo is an event too, and can be undone.

    \b
    urlguard registry history
    urlguard registry undo 17 --reason "wrong file"
    """
    registry, book = opened(path, packs)
    words = words_of(book, lang)
    registry.store()
    undone = registry.undo(event, actor=actor, reason=reason)
    if undone.event is None:
        text = words.texts["undo_nothing"].format(event=event)
    else:
        text = words.texts["undo_done"].format(
            event=event, by=undone.event, discarded=undone.discarded, reverted=undone.reverted
        )
    out, columns = stdout("table")
    write(out, hanging(text, columns or PAGE))
    if undone.kept:
        ids = ", ".join(shown_id(number) for number in undone.kept[:_MOST])
        more = f", … ({len(undone.kept)})" if len(undone.kept) > _MOST else ""
        write(out, hanging(words.texts["undo_kept"].format(ids=ids + more), columns or PAGE))
