"""Where things stand in a text, and which of them are still free to be something else."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from urlguard.model import Kind, Resource, Span


class Found(NamedTuple):
    """One thing found in the narrow copy of a text."""

    start: int
    end: int
    """Exclusive."""
    kind: Kind
    key: str


_FEW: Final = 4
"""So few places are compared one by one."""


def free(found: Iterable[Found], taken: Sequence[Found], inside: Sequence[Span]) -> list[Found]:
    """Keep what begins in no link and overlaps nothing of `taken`, which is in order.

    A mailbox whose domain was found as a link is kept: it begins before it.
    """
    if len(taken) <= _FEW and len(inside) <= _FEW:
        return _apart(found, taken, inside)
    links = sorted(inside)
    starts = [begin for begin, _ in links]
    ends = _furthest(links)
    taken_starts = [one.start for one in taken]
    kept: list[Found] = []
    last = 0
    for one in found:
        at = bisect_right(starts, one.start)
        if one.start < last or (at and one.start < ends[at - 1]):
            continue
        at = bisect_right(taken_starts, one.start)
        if (at and taken[at - 1].end > one.start) or (at < len(taken) and taken[at].start < one.end):
            continue
        kept.append(one)
        last = one.end
    return kept


def _apart(found: Iterable[Found], taken: Sequence[Found], inside: Sequence[Span]) -> list[Found]:
    """Do the same for the few things of an ordinary text, each compared with each."""
    kept: list[Found] = []
    last = 0
    for one in found:
        start, end = one.start, one.end
        if start < last or any(begin <= start < stop for begin, stop in inside):
            continue
        if any(other.start < end and start < other.end for other in taken):
            continue
        kept.append(one)
        last = end
    return kept


def in_order(links: Sequence[Resource], contacts: Sequence[Resource]) -> list[Resource]:
    """Return both in the order of the text; a link inside of a contact is the contact's.

    `info@kaspi-bank.top` is one mailbox, `инста aidana.kz` one account: neither is a site.
    """
    taken = sorted(contact.span for contact in contacts if contact.span is not None)
    starts = [begin for begin, _ in taken]
    kept: list[tuple[Span, Resource]] = [(one.span, one) for one in contacts if one.span is not None]
    for link in links:
        if link.span is None:
            continue
        begin, end = link.span
        at = bisect_right(starts, begin)
        if not (at and taken[at - 1][1] > begin) and not (at < len(taken) and taken[at][0] < end):
            kept.append((link.span, link))
    kept.sort(key=lambda one: one[0])
    return [resource for _, resource in kept]


def _furthest(links: Sequence[Span]) -> list[int]:
    """Return for each link, in order, how far it or one before it reaches."""
    ends: list[int] = []
    for _, end in links:
        ends.append(max(end, ends[-1]) if ends else end)
    return ends
