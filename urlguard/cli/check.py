"""`urlguard check`: links in, verdicts out, one line each."""

import gc
import shutil
import sys
from collections import Counter
from pathlib import Path
from typing import Final, TextIO

import click

from urlguard.cli.options import colour_wanted, lang_option, language, packs_option
from urlguard.cli.rows import Row
from urlguard.cli.sources import Sources
from urlguard.cli.streams import INTERRUPTED, Interrupts, output, silence, tell
from urlguard.guard import Guard
from urlguard.model import Level, Verdict
from urlguard.packs.where import registry_file
from urlguard.reports import machine
from urlguard.reports.table import Table, summary
from urlguard.reports.wording import Wording, level_name

FORMATS: Final = ("table", "jsonl", "json", "csv")
_LEVELS: Final = tuple(level.label for level in Level if level)
_HELP_LEVEL: Final = "Exit with 1 when a verdict is at or above this level."


@click.command("check", short_help="Score links, one line each.")
@click.argument("links", nargs=-1)
@click.option("--file", "files", multiple=True, type=click.Path(path_type=Path),
              help="Read links from this file, one a line; may be repeated.")  # fmt: skip
@click.option("-e", "--explain", is_flag=True, help="Show the arithmetic, the real address and what to do.")
@click.option("-f", "--format", "form", type=click.Choice(FORMATS), default="table", show_default=True,
              help="How to write the verdicts.")  # fmt: skip
@click.option("--fail-on", type=click.Choice((*_LEVELS, "never")), default="dangerous", show_default=True,
              help=_HELP_LEVEL)  # fmt: skip
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever was found (errors still give 2).")
@click.option("--min-score", type=click.IntRange(0, 100), default=0, metavar="N",
              help="Write only verdicts of this score and above, and unreadable rows.")  # fmt: skip
@click.option("-q", "--quiet", is_flag=True, help="Write no verdicts; only the exit code tells.")
@click.option("--stats", is_flag=True, help="Sum up on stderr at the end.")
@click.option("--registry", type=click.Path(path_type=Path), default=None, metavar="FILE",
              help="Registry to look everything up in; default: URLGUARD_REGISTRY, else your own, "
              "if there is one.")  # fmt: skip
