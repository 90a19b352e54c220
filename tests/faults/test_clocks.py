"""Machines whose clock is years off, for a while."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from faults.made import add, bad_checks, registry

from urlguard.record import Row
from urlguard.registry.importing import Terms
from urlguard.registry.registry import Registry
from urlguard.registry.rows import shown_id

YEAR: Final = 31_557_600
TODAY: Final = 1_795_000_000
"""2026-11-18, 11:46 in Kazakhstan."""
AHEAD: Final = [0, 10 * YEAR, 10 * YEAR + 60, 120, 180]
BEHIND: Final = [0, -10 * YEAR, -10 * YEAR + 60, 120, 180]

off = pytest.mark.parametrize("offsets", [AHEAD, BEHIND], ids=["ten years ahead", "ten years behind"])


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.at = TODAY

    def __call__(self) -> int:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


def written(path: Path, clock: Callable[[], int], offsets: list[int]) -> Registry:
    """Enter one record at each moment; lead the first one to another state at the second moment."""
    opened = registry(path, clock)
    for number, offset in enumerate(offsets):
        clock.at = TODAY + offset  # type: ignore[attr-defined]  # (a Clock)
        add(opened, [f"host{number}.example.top", f"twin{number}.example.top"])
        if number == 1:
            opened.step([next(opened.searching().entries()).id], "expired", actor="faults")
    return opened


@off
def test_nothing_is_lost_and_the_chain_holds(tmp_path: Path, clock: Clock, offsets: list[int]) -> None:
    opened = written(tmp_path / "r.db", clock, offsets)
    entries = list(opened.searching().entries())
    assert len(entries) == len({entry.id for entry in entries}) == 10
    assert [event.seq for event in opened.searching().events()] == [1, 2, 3, 4, 5, 6]
    opened.close()
    assert bad_checks(tmp_path / "r.db") == []


@off
def test_history_keeps_its_order(tmp_path: Path, clock: Clock, offsets: list[int]) -> None:
    opened = written(tmp_path / "r.db", clock, offsets)
    moved = [entry for entry in opened.searching().entries() if entry.state == "expired"]
    steps = [[step.after for step in opened.searching().history(entry)] for entry in moved]
    assert steps == [["restricted", "expired"]]


def test_ids_are_of_the_year_the_clock_shows_and_go_on_where_they_were(tmp_path: Path, clock: Clock) -> None:
    opened = written(tmp_path / "r.db", clock, AHEAD)
    ids = {entry.value: shown_id(entry.id) for entry in opened.searching().entries()}
    assert ids["twin0.example.top"] == "KN-2026-000002"
    assert ids["host1.example.top"] == "KN-2036-000001"
    assert ids["host3.example.top"] == "KN-2026-000003"


def test_a_past_day_is_right_again_after_the_next_event(tmp_path: Path, clock: Clock) -> None:
    """The second event was dated ten years ahead; what came after it was not."""
    opened = registry(tmp_path / "r.db", clock)
    add(opened, ["a.example.top"])
    number = next(opened.searching().entries()).id
    for offset, state in ((10 * YEAR, "expired"), (60, "restricted"), (120, "suspended_check")):
        clock.at = TODAY + offset
        opened.step([number], state, actor="faults")
    searching = opened.searching()
    entry = searching.entry(number)
    states = [getattr(searching.as_of(entry, TODAY + offset), "state", None) for offset in (-1, 0, 60, 120)]
    assert states == [None, "restricted", "restricted", "suspended_check"]


def test_terms_end_by_the_clock_of_today(tmp_path: Path, clock: Clock) -> None:
    opened = registry(tmp_path / "r.db", clock)
    terms = Terms(actor="faults", until="2027-01-31")
    opened.take([Row(1, "short.example.top")], terms, poison=lambda *_: None)
    link = opened.reader.read("short.example.top")
    assert link is not None
    found = []
    for offset in (0, 10 * YEAR, 0, -10 * YEAR):
        clock.at = TODAY + offset
        (hit,) = opened.lookup.found([link])
        found.append((hit.state, hit.standing.value))
    assert found[:3] == [("restricted", "blocks"), ("expired", "none"), ("restricted", "blocks")]


@pytest.mark.parametrize(
    ("offset", "behind"),
    [
        pytest.param(60, 0, id="later"),
        pytest.param(0, 0, id="the same second"),
        pytest.param(-10 * YEAR, 10 * YEAR, id="ten years behind"),
    ],
)
def test_a_clock_that_is_behind_is_told(tmp_path: Path, clock: Clock, offset: int, behind: int) -> None:
    opened = registry(tmp_path / "r.db", clock)
    add(opened, ["a.example.top"])
    clock.at += offset
    assert opened.ledger().behind() == behind


def test_the_command_line_says_so(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    ahead = registry(path, lambda: int(time.time()) + 10 * YEAR)
    add(ahead, ["a.example.top"])
    ahead.close()
    command = [sys.executable, "-m", "urlguard", "registry", "add", "b.example.top", "--registry", str(path)]
    ran = subprocess.run([*command, "--lang", "ru"], capture_output=True, check=True, encoding="utf-8")
    assert "Часы этой машины показывают" in ran.stderr
    assert "KN-" in ran.stdout
