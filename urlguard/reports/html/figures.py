"""Counts, shares and days, as they are written in the language of the report."""

from collections.abc import Mapping
from datetime import date
from typing import Final

_LEAST: Final = 0.01
"""Percent below which a share that is not nothing is told as `<0.01%`."""
_FINE: Final = 0.1
"""Percent below which a share has two places; others have one."""
_ALL: Final = 100


def count(number: int) -> str:
    r"""Return a count with narrow no-break spaces between thousands.

    >>> count(1234567)
    '1\u202f234\u202f567'
    """
    return f"{number:,}".replace(",", "\u202f")


def share(texts: Mapping[str, str], part: int, whole: int) -> str:
    """Return a part as a percentage; only nothing is 0 % and only all is 100 %.

    >>> words = {"report_percent": "{n}%", "report_decimal": "."}
    >>> [share(words, part, 10_000_000) for part in (0, 7, 5_000, 1_230_000, 9_999_999, 10_000_000)]
    ['0%', '<0.01%', '0.05%', '12.3%', '99.9%', '100%']
    """
    percent = _ALL * part / whole if whole else 0.0
    if part <= 0 or part >= whole:
        told = str(int(percent))
    elif percent < _LEAST:
        told = f"<{_LEAST}"
    elif percent < _FINE:
        told = f"{percent:.2f}"
    else:
        told = f"{min(percent, 99.9):.1f}"
    return texts["report_percent"].format(n=told.replace(".", texts["report_decimal"]))


def day(texts: Mapping[str, str], iso: str) -> str:
    """Return a day given as `YYYY-MM-DD`; anything else as it is.

    >>> day({"report_date": "{day}.{month}.{year}"}, "2026-11-02")
    '02.11.2026'
    """
    parts = iso.split("-")
    if len(parts) != len(("year", "month", "day")) or not all(map(str.isdecimal, parts)):
        return iso
    return texts["report_date"].format(year=parts[0], month=parts[1], day=parts[2])


def moment(texts: Mapping[str, str], first: date, unit: str) -> str:
    """Return the name of a day, a week (its Monday), a month or a year."""
    if unit == "year":
        return f"{first.year}"
    if unit == "month":
        return texts["report_month"].format(year=f"{first.year:04}", month=f"{first.month:02}")
    return day(texts, first.isoformat())
