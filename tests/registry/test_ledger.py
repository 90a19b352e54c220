from pathlib import Path

import pytest
from registry.kept import Clock, bad, entries, fresh, take

from urlguard.errors import RegistryError
from urlguard.model import Kind
from urlguard.record import Match
from urlguard.registry.ledger import Ledger, last_event
from urlguard.registry.rows import Entry, shapes
from urlguard.registry.store import Store
from urlguard.scope import NO_GROUND, Effect

MODEL = Entry(
    "",
    0,
    "",
    "",
    Kind.HOST,
    Match.DOMAIN,
    "local",
    "restricted",
    Effect.BLOCK,
    "",
    "",
    "",
    NO_GROUND,
    "",
    "",
    "",
    "",
    0,
)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(Store(tmp_path / "r.db", write=True), Clock())


def entered(ledger: Ledger, *hosts: str, state: str = "restricted") -> list[Entry]:
    with ledger.event("add", actor="anna", list_name="local", state=state) as pen:
        return [pen.enter(MODEL._replace(anchor=host, key=host, value=host)) for host in hosts]


def test_each_write_is_the_next_event(ledger: Ledger) -> None:
    entered(ledger, "a.top")
    entered(ledger, "b.top", "c.top")
    event = last_event(ledger.store, ledger.names)
    assert event is not None
    assert (event.seq, event.born, event.changed, event.actor, event.state) == (2, 2, 0, "anna", "restricted")


def test_nothing_written_is_no_event(ledger: Ledger) -> None:
    with ledger.event("add", actor="anna"):
        pass
    assert last_event(ledger.store, ledger.names) is None


def test_an_event_may_be_kept_without_entries(ledger: Ledger) -> None:
    with ledger.event("configure", actor="anna") as pen:
        pen.keep()
    event = last_event(ledger.store, ledger.names)
    assert event is not None
    assert event.action == "configure"


def test_a_write_that_fails_leaves_nothing(ledger: Ledger) -> None:
    """Also no words: the names it made are forgotten with it, and made again by the next one."""
    with pytest.raises(ZeroDivisionError), ledger.event("add", actor="anna", list_name="new") as pen:  # noqa: PT012  (it is the block that fails)
        pen.enter(MODEL._replace(anchor="a.top", key="a.top", value="a.top", brand="kaspi", list="new"))
        raise ZeroDivisionError
    assert ledger.store.all("SELECT * FROM entries") == ledger.store.all("SELECT * FROM names") == []
    (entry,) = entered(ledger, "b.top")
    assert ledger.names.entry(ledger.store.all("SELECT * FROM entries")[0])[:4] == (
        "b.top",
        entry.id,
        "b.top",
        "b.top",
    )


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE events SET actor = 'boris'",
        "DELETE FROM events",
        "UPDATE changes SET after = 1",
        "DELETE FROM changes",
        "DELETE FROM entries",
    ],
)
def test_what_is_written_stays(ledger: Ledger, sql: str) -> None:
    (entry,) = entered(ledger, "a.top")
    with ledger.event("transition", actor="anna") as pen:
        pen.change(entry, state="expired")
    with pytest.raises(RegistryError, match=r"append-only|never deleted"), ledger.store.writing():
        ledger.store.run(sql)


def test_entering_many_is_entering_each(tmp_path: Path) -> None:
    hosts = [f"h{number}.top" for number in range(50)]
    heads = []
    for name in ("one", "many"):
        ledger = Ledger(Store(tmp_path / f"{name}.db", write=True), Clock())
        with ledger.event("import", actor="anna", list_name="local", state="restricted") as pen:
            if name == "many":
                assert pen.enter_alike(MODEL, [(host, None, None) for host in hosts]) == 50
            else:
                for host in hosts:
                    pen.enter(MODEL._replace(anchor=host, key=host, value=host))
        event = last_event(ledger.store, ledger.names)
        assert event is not None
        heads.append((event.hash, ledger.store.all("SELECT * FROM entries"), shapes(ledger.store)))
    assert heads[0] == heads[1]
    assert heads[0][2] == {"host.host_and_subdomains": 50}


def test_a_change_writes_down_what_was_before(ledger: Ledger) -> None:
    (entry,) = entered(ledger, "a.top")
    with ledger.event("edit", actor="anna") as pen:
        assert pen.change(entry, note="why", brand="").note == "why"
    assert [
        row[2:] for row in ledger.store.all("SELECT entry, seq, before = after, fields FROM changes")
    ] == [(1, '{"note":""}')]


def test_a_change_of_nothing_is_none(ledger: Ledger) -> None:
    (entry,) = entered(ledger, "a.top")
    with ledger.event("edit", actor="anna") as pen:
        assert pen.change(entry, note="", state="restricted") == entry
    assert last_event(ledger.store, ledger.names) == last_event(ledger.store, ledger.names)
    assert ledger.store.all("SELECT max(seq) FROM events") == [(1,)]


def test_ids_begin_anew_each_year(tmp_path: Path) -> None:
    clock = Clock()
    opened = fresh(tmp_path, clock)
    take(opened, ["a.top", "b.top"])
    clock.at += 31_557_600
    take(opened, ["c.top"])
    assert [entry.id for entry in entries(opened)] == [202600000001, 202600000002, 202700000001]
    assert bad(opened) == []
