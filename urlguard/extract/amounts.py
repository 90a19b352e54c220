"""Sums of money among the words of a text.

What decides is the unit: a number counts with a currency, or with a word for thousands or
millions when nothing else than money is counted. `45К` stays a sum though it may be a
door code: who writes about doors is not judged by his sums.
"""

import re
from collections.abc import Iterator
from typing import Final

from urlguard.extract.places import Found
from urlguard.identifiers.amounts import FRONT, NUMBER, SIGN, TAIL, TIMES, key, worth
from urlguard.identifiers.patterns import pattern
from urlguard.model import Kind

_SUM: Final = pattern(
    rf"(?P<number>[0-9](?<![0-9A-Za-z_#№].)(?<![0-9][.,:/].){NUMBER})"
    rf"(?:[ -]{{0,2}}(?=[мтлкkm])(?P<times>{TIMES})(?!{TAIL}))?"
    rf"(?:[ -]{{0,2}}(?=[₸$€₽тtkuедбрreюс])(?P<sign>{SIGN}|[tт])(?!\w))?"
)
_FRONT: Final = pattern(rf"(?:[₸$€₽]|(?<![\w])(?:{FRONT}))\s?$")
_BEFORE: Final = frozenset("₸$€₽tdrb")
"""Last letters of the currencies that stand in front."""
_UNIT: Final = pattern(r"\d[ -]{0,2}[мтлкkmtuедбрreюс]|[₸$€₽]|kzt|usd|eur")
"""Without any of these there is no sum; most texts with digits are done here."""
_COUNTED: Final = pattern(
    r"(?: (?:жуық|астам|дерлік))?[ -]?(?:забег|марафон|шаг|подпис|просм|лайк|чел|люд|адам|рет|қарал|жазыл"
    r"|рез|детал|штук"
    r"|дана|шт\b|метр|кв|км|кг|тонн|литр"
    r"|год|лет|жыл|раз|слов|бет|сөз|пикс|видео|экран|телевиз|монитор|mah|ом\b|rpm|view|follow|subscr|user"
    r"|стран|step|people|зрител|гражд|жител|тұрғын|казахстан|қазақстан|студент|оқушы|қатысушы|участ"
    r"|клиент|пользов|балл|ұпай|бонус|копи|uhd|hdr|video|tv\b)"
)
"""What is counted in thousands and is no money."""
_SCREENS: Final = frozenset({"2", "4", "5", "8"})
"""`4K` is a picture."""
_SERIAL: Final = pattern(r"[a-z]\d{1,4} $")
"""A group of an account before: `KZ86 125K ZT50`."""
_RANGE: Final = pattern(
    r"(?: ?[-/~] ?|(?: ?(?:тг|тенге|теңге|мың)[а-я]{0,4})? (?:до|от|бастап|дейін|to|или|немесе|мен) )",
    re.IGNORECASE,
)
_LEAST: Final = 4
"""Digits before a lone `Т` for tenge."""


def amounts(seen: str) -> Iterator[Found]:
    """Yield the sums of a narrow copy in order; a range gives two."""
    folded = seen.lower()
    if len(folded) != len(seen):  # a letter that has no small one of its length
        folded = seen
    if not _UNIT.search(folded):
        return
    before: re.Match[str] | None = None
    for found in _SUM.finditer(folded):
        fronted = folded[max(0, found.start() - 2) : found.start()].rstrip()[-1:] in _BEFORE
        if found.lastgroup == "number" and not fronted:
            before = found
            continue
        sum_ = _sum(seen, folded, found)
        if sum_ is not None and before is not None and _RANGE.fullmatch(folded, before.end(), found.start()):
            yield from _first(before, found)
        before = None if sum_ or found.lastgroup != "number" else found
        if sum_ is not None:
            yield sum_


def _sum(seen: str, folded: str, found: re.Match[str]) -> Found | None:
    """Return the sum a number is, with what stands around it; None when it is none."""
    number, times, sign = found["number"], found["times"] or "", found["sign"] or ""
    start = found.start()
    front = _FRONT.search(folded, max(0, start - 5), start)
    if front is not None:
        end = found.end("times") if times else found.end("number")
        return Found(front.start(), end, Kind.AMOUNT, key(worth(number, times), front[0].strip()))
    if sign in {"t", "т"} and (times or len(number) < _LEAST or seen[found.end() - 1].islower()):
        return None
    if not sign and (not times or _counts(folded, found)):
        return None
    end = found.end() - found[0].endswith(".")
    return Found(start, end, Kind.AMOUNT, key(worth(number, times), sign))


def _counts(folded: str, found: re.Match[str]) -> bool:
    """Tell whether thousands of something else are counted, or it is a part of an account."""
    start = found.start()
    if found["times"] in "кk" and (
        found["number"] in _SCREENS or _SERIAL.search(folded, max(0, start - 8), start)
    ):
        return True
    return _COUNTED.match(folded, found.end()) is not None


def _first(less: re.Match[str], more: re.Match[str]) -> Iterator[Found]:
    """Yield the lower end of a range, which shares the units of the upper one."""
    times, sign = more["times"] or "", more["sign"] or ""
    value, top = worth(less["number"], times), worth(more["number"], times)
    if value[0] * 10 ** top[1] > top[0] * 10 ** value[1]:
        value = worth(less["number"], "")
    yield Found(less.start(), less.end("number"), Kind.AMOUNT, key(value, sign))
