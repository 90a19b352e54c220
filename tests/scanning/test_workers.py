"""Processes that judge: the same findings as one process, and no row lost when one of them dies."""

import os
import signal
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from urlguard.errors import UsageError
from urlguard.guard import Guard
from urlguard.scanning.judging import Judge
from urlguard.scanning.workers import Alone, Rules, Workers, judging
from urlguard.tables.rows import Finding

ROWS = [
    "https://kaspi-bonus.top/login",
    "https://example.kz/",
    ("Служба безопасности банка, назовите код из СМС", "https://halyk-app.click/a"),
    ("qazpost-zhetkizu.click", "+77000000117"),
    "nothing",
]


def _all(judge: Alone | Workers, batches: list[list[object]]) -> list[list[Finding]]:
    done: dict[int, list[Finding]] = {}
    waiting = list(enumerate(batches))
    end = time.monotonic() + 30
    while len(done) < len(batches) and time.monotonic() < end:
        while waiting and judge.room:
            judge.submit(*waiting.pop(0))  # type: ignore[arg-type]
        done.update(judge.results(0.1))
    judge.close()
    return [done[at] for at in range(len(batches))]


def test_workers_find_what_one_process_finds() -> None:
    find = Judge(Guard(lang="ru")).find
    expected = [find(row) for row in ROWS]  # type: ignore[arg-type]
    batches: list[list[object]] = [list(ROWS)] * 5
    assert _all(Alone(Rules(lang="ru")), batches) == [expected] * 5
    assert _all(Workers(Rules(lang="ru"), 2), batches) == [expected] * 5


def test_a_hyperlink_is_judged_by_what_it_shows_and_where_it_leads() -> None:
    find = Judge(Guard()).find
    assert "link-shown-elsewhere" in find((("https://kaspi.kz", "https://zhana-portal.example/"),)).rules
    assert find((("kaspi.kz", "https://kaspi.kz/shop"),)).level == "clear"


def test_of_several_cells_the_worst_decides_and_all_tie() -> None:
    found = Judge(Guard()).find(("https://example.kz/", "https://kaspi-bonus.top/", "halyk-bonus1.top"))
    assert found.level == "dangerous"
    assert {"host:kaspi-bonus.top", "host:halyk-bonus1.top"} <= set(found.marks)


def _dies(rules: Rules, given: Connection, told: Connection) -> None:
    """Judge as a worker does, but end the process at the row `poison`."""
    real = Judge.find

    def find(self: Judge, judged: object) -> Finding:
        if judged == "poison":
            os.kill(os.getpid(), signal.SIGKILL)
        return real(self, judged)  # type: ignore[arg-type]

    Judge.find = find  # type: ignore[method-assign]
    judging(rules, given, told)


def test_a_row_that_ends_its_worker_costs_that_row_alone() -> None:
    rows: list[object] = ["https://example.kz/", "poison", "https://kaspi-bonus.top/login"]
    before, after = _all(Workers(Rules(), 1, _dies), [rows, ["https://example.kz/"]])
    assert [found.level for found in before] == ["clear", "", "dangerous"]
    assert "ended the process" in before[1].error
    assert [found.level for found in after] == ["clear"]


def _killed_once(rules: Rules, given: Connection, told: Connection) -> None:
    """Judge as a worker does, but die at the first batch there ever was."""
    flag = Path(os.environ["URLGUARD_TEST_FLAG"])
    if not flag.exists():
        flag.touch()
        given.recv()
        os._exit(9)
    judging(rules, given, told)


def test_what_a_worker_had_is_given_to_a_new_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("URLGUARD_TEST_FLAG", str(tmp_path / "flag"))
    found = _all(Workers(Rules(), 1, _killed_once), [["https://example.kz/"], ["https://kaspi-bonus.top/"]])
    assert [[one.level for one in batch] for batch in found] == [["clear"], ["dangerous"]]


def test_rules_that_cannot_be_loaded_are_an_error_and_no_endless_loop(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no rule packs"):
        _all(Workers(Rules(packs=(tmp_path / "none",)), 1), [["https://example.kz/"]])


def test_a_fault_of_ours_costs_its_row(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_self: Judge, judged: object) -> Finding:
        raise ZeroDivisionError(str(judged))

    monkeypatch.setattr(Judge, "find", broken)
    found = _all(Alone(Rules()), [["https://example.kz/"]])[0][0]
    assert found.level == ""
    assert "ZeroDivisionError" in found.error


@pytest.mark.parametrize("close", [Workers.close])
def test_no_process_is_left(close: Callable[[Workers], None]) -> None:
    workers = Workers(Rules(), 2)
    processes = [worker.process for worker in workers._workers]  # noqa: SLF001
    close(workers)
    assert not any(process.is_alive() for process in processes)
