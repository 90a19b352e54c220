"""Rows kept for what is made at the end: read again as they were."""

from datetime import UTC, date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tables.writing.hostile_cells import FORMULAS, NASTY, SCRIPTS
from tables.writing.scanned_rows import CLEAR, SCAM, UNREAD, head, scanned

from urlguard.errors import UsageError
from urlguard.tables.rows import Scanned
from urlguard.tables.writing.spool import spool_output, spooled

CELLS = (
    st.text() | st.integers() | st.floats(allow_nan=False) | st.booleans() | st.none()
    | st.datetimes() | st.datetimes(timezones=st.just(UTC)) | st.dates() | st.times() | st.timedeltas()
    | st.lists(st.integers(), max_size=2) | st.dictionaries(st.text(), st.text() | st.none(), max_size=2)
)  # fmt: skip


def again(path: Path, rows: list[Scanned]) -> list[Scanned]:
    output = spool_output(path, head("a"))
    output.rows(rows)
    output.finish()
    return list(spooled(path))


@given(st.lists(CELLS, max_size=4))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_cells_come_back(tmp_path: Path, cells: list[Any]) -> None:
    rows = [scanned(2, *cells, finding=SCAM), scanned(3, *cells, finding=UNREAD, source="б[1]\u2028")]
    found = again(tmp_path / "a", rows)
    assert found == rows
    assert [[type(cell) for cell in row.cells] for row in found] == [[type(cell) for cell in cells]] * 2


@pytest.mark.parametrize(
    "line", ["", "5", "[1, 2]", "[1,2,3,[4],null]", "{}", '[2,"a","",[{"x":1}],[]]', "\udcff"]
)
def test_rows_that_were_changed_are_no_fault(tmp_path: Path, line: str) -> None:
    (tmp_path / "a").write_bytes(line.encode("utf-8", "surrogateescape") + b"\n")
    with pytest.raises(UsageError, match=r"was changed while the scan stood still\n  mend: begin anew"):
        list(spooled(tmp_path / "a"))


def test_hostile_texts_come_back(tmp_path: Path) -> None:
    texts = [*FORMULAS, *NASTY, *SCRIPTS]
    rows = [scanned(at, text, finding=CLEAR._replace(shown=text)) for at, text in enumerate(texts)]
    assert again(tmp_path / "a", rows) == rows


def test_values_that_look_like_marks_of_a_type_come_back(tmp_path: Path) -> None:
    cells: list[Any] = [
        {"date": "2026-01-02"},
        {"json": 1},
        {},
        [[]],
        date(2026, 1, 2),
        time(1),
        timedelta(1),
    ]
    (row,) = again(tmp_path / "a", [scanned(2, *cells)])
    assert row.cells == cells
