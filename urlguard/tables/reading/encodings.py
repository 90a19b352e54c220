"""The encoding of a text, told by its first bytes."""

import codecs
import re
from typing import Final

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WIDE: Final = 4096
"""Bytes in which UTF-16 without a mark is looked for."""
_SHARE: Final = 0.7
"""So many of the upper bytes of UTF-16 belong to Latin or Cyrillic."""
_UPPER: Final = (0, 4)
"""Upper bytes of Latin (with digits and spaces) and of Cyrillic letters."""
_SAMPLE: Final = 1 << 16
_SINGLE: Final = ("cp1251", "kz1048", "koi8-r", "cp866")
"""Cyrillic encodings of one byte, the likelier first; kz1048 is cp1251 with Kazakh letters."""
_LETTERS: Final = dict(
    zip(
        "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё" + "іқңғүұәөһ",
        (
            110, 85, 80, 74, 67, 63, 55, 47, 45, 44, 35, 32, 30, 28, 26, 20, 19, 17, 17, 16, 16, 14, 12, 10,
            9, 7, 6, 5, 4, 3, 3, 1, 1, 25, 20, 15, 12, 10, 8, 8, 6, 1,
        ),
        strict=True,
    )
)  # fmt: skip
"""Letters of Russian by how often they come in a thousand, and those that Kazakh adds."""
_STRAY: Final = re.compile(r"[^\W\d_a-zA-Z]|[\u2190-\u25ff]")
_TURNED: Final = re.compile("[а-яёіқңғүұәөһ](?=[А-ЯЁІҚҢҒҮҰӘӨҺ])")
_LATIN: Final = re.compile(rb"[A-Za-z][\xe4\xe7-\xeb\xf4\xf6\xfb\xfc]")
"""Letters with accents behind ASCII ones, but not where cp1251 has a letter that looks like a Latin one."""
_PAIRS: Final = re.compile(rb"[\x80-\xff](?=[\x80-\xff])")
_FAULT: Final = 60
"""What a small letter in front of a capital one, or a sign that is no Cyrillic letter, costs."""


def encoding_of(head: bytes) -> str | None:
    """Return the name of the encoding; None while all is ASCII, which may go on in any."""
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    if head.isascii() and 0 not in head:
        return None
    return _wide(head[:_WIDE]) or (None if head.isascii() else single(head) or "utf-8")


def single(data: bytes) -> str | None:
    """Return the encoding of one byte a letter that fits best; None when the text is UTF-8.

    A text that is mostly UTF-8 is UTF-8 with damage.
    """
    text = codecs.getincrementaldecoder("utf-8")("replace").decode(data)
    broken = text.count("\ufffd")
    if len(text) - len(text.encode("ascii", "ignore")) - broken > broken or not broken:
        return None
    sample = data[:_SAMPLE]
    if len(_LATIN.findall(sample)) > len(_PAIRS.findall(sample)):
        return "cp1252"
    return max(_SINGLE, key=lambda name: _likeness(sample.decode(name, "replace")))


def _likeness(text: str) -> int:
    """Return how much a text looks like Russian or Kazakh."""
    letters = sum(_LETTERS.get(letter, 0) for letter in text.lower())
    strays = sum(1 for sign in _STRAY.findall(text) if sign.lower() not in _LETTERS)
    return letters - _FAULT * (strays + text.count("\ufffd") + len(_TURNED.findall(text)))


def _wide(data: bytes) -> str | None:
    """Return UTF-16 without a mark: zeros and Cyrillic's upper bytes stand on one side only."""
    even, odd = data[0::2], data[1::2]
    if len(odd) < 2:  # noqa: PLR2004  (one letter tells nothing)
        return None
    for upper, lower, name in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if 0 in upper and 0 not in lower and sum(map(upper.count, _UPPER)) >= _SHARE * len(upper):
            return name
    return None
