"""`urlguard check`: links in, verdicts out, one line each."""

import os
import shutil
import stat
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

import click

from urlguard.cli.options import LANGUAGES, colour_wanted, lang_option, language, packs_option
from urlguard.cli.rows import LINE_LIMIT, Row, rows
from urlguard.errors import UsageError
from urlguard.guard import Guard
from urlguard.model import Level, Verdict
from urlguard.reports import machine
from urlguard.reports.table import Table, summary

FORMATS: Final = ("table", "jsonl", "json", "csv")
_LEVELS: Final = tuple(level.label for level in Level if level)
_HELP_LEVEL: Final = "Exit with 1 when a verdict is at or above this level."

__all__ = ["LANGUAGES", "command"]


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
@lang_option
@packs_option
def command(  # noqa: PLR0913, PLR0917  (one parameter an option)
    links: tuple[str, ...],
    files: tuple[Path, ...],
    explain: bool,  # noqa: FBT001  (click passes flags by name)
    form: str,
    fail_on: str,
    exit_zero: bool,  # noqa: FBT001
    min_score: int,
    quiet: bool,  # noqa: FBT001
    stats: bool,  # noqa: FBT001
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
    if not links and not files and sys.stdin.isatty():
        raise click.UsageError(_NOTHING_GIVEN)
    guard = Guard(packs, lang=language(lang))
    run = _Run(guard, form, explain=explain, min_score=0 if quiet else min_score, quiet=quiet)
    code = run.judge(_Inputs(links, files))
    if stats:
        for line in summary(guard.book_texts(), run.levels, run.brands):
            print(line, file=sys.stderr)
    if run.failed:
        code = 2
    elif fail_on != "never" and run.at_or_above(fail_on):
        code = code or 1
    elif run.levels["error"]:
        code = code or 3
    if exit_zero and code in {1, 3}:
        code = 0
    click.get_current_context().exit(code)


_NOTHING_GIVEN: Final = (
    "give links as arguments, name a file with --file, or pipe lines in: cat links.txt | urlguard check"
)


class _Inputs:
    """Rows of all sources in order, and what could not be opened."""

    def __init__(self, links: tuple[str, ...], files: tuple[Path, ...]) -> None:
        self._links = links
        self._files = files
        self.failures: list[str] = []
        self.interactive = False
        """Each verdict must be out before the next row is read."""

    def __iter__(self) -> Iterator[Row]:
        for number, link in enumerate(self._links, 1):
            if link == "-":
                yield from self._stdin()
            elif link.strip():
                text = link.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
                yield Row(number, text[:LINE_LIMIT], len(text) > LINE_LIMIT, text != link)
        for path in self._files:
            yield from self._file(path)
        if not self._links and not self._files:
            yield from self._stdin()

    def _stdin(self) -> Iterator[Row]:
        stream = sys.stdin.buffer
        self.interactive = not stat.S_ISREG(os.fstat(stream.fileno()).st_mode)
        yield from self._read(stream, "stdin")
        self.interactive = False

    def _file(self, path: Path) -> Iterator[Row]:
        if str(path) == "-":
            yield from self._stdin()
            return
        try:
            with path.open("rb") as stream:
                yield from self._read(stream, str(path))
        except OSError as error:
            self.failures.append(f"{path}: {error.strerror or 'cannot be read'}")

    def _read(self, stream: BinaryIO, name: str) -> Iterator[Row]:
        try:
            yield from rows(stream, name)
        except UsageError as error:
            self.failures.append(str(error))


class _Run:
    """Judges rows and writes verdicts as it goes."""

    def __init__(self, guard: Guard, form: str, *, explain: bool, min_score: int, quiet: bool) -> None:
        self._guard = guard
        self._form = form
        self._min_score = min_score
        self._quiet = quiet
        self.levels: Counter[str] = Counter()
        self.brands: Counter[str] = Counter()
        self.failed = False
        columns = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
        names = guard.brand_names()
        self._table = Table(
            guard.book_texts(), names, colour=colour_wanted(), columns=columns, explain=explain
        )
        self._written = 0

    def judge(self, inputs: _Inputs) -> int:
        """Write a verdict for each row; return 130 when interrupted, else 0."""
        code = 0
        if self._form != "table":
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr] (a text stream)
        else:
            sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr] (as above)
        if not self._quiet:
            self._open()
        try:
            for row in inputs:
                self._row(row)
                if inputs.interactive:
                    sys.stdout.flush()
        except KeyboardInterrupt:
            code = 130
        if not self._quiet and self._form == "json":
            sys.stdout.write("\n]\n" if self._written else "]\n")
        for failure in inputs.failures:
            self.failed = True
            print(f"Error: {failure}", file=sys.stderr)
        if not sum(self.levels.values()) and not code and not self.failed:
            print("Nothing to check: the input is empty.", file=sys.stderr)
        return code

    def at_or_above(self, level: str) -> bool:
        """Tell whether a verdict reached a level."""
        least = Level[level.upper()]
        return any(self.levels[found.label] for found in Level if found >= least)

    def _open(self) -> None:
        if self._form == "json":
            sys.stdout.write("[")
        elif self._form == "csv":
            sys.stdout.write(machine.csv_header() + "\n")

    def _row(self, row: Row) -> None:
        if row.broken:
            verdict = self._guard.unreadable(row.text, "bad_encoding")
        else:
            verdict = self._guard.check(row.text, cut=row.cut)
        self.levels[verdict.level.label if verdict.level is not None else "error"] += 1
        if verdict.brand:
            self.brands[verdict.brand] += 1
        if not self._quiet and (verdict.score >= self._min_score or verdict.level is None):
            self._write(verdict)

    def _write(self, verdict: Verdict) -> None:
        if self._form == "table":
            for line in self._table.lines(verdict):
                sys.stdout.write(line + "\n")
        elif self._form == "csv":
            sys.stdout.write(machine.csv_line(verdict) + "\n")
        elif self._form == "json":
            sys.stdout.write((",\n" if self._written else "\n") + machine.json_line(verdict))
        else:
            sys.stdout.write(machine.json_line(verdict) + "\n")
        self._written += 1
