"""Forms of stems: what a stem with this rest says, and how stems change before their endings."""

from typing import Final

from urlguard.words.endings import NOUN, VOWELS, Form, Inflection, Kazakh, Mood
from urlguard.words.spelling import KAZAKH
from urlguard.words.stems import REFUSAL, REQUEST, VERB, Stem

_SOFT: Final = {"к": "г", "қ": "ғ", "п": "б"}
OF_NAMES: Final = frozenset({"а", "у", "ом", "е", "ы", "и", "ов", "ам"})
ENGLISH_OF_NAMES: Final = frozenset({"s", "'s", "’s"})
LAST_OF_LOANS: Final = frozenset("аяе")
"""Vowels that Russian stems are cut before: `карт` and `аңызды`, `акци` and `яға`."""
SOFTENING: Final = frozenset({"", REQUEST, VERB, REFUSAL})


def agglutinated(kazakh: Kazakh, mark: str, rest: str) -> Form | None:
    """Return what a Kazakh form says; None when the rest is no ending of the stem."""
    if mark == "":
        return NOUN if kazakh.noun(rest) else None
    form = kazakh.verb(rest)
    if mark == REFUSAL:
        return NOUN if form is not None and form[1] else None
    return None if form is None or (mark == REQUEST and form[0] == Mood.TOLD) else form


def inflected(endings: Inflection, mark: str, rest: str) -> Form | None:
    """Return what a Russian or English form says; None when the rest is no ending of the stem."""
    if mark == REQUEST:
        return (Mood.REQUEST, False) if endings.request(rest) else None
    if mark == VERB:
        return NOUN if endings.verb(rest) else None
    return NOUN if endings.noun(rest) else None


def may_soften(word: str, end: int, stem: Stem) -> bool:
    """Tell whether the last letter of a stem stands as written, or softened before a vowel."""
    return word[end - 1] == stem.written[-1] or (end < len(word) and word[end] in VOWELS)


def softened(stem: str) -> str:
    """Return a stem with its last consonant softened, as before a vowel."""
    return stem[:-1] + _SOFT[stem[-1]] if len(stem) > 2 and stem[-1] in _SOFT else stem  # noqa: PLR2004


def agree(word: str, stem: str) -> bool:
    """Tell whether every Kazakh letter that was typed is the one of the stem."""
    return len(word) == len(stem) and all(
        typed == meant or typed not in KAZAKH or _SOFT.get(meant) == typed
        for typed, meant in zip(word, stem, strict=True)
    )
