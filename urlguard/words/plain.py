"""Characters that dress letters up or hide among them, and a text without them."""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Final

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
_PICTURES: Final = "\u2190-\u21ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001f10f\U0001f18a-\U0001faff"
_PICTURE: Final = re.compile(f"[{_PICTURES}]")
_LETTERS: Final = r"[^\W\d_]"
_ODD_OR_INSIDE: Final = re.compile(
    f"{_ODD.pattern}"
    rf"|(?:(?<=\b{_LETTERS})|(?<=\b{_LETTERS}{{2}})|(?<=\b{_LETTERS}{{3}}))"
    rf"[{_PICTURES}](?=[{_HIDDEN}]*{_LETTERS})"
    rf"|(?<={_LETTERS})[{_PICTURES}](?=[{_HIDDEN}]*{_LETTERS}{{1,3}}\b)"
)
"""With pictures inside a word, `ко🔢д`: a part is short, so it stands between no two words."""
_IS_MARK: Final = re.compile(f"[{_MARKS}]")
_SOME_MARKS: Final = re.compile(f"[{_MARKS}]*")
_IS_DRESSED: Final = re.compile(f"[{_DRESSED}]")
_WITH_MARKS: Final = frozenset("йёáäǵğńñóöúūüýşçéïí")
"""Letters of the alphabets that are read here; on any other letter a mark means nothing."""
_SQUARED: Final = range(0x1F170, 0x1F18A)
"""White letters on squares and circles, which NFKC leaves as they are."""
_ROUND: Final = range(0x1F150, 0x1F16A)
_IS_FANCY: Final = re.compile(
    "[\u24b6-\u24e9\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d7cb\U0001f110-\U0001f189]"
)
"""Dressed letters; not № or m², which everybody writes."""
_SOFT_HYPHEN: Final = "\u00ad"
_STRESS: Final = "\u0301"
_LONGEST_PLAIN: Final = 100
_LONGEST_FORM: Final = 4
"""Letters that one dressed character may become; some ligatures become eighteen."""


def narrowed(text: str) -> tuple[str, list[int]]:
    """Return the text with plain letters, and where each stood; no list when nothing changed."""
    odds = _ODD_OR_INSIDE if _PICTURE.search(text) else _ODD
    if text.isascii() or odds.search(text) is None:
        return text, []
    kept: list[str] = []
    starts: list[int] = []
    at = 0
    for odd in odds.finditer(text):
        begin = odd.start()
        if at < begin:
            kept.extend(text[at:begin])
            starts.extend(range(at, begin))
        at = begin + 1
        plain = _undressed(odd[0])
        if plain is None:
            joined = _marked(kept[-1], odd[0]) if kept else ""
            if joined:
                kept[-1] = joined
        else:
            for letter in plain:
                kept.append(letter)
                starts.append(begin)
    kept.extend(text[at:])
    starts.extend(range(at, len(text)))
    return "".join(kept), starts


@cache  # there are some thousands of them at most
def _undressed(char: str) -> str | None:
    """Return the plain letters of a dressed one, nothing for a hidden character, None for a mark."""
    if _IS_MARK.match(char):
        return None
    if not _IS_DRESSED.match(char):
        return ""
    point = ord(char)
    if point in _SQUARED or point in _ROUND:
        return chr(ord("a") + point - (_SQUARED if point in _SQUARED else _ROUND).start)
    return unicodedata.normalize("NFKC", char)[:_LONGEST_FORM]


@lru_cache(maxsize=4_096)
def _marked(letter: str, mark: str) -> str:
    """Return a letter that has such a mark in an alphabet that is read here; nothing for others."""
    joined = unicodedata.normalize("NFC", letter + mark)
    return joined if joined.lower() in _WITH_MARKS else ""


def disguised(written: str, letters: int) -> bool:
    """Tell whether a word of so many letters was written with something hidden in it, or in dressed ones.

    Letters with their dots as characters of their own (й as и and a breve, as some systems write it), a
    stress on one vowel, and soft hyphens, which web pages are full of, hide nothing.
    """
    if _IS_FANCY.search(written):
        return True
    if len(written) <= letters:
        return False
    if len(written) > _LONGEST_PLAIN:  # what is longer is no word, and putting many marks in order takes long
        return True
    plain = written.replace(_SOFT_HYPHEN, "")
    if plain.count(_STRESS) == 1:
        plain = plain.replace(_STRESS, "")
    return len(unicodedata.normalize("NFC", plain)) > letters


def after_marks(text: str, place: int) -> int:
    """Return the place behind the marks that stand on the letter before this one."""
    found = _SOME_MARKS.match(text, place)
    return place if found is None else found.end()
