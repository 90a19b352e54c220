"""Accounts of messengers and social networks: any spelling becomes `telegram:name`.

Names are in lower case; invitations and numeric ids keep the case they were written in
(`telegram:+AbCd`, `youtube:channel/UC...`). A link that leads to a phone number is no
account: `phone_of_link` reads it.
"""

import re
from typing import Final

from urlguard.identifiers.glyphs import plain
from urlguard.identifiers.named import INVITATION, TOKEN, account, named
from urlguard.identifiers.patterns import pattern
from urlguard.identifiers.phones import e164, home_number
from urlguard.identifiers.platforms import (
    BY_HOST,
    BY_NAME,
    CODE,
    FRONTS,
    INVITING,
    LAST,
    NAME,
    PHONE_HOSTS,
    PHONE_SCHEMES,
    PLATFORMS,
    Platform,
)
from urlguard.links.link import Link

_LONGEST: Final = 2_000
_SOMEBODY: Final = pattern(r"@([A-Za-z0-9_](?:\.?[A-Za-z0-9_]){2,31})")
_LINK: Final = pattern(
    r"(?:([a-z]{2,10}):(?://)?)?([^/?#\s:@]{0,253})(?::\d+)?((?:[/?][^#\s]*)?)(?:#\S*)?", re.IGNORECASE
)
_WEB: Final = frozenset({"", "http", "https"})
_TRAILING_ID: Final = pattern(r"(?:^|[/-])(\d{5,20})(?:/|$)")
_PHONE: Final = pattern(r"\+?[\d\s().-]{8,25}")
_LOCALE: Final = pattern(r"[a-z]{2}-[a-z]{2}")
_VIBER: Final = pattern(r"[?&]chatURI=([\w.-]{3,64})", re.IGNORECASE | re.ASCII)


def handle_key(text: str) -> str | None:
    """Return the key of an account, `@name` when the platform is not said, or None.

    >>> handle_key("https://t.me/s/Kaspi_Bonus?before=5"), handle_key("инста: Aidana.Shop")
    ('telegram:kaspi_bonus', 'instagram:aidana.shop')
    >>> handle_key("@Kaspi_Bonus"), handle_key("t.me/share/url?url=x"), handle_key("wa.me/77011234567")
    ('@kaspi_bonus', None, None)
    """
    if len(text) > _LONGEST:
        return None
    written = plain(text)
    if somebody := _SOMEBODY.fullmatch(written):
        return f"@{somebody[1].lower()}"
    if key := named(written):
        return key
    linked = _LINK.fullmatch(written)
    if linked is None:
        return None
    scheme, host, tail = (linked[1] or "").lower(), linked[2].lower().rstrip("."), linked[3]
    return _on_site(host, tail) if scheme in _WEB else _in_app(scheme, written)


def handle_of_link(link: Link) -> str | None:
    """Return the key of the account a link leads to, or None; cheap for links of other sites."""
    if link.host:
        return _on_site(link.host, link.tail)
    return _in_app(link.scheme, link.key) if link.scheme in {"tg", "viber", "whatsapp", "instagram"} else None


def phone_of_link(link: Link) -> str | None:
    """Return the phone number (E.164) a link calls or writes to: `wa.me/7701...`, `tel:`, `t.me/+7701...`."""
    if link.host:
        where = PHONE_HOSTS.get(link.host)
        return None if where is None else _phone(where, link.tail)
    where = PHONE_SCHEMES.get(link.scheme)
    return None if where is None else _phone(where, link.key.partition(":")[2])


def meant_handles(key: str) -> tuple[str, ...]:
    """Return the keys an account may be listed under: for `@name` one of each platform that allows the name.

    >>> meant_handles("telegram:kaspi_bonus"), meant_handles("@kaspi.bonus")[:2]
    (('telegram:kaspi_bonus',), ('@kaspi.bonus', 'instagram:kaspi.bonus'))
    """
    if not key.startswith("@"):
        return (key,)
    found = (account(platform, key[1:]) for platform in PLATFORMS if platform.labels)
    return (key, *filter(None, found))


