"""Each change behind the registry's back is found by the check that is there for it."""

from pathlib import Path

import pytest
from registry.kept import bad, entries, fresh, take

from urlguard.errors import Damaged
from urlguard.record import Row
from urlguard.registry.registry import Registry


@pytest.fixture
def kept(tmp_path: Path) -> Registry:
    opened = fresh(tmp_path)
    rows = [
        Row(1, "a.top", fields={"note": "first", "brand": "kaspi"}),
        Row(2, "b.top"),
        Row(3, "+7 701 000 00 00"),
    ]
    take(opened, rows)
    take(opened, ["c.top/page", "d.top"], list="other")
    opened.step([entries(opened)[0].id], "expired", actor="tests", reason="over")
    opened.step([entries(opened)[0].id], "restricted", actor="tests")
    opened.changing().edit([entries(opened)[1].id], {"note": "second"}, actor="tests")
    return opened


def tampered(of: Registry, sql: str) -> None:
    store = of.store(write=True)
    with store.writing():
        for (name,) in store.all("SELECT name FROM sqlite_schema WHERE type = 'trigger'"):
            store.run(f"DROP TRIGGER {name}")
        store.run(sql)


def test_what_was_only_written_is_good(kept: Registry) -> None:
    assert [(finding.check, finding.good) for finding in kept.verify()] == [
        (check, True) for check in ("pages", "chain", "changes", "digest", "history")
    ]


@pytest.mark.parametrize(
    ("sql", "check"),
    [
        pytest.param("UPDATE events SET reason = 'x' WHERE seq = 3", "chain", id="a reason"),
        pytest.param("UPDATE events SET at = at + 1 WHERE seq = 2", "chain", id="a time"),
        pytest.param("UPDATE events SET born = 9 WHERE seq = 1", "chain", id="how many were entered"),
        pytest.param("DELETE FROM events WHERE seq = 5", "changes", id="the last event is gone"),
        pytest.param("DELETE FROM changes WHERE seq = 3", "changes", id="a step is gone"),
        pytest.param(
            'UPDATE changes SET fields = \'{"note":"x"}\' WHERE seq = 5', "changes", id="what was before"
        ),
        pytest.param(
            "UPDATE changes SET seq = 99 WHERE seq = 5", "changes", id="of an event that is not there"
        ),
        pytest.param("UPDATE entries SET note = 'x' WHERE anchor = 'a.top'", "digest", id="a note"),
        pytest.param("UPDATE entries SET brand = NULL WHERE anchor = 'a.top'", "digest", id="a brand"),
        pytest.param(
            "UPDATE names SET name = 'halyk' WHERE name = 'kaspi'", "digest", id="the word for a brand"
        ),
        pytest.param("UPDATE lists SET name = 'x' WHERE name = 'other'", "digest", id="the name of a list"),
        pytest.param(
            "UPDATE entries SET anchor = 'z.top' WHERE anchor = 'b.top'", "digest", id="what it covers"
        ),
        pytest.param(
            "UPDATE entries SET until = '2020-01-01' WHERE anchor = 'b.top'", "digest", id="the last day"
        ),
        pytest.param(
            "UPDATE entries SET effect = 1 WHERE anchor = 'b.top'", "digest", id="blocking becomes allowing"
        ),
        pytest.param(
            "UPDATE entries SET born = 2 WHERE anchor = 'b.top'", "digest", id="when it was entered"
        ),
        pytest.param(
            "UPDATE entries SET match = 2 WHERE anchor = 'b.top'", "digest", id="how much it covers"
        ),
        pytest.param("DELETE FROM entries WHERE anchor = 'd.top'", "digest", id="an entry is gone"),
        pytest.param(
            "UPDATE entries SET state = (SELECT id FROM names WHERE name = 'expired') WHERE anchor = 'b.top'",
            "history",
            id="a state without a step",
        ),
    ],
)
def test_a_change_behind_its_back_is_found(kept: Registry, sql: str, check: str) -> None:
    tampered(kept, sql)
    assert check in bad(kept)


@pytest.mark.parametrize(
    "sql", ["DELETE FROM names", "DELETE FROM lists", "DELETE FROM events WHERE seq = 1"]
)
def test_what_cannot_even_be_read_is_damaged(kept: Registry, sql: str) -> None:
    tampered(kept, sql)
    with pytest.raises(Damaged, match="urlguard registry restore"):
        bad(kept)
