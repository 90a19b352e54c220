"""Which endings a stem may have: Kazakh suffix chains, Russian and English inflection.

Kazakh builds words in a fixed order of slots: number, possession, case for nouns; voice, negation,
mood and person for verbs (Kazakh grammar, any textbook). The suffixes are data (`rules/texts/endings.yaml`);
here they are tried slot by slot, so no list of whole chains is needed.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from enum import IntEnum
from typing import Any, Final

_KEPT: Final = 20_000
"""Endings that are remembered."""
_LONGEST: Final = 24
"""No chain of endings has more letters."""
_BACK: Final = frozenset("аыоұ")
_FRONT: Final = frozenset("әеөүі")
"""The suffixes of one word have vowels of one kind only: `карта-лар-ымыз-ды`, `сілтеме-лер-іміз-ді`."""
_BOTH_WAYS: Final = frozenset({
    "мен", "бен", "пен", "нікі", "дікі", "тікі", "ынікі", "ғой", "қой", "ғана", "ақ", "ау",
})  # fmt: skip
"""Suffixes that stay as they are after any word: `картамен`, `сілтеме ғой`."""
VOWELS: Final = frozenset("аәеиоөуұүыіэюяё")


class Mood(IntEnum):
    """What a form of a verb says; nouns have none."""

    NONE = 0
    REQUEST = 1
    """An imperative: `айтыңыз`, `сообщите`, `tell`."""
    CONDITION = 2
    """`айтсаңыз`: a polite request, or an "if you"."""
    CONVERB = 3
    """`айтып`: the next verb says how it is meant."""
    INFINITIVE = 4
    """`айту`: a request when `керек` follows."""
    INSTRUCTION = 5
    """Second person: `айтасыз`, you will tell; a request among those who give orders."""
    TOLD = 6
    """Past, present and third person: somebody tells about it."""


Form = tuple[Mood, bool]
"""Mood, and whether the form itself denies: `айтпаңыз`."""

NOUN: Final[Form] = (Mood.NONE, False)


class Kazakh:
    """Kazakh endings in one spelling: as they are, as on a Russian keyboard, or in Latin letters."""

    __slots__ = ("_harmonies", "_moods", "_negative", "_nouns", "_voices")

    def __init__(self, tables: Mapping[str, Any], spelled: Callable[[str], str]) -> None:
        """Take the compiled `endings` section; `spelled` rewrites each suffix."""

        def suffixes(name: str) -> tuple[str, ...]:
            found = {spelled(suffix) for suffix in tables[name].split()}
            return tuple(sorted(found, key=lambda suffix: (-len(suffix), suffix)))

        slots = ("kk_plural", "kk_possessive", "kk_case", "kk_case", "kk_tail")
        self._harmonies = [
            re.compile(
                "".join(
                    f"(?:{_begun_together(_of_harmony(tables[name], strange, spelled))})?" for name in slots
                )
            )
            for strange in (_FRONT, _BACK)
        ]
        self._nouns: dict[str, bool] = {}
        self._voices: dict[str, list[str]] = {}
        for voice in suffixes("kk_voice"):
            self._voices.setdefault(voice[0], [""]).append(voice)
        self._negative = suffixes("kk_negative")
        self._moods: dict[str, Mood] = {}
        for mood in (
            Mood.TOLD,
            Mood.INFINITIVE,
            Mood.CONVERB,
            Mood.INSTRUCTION,
            Mood.CONDITION,
            Mood.REQUEST,
        ):
            self._moods |= dict.fromkeys(suffixes(f"kk_{mood.name.lower()}"), mood)
        self._moods[""] = Mood.REQUEST

    def noun(self, rest: str) -> bool:
        """Tell whether a rest is a chain of noun suffixes of one harmony, each slot at most once."""
        known = self._nouns.get(rest)
        if known is None:
            if len(self._nouns) > _KEPT:
                self._nouns.clear()
            known = self._nouns[rest] = len(rest) <= _LONGEST and any(
                chain.fullmatch(rest) for chain in self._harmonies
            )
        return known

    def verb(self, rest: str) -> Form | None:
        """Return what a verb with these suffixes says; None when they are none."""
        for voice in self._voices.get(rest[:1], ("",)):
            if not rest.startswith(voice):
                continue
            end = rest[len(voice) :]
            mood = self._moods.get(end)
            if mood is not None:
                return mood, False
            for no in self._negative:
                if end.startswith(no) and (mood := self._moods.get(end[len(no) :])) is not None:
                    return mood, True
        return None


def _of_harmony(suffixes: str, strange: frozenset[str], spelled: Callable[[str], str]) -> list[str]:
    """Return the suffixes without the vowels of the other harmony, as they are spelled."""
    return [spelled(one) for one in suffixes.split() if one in _BOTH_WAYS or strange.isdisjoint(one)]


def _begun_together(suffixes: Iterable[str]) -> str:
    """Return a pattern of suffixes, with what some begin with said once: it is read letter by letter."""
    rests: dict[str, set[str]] = {}
    for suffix in suffixes:
        rests.setdefault(suffix[:1], set()).add(suffix[1:])
    ends = rests.pop("", None) is not None
    parts = [re.escape(letter) + _begun_together(rest) for letter, rest in sorted(rests.items())]
    if not parts:
        return ""
    return f"(?:{'|'.join(parts)}){'?' if ends else ''}"


class Inflection:
    """Russian or English endings in one spelling."""

    __slots__ = ("_nouns", "_requests", "_verbs")

    def __init__(self, tables: Mapping[str, Any], lang: str, spelled: Callable[[str], str]) -> None:
        """Take the compiled `endings` section; `spelled` rewrites each ending."""
        self._nouns = frozenset(spelled(end) for end in tables[f"{lang}_noun"].split()) | {""}
        self._requests = frozenset(spelled(end) for end in tables[f"{lang}_request"].split()) | {""}
        parts = [
            "|".join(
                sorted(
                    {re.escape(spelled(end)) for end in tables[f"{lang}_{name}"].split()},
                    key=len,
                    reverse=True,
                )
            )
            for name in ("theme", "verb", "reflexive")
        ]
        self._verbs = re.compile(f"(?:{parts[0]})?(?:{parts[1]})?(?:{parts[2]})?")

    def noun(self, rest: str) -> bool:
        """Tell whether a rest is an ending of a noun or adjective."""
        return rest in self._nouns

    def request(self, rest: str) -> bool:
        """Tell whether a rest leaves an imperative one: `сообщи` and `те`."""
        return rest in self._requests

    def verb(self, rest: str) -> bool:
        """Tell whether a rest is any ending of a verb or participle."""
        return self._verbs.fullmatch(rest) is not None
