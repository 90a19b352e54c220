import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scanning.made_rows import FLAGGED, row

from urlguard.scanning.campaigns import Campaigns, Sources
from urlguard.tables.rows import Scanned

_LEVELS = ("clear", "suspicious", "dangerous", "blocked")


def _added(made: Campaigns, rows: Sequence[Scanned], first: int = 0) -> Campaigns:
    for order, given_row in enumerate(rows, first):
        made.add(order, given_row, _LEVELS.index(given_row.finding.level))
    return made


def _listed(*rows: Scanned, most: int = 1_000) -> list[dict[str, Any]]:
    return _added(Campaigns(most), rows).listed()[0]


_SKETCH = "00112233445566778899aabbccddeeff"
_NEAR = "00112233445566778899aa0000000000"
_FAR = "0011223344556600000000000000dd00"


def test_rows_of_one_phone_are_a_campaign() -> None:
    found = _listed(
        row(3, "phone:+77051234567", brand="kaspi", scheme="bank", day="2026-11-02"),
        row(5, "phone:+77059999999"),
        row(9, "phone:+77051234567", brand="halyk", level="blocked", day="2026-11-01", source="b.csv"),
    )
    assert found == [
        {
            "kind": "phone", "key": "+77051234567", "shown": "+77051234567", "rows": 2, "level": "blocked",
            "brands": ["kaspi", "halyk"], "schemes": ["bank"], "first": 3, "last": 9, "source": "a.csv",
            "contacts": [], "sample": "row 9", "since": "2026-11-01", "until": "2026-11-02",
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            [["phone:+1"], ["phone:+1", "host:a.top"], ["host:a.top"]], [("phone", "+1", 3)], id="by a third"
        ),
        pytest.param(
            [["phone:+1"], ["host:a.top"], ["phone:+1", "host:a.top"]], [("phone", "+1", 3)], id="at last"
        ),
        pytest.param(
            [["host:a.top", "family:a#"], ["host:b.top", "family:a#"], ["host:a.top", "family:a#"]],
            [("family", "a#", 3)],
            id="the mark that ties most rows names it",
        ),
        pytest.param(
            [["phone:+1"], ["phone:+2"], ["phone:+1"], ["phone:+2"], ["phone:+2"]],
            [("phone", "+2", 3), ("phone", "+1", 2)],
            id="two",
        ),
        pytest.param(
            [[f"text:0aa~{_SKETCH}"], [f"text:0aa~{_NEAR}"]], [("text", "0aa", 2)], id="texts that are alike"
        ),
        pytest.param([[f"text:0aa~{_SKETCH}"], [f"text:0aa~{_FAR}"]], [], id="texts alike by chance"),
        pytest.param(
            [[f"text:0aa~{_SKETCH}"], [f"text:0aa~{_FAR}"], [f"text:0aa~{_FAR}"]],
            [("text", "0aa/dd00", 2)],
            id="texts that have the key of others",
        ),
        pytest.param([["phone:+1"], []], [], id="no marks"),
    ],
)
def test_shared_marks_join_rows(rows: list[list[str]], expected: list[tuple[str, str, int]]) -> None:
    found = _listed(*[row(number, *marks) for number, marks in enumerate(rows)])
    assert [(one["kind"], one["key"], one["rows"]) for one in found] == expected


def test_one_row_repeated_is_no_campaign_but_counts() -> None:
    same = [row(number, "phone:+1", shown="same") for number in range(3)]
    assert _listed(*same) == []
    assert [one["rows"] for one in _listed(*same, row(4, "phone:+1", shown="other"))] == [4]


def test_likeness_alone_does_not_join_what_has_grown() -> None:
    phones = [row(number, f"phone:+{number % 2}") for number in range(40)]
    assert [one["rows"] for one in _listed(*phones, row(41, "phone:+0", "phone:+1"))] == [41]
    linked = row(41, "phone:+0", "family:a#")
    assert [one["rows"] for one in _listed(*phones, linked, row(42, "phone:+1", "family:a#"))] == [21, 21]


def test_a_flood_pushes_out_nothing_that_ties_rows() -> None:
    known = [row(number, f"phone:+{number % 5}") for number in range(10)]
    flood = [row(number, f"host:h{number}.top", "phone:+777") for number in range(5)]
    flood += [row(number, f"host:h{number}.top") for number in range(5, 5_000)]
    made = _added(Campaigns(100), [*known, *flood, row(9_000, "phone:+3"), row(9_001, "phone:+777")])
    listed, total = made.listed()
    assert made.cut
    assert total == 6
    assert [(one["key"], one["rows"]) for one in listed[:2]] == [("+777", 6), ("+3", 3)]


def test_campaigns_that_were_forgotten_are_told_with_what_they_had() -> None:
    pairs = [row(number, f"phone:+{number // 2}") for number in range(40)]
    made = _added(Campaigns(4), pairs)
    listed, total = made.listed(most=15)
    assert made.cut
    assert total == 20
    assert [(one["kind"], one["rows"]) for one in listed] == [("phone", 2)] * 15


@pytest.mark.parametrize(
    ("mark", "shown"),
    [
        pytest.param("host:halyk-bonus1.top", "halyk-bonus1[.]top", id="host"),
        pytest.param("host:bit.ly/kaspi", "bit[.]ly/kaspi", id="tenant in a path"),
        pytest.param("family:kaspi#.top", "kaspi#[.]top", id="family"),
        pytest.param("email:a@b.top", "a@b[.]top", id="mailbox"),
        pytest.param("handle:telegram:kaspi_bonus", "telegram:kaspi_bonus", id="account"),
        pytest.param("app:apk:a\u202eb.apk", "apk:a<U+202E>b.apk", id="characters that move a cursor"),
        pytest.param(f"text:0aa~{_SKETCH}", "row 2", id="text"),
    ],
)
def test_keys_are_shown_so_that_nothing_is_clicked(mark: str, shown: str) -> None:
    assert [one["shown"] for one in _listed(row(1, mark), row(2, mark))] == [shown]


@given(st.lists(FLAGGED, max_size=40), st.lists(FLAGGED, max_size=15), st.integers(1, 6))
def test_a_checkpoint_changes_nothing(before: list[Scanned], after: list[Scanned], most: int) -> None:
    whole = _added(Campaigns(most), [*before, *after])
    sources = Sources()
    state = json.loads(json.dumps(_added(Campaigns(most), before).state(sources)))
    resumed = _added(Campaigns.restored(state, sources.names(), most), after, len(before))
    assert resumed.listed() == whole.listed()
    assert resumed.state(Sources()) == whole.state(Sources())


@settings(max_examples=50)
@given(st.lists(FLAGGED, max_size=40), st.integers(1, 6))
def test_memory_is_bounded_and_no_row_counts_twice(rows: list[Scanned], most: int) -> None:
    made = _added(Campaigns(most), rows)
    state = made.state(Sources())
    assert len(state["ties"]) <= most
    assert len(state["single"]) <= most
    assert sum(one["rows"] for one in made.listed()[0]) <= sum(bool(one.finding.marks) for one in rows)


def test_what_can_be_blocked_of_a_campaign_is_listed() -> None:
    rows = [row(at, f"phone:+770000000{at % 3}", "host:pay-kz.top", f"text:abc~{_SKETCH}") for at in range(6)]
    [found] = _listed(*rows)
    told = {(one["kind"], one["shown"]) for one in [*found["contacts"], found]}
    assert told >= {("host", "pay-kz[.]top"), ("phone", "+7700000000"), ("phone", "+7700000002")}
