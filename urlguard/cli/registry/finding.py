"""`urlguard registry find`: anything pasted in, everything that is known of it out."""

from pathlib import Path

import click

from urlguard.cli.options import colour_wanted
from urlguard.cli.registry.asking import Asking
from urlguard.cli.registry.given import lines
from urlguard.cli.registry.options import (
    as_of_option,
    format_option,
    lang_option,
    opened,
    packs_option,
    registry_option,
)
from urlguard.cli.registry.words import json_line, stdout, words_of, write
from urlguard.cli.streams import tell
from urlguard.model import Kind
from urlguard.reports import findings


@click.command("find", short_help="Say what the registry knows of anything pasted, and why.")
@click.argument("texts", nargs=-1, metavar="[TEXT]...")
@click.option(
    "--file",
    "files",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Read texts from this file, one a line.",
)
@click.option(
    "--kind",
    type=click.Choice(tuple(kind.value for kind in Kind)),
    help="What each text is; default: read off it.",
)
@as_of_option
@format_option("table", "jsonl")
@registry_option
@lang_option
@packs_option
def command(  # noqa: PLR0917  (one parameter an option)
    texts: tuple[str, ...],
    files: tuple[Path, ...],
    kind: str | None,
    end: int | None,
    form: str,
    path: Path | None,
    lang: str | None,
    packs: tuple[Path, ...],
) -> None:
    """Look up TEXT: a link, phone, account, card, IBAN, wallet, mailbox, record id, or a whole message.

    Shows every record that covers it, the most specific first, and why; and records close to it
    that do not cover it, and why not. A record that blocks, warns or allows is in force; one
    with "no effect" is over, lifted or not yet begun.

    \b
    urlguard registry find https://kaspi-bonus.top/login
    urlguard registry find "8 (701) 000-00-00" @kaspi_manager
    urlguard registry find --kind sms_sender KaspiBank
    urlguard registry find --as-of 2026-03-01 kaspi-bonus.top
    urlguard registry find < message.txt

    \b
    Exit codes: 0 nothing in force blocks it; 1 something does; 2 wrong usage; 3 in some line
    there was nothing that can be looked up.
    """
    registry, book = opened(path, packs, end)
    words = words_of(book, lang)
    asking = Asking(registry, book, end, Kind(kind) if kind else None)
    out, columns = stdout(form)
    colour = colour_wanted()
    blocks = unread = count = 0
    for line in lines(texts, files, what="a link, phone, account or text"):
        answer = asking.answer(line.text)
        count += 1
        blocks += answer.blocks
        unread += not answer.asked
        if form == "jsonl":
            write(out, [json_line(findings.row(answer))])
        else:
            write(out, findings.lines(words, answer, columns, colour=colour))
        out.flush()
    if not count:
        tell(words.texts["find_empty"])
    click.get_current_context().exit(1 if blocks else 3 if unread else 0)
