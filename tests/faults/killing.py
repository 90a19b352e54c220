"""Kill writers at random moments, and look at what they leave behind.

A writer says `begin` before each write and `done`, with the hash of the event, after it: what
it said is done must be there, and nothing but whole events.
"""
# ruff: noqa: S311  (chance with a seed, so that a failure can be had again)

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NoReturn

from faults.made import add, bad_checks, hashes, registry

from urlguard.errors import Refused
from urlguard.registry.filters import Filter
from urlguard.registry.registry import Registry

GROUPS = ((1, 16), (20, 16), (300, 9), (2_000, 6), (12_000, 3))
"""Rows of an import, and how many writers of such imports are killed one after the other."""
BIRTHS = 10
RESTORES = 10


@dataclass
class Outcome:
    """What the kills did."""

    seed: int
    kills: int = 0
    inside: int = 0
    """Kills that landed between `begin` and `done`."""
    acknowledged: int = 0
    kept: int = 0
    """Unacknowledged writes that are there whole."""
    faults: list[str] = field(default_factory=list)


def child(work: Callable[[int], None]) -> tuple[int, int]:
    """Fork, work in the child; return its id and the pipe it speaks to."""
    hears, speaks = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(hears)
        _end_of_child(work, speaks)
    os.close(speaks)
    return pid, hears


def _end_of_child(work: Callable[[int], None], speaks: int) -> NoReturn:
    try:
        work(speaks)
    except BaseException as error:  # noqa: BLE001  (told to the parent, whatever it is)
        os.write(speaks, f"failed {type(error).__name__}: {error}\n".encode())
    os._exit(0)


def write_on(path: Path, size: int, seed: int, speaks: int) -> None:
    """Write to a registry until killed."""
    chance = random.Random(seed)
    to = registry(path)
    while True:
        os.write(speaks, b"begin\n")
        begin = time.perf_counter()
        kind = chance.random()
        if kind < 0.7 or not path.exists() or not step_or_undo(to, chance, size, undo=kind > 0.9):
            add(to, [f"h{chance.getrandbits(40):x}.example.top" for _ in range(size)], f"N-{seed}")
        taken = time.perf_counter() - begin
        os.write(speaks, f"done {to.head()} {taken:.6f}\n".encode())


def step_or_undo(to: Registry, chance: random.Random, size: int, *, undo: bool) -> bool:
    """Lift or bring back some entries, or undo an event; tell whether anything was written."""
    with suppress(Refused):
        if undo:
            events = list(to.searching().events())
            return bool(events) and to.undo(chance.choice(events).seq, actor="faults").event is not None
        entries = islice(to.searching().entries(Filter(state="restricted")), size)
        if numbers := [entry.id for entry in entries]:
            to.step(numbers, chance.choice(["suspended_check", "expired"]), actor="faults", reason="test")
            return True
    return False


def kill_later(pid: int, hears: int, skip: int, share: float, most: float) -> list[str]:
    """Let a child begin `skip` + 1 writes, wait, kill it; return all it said.

    The wait is a share of what its write before took, of `most` seconds when there was none.
    """
    said, taken = b"", most
    while said.count(b"begin") <= skip:
        more = os.read(hears, 65_536)
        if not more:
            break
        said += more
    for line in said.decode().splitlines():
        if line.startswith("done"):
            taken = float(line.split()[2])
    time.sleep(share * taken)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    while more := os.read(hears, 65_536):
        said += more
    os.close(hears)
    return said.decode().splitlines()


def judge(outcome: Outcome, path: Path, before: list[str], said: list[str], what: str) -> None:
    """Compare what a killed writer said with what stands."""
    outcome.kills += 1
    outcome.inside += bool(said) and said[-1] == "begin"
    outcome.faults += [f"{what}: {line}" for line in said if line.startswith("failed")]
    done = [line.split()[1] for line in said if line.startswith("done")]
    outcome.acknowledged += len(done)
    after = hashes(path)
    expected = before + done
    if after != expected and after[:-1] != expected:
        counts = f"{len(before)} events + {len(done)} acknowledged, and then {len(after)}"
        outcome.faults.append(f"{what}: {counts}")
    outcome.kept += len(after) == len(expected) + 1
    if after:
        outcome.faults += [f"{what}: {check}" for check in bad_checks(path) + replayed(path)]


def replayed(path: Path) -> list[str]:
    """Return the entries whose told history does not lead to the state they are in."""
    opened = registry(path)
    try:
        searching = opened.searching()
        wrong = []
        for number, entry in enumerate(searching.entries()):
            if number % 50 == 0 and searching.history(entry)[-1].after != entry.state:
                wrong.append(f"history of {entry.value}")
        return wrong
    finally:
        opened.close()


def kill_writers(folder: Path, outcome: Outcome, chance: random.Random) -> None:
    for size, kills in GROUPS:
        path = folder / f"{size}.db"
        for _ in range(kills):
            before = hashes(path)
            seed = chance.getrandbits(32)
            pid, hears = child(partial(write_on, path, size, seed))
            most = 0.5 if size > 5_000 else 0.01
            skip = chance.randrange(1, 2 if size > 1_000 else 6)
            said = kill_later(pid, hears, skip, chance.random(), most)
            judge(outcome, path, before, said, f"{size} rows, seed {seed}")


def kill_founders(folder: Path, outcome: Outcome, chance: random.Random) -> None:
    """Kill the first writer of a registry while it makes the file."""
    for number in range(BIRTHS):
        path = folder / f"birth{number}.db"
        pid, hears = child(partial(write_on, path, 5, 7))
        said = kill_later(pid, hears, 0, chance.random(), 0.02)
        judge(outcome, path, [], said, f"birth {number}")
        opened = registry(path)
        add(opened, ["after-birth.example.top"])
        opened.close()
        outcome.faults += [f"birth {number}, then written: {check}" for check in bad_checks(path)]


def kill_restorers(folder: Path, outcome: Outcome, chance: random.Random) -> None:
    """Kill programs that put a copy back: the one or the other is there, whole."""
    path = folder / "restored.db"
    opened = registry(path)
    add(opened, [f"old{number}.example.top" for number in range(2_000)])
    copy = opened.back_up().path
    for number in range(RESTORES):
        add(opened, [f"new{number}.example.top"])
        opened.close()
        before = hashes(path)

        def restore(speaks: int) -> None:
            os.write(speaks, b"begin\n")
            registry(path).restore(copy)
            os.write(speaks, b"done\n")
            time.sleep(10)

        pid, hears = child(restore)
        said = kill_later(pid, hears, 0, chance.random(), 0.03)
        after = hashes(path)
        if after not in ([before[0]], before) or ("done" in said and len(after) > 1):
            outcome.faults.append(f"restore {number}: {len(after)} events of {len(before)}")
        outcome.faults += [f"restore {number}: {check}" for check in bad_checks(path)]
        outcome.faults += [f"restore {number}: {line}" for line in said if line.startswith("failed")]


def main() -> None:
    folder, seed = Path(sys.argv[1]), int(sys.argv[2])
    chance = random.Random(seed)
    outcome = Outcome(seed)
    kill_writers(folder, outcome, chance)
    kill_founders(folder, outcome, chance)
    kill_restorers(folder, outcome, chance)
    print(json.dumps(asdict(outcome)))  # noqa: T201  (the report)


if __name__ == "__main__":
    main()
