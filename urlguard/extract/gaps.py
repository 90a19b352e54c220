"""Links that were taken apart so that no program sees them: spaces around the dot, dots in words.

`kaspi-bonus . top`, `https: // kaspi-bonus .top`, `k a s p i . t o p`, `kaspi-bonus точка top`.
A dot and a space end sentences too, so what looks like prose is left alone: the less a name
looks like a site's, the surer must its ending be.
"""

import re
from collections.abc import Iterator
from typing import Final

from urlguard.identifiers.patterns import pattern
from urlguard.model import Span

_MOST: Final = 300
"""Dots with a gap that are looked at in one text."""
_REACH: Final = 140
"""Characters before a dot in which the rest of the name stands."""

_LABEL: Final = r"[^\W_][\w-]{0,62}"
_SCHEME: Final = r"h(?:tt|xx)ps?"
_WORD: Final = r"точка|нүкте|dot|тчк"
_SAID_WORDS: Final = ("точка", "нүкте", "dot", "тчк")
_DOT: Final = rf"\s{{1,3}}(?:{_WORD})\s{{1,3}}|\s?[\[({{<]\s?(?:{_WORD}|\.)\s?[\])}}>]\s?"
_SAID: Final = pattern(
    rf"(?<![\w.@-])(?:{_SCHEME}(?:://|\[:\]//|\[://\]))?{_LABEL}(?:\.{_LABEL}){{0,5}}(?:{_DOT})[^\W_][\w-]{{1,62}}"
    rf"(?:(?:{_DOT}|\.)[^\W\d_][\w-]{{1,30}}){{0,3}}(?:[/?#]\S*)?(?![\w-]|\.\w)",
    re.IGNORECASE,
)
_DEFANGED: Final = pattern(_DOT, re.IGNORECASE)
_OUTLET: Final = pattern(r"[\u0400-\u04ff]+\s+точка\s+(?:топ|про|нет|сайт|онлайн)", re.IGNORECASE)
"""`наша точка топ` praises a shop."""

_DOT_GAP: Final = pattern(r"\.(?=\s{0,3}(?:[A-Za-z]|қаз|рф))")
_RIGHT: Final = pattern(
    r"\.\s{0,3}([A-Za-z]{2,18}|қаз|рф)(?:(?:\s{1,3}\.\s{0,3}|\.)([a-z]{2,10}|қаз|рф))?(?![\w@-]|\.\w)"
    r"(?:\s?/\s?(?=[A-Za-z])[\w./?=&%#-]*+(?!\s?\.)|/\S*)?"
)
_LEFT: Final = pattern(
    rf"(?<![\w.@/-])(?:({_SCHEME})\s{{0,2}}:\s{{0,2}}/\s{{0,2}}/\s{{0,2}})?"
    rf"((?:{_LABEL}(?:\s{{1,3}}\.\s{{0,3}}|\.)){{0,4}}[^\W_][\w-]{{0,62}})\s{{0,3}}$",
    re.IGNORECASE,
)
_LATIN: Final = pattern(r"[A-Za-z]\s{1,3}$")
_GOES_ON: Final = pattern(r"\s[a-z]{2}")
_SURE: Final = frozenset({"kz", "com", "ru", "org", "қаз", "рф"})
"""Endings no sentence begins with."""
_LIKELY: Final = _SURE | frozenset({
    "net", "info", "top", "xyz", "site", "online", "shop", "store", "club", "vip", "icu", "click", "link",
    "live", "win", "pro", "bid", "app", "dev", "biz", "tk", "ml", "ga", "cf", "gq", "pw", "cc", "su", "by",
    "kg", "uz", "space", "website", "fun", "cyou",
})  # fmt: skip
"""Endings of the sites of frauds and of ordinary ones; a few of them are words too."""
_MESSENGER: Final = pattern(r"\.\s{0,3}me\s?/", re.IGNORECASE)
"""`t . me /`: no sentence goes on like this."""
_IDN: Final = frozenset({"қаз", "рф"})

