"""Brands made searchable: the cost of a look-up does not grow with their number.

* `official`: domain -> brand, walked label by label.
* `coarse`: the coarse key of each token and, for tokens of five letters and more, the keys
  with one letter left out (the deletion neighbourhood of Mor and Fraenkel, 1982: two words
  one edit apart share a word made by leaving letters out). A name is looked up with its
  own key and neighbours; the few candidates are then verified exactly.
* `home`: the same for ordinary words and short names, which only mean something with foreign
  letters or under the suffix where the brand is at home.
* `heads`, `tails`: first and last letters of those keys, to pass most names over.
* `patterns`: tokens, words and official domains for one pass of an Aho-Corasick automaton.
* `typed`: what comes out when a name is typed with the wrong keyboard layout.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from urlguard.letters import Letters
from urlguard.links.suffixes import a_label

SHORTEST_TYPO: Final = 5
"""Names of up to four letters have hundreds of honest neighbours one letter away."""
_NAME: Final = 2
"""Mark of the name of an official domain that is no token: compared with whole names only."""
SHORTEST_FOREIGN_TYPO: Final = 7
"""The same for brands foreign to Kazakhstan, which are many and rarely imitated here."""
EDGES: Final = (4, 5, 6)
"""One edit leaves the first or the last four letters of a word of nine whole: of long names only
those are looked up whose beginning or end occurs in a token."""
_VARIANTS: Final = (("zh", "j"), ("kh", "h"), ("sh", "w"), ("ts", "c"), ("gh", "g"), ("ph", "f"))
"""Spellings of one sound with different lengths; others of them fall together in the key."""
_SPELLING: Final = re.compile(r"[^\W_]+")
_SHORTEST_TYPED: Final = 5


def brand_index(brands: list[dict[str, Any]], letters: Letters) -> dict[str, Any]:
    """Compile the brands into plain tables (see the module's docstring)."""
    index = _Index(letters)
    for number, brand in enumerate(brands):
        index.add(number, brand)
    return index.tables()


class _Index:
    def __init__(self, letters: Letters) -> None:
        self._letters = letters
        self._tokens: dict[str, list[Any]] = {}
        self._coarse: dict[str, list[str]] = {}
        self._home: dict[str, list[str]] = {}
        self._official: dict[str, int] = {}
        self._unsure: dict[str, int] = {}
        self._anywhere: dict[str, int] = {}
        self._typed: dict[str, str] = {}
        self._names: list[tuple[str, int]] = []
        self._not: set[str] = set()
        self._heads: set[str] = set()
        self._tails: set[str] = set()

    def add(self, number: int, brand: Mapping[str, Any]) -> None:
        for domain in brand["domains"]:
            self._official.setdefault(_ascii(domain), number)
        for domain in brand.get("unsure", ()):
            self._unsure.setdefault(_ascii(domain), number)
        for label in brand.get("any_suffix", ()):
            self._anywhere.setdefault(label, number)
        self._not.update(brand.get("not", ()))
        foreign = bool(brand.get("foreign"))
        for common, words in ((0, brand.get("tokens", ())), (1, brand.get("common", ()))):
            for word in words:
                self._add_token(self._letters.latin(word), number, common, foreign=foreign)
                self._type(word, word)
        if not foreign:
            for domain in brand["domains"]:
                name = domain.partition(".")[0]
                if len(name) >= SHORTEST_TYPO and name.isalnum() and domain.endswith(".kz"):
                    self._names.append((name, number))
        for spelling in brand.get("spellings", ()):
            self._type("".join(_SPELLING.findall(spelling.lower())), "")

    def _add_token(self, token: str, number: int, common: int, *, foreign: bool) -> None:
        if token in self._tokens or len(token) < 2:  # noqa: PLR2004  (one letter names nobody)
            return
        self._tokens[token] = [number, common]
        apart = common or len(token) < (SHORTEST_FOREIGN_TYPO if foreign else SHORTEST_TYPO)
        coarse = self._home if apart else self._coarse
        loosely = len(token) >= (SHORTEST_FOREIGN_TYPO if foreign else SHORTEST_TYPO - 1)
        for form in _spellings(token) if loosely else (token,):
            for key in self._keys(form, loosely=loosely and not (foreign and common)):
                known = coarse.setdefault(key, [])
                if token not in known:
                    known.append(token)

    def _keys(self, form: str, *, loosely: bool) -> Iterable[str]:
        key = self._letters.coarse(form)
        yield key
        for size in EDGES:
            self._heads.add(key[:size])
            self._tails.add(key[-size:])
        if loosely:
            yield from {key[:at] + key[at + 1 :] for at in range(len(key))}

    def _type(self, name: str, token: str) -> None:
        """Note what a name of a known token looks like with the layout not switched."""
        wanted = token or self._letters.latin(name)
        wanted = self._letters.latin(wanted)
        if wanted in self._tokens and len(name) >= _SHORTEST_TYPED:
            typed = self._letters.other_layout(name)
            if typed.isalnum() and typed != name:
                self._typed.setdefault(typed, wanted)

    def tables(self) -> dict[str, Any]:
        for name, number in self._names:
            self._add_token(name, number, _NAME, foreign=False)
        numbers = {token: str(number) for number, token in enumerate(self._tokens)}
        return {
            "tokens": self._tokens,
            "coarse": _packed(self._coarse, numbers),
            "home": _packed(self._home, numbers),
            "official": self._official,
            "unsure": self._unsure,
            "any_suffix": self._anywhere,
            "typed": self._typed,
            "not": sorted(self._not),
            "heads": " ".join(sorted(self._heads)),
            "tails": " ".join(sorted(self._tails)),
        }


def _packed(table: Mapping[str, list[str]], numbers: Mapping[str, str]) -> list[str]:
    """Return keys and token numbers as two long texts: they load ten times as fast."""
    found = (",".join(numbers[token] for token in tokens) for tokens in table.values())
    return [" ".join(table), " ".join(found)]


def _spellings(token: str) -> set[str]:
    found = {token}
    for long, short in _VARIANTS:
        found |= {form.replace(long, short) for form in found}
        found |= {form.replace(short, long) for form in found if len(form) < len(token) + 2}
    return found


def _ascii(domain: str) -> str:
    return ".".join(a_label(label) for label in domain.split("."))
