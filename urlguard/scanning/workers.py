"""Workers: processes that judge batches of rows, and the one process that does without them.

Not `concurrent.futures`: its workers outlive a parent that is killed, and one that dies takes
the whole pool with it. Here each worker has pipes of its own: when the parent is gone their ends
close and the worker ends; when a worker dies, what it had is given to a new one.
"""

import gc
import signal
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any, Final

from urlguard.errors import UrlguardError, UsageError
from urlguard.guard import Guard
from urlguard.scanning.judging import Judge, Judged, unsigned
from urlguard.tables.rows import Finding

_AHEAD: Final = 2
"""Batches a worker has: one under way and one waiting, so that it never waits for the parent."""
_TRIES: Final = 2
"""So often a batch may end its worker before it is judged row by row."""
_PIPE: Final = 1 << 20
"""Bytes: what Linux allows everybody."""
_DEATHS: Final = 5
"""So many rows one after the other that end their worker are not to blame for it."""

_WHERE: Final = 3
"""The last fields of a finding: suffix, hosting, marks."""
Wire = tuple[Any, ...]
"""A finding as a plain tuple: its class would be named in each; of one without signs, which most are, only
suffix and hosting."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a worker judges by."""

    packs: tuple[Path, ...] = ()
    lang: str = "en"
    registry: Path | None = None

    def guard(self) -> Guard:
        """Return the guard. Raises `PackErrors`, `UsageError` and `RegistryError` as it does."""
        return Guard(self.packs, lang=self.lang, registry=self.registry)


class Alone:
    """Judges in this process: one core, and nothing to start."""

    def __init__(self, rules: Rules) -> None:
        """Load the rules."""
        self._find = Judge(rules.guard()).find
        self._done: deque[tuple[int, list[Finding]]] = deque()
        gc.freeze()

    @property
    def room(self) -> bool:
        """Whether what was judged has been taken."""
        return not self._done

    def submit(self, number: int, batch: Sequence[Judged]) -> None:
        """Judge a batch; `number` comes back with its findings."""
        self._done.append((number, [finding(self._find, judged) for judged in batch]))

    def results(self, _seconds: float) -> list[tuple[int, list[Finding]]]:
        """Return what is done."""
        done = list(self._done)
        self._done.clear()
        return done

    def close(self) -> None:
        """Nothing is left running."""


@dataclass(slots=True)
class _Batch:
    number: int
    rows: Sequence[Judged]
    tries: int = 0


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    tasks: Connection
    answers: Connection
    batches: deque[_Batch] = field(default_factory=deque)


class Workers:
    """Several processes that judge. Batches come back in any order."""

    def __init__(
        self, rules: Rules, count: int, judge: "Callable[[Rules, Connection, Connection], None] | None" = None
    ) -> None:
        """Start `count` processes; `judge` is what they run, if not `judging`."""
        self._rules = rules
        self._run = judge or judging
        self._context = get_context("spawn")
        self._workers = [self._started() for _ in range(count)]

    @property
    def room(self) -> bool:
        """Whether some worker can take another batch without a long wait."""
        return any(len(worker.batches) < _AHEAD for worker in self._workers)

    def submit(self, number: int, batch: Sequence[Judged]) -> None:
        """Give a batch to the worker that has least to do."""
        worker = min(self._workers, key=lambda one: len(one.batches))
        self._give(worker, _Batch(number, batch))

    def results(self, seconds: float) -> list[tuple[int, list[Finding]]]:
        """Return what was done within `seconds`. Raises `UrlguardError` for wrong rules or registry."""
        done = []
        pipes = {worker.answers: worker for worker in self._workers if worker.batches}
        for pipe in wait(list(pipes), seconds):
            worker = pipes[pipe]  # type: ignore[index]  # `wait` gives back what it was given
            try:
                answer = worker.answers.recv()
            except (EOFError, OSError):
                done += self._replaced(worker)
                continue
            if isinstance(answer, str):
                raise UsageError(answer)
            batch = worker.batches.popleft()
            done.append((batch.number, list(map(_unpacked, answer))))
        return done

    def close(self) -> None:
        """End all workers."""
        for worker in self._workers:
            _end(worker)

    def _started(self) -> _Worker:
        given, tasks = self._context.Pipe(duplex=False)
        answers, told = self._context.Pipe(duplex=False)
        process = self._context.Process(target=self._run, args=(self._rules, given, told), daemon=True)
        process.start()
        given.close()  # a pipe ends when its last other end is closed
        told.close()
        _widen(tasks)
        _widen(answers)
        return _Worker(process, tasks, answers)

    def _give(self, worker: _Worker, batch: _Batch) -> None:
        worker.batches.append(batch)
        try:
            worker.tasks.send(batch.rows)
        except OSError:
            return  # it died: that is seen, and mended, where its answer is waited for

    def _replaced(self, worker: _Worker) -> list[tuple[int, list[Finding]]]:
        """Start a worker for one that died; a batch that keeps ending workers is judged row by row."""
        worker.process.join()
        code = worker.process.exitcode
        _end(worker)
        fresh = self._started()
        self._workers[self._workers.index(worker)] = fresh
        done = []
        for batch in worker.batches:
            batch.tries += batch is worker.batches[0]
            if batch.tries > _TRIES:
                done.append((batch.number, self._one_by_one(batch.rows, code)))
            else:
                self._give(fresh, batch)
        return done

    def _one_by_one(self, rows: Sequence[Judged], code: int | None) -> list[Finding]:
        """Judge each row in turn; one that ends its worker becomes an error, and a new worker goes on."""
        found: list[Finding] = []
        worker = self._started()
        deaths = 0
        for row in rows:
            try:
                worker.tasks.send([row])
                answer = worker.answers.recv()
                deaths = 0
            except (EOFError, OSError):
                _end(worker)
                deaths += 1
                if deaths > _DEATHS:
                    message = (
                        f"the processes that judge end as soon as they begin (exit code {code})\n"
                        "  mend: give the machine more memory, or judge in one process with --workers 1"
                    )
                    raise UsageError(message) from None
                worker = self._started()
                answer = [_packed(_broken(f"judging it ended the process (exit code {code})"))]
            if isinstance(answer, str):
                raise UsageError(answer)
            found.append(_unpacked(answer[0]))
        _end(worker)
        return found


