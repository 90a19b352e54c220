"""Telephone numbers: any spelling becomes E.164 (`+77011234567`).

Kazakhstan and Russia share `+7` and write it `8` at home; these are read by a rule of our
own. Every other country is left to `phonenumbers`, imported only then (46 ms).
"""

import re
from functools import lru_cache
from typing import Final

from urlguard.identifiers.glyphs import plain
from urlguard.identifiers.patterns import pattern
from urlguard.identifiers.payments import card_digits, is_iin

_SPELLING: Final = pattern(r"(?:(?:tel|callto|sms|smsto):(?://)?)?(\+?)([\d\s().\-/]{5,40})", re.IGNORECASE)
_IN_LINK: Final = pattern(
    r"(?:https?://)?(?:www\.)?(?:wa\.me/(?:c/)?|t(?:elegram)?\.me/\+|(?:(?:api|web)\.whatsapp\.com/send|whatsapp://send"
    r"|viber://(?:chat|add)|tg://resolve)/?\?(?:[^#\s]{0,300}&)?(?:phone|number)=)\+?(\d{8,15})(?![\w-])",
    re.IGNORECASE,
)
POSED: Final = r"(?:[\s().\-_/*]{0,3}[\dОоOoЗзlIІі|бЧч]){10}"
"""What follows the 8 or 7 of a number in which letters pose as digits: ten more places."""
_POSED: Final = pattern(rf"\+?[78]{POSED}")
_POSES: Final = str.maketrans("ОоOoЗзlIІі|бЧч", "00003311111644")
_DISGUISED: Final = pattern(r".(?:7(?:0[0-25-8]|47|6[0-4]|7[15-8]|85)|9)")
"""Whose numbers are disguised: mobile ones, of Kazakhstan or Russia."""
_LEAST_REAL: Final = 3
"""Digits that are digits: `8 7О1 ООО ОО ОО` has so many."""
_NOT_DIGITS: Final = pattern(r"\D+")
_SHORT: Final = pattern(r"\d{3,5}")
_ZONE: Final = 11
"""Digits of a number of country code 7, or of its home form with 8."""
_AREAS: Final = frozenset("346789")
"""First digits of national numbers under +7: Kazakhstan has 6 and 7, Russia the others."""
_HOME_EXIT: Final = "810"
"""Dialled in Kazakhstan and Russia before a country code."""
_LONGEST: Final = 15
"""Digits E.164 allows."""
_SHORTEST: Final = 7


def phone_key(text: str) -> str | None:
    """Return a phone number in E.164, or None when the text is none.

    Reads brackets, dots, dashes, digits of other scripts, keycaps, `tel:` and links to a
    messenger account. Twelve digits that are an IIN or BIN are refused.

    >>> phone_key("8 (701) 123-45-67"), phone_key("wa.me/77011234567"), phone_key("1414")
    ('+77011234567', '+77011234567', None)
    """
    if len(text) > 400:  # noqa: PLR2004  (a link to a number with a greeting; nothing longer is one)
        return None
    written = plain(text).replace("%2B", "+").replace("%2b", "+")
    found = _SPELLING.fullmatch(written.partition(";")[0].partition("?")[0])
    if found is None:
        linked = _IN_LINK.match(written)
        return e164(linked[1]) if linked else unposed(written)
    digits = _NOT_DIGITS.sub("", found[2])
    if found[1]:
        return e164(digits)
    return home_number(digits) or _unmarked(digits)


def unposed(text: str) -> str | None:
    """Return E.164 for a home number in which letters pose as digits, or None.

    >>> unposed("8 7О1 ООО ОО ОО")
    '+77010000000'
    """
    found = _POSED.fullmatch(text)
    if found is None or sum(map(str.isdigit, text)) < _LEAST_REAL:
        return None
    digits = _NOT_DIGITS.sub("", text.translate(_POSES))
    return home_number(digits) if _DISGUISED.match(digits) else None


def short_code(text: str) -> str | None:
    """Return a service number of 3 to 5 digits as it is: `1414`, `9999`."""
    written = plain(text)
    return written if _SHORT.fullmatch(written) and written.isascii() else None


def home_number(digits: str) -> str | None:
    """Return E.164 for digits written as at home: `8 701...`, `7 701...` or `701...`."""
    if len(digits) == _ZONE and digits[0] in "78" and digits[1] in _AREAS:
        return f"+7{digits[1:]}"
    if len(digits) == _ZONE - 1 and digits[0] == "7":
        return f"+7{digits}"
    return None


def e164(digits: str, *, assigned: bool = False) -> str | None:
    """Return E.164 for digits that begin with a country code, or None when no phone can have them.

    `assigned`: the number must be in a range that is given out, not only have the right length.
    `+8 701...` is a slip for `+7 701...`: no country has the codes 87 and 89 but satellites.
    """
    if len(digits) == _ZONE and digits[0] == "7":
        return f"+{digits}" if digits[1] in _AREAS else None
    if len(digits) == _ZONE and digits[:2] in {"87", "89"}:
        return f"+7{digits[1:]}"
    if digits.startswith("7") or not _SHORTEST < len(digits) <= _LONGEST:
        return None
    return _abroad(digits, assigned)


@lru_cache(maxsize=4096)
def _abroad(digits: str, assigned: bool) -> str | None:  # noqa: FBT001  (a cached function is called by place)
    import phonenumbers  # noqa: PLC0415  (46 ms: only for numbers of other countries)

    try:
        number = phonenumbers.parse(f"+{digits}", "KZ")
    except phonenumbers.NumberParseException:
        return None
    fits = phonenumbers.is_valid_number if assigned else phonenumbers.is_possible_number
    if not fits(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _unmarked(digits: str) -> str | None:
    """Read a foreign number whose plus was lost or stands as an exit code: `00`, `810`."""
    if digits.startswith("00"):
        return e164(digits[2:])
    if digits.startswith(_HOME_EXIT) and len(digits) > _ZONE:
        return e164(digits[3:])
    if len(digits) < _ZONE or is_iin(digits) or card_digits(digits):
        return None
    return e164(digits, assigned=True)
