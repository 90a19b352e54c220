from pathlib import Path
from typing import Any

import pytest
from registry.kept import TODAY, Clock, entries, fresh, take

from urlguard.errors import Refused
from urlguard.record import Ground, Row
from urlguard.registry.filters import Filter, end_of_day
from urlguard.registry.registry import Registry

DAY = 86_400


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def kept(tmp_path: Path, clock: Clock) -> Registry:
    """Four records, the first of which expired the day after."""
    opened = fresh(tmp_path, clock)
    first = {"category": "phishing", "brand": "kaspi", "ground": Ground("court", number="7")}
    take(
        opened,
        [
            Row(1, "a.top", fields=first),
            Row(2, "+7 701 000 00 00"),
            Row(3, "b.top", fields={"until": "2026-11-01"}),
        ],
    )
    take(opened, ["c.top"], list="feed")
    clock.at = TODAY + DAY
    opened.step([entries(opened)[0].id], "expired", actor="tests")
    return opened


@pytest.mark.parametrize(
    ("wanted", "right"),
    [
        pytest.param({}, ["a.top", "+7 701 000 00 00", "b.top", "c.top"], id="all"),
        pytest.param({"list": "feed"}, ["c.top"], id="a list"),
        pytest.param({"list": "nothing"}, [], id="no list"),
        pytest.param(
            {"state": "restricted"}, ["+7 701 000 00 00", "b.top", "c.top"], id="a state as it was written"
        ),
        pytest.param({"state": "expired"}, ["a.top", "b.top"], id="expired, also by its term"),
        pytest.param({"kind": "phone"}, ["+7 701 000 00 00"], id="a kind"),
        pytest.param({"category": "phishing"}, ["a.top"], id="a category"),
        pytest.param({"brand": "kaspi"}, ["a.top"], id="a brand"),
        pytest.param({"number": "7"}, ["a.top"], id="a document"),
        pytest.param({"event": 1}, ["a.top", "+7 701 000 00 00", "b.top"], id="entered by an event"),
        pytest.param({"event": 3}, ["a.top"], id="changed by an event"),
        pytest.param({"standing": "blocks"}, ["+7 701 000 00 00", "c.top"], id="in force"),
        pytest.param(
            {"standing": "blocks", "list": "feed", "kind": "host"}, ["c.top"], id="all of it at once"
        ),
    ],
)
def test_a_filter_gives_what_is_wanted(kept: Registry, wanted: dict[str, Any], right: list[str]) -> None:
    assert [entry.value for entry in kept.searching().entries(Filter(**wanted))] == right


@pytest.mark.parametrize(
    ("end", "states"),
    [
        pytest.param(TODAY - DAY, [], id="before all"),
        pytest.param(TODAY + 1, ["restricted"] * 3, id="after the first event"),
        pytest.param(TODAY + 60, ["restricted"] * 4, id="after the second"),
        pytest.param(TODAY + 2 * DAY, ["expired", "restricted", "restricted", "restricted"], id="after all"),
    ],
)
def test_a_registry_as_of_a_moment(kept: Registry, end: int, states: list[str]) -> None:
    assert [entry.state for entry in kept.searching().entries(end=end)] == states


def test_an_entry_tells_its_history(kept: Registry) -> None:
    first = entries(kept)[0]
    steps = kept.searching().history(first)
    assert [(step.action, step.before, step.after) for step in steps] == [
        ("import", "", "restricted"),
        ("transition", "restricted", "expired"),
    ]
    assert kept.searching().record(first).history == steps


def test_events_come_in_both_orders(kept: Registry) -> None:
    searching = kept.searching()
    assert [event.seq for event in searching.events()] == [1, 2, 3]
    assert [event.seq for event in searching.events(newest_first=True)] == [3, 2, 1]
    assert searching.event(2) == list(searching.events())[1]
    assert searching.event(9) is None


def test_stats_count_every_entry_once(kept: Registry) -> None:
    counts = kept.searching().stats()
    assert counts["standing"] == {"none": 2, "blocks": 2}
    assert counts["list"] == {"local": 3, "feed": 1}
    assert counts["brand"] == {"kaspi": 1}
    assert all(
        sum(counts[name].values()) == 4
        for name in ("state", "standing", "category", "ground", "kind", "list", "month")
    )


def test_settings_of_a_list_are_kept(kept: Registry) -> None:
    kept.configure("feed", {"title": "Тізім", "url": "https://example.com/list"}, actor="tests")
    found = {name: (dict(settings), count) for name, settings, count, _ in kept.searching().lists()}
    assert found["feed"] == ({"title": "Тізім", "url": "https://example.com/list"}, 1)
    assert found["local"] == ({}, 3)


@pytest.mark.parametrize("text", ["", "2026-13-01", "2026-02-30", "22.11.2026", "2026-11-22T00:00"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="is no date"):
        end_of_day(text)


def test_a_day_ends_in_kazakhstan() -> None:
    assert end_of_day("2026-11-22") == 1_795_373_999


@pytest.mark.parametrize("wanted", [{}, {"list": "feed"}, {"state": "expired"}, {"number": "7"}], ids=str)
def test_counts_of_today_are_of_each_entry(kept: Registry, clock: Clock, wanted: dict[str, Any]) -> None:
    searching = kept.searching()
    today = searching.stats(wanted=Filter(**wanted))
    assert today == searching.stats(clock.at, Filter(**wanted))
    assert today["state"].total() == len(list(searching.entries(Filter(**wanted))))
