"""Which links stand in a line: the whole line, or links among other words."""

import re
from typing import Final, NamedTuple

MOST_LINKS: Final = 50
"""Links of one line that are judged; more is said in a signal, never dropped in silence."""

_SPACE: Final = re.compile(r"\s")
_EDGES: Final = " \t\r\n\x0b\x0c\u00a0\ufeff\u200b\u2060"
_QUOTED: Final = {"<": ">", "«": "»", '"': '"', "'": "'", "“": "”", "(": ")", "[": "]", "`": "`"}
_TRAILING: Final = ".,;:!?»”\"'`>)]}"
_LEADING: Final = "«“\"'`<([{"
_LINKLIKE: Final = re.compile(
    r"[a-z][a-z0-9+.\-*]{1,20}(?::|\[:\]|;)//|^(?:javascript|data|mailto|tel|sms|tg|whatsapp|intent|view-source|blob):"
    r"|^//|\.[^\W\d_]{2}|[\[({](?:\.|dot|точка)[\])}]|^www\.|%2e",
    re.IGNORECASE,
)


class Candidate(NamedTuple):
    """A piece of a line that may be a link."""

    text: str
    start: int
    """Where it begins in the line, in code points."""


def bare(line: str) -> Candidate:
    """Return the line without surrounding spaces, quotes and brackets."""
    text = line.strip(_EDGES)
    start = line.find(text) if text else 0
    while len(text) > 1 and _QUOTED.get(text[0]) == text[-1]:
        text = text[1:-1].strip(_EDGES)
        start = line.find(text, start)
    return Candidate(text, start)


def has_words(text: str) -> bool:
    """Tell whether links stand among other words: there is white space inside.

    `evil [.] top` and `evil точка kz` are one defanged link, not words.
    """
    if not _SPACE.search(text):
        return False
    if text.isascii() and "://" in text[:10] and "\t" not in text and " " not in text:
        return False
    joined = re.sub(
        r"\s?[\[({]\s?(?:\.|dot|точка)\s?[\])}]\s?|\s+(?:точка|нүкте|dot)\s+", ".", text, flags=re.IGNORECASE
    )
    return bool(re.search(r"[^\S\t\n\r]", joined))


def candidates(line: str) -> list[Candidate]:
    """Return the pieces of a line of words that look like links."""
    found = []
    for piece in re.finditer(r"\S+", line):
        text, start = piece[0], piece.start()
        stripped = text.lstrip(_LEADING)
        start += len(text) - len(stripped)
        text = _without_trailing(stripped)
        if text and _LINKLIKE.search(text):
            found.append(Candidate(text, start))
    return found


def _without_trailing(text: str) -> str:
    while text and text[-1] in _TRAILING:
        if text[-1] == ")" and text.count("(") == text.count(")"):
            break
        text = text[:-1]
    return text
