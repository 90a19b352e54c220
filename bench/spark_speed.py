"""Measure Spark on this machine: invented rows scored in local[1] and local[2], and by `urlguard scan`.

The rows are those of examples/spark_scan.py, written once as Parquet and as CSV, and read from there
each time. Each round runs all of them, one after the other; the table has medians. Seconds are those
from the start of the job, with Java and the Python workers running, and of the whole command. Processor
seconds are those of all processes together, Java among them: other work on the machine changes them
little. Memory is the most that one Python worker, or one process of the command, had (RSS).

    python bench/spark_speed.py
"""

import argparse
import json
import os
import resource
import runpy
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "spark_scan.py"
MB = 1 << 20


class Run(NamedTuple):
    """What one run took."""

    seconds: float
    processor: float
    memory: int


def children(pid: int) -> Iterator[int]:
    """Yield all processes below one (Linux only)."""
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            yield child
            yield from children(child)


def memory(pid: int) -> tuple[int, str]:
    """Return the RSS of a process in bytes, and what it runs."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE"), Path(f"/proc/{pid}/cmdline").read_text()


def spent() -> float:
    """Return the processor seconds of all processes below this one, those that have ended among them."""
    ticks = [gone(clock, child) or 0 for child in gone(children, os.getpid())]
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return sum(ticks) / os.sysconf("SC_CLK_TCK") + ended.ru_utime + ended.ru_stime


def clock(pid: int) -> int:
    """Return the ticks of a process and of its children that have ended (proc(5), fields 14 to 17)."""
    return sum(map(int, Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:15]))


@contextmanager
def watched(pid: int) -> Iterator[dict[int, int]]:
    """Keep the largest RSS of each Python process below `pid`, seen four times a second."""
    most: dict[int, int] = {}
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.25):
            for child in list(gone(children, pid)):
                size, command = gone(memory, child) or (0, "")
                if "python" in command.partition("\0")[0]:
                    most[child] = max(size, most.get(child, 0))

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield most
    finally:
        done.set()
        thread.join()


def gone(ask: Callable[[int], Any], pid: int) -> Any:  # noqa: ANN401  (what was asked)
    """Return an answer about a process, or nothing when it has ended meanwhile."""
    try:
        answer = ask(pid)
        return list(answer) if ask is children else answer
    except (FileNotFoundError, ProcessLookupError):
        return []


def in_spark(cores: int, folder: Path) -> None:
    """Score the Parquet in a Spark of so many cores, and print seconds and memory as JSON."""
    from pyspark.sql import SparkSession  # noqa: PLC0415  (only in the processes that are measured)

    from urlguard.spark import scored  # noqa: PLC0415  (as above)

    spark = SparkSession.builder.master(f"local[{cores}]").config("spark.ui.enabled", "false").getOrCreate()
    frame = spark.read.parquet(str(folder / "rows.parquet"))
    scored(frame.limit(100), "link").write.mode("overwrite").parquet(str(folder / "warm.parquet"))
    with watched(os.getpid()) as most:
        begin, before = time.perf_counter(), spent()
        scored(frame, "link").write.mode("overwrite").parquet(str(folder / "scored.parquet"))
        seconds, processor = time.perf_counter() - begin, spent() - before
    print(json.dumps([seconds, processor, max(most.values(), default=0)]))


def make(rows: int, folder: Path) -> None:
    """Write the rows as Parquet, in 16 files, and as CSV."""
    from pyspark.sql import SparkSession  # noqa: PLC0415  (as above)

    spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    frame = runpy.run_path(str(EXAMPLE))["invented"](spark, rows)
    frame.repartitionByRange(16, "id").write.parquet(str(folder / "rows.parquet"))
    frame.coalesce(1).write.option("header", "true").csv(str(folder / "csv"))
    next((folder / "csv").glob("part-*.csv")).rename(folder / "rows.csv")


def spark_run(cores: int, folder: Path) -> Run:
    call = [sys.executable, __file__, "--folder", str(folder), "--cores", str(cores)]
    done = subprocess.run(call, check=True, stdout=subprocess.PIPE)  # noqa: S603  (this script)
    return Run(*json.loads(done.stdout.splitlines()[-1]))


def scan_run(workers: int, folder: Path) -> Run:
    call = [sys.executable, "-m", "urlguard", "scan", str(folder / "rows.csv"), "--quiet", "--exit-zero"]
    call += ["--column", "link", "--restart", "--workers", str(workers), "--output", str(folder / "out.csv")]
    with watched(os.getpid()) as most:
        begin, before = time.perf_counter(), spent()
        subprocess.run(call, check=True)  # noqa: S603  (our own command)
        seconds, processor = time.perf_counter() - begin, spent() - before
    return Run(seconds, processor, max(most.values()))


def table(rows: int, rounds: int, folder: Path) -> None:
    runs: dict[str, Callable[[], Run]] = {
        "Spark, local[1]": lambda: spark_run(1, folder),
        "Spark, local[2]": lambda: spark_run(2, folder),
        "`urlguard scan`, 1 worker": lambda: scan_run(1, folder),
        "`urlguard scan`, 2 workers": lambda: scan_run(2, folder),
    }
    seen: dict[str, list[Run]] = {title: [] for title in runs}
    for _ in range(rounds):
        for title, run in runs.items():
            seen[title].append(run())
    print(f"| {rows:,} rows | s | rows/s | rows per processor second | largest Python process, MB |")
    print("|---|---:|---:|---:|---:|")
    for title, found in seen.items():
        seconds = statistics.median(one.seconds for one in found)
        processor = statistics.median(one.processor for one in found)
        most = max(one.memory for one in found) / MB
        print(f"| {title} | {seconds:.0f} | {rows / seconds:,.0f} | {rows / processor:,.0f} | {most:.0f} |")


def main() -> None:
    made = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--rows", type=int, default=1_000_000)
    made.add_argument("--rounds", type=int, default=1, help="rounds to take the median of")
    made.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    made.add_argument("--cores", type=int, help=argparse.SUPPRESS)
    options = made.parse_args()
    os.environ["PYSPARK_PYTHON"] = sys.executable
    if options.cores is not None:
        if options.cores:
            in_spark(options.cores, options.folder)
        else:
            make(options.rows, options.folder)
        return
    with tempfile.TemporaryDirectory() as folder:
        call = [sys.executable, __file__, "--folder", folder, "--cores", "0", "--rows", str(options.rows)]
        subprocess.run(call, check=True)  # noqa: S603  (this script)
        table(options.rows, options.rounds, Path(folder))


if __name__ == "__main__":
    main()