@click.option("--no-registry", is_flag=True, help="Look nothing up.")
@lang_option
@packs_option
def command(  # noqa: PLR0917  (one parameter an option)
    links: tuple[str, ...],
    files: tuple[Path, ...],
    explain: bool,  # noqa: FBT001  (click passes flags by name)
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
    """Score LINKS without opening them: one line each, with level, score and strongest reason.

    Links come as arguments, from files, or from a pipe ('-' is stdin). A line may hold words
    around its links; the links are judged. Links are shown defanged, so that none is clicked
    by mistake; --format jsonl, json and csv carry them as they are.

    \b
    Exit codes: 0 nothing at or above --fail-on; 1 something is; 2 wrong usage or a file that
    cannot be read; 3 finished, but some rows were unreadable.

    \b
    urlguard check https://kaspi-bonus.top/login
    urlguard check --explain --lang kk kaspi-bonus.top
    urlguard check --format csv --file links.txt > verdicts.csv
    """
    if not links and not files and sys.stdin is not None and sys.stdin.isatty():
        raise click.UsageError(_NOTHING_GIVEN)
    guard = Guard(packs, lang=language(lang), registry=None if no_registry else _registry(registry))
    gc.freeze()  # the rule book stays; what follows may be a long run
    gc.enable()
    out = None if quiet else output(for_eyes=form == "table")
    run = _Run(guard, out, form, explain=explain, min_score=min_score)
    run.judge(Sources(links, files))
    if stats:
        for line in summary(guard.book_texts(), run.shown, run.brands):
            tell(line)
    click.get_current_context().exit(run.exit_code(fail_on, exit_zero=exit_zero))


def _registry(named: Path | None) -> Path | None:
    """Return the registry to ask: the one that was named, else the usual one when it is there."""
    if named is not None:
        if not named.exists():
            message = f"{named}: there is no registry here. Add to it first: urlguard registry add LINK"
            raise click.UsageError(message)
        return named
    usual = registry_file()
    return usual if usual.exists() else None


_NOTHING_GIVEN: Final = (
    "give links as arguments, name a file with --file, or pipe lines in: cat links.txt | urlguard check"
)


class _Run:
    """Judges rows and writes verdicts as it goes, to `out`; nowhere when that is None."""

    def __init__(self, guard: Guard, out: TextIO | None, form: str, *, explain: bool, min_score: int) -> None:
        self._guard = guard
        self._out = out
        self._form = form
        self._min_score = min_score
        self.levels: Counter[str] = Counter()
        self.shown: Counter[str] = Counter()
        self.brands: Counter[str] = Counter()
        self._texts = 0
        self._broken = 0
        self._failures: list[str] = []
        self._interrupted = False
        self._written = 0
        columns = shutil.get_terminal_size().columns if out is not None and out.isatty() else None
        rules = guard.book["rules"]
        words = Wording(
            guard.book_texts(),
            guard.brand_names(),
            guard.registry_titles(),
            titles={rule["id"]: rule["title"][guard.lang] for rule in rules},
            floors={rule["id"]: rule["floor"] for rule in rules if "floor" in rule},
        )
        self._table = Table(words, colour=colour_wanted(), columns=columns, explain=explain)

    def judge(self, sources: Sources) -> None:
        """Write a verdict for each row until there is none left, or Ctrl-C."""
        try:
            self._write_start()
            with Interrupts() as interrupts:
                self._judge_all(sources, interrupts)
            self._interrupted = interrupts.stopped
            self._write_end()
        except BrokenPipeError:
            silence()
        self._failures = sources.failures
        self._tell_notes()

    def _judge_all(self, sources: Sources, interrupts: Interrupts) -> None:
        rows = iter(sources)
        try:
            while not interrupts.stopped:
                interrupts.waiting = True
                row = next(rows, None)
                interrupts.waiting = False
                if row is None:
                    return
                self._row(row)
                if sources.interactive and self._out is not None:
                    self._out.flush()
        except KeyboardInterrupt:
            return

    def exit_code(self, fail_on: str, *, exit_zero: bool) -> int:
        """Return 130 after Ctrl-C, else 2 for what could not be read, 1 for a hit, 3 for bad rows."""
        if self._interrupted:
            return INTERRUPTED
        if self._failures:
            return 2
        if exit_zero:
            return 0
        if fail_on != "never" and any(
            self.levels[level.label] for level in Level if level >= Level[fail_on.upper()]
        ):
            return 1
        return 3 if self.levels["error"] else 0

    def _row(self, row: Row) -> None:
        if row.broken:
            verdict = self._guard.unreadable(row.text, "bad_encoding")
            self._broken += 1
        else:
            verdict = self._guard.check(row.text, cut=row.cut)
        self.shown[level_name(verdict)] += 1
        if verdict.level is None:
            self.levels["error"] += 1
        else:
            self.levels[verdict.level.label] += 1
            self._texts += verdict.kind == "text"
        if verdict.brand:
            self.brands[verdict.brand] += 1
        if verdict.score >= self._min_score or verdict.level is None:
            self._write(verdict)

    def _write_start(self) -> None:
        if self._out is not None and self._form in _STARTS:
            self._out.write(_STARTS[self._form])

    def _write_end(self) -> None:
        if self._out is not None and self._form == "json":
            self._out.write("\n]\n" if self._written else "]\n")

    def _write(self, verdict: Verdict) -> None:
        if self._out is None:
            return
        if self._form == "table":
            text = "".join(f"{line}\n" for line in self._table.lines(verdict))
        elif self._form == "csv":
            text = machine.csv_line(verdict) + "\n"
        elif self._form == "json":
            text = (",\n" if self._written else "\n") + machine.json_line(verdict)
        else:
            text = machine.json_line(verdict) + "\n"
        self._out.write(text)
        self._written += 1

    def _tell_notes(self) -> None:
        """Say on stderr what the verdicts do not: once each, after them."""
        if self._out is not None:
            try:
                self._out.flush()
            except OSError:
                return
        for failure in self._failures:
            tell(f"Error: {failure}")
        texts = self._guard.book_texts()
        if self._broken:
            tell(texts["note_encoding"].format(n=self._broken))
        if self._texts and self._out is not None:
            tell(texts["note_text"].format(n=self._texts))
        if not self.levels.total() and not self._interrupted and not self._failures:
            tell(texts["nothing_to_check"])


_STARTS: Final = {"json": "[", "csv": f"{machine.csv_header()}\n"}
"""What stands before the first verdict."""
