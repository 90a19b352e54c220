"""One scan from its first row to its last: read, judge on all cores, write, take checkpoints."""

import time
import zlib
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from urlguard.errors import ListError, UrlguardError, UsageError
from urlguard.scanning import checkpoints
from urlguard.scanning.batching import BATCH, batched, chosen
from urlguard.scanning.checkpoints import Checkpoint, checkpoint_file
from urlguard.scanning.dates import day
from urlguard.scanning.judging import Judged
from urlguard.scanning.merging import Look, Merged, Taken, rows_of
from urlguard.scanning.outputs import Outputs, forget, unwritable
from urlguard.scanning.plan import Outcome, Plan, Progress
from urlguard.scanning.remembering import Remembered
from urlguard.scanning.workers import Alone, Workers
from urlguard.tables.rows import Finding, Head, Scanned, Table

if TYPE_CHECKING:
    from urlguard.scanning.summing import Sums

_SMALL: Final = 4_000
"""Tables of fewer rows are judged sooner than other processes have started."""
_WAIT: Final = 0.2
_AHEAD: Final = 4
"""Batches a worker that are read before the oldest of them is written."""


class _Batch(NamedTuple):
    rows: list[Taken]
    fresh: list[Judged]
    """What was not judged before, each once."""
    after: tuple[int, int, int]
    """Rows taken, digest and duplicates with this batch."""


