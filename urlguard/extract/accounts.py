"""Accounts named in a text: `@name`, `telegram: @name`, `инста: name`.

The label is a part of what was found, as without it the platform is not known.
"""

import re
from collections.abc import Iterator
from typing import Final

from urlguard.extract.places import Found
from urlguard.identifiers.named import BEHIND, LABEL, labelled, platform_called
from urlguard.identifiers.patterns import pattern
from urlguard.model import Kind

_AT: Final = pattern(r"@(?<![\w@./]@)([A-Za-z0-9_](?:\.?[A-Za-z0-9_]){2,31})(?![\w@-]|\.\w)")
_LABEL: Final = pattern(rf"(?<![\w@./-]){LABEL}(?:[:=–—-]\s{{0,3}})?$", re.IGNORECASE)
_WORD: Final = pattern(r"тик-ток|[^\W\d_]+", re.IGNORECASE)
_ANNOUNCED: Final = pattern(r"[^\W\d_][\s:=–—-]{1,2}$|[:=–—-]\s{1,3}$")
"""What may be the end of a label."""
_SUM: Final = pattern(r"\d\s?$")
"""Before `тг` it is tenge, not Telegram."""
_WINDOW: Final = 40
"""Characters before `@` in which a label stands."""
_COLON: Final = pattern(r"[:=]\s{0,3}(?=[A-Za-z0-9_])")
_NAME: Final = pattern(r"([A-Za-z0-9_](?:\.?[A-Za-z0-9_]){2,31})(?![\w@/-]|\.\w|:/)")
_BEHIND: Final = pattern(rf"{BEHIND}(?![\w-])", re.IGNORECASE)
_NAMES: Final = pattern(
    r"(?<![\w@./-])(?:(?:теле(?:г[ае]|грамм?[ае]?)|телеграмм?да|инст(?:а|е|аграмм?[ае]?|аграмда|ада)?|telegram|insta(?:gram)?|тик-?ток[е]?|tiktok)"
    r"(?:\s(?:канал|бот|аккаунт|парақша|арна)\w{0,4})?)\s{1,2}(?:[–—-]\s{0,2})?([A-Za-z0-9_](?:\.?[A-Za-z0-9_]){2,31})(?![\w@/-]|\.\w|:/)",
    re.IGNORECASE,
)
"""A long label and a name without a colon: `инста aidana.kz`."""
_MARKED: Final = pattern(r"[._\d]")
"""A name that is no word of a sentence: `telegram group` names nobody."""
_BOT: Final = pattern(r"(?<![\w@./-])[A-Za-z]\w{1,28}_bot(?![\w/-]|\.\w)", re.ASCII | re.IGNORECASE)
_SENTENCE: Final = pattern(r"\s[a-z]{2}")
"""More Latin words behind a name of letters only: `telegram: join our channel` is a sentence."""
_NOBODY: Final = frozenset({"all", "everyone", "here", "channel", "media", "import", "override", "property"})
"""Words behind `@` that call a whole group, or are code."""


def accounts(seen: str) -> Iterator[Found]:
    """Yield the accounts of a text in order."""
    found: list[Found] = []
    if "@" in seen:
        found += _after_at(seen)
    if ":" in seen or "=" in seen:
        found += _after_label(seen)
    folded = seen.lower()
    if (
        "инст" in folded
        or "телег" in folded
        or "тик" in folded
        or "insta" in folded
        or "tele" in folded
        or "tikt" in folded
    ):
        found += _after_name(seen)
    if "_bot" in folded:
        found += _bots(seen)
    found.sort()
    yield from found


def _bots(seen: str) -> Iterator[Found]:
    """Yield the names only bots of Telegram may bear."""
    for match in _BOT.finditer(seen):
        yield Found(match.start(), match.end(), Kind.HANDLE, f"telegram:{match[0].lower()}")


def _after_name(seen: str) -> Iterator[Found]:
    for match in _NAMES.finditer(seen):
        name = match[1]
        if not _MARKED.search(name) or name.isdigit():
            continue
        key = labelled(match[0].split()[0], name)
        if key is not None:
            yield Found(match.start(), match.end(), Kind.HANDLE, key)


def _after_at(seen: str) -> Iterator[Found]:
    for match in _AT.finditer(seen):
        start, name = match.start(), match[1]
        announced = _ANNOUNCED.search(seen, max(0, start - 4), start)
        label = _label(seen, start) if announced else None
        if label is not None and (key := labelled(label[1], name)):
            yield Found(label.start(), match.end(), Kind.HANDLE, key)
        elif (behind := _BEHIND.match(seen, match.end())) and platform_called(behind[1]):
            key = labelled(behind[1], name)
            end, key = (match.end(), f"@{name.lower()}") if key is None else (_closed(behind), key)
            yield Found(start, end, Kind.HANDLE, key)
        elif name.lower() not in _NOBODY and not name.isdigit():
            yield Found(start, match.end(), Kind.HANDLE, f"@{name.lower()}")


def _closed(behind: re.Match[str]) -> int:
    """Leave a bracket out that was opened before the account."""
    return behind.end() - (behind[0].endswith(")") and "(" not in behind[0])


def _after_label(seen: str) -> Iterator[Found]:
    for colon in _COLON.finditer(seen):
        label = _label(seen, colon.start())
        name = None if label is None else _NAME.match(seen, colon.end())
        if label is None or name is None or (name[1].isalpha() and _SENTENCE.match(seen, name.end())):
            continue
        key = None if name[1].isdigit() else labelled(label[1], name[1])
        if key is not None:
            yield Found(label.start(), name.end(), Kind.HANDLE, key)


def _label(seen: str, end: int) -> re.Match[str] | None:
    """Return the name of a platform that ends here, alone or with one word behind it."""
    for word in reversed([*_WORD.finditer(seen, max(0, end - _WINDOW), end)][-2:]):
        if platform_called(word[0]) and not _SUM.search(seen, max(0, word.start() - 2), word.start()):
            return _LABEL.match(seen, word.start(), end)
    return None
