"""JSON lines: nothing is lost."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tables.writing.hostile_cells import FORMULAS, NASTY, SCRIPTS
from tables.writing.scanned_rows import CLEAR, SCAM, UNREAD, head, scanned

from urlguard.tables.rows import Cell, Head, Scanned
from urlguard.tables.writing.jsonl import jsonl_output

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


def lines(path: Path, head: Head, rows: list[Scanned]) -> list[str]:
    output = jsonl_output(path, head)
    output.rows(rows)
    output.finish()
    return path.read_bytes().decode().splitlines()


def test_whole(tmp_path: Path) -> None:
    first, second, third = lines(
        tmp_path / "a",
        head("b%s", "a"),
        [scanned(2, "=1", 1.5), scanned(3, "", None, finding=SCAM), scanned(4, "", "", finding=UNREAD)],
    )
    assert first == (
        '{"b%s":"=1","a":1.5,"level":"clear","score":0,"brand":null,"scheme":null,"reasons":"","entries":"",'
        '"advice":"Это ничего не доказывает.","error":null}'
    )
    assert json.loads(second) == {
        "b%s": "", "a": None, "level": "dangerous", "score": 95, "brand": "kaspi", "scheme": "bank",
        "reasons": SCAM.reasons, "entries": SCAM.entries, "advice": SCAM.advice, "error": None,
    }  # fmt: skip
    assert json.loads(third) == {
        "b%s": "", "a": "", "level": None, "score": None, "brand": None, "scheme": None,
        "reasons": "", "entries": "", "advice": "", "error": UNREAD.error,
    }  # fmt: skip


def test_hostile_cells_are_whole(tmp_path: Path) -> None:
    cells = [*FORMULAS, *NASTY, *SCRIPTS]
    rows = [scanned(at, cell, finding=CLEAR._replace(reasons=cell)) for at, cell in enumerate(cells)]
    found = [json.loads(line) for line in lines(tmp_path / "a", head("a\u2028\ud800"), rows)]
    assert [row["a\u2028\ud800"] for row in found] == cells
    assert [row["reasons"] for row in found] == cells


@given(st.lists(st.dictionaries(st.text(min_size=1), JSON, min_size=1, max_size=1), max_size=4), st.text())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_values_come_back(tmp_path: Path, values: list[Any], name: str) -> None:
    found = lines(tmp_path / "a", head(f"x{name}"), [scanned(at, value) for at, value in enumerate(values)])
    assert [json.loads(line)[f"x{name}"] for line in found] == values


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (float("nan"), "NaN"), (float("-inf"), "-Infinity"), ([float("inf"), 1.0], ["Infinity", 1.0]),
        (date(2026, 1, 2), "2026-01-02"), (timedelta(hours=30), "30:00:00"),
        ({"d": date(2026, 1, 2)}, {"d": "2026-01-02"}),
        (datetime(2026, 1, 2, 3), "2026-01-02T03:00:00"),  # noqa: DTZ001  (a sheet knows no zone)
    ],
)  # fmt: skip
def test_what_json_has_no_value_for_is_text(tmp_path: Path, cell: Cell, value: object) -> None:
    (line,) = lines(tmp_path / "a", head("a"), [scanned(2, cell)])
    assert json.loads(line, parse_constant=pytest.fail)["a"] == value
