"""Letters that look or sound alike: skeletons, transliteration, keyboard slips.

The tables are data (`rules/letters.yaml`); this module only applies them. Three views of
a name answer three questions:

* `skeleton` what does the eye read? (other scripts, accents, digits for letters)
* `latin`    what would a person type for it on a Latin keyboard?
* `coarse`   which names could be meant at all? One short key under which everything that
  looks or sounds alike falls together; candidates found by it are verified exactly.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any


class Letters:
    """The letter tables of a rule book, ready to use."""

    __slots__ = (
        "_coarse",
        "_digits",
        "_keyboard",
        "_keyboard_back",
        "_latin",
        "_look",
        "_loose",
        "_merge",
        "_pairs",
        "_sound",
        "bidi",
        "invisible",
        "scripts",
        "together",
        "zones",
    )

    def __init__(self, tables: Mapping[str, Any]) -> None:
        """Build translation tables from the compiled `letters` section of a book."""
        self._look = {ord(char): to for to, chars in tables["lookalike"].items() for char in chars}
        self._digits = {ord(char): to for to, chars in tables["digits"].items() for char in chars}
        self._merge = tuple((part, to) for to, parts in tables["merge"].items() for part in parts)
        self._pairs = re.compile("|".join(re.escape(part) for part, _ in self._merge))
        self._loose = {
            ord(char): group[0] for group in tables["loose"] for char in group[1:]
        }
        self._latin = {ord(char): forms[0] for char, forms in tables["cyrillic_latin"].items()}
        self._sound: tuple[tuple[str, str], ...] = tuple(
            (before, after) for before, after in tables["sound"]
        )
        self._keyboard = {ord(latin): other for latin, other in tables["keyboard"].items()}
        self._keyboard_back = {ord(other): latin for latin, other in tables["keyboard"].items()}
        self._coarse = _classes(tables["loose"], self._sound)
        self.invisible = frozenset(tables["invisible"])
        self.bidi = frozenset(tables["bidi"])
        self.scripts: tuple[tuple[int, int, str], ...] = tuple(
            (first, last, name) for first, last, name in tables["scripts"]
        )
        self.together = tuple(frozenset(names) for names in tables["scripts_together"])
        self.zones = {name: frozenset(found) for name, found in tables["script_suffixes"].items()}

    def plain(self, text: str) -> str:
        """Strip accents: `kaśpi` becomes `kaspi`, while `й` stays one letter of its own."""
        if text.isascii():
            return text
        kept = [
            char if "\u0400" <= char <= "\u04ff" else _without_marks(char) for char in text
        ]
        return "".join(kept)

    def look(self, text: str) -> str:
        """Return the Latin letters an eye reads in `text` (lower case), digits kept."""
        if text.isascii():
            return text
        return self.plain(text.translate(self._look)).translate(self._look)

    def skeleton(self, text: str) -> str:
        """Return what the eye reads, digits and letter pairs that pose as letters included."""
        return self._merged(self.look(text).translate(self._digits))

    def has_pairs(self, text: str) -> bool:
        """Tell whether a text holds letter pairs that pose as one letter (`rn` for `m`)."""
        return self._pairs.search(text) is not None

    def _merged(self, text: str) -> str:
        for part, to in self._merge:
            if part in text:
                text = text.replace(part, to)
        return text

    def loose(self, text: str) -> str:
        """Return a skeleton in which letters that differ by a stroke are one letter."""
        return self._merged(self.look(text)).translate(self._loose)

    def latin(self, text: str) -> str:
        """Transliterate Cyrillic letters the most usual way; the rest only loses accents."""
        if text.isascii():
            return text
        return self.plain(text.translate(self._latin))

    def sound(self, text: str) -> str:
        """Return one spelling for all spellings that sound alike (`q`/`k`, `kh`/`h` ...)."""
        folded = self.latin(text)
        for before, after in self._sound:
            if before in folded:
                folded = folded.replace(before, after)
        return "".join(
            char for at, char in enumerate(folded) if at == 0 or char != folded[at - 1]
        )

    def coarse(self, text: str) -> str:
        """Return the key under which all lookalikes and soundalikes of a name fall."""
        return text.translate(self._coarse)

    def other_layout(self, text: str) -> str:
        """Return what comes out when `text` is typed with the keyboard layout not switched."""
        if text.isascii():
            return text.translate(self._keyboard)
        return text.translate(self._keyboard_back)

    def visible(self, text: str) -> str:
        """Return a text without the characters that render as nothing."""
        return "".join(char for char in text if char not in self.invisible)

    def script(self, char: str) -> str:
        """Return the script of a letter, or an empty string for what all scripts share."""
        point = ord(char)
        for first, last, name in self.scripts:
            if first <= point <= last:
                return name
        return ""


def _without_marks(char: str) -> str:
    return "".join(
        part for part in unicodedata.normalize("NFD", char) if not unicodedata.combining(part)
    )


def _classes(loose: Sequence[str], sound: Sequence[tuple[str, str]]) -> dict[int, str]:
    """Join letters that look alike with letters that sound alike into classes.

    `e` stays apart from the consonants: joined over `c`, the most frequent letter would be
    one with `k`, `q` and `g`, and most names would have false candidates. A single `c` for
    `e` is found all the same, as one edit.
    """
    leader: dict[str, str] = {}

    def find(char: str) -> str:
        while leader.get(char, char) != char:
            char = leader[char]
        return char

    pairs = [(group[0], char) for group in loose for char in group[1:]]
    pairs += [(before, after) for before, after in sound if len(before) == len(after) == 1]
    for one, other in pairs:
        if "e" in {one, other} and not {one, other} <= set("aeiouy3"):
            continue
        leader[find(other)] = find(one)
    return {ord(char): find(char) for char in leader if find(char) != char}
