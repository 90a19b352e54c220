"""One run of `urlguard check`: rows are judged and written one by one, and counted."""

import shutil
from collections import Counter
from typing import Final, TextIO

from urlguard.cli.options import colour_wanted
from urlguard.cli.rows import Row
from urlguard.cli.sources import Sources
from urlguard.cli.streams import INTERRUPTED, Interrupts, silence, tell
from urlguard.guard import Guard
from urlguard.model import Level, Verdict
from urlguard.reports import machine
from urlguard.reports.table import Table, summary
from urlguard.reports.wording import level_name
from urlguard.worded import wording_of


class Run:
    """Judges rows and writes verdicts as it goes, to `out`; nowhere when that is None."""

    def __init__(self, guard: Guard, out: TextIO | None, form: str, *, explain: bool, min_score: int) -> None:
        self._guard = guard
        self._out = out
        self._form = form
        self._min_score = min_score
        self._levels: Counter[str] = Counter()
        self._shown: Counter[str] = Counter()
        self._brands: Counter[str] = Counter()
        self._schemes: Counter[str] = Counter()
        self._broken = 0
        self._failures: list[str] = []
        self._interrupted = False
        self._written = 0
        columns = shutil.get_terminal_size().columns if out is not None and out.isatty() else None
        self._words = wording_of(guard)
        self._table = Table(self._words, colour=colour_wanted(), columns=columns, explain=explain)

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

    def sum_up(self) -> None:
        """Tell on stderr what there was."""
        for line in summary(self._guard.book_texts(), self._shown, self._brands, self._schemes):
            tell(line)

    def exit_code(self, fail_on: str, *, exit_zero: bool) -> int:
        """Return 130 after Ctrl-C, else 2 for what could not be read, 1 for a hit, 3 for bad rows."""
        if self._interrupted:
            return INTERRUPTED
        if self._failures:
            return 2
        if exit_zero:
            return 0
        if fail_on != "never" and any(
            self._levels[level.label] for level in Level if level >= Level[fail_on.upper()]
        ):
            return 1
        return 3 if self._levels["error"] else 0

    def _row(self, row: Row) -> None:
        if row.broken:
            verdict = self._guard.unreadable(row.text, "bad_encoding")
            self._broken += 1
        else:
            verdict = self._guard.check(row.text, cut=row.cut)
        self._shown[level_name(verdict)] += 1
        if verdict.level is None:
            self._levels["error"] += 1
        else:
            self._levels[verdict.level.label] += 1
        if verdict.brand:
            self._brands[verdict.brand] += 1
        if verdict.scheme:
            self._schemes[self._words.schemes.get(verdict.scheme, verdict.scheme)] += 1
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
        if not self._levels.total() and not self._interrupted and not self._failures:
            tell(texts["nothing_to_check"])


_STARTS: Final = {"json": "[", "csv": f"{machine.csv_header()}\n"}
"""What stands before the first verdict."""
