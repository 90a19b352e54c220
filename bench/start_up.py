"""Measure how long `urlguard check LINK` takes from a cold process, against `import click`.

Prints medians of alternating runs in milliseconds and their ratio; byte code and the rule
book cache are written first. `--modules` lists what a run imports.

    python bench/start_up.py
"""

import argparse
import os
import statistics
import subprocess
import sys
import time

COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "python -c 'import click'": [sys.executable, "-c", "import click"],
    "urlguard check, clear": [sys.executable, "-m", "urlguard", "check", "https://example.com/"],
    "urlguard check, imitation": [sys.executable, "-m", "urlguard", "check", "https://kaspi-bonus.top/"],
    "urlguard --help": [sys.executable, "-m", "urlguard", "--help"],
}


def main() -> None:
    made = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    made.add_argument("--rounds", type=int, default=21, help="runs of each command")
    made.add_argument("--modules", action="store_true", help="list the modules a check imports")
    options = made.parse_args()
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    if options.modules:
        command = [sys.executable, "-X", "importtime", *COMMANDS["urlguard check, clear"][1:]]
        subprocess.run(command, env=environ, check=False)  # noqa: S603  (our own command)
        return
    taken: dict[str, list[float]] = {title: [] for title in COMMANDS}
    for number in range(options.rounds + 2):
        for title, command in COMMANDS.items():
            begin = time.perf_counter()
            silent = subprocess.DEVNULL
            subprocess.run(command, env=environ, stdout=silent, stderr=silent, check=False)  # noqa: S603  (as above)
            if number > 1:
                taken[title].append(time.perf_counter() - begin)
    base = statistics.median(taken["python -c 'import click'"])
    print("| command | median, ms | against import click |")
    print("|---|---:|---:|")
    for title, times in taken.items():
        median = statistics.median(times)
        print(f"| {title} | {1e3 * median:.0f} | {median / base:.2f} |")


if __name__ == "__main__":
    main()
