"""Phones, accounts, mailboxes, cards and wallets among the words of a text.

The text is read in a narrow copy (digits of all scripts as ASCII, hidden characters out);
what is found is said in the places of the original. Every search looks at a bounded
window, so a hostile text costs as much as its length and no more.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from itertools import islice
from typing import Final

from urlguard.extract.accounts import accounts
from urlguard.extract.amounts import amounts
from urlguard.extract.codes import codes
from urlguard.extract.hidden import hidden_mailboxes, hidden_phones
from urlguard.extract.numbers import numbers
from urlguard.extract.places import Found, free
from urlguard.identifiers.apps import app_key
from urlguard.identifiers.glyphs import HIDDEN, narrow
from urlguard.identifiers.mail import email_key, names_a_site
from urlguard.identifiers.patterns import pattern
from urlguard.identifiers.payments import CYRILLIC, IBAN_LENGTHS, iban_key, wallet_key
from urlguard.model import Kind, Resource, Span

_SIGN: Final = pattern(r"[\d@＠:=]")
"""Every contact but the names of apps holds one of these."""
_MOST: Final = 5_000
"""Things of one sort that are found in one text; who writes more of them writes for machines."""
_DOT_INSIDE: Final = pattern(r"\.[A-Za-z]")
_FIRST: Final = ("com.", "kz.", "org.", "net.", "ru.")
"""How the package names of ordinary apps begin."""
_SAID: Final = (
    "собака", "_bot", "телег", "инст", "insta", "telegram", "тик", " at ", "[at", "(at", "{at", "<at",
    "[ at", "( at", "apk", *_FIRST,
)  # fmt: skip
"""What contacts without digits and signs hold."""
_ONE_LINK: Final = pattern(r"[a-z]{3,12}://\S*", re.IGNORECASE)

_EMAIL: Final = pattern(
    r"(?<![\w.@/+-])(?:mailto:)?[\w+-][\w.+'-]{0,63}@(?:[^\W_][\w-]{0,62}\.){1,9}[^\W\d_][\w-]{1,62}(?![\w@]|:[a-z~/])",
    re.IGNORECASE,
)
_IBAN: Final = pattern(r"[A-Za-zКк](?<![A-Za-z0-9_].)[A-Za-zЗз][ -]?\d\d")
"""The look behind stands after the first letter: so a search jumps from letter to letter."""
_WALLET: Final = pattern(r"[T013bB](?<![A-Za-z0-9_].)[0-9A-Za-z]{13,90}(?![A-Za-z0-9_])")
_APK: Final = pattern(
    r"(?<![\w.-])\w[\w.-]{0,80}\.(?:apk|xapk|apks)(?![\w-]|\.[a-z0-9]{2,4}\b)", re.IGNORECASE
)
_APPS: Final = ("apk", *_FIRST)
_PACKAGE: Final = pattern(
    r"(?<![\w./@-])(?:com|kz|org|net|ru)(?:\.[a-z][a-z0-9_]{1,30}){1,4}"
    r"\.(?!(?:com|org|net|info|top|xyz|[a-z]{2})(?![\w.]))[a-z][a-z0-9_]{2,30}(?![\w/@-]|\.\w)",
    re.ASCII,
)
"""A package name is a site written backwards: it begins with a suffix and does not end with one."""


def contacts(text: str, inside: Sequence[Span] = ()) -> list[Resource]:
    """Return what a text points at that is no link, in the order of the text.

    `inside` are the places of links already found: what begins in one of them belongs to
    it. Spans are in code points of `text` and do not overlap; `raw` is the text there. The
    key of a card is its full number: whoever keeps or shows it masks it first.

    >>> [(found.kind.value, found.key) for found in contacts("Звоните: 8 701 000-00-00 или инста: aidana.kz")]
    [('phone', '+77010000000'), ('handle', 'instagram:aidana.kz')]
    """
    return _all(text, inside, _SEARCHES)


def resources(
    text: str, inside: Sequence[Span] = (), known: AbstractSet[str] = frozenset()
) -> list[Resource]:
    """Return the contacts of a text with its short codes (of those `known`) and sums of money.

    >>> [(found.kind.value, found.key) for found in resources("Переведите 50к на 8 701 000 00 00")]
    [('amount', 'KZT:50000'), ('phone', '+77010000000')]
    """
    return _all(text, inside, (*_SEARCHES, lambda seen: codes(seen, known), amounts))


_Search = Callable[[str], Iterator[Found]]


def _all(text: str, inside: Sequence[Span], searches: Sequence[_Search]) -> list[Resource]:
    if not _SIGN.search(text) and not _said(text):
        return []
    if _ONE_LINK.fullmatch(text):
        return []
    seen, starts = _seen(text)
    if starts:
        inside = [(_before(starts, begin), _before(starts, end)) for begin, end in inside]
    taken: list[Found] = []
    for search in searches:
        found = list(islice(search(seen), _MOST))
        if found:
            taken = sorted(taken + free(found, taken, inside))
    return [_resource(text, found, starts) for found in taken]


def _said(text: str) -> bool:
    """Tell whether there may be a contact in a text without digits."""
    folded = text.lower()
    return any(said in folded for said in _SAID)


def _seen(text: str) -> tuple[str, list[int]]:
    """Return the narrow copy and, when characters were left out, where each kept one stood."""
    if text.isascii():
        return text, []
    wide = narrow(text)
    if HIDDEN.search(wide) is None:
        return wide, []
    kept: list[str] = []
    starts: list[int] = []
    at = 0
    for hidden in HIDDEN.finditer(wide):
        kept.append(wide[at : hidden.start()])
        starts.extend(range(at, hidden.start()))
        at = hidden.end()
    kept.append(wide[at:])
    starts.extend(range(at, len(wide)))
    return "".join(kept), starts


def _before(starts: list[int], place: int) -> int:
    """Return a place of the original in the narrow copy."""
    return bisect_right(starts, place - 1)


def _resource(text: str, found: Found, starts: list[int]) -> Resource:
    begin, end = found.start, found.end
    if starts:
        last = starts[end] if end < len(starts) else len(text)
        begin, end = starts[begin], starts[end - 1] + 1
        shown = HIDDEN.match(text, end, last)
        end = shown.end() if shown else end
    return Resource(found.kind, text[begin:end], found.key, (begin, end))


def _mailboxes(seen: str) -> Iterator[Found]:
    if "@" not in seen:
        return
    for match in _EMAIL.finditer(seen):
        key = None if names_a_site(match[0]) else email_key(match[0])
        if key is not None:
            yield Found(match.start(), match.end(), Kind.EMAIL, key)


def _wallets(seen: str) -> Iterator[Found]:
    for match in _WALLET.finditer(seen):
        key = wallet_key(match[0])
        if key is not None:
            yield Found(match.start(), match.end(), Kind.WALLET, key)


def _ibans(seen: str) -> Iterator[Found]:
    for match in _IBAN.finditer(seen):
        length = IBAN_LENGTHS.get(match[0][:2].upper().translate(CYRILLIC))
        whole = None if length is None else _of_length(length).match(seen, match.start())
        if whole is not None and (key := iban_key(whole[0])):
            yield Found(match.start(), whole.end(), Kind.IBAN, key)


_SYMBOL: Final = "A-Za-z0-9АВЕЗКМНОРСТУХавезкмнорстух"
"""What stands in an IBAN, letters of the other alphabet that look alike too."""


@cache
def _of_length(length: int) -> re.Pattern[str]:
    """Return what finds an IBAN of this length, unless it goes on without a gap."""
    return re.compile(rf"[A-Za-zКк](?:[ -]{{0,2}}[{_SYMBOL}]){{{length - 1}}}(?![{_SYMBOL}])")


def _names_an_app(seen: str) -> bool:
    """Tell it cheaply: a dot inside of a word, and what apps are called by."""
    return _DOT_INSIDE.search(seen) is not None and any(suffix in seen.lower() for suffix in _APPS)


def _apps(seen: str) -> Iterator[Found]:
    if not _names_an_app(seen):
        return
    for form in (_APK, _PACKAGE):
        for match in form.finditer(seen):
            key = app_key(match[0])
            if key is not None:
                yield Found(match.start(), match.end(), Kind.APP, key)


_SEARCHES: Final[tuple[_Search, ...]] = (
    _mailboxes, hidden_mailboxes, _wallets, _ibans, _apps, accounts, hidden_phones, numbers,
)  # fmt: skip