class Scan:
    """One run. `look` is asked to look at each table; `told` hears how far it is, some times a second."""

    def __init__(
        self,
        plan: Plan,
        found: Merged,
        head: Head,
        look: Callable[[Table], Look],
        told: Callable[[Progress], None],
    ) -> None:
        """Take what it is made of."""
        self._plan = plan
        self._found = found
        self._head = head
        self._told = told
        self.outcome = Outcome()
        self._rows = rows_of(found, look, self.outcome.failures.append, self.outcome.left.append)
        self._known: Remembered[Judged, Finding] = Remembered(max(30_000, 2 * plan.workers * _AHEAD * BATCH))
        self._under_way: set[Judged] = set()
        self._taken = self._digest = self._duplicates = 0
        self._at = (0, 0, 0)
        """Rows taken, digest and duplicates, of all that is written."""
        self._stopping = False

    def stop(self) -> None:
        """Stop after the batch that is being written; may be called from a signal."""
        self._stopping = True

    def run(
        self, summary: "Callable[[Sums, int], Mapping[str, Any]]", past: Checkpoint | None = None
    ) -> Outcome:
        """Scan to the end, or until it is stopped; from `past`, when there is such.

        `summary` makes the report's numbers of sums and duplicates. Raises `UrlguardError` when the
        run cannot go on.
        """
        file = checkpoint_file(self._plan.outputs)
        batches = self._batches()
        if past is not None:
            self._skip(batches, past)
        outputs = Outputs(self._plan.outputs, self._head, past.outputs if past else None)
        try:
            self._work(batches, outputs, file)
            if not self.outcome.rows and not self._stopping:
                names = ", ".join(table.name for table in self._found.tables)
                if self._plan.sample is not None and not self.outcome.failures:
                    raise ListError(f"{names}: no row of it is in the sample", "take a larger --sample")
                raise ListError(f"{names}: there are no rows in it", "is it the right file or sheet?")
            self.outcome.duplicates = self._at[2]
            self.outcome.stopped = self._stopping
            if not self.outcome.stopped:  # from here on it is sooner done than begun again
                self._told(Progress(self.outcome.rows, 1.0, finishing=True))
                self._save(file, outputs, whole=True)
                outputs.finish(lambda sums: summary(sums, self._at[2]))
                file.unlink(missing_ok=True)
        except UrlguardError:
            outputs.close()
            if not self.outcome.rows:
                forget(self._plan.outputs)
                file.unlink(missing_ok=True)
            raise
        finally:
            outputs.close()
        return self.outcome

    # Reading

    def _batches(self) -> Iterator[_Batch]:
        blocks = chosen(self._rows, self._plan.sample, self._plan.limit)
        return map(self._batch, batched(blocks, BATCH))

    def _batch(self, rows: list[Taken]) -> _Batch:
        """Find out which rows have to be judged: those that are new, each once."""
        fresh: list[Judged] = []
        known, under_way = self._known, self._under_way
        for row in rows:
            judged = row.judged
            if judged is None:
                continue
            if known.seen(judged):
                self._duplicates += 1
                if known.answer(judged) is not None or judged in under_way:
                    continue
            under_way.add(judged)
            fresh.append(judged)
        self._taken += len(rows)
        all_of_them = repr([row.judged for row in rows])
        self._digest = zlib.crc32(all_of_them.encode("utf-8", "surrogatepass"), self._digest)
        return _Batch(rows, fresh, (self._taken, self._digest, self._duplicates))

    def _skip(self, batches: Iterator[_Batch], past: Checkpoint) -> None:
        """Read over what was written already; which rows were seen is kept in mind."""
        while self._at[0] < past.taken and not self._stopping:
            batch = next(batches, None)
            if batch is None:
                break
            self._at = batch.after
            self._under_way.clear()
            self._told(Progress(self._at[0], self._share()))
        if not self._stopping and self._at != (past.taken, past.digest, past.duplicates):
            message = (
                f"the rows before row {past.taken + 1} are not those that were scanned then\n"
                "  mend: scan from the beginning with --restart"
            )
            raise UsageError(message)
        self.outcome.levels = dict(past.levels)
        self.outcome.rows = past.rows

    # Judging and writing

    def _work(self, batches: Iterator[_Batch], outputs: Outputs, file: Path) -> None:
        """Judge and write all batches, in order, or as many as there are before it is stopped."""
        head = list(islice(batches, _SMALL // BATCH))
        batches = chain(head, batches)
        alone = self._plan.workers == 1 or len(head) < _SMALL // BATCH
        judge = Alone(self._plan.rules) if alone else Workers(self._plan.rules, self._plan.workers)
        try:
            self._judge(batches, judge, outputs, file)
        finally:
            judge.close()
        if self._stopping:
            self._save(file, outputs)

    def _judge(self, batches: Iterator[_Batch], judge: Alone | Workers, outputs: Outputs, file: Path) -> None:
        waiting: deque[_Batch] = deque()
        done: dict[int, list[Finding]] = {}
        given = written = 0
        saved = time.monotonic()
        while True:
            while judge.room and len(waiting) < _AHEAD * self._plan.workers and not self._stopping:
                batch = next(batches, None)
                if batch is None:
                    break
                waiting.append(batch)
                judge.submit(given, batch.fresh)
                given += 1
            if not waiting or self._stopping:
                return
            done.update(judge.results(_WAIT))
            while written in done:
                self._write(waiting.popleft(), done.pop(written), outputs)
                written += 1
            self._told(Progress(self.outcome.rows, self._share()))
            if time.monotonic() - saved >= self._plan.checkpoint:
                self._save(file, outputs)
                saved = time.monotonic()

    def _write(self, batch: _Batch, findings: list[Finding], outputs: Outputs) -> None:
        keep, under_way = self._known.keep, self._under_way
        now = dict(zip(batch.fresh, findings, strict=True))
        for judged, found in now.items():
            keep(judged, found)
            under_way.discard(judged)
        rows = []
        for row in batch.rows:
            finding = now.get(row.judged) if row.judged is not None else None
            if finding is None or not finding.level:
                finding = self._finding(row, finding)
            rows.append(Scanned(row.number, row.source, row.cells, finding, day(row.day) if row.day else ""))
        counted = Counter([_name(row.finding) for row in rows])
        for name, count in counted.items():
            self.outcome.levels[name] = self.outcome.levels.get(name, 0) + count
        outputs.rows(rows)
        self.outcome.rows += len(rows)
        self._at = batch.after

    def _finding(self, row: Taken, found: Finding | None) -> Finding:
        """Return what is known of a row that was judged before this batch, or could not be judged."""
        if row.error:
            return Finding("", 0, error=row.error)
        if found is None:
            found = self._known.answer(row.judged) if row.judged is not None else _NOTHING
        if found is None:
            raise AssertionError("a row under way was forgotten")
        if found.level:
            return found
        message = found.error or self._head.texts["nothing_in_row"]
        return found._replace(error=f"{row.source}:{row.number}: {message}")

    def _share(self) -> float | None:
        """Return how much of all tables has been read; each counts the same."""
        shares = [table.share() for table in self._found.tables]
        known = [share for share in shares if share is not None]
        return sum(known) / len(shares) if len(known) == len(shares) else None

    def _save(self, file: Path, outputs: Outputs, *, whole: bool = False) -> None:
        """Put on the disk what was written, then say so. Raises `UsageError` when there is no room."""
        try:
            state = {**outputs.sync(), "whole": whole}
            taken, digest, duplicates = self._at
            now = Checkpoint(
                self._plan.said, taken, digest, duplicates, self.outcome.rows, self.outcome.levels, state,
                self._head.made,
            )  # fmt: skip
            checkpoints.write(file, now)
        except OSError as error:
            raise UsageError(unwritable(error)) from None


def _name(finding: Finding) -> str:
    """Return what a summary counts a row as."""
    if finding.score and finding.level == "clear":
        return "weak"
    return finding.level or "error"


_NOTHING: Final = Finding("", 0)
