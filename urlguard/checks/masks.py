"""Checks that own packs can point at hosts and paths: masks with `*`, in linear time."""

from urlguard.checks.facts import Facts
from urlguard.checks.knowledge import Knowledge
from urlguard.checks.options import Check, Options, classes


def host_mask(options: Options, _know: Knowledge) -> Check:
    """The host matches one of the `masks`; `*` stands for any letters, dots too."""
    masks = tuple(classes(options, "masks"))
    return lambda facts: _first(facts, facts.link.host, masks)


def path_mask(options: Options, _know: Knowledge) -> Check:
    """The path and query match one of the `masks`, in lower case."""
    masks = tuple(classes(options, "masks"))
    return lambda facts: _first(facts, facts.link.tail.lower(), masks)


def _first(_facts: Facts, text: str, masks: tuple[str, ...]) -> str | None:
    return text if any(matches(text, mask) for mask in masks) else None


def matches(text: str, mask: str) -> bool:
    """Tell whether a text matches a mask of literal parts and `*`.

    Takes the leftmost place for each part, which is right for `*` and never backtracks.

    >>> matches("kaspi-bonus.top", "kaspi-*.top")
    True
    """
    parts = mask.split("*")
    if len(parts) == 1:
        return text == mask
    first, *middle, last = parts
    if not text.startswith(first) or not text.endswith(last) or len(text) < len(first) + len(last):
        return False
    at, end = len(first), len(text) - len(last)
    for part in middle:
        found = text.find(part, at, end)
        if found < 0:
            return False
        at = found + len(part)
    return True
