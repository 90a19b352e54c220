"""Three writers and three readers at once, from before there is a registry.

Each write enters five linked records: a reader finds all of them, or none.
"""

import json
import os
import sys
import time
from functools import partial
from itertools import chain
from pathlib import Path

from faults.killing import child
from faults.made import add, bad_checks, covered, registry

from urlguard.errors import RegistryError
from urlguard.registry.filters import Filter

WRITERS = READERS = 3
LINKED = 5


def linked(writer: int, event: int) -> list[str]:
    return [f"w{writer}-e{event}-{number}.example.top" for number in range(LINKED)]


def write(path: Path, writer: int, end: float, speaks: int) -> None:
    """Write until the time is over; say each event that is written."""
    opened, event = registry(path), 0
    while time.time() < end:
        try:
            add(opened, linked(writer, event), f"W{writer}-E{event}")
        except RegistryError as error:
            os.write(speaks, f"error {error}\n".encode())
        else:
            os.write(speaks, f"done {event}\n".encode())
            event += 1
    opened.close()


def read(path: Path, end: float, speaks: int) -> None:
    """Ask for the newest events of all writers again and again."""
    opened, asked, torn, newest = registry(path), 0, 0, [0] * WRITERS
    while time.time() < end:
        for writer in range(WRITERS):
            event = newest[writer]
            try:
                found = covered(opened, linked(writer, event))
                listed = sum(1 for _ in opened.searching().entries(Filter(number=f"W{writer}-E{event}")))
            except RegistryError as error:
                if asked or not any(text in str(error) for text in ("there is no registry", "is empty")):
                    os.write(speaks, f"error {error}\n".encode())
                time.sleep(0.005)
                continue
            asked += 1
            torn += any(found) != all(found) or listed not in {0, LINKED}
            newest[writer] += all(found)
    os.write(speaks, f"read {asked} {torn} {sum(newest)}\n".encode())


def main() -> None:
    path, seconds = Path(sys.argv[1]) / "crowd.db", float(sys.argv[2])
    end = time.time() + seconds
    writers = [child(partial(write, path, writer, end)) for writer in range(WRITERS)]
    readers = [child(partial(read, path, end)) for _ in range(READERS)]
    said = []
    for pid, hears in writers + readers:
        with os.fdopen(hears) as lines:
            said.append(lines.read().splitlines())
        os.waitpid(pid, 0)
    faults = [line for lines in said for line in lines if line.split()[0] not in {"done", "read"}]
    written = [sum(line.startswith("done") for line in lines) for lines in said[:WRITERS]]
    reads = [[int(word) for word in line.split()[1:]] for line in chain(*said) if line.startswith("read")]
    opened = registry(path)
    for writer, events in enumerate(written):
        missing = [event for event in range(events) if not all(covered(opened, linked(writer, event)))]
        faults += [f"acknowledged and not there: {missing}"] if missing else []
    faults += bad_checks(path)
    asked, torn, seen = zip(*reads, strict=True)
    outcome = {"written": written, "asked": asked, "torn": sum(torn), "seen": seen, "faults": faults}
    print(json.dumps(outcome))  # noqa: T201  (the report)


if __name__ == "__main__":
    main()
