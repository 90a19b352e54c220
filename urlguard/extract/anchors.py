"""Links that show one thing and lead to another: the markup of web pages and of Markdown in a text."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from urlguard.identifiers.patterns import pattern
from urlguard.model import Span

_MARKDOWN: Final = pattern(r"\[(?P<shown>[^\[\]\n]{1,300})\]\((?P<target>[^\s()]{1,2000})")
_HTML: Final = pattern(
    r"<a\s[^<>]{0,300}?\bhref\s*=\s*[\"']?(?P<target>[^\"'\s<>]{1,2000})[^<>]{0,300}>(?P<shown>[^<>]{1,300})",
    re.IGNORECASE,
)


class Anchor(NamedTuple):
    """One link with a text of its own."""

    shown: Span
    target: Span


def anchors(text: str) -> Iterator[Anchor]:
    """Yield the links of a text that are written over another text.

    >>> [text[slice(*hit.shown)] for text in ["[kaspi.kz](https://x.top)"] for hit in anchors(text)]
    ['kaspi.kz']
    """
    if "](" in text:
        yield from (Anchor(hit.span("shown"), hit.span("target")) for hit in _MARKDOWN.finditer(text))
    if "href" in text or "HREF" in text:
        yield from (Anchor(hit.span("shown"), hit.span("target")) for hit in _HTML.finditer(text))
