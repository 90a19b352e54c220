"""Characters that stand for ASCII ones: digits of all scripts, wide forms, spaces, dashes.

Phones and account numbers are pasted from messengers and documents, where `８ ７０１` and
`8️⃣ 7️⃣` are the same digits to a reader.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from urlguard.identifiers.patterns import pattern

HIDDEN: Final = pattern(
    "[\u00ad\u0300-\u036f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u20dd-\u20e4\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e01ef]+"
)
"""What renders as nothing or only decorates the character before it, keycaps and strokes too."""

_FOREIGN: Final = pattern("[^\x00-\x08\x0a-\x7f\u0400-\u052f]")
"""Neither ASCII nor Cyrillic: the only characters worth a look."""
_DASHES: Final = frozenset("\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\uff0d")
_WIDE: Final = range(0xFF01, 0xFF5F)
_WIDE_SHIFT: Final = 0xFF01 - ord("!")


def narrow(text: str) -> str:
    """Return the text with ASCII digits, signs, spaces and dashes, as long as it was.

    >>> narrow("８\u00a0７０１–１２")
    '8 701-12'
    """
    return _FOREIGN.sub(_narrowed, text)


def plain(text: str) -> str:
    """Return the narrow text without what cannot be seen, and without spaces around it."""
    if text.isascii():
        return text.strip()
    return HIDDEN.sub("", narrow(text)).strip()


def _narrowed(found: re.Match[str]) -> str:
    return _ascii(found[0])


@lru_cache(maxsize=4096)
def _ascii(char: str) -> str:
    if char in _DASHES:
        return "-"
    if ord(char) in _WIDE:
        return chr(ord(char) - _WIDE_SHIFT)
    if char.isspace():
        return "\n" if char in "\x85\u2028\u2029" else " "
    digit = unicodedata.decimal(char, None)
    if digit is not None:
        return str(digit)
    return "i" if char == "İ" else char
