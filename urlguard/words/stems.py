"""Stems as the tables of a book have them, and what it means that a word is a form of one."""

from typing import Final, NamedTuple

from urlguard.words.endings import Mood

EXACT: Final = "="
REQUEST: Final = "!"
VERB: Final = "~"
REFUSAL: Final = "^"
ANY: Final = "*"
NAME: Final = "na"
"""What stands for the language of a name."""
_HEAD: Final = 3
"""Letters by which stems are grouped."""


class Match(NamedTuple):
    """A word is a form of a stem."""

    atom: int
    """Number of the stem in the tables of the book."""
    mood: Mood
    denied: bool


class Stem(NamedTuple):
    """One stem as a table of the book has it."""

    atom: int
    lang: str
    mark: str
    """How it may end.

    `=` not at all, `!` as a request, `~` as a verb, `^` as one that denies, `*` anyhow, else as a noun.
    """
    written: str
    """In its own spelling."""


class Table:
    """Stems in one spelling, found by the beginnings of a word."""

    __slots__ = ("_lengths", "stems")

    def __init__(self) -> None:
        self.stems: dict[str, list[Stem]] = {}
        self._lengths: dict[str, set[int]] = {}

    def add(self, form: str, stem: Stem) -> None:
        """Add a stem under one of its forms."""
        known = self.stems.get(form)
        if known is not None:
            known.append(stem)
            return
        self.stems[form] = [stem]
        self._lengths.setdefault(form[:_HEAD], set()).add(len(form))

    def lengths(self, word: str) -> list[int]:
        """Return how long the stems are that begin as the word does, longest first."""
        size = len(word)
        found = {
            length
            for head in range(1, _HEAD + 1)
            for length in self._lengths.get(word[:head], ())
            if length <= size
        }
        return sorted(found, reverse=True)
