"""Each script of this folder does its harm in a process of its own; here is what must come of it."""

import sys
from pathlib import Path

import pytest
from faults.made import run

SEED = 20261122

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the scripts fork and kill -9")


def test_killed_writers_leave_whole_events_and_every_acknowledged_one(tmp_path: Path) -> None:
    report = run("killing", tmp_path, SEED)
    assert report["faults"] == []
    assert report["kills"] == 60
    assert report["inside"] >= 30
    assert report["acknowledged"] >= 50


def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    report = run("filling", tmp_path, SEED)
    assert report["faults"] == []
    assert report["limited"] >= 3
    assert report["copies"] == 4
    assert report.get("disk", 3) == 3


def test_lookups_work_where_nothing_can_be_written() -> None:
    report = run("reading_only")
    assert report["faults"] == []
    assert len(report["looked"]) >= 3


def test_three_writers_and_three_readers_from_before_there_is_a_registry(tmp_path: Path) -> None:
    report = run("crowding", tmp_path, 4)
    assert report["faults"] == []
    assert report["torn"] == 0
    assert min(report["written"]) >= 1
    assert min(report["seen"]) >= 1


def test_a_torn_log_opens_to_a_state_that_was(tmp_path: Path) -> None:
    report = run("tearing", tmp_path, SEED)
    assert report["faults"] == []
    assert report["whole"] >= 1
    assert report["whole"] + report["shorter"] + report["refused"] == 90


def test_damage_is_refused_or_harmless(tmp_path: Path) -> None:
    report = run("damaging", tmp_path, SEED)
    assert report["faults"] == []
    assert report["cases"] >= 200
    missed = [
        wrong for wrong in report["wrong"] if wrong.startswith("swap") and not wrong.endswith(", absent")
    ]
    assert report["wrong"] == missed
    kinds = ("flip", "zeros", "page zeroed", "header", "swap", "cut", "end")
    assert [kind for kind in kinds if not report["answers"].get(f"{kind}, refused")] == []
