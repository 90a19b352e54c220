"""Rows of stems found word by word: which words mean what, and which of them stand together as phrases."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from urlguard.words.folding import Words
from urlguard.words.nearness import MOST_HITS, Hit, Hits

_FARTHEST: Final = 4
"""Places from one word of a phrase to the next at most: three other words between."""
_ENOUGH: Final = 4 * MOST_HITS
"""Hits of one set that are gathered before the first and last of them are kept."""

Meant = tuple[int, list[tuple[int, bool]]]
"""Number of a word; the stems it is a form of, and whether each is denied."""


Window = dict[int, tuple[int, bool, int]]
"""Stem -> the word where it stands, whether it is denied there, and its number among those with a meaning."""


class Phrase(NamedTuple):
    """A row of stems, known by its first two."""

    sets: tuple[int, ...]
    gap: int
    """Words that may stand between the first two."""
    rest: tuple[frozenset[int], ...]
    """The words after these, each any of some stems."""
    gaps: tuple[int, ...]
    denies: bool
    """A word of denial is a part of it: that is what it says, and nothing else denies it."""


class Begun(NamedTuple):
    """The beginning of a phrase: its words so far, whether one is denied, and the number of the last."""

    parts: tuple[int, ...]
    denied: bool
    number: int


def add(hits: Hits, sets: Iterable[int], hit: Hit, lost: dict[int, int]) -> None:
    """Add a hit to sets; of too many the first and the latest are kept, and the others counted in `lost`."""
    for at in sets:
        known = hits.get(at)
        if known is None:
            hits[at] = [hit]
        else:
            if len(known) >= _ENOUGH:
                del known[_ENOUGH // 2]
                lost[at] = lost.get(at, 0) + 1
            known.append(hit)


def window_of(meant: Sequence[Meant], number: int, places: Sequence[int]) -> Window:
    """Return the stems of the next few words, each where it stands first."""
    window: Window = {}
    upto = places[meant[number][0]] + _FARTHEST
    for other in range(number + 1, len(meant)):
        then, atoms = meant[other]
        if places[then] > upto:
            break
        for atom, said in atoms:
            if atom not in window:
                window[atom] = (then, said, other)
    return window


def followed(
    begun: Begun, seconds: Mapping[int, list[Phrase]], window: Window, meant: Sequence[Meant], text: Words
) -> Iterator[tuple[Phrase, Hit]]:
    """Yield the hits of the phrases that begin with this word."""
    (at,) = begun.parts
    for atom in seconds.keys() & window.keys():
        then, said, other = window[atom]
        gap = text.places[then] - text.places[at] - 1
        for phrase in seconds[atom]:
            if gap <= phrase.gap:
                two = Begun((at, then), begun.denied or said, other)
                hit = _ended(two, phrase, meant, text) if phrase.rest else _hit(two, phrase, text)
                if hit is not None:
                    yield phrase, hit


def _hit(begun: Begun, phrase: Phrase, text: Words) -> Hit:
    parts = begun.parts
    return Hit(parts[0], parts[-1], begun.denied and not phrase.denies, text.quoted[parts[0]], parts)


def _ended(begun: Begun, phrase: Phrase, meant: Sequence[Meant], text: Words) -> Hit | None:
    """Return the hit of a phrase whose first two words are found, when the others follow them."""
    parts, denied, number = begun
    for step, gap in zip(phrase.rest, phrase.gaps, strict=True):
        upto = text.places[parts[-1]] + 1 + gap
        for other in range(number + 1, len(meant)):
            then, atoms = meant[other]
            if text.places[then] > upto:
                return None
            said = next((said for atom, said in atoms if atom in step), None)
            if said is not None:
                parts, denied, number = (*parts, then), denied or said, other
                break
        else:
            return None
    return _hit(Begun(parts, denied, number), phrase, text)
