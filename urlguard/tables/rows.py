"""The nouns of a scan: tables that are read, rows on their way, findings that are written beside them.

All of them are plain values that can be sent between processes.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Final, NamedTuple

from urlguard.record import BadRow

Cell = str | int | float | bool | datetime | date | time | timedelta | dict[str, Any] | list[Any] | None
"""One cell. Tables of text hold only `str`; an empty cell there is `""`, in a workbook None."""


class Numbered(NamedTuple):
    """One row that could be read, as many cells as the table has columns."""

    number: int
    """Where it begins, counted from 1: the line of a text file, the row of a sheet or of a Parquet file."""
    cells: list[Cell]


Block = list[Numbered | BadRow]
"""Rows that follow on each other; some hundreds, because a generator step for each would cost more."""


def _unknown() -> float | None:
    return None


@dataclass(frozen=True, slots=True)
class Table:
    """One table of one file. `blocks` can be read once."""

    name: str
    """For messages and the column `source`: the path as it was given, for sheets with `[sheet]` behind it."""
    columns: tuple[str, ...]
    """Names of the columns, all different, none empty."""
    blocks: Iterator[Block]
    """Raises `ListError` where reading cannot go on; all rows before that point have been yielded."""
    titled: bool = True
    """The names stand in the file; False: they were made up (`input`, `column 1` ...)."""
    targets: dict[int, int] = field(default_factory=dict)
    """Columns that show text over a hyperlink -> the column, right behind, that holds where it leads."""
    share: Callable[[], float | None] = _unknown
    """Return how much of the source has been read, 0..1; None when that cannot be known."""
    plain: bool = True
    """All cells are text, as in CSV."""
    delimiter: str = ","
    """What stands between the cells of CSV, for outputs to do alike."""


class Finding(NamedTuple):
    """What is written beside one row: texts in the language of the guard, ids for programs."""

    level: str
    """`clear`, `suspicious`, `dangerous`, `blocked`; empty for a row that could not be judged."""
    score: int
    brand: str = ""
    """Id of the brand that is imitated."""
    scheme: str = ""
    """Id of the fraud scheme."""
    reasons: str = ""
    """`(+75) <reason>; (+20) <reason>`, strongest first: their sum, cut at 100, is the score."""
    entries: str = ""
    """Matched records of the registry: `KN-2026-000001 blocks, court order № 7; ...`."""
    advice: str = ""
    error: str = ""
    """Why it could not be read or judged, with its place."""
    shown: str = ""
    """What was judged, links defanged, nothing in it that moves a cursor, for eyes; may be shortened."""
    rules: tuple[str, ...] = ()
    """Ids of the rules that gave points, strongest first."""
    host: str = ""
    """Registrable domain, or tenant on shared hosting, of the link that decides."""
    suffix: str = ""
    """Public suffix of that link, as `top` or `com.kz`."""
    hosting: str = ""
    """The shared hosting that link lies on, as `pages.dev`."""
    marks: tuple[str, ...] = ()
    """What ties rows to one campaign, `<kind>:<key>`; only of rows that are not clear."""


ADDED: Final = ("level", "score", "brand", "scheme", "reasons", "entries", "advice", "error")
"""Names of the columns that a scan adds, which are the first fields of a finding."""


class Scanned(NamedTuple):
    """One row of the output."""

    number: int
    source: str
    """Name of its table."""
    cells: list[Cell]
    """As many as the output has original columns."""
    finding: Finding
    day: str = ""
    """The date in its column of dates, `YYYY-MM-DD`."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a writer knows before the first row."""

    columns: tuple[str, ...]
    """Names of the original columns, all different."""
    added: tuple[str, ...]
    """Names of the added ones, as `ADDED`; `urlguard_level` where a name is taken."""
    texts: dict[str, str]
    """Texts of the interface in the language of the run."""
    lang: str
    brands: dict[str, str]
    """Names of brands by id, for people."""
    schemes: dict[str, str]
    """Titles of schemes by id."""
    rules: dict[str, str]
    """Titles of rules by id."""
    version: str
    """Version of urlguard."""
    made: str
    """Day of the run, `YYYY-MM-DD`: nothing finer, so that a resumed run writes the same bytes."""
    delimiter: str = ","
    """What stands between the cells of CSV."""
