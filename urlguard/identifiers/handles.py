"""Accounts of messengers and social networks: any spelling becomes `telegram:name`.

Names are in lower case; invitations and numeric ids keep the case they were written in
(`telegram:+AbCd`, `youtube:channel/UC...`). A link that leads to a phone number is no
account: `phone_of_link` reads it.
"""

import re
from typing import Final

from urlguard.identifiers.glyphs import plain
from urlguard.identifiers.patterns import pattern
from urlguard.identifiers.phones import e164, home_number
from urlguard.identifiers.platforms import (
    BY_HOST,
    BY_LABEL,
    BY_NAME,
    CODE,
    FRONTS,
    INVITING,
    LAST,
    NAME,
    PHONE_HOSTS,
    PHONE_SCHEMES,
    PLATFORMS,
    RESERVED,
    Platform,
)
from urlguard.links.link import Link

_LONGEST: Final = 2_000
_BOT: Final = pattern(r"[A-Za-z]\w{1,28}_bot", re.ASCII | re.IGNORECASE)
_SOMEBODY: Final = pattern(r"@([A-Za-z0-9_](?:\.?[A-Za-z0-9_]){2,31})")
_ENDING: Final = pattern(
    r"(?:дағы|дегі|тағы|тегі|ның|нің|дан|ден|тан|тен|да|де|та|те|ға|ге|қа|ке|ым|ом|ме|не|а|е|у|м)$"
)
LABEL: Final = (
    r"(тик-ток|[^\W\d_]{1,17})"
    r"(?:[\s-]{1,2}(?:канал|бот|чат|аккаунт|профил|групп|арна|парақша|топ|channel|bot|chat|account)[^\W\d_]{0,4})?\s{0,2}"
)
"""A platform before an account, with one word of what it is there: `телеграм-канал @name`."""
_LABELLED: Final = pattern(
    rf"{LABEL}(?:[:=]\s{{0,3}}|[–—-]?\s{{0,3}}(?=@))(@?)([\w.+/-]{{2,100}})", re.IGNORECASE
)
BEHIND: Final = r"\s{0,2}(?:[(–—-]\s?)?(?:(?:в|во|на|это|мой|наш|менің)\s)?([^\W\d_]{2,17})(?:\s?(?:канал|бот|chat|bot|channel)\w{0,3})?\)?"
"""A platform behind an account: `@name в телеграме`, `@name (инста)`."""
_NAMED_FIRST: Final = pattern(rf"@([A-Za-z0-9_](?:\.?[A-Za-z0-9_]){{1,31}}){BEHIND}", re.IGNORECASE)
_SPACED_LABEL: Final = pattern(
    rf"{LABEL}\s{{0,2}}(?:[–—-]\s{{0,2}})?(?=\w{{0,31}}[\d_.]\w)([A-Za-z0-9_.]{{3,32}})", re.IGNORECASE
)
_LINK: Final = pattern(
    r"(?:([a-z]{2,10}):(?://)?)?([^/?#\s:@]{0,253})(?::\d+)?((?:[/?][^#\s]*)?)(?:#\S*)?", re.IGNORECASE
)
_WEB: Final = frozenset({"", "http", "https"})
_TOKEN: Final = pattern(r"[A-Za-z0-9_.%-]{2,128}")
_INVITATION: Final = pattern(r"[A-Za-z0-9_-]{6,64}")
_TRAILING_ID: Final = pattern(r"(?:^|[/-])(\d{5,20})(?:/|$)")
_PHONE: Final = pattern(r"\+?[\d\s().-]{8,25}")
_VK_CONTENT: Final = pattern(
    r"(?:wall|video|photo|doc|audio|album|topic|clip|app|market|poll|page)-?\d+(?:_\d+)?"
)
_SHORT: Final = 4
"""Letters of a label that has no ending: `тг`, `вк`, `инст`."""
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
    if found := _LABELLED.fullmatch(written):
        key = labelled(found[1], found[3], marked=bool(found[2]))
        if key is not None:
            return key
    for form, label, name in ((_NAMED_FIRST, 2, 1), (_SPACED_LABEL, 1, 2)):
        found = form.fullmatch(written)
        if found is not None and (key := labelled(found[label], found[name])):
            return key
    if _BOT.fullmatch(written):
        return f"telegram:{written.lower()}"
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
    found = (_account(platform, key[1:]) for platform in PLATFORMS if platform.labels)
    return (key, *filter(None, found))


