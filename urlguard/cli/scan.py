"""`urlguard scan`: tables in, the same tables with verdicts and a report out."""

import math
import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, Final

import click

from urlguard.cli.options import lang_option, language, packs_option
from urlguard.cli.progress import Told
from urlguard.cli.registries import registry_options, registry_to_ask
from urlguard.cli.resuming import past_of, said_of
from urlguard.cli.streams import INTERRUPTED, tell
from urlguard.guard import Guard
from urlguard.model import Level
from urlguard.reports.screen import fitted
from urlguard.reports.table import summary
from urlguard.scanning import checkpoints
from urlguard.scanning.checkpoints import Checkpoint
from urlguard.scanning.describing import About, Records, head_of, records_of
from urlguard.scanning.merging import Look, looked_at, merged
from urlguard.scanning.outputs import KINDS
from urlguard.scanning.plan import CHECKPOINT, Outcome, Plan
from urlguard.scanning.running import Scan
from urlguard.scanning.workers import Rules
from urlguard.tables.reading import FORMS, Options, Tables, tables
from urlguard.tables.rows import Table

_LEVELS: Final = tuple(level.label for level in Level if level)
_TERMINATED: Final = 128 + signal.SIGTERM
_LAST: Final = 253_402_300_799
"""The last second of the year 9999, since 1970."""
_SHOWN: Final = 20
"""Columns that are told to be judged, of those that are, each shortened to so many characters:"""
_WIDE: Final = 60


@click.command("scan", short_help="Scan tables: CSV, Excel, JSON lines ... in; the same with verdicts out.")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("-o", "--output", "outputs", multiple=True, required=True, metavar="FILE",
              type=click.Path(path_type=Path, dir_okay=False),
              help=f"Where to write; its ending says what: {', '.join(KINDS)}. May be repeated.")  # fmt: skip
@click.option("-c", "--column", "columns", multiple=True, metavar="NAME",
              help="Judge this column, by its name or number, and no other; may be repeated. "
              "Default: the columns that hold links, texts or phones.")  # fmt: skip
@click.option("-f", "--format", "form", type=click.Choice(FORMS), default=None,
              help="What the files are, when their content does not tell.")  # fmt: skip
@click.option("--encoding", metavar="NAME", default=None,
              help="Encoding of text files, as cp1251; default: seen from the bytes.")  # fmt: skip
@click.option("--separator", metavar="CHAR", default=None,
              help="What stands between cells of CSV, one character or 'tab'; "
              "default: seen from the rows.")  # fmt: skip
@click.option("--header/--no-header", default=None,
              help="Whether the first row holds the names of columns; default: seen from them.")  # fmt: skip
@click.option("--workers", type=click.IntRange(1, 256), default=None, metavar="N",
              help="Processes that judge; default: one for each core.")  # fmt: skip
@click.option("--limit", type=click.IntRange(1), default=None, metavar="N", help="Only the first N rows.")
@click.option("--sample", type=click.FloatRange(0, 100, min_open=True), default=None, metavar="PERCENT",
              help="Only so many of a hundred rows, spread over all, the same ones each time.")  # fmt: skip
@click.option("--resume", is_flag=True, help="Go on with the run of this command that was cut off.")
@click.option("--restart", is_flag=True, help="Begin anew, though a run that was cut off could go on.")
@click.option("--checkpoint", type=click.FloatRange(0), default=CHECKPOINT, show_default=True,
              metavar="SECONDS", help="How much work may be lost when the machine fails.")  # fmt: skip
@click.option("--fail-on", type=click.Choice((*_LEVELS, "never")), default="dangerous", show_default=True,
              help="Exit with 1 when a row is at or above this level.")  # fmt: skip
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever was found (errors still give 2).")
@click.option("-q", "--quiet", is_flag=True, help="Tell nothing on stderr but errors.")
@registry_options
@lang_option
@packs_option
def command(files: tuple[Path, ...], outputs: tuple[Path, ...], **said: Any) -> None:  # noqa: ANN401
    """Judge every row of FILES and write all of them, in order, with what was found beside them.

    FILES are text, CSV, JSON lines, also .gz and .zst, Excel and ODS workbooks, Parquet, folders of
    such, or '-' for stdin. Columns with links, texts and phones are found by themselves. Each row gets
    level, score, brand, scheme, reasons, entries, advice and error. An output gets its name when it
    is whole; a run that was cut off goes on with --resume.

    \b
    Exit codes: 0 nothing at or above --fail-on; 1 something is; 2 wrong usage or a file that cannot
    be read or written; 3 finished, but some rows were unreadable; 130 and 143 stopped by a signal.

    \b
    urlguard scan list.xlsx -o result.xlsx -o report.html
    urlguard scan export.csv -o result.csv --column "Ссылка" --column "Текст"
    zcat links.gz | urlguard scan - -o flagged.sarif
    """
    past = past_of(files, outputs, resume=said["resume"], restart=said["restart"])
    rules = Rules(
        said["packs"], language(said["lang"]), registry_to_ask(said["registry"], said["no_registry"])
    )
    guard = rules.guard()
    quiet: bool = said["quiet"]
    stdin = sys.stdin.buffer if sys.stdin else None
    opened = tables(files or (Path("-"),), _options(said), stdin=stdin, written=outputs)
    records = records_of(rules.registry, guard) if rules.registry is not None else None
    plan = Plan(
        outputs, rules, said["workers"] or _cores(), said["limit"],
        said["sample"] / 100 if said["sample"] is not None else None, said["checkpoint"],
        said_of(files, outputs, said, guard, records),
    )  # fmt: skip
    texts = guard.book_texts()
    if not quiet:
        for name in opened.left:
            tell(texts["scan_left_out"].format(name=name))
    since = checkpoints.read(past, plan.said) if past is not None else None
    run = _Run(plan, guard, opened, said["columns"], records=records, past=since, quiet=quiet)
    code = run.scan(said["fail_on"], exit_zero=said["exit_zero"])
    click.get_current_context().exit(code)


