"""What a key says by itself: the bank of an account, the country of a phone, the platform of an account."""

from typing import Final

from urlguard.identifiers.payments import bank_of
from urlguard.identifiers.platforms import BY_HOST
from urlguard.model import Kind

_SHARED: Final = "+7800"
"""Toll-free numbers of Kazakhstan and Russia are one range."""
_SORTS: Final = (
    "fixed", "mobile", "fixed_or_mobile", "toll_free", "premium", "other", "voip", "other", "other", "other",
    "other",
)  # fmt: skip
"""Names for `phonenumbers.PhoneNumberType`, by its numbers."""


def about(kind: Kind, key: str) -> dict[str, str]:
    """Return what is known of a resource without asking anybody.

    `bank` is the id of a brand; `country` has two letters (ISO 3166); `number` says what sort
    of number a phone is.

    >>> about(Kind.PHONE, "+77010000000"), about(Kind.IBAN, "KZ86125KZT5004100100")
    ({'country': 'KZ', 'number': 'mobile'}, {'country': 'KZ', 'bank': 'nbk'})
    """
    if kind is Kind.PHONE:
        return _phone(key)
    if kind is Kind.IBAN:
        bank = bank_of(key)
        return {"country": key[:2]} | ({"bank": bank} if bank else {})
    if kind is Kind.AMOUNT:
        return {"currency": key.partition(":")[0]}
    if kind is Kind.WALLET:
        return {"network": key.partition(":")[0]}
    if kind is Kind.HANDLE:
        name = key.partition(":")[0]
        return {"platform": name} if name != key else {}
    return _link(key) if kind is Kind.URL else {}


def _link(key: str) -> dict[str, str]:
    """Return the platform a link leads to."""
    scheme, _, rest = key.partition("://")
    host = rest.partition("/")[0].removeprefix("www.")
    found = BY_HOST.get(host)
    name = (
        found.name
        if found is not None
        else {"tg": "telegram", "whatsapp": "whatsapp", "viber": "viber"}.get(scheme)
    )
    return {"platform": name} if name else {}


def _phone(key: str) -> dict[str, str]:
    import phonenumbers  # noqa: PLC0415  (46 ms: only where phones are told about)

    try:
        number = phonenumbers.parse(key)
    except phonenumbers.NumberParseException:  # a key that was not made here
        return {}
    shared = key.startswith(_SHARED)
    country = None if shared else phonenumbers.region_code_for_number(number)
    sort = phonenumbers.number_type(number)
    return ({"country": country} if country else {}) | {
        "number": _SORTS[sort] if 0 <= sort < len(_SORTS) else "other"
    }