def _platform(host: str) -> tuple[Platform | None, str]:
    """Return the platform of a host, and the account that is a part of the host itself."""
    found = BY_HOST.get(host)
    if found is not None:
        return found, ""
    front, _, rest = host.partition(".")
    found = BY_HOST.get(rest)
    if found is None or front in FRONTS or _LOCALE.fullmatch(front):
        return found, ""
    return (found, front) if rest == "t.me" else (None, "")


def _on_site(host: str, tail: str) -> str | None:
    platform, tenant = _platform(host)
    if platform is None:
        return None
    if tenant:
        return account(platform, tenant)
    path, _, query = tail.partition("?")
    if "%" in path:
        from urllib.parse import unquote  # noqa: PLC0415  (2 ms: few paths are encoded)

        path = unquote(path)
    parts = [part for part in path.split("/", 6)[:6] if part]
    if not parts:
        return None
    return _invited(platform, parts) if host in INVITING else _in_path(platform, parts, query)


def _in_path(platform: Platform, parts: list[str], query: str) -> str | None:
    first = parts[0]
    if first.startswith("+"):
        return _telegram_plus(platform, first)
    if first.startswith("@"):
        return account(platform, first[1:])
    route = platform.routes.get(first.lower())
    if route is not None:
        return _routed(platform, route, parts)
    if platform.name == "facebook" and first.lower() == "profile.php":
        number = _parameter(query, "id")
        return f"facebook:{number}" if number.isascii() and number.isdigit() else None
    return None if platform.at else account(platform, first)


def _routed(platform: Platform, route: str, parts: list[str]) -> str | None:
    if len(parts) < 2:  # noqa: PLR2004  (the word and what it leads to)
        return None
    if route == NAME:
        return account(platform, parts[1].removeprefix("@"))
    if route == CODE:
        return _invited(platform, parts)
    if route == LAST:
        found = _TRAILING_ID.search("/".join(parts[1:]))
        return f"{platform.name}:{found[1]}" if found else None
    token = parts[1]
    return f"{platform.name}:{parts[0].lower()}/{token}" if route and TOKEN.fullmatch(token) else None


def _invited(platform: Platform, parts: list[str]) -> str | None:
    code = parts[1] if len(parts) > 1 and platform.routes.get(parts[0].lower()) == CODE else parts[0]
    return f"{platform.name}:+{code}" if INVITATION.fullmatch(code) else None


def _telegram_plus(platform: Platform, part: str) -> str | None:
    """`t.me/+CODE` invites; `t.me/+77011234567` is a phone number."""
    code = part[1:]
    if platform.name != "telegram" or code.isdigit() or not INVITATION.fullmatch(code):
        return None
    return f"telegram:+{code}"


def _in_app(scheme: str, written: str) -> str | None:
    query = written.partition("?")[2].partition("#")[0]
    if scheme == "tg":
        if name := _parameter(query, "domain"):
            return account(BY_NAME["telegram"], name)
        code = _parameter(query, "invite")
        return f"telegram:+{code}" if INVITATION.fullmatch(code) else None
    if scheme == "instagram":
        return account(BY_NAME["instagram"], _parameter(query, "username"))
    if scheme == "whatsapp":
        code = _parameter(query, "code")
        return f"whatsapp:+{code}" if INVITATION.fullmatch(code) else None
    found = _VIBER.search(written) if scheme == "viber" else None
    return account(BY_NAME["viber"], found[1]) if found else None


def _phone(where: str, tail: str) -> str | None:
    path, _, query = tail.partition("?")
    if where in {"phone", "number"}:
        written = _parameter(query, where)
    else:
        parts = path.split(";")[0].strip("/").split("/", 3)
        written = parts[1] if parts[0] == "c" and len(parts) > 1 else parts[0]
    written = written.replace("%2B", "+").replace("%20", " ").strip()
    if (where == "plus" and not written.startswith("+")) or not _PHONE.fullmatch(written):
        return None
    digits = re.sub(r"\D", "", written)
    return home_number(digits) if not written.startswith("+") and home_number(digits) else e164(digits)


def _parameter(query: str, name: str) -> str:
    for part in query.split("&", 32)[:32]:
        key, _, value = part.partition("=")
        if key.lower() == name:
            return value[:128]
    return ""
