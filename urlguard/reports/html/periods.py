"""Days gathered into periods of which a chart can show all: days, weeks, months or years by their span."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

MOST: Final = 62
"""Bars of a chart: two months of days; more are too thin on a phone."""
DRAWN: Final = ("suspicious", "dangerous", "blocked")
"""Levels of a bar, from the bottom."""
LEVELS: Final = ("clear", *DRAWN)
_TAIL: Final = 100
"""One row of so many may lie outside at either end, when the span is halved by that: wrong dates,
as 1900-01-01 for an empty cell, would leave nothing to see of the others."""
_WEEK: Final = 7
_YEAR: Final = 12


class Period(NamedTuple):
    """One bar."""

    first: date
    counts: dict[str, int]
    """Rows by level."""

    @property
    def height(self) -> int:
        """Rows that are drawn."""
        return sum(self.counts[level] for level in DRAWN)


class Course(NamedTuple):
    """Periods that follow on each other without a gap."""

    unit: str
    """`day`, `week`, `month` or `year`; a period may be several years."""
    periods: list[Period]
    outside: int
    """Rows whose days lie too far from the others."""


def course(days: Mapping[str, Mapping[str, int]]) -> Course:
    """Return what a chart shows of rows by day, `YYYY-MM-DD`; at most `MOST` periods.

    >>> found = course({"2026-11-02": {"clear": 1}, "2026-12-31": {"dangerous": 2}})
    >>> found.unit, len(found.periods), found.periods[-1].height
    ('day', 60, 2)
    """
    counted = sorted((date.fromisoformat(name), row) for name, row in days.items())
    kept = _middle(counted)
    if not kept:
        return Course("day", [], 0)
    unit, width = _unit(kept[0][0], kept[-1][0])
    start, end = (_place(day, unit) // width for day in (kept[0][0], kept[-1][0]))
    periods = [Period(_first(at * width, unit), dict.fromkeys(LEVELS, 0)) for at in range(start, end + 1)]
    for day, row in kept:
        counts = periods[_place(day, unit) // width - start].counts
        for level in LEVELS:
            counts[level] += row.get(level, 0)
    return Course(unit, periods, _rows(counted) - _rows(kept))


_Days = Sequence[tuple[date, Mapping[str, int]]]


def _rows(days: _Days) -> int:
    return sum(sum(row.values()) for _, row in days)


def _middle(days: _Days) -> _Days:
    """Return the days without the few at both ends that lie far away."""
    spare = _rows(days) // _TAIL
    start, end, left, right = 0, len(days), spare, spare
    while start < end and (left := left - _rows(days[start : start + 1])) >= 0:
        start += 1
    while start < end and (right := right - _rows(days[end - 1 : end])) >= 0:
        end -= 1
    middle = days[start:end]
    return middle if middle and 2 * _span(middle) < _span(days) else days


def _span(days: _Days) -> int:
    return (days[-1][0] - days[0][0]).days + 1


def _unit(first: date, last: date) -> tuple[str, int]:
    """Return the finest unit that fits, and how many of them are one period."""
    for unit in ("day", "week", "month"):
        if _place(last, unit) - _place(first, unit) < MOST:
            return unit, 1
    width = 1
    while last.year // width - first.year // width >= MOST:
        width += 1
    return "year", width


def _place(day: date, unit: str) -> int:
    """Return the number of a day's unit; units that follow on each other have numbers that do."""
    match unit:
        case "day":
            return day.toordinal()
        case "week":
            return (day.toordinal() - 1) // _WEEK  # 0001-01-01 was a Monday
        case "month":
            return day.year * _YEAR + day.month - 1
        case _:
            return day.year


def _first(place: int, unit: str) -> date:
    match unit:
        case "day":
            return date.fromordinal(place)
        case "week":
            return date.fromordinal(place * _WEEK + 1)
        case "month":
            return date(place // _YEAR, place % _YEAR + 1, 1)
        case _:
            return date(max(place, 1), 1, 1)
