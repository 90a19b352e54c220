"""Where money goes: IBANs, bank cards, wallets; and the personal number that is none of them.

A full card number is personal data: it is returned to the caller, who keeps `card_key` or
`masked` and nothing else. An IIN is recognised only to be refused.
"""

import re
from collections.abc import Mapping
from typing import Final

from urlguard.identifiers.glyphs import plain
from urlguard.identifiers.patterns import pattern
from urlguard.identifiers.wallets import wallet_key

__all__ = [
    "BANKS",
    "CYRILLIC",
    "IBAN_LENGTHS",
    "card_digits",
    "card_key",
    "iban_key",
    "is_iin",
    "masked",
    "wallet_key",
]

_LONGEST: Final = 80
"""Characters in which any of these numbers is written, spaces and all."""
_GAPS: Final = pattern(r"[\s-]+")
_IBAN: Final = pattern(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", re.ASCII)

_NUMBERS: Final = {ord(char): str(int(char, 36)) for char in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
"""Letters as ISO 13616 counts them: A is 10, Z is 35."""

_REGISTRY: Final = (
    "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 "
    "EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 "
    "IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 "
    "NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 "
    "SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30"
)
"""Countries and lengths of the SWIFT IBAN registry."""
IBAN_LENGTHS: Final = {entry[:2]: int(entry[2:]) for entry in _REGISTRY.split()}

BANKS: Final[Mapping[str, str]] = {
    "125": "nbk", "246": "adcb", "432": "vtb_kz", "435": "shinhan", "551": "freedom_bank", "563": "qazpost",
    "601": "halyk", "722": "kaspi", "821": "rbk", "826": "alatau_city", "832": "citi_kz", "849": "nurbank",
    "856": "bcc", "886": "homecredit", "896": "zaman", "907": "kdb", "913": "boc_kz", "914": "bereke",
    "930": "icbc_kz", "948": "eurasian", "949": "altyn", "965": "forte", "972": "otbasy",
    "998": "alatau_city",
}  # fmt: skip
"""Code of a bank in a Kazakh IBAN -> id of the brand it is today (directory of the National Bank)."""

CYRILLIC: Final = str.maketrans("АВЕЗКМНОРСТУХ", "ABEZKMHOPCTYX")
"""Letters of the other alphabet typed in an IBAN, upper case; `КЗ` is `KZ`."""

_CARD: Final = pattern(r"\d(?:[\s-]{0,3}\d){11,18}", re.ASCII)
_LUHN: Final = str.maketrans("0123456789", "0246813579")
_ISSUERS: Final = pattern(r"4|5[0-8]|6|2[2-7]|3[47]\d{13}$|3[05689]|8600|9860|9112")
"""First digits of card numbers: Visa, Mastercard and Maestro, UnionPay, Mir, Amex, Diners and JCB,
Uzcard, Humo, Belkart."""

_IIN: Final = pattern(r"\d{12}", re.ASCII)
_PERSON: Final = pattern(r"\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[0-6]\d{5}", re.ASCII)
_COMPANY: Final = pattern(r"\d\d(?:0[1-9]|1[0-2])[4-6][0-4]\d{6}", re.ASCII)
_ROUNDS: Final = ((1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2))
_NEVER_ISSUED: Final = 10


def iban_key(text: str) -> str | None:
    """Return an IBAN without gaps, upper case, when its country, length and check digits hold.

    >>> iban_key("kz86 125k zt50 0410 0100")
    'KZ86125KZT5004100100'
    """
    if len(text) > _LONGEST:
        return None
    iban = _GAPS.sub("", plain(text)).upper().translate(CYRILLIC)
    if not _IBAN.fullmatch(iban) or IBAN_LENGTHS.get(iban[:2]) != len(iban):
        return None
    if not "02" <= iban[2:4] <= "98":
        return None
    return iban if int((iban[4:] + iban[:4]).translate(_NUMBERS)) % 97 == 1 else None


def bank_of(iban: str) -> str | None:
    """Return the id of the brand whose bank keeps a Kazakh account, by its key.

    >>> bank_of("KZ86125KZT5004100100")
    'nbk'
    """
    return BANKS.get(iban[4:7]) if iban.startswith("KZ") else None


def card_digits(text: str) -> str | None:
    """Return the digits of a card number of 12 to 19 digits that passes Luhn's check.

    What comes back is the full number: hash it (`card_key`) before it goes anywhere.
    """
    if len(text) > _LONGEST:
        return None
    written = plain(text)
    if not _CARD.fullmatch(written):
        return None
    digits = _GAPS.sub("", written)
    if not _ISSUERS.match(digits) or not passes_luhn(digits) or is_iin(digits):
        return None
    return digits


def passes_luhn(digits: str) -> bool:
    """Tell whether the last of these ASCII digits checks the others (ISO/IEC 7812-1)."""
    odd = digits[-1::-2]
    even = digits[-2::-2].translate(_LUHN)
    return sum(map(int, odd + even)) % 10 == 0


def masked(digits: str) -> str:
    """Return what of a card number may be shown: `440043******1234`."""
    return digits[:6] + "*" * (len(digits) - 10) + digits[-4:]


def card_key(digits: str, secret: bytes) -> str:
    """Return what of a card number may be kept: `440043/1234/` and a keyed hash of 128 bits.

    `secret` has 1 to 64 bytes. Without it the hash would hide nothing: of a number
    with 16 digits, a hundred thousand fit BIN, last four and Luhn, and are tried in a second.
    """
    from hashlib import blake2b  # noqa: PLC0415  (4 ms: only where cards are kept)

    if not secret:
        raise ValueError("a card is never hashed without a secret")
    digest = blake2b(digits.encode("ascii"), key=secret, digest_size=16).hexdigest()
    return f"{digits[:6]}/{digits[-4:]}/{digest}"


def is_iin(text: str) -> bool:
    """Tell whether a text is a Kazakh personal or business number (IIN, BIN) with a right check digit.

    Both rounds of weights are tried, as the rules for issuing them say (orders No 521 and
    No 423 of June 2023).
    """
    if len(text) > _LONGEST:
        return False
    digits = _GAPS.sub("", plain(text))
    if not _IIN.fullmatch(digits) or not (_PERSON.fullmatch(digits) or _COMPANY.fullmatch(digits)):
        return False
    numbers = [int(digit) for digit in digits]
    for weights in _ROUNDS:
        check = sum(digit * weight for digit, weight in zip(numbers, weights, strict=False)) % 11
        if check != _NEVER_ISSUED:
            return check == numbers[-1]
    return False
