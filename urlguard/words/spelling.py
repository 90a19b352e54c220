"""Spellings of one word: without Kazakh letters, in Latin chat letters, with look-alikes and digits.

Three views of a word are shared by stems and texts: as it is; as typed on a Russian keyboard (`keyboard`:
қ is к, ә is а ...); and in Latin letters (`latin_sound`, coarse: what is spelled in several ways falls
together, so ы, и, й, і are one). The tables are data: `rules/texts/spelling.yaml`.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final

KAZAKH: Final = frozenset("әғқңөұүһі")
_TWICE: Final = re.compile(r"(.)\1+")
_HARD_C: Final = re.compile(r"c(?![eiyhc])")
_LATIN: Final = re.compile("[a-z]")
_SOFT_SIGN: Final = re.compile("['’ʼ`]")
_J_ALONE: Final = re.compile("j(?![aeou])")


class Spelling:
    """The tables of a book, ready to use."""

    __slots__ = (
        "_alike",
        "_coarse",
        "_coarse_parts",
        "_keyboard",
        "_leet",
        "_leet_latin",
        "_letters",
        "_part",
        "_parts",
        "_to_cyrillic",
        "_to_latin",
        "_without_j",
        "_without_ng",
    )

    def __init__(self, tables: Mapping[str, Mapping[str, str]]) -> None:
        """Take the compiled `spelling` section."""
        self._keyboard = str.maketrans(dict(tables["keyboard"]))
        self._to_cyrillic = str.maketrans(dict(tables["looks_cyrillic"]))
        self._to_latin = str.maketrans(dict(tables["looks_latin"]))
        self._alike = frozenset(tables["looks_cyrillic"])
        self._leet = [str.maketrans(dict(tables[name])) for name in ("leet", "leet_other")]
        self._leet_latin = [str.maketrans(dict(tables["leet_latin"]))]
        coarse = tables["coarse"]
        self._coarse = str.maketrans({one: to for one, to in coarse.items() if len(one) == 1})
        self._coarse_parts = [(part, to) for part, to in coarse.items() if len(part) > 1]
        self._part = dict(tables["latin_parts"])
        self._parts = _any_of(self._part)
        self._without_j = _any_of(part for part in self._part if not part.startswith("j"))
        self._without_ng = _any_of(part for part in self._part if part != "ng")
        self._letters = str.maketrans(dict(tables["latin_letters"]))

    def keyboard(self, word: str) -> str:
        """Return a word as typed on a Russian keyboard: `кауипсиз` for `қауіпсіз`."""
        return word.translate(self._keyboard)

    def coarse(self, word: str) -> str:
        """Return a Cyrillic word in the spelling that Latin ones are compared in."""
        plain = word.translate(self._keyboard)
        for part, to in self._coarse_parts:
            plain = plain.replace(part, to)
        return _once(plain.translate(self._coarse))

    def latin_sound(self, word: str) -> str:
        """Return a Latin word in that spelling: `kuttyktaimyz` gives what `құттықтаймыз` does."""
        return self._sound(word, self._parts)

    def latin_sounds(self, word: str) -> tuple[str, ...]:
        """Return all that a Latin word may sound like.

        `j` is ж in `jumys`, but й or half of я in others; `ng` is ң in `aldyng`, but not in `dengi`.
        """
        word = _SOFT_SIGN.sub("", word)
        sounds = [self._sound(word, self._without_j if "j" in word else self._parts)]
        if "j" in word:
            sounds.append(self._sound(_J_ALONE.sub("i", word), self._parts))
        if "ng" in word:
            sounds.append(self._sound(word, self._without_ng))
        return tuple(sounds)

    def _sound(self, word: str, parts: re.Pattern[str]) -> str:
        plain = _HARD_C.sub("k", _SOFT_SIGN.sub("", word))
        return _once(parts.sub(lambda part: self._part[part[0]], plain).translate(self._letters))

    def one_script(self, word: str) -> list[str]:
        """Return a word of two scripts in Cyrillic and in Latin, as far as its letters can be read so."""
        latin = _LATIN.findall(word)
        found = [word.translate(self._to_cyrillic)] if self._alike.issuperset(latin) else []
        return [*found, *(plain for plain in [word.translate(self._to_latin)] if plain.isascii())]

    def as_cyrillic(self, word: str) -> str | None:
        """Return a Latin word whose letters all look Cyrillic in Cyrillic; None for others."""
        return word.translate(self._to_cyrillic) if self._alike.issuperset(word) else None

    def without_leet(self, word: str) -> list[str]:
        """Return a word whose digits stand for letters with letters: `заработок` for `з@раб0ток`.

        A digit may stand for one letter or another: the likelier reading comes first.
        """
        tables = self._leet_latin if _LATIN.search(word) else self._leet
        return [word.translate(table) for table in tables]


def _any_of(parts: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, parts), key=len, reverse=True)))


def _once(word: str) -> str:
    return _TWICE.sub(r"\1", word.replace("иа", "а"))
