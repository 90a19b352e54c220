"""Public suffixes: where the name that somebody registered begins.

A walk over a tree of labels, as the algorithm at https://publicsuffix.org/list/ describes
it, private section included: on `shop.github.io` the registrable domain is the tenant.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Final

UNLISTED: Final = 0
ICANN: Final = 1
PRIVATE: Final = 2
EXCEPTION: Final = 3


class Suffixes:
    """A compiled public suffix list."""

    __slots__ = ("_root",)

    def __init__(self, tree: Mapping[str, Any]) -> None:
        """Take the tree that `suffix_tree` made."""
        self._root = tree

    def length(self, labels: Sequence[str]) -> tuple[int, int]:
        """Return how many labels the public suffix of a host has, and its section.

        `labels` are lower-case A-labels from left to right. The section is `UNLISTED`
        (the implicit rule `*`), `ICANN` or `PRIVATE`.
        """
        node: Any = self._root
        best, section = 1, UNLISTED
        for depth, label in enumerate(reversed(labels), 1):
            below = node.get(label)
            if below is None:
                wildcard = node.get("*")
                if wildcard is not None:
                    best, section = depth, wildcard
                break
            if type(below) is int:
                if below == EXCEPTION:
                    return depth - 1, ICANN
                return depth, below
            ending = below.get("")
            if ending:
                best, section = depth, ending
            elif "*" in node:
                best, section = depth, node["*"]
            node = below
        return best, section

    def registrable(self, host: str) -> str | None:
        """Return the registrable domain of a host, or None for a bare suffix.

        The host may be in Unicode or A-label form and comes back in the form given.

        >>> Suffixes(suffix_tree([("co.uk", ICANN)])).registrable("www.example.co.uk")
        'example.co.uk'
        """
        labels = host.lower().rstrip(".").split(".")
        if "" in labels:
            return None
        count, _ = self.length([a_label(label) for label in labels])
        return ".".join(labels[-count - 1 :]) if len(labels) > count else None


def suffix_tree(rules: Sequence[tuple[str, int]]) -> dict[str, Any]:
    """Build the tree from `(rule, section)` pairs in the syntax of the public suffix list."""
    tree: dict[str, Any] = {}
    for rule, section in rules:
        value = EXCEPTION if rule.startswith("!") else section
        *parents, leaf = [a_label(label) for label in reversed(rule.lstrip("!").split("."))]
        node = tree
        for label in parents:
            below = node.get(label)
            if not isinstance(below, dict):
                below = {} if below is None else {"": below}
                node[label] = below
            node = below
        if isinstance(node.get(leaf), dict):
            node[leaf][""] = value
        else:
            node[leaf] = value
    return tree


def a_label(label: str) -> str:
    """Return the ASCII form of one label of a suffix rule or host; ASCII stays as it is."""
    if label.isascii():
        return label
    return "xn--" + label.encode("punycode").decode("ascii")


def u_label(label: str) -> str | None:
    """Return the Unicode form of an A-label, the label itself when plain, None when broken.

    Broken is also what no registry encodes: letters that a browser would have changed first
    (capitals, full-width and other compatibility forms), hidden ones, or plain ASCII.
    """
    if not label.startswith("xn--"):
        return label
    try:
        text = label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, OverflowError, ValueError):
        return None
    if text.isascii() or not _JOINERS.sub("", text).isprintable():
        return None
    mapped = _UNMAPPED.sub("", text)
    return text if unicodedata.normalize("NFKC", mapped.casefold()) == mapped else None


_JOINERS: Final = re.compile("[\u200c\u200d]")
"""Joiners shape the letters of Indic names and of Persian ones."""
_UNMAPPED: Final = re.compile("[ßς]")
"""Small letters that folding changes and UTS 46 keeps."""
