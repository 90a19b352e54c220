"""Families: the pattern that the names of one phishing kit are made from.

`halyk-bonus1` and `kaspi-bonus7` are both `{brand}-bonus#`. A name that has no pattern of its own
belongs to no family: `kaspi-bonus` is what anybody thinks of.
"""

import re
from functools import lru_cache
from typing import Final

from urlguard.checks.knowledge import NAME, Knowledge

BRAND: Final = "{brand}"
DIGITS: Final = "#"
RANDOM: Final = "*"

_PIECE: Final = re.compile(r"[^\W_]+")
_LETTERS_OR_DIGITS: Final = re.compile(r"\d+|[^\W\d_]+")
_SAYING: Final = re.compile(r"24|247|365|20[12]\d|1[89]x")
"""Numbers that mean something by themselves: round the clock, all year, this year."""
_LONGEST: Final = 63
_RARE: Final = 4
"""Letters of a word that nobody else thinks of; shorter ones are syllables."""
_RARE_ALONE: Final = 9
"""Letters of one that stands alone in a name."""
_SHORTEST_TOKEN: Final = 4
_CONSONANTS: Final = re.compile(r"[bcdfghjklmnpqrstvwxz]{5}")
_VOWEL: Final = re.compile(r"[aeiouy]")
_RANDOM: Final = 5
_MEMORY: Final = 4_096
_LONGEST_GLUED: Final = 24
"""Letters up to which a run is tried as several words; that takes time as its square."""
_LONGEST_HEARD: Final = 12
"""Letters up to which other spellings of words are tried too."""
_ENDING: Final = 3
"""Letters without a vowel behind a known word: `trackfms`, `trackggt`."""
_MIXED: Final = 3
"""Changes between letters and digits inside one piece that nobody makes by hand."""

_Part = tuple[str, str]
"""A part of a pattern, and its sort: brand, known, rare, syllable, number, random; "" for a hyphen."""
_Span = tuple[int, int]


class Families:
    """Names brought to their patterns, by the words and brands of one rule book."""

    def __init__(self, know: Knowledge) -> None:
        """Keep the tables."""
        self._know = know
        self._made_of_words = lru_cache(maxsize=_MEMORY)(self._segmented)

    def of(self, name: str, suffix: str = "") -> str:
        """Return the family of a registered name (or a tenant's), empty when it has none.

        The suffix belongs to the family only where digits are all that tells it from others.
        """
        text = self._know.letters.latin(name.lower())
        if not text or len(text) > _LONGEST:
            return ""
        tokens, words = self._found(text)
        parts: list[_Part] = []
        sole = ""
        at = 0
        for piece in _PIECE.finditer(text):
            if parts and piece.start() > at:
                parts.append(("-", ""))
            at = piece.end()
            found = self._parts(piece[0], piece.start(), tokens, words)
            if any(sort == "brand" for _, sort in found):
                sole = piece[0]
            parts += found
        return _family(parts, sole, suffix)

    def _found(self, text: str) -> tuple[list[_Span], list[_Span]]:
        """Return where names of brands and known words stand in a text."""
        know = self._know
        tokens: list[_Span] = []
        words: list[_Span] = []
        for number, start, end in know.automaton.find_matches_as_indexes(text, overlapping=True):
            if number < know.first_domain:
                tokens.append((start, end))
            elif number >= know.first_word:
                words.append((start, end))
        return tokens, words

    def _parts(self, piece: str, begin: int, tokens: list[_Span], words: list[_Span]) -> list[_Part]:
        """Split a piece between hyphens into brand, words, digits and what is random."""
        runs = list(_LETTERS_OR_DIGITS.finditer(piece))
        if len(runs) > _MIXED:
            return [(RANDOM, "random")]
        found: list[_Part] = []
        for run in runs:
            if run[0].isdigit():
                found.append((run[0] if _SAYING.fullmatch(run[0]) else DIGITS, "number"))
            else:
                start, end = begin + run.start(), begin + run.end()
                found += self._letters(
                    run[0],
                    [(a - start, b - start) for a, b in tokens if start <= a and b <= end]
                    if tokens
                    else tokens,
                    max([b - start for a, b in words if a == start and b < end], default=0) if words else 0,
                )
        return found

    def _word(self, run: str) -> _Part | None:
        know = self._know
        token = know.tokens.get(run)
        if token is not None and token[1] < NAME:
            return BRAND, "brand"
        if run in know.words:
            return run, "known" if len(run) > 2 else "syllable"  # noqa: PLR2004  (`kz`, `my`: in every other name)
        return None

    def _letters(self, run: str, tokens: list[_Span], beginning: int) -> list[_Part]:
        """Take the longest brand off the beginning or the end; `kaspibonus` is also known as a whole."""
        whole = self._word(run)
        if whole is not None and whole[1] != "brand":
            return [whole]
        size = len(run)
        for start, end in sorted(tokens, key=lambda span: span[0] - span[1]):
            if end - start < _SHORTEST_TOKEN or end - start == size or (start and end < size):
                continue
            rest = run[end:] or run[:start]
            if whole is None or rest in self._know.words:
                word = self._word(rest)
                others = self._rest(rest, 0) if word is None else [word]
                return [*others, (BRAND, "brand")] if start else [(BRAND, "brand"), *others]
        return [whole] if whole is not None else self._rest(run, beginning)

    def _rest(self, run: str, beginning: int) -> list[_Part]:
        """Tell what other letters are; `beginning` is the length of a known word that begins them."""
        if len(run) - beginning >= _ENDING and beginning and not _VOWEL.search(run, beginning):
            return [(run[:beginning], "known"), (RANDOM, "random")]
        if len(run) >= _RANDOM and (_CONSONANTS.search(run) or not _VOWEL.search(run)):
            return [(RANDOM, "random")]
        if run in self._know.ordinary or self._made_of_words(run):
            return [(run, "known")]
        return [(run, "rare" if len(run) >= _RARE else "syllable")]

    def _segmented(self, run: str) -> bool:
        return (
            len(run) <= _LONGEST_GLUED
            and self._know.segments(run, heard=len(run) <= _LONGEST_HEARD) is not None
        )


def _family(parts: list[_Part], sole: str, suffix: str) -> str:
    """Return the pattern, if it is one that not everybody thinks of; `sole` is the piece with the brand."""
    made = "".join(part for part, _ in parts)
    sorts = [sort for _, sort in parts]
    rare, known, brand = "rare" in sorts, sorts.count("known"), "brand" in sorts
    if DIGITS not in made and RANDOM not in made:
        apart = known + brand + sorts.count("rare") > 1 or len(made) >= _RARE_ALONE
        return made if rare and apart else ""
    if rare or known + brand > 1:
        return made
    if not (brand or known) or not suffix:
        return ""
    token = _LETTERS_OR_DIGITS.findall(sole)[0] if brand else ""
    return f"{made.replace(BRAND, token)}.{suffix}"
