"""`urlguard check`: links and texts in, verdicts out, one line each."""

import gc
import os
import sys
from pathlib import Path
from typing import Final

import click

from urlguard.cli.judging import Run
from urlguard.cli.options import lang_option, language, packs_option
from urlguard.cli.registries import registry_options, registry_to_ask
from urlguard.cli.rows import paragraphs, rows, whole
from urlguard.cli.sources import Reading, Sources
from urlguard.cli.streams import output, tell
from urlguard.guard import Guard
from urlguard.model import Level

FORMATS: Final = ("table", "jsonl", "json", "csv")
_LEVELS: Final = tuple(level.label for level in Level if level)
_HELP_LEVEL: Final = "Exit with 1 when a verdict is at or above this level."


@click.command("check", short_help="Score links and texts, one line each.")
@click.argument("inputs", nargs=-1)
@click.option("--file", "files", multiple=True, type=click.Path(path_type=Path),
              help="Read links and texts from this file, one a line; may be repeated.")  # fmt: skip
@click.option("--text", "one_text", is_flag=True,
              help="Read all of stdin, each file and each argument as one text, such as an ad.")  # fmt: skip
@click.option("--paragraphs", "split", is_flag=True,
              help="Read what stands between blank lines as one text each.")  # fmt: skip
@click.option("-e", "--explain", is_flag=True,
              help="Show what convinced, the arithmetic, the real address and what to do.")  # fmt: skip
@click.option("-f", "--format", "form", type=click.Choice(FORMATS), default="table", show_default=True,
              help="How to write the verdicts.")  # fmt: skip
@click.option("--fail-on", type=click.Choice((*_LEVELS, "never")), default="dangerous", show_default=True,
              help=_HELP_LEVEL)  # fmt: skip
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever was found (errors still give 2).")
@click.option("--min-score", type=click.IntRange(0, 100), default=0, metavar="N",
              help="Write only verdicts of this score and above, and unreadable rows.")  # fmt: skip
@click.option("-q", "--quiet", is_flag=True, help="Write no verdicts; only the exit code tells.")
@click.option("--stats", is_flag=True, help="Sum up on stderr at the end.")
@registry_options
@lang_option
@packs_option
def command(  # noqa: PLR0917  (one parameter an option)
    inputs: tuple[str, ...],
    files: tuple[Path, ...],
    one_text: bool,  # noqa: FBT001  (click passes flags by name)
    split: bool,  # noqa: FBT001
    explain: bool,  # noqa: FBT001
    form: str,
    fail_on: str,
    exit_zero: bool,  # noqa: FBT001
    min_score: int,
    quiet: bool,  # noqa: FBT001
    stats: bool,  # noqa: FBT001
    registry: Path | None,
    no_registry: bool,  # noqa: FBT001
    lang: str | None,
    packs: tuple[Path, ...],
) -> None:
    """Score INPUTS without opening anything: one line each, with level, score and strongest reason.

    An input is a link or a text: what it asks for, the links, phones and accounts in it, and
    how all that fits together. Inputs come as arguments, from files, or from a pipe ('-' is
    stdin), one a line; --text and --paragraphs read texts of several lines. Links are shown
    defanged, so that none is clicked by mistake; --format jsonl, json and csv carry them as
    they are.

    \b
    Exit codes: 0 nothing at or above --fail-on; 1 something is; 2 wrong usage or a file that
    cannot be read; 3 finished, but some rows were unreadable.

    \b
    urlguard check https://kaspi-bonus.top/login
    urlguard check --explain --lang kk kaspi-bonus.top
    urlguard check --text --explain < ad.txt
    urlguard check --format csv --file links.txt > verdicts.csv
    """
    reading = _reading(one_text=one_text, split=split)
    alone = not inputs and not files and sys.stdin is not None and sys.stdin.isatty()
    if alone and reading is rows:
        raise click.UsageError(_NOTHING_GIVEN)
    guard = Guard(packs, lang=language(lang), registry=registry_to_ask(registry, no_registry))
    gc.freeze()  # the rule book stays; what follows may be a long run
    gc.enable()
    out = None if quiet else output(for_eyes=form == "table")
    run = Run(guard, out, form, explain=explain, min_score=min_score)
    if alone:
        texts = guard.book_texts()
        tell(texts["paste_text"].format(keys="Ctrl-Z" if os.name == "nt" else "Ctrl-D"))
    run.judge(Sources(inputs, files, reading))
    if stats:
        run.sum_up()
    click.get_current_context().exit(run.exit_code(fail_on, exit_zero=exit_zero))


def _reading(*, one_text: bool, split: bool) -> Reading:
    """Return how inputs are told apart. Raises `click.UsageError` when it cannot be both."""
    if one_text and split:
        raise click.UsageError("--text reads one text, --paragraphs several: give one of the two")
    return whole if one_text else paragraphs if split else rows


_NOTHING_GIVEN: Final = (
    "give links or texts as arguments, name a file with --file, or pipe lines in: "
    "cat links.txt | urlguard check. To paste a text: urlguard check --text"
)
