"""Places where sets of terms occur, and where several of them stand near each other."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple

MOST_HITS: Final = 120
"""Hits of one set that are kept: more of the same says no more, and a hostile text has thousands."""


class Hit(NamedTuple):
    """One place where a set occurs."""

    first: int
    last: int
    """Number of the first and of the last word."""
    denied: bool
    quoted: bool
    parts: tuple[int, ...]
    """The words it is made of."""


class Element(NamedTuple):
    """What one place of a pattern or rule may be."""

    sets: tuple[int, ...]
    denied: bool | None
    """Whether the hit must be denied; None: either."""
    bits: int
    """One bit for each set, to see at once that none of them occurs."""
    quoted: bool
    """Whether the hit must stand in quotes."""


Hits = dict[int, list[Hit]]


class Pattern(NamedTuple):
    """Elements near each other."""

    set: int
    elements: tuple[Element, ...]
    within: int
    ordered: bool
    unless: tuple[Element, ...]


def element(row: Sequence[Any]) -> Element:
    """Make an element of its row in the book."""
    return Element(tuple(row[0]), row[1], bits(row[0]), row[2])


def bits(sets: Iterable[int]) -> int:
    """Return one bit for each set."""
    mask = 0
    for at in sets:
        mask |= 1 << at
    return mask


def live(hits: Hits, wanted: Element) -> list[Hit]:
    """Return the hits that an element may be, in order."""
    rows: list[Hit] = []
    for at in wanted.sets:
        known = hits.get(at)
        if known:
            rows += known if wanted.denied is None else [hit for hit in known if hit.denied == wanted.denied]
    if wanted.quoted:
        rows = [hit for hit in rows if hit.quoted]
    return sorted(rows) if len(wanted.sets) > 1 else rows


def _any(hits: Hits, wanted: Element) -> bool:
    return any(at in hits for at in wanted.sets) and bool(live(hits, wanted))


def absent(hits: Hits, unless: Iterable[Element]) -> bool:
    """Tell whether none of these elements occurs."""
    return not any(_any(hits, stop) for stop in unless)


def near(
    elements: Sequence[Element], within: int, places: Sequence[int], hits: Hits, *, ordered: bool = False
) -> list[Hit]:
    """Return where all elements stand within so many words, in order; one hit for each last one of them.

    Linear in the number of hits: the latest hit of each element is the nearest one before.
    """
    lists = [live(hits, wanted) for wanted in elements]
    if not all(lists):
        return []
    if len(lists) == 1:
        return [hit._replace(denied=False) if hit.denied else hit for hit in lists[0]]
    if sum(map(len, lists)) == len(lists):
        return _joined([rows[0] for rows in lists], within, places, ordered=ordered)
    events = sorted((hit.first, at, hit) for at, rows in enumerate(lists) for hit in rows)
    latest: list[Hit | None] = [None] * len(lists)
    found: list[Hit] = []
    for _, at, hit in events:
        if ordered and at and latest[at - 1] is None:
            continue
        latest[at] = hit
        if ordered and at < len(lists) - 1:
            continue
        rows = [row for row in latest if row is not None]
        if len(rows) < len(lists):
            continue
        found += _joined(rows, within, places)
        if len(found) >= MOST_HITS:
            break
    return found


def _joined(rows: Sequence[Hit], within: int, places: Sequence[int], *, ordered: bool = False) -> list[Hit]:
    """Return one hit of several when they stand near enough, in their order when that is asked."""
    first, last = min(row.first for row in rows), max(row.last for row in rows)
    if places[last] - places[first] > within:
        return []
    if ordered and any(row.first > after.first for row, after in pairwise(rows)):
        return []
    parts = tuple(sorted({part for row in rows for part in row.parts}))
    return [Hit(first, last, denied=False, quoted=any(row.quoted for row in rows), parts=parts)]