def _widen(pipe: Connection) -> None:
    """Make room in a pipe for a batch, so that nobody waits for the other side; only Linux can."""
    try:
        from fcntl import F_SETPIPE_SZ, fcntl  # noqa: PLC0415  (not everywhere)

        fcntl(pipe.fileno(), F_SETPIPE_SZ, _PIPE)
    except (ImportError, OSError):
        return


def _end(worker: _Worker) -> None:
    """End a worker at once: it writes nothing that could be lost."""
    worker.tasks.close()
    worker.answers.close()
    worker.process.kill()
    worker.process.join()


def judging(rules: Rules, given: Connection, told: Connection) -> None:
    """Judge what comes through a pipe until its other end is closed: the life of a worker."""
    for name in ("SIGINT", "SIGTERM"):
        signal.signal(getattr(signal, name), signal.SIG_IGN)  # the parent stops us, between two batches
    try:
        find = Judge(rules.guard()).find
    except UrlguardError as error:
        _answer(told, str(error))
        return
    gc.freeze()
    gc.disable()  # what a row leaves behind is freed at once: there are no cycles in it
    batches: SimpleQueue[list[Judged] | None] = SimpleQueue()
    Thread(target=_receive, args=(given, batches), daemon=True).start()
    while (batch := batches.get()) is not None:
        try:
            answer: list[Wire] | str = [_packed(finding(find, judged)) for judged in batch]
        except UrlguardError as error:
            answer = str(error)
        _answer(told, answer)


def _receive(pipe: Connection, batches: "SimpleQueue[list[Judged] | None]") -> None:
    """Take in batches while others are judged: parent and worker must never both wait to send."""
    try:
        while True:
            batches.put(pipe.recv())
    except (EOFError, OSError):
        batches.put(None)


def _packed(found: Finding) -> Wire:
    return found[-_WHERE:-1] if found is unsigned(found.suffix, found.hosting) else tuple(found)


def _unpacked(wire: Wire) -> Finding:
    return unsigned(*wire) if len(wire) == _WHERE - 1 else Finding._make(wire)


def _answer(pipe: Connection, answer: "list[Wire] | str") -> None:
    try:
        pipe.send(answer)
    except OSError:
        return  # nobody waits for it any more


def finding(find: Callable[[Judged], Finding], judged: Judged) -> Finding:
    """Judge one row; a fault of ours costs that row, and is said, instead of the whole run."""
    try:
        return find(judged)
    except UrlguardError:
        raise
    except Exception as error:  # noqa: BLE001  (whatever it is, the other rows are judged)
        return _broken(f"{type(error).__name__}: {error}")


def _broken(what: str) -> Finding:
    return Finding("", 0, error=f"this row could not be judged, a fault of urlguard: {what}")
