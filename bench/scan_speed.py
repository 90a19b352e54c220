"""Speed and memory of `urlguard scan`, CSV to CSV, on made-up rows with distinct links.

    python bench/scan_speed.py --rows 1000000
    python bench/scan_speed.py --rows 100000 --against /path/to/fraudurl
    python bench/scan_speed.py --rows 1000000 --rows 10000000 --workers 2

Rows a second with one process and with as many as there are cores, the largest memory of the
parent and of each worker, and the speed of the last tenth of the rows against the first. With
`--against` another program with the arguments of `fraudurl` runs on the same file in the same
run, turn by turn, and the ratio of the medians is printed.
"""

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_SYLLABLES = (
    "ba da ka ma na ra sa ta za be de ke me ne re se te bi di ki mi ni ri si ti bo do ko mo no ro so to"
)
_SUFFIXES = ("kz", "com", "com", "com", "net", "org", "ru", "top", "online", "com.kz", "de", "shop", "info")
_PATHS = (
    "",
    "news/",
    "catalog/item-",
    "ru/login?id=",
    "2026/11/post-",
    "a/b/c/",
    "images/photo_",
    "index.php?p=",
)
_POLL = 0.02


class Ran(NamedTuple):
    """One run of a command."""

    seconds: float
    parent: int
    """Largest resident memory of the process, in bytes."""
    workers: list[int]
    """The same of each of its children that lived for a while."""
    tenths: tuple[float, float]
    """Seconds for the first and the last tenth of the output's bytes; zeros when unknown."""


def rows(count: int, seed: int = 7) -> Iterator[str]:
    """Yield lines of CSV with an id, a day, a distinct link and a note."""
    rnd = random.Random(seed)  # noqa: S311  (made-up links)
    syllables = _SYLLABLES.split()
    yield "id,date,url,note\n"
    for at in range(count):
        name = "".join(rnd.choices(syllables, k=rnd.randint(2, 5)))
        if rnd.random() < 0.2:  # noqa: PLR2004  (a share)
            name += f"-{rnd.choice(syllables)}{rnd.randint(1, 99)}"
        www = "www." if rnd.random() < 0.3 else ""  # noqa: PLR2004  (a share)
        path = rnd.choice(_PATHS)
        day = f"2026-{at % 11 + 1:02}-{at % 28 + 1:02}"
        yield f"{at},{day},https://{www}{name}.{rnd.choice(_SUFFIXES)}/{path}{at},row {at}\n"


def ran(command: list[str], out: Path | None = None, size: int = 0) -> Ran:
    """Run a command to its end, and watch its memory and the growth of its output."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    most: dict[int, int] = {}
    marks: dict[int, float] = {}
    while process.poll() is None:
        for pid in (process.pid, *_children(process.pid)):
            most[pid] = max(most.get(pid, 0), _resident(pid))
        if out is not None and size:
            tenth = _size(out) * 10 // size
            marks.setdefault(tenth, time.perf_counter())
        time.sleep(_POLL)
    if process.returncode not in {0, 1, 3}:
        sys.exit(f"{command[0]} ended with {process.returncode}")
    seconds = time.perf_counter() - started
    parent = most.pop(process.pid, 0)
    known = {0, 1, 9, 10} <= marks.keys()
    tenths = (marks[1] - marks[0], marks[10] - marks[9]) if known else (0.0, 0.0)
    return Ran(seconds, parent, sorted(most.values(), reverse=True), tenths)


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _resident(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) << 10 for line in lines if line.startswith("VmHWM")), 0)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def scan(file: Path, folder: Path, workers: int, *more: str) -> list[str]:
    """Return the command that scans a file."""
    out = str(folder / f"out{workers}.csv")
    return [
        sys.executable, "-m", "urlguard", "scan", str(file), "-o", out, "--workers", str(workers), "-q",
        "--exit-zero", "--no-registry", "--restart", *more,
    ]  # fmt: skip


def measured(file: Path, folder: Path, count: int, args: argparse.Namespace) -> None:
    """Measure one file and print what was seen."""
    print(f"{count:,} rows, {file.stat().st_size / 1e6:.0f} MB")
    commands = {f"urlguard, {workers} workers": scan(file, folder, workers) for workers in args.workers}
    if args.against:
        other = [
            args.against,
            str(file),
            "-o",
            str(folder / "other.csv"),
            "--workers",
            str(max(args.workers)),
            "--quiet",
        ]
        commands["the other program"] = other
    seen: dict[str, list[Ran]] = {name: [] for name in commands}
    for _ in range(args.times):
        for name, command in commands.items():
            out = folder / f"out{command[command.index('--workers') + 1]}.csv"
            seen[name].append(ran(command, out.with_name(out.name + ".part"), _size(out)))
    rates = {name: count / statistics.median(run.seconds for run in runs) for name, runs in seen.items()}
    for name, runs in seen.items():
        memory = max(run.parent for run in runs) / 1e6
        below = max((worker for run in runs for worker in run.workers), default=0) / 1e6
        line = f"  {name:22} {rates[name]:9,.0f} rows/s, parent {memory:.0f} MB, workers up to {below:.0f} MB"
        first, last = runs[-1].tenths
        print(line + (f", last tenth at {first / last:.0%} of the first's speed" if first and last else ""))
    names = list(rates)
    if len(args.workers) > 1:
        print(f"  {names[1]} against {names[0]}: {rates[names[1]] / rates[names[0]]:.2f}x")
    if args.against:
        best = max(rate for name, rate in rates.items() if name != "the other program")
        print(f"  against the other program: {best / rates['the other program']:.1f}x")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, action="append", help="rows of the file; may be repeated")
    parser.add_argument("--file", type=Path, help="a CSV of your own instead; its lines are counted")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2], help="processes (default: 1 2)")
    parser.add_argument("--times", type=int, default=3, help="turns; medians are printed (default: 3)")
    parser.add_argument("--against", help="another program with the arguments of fraudurl")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if args.file:
            with args.file.open("rb") as lines:
                measured(args.file, folder, sum(1 for _ in lines) - 1, args)
            return
        for count in args.rows or [200_000]:
            file = folder / f"{count}.csv"
            with file.open("w", encoding="utf-8") as out:
                out.writelines(rows(count))
            measured(file, folder, count, args)
            file.unlink()


if __name__ == "__main__":
    main()