_SPELLED_GATE: Final = pattern(r"\.\s?[A-Za-z]\s[A-Za-z](?!\S)")
_SPELLED: Final = pattern(
    r"(?<!\S)[A-Za-z0-9](?:[ \u00a0][A-Za-z0-9:/-]){2,60}"
    r"(?:[ \u00a0]?\.[ \u00a0]?[A-Za-z0-9](?:[ \u00a0][A-Za-z0-9-]){1,40}){1,3}"
    r"(?:[ \u00a0]?/(?:[ \u00a0][\w.-](?!\S)){0,60})?(?![^\s.,!?;:)»])"
)
"""Letter by letter."""
_SCHEME_GAP: Final = pattern(
    r"(?<![a-z])h\s?[tx]\s?[tx]\s?p(?:\s?s)?\s{0,2}:\s{0,2}/\s{0,2}/\s{0,2}[^\W_][\w-]{0,62}"
    r"\s{0,2}\.\s{0,2}(?-i:[a-z0-9][a-z0-9-]{0,62}|[A-Z]{2,9}(?!\w)|қаз|рф)"
    r"(?:(?:\s{1,2}\.\s{0,2}(?-i:[a-z]{2,18}(?!\w)|қаз|рф)|\.[^\W_][\w-]{0,62})){0,5}(?:[/?#]\S*)?",
    re.IGNORECASE,
)
"""A link with its scheme; behind that a dot may have a space on either side once."""
_GAPS: Final = pattern(r"\s+")


def closed(text: str) -> str:
    """Return a link without its gaps; one whose dots are words is left to the reader of links."""
    return text if _DEFANGED.search(text) else _GAPS.sub("", text)


def gapped(line: str) -> Iterator[Span]:
    """Yield where links with gaps may stand; whether they end in a suffix is for the reader to say.

    >>> text = "Жми kaspi-bonus . top или k a s p i . t o p, норм. Top магазин"
    >>> [closed(text[start:end]) for start, end in gapped(text)]
    ['kaspi.top', 'kaspi-bonus.top']
    """
    folded = line.lower()
    if any(word in folded for word in _SAID_WORDS) or any(
        mark in line for mark in ("[.]", "(.)", "{.}", "<.>")
    ):
        for said in _SAID.finditer(line):
            if not _OUTLET.fullmatch(said[0]):
                yield said.span()
    if "//" in line or "/ /" in line:
        for whole in _SCHEME_GAP.finditer(line):
            if _GAPS.search(whole[0]):
                yield whole.span()
    if "." in line:
        if _SPELLED_GATE.search(line):
            for spelled in _SPELLED.finditer(line):
                yield spelled.span()
        yield from _around_dots(line)


def _around_dots(line: str) -> Iterator[Span]:
    tried = last = 0
    for dot in _DOT_GAP.finditer(line):
        at = dot.start()
        before = line[at - 1 : at].isspace()
        if at < last or not (before or line[at + 1 : at + 2].isspace()):
            continue
        right = _RIGHT.match(line, at)
        if right is None or not (_ending(right) in _LIKELY or _MESSENGER.match(line, at)):
            continue
        tried += 1
        if tried > _MOST:
            return
        left = _LEFT.search(line, max(0, at - _REACH), at)
        if left is not None and _is_site(line, left, right, before=before):
            last = right.end()
            yield left.start(), last


def _ending(right: re.Match[str]) -> str:
    return (right[2] or right[1]).lower()


def _is_site(line: str, left: re.Match[str], right: re.Match[str], *, before: bool) -> bool:
    """Tell whether a name and an ending with a gap between them are one address."""
    name, ending = left[2], _ending(right)
    if _MESSENGER.match(line, right.start()) or len(name) == 1:
        return name.lower() in {"t", "wa"} and ending == "me"
    written = right[2] or right[1]
    if not (written.islower() or (written.isupper() and name.upper() == name)):
        return False
    if not name.isascii():
        return before and ending in _IDN
    if ending in _SURE and (before or left[1]):
        return True
    if before and (left[1] or not name.isalpha()):
        return True
    return (before or ending in _SURE) and not left[1] and _alone(line, left, right)


def _alone(line: str, left: re.Match[str], right: re.Match[str]) -> bool:
    """Tell whether a name and an ending stand apart from English words: those may be a sentence."""
    if _GOES_ON.match(line, right.end()) or not left[2].islower():
        return False
    return not (left[2].isalpha() and _LATIN.search(line, max(0, left.start() - 4), left.start()))
