r"""STIX patterns that are a list of values: `[url:value = 'a'] OR [domain-name:value = 'b']`.

The whole pattern language (orders, times, LIKE, AND) says more than "this resource"; the part
that is read here is regular, and takes linear time where a general parser would not.
Source: STIX 2.1, section 9.
"""

import re
from collections.abc import Iterator
from typing import Final

_COMPARED: Final = re.compile(
    r"\s*(?:\(\s*)?(?P<path>[a-z0-9-]{1,80}:[\w.'-]{1,200})\s*=\s*'(?P<text>[^'\\]*+(?:\\['\\][^'\\]*+)*+)'\s*(?:\)\s*)?"
)
_JOINED: Final = re.compile(r"\s*OR(?=[\s\[(])")
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_VALUES: Final = 10_000
"""Most values of one pattern."""


class Unread(ValueError):
    """A pattern that is more than a list of values."""


def literal(text: str) -> str:
    r"""Return a text as patterns write it.

    >>> literal("it's")
    "'it\\'s'"
    """
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def compared(pattern: str) -> Iterator[tuple[str, str]]:
    """Yield path and value of each comparison. Raises `Unread`, before the first, for any other pattern.

    >>> list(compared("[url:value = 'http://a.top/' OR domain-name:value = 'a.top']"))
    [('url:value', 'http://a.top/'), ('domain-name:value', 'a.top')]
    """
    return iter(_all(pattern.strip()))


def _all(pattern: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    at, inside = 0, False
    while len(found) <= _VALUES:
        if not inside:
            if pattern[at : at + 1] != "[":
                break
            at, inside = at + 1, True
        value = _COMPARED.match(pattern, at)
        if not value:
            break
        found.append((value["path"], _ESCAPED.sub(r"\1", value["text"])))
        at = value.end()
        if pattern[at : at + 1] == "]":
            at, inside = at + 1, False
        if at == len(pattern) and not inside:
            return found
        joined = _JOINED.match(pattern, at)
        if not joined:
            break
        at = joined.end()
        if not inside:
            at += len(pattern[at:]) - len(pattern[at:].lstrip())
    raise Unread("a pattern that is more than values joined by OR")
