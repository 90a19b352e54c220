"""One lookup, asked by several threads and processes."""

import multiprocessing
import os
import pickle
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from faults.killing import child
from faults.made import add, covered, registry, rules

from urlguard.errors import RegistryError
from urlguard.registry.lookup import Lookup
from urlguard.registry.opening import lookup_of, reader_of

KNOWN = [f"known{number}.example.top" for number in range(200)]
ASKED = [host for known in KNOWN for host in (known, known.replace("known", "unknown"))]
RIGHT = [True, False] * len(KNOWN)


@pytest.fixture
def made(tmp_path: Path) -> Path:
    opened = registry(tmp_path / "r.db")
    add(opened, KNOWN)
    opened.close()
    return tmp_path / "r.db"


def answers(lookup: Lookup, hosts: list[str]) -> list[bool]:
    reader = reader_of(rules())
    return [bool(lookup.found([link])) for link in map(reader.read, hosts) if link is not None]


def test_four_threads_get_right_answers(made: Path) -> None:
    lookup = lookup_of(made, rules())
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda _: answers(lookup, ASKED), range(8)))
    assert found == [RIGHT] * 8


def test_threads_read_on_while_another_one_writes(made: Path) -> None:
    lookup = lookup_of(made, rules())
    writer = registry(made)
    with ThreadPoolExecutor(3) as threads:
        asked = [threads.submit(answers, lookup, ASKED) for _ in range(6)]
        for number in range(20):
            add(writer, [f"more{number}.example.top"])
        assert [answer.result() for answer in asked] == [RIGHT] * 6
    writer.close()


def test_a_pickled_lookup_answers_where_it_arrives(made: Path) -> None:
    lookup = lookup_of(made, rules())
    assert answers(lookup, ASKED[:4]) == RIGHT[:4]
    assert answers(pickle.loads(pickle.dumps(lookup)), ASKED) == RIGHT  # noqa: S301  (made here)


def test_spawned_processes_get_right_answers(made: Path) -> None:
    lookup = lookup_of(made, rules())
    answers(lookup, ASKED[:2])
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        assert pool.starmap(answers, [(lookup, ASKED)] * 3) == [RIGHT] * 3


@pytest.mark.skipif(sys.platform == "win32", reason="no fork")
def test_forked_processes_get_right_answers(made: Path) -> None:
    lookup = lookup_of(made, rules())
    assert answers(lookup, ASKED) == RIGHT

    def ask(speaks: int) -> None:
        os.write(speaks, b"1" if answers(lookup, ASKED) == RIGHT else b"0")

    children = [child(ask) for _ in range(4)]
    assert answers(lookup, ASKED) == RIGHT
    said = []
    for pid, hears in children:
        said.append(os.read(hears, 10_000))
        os.close(hears)
        os.waitpid(pid, 0)
    assert said == [b"1"] * 4


@pytest.mark.skipif(sys.platform == "win32", reason="no fork")
def test_a_forked_reader_holds_its_own_locks(made: Path) -> None:
    """SQLite's locks are not inherited, but what it remembers of them is: the child must lock for itself.

    Otherwise a writer that closes as the last one would fold and delete the log under the child.
    """
    writer = registry(made)
    add(writer, ["first-more.example.top"])
    lookup, other = lookup_of(made, rules()), lookup_of(made, rules())
    assert answers(lookup, KNOWN[:1]) == answers(other, KNOWN[:1]) == [True]
    waits, goes = os.pipe()

    def ask(speaks: int) -> None:
        before = answers(lookup, KNOWN[:1])
        os.write(speaks, b"asked\n")
        os.read(waits, 1)
        after = answers(lookup, ["late.example.top"])
        os.write(speaks, f"{before} {after}\n".encode())

    writer.close()
    pid, hears = child(ask)
    assert os.read(hears, 100) == b"asked\n"
    lookup.close()
    other.close()
    add(writer, ["late.example.top"])
    writer.close()
    log = Path(f"{made}-wal").exists()
    os.write(goes, b"x")
    said = os.read(hears, 10_000)
    os.waitpid(pid, 0)
    for end in (waits, goes, hears):
        os.close(end)
    assert log, "the log was deleted under a reader"
    assert said == b"[True] [True]\n"


def test_a_lookup_goes_on_with_a_file_put_back(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("urlguard.registry.lookup._FRESH", 0.0)
    opened = registry(made)
    copy = opened.back_up().path
    add(opened, ["later.example.top"])
    lookup = lookup_of(made, rules())
    assert answers(lookup, ["later.example.top", KNOWN[0]]) == [True, True]
    opened.restore(copy)
    assert answers(lookup, ["later.example.top", KNOWN[0]]) == [False, True]


def test_a_lookup_of_a_registry_taken_away_says_so(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("urlguard.registry.lookup._FRESH", 0.0)
    lookup = lookup_of(made, rules())
    assert answers(lookup, KNOWN[:1]) == [True]
    made.rename(made.with_name("elsewhere.db"))
    with pytest.raises(RegistryError, match="there is no registry here"):
        answers(lookup, KNOWN[:1])


def test_a_key_of_the_cards_that_may_not_be_read_hinders_nothing_else(made: Path) -> None:
    made.with_name("r.db.key").mkdir()
    assert covered(registry(made), KNOWN[:2]) == [True, True]
