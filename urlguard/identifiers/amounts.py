"""Sums of money: `50 000 тг`, `1,5 млн`, `₸50,000`, `50 мың теңге` become `KZT:50000`.

A sum is a number with a word for thousands or millions, a currency, or both. Without a
currency it is taken as tenge: that is what `50к` means in Kazakhstan.
"""

import re
from collections.abc import Mapping
from typing import Final

from urlguard.identifiers.glyphs import plain
from urlguard.identifiers.patterns import pattern

HOME: Final = "KZT"
TAIL: Final = "[\u0400-\u04ffa-z]"
"""A letter that makes a unit a part of another word: `50 кг`."""
NUMBER: Final = (
    r"(?:[0-9]{0,2}(?P<gap>[ .,'’])[0-9]{3}(?:(?P=gap)[0-9]{3}){0,3}(?![0-9])(?:[.,][0-9]{1,2}(?![0-9]))?"
    r"|[0-9]{0,12}(?![0-9])(?:[.,][0-9]{1,3}(?![0-9]))?)"
)
"""What follows the first digit: groups of three or none, a fraction or none."""
TIMES: Final = (
    r"(?:мың|мын)(?:нан|нын|ның|ға|га|ды|дай|дық|дан)?|тыс(?:яч\w{0,3}|\.)?|тыщ\w?|млн\.?|миллион\w{0,5}|mln|million"
    r"|млрд\.?|миллиард\w{0,5}|лям\w{0,2}|кк|kk|[кk]"
)
SIGN: Final = (
    r"₸|\$|€|₽|usdt|usd|kzt|eur|rub|tenge|tg|тг\.?|тнг\.?|те[нң]ге\w{0,6}|доллар\w{0,4}|бакс\w{0,3}|евро(?:ға|дан)?"
    r"|руб(?:л\w{1,4}|\.)?|юсдт|тезер\w?|сом(?:ов|а)?|сум(?:ов|а)?"
)
FRONT: Final = r"₸|\$|€|₽|usdt|usd|kzt|eur"
"""What stands before a number too."""

_FACTORS: Final[Mapping[str, int]] = {
    "мы": 1_000, "ты": 1_000, "к": 1_000, "k": 1_000, "мл": 10**6, "ми": 10**6, "ml": 10**6, "mi": 10**6,
    "ля": 10**6, "кк": 10**6, "kk": 10**6,
}  # fmt: skip
"""First letters of a multiplier; the thousand millions are looked at before."""
_THOUSAND_MILLIONS: Final = ("млрд", "миллиард")
_CURRENCIES: Final[Mapping[str, str]] = {
    "₸": HOME, "kz": HOME, "те": HOME, "тг": HOME, "тн": HOME, "tg": HOME, "$": "USD", "до": "USD",
    "ба": "USD",
    "€": "EUR", "eu": "EUR", "ев": "EUR", "₽": "RUB", "ру": "RUB", "ru": "RUB", "юс": "USDT",
    "со": "KGS", "су": "UZS",
}  # fmt: skip
"""First letters of a currency; those that begin alike are looked at before."""
_ALIKE: Final[Mapping[str, str]] = {
    "usdt": "USDT",
    "usd": "USD",
    "tenge": HOME,
    "тезер": "USDT",
    "тезера": "USDT",
}
_AMOUNT: Final = pattern(
    rf"(?P<front>{FRONT})?\s?(?P<number>[0-9]{NUMBER})\s?(?:-?\s?(?P<times>{TIMES})(?!{TAIL}))?\s?(?P<sign>{SIGN})?",
    re.IGNORECASE,
)
_KEY: Final = pattern(r"[A-Z]{3,4}:(?:0|[1-9]\d{0,21})(?:\.\d{1,3})?", re.ASCII)
_LONGEST: Final = 60
_FRACTION: Final = pattern(r"[.,](\d{1,3})$", re.ASCII)
_NO_DIGITS: Final = pattern(r"\D+")
_GROUP: Final = 3


def amount_key(text: str) -> str | None:
    """Return one sum as `CURRENCY:NUMBER`, or None when the text is none.

    >>> amount_key("50 000 тг"), amount_key("1,5 млн теңгеге"), amount_key("120$"), amount_key("50 000")
    ('KZT:50000', 'KZT:1500000', 'USD:120', None)
    """
    if len(text) > _LONGEST:
        return None
    written = plain(text)
    if _KEY.fullmatch(written):
        return written
    found = _AMOUNT.fullmatch(written)
    if found is None or not (found["front"] or found["times"] or found["sign"]):
        return None
    return key(worth(found["number"], found["times"] or ""), found["front"] or found["sign"] or "")


def worth(number: str, times: str) -> tuple[int, int]:
    """Return a number as written, times what follows it, as an integer and how many decimals it has."""
    if number.isdigit():
        return int(number) * factor(times), 0
    last = _FRACTION.search(number)
    digits = _NO_DIGITS.sub("", number)
    places = 0
    if last is not None and (len(last[1]) < _GROUP or (times and len(number) == len(digits) + 1)):
        places = len(last[1])
    return int(digits) * factor(times), places


def factor(times: str) -> int:
    """Return what a word multiplies by; 1 for none."""
    folded = times.lower()
    if folded.startswith(_THOUSAND_MILLIONS):
        return 10**9
    return _FACTORS.get(folded[:2].rstrip("."), 1) if folded else 1


def currency(sign: str) -> str:
    """Return the code of a currency as people write it; tenge for nothing."""
    folded = sign.lower()
    return _ALIKE.get(folded) or _CURRENCIES.get(folded[:2]) or _CURRENCIES.get(folded[:1], HOME)


def key(value: tuple[int, int], sign: str) -> str:
    """Return the canonical spelling of a sum: no zeros at the end of a fraction."""
    number, places = value
    if not places:
        return f"{currency(sign)}:{number}"
    whole, rest = divmod(number, 10**places)
    fraction = f".{rest:0{places}}".rstrip("0").rstrip(".")
    return f"{currency(sign)}:{whole}{fraction}"
