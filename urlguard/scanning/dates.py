"""Days: which column of a table says when, and the day in one of its cells.

Days are given as written; only a number of seconds, which is written without a place, is read in the
time of Kazakhstan (UTC+5, one zone since 1 March 2024).
"""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final

from urlguard.tables.rows import Cell

_MOST: Final = 0.7
"""Share of filled cells that are days, from which a column is one of days."""
_YEARS: Final = range(2000, 2101)
_ISO: Final = 10
"""Characters of `2026-11-22`."""
_LONGEST: Final = 40
_WHEN: Final = re.compile(
    r"(?<![^\W\d_])(?:date|time|timestamp|day|when|created|received|reported|registered|sent|posted|seen"
    r"|дата|даты|время|день|когда|создан|получен|поступ|зарегистр|отправлен|обнаруж"
    r"|күн|уақыт|қашан|тіркелген|жіберілген|алынған|түскен)"
)
_WHOSE: Final = re.compile(r"birth|\bdob\b|рожден|туған|expir|until|valid|действ|срок|мерзім")
"""Days of people and of papers, which tell nothing about when a row came in."""
_JOINT: Final = re.compile(r"(?<=[a-z])(?=[A-Z])|_")
_TIME: Final = re.compile(
    r"(?:,?[T ] ?\d{1,2}:\d\d(?::\d\d(?:[.,]\d{1,9})?)?"
    r"(?: ?(?:[AaPp][Mm]|Z|UTC|[+-]\d\d(?::?\d\d)?))?| ?[гж]\.?)?"
)
_NUMBERS: Final = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{4}|\d{1,2})(?!\d)")
_SECONDS: Final = re.compile(r"(\d{9,10})(\d{3})?(?:\.\d{1,9})?")
_ZONE: Final = timedelta(hours=5)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC) + _ZONE
_FIRST: Final = int(datetime(2000, 1, 1, tzinfo=UTC).timestamp())
_LAST: Final = int(datetime(2101, 1, 1, tzinfo=UTC).timestamp())
_CENTURY: Final = 2000


def date_column(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> int | None:
    """Return the column that says when each row came in, from the first rows of a table; None for none.

    Most of its filled cells are days; of several the first whose header speaks of a date or a time is
    taken, else the first. Seconds since 1970 are days only under such a header.
    """
    found: int | None = None
    for at, name in enumerate(columns):
        header = _JOINT.sub(" ", name).lower()
        if _WHOSE.search(header):
            continue
        told = _WHEN.search(header) is not None
        cells = [row[at] for row in rows if row[at] is not None and row[at] != ""]
        days = sum(1 for cell in cells if (told or not _is_number(cell)) and day(cell))
        if days and days >= _MOST * len(cells):
            if told:
                return at
            found = at if found is None else found
    return found


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, int | float) or (
        isinstance(cell, str) and _SECONDS.fullmatch(cell.strip()) is not None
    )


def day(cell: Cell) -> str:
    """Return the day in a cell as `YYYY-MM-DD`; empty when there is none, or none from 2000 to 2100.

    A number is read as seconds or milliseconds since 1970, never as the count of days that
    spreadsheets keep.

    >>> day("22.11.2026 14:05"), day("2026-11-22T14:05:00Z"), day("31.02.2026"), day(45_000)
    ('2026-11-22', '2026-11-22', '', '')
    """
    if isinstance(cell, str):
        if len(cell) == _ISO:
            return _written(cell)
        if cell[4:5] == "-" and len(cell) <= _LONGEST and _TIME.fullmatch(cell, _ISO):
            return _written(cell[:_ISO])
        return _in_text(cell)
    if isinstance(cell, date):
        return f"{cell:%Y-%m-%d}" if cell.year in _YEARS else ""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _since_1970(cell)
    return ""


@lru_cache(maxsize=4_096)
def _written(text: str) -> str:
    """Return the day of a text that holds nothing else."""
    numbers = _NUMBERS.fullmatch(text)
    if numbers is None:
        return _seconds(text)
    first, joint, month, last = numbers.groups()
    if len(first) == 4:  # noqa: PLR2004  (the year stands first)
        return _day(int(first), int(month), int(last)) if len(last) <= 2 else ""  # noqa: PLR2004  (a day)
    if len(first) > 2 or len(last) == 1 or (len(last) == 2 and joint != "."):  # noqa: PLR2004  (`12/11/26` may be anything)
        return ""
    year = int(last) if len(last) == 4 else _CENTURY + int(last)  # noqa: PLR2004  (as above)
    return _day(year, int(month), int(first))


def _in_text(cell: str) -> str:
    text = cell.strip() if len(cell) <= _LONGEST else ""
    numbers = _NUMBERS.match(text)
    if numbers is None:
        return _seconds(text)
    return _written(numbers[0]) if _TIME.fullmatch(text, numbers.end()) else ""


def _day(year: int, month: int, number: int) -> str:
    try:
        return date(year, month, number).isoformat() if year in _YEARS else ""
    except ValueError:
        return ""


def _seconds(text: str) -> str:
    found = _SECONDS.fullmatch(text)
    return "" if found is None or not text.isascii() else _since_1970(int(found[1]))


def _since_1970(number: float) -> str:
    if number >= _FIRST * 1_000:
        number /= 1_000
    if not _FIRST <= number < _LAST:
        return ""
    return f"{_EPOCH + timedelta(seconds=int(number)):%Y-%m-%d}"
