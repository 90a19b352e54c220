"""A text as words with their places: hidden characters out, dressed letters plain, spaced ones joined.

Everything takes linear time, and every place is said in the text as it was given.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final, NamedTuple

from urlguard.words.plain import after_marks, disguised, narrowed

_TOKEN: Final = re.compile(
    r"([^\W_]+(?:[@$'’ʼ`][^\W\d_][^\W_]*)*)|([.!?…]+(?=\s|$)|[\r\n]+|[;•|])|([«“„\"»”])"
)
_BREAK: Final = 3
"""A new sentence is as far away as so many words."""
_BLANK_LINE: Final = 8
_SPACED: Final = 3
"""So many single letters in a row are one word: `к о д`."""
_GAP: Final = 2
"""Characters that may stand between letters that were spaced out."""
_LONGEST_QUOTE: Final = 80
"""Words; a quote that is longer was never closed."""
_GROUP: Final = 3
"""Digits that are written together in a sum."""
_LONGEST_SUM: Final = 8
_PAUSES: Final = frozenset({"", ",", ".", ":", ";", "!", "?", ")", "…", "\n", "»", '"', "”"})
_OPEN: Final = {"«": "»", "“": "”", "„": "“", '"': '"'}


class Mask(NamedTuple):
    """A place of a text that is read as one thing: a link, a phone, a sum."""

    start: int
    end: int
    tag: str
    """One word, or several with spaces: a foreign phone is also a phone."""


class Words:
    """The words of one text, in order. All lists are of one length."""

    __slots__ = (
        "disguised", "ends", "flooded", "lost", "paused", "places", "quoted", "starts", "tags", "words",
    )  # fmt: skip

    def __init__(self) -> None:
        """Begin without any word."""
        self.words: list[str] = []
        """Lower case; empty for what a mask covers."""
        self.starts: list[int] = []
        self.ends: list[int] = []
        """Places in the text as it was given, in code points."""
        self.places: list[int] = []
        """Counts words, and more where a sentence ends: what is near is near in these."""
        self.quoted: list[bool] = []
        self.paused: list[bool] = []
        """Whether a comma or another mark stands right behind the word."""
        self.lost: dict[int, int] = {}
        """Set of terms -> hits of it that were too many to keep."""
        self.flooded = False
        """So many words mean the same that some were not looked at."""
        self.tags: dict[str, list[int]] = {}
        """Tag of a mask -> which words it stands for."""
        self.disguised: list[int] = []
        """Words that were written with their letters apart, dressed up or with hidden characters inside."""


def words_of(text: str, masks: Sequence[Mask] = ()) -> Words:
    """Return the words of a text; `masks` are in order and do not overlap.

    >>> words_of("Сообщите к о д из СМС").words
    ['сообщите', 'код', 'из', 'смс']
    """
    narrow, kept = narrowed(text)
    found = Words()
    masks = [mask for mask in masks if mask.end > mask.start]
    singles = _read(
        narrow, [(_at(kept, m.start), _at(kept, m.end), m.tag) for m in masks] if kept else masks, found
    )
    if singles >= _SPACED:
        _join_spaced(found)
    if kept:
        _restore(text, kept, found)
    return found


def _read(text: str, masks: Sequence[tuple[int, int, str]], found: Words) -> int:
    """Fill in the words; return how many are single letters."""
    words, starts, ends = found.words, found.starts, found.ends
    places, quoted, paused = found.places, found.quoted, found.paused
    place, singles, upto, at = 0, 0, -1, 0
    closing, opened = "", 0
    for match in _TOKEN.finditer(text):
        begin = match.start()
        while at < len(masks) and masks[at][0] <= begin:
            upto = _cover(masks[at], place, found, quoted=bool(closing))
            at += 1
            place += 1
        if begin < upto:
            continue
        kind = match.lastindex
        if kind == 1:
            word = match[1]
            words.append(word.lower())
            starts.append(begin)
            ends.append(match.end())
            places.append(place)
            quoted.append(bool(closing))
            paused.append(text[match.end() : match.end() + 1] in _PAUSES)
            place += 1
            if len(word) == 1 and word.isalpha():
                singles += 1
            elif word.isdigit() and _is_sum(word, found):
                found.tags.setdefault("sum", []).append(len(words) - 1)
        elif kind == 2:  # noqa: PLR2004  (the second group)
            place += _pause(match[2], found)
        else:
            closing, opened = _quote(match[0], closing, opened, found)
    for mask in masks[at:]:
        _cover(mask, place, found, quoted=False)
        place += 1
    if closing:
        quoted[opened:] = [False] * (len(quoted) - opened)
    return singles


def _pause(mark: str, found: Words) -> int:
    """Return how much farther the next sentence is, and note the word a question ends with."""
    if "?" in mark and found.words:
        found.tags.setdefault("question", []).append(len(found.words) - 1)
    return _BLANK_LINE if mark.count("\n") > 1 else _BREAK


def _cover(mask: tuple[int, int, str], place: int, found: Words, *, quoted: bool) -> int:
    """Add what a mask covers as one word; return its end."""
    start, end, tag = mask
    for name in tag.split():
        found.tags.setdefault(name, []).append(len(found.words))
    found.words.append("")
    found.starts.append(start)
    found.ends.append(end)
    found.places.append(place)
    found.quoted.append(quoted)
    found.paused.append(True)
    return end


def _is_sum(word: str, found: Words) -> bool:
    """Tell whether a number is as long as a sum of money: `5000`, or the last group of `70 000`."""
    if len(word) == _GROUP and len(found.words) > 1:
        before = found.words[-2]
        return before.isdigit() and len(before) <= _GROUP and found.starts[-1] - found.ends[-2] == 1
    return _GROUP < len(word) <= _LONGEST_SUM and word.endswith("00")


def _quote(mark: str, closing: str, opened: int, found: Words) -> tuple[str, int]:
    """Open or close a quote; return what closes it now, and the word where it began."""
    size = len(found.words)
    if closing and size - opened > _LONGEST_QUOTE:
        found.quoted[opened:] = [False] * (size - opened)
    elif closing:
        closed = mark == closing or (mark in '»”"' and closing != '"')
        return ("", 0) if closed else (closing, opened)
    return _OPEN.get(mark, ""), size


def _join_spaced(found: Words) -> None:
    """Join runs of single letters, in place; what follows them moves nearer."""
    words, places = found.words, found.places
    first, last = list(range(len(words))), list(range(len(words)))
    moved = [0] * len(words)
    at = to = lost = 0
    for begin, end in [*_spaced_out(found), (len(words), len(words))]:
        for old in range(at, begin):
            words[to], places[to] = words[old], places[old] - lost
            first[to] = last[to] = old
            moved[old] = to
            to += 1
        if begin < end:
            gone = places[end - 1] - places[begin]
            words[to], places[to] = "".join(words[begin:end]), places[begin] - lost
            first[to], last[to] = begin, end - 1
            moved[begin:end] = [to] * (end - begin)
            found.disguised.append(to)
            lost += gone
            to += 1
        at = end
    del words[to:], places[to:]
    found.starts[:] = [found.starts[old] for old in first[:to]]
    found.quoted[:] = [found.quoted[old] for old in first[:to]]
    found.ends[:] = [found.ends[old] for old in last[:to]]
    found.paused[:] = [found.paused[old] for old in last[:to]]
    for indices in found.tags.values():
        indices[:] = [moved[index] for index in indices]


def _spaced_out(found: Words) -> list[tuple[int, int]]:
    """Return the runs of single letters that stand no further apart than the first two of each."""
    words, starts, ends = found.words, found.starts, found.ends
    at, size = 0, len(words)
    runs = []
    while at < size:
        end, most = at, _GAP
        while end < size and len(words[end]) == 1 and words[end].isalpha():
            if end > at:
                gap = starts[end] - ends[end - 1]
                if gap > most:
                    break
                if end == at + 1:
                    most = gap
            end += 1
        if end - at >= _SPACED:
            runs.append((at, end))
        at = max(end, at + 1)
    return runs


def _at(kept: list[int], place: int) -> int:
    """Return a place of the text in the narrowed one."""
    return bisect_left(kept, place)


def _restore(text: str, kept: list[int], found: Words) -> None:
    """Say the places in the text as it was given, and which words hid something."""
    size = len(kept)
    for at, (begin, end) in enumerate(zip(found.starts, found.ends, strict=True)):
        start = kept[begin] if begin < size else len(text)
        last = kept[end - 1] + 1 if 0 < end <= size else len(text)
        last = max(last, start)
        if found.words[at]:
            last = after_marks(text, last)
            if disguised(text[start:last], end - begin):
                found.disguised.append(at)
        found.starts[at], found.ends[at] = start, last
