"""What was judged already: equal rows are judged once, in bounded memory."""

from collections.abc import Hashable
from typing import Final, Generic, TypeVar

_KEPT: Final = 30_000
"""Entries of one generation. Two generations are kept: some 25 MB, and more rows than are ever under way."""

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Remembered(Generic[K, V]):
    """The answers to the last questions: at least `kept` different ones, at most twice as many.

    What is asked for again stays. Which questions are known depends on nothing but their order, so
    a run that is resumed knows what an uninterrupted one would.
    """

    __slots__ = ("_kept", "_new", "_old")

    def __init__(self, kept: int = _KEPT) -> None:
        """Begin with nothing."""
        self._kept = kept
        self._new: dict[K, V | None] = {}
        self._old: dict[K, V | None] = {}

    def seen(self, key: K) -> bool:
        """Tell whether this was asked before, and take note that it was asked now."""
        if key in self._new:
            return True
        known = key in self._old
        self._new[key] = self._old[key] if known else None
        if len(self._new) >= self._kept:
            self._old, self._new = self._new, {}
        return known

    def answer(self, key: K) -> V | None:
        """Return the answer, or None when it is not known, or not yet."""
        found = self._new.get(key)
        return self._old.get(key) if found is None else found

    def keep(self, key: K, value: V) -> None:
        """Keep the answer to a question that is still known."""
        if key in self._new:
            self._new[key] = value
        if key in self._old:
            self._old[key] = value
