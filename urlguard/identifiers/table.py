"""Which module makes the key of which kind, and what kind a pasted value is."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from urlguard.identifiers.apps import app_key, app_of_address
from urlguard.identifiers.glyphs import plain
from urlguard.identifiers.handles import handle_key
from urlguard.identifiers.ips import ip_key, network_key
from urlguard.identifiers.mail import email_key, names_a_site
from urlguard.identifiers.patterns import pattern
from urlguard.identifiers.payments import card_digits, iban_key, is_iin, wallet_key
from urlguard.identifiers.phones import phone_key, short_code
from urlguard.identifiers.senders import sender_key
from urlguard.model import Kind

_LONGEST: Final = 2_000
_APK: Final = pattern(r"[^\s/\\?#:]{1,120}\.apk", re.IGNORECASE)


def _ip_or_network(text: str) -> str | None:
    return network_key(text) if "/" in text else ip_key(text)


def _phone_or_code(text: str) -> str | None:
    return phone_key(text) or short_code(text)


_KEYS: Final[Mapping[Kind, Callable[[str], str | None]]] = {
    Kind.IP: _ip_or_network,
    Kind.PHONE: _phone_or_code,
    Kind.SMS_SENDER: sender_key,
    Kind.EMAIL: email_key,
    Kind.IBAN: iban_key,
    Kind.CARD: card_digits,
    Kind.WALLET: wallet_key,
    Kind.HANDLE: handle_key,
    Kind.APP: app_key,
}

_GUESSES: Final = (
    (Kind.IBAN, iban_key),
    (Kind.WALLET, wallet_key),
    (Kind.CARD, card_digits),
    (Kind.PHONE, phone_key),
    (Kind.APP, app_of_address),
    (Kind.HANDLE, handle_key),
)
"""Checked numbers first; a card before a phone, as a phone has no check digit."""


def key_of(kind: Kind, text: str) -> str | None:
    """Return the canonical key of a resource of this kind, or None when the text is none.

    Links and hosts have their own reader and give None; so do sums of money and short codes,
    which are only found in texts (a short code is entered as a phone). **The key of a card is its full
    number**: whoever keeps or shows it takes `card_key` or `masked` of it.
    """
    reading = _KEYS.get(kind)
    return None if reading is None else reading(text)


def guessed(text: str) -> tuple[Kind, str] | None:
    """Return what kind a single pasted value is, with its key; None for a link, a host or nothing.

    As in `key_of`, the key of a card is its full number. An account or a shop page given
    as a link is the account or the app.
    """
    if len(text) > _LONGEST:
        return None
    written = plain(text)
    if not written or is_iin(written) or ip_key(written):
        return None
    if "@" in written[1:] and "/" not in written:
        key = None if names_a_site(written) else email_key(written)
        if key is not None:
            return Kind.EMAIL, key
    for kind, reading in _GUESSES:
        key = reading(written)
        if key is not None:
            return kind, key
    return (Kind.APP, f"apk:{written.lower()}") if _APK.fullmatch(written) else None
