"""Accounts named in words: `инста aidana.kz`, `@name в телеграме`; and what names platforms allow."""

import re
from typing import Final

from urlguard.identifiers.patterns import pattern
from urlguard.identifiers.platforms import BY_LABEL, BY_NAME, CODE, RESERVED, Platform

_BOT: Final = pattern(r"[A-Za-z]\w{1,28}_bot", re.ASCII | re.IGNORECASE)
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
BEHIND: Final = (
    r"\s{0,2}(?:[(–—-]\s?)?(?:(?:в|во|на|это|мой|наш|менің)\s)?([^\W\d_]{2,17})"
    r"(?:\s?(?:канал|бот|chat|bot|channel)\w{0,3})?\)?"
)
"""A platform behind an account: `@name в телеграме`, `@name (инста)`."""
_NAMED_FIRST: Final = pattern(rf"@([A-Za-z0-9_](?:\.?[A-Za-z0-9_]){{1,31}}){BEHIND}", re.IGNORECASE)
_SPACED_LABEL: Final = pattern(
    rf"{LABEL}\s{{0,2}}(?:[–—-]\s{{0,2}})?(?=\w{{0,31}}[\d_.]\w)([A-Za-z0-9_.]{{3,32}})", re.IGNORECASE
)
TOKEN: Final = pattern(r"[A-Za-z0-9_.%-]{2,128}")
INVITATION: Final = pattern(r"[A-Za-z0-9_-]{6,64}")
_VK_CONTENT: Final = pattern(
    r"(?:wall|video|photo|doc|audio|album|topic|clip|app|market|poll|page)-?\d+(?:_\d+)?"
)
_SHORT: Final = 4
"""Letters of a label that has no ending: `тг`, `вк`, `инст`."""


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
    if key := account(platform, name.rstrip(".")):
        return key
    if marked or folded != platform.name:
        return None
    route, _, rest = name.partition("/")
    if name.startswith("+"):
        is_key = CODE in platform.routes.values() and INVITATION.fullmatch(name[1:])
    else:
        is_key = route in platform.routes and TOKEN.fullmatch(rest)
    return f"{platform.name}:{name}" if is_key else None


def account(platform: Platform, name: str) -> str | None:
    """Return the key of an account when the platform allows the name."""
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


def named(written: str) -> str | None:
    """Return the key of an account that is written with its platform, or is a bot's, or None."""
    if found := _LABELLED.fullmatch(written):
        key = labelled(found[1], found[3], marked=bool(found[2]))
        if key is not None:
            return key
    for form, label, name in ((_NAMED_FIRST, 2, 1), (_SPACED_LABEL, 1, 2)):
        found = form.fullmatch(written)
        if found is not None and (key := labelled(found[label], found[name])):
            return key
    return f"telegram:{written.lower()}" if _BOT.fullmatch(written) else None
