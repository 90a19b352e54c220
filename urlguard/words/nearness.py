"""Places where sets of terms occur, and where several of them stand near each other."""

from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple, TypeVar

MOST_HITS: Final = 120
"""Hits of one set that are kept: more of the same says no more, and a hostile text has thousands."""


_NONE: Final[list["Hit"]] = []


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


_Row = TypeVar("_Row")
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


def both_ends(rows: list[_Row]) -> list[_Row]:
    """Return the first and the last of too many rows: nothing is hidden behind a flood of the same."""
    return rows if len(rows) <= MOST_HITS else rows[: MOST_HITS // 2] + rows[-MOST_HITS // 2 :]


def bits(sets: Iterable[int]) -> int:
    """Return one bit for each set."""
    mask = 0
    for at in sets:
        mask |= 1 << at
    return mask


def live(hits: Hits, wanted: Element) -> list[Hit]:
    """Return the hits that an element may be, in order."""
    sets, denied, _, quoted = wanted
    if len(sets) == 1:
        rows = hits.get(sets[0], _NONE)
    else:
        rows = [hit for at in sets if at in hits for hit in hits[at]]
        if len(rows) > 1:
            rows.sort()
    if denied is not None:
        for hit in rows:
            if hit[2] != denied:
                rows = [hit for hit in rows if hit[2] == denied]
                break
    return [hit for hit in rows if hit.quoted] if quoted else rows


def _any(hits: Hits, wanted: Element) -> bool:
    return any(at in hits for at in wanted.sets) and bool(live(hits, wanted))


def absent(hits: Hits, unless: Iterable[Element]) -> bool:
    """Tell whether none of these elements occurs."""
    return not any(_any(hits, stop) for stop in unless)


def near(  # noqa: C901  (asked for every pattern: calls cost time)
    elements: Sequence[Element], within: int, places: Sequence[int], hits: Hits, *, ordered: bool = False
) -> list[Hit]:
    """Return where all elements stand within so many words, in order; one hit for each last one of them.

    Linear in the number of hits: the latest hit of each element is the nearest one before.
    """
    lists = []
    single = True
    for wanted in elements:
        rows = live(hits, wanted)
        if not rows:
            return _NONE
        if len(rows) > 1:
            single = False
        lists.append(rows)
    if len(lists) == 1:
        return [hit._replace(denied=False) if hit[2] else hit for hit in rows]
    if single:
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
    first, last, _, quoted, parts = rows[0]
    before = first
    for begin, end, _, said, more in rows[1:]:
        if ordered and begin < before:
            return _NONE
        before = begin
        parts = parts + more if begin > last else tuple(sorted({*parts, *more}))
        first = min(first, begin)
        last = max(last, end)
        quoted = quoted or said
    if places[last] - places[first] > within:
        return _NONE
    return [Hit(first, last, False, quoted, parts)]  # noqa: FBT003  (made often)
