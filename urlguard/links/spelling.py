"""What a person wrote for a link, turned into what a browser would be given.

Undoes defanging, supplies a missing scheme, and notes each trick in the spelling that
makes a link look like another one. Reference: WHATWG URL Standard, section 4.4.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Final

from urlguard.letters import Letters

SCHEME: Final = re.compile(r"([a-zA-Z][a-zA-Z0-9+.\-]*):")
WEB_SCHEMES: Final = frozenset({"http", "https", "ftp", "ws", "wss"})
"""Schemes with a host which WHATWG calls special (`file` left out: it names no host)."""

_DEFANGED_SCHEME: Final = re.compile(
    r"^(?:h(?:xx|tx|xt|\*\*|__|\.\.|t\*|tt\*)p|meow|hyp)(s?)(?=\W)", re.IGNORECASE
)
_BROKEN_SCHEME: Final = re.compile(
    r"^(?:ttp|htp|http|httpp|htttp|hhttp|ttps|htps|https|httpss)(s?)\s*(?::|;|：|\[:\]|\(:\)|)\s*//",
    re.IGNORECASE,
)
_BRACKETED_COLON: Final = re.compile(
    r"^([a-z][a-z0-9+.*\-]{1,9})\s?[\[({](?::|://)?[\])}]\s?(?://)?", re.IGNORECASE
)
_BRACKETED_SLASH: Final = re.compile(r"^([^/]*)\[/\]")
_DOT_WORDS: Final = r"dot|точка|тчк|нүкте|нукте"
_BRACKETED_DOT: Final = re.compile(rf"\s?[\[({{<]\s?(?:\.|,|{_DOT_WORDS})\s?[\])}}>]\s?", re.IGNORECASE)
_SPELLED_DOT: Final = re.compile(rf"(?<=\w)\s+(?:{_DOT_WORDS})\s+(?=\w)", re.IGNORECASE)
_SPACED_DOT: Final = re.compile(r"(?<=\w)(?: \. ?|\. (?=(?:kz|com|ru|org|net|top|info)\b))")
_ESCAPED_DOTS: Final = re.compile(r"(?!0x|\d+\\)\w[\w-]*(?:\\\.\w[\w-]*)+(?::\d+)?")
"""Every dot escaped: `evil\\.top`. In `evil.top\\.kaspi.kz` the backslash ends the host instead."""
_SPELLED_SUFFIX: Final = re.compile(
    r"(?<=\.)(кз|ком|ру|орг|нет|инфо|топ|онлайн|сайт|про)(?=$|[/:?#\s])", re.IGNORECASE
)
_SPELLED_SUFFIXES: Final = {
    "кз": "kz", "ком": "com", "ру": "ru", "орг": "org", "нет": "net", "инфо": "info",
    "топ": "top", "онлайн": "online", "сайт": "site", "про": "pro",
}  # fmt: skip
_AT: Final = re.compile(r"\s?[\[({]\s?(?:@|at)\s?[\])}]\s?", re.IGNORECASE)
DOTS: Final = "。．｡"
"""What browsers read as a full stop in a host."""
_EDGES: Final = "".join(map(chr, range(0x21))) + "\ufeff\u200b\u2060\u00a0"

@dataclass(slots=True)
class Spelling:
    """A link in the form a browser gets it."""

    text: str
    """What to parse; it has a scheme."""
    scheme: str
    tricks: dict[str, str] = field(default_factory=dict)
    """Trick -> the characters that do it, as written."""
    authority: str = ""
    """User-info, host and port as written; empty when the scheme has none."""
    host: str = ""
    """Host as written, without port; empty for an IPv6 address."""
    assumed_scheme: bool = False


_SHOWN: Final = 300
"""Letters of a name that are kept as evidence; DNS allows 253."""
_SCHEME_LENGTH: Final = len("https://")


def spell(raw: str, letters: Letters) -> Spelling:
    """Read one link as written; never raises."""
    text = raw.strip(_EDGES)
    tricks: dict[str, str] = {}
    if not text[:_SCHEME_LENGTH].isascii():
        plain = unicodedata.normalize("NFKC", text[:_SCHEME_LENGTH])
        if plain.lower().startswith("http"):
            tricks["compat_letters"] = text[:_SCHEME_LENGTH]
            text = plain + text[_SCHEME_LENGTH:]
    _characters(text, letters, tricks)
    text = text.translate(_DROPPED)
    if not text.isascii() and any("\ud800" <= char <= "\udfff" for char in text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    found = Spelling("", "", tricks)
    found.text, found.scheme, found.assumed_scheme = with_scheme(refang(text))
    if found.scheme in WEB_SCHEMES:
        _authority(found, letters)
    return found


_DROPPED: Final = {ord(char): None for char in "\t\n\r"}


def _characters(text: str, letters: Letters, tricks: dict[str, str]) -> None:
    """Note characters a browser drops or that change the direction of the text."""
    if text.isascii() and text.isprintable():
        return
    for char in text:
        if char in "\t\n\r":
            tricks.setdefault("whitespace_inside", _named(char))
        elif char in letters.bidi:
            tricks.setdefault("bidi", _named(char))
        elif char < " " or "\x7f" <= char <= "\x9f":
            tricks.setdefault("control_characters", _named(char))


def refang(text: str) -> str:
    """Undo defanging: `hxxps://evil[.]top` and `evil точка кз` become links again.

    >>> refang("hxxp://kaspi-bonus[.]top/a")
    'http://kaspi-bonus.top/a'
    """
    text = _DEFANGED_SCHEME.sub(lambda found: f"http{found[1].lower()}", text)
    text = _BRACKETED_COLON.sub(r"\1://", text, count=1)
    head, slash, rest = text.partition("://") if "://" in text[:12] else ("", "", text)
    rest = _BRACKETED_SLASH.sub(r"\1/", rest)
    cut = min((at for at in map(rest.find, "/?#") if at > 0), default=len(rest))
    host, tail = rest[:cut], rest[cut:]
    if "\\" in host:
        host = host.replace("\\.", ".") if _ESCAPED_DOTS.fullmatch(host) else host
        return head + slash + host + tail
    host = _BRACKETED_DOT.sub(".", host)
    host = _SPELLED_DOT.sub(".", host)
    host = _SPACED_DOT.sub(".", host)
    host = _AT.sub("@", host)
    if host != rest[:cut]:
        host = _SPELLED_SUFFIX.sub(lambda hit: _SPELLED_SUFFIXES[hit[1].lower()], host)
    return head + slash + host + tail


def with_scheme(text: str) -> tuple[str, str, bool]:
    """Return the link with a scheme, the scheme in lower case, and whether it was assumed."""
    if broken := _BROKEN_SCHEME.match(text):
        scheme = "https" if "s" in broken[0][1:].lower() else "http"
        rest = text[broken.end() :]
        if broken[0].lower() != f"{scheme}://":
            return f"{scheme}://{rest}", scheme, False
        return text, scheme, False
    if text.startswith(("//", "\\\\")):
        return f"http:{text}", "http", True
    found = SCHEME.match(text)
    if found:
        scheme, rest = found[1].lower(), text[found.end() :]
        looks_like_port = rest[:1].isdigit() and ("." in scheme or scheme == "localhost")
        if not looks_like_port and "." not in scheme:
            return text, scheme, False
    return f"http://{text}", "http", True


def _authority(found: Spelling, letters: Letters) -> None:
    """Cut out the authority as written and note what is odd about it."""
    rest = found.text[len(found.scheme) + 1 :]
    start = len(rest) - len(rest.lstrip("/\\"))
    slashes = rest[:start]
    if slashes != "//" and not found.assumed_scheme:
        name = "backslash" if "\\" in slashes else "odd_slashes"
        found.tricks[name] = f"{found.scheme}:{slashes}"
    ends = [at for at in (rest.find(mark, start) for mark in "/\\?#") if at >= 0]
    end = min(ends, default=len(rest))
    if rest[end : end + 1] == "\\":
        found.tricks["backslash"] = rest[max(start, end - 20) : end + 20]
    found.authority = rest[start:end]
    userinfo, at, host = found.authority.rpartition("@")
    if at:
        found.tricks["userinfo"] = userinfo + at
    found.host = "" if host.startswith("[") else host.partition(":")[0]
    _host_letters(found.host, letters, found.tricks)


def _host_letters(name: str, letters: Letters, tricks: dict[str, str]) -> None:
    """Note host characters that a browser turns into others or drops."""
    if "%" in name:
        tricks["percent_host"] = name
    if name.endswith((".", *DOTS)):
        tricks["trailing_dot"] = name
    if name.isascii():
        return
    for char in name:
        if char in DOTS:
            tricks.setdefault("odd_dots", name)
        elif char in letters.invisible:
            if "invisible" not in tricks:
                tricks["invisible"] = name[:_SHOWN].replace(char, f"<{_named(char)}>")
        elif not char.isascii():
            plain = unicodedata.normalize("NFKC", char)
            if plain != char and plain.isascii() and char not in "ıſK":
                tricks.setdefault("compat_letters", name)


def _named(char: str) -> str:
    return f"U+{ord(char):04X}"
