"""Let the disk run full in the middle of writing: a clear error, and nothing lost.

A limit on the size of files (`RLIMIT_FSIZE`) works everywhere; a small file system of its own
(`tmpfs`) is filled too where this process may mount one.
"""
# ruff: noqa: S311  (chance with a seed, so that a failure can be had again)

import json
import random
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from faults.made import add, bad_checks, hashes, registry

from urlguard.errors import RegistryError

LIMITS = 14
SIZES = (1, 40, 2_000)


def limited(size: int, work: Callable[[], object]) -> str:
    """Return what the work says when no file may grow beyond a size, in bytes; empty for success."""
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        work()
    except RegistryError as error:
        return str(error)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    return ""


def biggest(path: Path) -> int:
    """Return the size of the largest file beside a registry."""
    return max(file.stat().st_size for file in path.parent.iterdir() if file.is_file())


def fill_limited(folder: Path, chance: random.Random, faults: list[str]) -> int:
    """Write under limits that end inside the write."""
    refused = 0
    path = folder / "limited.db"
    opened = registry(path)
    add(opened, [f"first{number}.example.top" for number in range(500)])
    for number in range(LIMITS):
        size = SIZES[number % 3]
        values = [f"l{number}-{at}.example.top" for at in range(size)]
        if number % 2:
            opened.close()
        before = hashes(path)
        limit = chance.randrange(2, 2 + biggest(path) * 5 // 4)
        said = limited(limit, partial(add, opened, values))
        after = hashes(path)
        refused += bool(said)
        if said and after != before:
            faults.append(f"limit {number}: refused, and {len(after) - len(before)} events more")
        if not said and after[:-1] != before:
            faults.append(f"limit {number}: taken, and not there")
        if said and "mend:" not in said:
            faults.append(f"limit {number}: {said}")
        faults += [f"limit {number}: {check}" for check in bad_checks(path)]
        if not add(opened, [f"again{number}.example.top"]).new:
            faults.append(f"limit {number}: no writing afterwards")
    opened.close()
    return refused


def copy_limited(folder: Path, faults: list[str]) -> int:
    """Copy without room for the copy: no half of one is left."""
    path, refused = folder / "copied.db", 0
    opened = registry(path)
    add(opened, [f"c{number}.example.top" for number in range(3_000)])
    whole = biggest(path)
    for number, size in enumerate((10, 5_000, whole // 3, whole // 2)):
        target = folder / "copies" / f"{number}.db"
        said = limited(size, partial(opened.back_up, target))
        refused += bool(said)
        if not said or "mend:" not in said:
            faults.append(f"copy {number}: {said or 'made, without room'}")
        left = [file.name for file in target.parent.iterdir()]
        if left:
            faults.append(f"copy {number}: left {left}")
    opened.back_up(folder / "copies" / "whole.db")
    faults += [f"copy: {check}" for check in bad_checks(folder / "copies" / "whole.db")]
    opened.close()
    return refused


def mounted(place: Path) -> bool:
    """Mount a file system of 2 MB, when this process may."""
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "none", str(place)]
    with suppress(OSError):
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    return False


def fill_disk(place: Path, faults: list[str]) -> int:
    """Fill a small disk, write, make room, write."""
    path, refused, rounds = place / "full.db", 0, 0
    opened = registry(path)
    add(opened, [f"d{number}.example.top" for number in range(300)])
    while refused < 3 and rounds < 60:
        rounds += 1
        before = hashes(path)
        try:
            add(opened, [f"full{rounds}-{at}.example.top" for at in range(700)])
        except RegistryError as error:
            refused += 1
            if "disk" not in str(error) or "mend:" not in str(error):
                faults.append(f"disk: {error}")
            if hashes(path) != before:
                faults.append("disk: refused, and written")
            faults += [f"disk: {check}" for check in bad_checks(path)]
    opened.close()
    faults += [f"disk, opened again: {check}" for check in bad_checks(path)]
    with suppress(RegistryError):
        registry(path).back_up(place / "copy.db")
        faults.append("disk: a copy where there is no room")
    left = [file.name for file in place.iterdir() if "part" in file.name or "copy" in file.name]
    faults += [f"disk: left {left}"] if left else []
    command = ["mount", "-o", "remount,size=8m", str(place)]
    subprocess.run(command, capture_output=True, check=False)
    if not add(opened, ["room.example.top"]).new:
        faults.append("disk: no writing where there is room again")
    faults += [f"disk, with room: {check}" for check in bad_checks(path)]
    opened.close()
    return refused


def main() -> None:
    folder, seed = Path(sys.argv[1]), int(sys.argv[2])
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    faults: list[str] = []
    outcome: dict[str, Any] = {"seed": seed}
    outcome["limited"] = fill_limited(folder, random.Random(seed), faults)
    outcome["copies"] = copy_limited(folder, faults)
    place = folder / "disk"
    if mounted(place):
        try:
            outcome["disk"] = fill_disk(place, faults)
        finally:
            subprocess.run(["umount", "-l", str(place)], check=False)  # noqa: S607  (what was mounted above)
    print(json.dumps(outcome | {"faults": faults}))  # noqa: T201  (the report)


if __name__ == "__main__":
    main()
