"""A report taken apart as a browser would: elements with their attributes, texts, scripts and styles."""

import json
import re
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any, Final

from reports.scanned import texts

from urlguard.reports.html.page import page

UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
"""Controls, and what changes the direction of a text."""


class Parts(HTMLParser):
    """What a browser would make of a page: elements with their attributes, texts, scripts and styles."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []
        self.raw: dict[str, list[str]] = {"script": [], "style": []}
        self.text = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(attrs)))
        if tag in self.raw:
            self.raw[tag].append("")

    def handle_data(self, data: str) -> None:
        if self.cdata_elem:
            self.raw[self.cdata_elem][-1] += data
        else:
            self.text += data

    def values(self, attribute: str) -> list[str]:
        return [value or "" for _, attrs in self.tags for name, value in attrs if name == attribute]

    @property
    def rows(self) -> dict[str, Any]:
        (found,) = [json.loads(text) for text in self.raw["script"] if text.startswith("{")]
        return dict(found)


def made(of: Mapping[str, Any], lang: str = "en") -> Parts:
    source = "".join(page(of, texts(lang), lang))
    assert not UNSEEN.search(source)
    source.encode()
    return Parts(source)
