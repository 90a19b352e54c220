"""How a table of text is laid out, told by its first lines: separator, quotes, header."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from urlguard.tables.quoted import Shape, cells_of
from urlguard.tables.reading.naming import names
from urlguard.tables.reading.text import LONGEST
from urlguard.tables.reading.titles import titled

NONE: Final = "\0"
"""The separator of a table with one column: no line that is read has it."""
DELIMITERS: Final = ("\t", ";", "|", ",")
"""The likelier first: commas also stand in numbers and sentences."""
_LONG: Final = 50
"""Most lines of one row while only sniffing."""
_WHOLE: Final = 0.6
"""So many rows must have one number of columns; fewer do when the header has it too."""
_LEAST: Final = 0.25
_SEPARATOR: Final = re.compile(r'"?sep=(.)"?\Z', re.IGNORECASE)
_PREAMBLE: Final = 10
"""Most rows above the header."""


@dataclass(frozen=True, slots=True)
class Record:
    """One row that may go over several lines."""

    number: int
    text: str
    lines: int


@dataclass(frozen=True, slots=True)
class Layout:
    """What is known of a table before its rows are read."""

    shape: Shape
    columns: tuple[str, ...]
    titled: bool
    dropped: frozenset[int]
    """Numbers of lines that are no rows: the header, and Excel's `sep=`."""


def layout(lines: Sequence[tuple[int, str]], delimiter: str | None, header: bool | None) -> Layout:  # noqa: FBT001  (None is a third)
    """Return how the table is laid out; `delimiter` and `header` override what is told by the lines."""
    dropped: set[int] = set()
    if lines and (separator := _SEPARATOR.match(lines[0][1].strip(" "))):
        delimiter = delimiter or separator[1]
        dropped.add(lines[0][0])
        lines = lines[1:]
    quote = _quote([text for _, text in lines])
    found = records(lines, quote)
    if delimiter is None:
        delimiter = delimiter_of(found, quote) or NONE
    shape = Shape(delimiter, 0, quote, spaced=_spaced(lines, delimiter, quote), padded=True, longest=LONGEST)
    alone = [record for record in found if record.lines == 1] or found
    width = _width([cells(record.text, shape) for record in alone])
    found = _apart(found, shape, width)
    rows = [cells(record.text, shape) for record in found]
    at = _title(rows, width)
    if header is None:
        header = bool(rows) and titled(rows[at], rows[at + 1 :])
    if header and found:
        dropped |= set(range(found[at].number, found[at].number + found[at].lines))
    named = rows[at] if header and rows else []
    columns = names(named, max(width, len(named)))
    return Layout(replace(shape, width=len(columns)), columns, header, frozenset(dropped))


def records(lines: Sequence[tuple[int, str]], quote: str) -> list[Record]:
    """Return the rows that lines make when quotes are paired off, blank ones left out."""
    found: list[Record] = []
    at = 0
    while at < len(lines):
        number, text = lines[at]
        taken = 1
        if text.count(quote) & 1:
            for behind in range(at + 1, min(at + _LONG, len(lines))):
                if lines[behind][1].count(quote) & 1:
                    taken = behind - at + 1
                    text = "\n".join(line for _, line in lines[at : behind + 1])
                    break
        if text and not text.isspace():
            found.append(Record(number, text, taken))
        at += taken
    return found


def cells(text: str, shape: Shape) -> list[str]:
    """Return the cells of one row; a quote that is not closed is a sign like others."""
    return cells_of(text, shape) or text.split(shape.delimiter)


def _apart(found: Sequence[Record], shape: Shape, width: int) -> list[Record]:
    """Take rows of several lines apart that are none: a quote was not closed, or is no quote."""
    kept: list[Record] = []
    for record in found:
        if record.lines == 1 or len(cells_of(record.text, shape) or ()) == width:
            kept.append(record)
            continue
        lines = enumerate(record.text.split("\n"), record.number)
        kept += [Record(number, text, 1) for number, text in lines if text and not text.isspace()]
    return kept


def delimiter_of(found: Sequence[Record], quote: str) -> str | None:
    """Return the separator that gives most rows the same number of columns; None when none does.

    Where two fit as well, the one that stands beside quotes, then any but a comma, then the one that
    gives more columns.
    """
    quoted = re.compile(f"{quote}(?:[^{quote}]|{quote}{quote})*{quote}")
    bare = [quoted.sub(quote, record.text) for record in found]
    fits = {}
    for delimiter in DELIMITERS:
        fit = consistency(bare, delimiter)
        beside = any(delimiter + quote in text or quote + delimiter in text for text in bare)
        fits[delimiter] = (fit, beside, delimiter != ",", bare[0].count(delimiter) if bare else 0)
    best = max(DELIMITERS, key=lambda delimiter: fits[delimiter])
    return best if fits[best][0] else None


def consistency(bare: Sequence[str], delimiter: str) -> float:
    """Return the share of rows that have the commonest number of columns; 0 when that is no table.

    The first row counts as much as a tenth of all: it is likely a header. In prose a space follows.
    """
    counts = [text.count(delimiter) for text in bare]
    if not any(counts):
        return 0.0
    often = Counter(count for count in counts if count).most_common()
    first = counts[0]
    common = first if first and counts.count(first) * 2 >= often[0][1] else often[0][0]
    times = counts.count(common)
    # Under a header of one column, links and prose may hold one comma or semicolon each.
    if counts.count(0) > times or (not first and common == 1):
        return 0.0
    share = times / len(counts)
    least = _LEAST if first == common and f"{delimiter} " not in bare[0] else _WHOLE
    return share * 0.9 + 0.1 * (first == common) if share >= least else 0.0


def _quote(texts: Sequence[str]) -> str:
    """Return `'` when nearly every line begins and ends with one and there are no double quotes."""
    lines = [text for text in texts if text]
    single = sum(1 for text in lines if len(text) > 1 and text[0] == text[-1] == "'")
    double = any('"' in text for text in lines)
    return "'" if len(lines) > 1 and not double and single >= 0.9 * len(lines) else '"'


def _spaced(lines: Sequence[tuple[int, str]], delimiter: str, quote: str) -> bool:
    """Return whether quoted cells rather begin with a space in front of the quote."""
    spaced = sum(f"{delimiter} {quote}" in text for _, text in lines)
    return spaced > sum(f"{delimiter}{quote}" in text for _, text in lines)


def _width(rows: Sequence[Sequence[str]]) -> int:
    """Return the commonest number of columns, without those at the end that hold nothing."""
    widths = Counter(map(len, rows)).most_common(1)
    return max((_filled(row) for row in rows if len(row) == widths[0][0]), default=0) or 1


def _filled(row: Sequence[str]) -> int:
    width = len(row)
    while width and not row[width - 1].strip():
        width -= 1
    return width


def _title(cells: Sequence[Sequence[str]], width: int) -> int:
    """Return which row may be the header: rows above it have one cell, as titles of reports do."""
    if width > 2:  # noqa: PLR2004  (with two columns a row of one may be a row)
        for at, row in enumerate(cells[: _PREAMBLE + 1]):
            if _filled(row) > 1:
                return at
    return 0
