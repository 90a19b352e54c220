"""A text as words with their places: hidden characters out, dressed letters plain, spaced ones joined.

Everything takes linear time, and every place is said in the text as it was given.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final, NamedTuple

_HIDDEN: Final = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\U000e0000-\U000e01ef"
)
_MARKS: Final = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f"
_DRESSED: Final = (
    "\u00aa\u00b2\u00b3\u00b9\u00ba\u02b0-\u02b8\u1d00-\u1dbf\u2070-\u209c\u2100-\u214f\u2460-\u24ff\ua730-\ua7ff\uff01-\uff5e"
    "\U0001d400-\U0001d7ff\U0001f110-\U0001f189"
)
_ODD: Final = re.compile(f"[{_HIDDEN}{_MARKS}{_DRESSED}]")
_IS_MARK: Final = re.compile(f"[{_MARKS}]")
_IS_DRESSED: Final = re.compile(f"[{_DRESSED}]")
_SQUARED: Final = range(0x1F170, 0x1F18A)
"""White letters on squares and circles, which NFKC leaves as they are."""
_ROUND: Final = range(0x1F150, 0x1F16A)
_LONGEST_FORM: Final = 4
"""Letters that one dressed character may become; some ligatures become eighteen."""

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
_OPEN: Final = {"«": "»", "“": "”", "„": "“", '"': '"'}


class Mask(NamedTuple):
    """A place of a text that is read as one thing: a link, a phone, a sum."""

    start: int
    end: int
    tag: str
    """One word, or several with spaces: a foreign phone is also a phone."""


class Words:
    """The words of one text, in order. All lists are of one length."""

    __slots__ = ("disguised", "ends", "places", "quoted", "starts", "tags", "words")

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
        self.tags: dict[str, list[int]] = {}
        """Tag of a mask -> which words it stands for."""
        self.disguised: list[int] = []
        """Words that were written with their letters apart, dressed up or with hidden characters inside."""


def words_of(text: str, masks: Sequence[Mask] = ()) -> Words:
    """Return the words of a text; `masks` are in order and do not overlap.

    >>> words_of("Сообщите к о д из СМС").words
    ['сообщите', 'код', 'из', 'смс']
    """
    narrow, kept = _narrowed(text)
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
    places, quoted = found.places, found.quoted
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
            place += 1
            if len(word) == 1 and word.isalpha():
                singles += 1
        elif kind == 2:  # noqa: PLR2004  (the second group)
            place += _BLANK_LINE if match[2].count("\n") > 1 else _BREAK
        else:
            closing, opened = _quote(match[0], closing, opened, found)
    for mask in masks[at:]:
        _cover(mask, place, found, quoted=False)
        place += 1
    if closing:
        quoted[opened:] = [False] * (len(quoted) - opened)
    return singles


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
    return end


def _quote(mark: str, closing: str, opened: int, found: Words) -> tuple[str, int]:
    """Open or close a quote; return what closes it now, and the word where it began."""
    size = len(found.words)
    if closing:
        if mark == closing or (mark in '»”"' and closing != '"'):
            return "", 0
        if size - opened > _LONGEST_QUOTE:
            found.quoted[opened:] = [False] * (size - opened)
            return _OPEN.get(mark, ""), size
        return closing, opened
    return _OPEN.get(mark, ""), size


def _join_spaced(found: Words) -> None:
    """Join runs of single letters, in place."""
    words, starts, ends = found.words, found.starts, found.ends
    at, size = 0, len(words)
    runs = []
    while at < size:
        end = at
        while (
            end < size
            and len(words[end]) == 1
            and words[end].isalpha()
            and (end == at or starts[end] - ends[end - 1] <= _GAP)
        ):
            end += 1
        if end - at >= _SPACED:
            runs.append((at, end))
        at = max(end, at + 1)
    for begin, end in reversed(runs):
        words[begin:end] = ["".join(words[begin:end])]
        ends[begin:end] = [ends[end - 1]]
        starts[begin:end] = [starts[begin]]
        found.places[begin:end] = [found.places[begin]]
        found.quoted[begin:end] = [found.quoted[begin]]
        gone = end - begin - 1
        for indices in found.tags.values():
            indices[:] = [index - gone if index >= end else index for index in indices]
        found.disguised = [index - gone if index >= end else index for index in found.disguised]
        found.disguised.append(begin)


def _narrowed(text: str) -> tuple[str, list[int]]:
    """Return the text with plain letters, and where each stood; no list when nothing changed."""
    if text.isascii() or _ODD.search(text) is None:
        return text, []
    kept: list[str] = []
    starts: list[int] = []
    at = 0
    for odd in _ODD.finditer(text):
        begin = odd.start()
        kept.extend(text[at:begin])
        starts.extend(range(at, begin))
        at = odd.end()
        char = odd[0]
        if _IS_MARK.match(char):
            if (
                kept
                and len(joined := unicodedata.normalize("NFC", kept[-1] + char)) == 1
                and joined.isalpha()
            ):
                kept[-1] = joined
        elif _IS_DRESSED.match(char):
            plain = _undressed(char)
            kept.extend(plain)
            starts.extend([begin] * len(plain))
    kept.extend(text[at:])
    starts.extend(range(at, len(text)))
    return "".join(kept), starts


def _undressed(char: str) -> str:
    point = ord(char)
    if point in _SQUARED or point in _ROUND:
        return chr(ord("a") + point - (_SQUARED if point in _SQUARED else _ROUND).start)
    return unicodedata.normalize("NFKC", char)[:_LONGEST_FORM]


def _at(kept: list[int], place: int) -> int:
    """Return a place of the text in the narrowed one."""
    return bisect_left(kept, place)


def _restore(text: str, kept: list[int], found: Words) -> None:
    """Say the places in the text as it was given, and which words hid something."""
    size = len(kept)
    for at, (begin, end) in enumerate(zip(found.starts, found.ends, strict=True)):
        start = kept[begin] if begin < size else len(text)
        last = kept[end - 1] + 1 if 0 < end <= size else len(text)
        if found.words[at] and last - start > end - begin:
            found.disguised.append(at)
        found.starts[at], found.ends[at] = start, max(last, start)
