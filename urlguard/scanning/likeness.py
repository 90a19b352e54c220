"""Likeness of texts: keys that two texts share when nearly all their words are the same.

Numbers, links, contacts and single letters are left out; Kazakh letters, a Russian keyboard and
look-alike Latin letters are one spelling. Each key is made of two minima of hashes over the words
(MinHash: Broder, 1997) and carries a sketch of further ones, by which `alike` tells chance from
likeness. Every process gets the same ones.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Final
from zlib import crc32

from urlguard.model import Resource
from urlguard.words.plain import narrowed

_WORD: Final = re.compile(r"[^\W_]{2,}")
_SHORTEST: Final = 3
_FEW: Final = 6
"""Words; a shorter text must be the same one."""
_LEAST: Final = 3
"""Words that two people do not write by chance."""
_MOST_WORDS: Final = 400
_LONGEST: Final = 6_000
"""Characters of a text that are looked at."""
_KEYS: Final = 4
_SKETCH: Final = 16
_ALIKE: Final = 9
"""Of the minima in a sketch, so many are the same in one text that was varied. Where one word in seven
was replaced, twenty words are known again nine times in ten; of different texts two in ten thousand pass."""
_MEMORY: Final = 10_000
"""Words whose hashes are remembered."""
_MASK: Final = 0xFFFFFFFF
_FACTORS: Final = tuple(
    int.from_bytes(blake2b(bytes([at]), digest_size=4).digest()) | 1 for at in range(2 * _KEYS + _SKETCH)
)
"""Odd numbers of no pattern: with multiples of one another the same word would be least too often."""


class Likeness:
    """Reads texts by the spellings of one rule book (its compiled section `spelling`)."""

    def __init__(self, spelling: Mapping[str, Mapping[str, str]]) -> None:
        """Build the table that gives a letter one spelling."""
        keyboard = spelling["keyboard"]
        alike = {**spelling["leet"], **spelling["looks_cyrillic"], **keyboard}
        self._alphabet = str.maketrans({one: keyboard.get(to, to) for one, to in alike.items()})
        self._hash = lru_cache(maxsize=_MEMORY)(self._hashed)

    def marks(self, text: str, inside: Sequence[Resource] = ()) -> tuple[str, ...]:
        """Return the marks `text:<key>` of a text; `inside` are the links and contacts in it.

        A text of a few words has one that only the same words give; of less, none.
        """
        words = sorted({self._hash(word) for word in _words(text[:_LONGEST], inside)} - {0})
        if len(words) < _LEAST:
            return ()
        if len(words) < _FEW:
            return (f"text:={crc32(repr(words).encode()):08x}{words[0]:08x}",)
        minima = [min([word * factor & _MASK for word in words]) for factor in _FACTORS]
        sketch = bytes([low >> 8 & 0xFF for low in minima[2 * _KEYS :]]).hex()
        found = [f"text:{at}{minima[2 * at]:08x}{minima[2 * at + 1]:08x}~{sketch}" for at in range(_KEYS)]
        return tuple(found)

    def _hashed(self, word: str) -> int:
        """Return a number for a word, 0 for what says nothing: numbers and words of one or two letters."""
        if word.isdigit() or len(word) < _SHORTEST:
            return 0
        return crc32(word.translate(self._alphabet).encode("utf-8", "surrogatepass")) or 1


def alike(one: int, other: int) -> bool:
    """Tell whether the sketches of two texts are those of one text."""
    return one == other or (one ^ other).to_bytes(_SKETCH).count(0) >= _ALIKE


def _words(text: str, inside: Sequence[Resource]) -> list[str]:
    spans = sorted(thing.span for thing in inside if thing.span is not None)
    at, kept = 0, []
    for start, end in spans:
        kept.append(text[at:start])
        at = max(at, end)
    kept.append(text[at:])
    plain, _ = narrowed(" ".join(kept))
    return _WORD.findall(plain.lower())[:_MOST_WORDS]
