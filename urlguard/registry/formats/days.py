"""Days as lists write them."""

import re
from datetime import date, timedelta
from typing import Final

_ISO: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ][\d:.]{4,20}(?:Z|[+-]\d\d:?\d\d)?)?", re.ASCII)
_POINTS: Final = re.compile(r"(\d{2})[./](\d{2})[./](\d{4})", re.ASCII)


def iso_day(text: str) -> str | None:
    """Return `YYYY-MM-DD` of a day, empty for an empty text, None for what is no day.

    >>> iso_day("27.11.2024"), iso_day("2024-11-27T10:00:00"), iso_day("31.02.2024")
    ('2024-11-27', '2024-11-27', None)
    """
    if not text:
        return ""
    if found := _ISO.fullmatch(text):
        year, month, day = found.groups()
    elif found := _POINTS.fullmatch(text):
        day, month, year = found.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def pointed_day(iso: str) -> str:
    """Return `DD.MM.YYYY` of `YYYY-MM-DD`; anything else as it is.

    >>> pointed_day("2024-11-27")
    '27.11.2024'
    """
    found = _ISO.fullmatch(iso)
    return f"{found[3]}.{found[2]}.{found[1]}" if found else iso


def day_after(iso: str) -> str:
    """Return the day after `YYYY-MM-DD`. Raises `ValueError` for what is no day."""
    return _moved(iso, 1)


def day_before(iso: str) -> str:
    """Return the day before `YYYY-MM-DD`. Raises `ValueError` for what is no day."""
    return _moved(iso, -1)


def _moved(iso: str, days: int) -> str:
    try:
        return (date.fromisoformat(iso) + timedelta(days=days)).isoformat()
    except OverflowError:
        raise ValueError(f"{iso} is at the end of time") from None
