"""Which links stand in a line: the whole line, or links among other words.

Everything here takes linear time: lines come from strangers.
"""

import re
from typing import Final

from urlguard.extract.gaps import gapped
from urlguard.extract.pieces import (
    LINKLIKE,
    MARKUP,
    PICTURED,
    SEPARATOR,
    Candidate,
    is_mailbox,
    pieces,
    trimmed,
    unglued,
)
from urlguard.identifiers.patterns import pattern

__all__ = ["MOST_LINKS", "Candidate", "bare", "candidates", "has_words", "occurrences", "says_words"]

MOST_LINKS: Final = 50
"""Links of one line that are judged; more is said in a signal, never dropped in silence."""

_EDGES: Final = " \t\r\n\x0b\x0c\u00a0\ufeff\u200b\u2060"
_QUOTED: Final = {"<": ">", "«": "»", '"': '"', "'": "'", "“": "”", "(": ")", "[": "]", "`": "`"}
_LAYERS: Final = 8
"""Quotes and brackets around a line that are taken off; nobody writes more."""
_PLAIN: Final = pattern(r"[a-z*]{3,8}://[\w.:-]+(?:[/?#][^\s<>\"]*)?", re.IGNORECASE)
_WORD_DOT: Final = pattern(
    r"\s?[\[({]\s?(?:\.|dot|точка)\s?[\])}]\s?|(?<!\s)\s{1,3}(?:точка|нүкте|dot)\s{1,3}", re.IGNORECASE
)
_BREAK: Final = pattern(r"[^\S\t\n\r]")


def bare(line: str) -> Candidate:
    """Return the line without surrounding spaces, quotes and brackets."""
    text = line.strip(_EDGES)
    start = line.find(text) if text else 0
    for _ in range(_LAYERS):
        if len(text) < 2 or _QUOTED.get(text[0]) != text[-1]:  # noqa: PLR2004  (a pair of quotes)
            break
        text = text[1:-1].strip(_EDGES)
        start = line.find(text, start)
    return Candidate(text, start)


def has_words(text: str) -> bool:
    """Tell whether links stand among other words, or several stand in one line.

    `evil [.] top` and `evil точка kz` are one defanged link, not words; a mailbox is text
    about its domain.

    >>> has_words("см.http://evil.top"), has_words("evil [.] top/a")
    (True, False)
    """
    if _PLAIN.fullmatch(text) and text.count("://") == 1 and text.isascii():
        return False
    if _BREAK.search(_WORD_DOT.sub(".", text)):
        return True
    if PICTURED.search(text):
        rest = PICTURED.sub(" ", text).strip()
        if not rest.startswith("."):  # a host may begin with one
            return LINKLIKE.search(rest) is not None
    if MARKUP.search(text):
        return any(LINKLIKE.search(piece) for piece in SEPARATOR.split(text)[1:])
    if is_mailbox(text):
        return not text[:7].lower().startswith("mailto:")
    return unglued(text) != [(text, 0)]


def candidates(line: str) -> list[Candidate]:
    """Return the pieces of a line of words that look like links, each once.

    >>> candidates("см.http://evil.top, пишите на info@kaspi-bank.top")
    [Candidate(text='http://evil.top', start=3), Candidate(text='kaspi-bank.top', start=35)]
    """
    found: dict[str, Candidate] = {}
    for candidate in occurrences(line):
        found.setdefault(candidate.text, candidate)
    return list(found.values())


def occurrences(line: str) -> list[Candidate]:
    """Return the pieces of a line that look like links, every place of each, in order."""
    if _plainly_none(line):
        return []
    found = [Candidate(trimmed(line[start:end])[0], start) for start, end in gapped(line)]
    gaps = bool(found)
    if (alone := _LONE_IP.fullmatch(line)) is not None:
        return [Candidate(alone[1], alone.start(1))]
    loose = _LOOSE.search(line) is not None
    at = 0
    for word in line.split():
        if loose or "." in word[:-1] or ":" in word[:-1] or word.startswith("//"):
            start = line.find(word, at)
            at = start + len(word)
            found += pieces(word, start)
    return _apart(found) if gaps else found


_LOOSE: Final = pattern(r"[。．｡%]|[\[({]\s?(?:dot|точка)", re.IGNORECASE)
"""Links without a plain dot."""
_LONE_IP: Final = pattern(
    r"\s*((?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d))\s*", re.ASCII
)
"""Four numbers that are the whole line; among words they may be a version."""
_DOTTED: Final = pattern(r"\.[^\s.]|\.\s{1,3}(?:[a-z]|[A-Z]{2}|[A-Z]\s[A-Z])|\s\.\s")
"""A dot that may be in a link, not at the end of a sentence."""


def _plainly_none(line: str) -> bool:
    """Tell cheaply that no link is in a line: most lines have none."""
    if ":" in line or "//" in line or "/ /" in line or "%" in line:
        return False
    if "." in line and _DOTTED.search(line):
        return False
    if not line.isascii() and any(dot in line for dot in "。．｡"):
        return False
    folded = line.lower()
    return not ("dot" in folded or "точка" in folded or "нүкте" in folded or "тчк" in folded)


def _apart(found: list[Candidate]) -> list[Candidate]:
    """Keep of candidates that overlap the longest."""
    kept: list[Candidate] = []
    end = 0
    for one in sorted(found, key=lambda one: (one.start, -len(one.text))):
        if one.start >= end:
            kept.append(one)
            end = one.start + len(one.text)
    return kept


_LETTERS: Final = pattern(r"[^\W\d_]+")
_LINE: Final = 1_000
_LEAST_WORDS: Final = 2
_LEAST_LETTERS: Final = 4


def says_words(text: str) -> bool:
    """Tell whether there are words: one alone that is no link is no text either, likelier a slip."""
    words = _LETTERS.findall(text, 0, _LINE)
    return len(words) >= _LEAST_LETTERS or sum(len(word) > 1 for word in words) >= _LEAST_WORDS