class _Run:
    """What the command puts together and tells about one scan."""

    def __init__(
        self,
        plan: Plan,
        guard: Guard,
        found: Tables,
        columns: Sequence[str],
        *,
        records: Records | None,
        past: Checkpoint | None,
        quiet: bool,
    ) -> None:
        self._plan = plan
        self._guard = guard
        self._texts = guard.book_texts()
        self._found = found.tables
        self._broken = [str(error) for error in found.broken]
        self._names = columns
        self._records = records
        self._past = past
        self._quiet = quiet
        self._columns: dict[str, str] = {}
        self._day_column = ""

    def scan(self, fail_on: str, *, exit_zero: bool) -> int:
        """Scan, tell what came out and return the exit code."""
        day = self._past.day if self._past is not None else _today()
        joined = merged(self._found)
        head = head_of(self._guard, joined, day)
        with Told(self._texts, quiet=self._quiet) as told:
            scan = Scan(self._plan, joined, head, self._looked_at, told)
            with _stopping(scan) as signals:
                outcome = scan.run(lambda sums, twice: self._about(day).summary(sums, twice), self._past)
        outcome.failures += self._broken
        for failure in outcome.failures:
            tell(f"Error: {failure}")
        if outcome.stopped:
            tell(self._texts["scan_stopped"].format(rows=f"{outcome.rows:,}"))
            return signals[0] if signals else INTERRUPTED
        if not self._quiet:
            self._sum_up(outcome)
        return _exit_code(outcome, fail_on, exit_zero=exit_zero)

    def _looked_at(self, table: Table) -> Look:
        """Look at a table, and say what of it is judged."""
        look = looked_at(table, self._names)
        texts = self._texts
        roles = {
            "link": texts["scan_role_link"],
            "text": texts["scan_role_text"],
            "phone": texts["scan_role_phone"],
        }
        judged = {table.columns[at]: role for at, role in look.roles.items()}
        new = {name: role for name, role in judged.items() if self._columns.get(name) != role}
        self._columns |= judged
        if look.day is not None:
            self._day_column = table.columns[look.day]
        if new and not self._quiet:
            first = islice(judged.items(), _SHOWN)
            columns = ", ".join(f"{fitted(name, _WIDE)} ({roles[role]})" for name, role in first)
            columns += f" … ({len(judged):,})" if len(judged) > _SHOWN else ""
            tell(f"{table.name}: {texts['scan_judging'].format(columns=columns)}")
        return look

    def _about(self, day: str) -> About:
        plan = self._plan
        return About(
            guard=self._guard,
            rules=plan.rules,
            files=[table.name for table in self._found],
            columns=self._columns,
            day_column=self._day_column,
            records=self._records,
            day=day,
            sampled=f"{plan.sample * 100:g} %" if plan.sample is not None else "",
            limited=plan.limit or 0,
        )

    def _sum_up(self, outcome: Outcome) -> None:
        texts = self._texts
        for line in summary(texts, outcome.levels, {}):
            tell(line)
        for name in outcome.left:
            tell(texts["scan_left_out"].format(name=name))
        if outcome.duplicates:
            tell(f"  {texts['scan_duplicates'].format(n=outcome.duplicates)}")
        tell(texts["scan_written"].format(names=", ".join(map(str, self._plan.outputs))))


def _exit_code(outcome: Outcome, fail_on: str, *, exit_zero: bool) -> int:
    """Return 2 where something could not be read to its end, else 1 for a hit, 3 for unreadable rows."""
    if outcome.failures:
        return 2
    if exit_zero:
        return 0
    bad = [level.label for level in Level if fail_on != "never" and level >= Level[fail_on.upper()]]
    if any(outcome.levels.get(level) for level in bad):
        return 1
    return 3 if outcome.levels.get("error") else 0


@contextmanager
def _stopping(scan: Scan) -> Iterator[list[int]]:
    """Let Ctrl-C and SIGTERM stop a scan between two batches; yield the exit codes of those that came.

    A second one stops it at once: its last checkpoint is on the disk.
    """
    codes: list[int] = []

    def caught(number: int, _frame: object) -> None:
        codes.append(INTERRUPTED if number == signal.SIGINT else _TERMINATED)
        if len(codes) > 1:
            raise KeyboardInterrupt
        scan.stop()

    before = {number: signal.signal(number, caught) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield codes
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _options(said: dict[str, Any]) -> Options:
    if said["sample"] is not None and math.isnan(said["sample"]):
        raise click.UsageError("--sample is a number of rows in a hundred, as 5 or 0.1")
    return Options(said["encoding"], said["separator"], said["header"], said["form"])


def _cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _today() -> str:
    """Return the day; `SOURCE_DATE_EPOCH` (reproducible-builds.org) sets it, up to the year 9999."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    known = given.isdecimal() and len(given) <= len(str(_LAST)) and int(given) <= _LAST
    return time.strftime("%Y-%m-%d", time.gmtime(int(given)) if known else time.localtime())
