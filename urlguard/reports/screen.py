"""Text that is safe on a terminal, and how wide it is there.

No control, bidirectional or invisible character of an input reaches the screen: each is
shown as its code point. Links are defanged, so that nobody opens one by a click.
"""

import unicodedata
from typing import Final

_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_WIDE: Final = frozenset("WF")
_ZERO: Final = frozenset({"Mn", "Me"})


def printable(text: str) -> str:
    r"""Replace what a terminal must not get by its code point.

    >>> printable("a\u202eb\x1b[31m")
    'a<U+202E>b<U+001B>[31m'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        f"<U+{ord(char):04X}>" if unicodedata.category(char) in _HIDDEN else char for char in text
    )


def defanged(link: str) -> str:
    """Return a link that cannot be clicked: `hxxps://kaspi-bonus[.]top/a`.

    >>> defanged("https://kaspi-bonus.top/a.html")
    'hxxps://kaspi-bonus[.]top/a.html'
    """
    scheme, colon, rest = link.partition("://")
    if not colon or len(scheme) > 12 or " " in scheme:  # noqa: PLR2004  (longer is no scheme)
        scheme, colon, rest = "", "", link
    lowered = scheme.lower()
    if lowered.startswith("http"):
        scheme = f"hxxp{scheme[4:]}"
    cut = min((at for at in map(rest.find, "/?#") if at >= 0), default=len(rest))
    return f"{scheme}{colon}{rest[:cut].replace('.', '[.]')}{rest[cut:]}"


def defanged_text(text: str, links: list[str]) -> str:
    """Defang each of `links` where it stands in a text."""
    for link in sorted(set(links), key=len, reverse=True):
        if link:
            text = text.replace(link, defanged(link))
    return text


def width(text: str) -> int:
    """Return how many columns a printable text takes (East Asian wide letters take two)."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.category(char) in _ZERO else 2 if unicodedata.east_asian_width(char) in _WIDE else 1
        for char in text
    )


def fitted(text: str, columns: int) -> str:
    """Shorten a text to at most `columns`, keeping its beginning and its end."""
    if width(text) <= columns:
        return text
    if columns <= 1:
        return "…"[:columns]
    head = max((columns - 1) * 2 // 3, 1)
    tail = columns - 1 - head
    start, end = _taken(text, head), _taken(text[::-1], tail)[::-1]
    return f"{start}…{end}"


def _taken(text: str, columns: int) -> str:
    used = 0
    for at, char in enumerate(text):
        used += width(char)
        if used > columns:
            return text[:at]
    return text


def padded(text: str, columns: int) -> str:
    """Fill a text with spaces up to `columns`."""
    return text + " " * max(columns - width(text), 0)


def wrapped(text: str, columns: int) -> list[str]:
    """Break a text at spaces into lines of at most `columns`; longer words are cut."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        joined = f"{line} {word}" if line else word
        if width(joined) <= columns:
            line = joined
            continue
        if line:
            lines.append(line)
        line = word
        while width(line) > columns:
            piece = _taken(line, columns) or line[:1]
            lines.append(piece)
            line = line[len(piece) :]
    return [*lines, line] if line or not lines else lines
