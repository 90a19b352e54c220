"""Categories and articles by the names that public registers give them.

A register writes "Интернет-мошенничество (Фишинговый сайт)" where a record has `fraud_phishing`.
The rules hold pieces of such names; a piece counts where a word begins with it, and the longest
piece that occurs decides.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

_SPACE: Final = re.compile(r"\s+")
_LIMIT: Final = 1_000
"""Longest text that is looked at, in characters; names of categories have up to two hundred."""
_REMEMBERED: Final = 4_096
"""A list of a million rows has a few dozen categories."""


class Catalogue:
    """The tables of `registry` in a rule book, looked up by name."""

    def __init__(self, registry: Mapping[str, Any]) -> None:
        """Take the section `registry` of a rule book."""
        self._categories = _Names(registry["categories"])
        self._articles = _Names(registry["articles"])
        self.category_of = lru_cache(_REMEMBERED)(self._categories.id_of)
        """Returns the category a text names, or an empty text."""
        self.article_of = lru_cache(_REMEMBERED)(self._articles.id_of)
        """Returns the provision a text names, or an empty text."""


class _Names:
    """One table, by ids, titles and pieces of names."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._whole = {_folded(title): key for key, row in table.items() for title in row["title"].values()}
        self._whole |= {_folded(key): key for key in table}
        pieces = [(_folded(name), key) for key, row in table.items() for name in row.get("names", ())]
        pieces.sort(key=lambda piece: -len(piece[0].replace("*", "")))
        self._pieces = [([part for part in name.split("*") if part], key) for name, key in pieces]

    def id_of(self, text: str) -> str:
        """Return the id a text means, or an empty text."""
        wanted = _folded(text[:_LIMIT])
        if wanted in self._whole:
            return self._whole[wanted]
        return next((key for parts, key in self._pieces if _occurs(parts, wanted)), "")


def _folded(text: str) -> str:
    return _SPACE.sub(" ", text.casefold().replace("ё", "е")).strip()


def _occurs(parts: list[str], text: str) -> bool:
    """Tell whether the parts follow on each other in a text, each where a word begins."""
    at = 0
    for part in parts:
        while True:
            at = text.find(part, at)
            if at < 0:
                return False
            if at == 0 or not text[at - 1].isalnum():
                break
            at += 1
        at += len(part)
    return True
