"""Measure look-ups in a registry of a million hosts (`hosts_1m.txt.gz` of the measuring data).

Prints medians in microseconds: of one probe (a key asked for in the index, in the statements a
look-up uses) and of one link (everything that could cover it, and what is found judged), for
hosts that are there and hosts that are not; in one thread, in two, and in eight processes at
once. Then what a registry adds to the start of `urlguard check LINK`, in milliseconds. The
registry is made once and kept beside the system's temporary files.

    python bench/registry_lookup.py
"""

import multiprocessing
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from _data import lines, parser

from urlguard.packs.book import load_book
from urlguard.record import Row
from urlguard.registry.importing import Terms
from urlguard.registry.lookup import _fetched
from urlguard.registry.opening import lookup_of, reader_of
from urlguard.registry.registry import Registry

ASKED = 20_000
WIDTH = 16
"""Probes in one statement: as many as a link asks for, and over before another process has its turn."""
EIGHT = 8


def made(data: Path) -> Path:
    """Return the registry, made when it is not there yet."""
    path = Path(tempfile.gettempdir()) / "urlguard-bench" / "million.db"
    if not path.exists():
        begin = time.perf_counter()
        fresh = Registry(path.with_name("fresh.db"), load_book())
        rows = (Row(line, host) for line, host in enumerate(lines(data), 1))
        report = fresh.take(rows, Terms(actor="bench"), poison=lambda *_: None)
        fresh.close()
        path.with_name("fresh.db").replace(path)
        taken = time.perf_counter() - begin
        print(f"{report.new:,} hosts in {taken:.1f} s, {path.stat().st_size / 1e6:.0f} MB\n")
    return path


def chosen(data: Path, seed: int) -> tuple[list[str], list[str]]:
    """Return hosts that are there, and hosts that are not, in no order."""
    chance = random.Random(seed)  # noqa: S311  (a sample)
    there = chance.sample([host for host in lines(data) if host.count(".") == 1], ASKED)
    return there, [f"{chance.getrandbits(24):x}-{host}" for host in there]


def probes(path: Path, hosts: list[str]) -> float:
    """Return the median microseconds of one probe."""
    store = lookup_of(path, load_book()).opened().store
    taken = []
    for start in range(0, len(hosts) - WIDTH + 1, WIDTH):
        begin = time.perf_counter()
        _fetched(store, hosts[start : start + WIDTH])
        taken.append((time.perf_counter() - begin) / WIDTH)
    return 1e6 * statistics.median(taken)


def singles(path: Path, hosts: list[str]) -> float:
    """Return the median microseconds of a statement with a single key in it."""
    store = lookup_of(path, load_book()).opened().store
    taken = []
    for host in hosts:
        begin = time.perf_counter()
        _fetched(store, [host])
        taken.append(time.perf_counter() - begin)
    return 1e6 * statistics.median(taken)


def whole(path: Path, hosts: list[str]) -> float:
    """Return the median microseconds of one link looked up, reading of the link left out."""
    book = load_book()
    lookup, reader = lookup_of(path, book), reader_of(book)
    taken = []
    for host in hosts:
        link = reader.read(host)
        if link is None:
            continue
        begin = time.perf_counter()
        lookup.found([link])
        taken.append(time.perf_counter() - begin)
    return 1e6 * statistics.median(taken)


WAYS = {"a probe, 16 in a statement": probes, "a statement of one probe": singles, "a link": whole}


def figures(path: Path, there: list[str], absent: list[str]) -> list[float]:
    """Return hits and misses of each way."""
    return [way(path, hosts) for way in WAYS.values() for hosts in (there, absent)]


def started(path: Path | None, rounds: int) -> float:
    """Return the median milliseconds of `urlguard check` of a clear link, with a registry or without."""
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environ["URLGUARD_REGISTRY"] = str(path or Path(tempfile.gettempdir()) / "urlguard-bench" / "none.db")
    command = [sys.executable, "-m", "urlguard", "check", "https://example.com/"]
    taken = []
    for _ in range(rounds):
        begin = time.perf_counter()
        subprocess.run(command, env=environ, stdout=subprocess.DEVNULL, check=False)  # noqa: S603  (our own command)
        taken.append(time.perf_counter() - begin)
    return 1e3 * statistics.median(taken[1:])


def main() -> None:
    made_parser = parser(__doc__)
    made_parser.add_argument("--rounds", type=int, default=21, help="starts of each kind")
    options = made_parser.parse_args()
    data = options.data / "hosts_1m.txt.gz"
    if not data.is_file():
        print(f"skipped: no {data} (name the folder of the measuring data with --data)")
        return
    path = made(data)
    there, absent = chosen(data, 1)
    print("| median µs | " + " | ".join(f"{way}, {what}" for way in WAYS for what in ("hit", "miss")) + " |")
    print("|---|" + "---:|" * 2 * len(WAYS))
    rows = {"one thread": [figures(path, there, absent)]}
    with ThreadPoolExecutor(2) as threads:
        half = len(there) // 2
        parts = [(there[:half], absent[:half]), (there[half:], absent[half:])]
        rows["two threads"] = list(threads.map(lambda part: figures(path, *part), parts))
    with multiprocessing.get_context("spawn").Pool(EIGHT) as pool:
        rows["eight processes"] = pool.starmap(figures, [(path, there, absent)] * EIGHT, chunksize=1)
    for title, found in rows.items():
        columns = [statistics.median(column) for column in zip(*found, strict=True)]
        print(f"| {title} | " + " | ".join(f"{value:.1f}" for value in columns) + " |")
    without, with_one = [], []
    for _ in range(3):  # in turns: a machine is not equally busy all the time
        without.append(started(None, options.rounds // 3 + 1))
        with_one.append(started(path, options.rounds // 3 + 1))
    print(f"\ncheck of a link: {min(without):.0f} ms without a registry, {min(with_one):.0f} ms with one")


if __name__ == "__main__":
    main()
