"""What the registry never keeps: Kazakhstan's personal numbers (IIN) and whole card numbers.

Notes, titles and evidence come from people and from other systems; both numbers are masked
there before anything is stored. An IIN is told from a company's BIN by its date: digits 3-4
are a month and 5-6 a day, where a BIN has a 4, 5 or 6 in fifth place. Check digits: order of
the Ministry of Internal Affairs No 521 of 29.06.2023 (IIN), ISO/IEC 7812-1 (Luhn).
"""

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Any, Final

from urlguard.identifiers import payments
from urlguard.identifiers.glyphs import narrow
from urlguard.identifiers.payments import card_digits, masked
from urlguard.record import Ground

_GAP: Final = r"[\s\u00ad\u200b-\u200f\u2060\ufeff./\u2010-\u2015-]{0,3}"
_DIGITS: Final = re.compile(rf"(?<![A-Za-z0-9_+])\d(?:{_GAP}\d){{11,}}(?![A-Za-z_])")
"""Twelve digits and more in a row or in groups, as people write numbers: `4111 1111 1111 1111 12/27`."""
_DIGIT: Final = re.compile(r"\d")
_IIN: Final = 12
_SIZES: Final = tuple(range(19, 11, -1))
"""Digits of a card or IIN, the longest first."""


def is_iin(digits: str) -> bool:
    """Tell whether twelve digits are a personal number, by date and check digit."""
    return len(digits) == _IIN and digits[4] in "0123" and payments.is_iin(digits)


def scrubbed(text: str) -> str:
    """Return a text with personal numbers and card numbers masked, and without NULs.

    A NUL at the end of a stored text is how a lost page shows (`rows`).

    >>> scrubbed("карта 4111 1111 1111 1111")
    'карта 411111******1111'
    """
    text = text.replace("\0", "")
    return _DIGITS.sub(_mask, text) if len(text) >= _IIN else text


def _mask(found: re.Match[str]) -> str:
    """Mask the numbers in a run of digits: each begins and ends where a group does."""
    run = found[0]
    places = [digit.start() for digit in _DIGIT.finditer(run)]
    digits = "".join(run[place] for place in places)
    ends = {0, len(places)} | {at for at, (one, two) in enumerate(pairwise(places), 1) if two > one + 1}
    shown, at, kept = [], 0, 0
    while at < len(places):
        fitting = (size for size in _SIZES if {at, at + size} <= ends)
        size = next((size for size in fitting if _hidden(digits[at : at + size])), 0)
        if size:
            shown += [run[kept : places[at]], _hidden(digits[at : at + size])]
            kept = places[at + size - 1] + 1
        at += size or 1
    return "".join(shown) + run[kept:]


def _hidden(digits: str) -> str:
    """Return what may be shown of a personal or card number; empty when it is neither."""
    digits = narrow(digits)
    if is_iin(digits):
        return "[IIN]"
    if len(digits) == _IIN:  # a company's number more often than a card
        return ""
    card = card_digits(digits)
    return masked(card) if card else ""


def scrubbed_ground(ground: Ground) -> Ground:
    """Return a ground with every text in it scrubbed."""
    return Ground(*[scrubbed(getattr(ground, name)) for name in Ground._fields])


def scrubbed_values(value: Any) -> Any:  # noqa: ANN401  (plain JSON, of any shape)
    """Return plain JSON with every text in it scrubbed."""
    if isinstance(value, str):
        return scrubbed(value)
    if isinstance(value, Mapping):
        return {name: scrubbed_values(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [scrubbed_values(inner) for inner in value]
    return value
