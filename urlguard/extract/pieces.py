"""What a word with a link in it is made of: the link, and what is glued to it.

Punctuation, emoji, words of another script, a label, a second link. Everything here takes
linear time.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from urlguard.identifiers.patterns import pattern

_TRAILING: Final = ".,;:!?…»”\"'`>)]}*_~|"
_LEADING: Final = "«“„\"'`<([{*_~|.,;:!?…—–-"
_CLOSING: Final = {")": "(", "]": "[", "}": "{"}
_WEB: Final = r"h(?:tt|xx)ps?://"
_PICTURES: Final = "\u2190-\u21ff\u2460-\u24ff\u2600-\u27bf\u2b00-\u2bff\ufe0f\U0001f000-\U0001faff"
PICTURED: Final = pattern(
    rf"(?<!\S)[{_PICTURES}]++|(?<=[\u0400-\u04ff])[{_PICTURES}]++|(?<![{_PICTURES}])[{_PICTURES}]++(?![^\s\u0400-\u04ff])"
)
"""Emoji and arrows at the ends of a word: `👉kaspi-bonus.top👈`, or beside a Cyrillic letter.

Inside a host they may be a part of it.
"""
MARKUP: Final = pattern(r"[\"«»“”„`｜•]|\]\(|<(?![.:])|(?<![.:])>")
"""What ends a link among words: quotes, tags, Markdown. `<.>` and `<:>` are defanging."""
SEPARATOR: Final = pattern(rf"(?:\s|{MARKUP.pattern}|{PICTURED.pattern})+")
_GLUED: Final = pattern(rf"(?<=[^\s/?=&#:%+@\\])(?={_WEB})", re.IGNORECASE)
"""Where a second link begins without a space before it; `?u=https://` and `/https://` belong to the first."""
_FIRST_WEB: Final = pattern(_WEB, re.IGNORECASE)
_CARRIER: Final = pattern(r"(?:view-source|blob|intent):|[a-z]{1,3}", re.IGNORECASE)
"""What stands before `http://` as a part of the link: another scheme, or a slip (`hhttp://`)."""
_LABEL: Final = pattern(
    r"(?!(?:https?|h[tx]{2}ps?|ftp|wss?|file|javascript|vbscript|data|mailto|tel|sms|tg|whatsapp|viber|intent|view-source|blob|about):)"
    r"[^\W\d_]{2,20}[:=](?=[^\s/@]{1,253}\.[^\W\d_]{2})",
    re.IGNORECASE,
)
"""A word that announces a link: `сайт:kaspi-bonus.top`."""
_MAIL_LABEL: Final = pattern(r"(?:e-?mail|mail|почта|пошта|имейл|эл[.]почта)[:=](?!//)", re.IGNORECASE)
"""`user:password@host` is no mailbox with a label."""
_LIST: Final = pattern(r"[,;|](?=[^\s/@,;|]{1,253}\.[^\W\d_]{2})")
_WORD_BEHIND: Final = pattern(
    r"\.(?:[a-z]{2,24}|қаз|рф)((?:[,;|!()—–…]|-(?=[\u0400-\u04ff]))[^./:@]{0,200})$", re.IGNORECASE
)
"""A word glued to a host by punctuation, or a Kazakh case ending: `kaspi.kz,жалоба`, `egov.kz-те`."""
_HOST_TAIL: Final = pattern(r"[/?#]")
_EMAIL: Final = pattern(
    r"(?:mailto:)?([\w.+'-]{1,64})@(?:[\w-]{1,63}\.){1,9}[^\W\d_][\w-]{1,62}", re.IGNORECASE
)
_NAMED_LOCAL: Final = pattern(
    r"\.(?:kz|com|ru|org|net|gov|edu|info|io|su|by|kg|uz|қаз|рф)$", re.IGNORECASE
)
"""A name before `@` that is a site: `egov.kz@evil.top` is a link in disguise, not a mailbox."""
_GLUED_FRONT: Final = pattern(
    r"([\u0400-\u04ff]{1,20})([—–]*)(?=[a-z0-9][a-z0-9-]*\.[a-z])", re.IGNORECASE
)
"""A Cyrillic word glued to a Latin host: `сайтkaspi-bonus.top`."""
_LOOKALIKES: Final = frozenset("асеорхуіјѕһԁԛԝүӏвкмнт")
"""Letters that make a host of two scripts a fake, not two words..."""
_SMALL_WORDS: Final = frozenset({"на", "в", "у", "с", "см", "тут", "вот", "это", "там", "нам"})
"""...unless they are one of these."""
_FILES: Final = pattern(r"[^/@]{1,80}\.(?:md|py|rs|sh|zip|mov|pm|ps)", re.IGNORECASE)
"""Names of files that end like countries and new suffixes."""
_SENTENCE: Final = pattern(r"[^\W\d_]+\.(?!Kz|Com|Ru|Org|Net|Info|Gov|Edu)[A-Z][a-z]+|[A-Z]{2,3}\.NET")
"""`конец.It begins`: a sentence without a space behind it; `ASP.NET`."""
_FOREIGN_END: Final = pattern(r"(?<=[a-z]{2})[\u0400-\u04ff]{2,}$", re.IGNORECASE)
LINKLIKE: Final = pattern(
    r"[a-z][a-z0-9+.\-*]{1,20}(?::|\[:\]|;)//|^(?:javascript|data|mailto|tel|sms|tg|whatsapp|intent|view-source|blob):"
    r"|^//|\.[^\W\d_]{2}|\.xn--|[\[({](?:\.|dot|точка)[\])}]|^www\.|%2e|[。．｡]"
    r"|^\d{1,3}(?:\.\d{1,3}){3}[:/]",
    re.IGNORECASE,
)


class Candidate(NamedTuple):
    """A piece of a line that may be a link."""

    text: str
    start: int
    """Where it begins in the line, in code points."""


def is_mailbox(text: str) -> bool:
    """Tell whether a text is an e-mail address, not a link with a name before `@`."""
    found = _EMAIL.fullmatch(text)
    return found is not None and not _NAMED_LOCAL.search(found[1])


def pieces(word: str, start: int) -> Iterator[Candidate]:
    """Yield what may be links in a word without spaces that begins at `start`."""
    if not LINKLIKE.search(word):
        return
    at = 0
    for separator in SEPARATOR.finditer(word):
        yield from _pieces(word[at : separator.start()], start + at)
        at = separator.end()
        if word.startswith(".", at):  # a host may begin with an emoji
            at = separator.start()
    yield from _pieces(word[at:], start + at)


def _pieces(piece: str, start: int) -> Iterator[Candidate]:
    if not LINKLIKE.search(piece):
        return
    for part, offset in unglued(piece):
        text, cut = trimmed(part)
        if text and LINKLIKE.search(text) and not _is_none(text):
            shift = text.rfind("@") + 1 if is_mailbox(text) or text.startswith("@") else _glued_front(text)
            yield Candidate(text[shift:], start + offset + cut + shift)


def _is_none(text: str) -> bool:
    """Tell that a piece is a file, the end of a sentence, or `mailto:` to nobody."""
    if text[:7].lower() == "mailto:":
        return "@" not in text
    return _FILES.fullmatch(text) is not None or _SENTENCE.fullmatch(text) is not None


def _glued_front(text: str) -> int:
    """Return how many letters of a Cyrillic word are glued to the front of a host."""
    found = _GLUED_FRONT.match(text)
    if found is None:
        return 0
    word = found[1].lower()
    glued = found[2] or word in _SMALL_WORDS or not _LOOKALIKES.issuperset(word)
    return found.end() if glued else 0


def unglued(piece: str) -> list[tuple[str, int]]:
    """Split links that were written without a space between them, or after a word."""
    cuts = {0, *(found.start() for found in _GLUED.finditer(piece) if not _slip(piece, found.start()))}
    first = _FIRST_WEB.search(piece)
    if first is not None and first.start():
        before = piece[: first.start()]
        word = "." not in before and not _CARRIER.fullmatch(before)
        if (word or before.endswith("@")) and not _HOST_TAIL.search(before):
            cuts.add(first.start())
    label = _MAIL_LABEL.match(piece) if "@" in piece else _LABEL.match(piece)
    if label is not None:
        cuts.add(label.end())
    bounds = [*sorted(cuts), len(piece)]
    parts: list[tuple[str, int]] = []
    for begin, end in pairwise(bounds):
        parts += _unlisted(piece[begin:end], begin)
    return parts


def _slip(piece: str, at: int) -> bool:
    """Tell whether what stands before a scheme belongs to it: `hhttp://`."""
    return _CARRIER.fullmatch(piece, 0, at) is not None


def _unlisted(part: str, start: int) -> Iterator[tuple[str, int]]:
    """Split `kaspi.kz,halykbank.kz`: no host holds a comma. Paths and user-info may."""
    scheme = _FIRST_WEB.match(part)
    head = scheme.end() if scheme else 0
    tail = _HOST_TAIL.search(part, head)
    end = tail.start() if tail else len(part)
    if "@" in part[head:end] or "." not in part[head:end]:
        yield part, start
        return
    at = 0
    for mark in _LIST.finditer(part, head, end):
        yield part[at : mark.start()], start + at
        at = mark.end()
    rest = part[at:]
    glued = _WORD_BEHIND.search(rest) if tail is None else None
    yield rest[: glued.start(1)] if glued else rest, start + at


def trimmed(text: str) -> tuple[str, int]:
    """Take off punctuation at both ends; return what is left, and how much went in front."""
    stripped = text.lstrip(_LEADING)
    cut = len(text) - len(stripped)
    end = len(stripped)
    open_ = {mark: stripped.count(mark) - stripped.count(other) for mark, other in _CLOSING.items()}
    while end and stripped[end - 1] in _TRAILING:
        last = stripped[end - 1]
        if last == "'" and stripped[:end].count(last) % 2 == 0:
            break
        if last in open_:
            if open_[last] <= 0:
                break
            open_[last] -= 1
        end -= 1
    stripped = stripped[:end]
    if "/" not in stripped.partition("://")[2] and (foreign := _FOREIGN_END.search(stripped[-80:])):
        stripped = stripped[: len(stripped) - len(foreign[0])]
    return stripped, cut
