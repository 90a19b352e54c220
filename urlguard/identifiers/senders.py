"""Names that stand in place of a number above an SMS: `KASPI BANK`, `1414`."""

from typing import Final

from urlguard.identifiers.glyphs import plain
from urlguard.identifiers.patterns import pattern

_LIMIT: Final = 11
"""Characters of an alphanumeric sender (3GPP TS 23.040, 9.1.2.5)."""
_GSM: Final = pattern(r"[A-Za-z0-9 @£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ!\"#¤%&'()*+,./:;<=>?¡ÄÖÑܧ¿äöñüà-]+")
"""The letters of the GSM 7-bit alphabet (3GPP TS 23.038, 6.2.1)."""
_NUMBER: Final = pattern(r"\+?\d{6,}")


def sender_key(text: str) -> str | None:
    """Return the name in lower case with single spaces, or None when no SMS can bear it.

    >>> sender_key("KASPI  BANK"), sender_key("+77011234567"), sender_key("Қазпошта")
    ('kaspi bank', None, None)
    """
    name = " ".join(text[: _LIMIT * 4].split()) if text.isascii() else " ".join(plain(text[:99]).split())
    if not 0 < len(name) <= _LIMIT or len(text) > _LIMIT * 9 or not _GSM.fullmatch(name):
        return None
    return None if _NUMBER.fullmatch(name) else name.lower()
