"""Spellings of one word: Kazakh without its letters, Latin chat spelling, look-alike letters, digits for letters.

Three views of a word (`shared` by stems and texts alike): as it is; as typed on a Russian keyboard
(`keyboard`: қ is к, ә is а ...); and in Latin letters (`latin_sound`, coarse: what is spelled in several
ways falls together, so ы, и, й, і are one).
"""

import re
from typing import Final

KAZAKH: Final = frozenset("әғқңөұүһі")
_KEYBOARD: Final = str.maketrans("әғқңөұүһіёѣ", "агкноуухиее")

_TO_CYRILLIC: Final = str.maketrans("aceopxykmtbhiëuğn", "асеорхукмтвніёиғп")
"""What a Latin letter looks like among Cyrillic ones."""
_TO_LATIN: Final = str.maketrans("аәеорсухкмтвнһқёіӏ", "aaeopcyxkmtbhhkeil")
_LEET: Final = str.maketrans("0134@$6", "оизаасб")
_LEET_LATIN: Final = str.maketrans("0134@$5", "oleaass")

_COARSE: Final = str.maketrans({
    "й": "и", "ы": "и", "ь": "", "ъ": "", "щ": "ш", "э": "е", "ё": "е", "я": "а", "ю": "у", "х": "х",
})  # fmt: skip
_LATIN_PARTS: Final = (
    ("shch", "ш"), ("sch", "ш"), ("zh", "ж"), ("kh", "х"), ("gh", "г"), ("sh", "ш"), ("ch", "ч"), ("ts", "ц"),
    ("tz", "ц"), ("ya", "а"), ("ja", "а"), ("yu", "у"), ("ju", "у"), ("iu", "у"), ("yo", "е"), ("jo", "е"),
    ("ye", "е"), ("je", "е"), ("ng", "н"), ("ck", "к"), ("ks", "кс"), ("ph", "ф"),
)  # fmt: skip
_LATIN_LETTERS: Final = str.maketrans({
    "a": "а", "b": "б", "c": "ц", "d": "д", "e": "е", "f": "ф", "g": "г", "h": "х", "i": "и", "j": "ж", "k": "к",
    "l": "л", "m": "м", "n": "н", "o": "о", "p": "п", "q": "к", "r": "р", "s": "с", "t": "т", "u": "у", "v": "в",
    "w": "ш", "x": "х", "y": "и", "z": "з", "ı": "и", "ä": "а", "á": "а", "ğ": "г", "ǵ": "г", "ñ": "н", "ń": "н",
    "ö": "о", "ó": "о", "ü": "у", "ú": "у", "ū": "у", "ý": "у", "ş": "ш", "ç": "ч", "é": "е", "ï": "и", "í": "и",
    "4": "ч", "6": "ш", "'": "", "’": "", "ʼ": "", "`": "",
})  # fmt: skip
_PARTS: Final = re.compile("|".join(part for part, _ in _LATIN_PARTS))
_PART: Final = dict(_LATIN_PARTS)
_TWICE: Final = re.compile(r"(.)\1+")
_HARD_C: Final = re.compile(r"c(?![eiyhc])")


def keyboard(word: str) -> str:
    """Return a word as typed on a Russian keyboard.

    >>> keyboard("қауіпсіз")
    'кауипсиз'
    """
    return word.translate(_KEYBOARD)


def coarse(word: str) -> str:
    """Return a Cyrillic word in the coarse spelling that Latin ones are compared in.

    >>> coarse("құттықтаймыз"), latin_sound("kuttyktaimyz")
    ('кутиктаимиз', 'кутиктаимиз')
    """
    plain = word.translate(_KEYBOARD).replace("сч", "ш").replace("нг", "н").translate(_COARSE)
    return _TWICE.sub(r"\1", plain.replace("иа", "а"))


def latin_sound(word: str) -> str:
    """Return a Latin word in the coarse Cyrillic spelling."""
    parts = _PARTS.sub(lambda part: _PART[part[0]], _HARD_C.sub("k", word))
    return _TWICE.sub(r"\1", parts.translate(_LATIN_LETTERS).replace("иа", "а"))


def one_script(word: str) -> str:
    """Return a word of Latin and Cyrillic letters in the script of most of them.

    >>> one_script("кaртa")
    'карта'
    """
    latin = sum(char < "\u0250" for char in word)
    return word.translate(_TO_CYRILLIC) if latin * 2 <= len(word) else word.translate(_TO_LATIN)


def as_cyrillic(word: str) -> str | None:
    """Return a Latin word whose letters all look Cyrillic in Cyrillic; None for others.

    >>> as_cyrillic("kapta"), as_cyrillic("bank")
    ('карта', None)
    """
    return word.translate(_TO_CYRILLIC) if set(word) <= _ALIKE else None


_ALIKE: Final = frozenset("aceopxykmtbhi3")


def without_leet(word: str) -> str:
    """Return a word whose digits stand for letters with letters.

    >>> without_leet("з@раб0ток"), without_leet("b0nus")
    ('заработок', 'bonus')
    """
    return word.translate(_LEET_LATIN if any("a" <= char <= "z" for char in word) else _LEET)
