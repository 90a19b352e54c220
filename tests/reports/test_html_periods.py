"""Days as the bars of a chart, and figures as they are written."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from urlguard.reports.html.figures import day, moment, share
from urlguard.reports.html.periods import MOST, course

ONE = {"clear": 1, "suspicious": 0, "dangerous": 1, "blocked": 0}


@pytest.mark.parametrize(
    ("first", "last", "unit", "bars", "begins"),
    [
        pytest.param("2026-11-02", "2026-11-02", "day", 1, "2026-11-02", id="one day"),
        pytest.param("2026-09-22", "2026-11-22", "day", 62, "2026-09-22", id="two months"),
        pytest.param("2026-09-21", "2026-11-22", "week", 9, "2026-09-21", id="a day more"),
        pytest.param("2026-01-01", "2026-11-22", "week", 47, "2025-12-29", id="weeks begin on Monday"),
        pytest.param("2025-01-15", "2026-11-22", "month", 23, "2025-01-01", id="two years"),
        pytest.param("1999-12-31", "2026-01-01", "year", 28, "1999-01-01", id="a lifetime"),
        pytest.param("0001-01-01", "9999-12-31", "year", 62, "0001-01-01", id="all there are"),
    ],
)
def test_the_unit_follows_the_span(first: str, last: str, unit: str, bars: int, begins: str) -> None:
    found = course({first: ONE, last: ONE})
    assert (found.unit, len(found.periods), found.periods[0].first.isoformat()) == (unit, bars, begins)
    assert sum(period.height for period in found.periods) == len({first, last})


def test_a_wrong_date_does_not_hide_the_others() -> None:
    days = {f"2026-11-{at:02}": {"dangerous": 10} for at in range(1, 21)}
    found = course({"1900-01-01": {"clear": 1}, **days, "9999-12-31": {"dangerous": 1}})
    assert (found.unit, len(found.periods), found.outside) == ("day", 20, 2)


def test_a_few_dates_far_apart_are_all_shown() -> None:
    found = course({"1990-01-01": ONE, "2026-11-01": ONE, "2026-11-02": ONE})
    assert (found.unit, len(found.periods), found.outside) == ("year", 37, 0)


def test_no_days_are_no_bars() -> None:
    assert course({}).periods == []


@given(
    st.dictionaries(
        st.dates().map(date.isoformat),
        st.fixed_dictionaries({"clear": st.integers(0, 9), "blocked": st.integers(0, 500)}),
        max_size=20,
    )
)
def test_every_row_is_in_a_bar_or_told_to_be_outside(days: dict[str, dict[str, int]]) -> None:
    found = course(days)
    assert len(found.periods) <= MOST
    drawn = sum(sum(period.counts.values()) for period in found.periods)
    assert drawn + found.outside == sum(sum(row.values()) for row in days.values())
    firsts = [period.first for period in found.periods]
    assert firsts == sorted(set(firsts))


def test_words_of_the_language_make_a_figure() -> None:
    words = {
        "report_percent": "{n}\u00a0%", "report_decimal": ",", "report_date": "{day}.{month}.{year}",
        "report_month": "{month}.{year}",
    }  # fmt: skip
    assert share(words, 1, 8) == "12,5\u00a0%"
    assert share(words, 1, 10**9) == "<0,01\u00a0%"
    assert share(words, 0, 0) == "0\u00a0%"
    assert [moment(words, date(2026, 3, 2), unit) for unit in ("day", "week", "month", "year")] == [
        "02.03.2026", "02.03.2026", "03.2026", "2026",
    ]  # fmt: skip
    assert [day(words, text) for text in ("", "soon", "1-2", "a-b-c")] == ["", "soon", "1-2", "a-b-c"]