def platform_called(word: str) -> Platform | None:
    """Return the platform a word names, with its Russian or Kazakh ending: `телеграмда`."""
    folded = word.lower()
    found = BY_LABEL.get(folded)
    if found is None and len(folded) > _SHORT:
        found = BY_LABEL.get(_ENDING.sub("", folded))
    return found


def labelled(label: str, name: str, *, marked: bool = True) -> str | None:
    """Return the key of an account written as `label: name`, or None for an unknown label.

    `label` may be a word people use (`инста`) or the platform's own name in a key; in keys
    stand invitations and ids too, which are then checked no further.
    """
    folded = label.lower()
    platform = platform_called(label) or BY_NAME.get(folded)
    if platform is None:
        return None
    if key := _account(platform, name.rstrip(".")):
        return key
    if marked or folded != platform.name:
        return None
    route, _, rest = name.partition("/")
    if name.startswith("+"):
        is_key = CODE in platform.routes.values() and _INVITATION.fullmatch(name[1:])
    else:
        is_key = route in platform.routes and _TOKEN.fullmatch(rest)
    return f"{platform.name}:{name}" if is_key else None


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
        return _account(platform, tenant)
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
        return _account(platform, first[1:])
    route = platform.routes.get(first.lower())
    if route is not None:
        return _routed(platform, route, parts)
    if platform.name == "facebook" and first.lower() == "profile.php":
        number = _parameter(query, "id")
        return f"facebook:{number}" if number.isascii() and number.isdigit() else None
    return None if platform.at else _account(platform, first)


def _routed(platform: Platform, route: str, parts: list[str]) -> str | None:
    if len(parts) < 2:  # noqa: PLR2004  (the word and what it leads to)
        return None
    if route == NAME:
        return _account(platform, parts[1].removeprefix("@"))
    if route == CODE:
        return _invited(platform, parts)
    if route == LAST:
        found = _TRAILING_ID.search("/".join(parts[1:]))
        return f"{platform.name}:{found[1]}" if found else None
    token = parts[1]
    return f"{platform.name}:{parts[0].lower()}/{token}" if route and _TOKEN.fullmatch(token) else None


def _invited(platform: Platform, parts: list[str]) -> str | None:
    code = parts[1] if len(parts) > 1 and platform.routes.get(parts[0].lower()) == CODE else parts[0]
    return f"{platform.name}:+{code}" if _INVITATION.fullmatch(code) else None


def _telegram_plus(platform: Platform, part: str) -> str | None:
    """`t.me/+CODE` invites; `t.me/+77011234567` is a phone number."""
    code = part[1:]
    if platform.name != "telegram" or code.isdigit() or not _INVITATION.fullmatch(code):
        return None
    return f"telegram:+{code}"


def _account(platform: Platform, name: str) -> str | None:
    folded = name.lower()
    if not platform.shortest <= len(folded) <= platform.longest or folded in RESERVED[platform.name]:
        return None
    if platform.ascii_only and not folded.isascii():
        return None
    if not folded.translate({ord(sign): None for sign in platform.signs}).isalnum():
        return None
    if folded[0] == "." or folded[-1] == "." or (platform.name == "vk" and _VK_CONTENT.fullmatch(folded)):
        return None
    return f"{platform.name}:{folded if platform.dots_count else folded.replace('.', '')}"


def _in_app(scheme: str, written: str) -> str | None:
    query = written.partition("?")[2].partition("#")[0]
    if scheme == "tg":
        if name := _parameter(query, "domain"):
            return _account(BY_NAME["telegram"], name)
        code = _parameter(query, "invite")
        return f"telegram:+{code}" if _INVITATION.fullmatch(code) else None
    if scheme == "instagram":
        return _account(BY_NAME["instagram"], _parameter(query, "username"))
    if scheme == "whatsapp":
        code = _parameter(query, "code")
        return f"whatsapp:+{code}" if _INVITATION.fullmatch(code) else None
    found = _VIBER.search(written) if scheme == "viber" else None
    return _account(BY_NAME["viber"], found[1]) if found else None


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
