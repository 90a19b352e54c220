"""A registry to do harm to, and the ways to look at it afterwards."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from urlguard.errors import RegistryError
from urlguard.packs.book import Book, load_book
from urlguard.record import Ground, Row
from urlguard.registry.importing import Report, Terms
from urlguard.registry.registry import Registry
from urlguard.registry.store import now

TESTS: Final = Path(__file__).resolve().parent.parent
NAMES_THE_WAY_BACK: Final = "urlguard registry restore"


@cache
def rules() -> Book:
    return load_book()


def registry(path: Path, clock: Callable[[], int] = now) -> Registry:
    return Registry(path, rules(), clock=clock)


def nothing_is_poison(*_: object) -> None:
    return None


def add(
    to: Registry, values: Iterable[str], number: str = "", *, fields: Mapping[str, Any] | None = None
) -> Report:
    """Enter values as one event, all on one prescription when `number` is given."""
    ground = Ground("prescription", "KN", number, "2026-01-15") if number else Ground()
    rows = [Row(line, value, fields=fields) for line, value in enumerate(values, 1)]
    return to.take(rows, Terms(actor="faults", ground=ground), poison=nothing_is_poison)


def bad_checks(path: Path) -> list[str]:
    """Return the checks that a registry does not pass, each with what it says."""
    opened = registry(path)
    try:
        return [f"{finding.check}: {finding.what}" for finding in opened.verify() if not finding.good]
    finally:
        opened.close()


def hashes(path: Path) -> list[str]:
    """Return the hash of every event, oldest first; none when there is no registry yet."""
    opened = registry(path)
    try:
        return [event.hash.hex() for event in opened.searching().events()]
    except RegistryError as error:
        if "there is no registry" in str(error) or "the registry is empty" in str(error):
            return []
        raise
    finally:
        opened.close()


def covered(by: Registry, hosts: Iterable[str]) -> list[bool]:
    """Tell of each host whether the registry covers it."""
    links = [by.reader.read(host) for host in hosts]
    found = {hit.resource for hit in by.lookup.found([link for link in links if link is not None])}
    return [at in found for at in range(len(links))]


def run(script: str, *arguments: object, timeout: float = 100) -> dict[str, Any]:
    """Run a script of this folder in a fresh process; return what it reports.

    It runs elsewhere than in the checkout, so that the installed package is not hidden by it.
    """
    path = os.pathsep.join([str(TESTS), *filter(None, [os.environ.get("PYTHONPATH")])])
    done = subprocess.run(
        [sys.executable, "-m", f"faults.{script}", *map(str, arguments)],
        cwd=TESTS.parent.parent, env={**os.environ, "PYTHONPATH": path},
        capture_output=True, text=True, timeout=timeout, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"{script} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}"
    report: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    print(script, report)  # noqa: T201  (seeds and counts, shown when a test fails)
    return report
