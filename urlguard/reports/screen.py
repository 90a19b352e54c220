"""Text that is safe on a terminal, and how wide it is there.

No control, bidirectional or invisible character of an input reaches the screen: each is
shown as its code point. Links are defanged, so that nobody opens one by a click.
"""

import re
import unicodedata
from typing import Final

_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_BLANK: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters, marks and symbols that are drawn as nothing (Unicode: Default_Ignorable, and U+2800)."""
_SELECTORS: Final = (("\u180b", "\u180f"), ("\ufe00", "\ufe0f"), ("\U000e0100", "\U000e01ef"))
_WIDE: Final = frozenset("WF")
_ZERO: Final = frozenset({"Mn", "Me"})
_MARKS: Final = 2
"""Marks on one letter that are shown; letters of living languages have no more in a row."""
_INNER_LINK: Final = re.compile(r"(h)(?:tt|xx)(ps?:[/\\]{1,3})([^\s/?#\\&\"'<>]*)", re.IGNORECASE)


_PLAIN: Final = re.compile("[ -~\xa0-\xac\xae-\u02ff\u0400-\u0482\u048a-\u052f–—‘-„…‹›№₸→≠]*")
"""Texts of nothing but Latin and Cyrillic letters and the marks between them: most, told at once."""


def printable(text: str) -> str:
    r"""Replace what a terminal must not get by its code point.

    >>> printable("a\u202eb\x1b[31m")
    'a<U+202E>b<U+001B>[31m'
    """
    if _PLAIN.fullmatch(text):
        return text
    shown, marks = [], 0
    for char in text:
        category = unicodedata.category(char)
        marks = marks + 1 if category in _ZERO else 0
        hidden = category in _HIDDEN or marks > _MARKS or char in _BLANK or _selects(char)
        shown.append(f"<U+{ord(char):04X}>" if hidden else char)
    return "".join(shown)


def _selects(char: str) -> bool:
    return char > "\u1800" and any(first <= char <= last for first, last in _SELECTORS)


_BARE_DOT: Final = re.compile(r"(?<![\[({<])\.(?![\])}>])")
"""A dot that is not defanged already."""


def defanged(link: str) -> str:
    """Return a link that cannot be clicked: `hxxps://kaspi-bonus[.]top/a`.

    >>> defanged("https://kaspi-bonus.top/a.html")
    'hxxps://kaspi-bonus[.]top/a.html'
    """
    if _INNER_LINK.match(link):
        return unlinked(link)
    scheme, colon, rest = link.partition("://")
    if not colon or len(scheme) > 12 or " " in scheme:  # noqa: PLR2004  (longer is no scheme)
        scheme, colon, rest = "", "", link
    lowered = scheme.lower()
    if lowered.startswith("http"):
        scheme = f"hxxp{scheme[4:]}"
    cut = min((at for at in map(rest.find, "/?#") if at >= 0), default=len(rest))
    return f"{scheme}{colon}{_BARE_DOT.sub('[.]', rest[:cut])}{unlinked(rest[cut:])}"


def unlinked(text: str) -> str:
    """Defang every web link in a text that has a scheme, so that no terminal makes it clickable.

    >>> unlinked("/url?q=https://kaspi-bonus.top/")
    '/url?q=hxxps://kaspi-bonus[.]top/'
    """
    if ":/" not in text and ":\\" not in text:
        return text
    return _INNER_LINK.sub(lambda hit: f"{hit[1]}xx{hit[2]}{_BARE_DOT.sub('[.]', hit[3])}", text)


def defanged_text(text: str, links: list[str]) -> str:
    """Defang each of `links` where it stands in a text."""
    for link in sorted(filter(None, set(links)), key=len, reverse=True):
        if link in text:
            text = text.replace(link, defanged(link))
    return unlinked(text)


def width(text: str) -> int:
    """Return how many columns a printable text takes (East Asian wide letters take two)."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.category(char) in _ZERO else 2 if unicodedata.east_asian_width(char) in _WIDE else 1
        for char in text
    )


def fitted(text: str, columns: int) -> str:
    """Shorten a text to at most `columns`, keeping its beginning."""
    if width(text) <= columns:
        return text
    return f"{_taken(text, columns - 1).rstrip()}…" if columns > 0 else ""


def fitted_link(link: str, columns: int) -> str:
    """Shorten a defanged link to at most `columns`, keeping the end of its host.

    That end says whose link it is: the path goes first, then the scheme, then the
    beginning of the host.

    >>> fitted_link("hxxps://kaspi[.]kz[.]evil[.]top/login?a=1", 24)
    'kaspi[.]kz[.]evil[.]top…'
    >>> fitted_link("hxxps://kaspi[.]kz[.]evil[.]top/login?a=1", 14)
    '…[.]evil[.]top'
    """
    if width(link) <= columns:
        return link
    scheme, colon, rest = link.partition("://")
    if not colon or " " in scheme:
        scheme, colon, rest = "", "", link
    cut = min((at for at in map(rest.find, "/?#") if at >= 0), default=len(rest))
    host = rest[:cut]
    for kept in (f"{scheme}{colon}{host}", host):
        if width(kept) < columns:
            return fitted(f"{kept}{rest[cut:]}", columns)
    return f"…{_taken(host[::-1], columns - 1)[::-1]}" if columns > 0 else ""


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
