"""Whether the first row of a table is its header."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

_ROWS: Final = 200
"""Rows below that are compared with the first."""
_MOST: Final = 0.6
"""So many cells of a column must be of one kind."""
_KINDS: Final = (
    ("link", re.compile(r"(?i:[a-z][a-z0-9+.-]{1,11}:/?/?\S|www\.)\S+\Z|[\w-]+(\.[\w-]+)+[/?]\S*\Z")),
    ("mail", re.compile(r"\S+@\S+\.\S+\Z")),
    ("digits", re.compile(r"[-+(]?\d[\d\s().,:/+\u00a0\u202f-]*(?:T[\d:.]+Z?|%|[A-Z]{3}|[₸$€₽])?\Z")),
    ("host", re.compile(r"[\w-]+(\.[\w-]+)+\Z")),
)  # fmt: skip
_LINK: Final = re.compile(r"://|\bwww\.|\S@\S", re.IGNORECASE)
_LENGTH: Final = 60
_WORDS: Final = 8
_SENTENCE: Final = (".", "!", "?", "…")
_ABBREVIATED: Final = 3
"""Most words in front of such a sign, as in `Tel. no.` and `Fraud?`."""
_NUMBER: Final = 5
"""Most digits of a number in a header, as the year `2024`; more are a phone, a date or an id."""


def titled(first: Sequence[str], below: Sequence[Sequence[str]], *, sure: bool = False) -> bool:
    """Return whether `first` names the columns of the rows `below`.

    It does not when it holds a link, an e-mail, a phone or a date, nor when it holds numbers and hosts
    where they do. It does when only they hold such; where nobody does, when its cells are short and
    different, and do not come again (with `sure` that is not enough). What is no header is judged as a
    row, so doubt means False.
    """
    below = below[:_ROWS]
    if not all(_may_name(cell) for cell in first):
        return False
    for_it = against = 0
    for at, cell in enumerate(first):
        here, there = _kind(cell), _common(at, below)
        if here and here == there:
            against += 1
        elif cell.strip() and there and here in {"", "host"}:
            for_it += 1
    if for_it or against:
        return for_it > against
    return not sure and _named(first, below)


def _may_name(cell: str) -> bool:
    cell = cell.strip()
    words = len(cell.split())
    short = len(cell) <= _LENGTH and words <= (_ABBREVIATED if cell.endswith(_SENTENCE) else _WORDS)
    return short and not _LINK.search(cell) and sum(map(str.isdigit, cell)) <= _NUMBER


def _kind(cell: str) -> str:
    """Return what a cell is: a link, an e-mail, digits (number, phone, date), a host; empty for words."""
    cell = cell.strip()[:200]
    return next((kind for kind, pattern in _KINDS if pattern.match(cell)), "")


def _common(at: int, below: Sequence[Sequence[str]]) -> str:
    kinds = Counter(_kind(row[at]) for row in below if len(row) > at and row[at].strip())
    if not kinds:
        return ""
    kind, times = kinds.most_common(1)[0]
    return kind if times >= _MOST * kinds.total() else ""


def _named(first: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    cells = [cell.strip() for cell in first if cell.strip()]
    if len(set(cells)) < len(cells) or not any(_kind(cell) == "" for cell in cells):
        return False
    columns = [{row[at].strip() for row in below if len(row) > at} for at in range(len(first))]
    if any(cell.strip() in column for cell, column in zip(first, columns, strict=True) if cell.strip()):
        return False
    if len(first) > 1:
        return True
    lengths = sorted(len(row[0]) for row in below if row)
    return bool(lengths) and lengths[len(lengths) // 2] >= 2 * len(cells[0])
