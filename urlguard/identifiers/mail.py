"""Mailboxes: `email_key` gives one spelling for all spellings of an address."""

import re
import unicodedata
from typing import Final

from urlguard.identifiers.glyphs import plain
from urlguard.identifiers.patterns import pattern
from urlguard.links.suffixes import a_label

_LOCAL_LIMIT: Final = 64
_LABEL_LIMIT: Final = 63
_LIMIT: Final = 254
"""Octets SMTP allows for a name, DNS for a label, and both for a whole address (RFC 5321, 4.5.3.1)."""
_LOCAL: Final = pattern(r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*")
_LABEL: Final = pattern(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?", re.ASCII)
_SITE: Final = pattern(r"[^@]*\.(?:kz|com|ru|org|net|gov|edu|info|io|su|by|kg|uz|қаз|рф)@", re.IGNORECASE)
_AT_SIGN: Final = pattern(
    r"\s{0,2}[\[({<]\s?(?:at|@|собака|эт)\s?[\])}>]\s{0,2}|\s{1,3}(?:собака|at)\s{1,3}", re.IGNORECASE
)
_DOT_SIGN: Final = pattern(
    r"\s{0,2}[\[({<]\s?(?:\.|dot|точка|нүкте)\s?[\])}>]\s{0,2}|\s{1,3}(?:dot|точка|нүкте)\s{1,3}",
    re.IGNORECASE,
)
_SAID_SUFFIX: Final = pattern(r"\.(кз|ком|ру|орг|нет|инфо)$", re.IGNORECASE)
_SAID_SUFFIXES: Final = {"кз": "kz", "ком": "com", "ру": "ru", "орг": "org", "нет": "net", "инфо": "info"}
_FULL_STOPS: Final = str.maketrans("。．｡", "...")


def email_key(text: str) -> str | None:
    """Return an e-mail address in lower case with an ASCII domain, or None when it is none.

    Quoted names, comments and addresses at a bare IP are refused: nobody writes them, and
    each is a way to write the same mailbox differently.

    >>> email_key("mailto:Info@Қазпошта.ҚАЗ?subject=x")
    'info@xn--80aau2aet5b92c.xn--80ao21a'
    """
    if len(text) > _LIMIT * 2:
        return None
    address = refanged(plain(text))
    if address[:7].lower() == "mailto:":
        address = address[7:].partition("?")[0].replace("%40", "@")
    local, at, domain = address.rpartition("@")
    if not at or len(local.encode("utf-8", "replace")) > _LOCAL_LIMIT or not _LOCAL.fullmatch(local):
        return None
    host = _ascii_domain(domain)
    if host is None or len(local) + 1 + len(host) > _LIMIT:
        return None
    return f"{_folded(local)}@{host}"


def refanged(address: str) -> str:
    """Undo what hides an address from programs: `x [at] y [dot] kz`, `x собака y точка кз`.

    >>> refanged("info (собака) kaspi-bank точка кз")
    'info@kaspi-bank.kz'
    """
    if "@" in address and address.isascii() and "[" not in address and "(" not in address:
        return address
    with_at = _AT_SIGN.sub("@", address)
    if with_at == address and "@" not in address:
        return address
    dotted = _DOT_SIGN.sub(".", with_at)
    return (
        _SAID_SUFFIX.sub(lambda hit: f".{_SAID_SUFFIXES[hit[1].lower()]}", dotted)
        if dotted != address
        else dotted
    )


def names_a_site(text: str) -> bool:
    """Tell whether a site stands before `@`: `egov.kz@evil.top` is a link in disguise, not a mailbox."""
    return _SITE.match(text) is not None


def _ascii_domain(domain: str) -> str | None:
    try:
        labels = [a_label(label) for label in _folded(domain.translate(_FULL_STOPS)).split(".")]
    except UnicodeError:
        return None
    if len(labels) < 2 or any(len(label) > _LABEL_LIMIT or not _LABEL.fullmatch(label) for label in labels):  # noqa: PLR2004  (a name and a suffix)
        return None
    last = labels[-1]
    return None if len(last) < 2 or last.isdigit() else ".".join(labels)  # noqa: PLR2004  (no suffix is one letter)


def _folded(text: str) -> str:
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text.casefold())
