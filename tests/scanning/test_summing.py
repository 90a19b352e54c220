import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scanning.made_rows import HEAD, ROWS, row

from urlguard.scanning.summing import Sums
from urlguard.tables.rows import Scanned

_BRANDS = {"kaspi": {"name": "Каспи", "real": "kaspi.kz"}}


def _summary(*rows: Scanned, top: int = 10) -> dict[str, Any]:
    made = Sums(HEAD, top)
    made.add(rows)
    return made.summary({"seconds": 1}, _BRANDS, date_column="date", duplicates=2)


def test_everything_a_report_needs() -> None:
    assert _summary(
        row(1, level="clear", score=0, suffix="kz", day="2026-11-01"),
        row(2, level="clear", score=5, suffix="top"),
        row(
            3, "phone:+1", brand="kaspi", scheme="bank", suffix="top", hosting="", reasons="+80 bad",
            entries="KN-1", advice="do not open", day="2026-11-01",
        ),
        row(4, "phone:+1", level="suspicious", score=45, brand="other", suffix="dev", hosting="x.dev"),
        row(5, level="blocked", score=60, brand="kaspi", source="b.csv"),
        row(6, level="", score=0, error="line 6 is no text"),
    ) == {
        "rows": 6, "judged": 5, "unread": 1, "duplicates": 2, "sampled": "", "limited": 0,
        "levels": {"blocked": 1, "dangerous": 1, "suspicious": 1, "weak": 1, "clear": 1, "error": 1},
        "brands": [
            {"id": "kaspi", "name": "Каспи", "real": "kaspi.kz", "rows": 2, "dangerous": 2},
            {"id": "other", "name": "other", "real": "", "rows": 1, "dangerous": 0},
        ],
        "brands_total": 2,
        "schemes": [{"id": "bank", "title": "Bank", "rows": 1, "dangerous": 1}],
        "suffixes": [
            {"name": "top", "rows": 2, "flagged": 1},
            {"name": "dev", "rows": 1, "flagged": 1},
            {"name": "kz", "rows": 1, "flagged": 0},
        ],
        "hosting": [{"name": "x.dev", "rows": 1, "flagged": 1}],
        "rules": [],
        "dates": {
            "column": "date",
            "days": {"2026-11-01": {"clear": 1, "suspicious": 0, "dangerous": 1, "blocked": 0}},
            "undated": 3,
        },
        "campaigns": [
            {
                "kind": "phone", "key": "+1", "shown": "+1", "rows": 2, "level": "dangerous",
                "brands": ["kaspi", "other"], "schemes": ["bank"], "first": 3, "last": 4, "source": "a.csv",
                "contacts": [], "sample": "row 4", "since": "2026-11-01", "until": "2026-11-01",
            }
        ],
        "campaigns_total": 1, "campaigns_cut": False,
        "top": [
            _listed(5, "blocked", 60, source="b.csv", brand="kaspi"),
            _listed(
                3, "dangerous", 80, brand="kaspi", scheme="bank", reasons="+80 bad", entries="KN-1",
                advice="do not open", day="2026-11-01",
            ),
            _listed(4, "suspicious", 45, brand="other"),
        ],
        "top_cut": 0,
        "unreadable": [{"row": 6, "source": "a.csv", "error": "line 6 is no text"}],
        "brand_names": {"kaspi": "Каспи", "other": "other"},
        "scheme_titles": {"bank": "Bank"},
        "made": {"seconds": 1},
    }  # fmt: skip


def _listed(number: int, level: str, score: int, **more: str) -> dict[str, Any]:
    row_ = {"row": number, "source": "a.csv", "level": level, "score": score, "input": f"row {number}"}
    return row_ | dict.fromkeys(("brand", "scheme", "reasons", "entries", "advice", "day"), "") | more


def test_nothing_read_is_said_too() -> None:
    found = _summary()
    assert found["rows"] == 0
    assert set(found["levels"].values()) == {0}
    assert found["campaigns"] == found["top"] == []


def test_the_worst_rows_are_kept_in_order() -> None:
    rows = [row(number, level="suspicious", score=40 + number % 7) for number in range(100)]
    found = _summary(*rows, row(100, level="dangerous", score=70), top=5)
    assert [(one["row"], one["score"]) for one in found["top"]] == [
        (100, 70),
        (6, 46),
        (13, 46),
        (20, 46),
        (27, 46),
    ]
    assert found["top_cut"] == 96


def test_no_row_is_listed_where_none_are_asked_for() -> None:
    found = _summary(row(1), top=0)
    assert (found["top"], found["top_cut"]) == ([], 1)


def test_rules_are_counted_with_their_titles() -> None:
    made = Sums(HEAD)
    scanned = row(1)
    made.add([scanned._replace(finding=scanned.finding._replace(rules=("r1", "r2"))), row(2)])
    assert made.summary({}, {})["rules"] == [
        {"id": "r1", "title": "Rule one", "rows": 1},
        {"id": "r2", "title": "r2", "rows": 1},
    ]


@pytest.mark.parametrize(
    ("field", "most"), [pytest.param("suffix", 8_000, id="suffixes"), pytest.param("day", 4_000, id="days")]
)
def test_invented_names_do_not_fill_the_memory(field: str, most: int) -> None:
    made = Sums(HEAD)
    made.add([row(1, level="clear", score=0, **{field: f"x{at}"}) for at in range(9_000)])
    state = made.state()
    assert len({"suffix": state["tables"]["suffixes"], "day": state["days"]}[field]) == most
    assert made.summary({}, {})["levels"]["clear"] == 9_000


def test_long_texts_are_shortened() -> None:
    found = _summary(row(1, reasons="r" * 5_000, entries="e" * 5_000, advice="a" * 5_000))
    assert {len(found["top"][0][name]) for name in ("reasons", "entries", "advice")} == {600}


@settings(max_examples=50)
@given(ROWS, ROWS, st.integers(0, 6), st.integers(1, 7))
def test_a_checkpoint_changes_nothing(
    before: list[Scanned], after: list[Scanned], top: int, block: int
) -> None:
    whole = Sums(HEAD, top)
    whole.add([*before, *after])
    first = Sums(HEAD, top)
    for at in range(0, len(before), block):
        first.add(before[at : at + block])
    resumed = Sums.restored(json.loads(json.dumps(first.state())), HEAD, top)
    resumed.add(after)
    assert resumed.summary({}, _BRANDS) == whole.summary({}, _BRANDS)
    assert json.dumps(resumed.state()) == json.dumps(whole.state())


@settings(max_examples=50)
@given(ROWS)
def test_levels_sum_up_to_the_rows(rows: list[Scanned]) -> None:
    found = _summary(*rows, top=3)
    assert sum(found["levels"].values()) == found["rows"] == len(rows)
    flagged = sum(found["levels"][name] for name in ("blocked", "dangerous", "suspicious"))
    assert len(found["top"]) + found["top_cut"] == flagged
