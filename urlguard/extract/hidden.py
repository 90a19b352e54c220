"""Contacts that are hidden from programs but not from people.

`8 7О1 ООО ОО ОО` with letters for digits, `0077...` with the exit code for the plus, `x собака y
точка кз`. What they mean is read where their kind is read; here they are found.
"""

import re
from collections.abc import Iterator
from typing import Final

from urlguard.extract.places import Found
from urlguard.identifiers.mail import email_key
from urlguard.identifiers.patterns import pattern
from urlguard.identifiers.phones import POSED, e164, unposed
from urlguard.model import Kind

_LETTERS: Final = pattern(rf"[78](?<![\w.-].){POSED}(?!\w)")
_POSE: Final = re.compile(r"[^\d\s().+-]")
_EXIT: Final = pattern(
    r"[08](?<!\w.)(?<!\d[.,:/-].)(?:(?<=0)0|(?<=8)[ ~-]?10)(?:[ ().-]{0,3}\d){9,15}(?![\w/])"
)
_NOT_DIGITS: Final = pattern(r"\D+")
_SAID_AT: Final = re.compile(r"[\[({<]\s?(?:at|@|собака|эт)\s?[\])}>]|\s(?:собака|at)\s|@", re.IGNORECASE)
_NEEDS_DOT: Final = frozenset({"at", "@"})
"""Signs that hide nothing unless the dot behind them is hidden too."""
_MARKS: Final = ("[", "(", "{", "<", " at ", " точка ", "обака", "ОБАКА", " AT ")
"""One of these stands in every hidden mailbox."""
_NAME: Final = re.compile(r"(?<![\w.@+-])[a-z0-9_][\w.+-]{0,63}\s{0,3}$", re.IGNORECASE)
_DOT: Final = r"\s{0,2}[\[({<]\s?(?:\.|dot|точка|нүкте)\s?[\])}>]\s{0,2}|\s{1,3}(?:dot|точка|нүкте)\s{1,3}"
_DOMAIN: Final = pattern(
    rf"\s{{0,3}}[^\W_][\w-]{{0,62}}(?:(?P<dot>{_DOT})|\.)[^\W_][\w-]{{1,62}}(?:(?:{_DOT}|\.)[^\W_][\w-]{{1,62}}){{0,3}}(?![\w@-])",
    re.IGNORECASE,
)
_MOST: Final = 200
"""Hidden addresses that are looked for in one text."""
_REACH: Final = 68


def hidden_phones(seen: str) -> Iterator[Found]:
    """Yield the phones with letters for digits or an exit code for the plus."""
    for found in _LETTERS.finditer(seen):
        start = found.start() - (seen[found.start() - 1 : found.start()] == "+")
        key = unposed(found[0]) if _POSE.search(found[0]) else None
        if key is not None:
            yield Found(start, found.end(), Kind.PHONE, key)
    if "00" not in seen and "10" not in seen:
        return
    for found in _EXIT.finditer(seen):
        digits = _NOT_DIGITS.sub("", found[0])
        key = e164(digits[2 if digits[0] == "0" else 3 :], assigned=True)
        if key is not None:
            yield Found(found.start(), found.end(), Kind.PHONE, key)


def hidden_mailboxes(seen: str) -> Iterator[Found]:
    """Yield the mailboxes whose `@` is a word or stands in brackets."""
    for mark in _MARKS:  # half the time of `any` over a generator
        if mark in seen:
            break
    else:
        return
    for count, sign in enumerate(_SAID_AT.finditer(seen)):
        if count >= _MOST:
            return
        domain = _DOMAIN.match(seen, sign.end())
        name = None if domain is None else _NAME.search(seen, max(0, sign.start() - _REACH), sign.start())
        if (
            name is None
            or domain is None
            or (sign[0].lower().strip() in _NEEDS_DOT and domain["dot"] is None)
        ):
            continue
        key = email_key(seen[name.start() : domain.end()])
        if key is not None:
            yield Found(name.start(), domain.end(), Kind.EMAIL, key)
