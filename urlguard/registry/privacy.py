"""What the registry never keeps: Kazakhstan's personal numbers (IIN) and whole card numbers.

Notes, titles and evidence come from people and from other systems; both numbers are masked
there before anything is stored. An IIN is told from a company's BIN by its date: digits 3-4
are a month and 5-6 a day, where a BIN has a 4, 5 or 6 in fifth place. Check digits: order of
the Ministry of Internal Affairs No 521 of 29.06.2023 (IIN), ISO/IEC 7812-1 (Luhn).
"""

import re
from collections.abc import Mapping
from typing import Any, Final

_DIGITS: Final = re.compile(r"(?<![\w+])\d(?:[ \u00a0-]?\d){11,18}(?!\w)")
_IIN: Final = 12
_FIRST: Final = tuple(range(1, 12))
_SECOND: Final = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
_CARD: Final = range(13, 20)


def is_iin(digits: str) -> bool:
    """Tell whether twelve digits are a personal number, by date and check digit."""
    if len(digits) != _IIN or not digits.isascii() or not digits.isdecimal():
        return False
    if not ("01" <= digits[2:4] <= "12" and "01" <= digits[4:6] <= "31" and digits[6] in "0123456"):
        return False
    numbers = [int(digit) for digit in digits]
    for weights in (_FIRST, _SECOND):
        rest = sum(weight * number for weight, number in zip(weights, numbers, strict=False)) % 11
        if rest < 10:  # noqa: PLR2004  (10 asks for the second round of weights)
            return rest == numbers[11]
    return False


def is_card(digits: str) -> bool:
    """Tell whether digits have the length and the check digit (Luhn) of a payment card."""
    if len(digits) not in _CARD or digits[0] not in "23456":
        return False
    total = 0
    for at, digit in enumerate(reversed(digits)):
        number = int(digit) * (1 + at % 2)
        total += number - 9 * (number > 9)  # noqa: PLR2004  (two digits of a doubled one, added up)
    return total % 10 == 0


def scrubbed(text: str) -> str:
    """Return a text with personal numbers and card numbers masked.

    >>> scrubbed("карта 4111 1111 1111 1111")
    'карта 411111******1111'
    """
    return _DIGITS.sub(_mask, text) if len(text) >= _IIN else text


def _mask(found: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", found[0])
    if is_iin(digits):
        return "[IIN]"
    if is_card(digits):
        return f"{digits[:6]}{'*' * (len(digits) - 10)}{digits[-4:]}"
    return found[0]


def scrubbed_values(value: Any) -> Any:  # noqa: ANN401  (plain JSON, of any shape)
    """Return plain JSON with every text in it scrubbed."""
    if isinstance(value, str):
        return scrubbed(value)
    if isinstance(value, Mapping):
        return {name: scrubbed_values(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [scrubbed_values(inner) for inner in value]
    return value
