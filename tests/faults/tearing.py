"""Cut and flip a write-ahead log that a killed writer left: a state that was committed, always."""
# ruff: noqa: S311  (chance with a seed, so that a failure can be had again)

import json
import os
import random
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path

from faults.killing import child
from faults.made import NAMES_THE_WAY_BACK, add, bad_checks, covered, hashes, registry

from urlguard.errors import Damaged

EVENTS = 12
ROWS = 8
CASES = 90
_HEAD, _FRAME = 32, 24 + 4096


@dataclass
class Outcome:
    """What became of the torn logs."""

    seed: int
    whole: int = 0
    shorter: int = 0
    """Registries that opened to an earlier state: what the log no longer proves is not believed."""
    refused: int = 0
    faults: list[str] = field(default_factory=list)


def batch(event: int) -> list[str]:
    return [f"e{event}-{number}.example.top" for number in range(ROWS)]


def left_behind(folder: Path) -> Path:
    """Return a registry whose writer was killed: an event in the file, the others in the log."""
    path = folder / "left" / "r.db"

    def write(_: int) -> None:
        opened = registry(path)
        add(opened, batch(0))
        opened.close()
        for event in range(1, EVENTS):
            add(opened, batch(event))
        os._exit(0)

    pid, hears = child(write)
    os.waitpid(pid, 0)
    os.close(hears)
    return path


def torn(log: Path, chance: random.Random, number: int) -> str:
    """Do something to a log; return what."""
    content = bytearray(log.read_bytes())
    frame = _HEAD + _FRAME * chance.randrange(len(content) // _FRAME)
    anywhere = chance.randrange(len(content))
    at = chance.choice([frame, frame + chance.randrange(24), anywhere, chance.randrange(_HEAD)])
    if number % 3 == 0:
        del content[at:]
        what = f"cut at {at}"
    elif number % 3 == 1:
        content[at] ^= 1 << chance.randrange(8)
        what = f"bit flipped at {at}"
    else:
        end = min(at + chance.choice([1, 24, 512, 4096]), len(content))
        content[at:end] = bytes(end - at)
        what = f"zeros from {at} to {end}"
    log.write_bytes(content)
    return what


def looked_at(path: Path, known: list[str], what: str, outcome: Outcome) -> None:
    """Open a registry with a torn log, for reading and then for writing."""
    try:
        found = hashes(path)
        opened = registry(path)
        right = [event < len(found) for event in range(EVENTS) for _ in range(ROWS)]
        asked = [host for event in range(EVENTS) for host in batch(event)]
        if covered(opened, asked) != right:
            outcome.faults.append(f"{what}: wrong answers")
        if found != known[: len(found)] or not found:
            outcome.faults.append(f"{what}: a state that never was")
        outcome.faults += [f"{what}: {check}" for check in bad_checks(path)]
        add(opened, ["after.example.top"])
        opened.close()
        outcome.faults += [f"{what}, written: {check}" for check in bad_checks(path)]
        if hashes(path)[:-1] != found:
            outcome.faults.append(f"{what}: another state for a writer")
        outcome.whole += len(found) == EVENTS
        outcome.shorter += len(found) < EVENTS
    except Damaged as error:
        outcome.refused += 1
        if NAMES_THE_WAY_BACK not in str(error):
            outcome.faults.append(f"{what}: {error}")


def main() -> None:
    folder, seed = Path(sys.argv[1]), int(sys.argv[2])
    chance = random.Random(seed)
    outcome = Outcome(seed)
    left = left_behind(folder)
    whole = folder / "whole"
    shutil.copytree(left.parent, whole)
    known = hashes(whole / "r.db")
    for number in range(CASES):
        place = folder / f"case{number}"
        place.mkdir()
        for end in ("", "-wal") if number % 2 else ("", "-wal", "-shm"):
            shutil.copyfile(f"{left}{end}", place / f"r.db{end}")
        what = torn(place / "r.db-wal", chance, number)
        if number % 4 == 0:
            torn(place / "r.db-shm", chance, number + 1)
            what += ", index too"
        looked_at(place / "r.db", known, f"case {number}, {what}", outcome)
        shutil.rmtree(place)
    print(json.dumps(vars(outcome)))  # noqa: T201  (the report)


if __name__ == "__main__":
    main()
