import math
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from urlguard.scanning.dates import date_column, day
from urlguard.tables.rows import Cell


@pytest.mark.parametrize(
    "cell",
    [
        "2026-11-22", "2026-11-22T23:59", "2026-11-22T23:59:59.123456Z", "2026-11-22 23:59:59+05:00",
        "2026-11-22 9:05", "2026/11/22", "2026.11.22", "22.11.2026", "22.11.2026 14:05", " 22.11.2026 ",
        "22.11.2026, 14:05:59", "22.11.26", "22.11.26 14:05", "22.11.2026 г.", "22.11.2026 ж.",
        "22/11/2026", "22/11/2026 2:05 PM", "22-11-2026", "1795305600", "1795305600000", "1795305600.5",
        1_795_305_600, 1_795_305_600_000, 1_795_305_600.25, date(2026, 11, 22),
        datetime(2026, 11, 22, 23, 59, tzinfo=UTC),
    ],
    ids=str,
)  # fmt: skip
def test_days_are_read(cell: Cell) -> None:
    assert day(cell) == "2026-11-22"


@pytest.mark.parametrize(
    "cell",
    [
        "", " ", None, True, False, time(12, 0), timedelta(days=1), {"a": 1}, [1], "2026-13-01", "31.02.2026",
        "2026-11-22x", "2026-11-22 and more", "22.11.2026 and more", "12/11/26", "11/22/2026", "22.11-2026",
        "1999-12-31", "2101-01-01", date(1999, 12, 31), datetime(2101, 1, 1, tzinfo=UTC), "22.11",
        "10:05", "1.2.3", "45000", 45_000, 45_000.5, -1, math.inf, math.nan, "77051234567", 77_051_234_567,
        "5 000", "192.168.1.10",
        "2026-11-22" + " " * 1_000_000, "9" * 1_000_000, "٢٠٢٦-١١-٢٢x", "kaspi.kz", "1e9",
    ],
    ids=lambda cell: str(cell)[:20],
)  # fmt: skip
def test_all_else_is_no_day(cell: Cell) -> None:
    assert day(cell) == ""


@pytest.mark.parametrize("cell", ["2026-1-5", "5.1.2026", "05.1.26", "2026/01/5 10:00"])
def test_days_are_read_without_zeros(cell: str) -> None:
    assert day(cell) == "2026-01-05"


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_spelling_of_a_day_is_that_day(given_day: date) -> None:
    for form in ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%Y/%m/%d", "%d.%m.%y"):
        assert day(f"{given_day:{form}}") == given_day.isoformat()


@given(st.one_of(st.text(max_size=30), st.integers(), st.floats(), st.dates(), st.datetimes()))
def test_no_cell_is_a_fault(cell: Any) -> None:  # noqa: ANN401  (any cell)
    found = day(cell)
    assert found == "" or "2000-01-01" <= found <= "2100-12-31"


_DAYS: list[Cell] = ["2026-11-01", "02.11.2026", "2026-11-03 10:00", ""]
_TEXTS: list[Cell] = ["kaspi-bonus.top", "2026", "5", "x"]
_COUNTS: list[Cell] = [1_795_305_600, 1_795_305_601, None, 1_795_305_602]


@pytest.mark.parametrize(
    ("table", "at"),
    [
        pytest.param({"url": _TEXTS, "date": _DAYS}, 1, id="English"),
        pytest.param({"сайт": _TEXTS, "Дата обращения": _DAYS}, 1, id="Russian"),
        pytest.param({"сайт": _TEXTS, "Түскен күні": _DAYS}, 1, id="Kazakh"),
        pytest.param({"url": _TEXTS, "eventDate": _DAYS}, 1, id="words joined"),
        pytest.param({"url": _TEXTS, "created_at": _COUNTS}, 1, id="seconds under a header that says so"),
        pytest.param({"url": _TEXTS, "number": _COUNTS}, None, id="seconds under another"),
        pytest.param({"column 1": _TEXTS, "column 2": _DAYS}, 1, id="without headers"),
        pytest.param({"any": _DAYS, "date": _DAYS}, 1, id="the header decides"),
        pytest.param({"date": _DAYS, "время": _DAYS}, 0, id="the first of two"),
        pytest.param({"date": _TEXTS, "any": _DAYS}, 1, id="a header is not enough"),
        pytest.param({"date": ["2026-11-01", "x", "y", "z"]}, None, id="too few days"),
        pytest.param({"date": ["", None, "", ""]}, None, id="empty"),
        pytest.param(
            {"дата рождения": _DAYS, "birth date": _DAYS, "valid until": _DAYS}, None, id="other days"
        ),
        pytest.param({"candidate": _COUNTS, "lifetime": _COUNTS}, None, id="words inside words"),
        pytest.param({}, None, id="no column"),
    ],
)
def test_the_column_of_days_is_found(table: dict[str, list[Cell]], at: int | None) -> None:
    rows = list(zip(*table.values(), strict=True))
    assert date_column(list(table), rows) == at
