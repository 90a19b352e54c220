"""Families: the pattern that the names of one phishing kit are made from.

`halyk-bonus1` and `kaspi-bonus7` are both `{brand}-bonus#`. A name that has no pattern of its own
belongs to no family: `kaspi-bonus` is what anybody thinks of.
"""

import re
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
_MIXED: Final = 3
"""Changes between letters and digits inside one piece that nobody makes by hand."""


class Families:
    """Names brought to their patterns, by the words and brands of one rule book."""

    def __init__(self, know: Knowledge) -> None:
        """Keep the tables."""
        self._know = know

    def of(self, name: str, suffix: str = "") -> str:
        """Return the family of a registered name (or a tenant's), empty when it has none.

        The suffix belongs to the family only where digits are all that tells it from others.
        """
        text = self._know.letters.latin(name.lower())
        if not text or len(text) > _LONGEST:
            return ""
        parts: list[str] = []
        known = brand = rare = 0
        sole = ""
        at = 0
        for piece in _PIECE.finditer(text):
            parts.append("-" if parts and piece.start() > at else "")
            at = piece.end()
            for part, sort in self._parts(piece[0]):
                parts.append(part)
                known += sort == "known"
                rare += sort == "rare"
                if sort == "brand":
                    brand += 1
                    sole = piece[0]
        made = "".join(parts)
        if DIGITS not in made and RANDOM not in made:
            apart = known + brand + rare > 1 or len(made) >= _RARE_ALONE
            return made if rare and apart else ""
        if rare or known + (brand > 0) > 1:
            return made
        if not (brand or known) or not suffix:
            return ""
        token = _LETTERS_OR_DIGITS.findall(sole)[0] if brand else ""
        return f"{made.replace(BRAND, token)}.{suffix}"

    def _parts(self, piece: str) -> list[tuple[str, str]]:
        """Split a piece between hyphens into brand, words, digits and what is random."""
        runs = _LETTERS_OR_DIGITS.findall(piece)
        if len(runs) > _MIXED:
            return [(RANDOM, "random")]
        found: list[tuple[str, str]] = []
        for run in runs:
            if run.isdigit():
                found.append((run, "number") if _SAYING.fullmatch(run) else (DIGITS, "number"))
            else:
                found += self._letters(run)
        return found

    def _word(self, run: str) -> tuple[str, str] | None:
        know = self._know
        token = know.tokens.get(run)
        if token is not None and token[1] < NAME:
            return BRAND, "brand"
        if run in know.words:
            return run, "known" if len(run) > 2 else "syllable"  # noqa: PLR2004  (`kz`, `my`: in every other name)
        return None

    def _letters(self, run: str) -> list[tuple[str, str]]:
        """Take the longest brand off the beginning or the end; `kaspibonus` is also known as a whole."""
        whole = self._word(run)
        if whole is not None and whole[1] != "brand":
            return [whole]
        for cut in range(len(run) - 2, _SHORTEST_TOKEN - 1, -1):
            for token, rest, first in ((run[:cut], run[cut:], True), (run[-cut:], run[:-cut], False)):
                if self._word(token) == (BRAND, "brand") and (whole is None or rest in self._know.words):
                    others = self._rest(rest)
                    return [(BRAND, "brand"), *others] if first else [*others, (BRAND, "brand")]
        return [whole] if whole is not None else self._rest(run)

    def _rest(self, run: str) -> list[tuple[str, str]]:
        whole = self._word(run)
        if whole is not None:
            return [whole]
        if len(run) >= _RANDOM and (_CONSONANTS.search(run) or not _VOWEL.search(run)):
            return [(RANDOM, "random")]
        if run in self._know.ordinary or self._know.segments(run) is not None:
            return [(run, "known")]
        return [(run, "rare" if len(run) >= _RARE else "syllable")]
