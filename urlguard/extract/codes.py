"""Short codes: service numbers of three to five digits, where a text calls one or hears from it.

Which numbers are service numbers, the book says; digits alone prove nothing, so the words
around them must: `звоните 9999`, `с номера 1414`, `1414-ке хабарласыңыз`, `1414: Код ...`.
"""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import Final

from urlguard.extract.places import Found
from urlguard.identifiers.patterns import pattern
from urlguard.model import Kind

_CODE: Final = pattern(r"[1-9](?<![\w.,:/*#№+-].)(?:\d{2,4})(?![\w/*%₸$€₽]|[.,:]\d|-\d| \d)", re.ASCII)
_WINDOW: Final = 30
_CALLED: Final = pattern(
    r"(?:звон\w*|набер\w*|набир\w*|набр\w*|номер\w{0,3}|тел(?:ефон\w{0,3})?\.?|смс|sms"
    r"|сообщени\w{1,3}|центр\w{0,2}|лини\w{1,3}"
    r"|полици\w{1,3}|скор\w{1,3}|пожарн\w{1,3}|жәрдем\w{0,3}|служб\w{1,3}|банк\w{0,2}|bank|kaspi|halyk|egov"
    r"|қоңырау\w*|хабарлас\w*|нөмір\w{0,4}|номір\w{0,4}|орталы\w{0,5}"
    r"|желі\w{0,4}|полиция\w{0,3}|қызмет\w{0,4}|call|dial|text|number|line|centre|center)"
    r"(?: (?:на|по|с|от|к|в|to|at|from|короткий|единый|номер\w{0,2}|нөмір\w{0,3}"
    r"|call-центр\w{0,3}|полици\w{1,3}|бізге|банк\w{0,2}|нам|сразу)){0,3}"
    r"[\s:«\"(–—-]{1,3}$",
    re.IGNORECASE,
)
_SENDER: Final = pattern(
    r"(?:^|\n)[\s\"«>*-]{0,3}$|(?<!\w)(?:на|с|от|from|номера|көзден)[ \"«]{1,2}$", re.IGNORECASE
)
"""Before a code of four digits and more: the beginning of a message, or a preposition."""
_HEADED: Final = pattern(r"\s?(?::|—|–)\s")
_CALLS: Final = pattern(
    r"(?:[- ]?(?:ге|ке|қа|ға|ден|дан|тен|тан|нен|нан)?)?[»\")]?"
    r"(?: (?:қысқа|арнайы|нөмір\w{0,5}|номір\w{0,5}|номер\w{0,3}|байланыс|call|арқылы|в))*"
    r" ?(?:қоңырау|хабарлас|хабар|звон|телефонда|нөмір|номір|номер|шал|жазыңыз|смс|sms|байланыс|келді)",
    re.IGNORECASE,
)
_CASED: Final = pattern(r"-(?:ге|ке|қа|ға|ден|дан|тен|тан|нен|нан|те|та|де|да)(?!\w)", re.IGNORECASE)
_LISTED: Final = pattern(r"[»\")]?(?: ?[,/] ?| (?:или|немесе|және|и|or|and|мен) ?){1,2}[«\"(]?")
_MEASURE: Final = pattern(
    r"\s?(?:тг|тнг|те[нң]ге|kzt|тыс|мың|млн|руб|долл|usd|год|г\.|жыл|лет|мин|сек|час|сағат|дн|күн|балл|бонус|ұпай|человек|адам"
    r"|шт|м\b|км|кг|см|мл|гр|метр|мест|орын|раз|рет|стр|бет|пәтер|кв|каб|офис|этаж|қабат|%)",
    re.IGNORECASE,
)
_BANKS_OWN: Final = 4
"""Digits of the codes that are called by a preposition alone; `на 300` is a sum."""


def codes(seen: str, known: AbstractSet[str]) -> Iterator[Found]:
    """Yield the short codes of a narrow copy in order; only those that are `known`."""
    last = -1
    for found in _CODE.finditer(seen):
        if found[0] not in known or _MEASURE.match(seen, found.end()):
            continue
        listed = last >= 0 and _LISTED.fullmatch(seen, last, found.start()) is not None
        if listed or _spoken(seen, found):
            last = found.end()
            yield Found(found.start(), last, Kind.SHORT_CODE, found[0])


def _spoken(seen: str, found: re.Match[str]) -> bool:
    """Tell whether the words around a number call it, or it speaks."""
    start, end = found.span()
    begin = max(0, start - _WINDOW)
    if _CALLED.search(seen, begin, start) or _CALLS.match(seen, end):
        return True
    if len(found[0]) < _BANKS_OWN:
        return False
    headed = _SENDER.search(seen, begin, start)
    if headed is not None and headed[0].strip('\n "«>*-'):
        return True
    return _CASED.match(seen, end) is not None or (
        headed is not None and _HEADED.match(seen, end) is not None
    )
