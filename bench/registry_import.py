"""Import of a million hosts by the real command: wall time, peak memory, size of the file.

Enters a list into an empty registry, then its next generation (one row of twenty is gone, as
many are new) in its place, then checks the whole file. Every step is a process of its own.

    python bench/registry_import.py
    python bench/registry_import.py --list hosts.txt
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Final, NamedTuple

from _data import lines, parser

LIST: Final = "hosts_1m.txt.gz"
GOOD_CODES: Final = (0, 3)
"""3: some rows were refused, which real lists always have."""
LIMITS: Final = (20.0, 200.0, 150.0)
"""Seconds, megabytes of memory and of the file that an import of a million rows may take."""


class Cost(NamedTuple):
    """What one command took."""

    wall: float
    cpu: float
    memory: float
    """Peak, in megabytes."""
    said: str


def cost(arguments: list[str], registry: Path) -> Cost:
    """Run `urlguard registry ...` and measure it."""
    command = [sys.executable, "-m", "urlguard", "registry", *arguments]
    start = perf_counter()
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(  # noqa: S603  (our own command)
            command,
            stdout=out,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"URLGUARD_REGISTRY": str(registry)},
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall = perf_counter() - start
        out.seek(0)
        said = out.read().decode().splitlines()
    if process.returncode not in GOOD_CODES:
        raise SystemExit(f"{' '.join(arguments)}: exit code {process.returncode}")
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10  # bytes there, kilobytes elsewhere
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / unit, said[0] if said else "")


def next_generation(path: Path, target: Path) -> None:
    """Write the list with one row of twenty replaced by another."""
    with target.open("w", encoding="utf-8") as file:
        for number, row in enumerate(lines(path)):
            file.write(f"{row}\n" if number % 20 else f"n{number}.next-generation.top\n")


def main() -> None:
    options = parser(__doc__)
    options.add_argument(
        "--list", type=Path, default=None, help=f"the list; default: {LIST} of the measuring data"
    )
    given = options.parse_args()
    path = given.list or given.data / LIST
    with tempfile.TemporaryDirectory(prefix="urlguard-bench-") as name:
        folder = Path(name)
        registry, second = folder / "registry.db", folder / "second.txt"
        small = folder / "small.txt"
        small.write_text("kaspi-gift.top\n", "utf-8")
        cost(["import", str(small), "--dry-run"], folder / "none.db")  # byte code and caches
        first = cost(["import", str(path), "--list", "big"], registry)
        _show("import", first)
        size = registry.stat().st_size / 1e6
        print(f"{'':12}file {size:.0f} MB")
        next_generation(path, second)
        _show("replace", cost(["import", str(second), "--list", "big", "--replace"], registry))
        print(f"{'':12}file {registry.stat().st_size / 1e6:.0f} MB")
        _show("verify", cost(["verify"], registry))
        held = (first.wall, first.memory, size)
        good = all(found <= limit for found, limit in zip(held, LIMITS, strict=True))
        print("limits of an import: " + ("held" if good else "NOT held"), *LIMITS)


def _show(step: str, used: Cost) -> None:
    print(f"{step:12}{used.wall:6.1f} s, {used.cpu:.1f} s of processor, {used.memory:.0f} MB   {used.said}")


if __name__ == "__main__":
    main()
