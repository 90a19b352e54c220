"""Checks of who hosts a name, and of the words it is made of."""

import re
from typing import Final

from urlguard.checks.facts import Facts
from urlguard.checks.knowledge import Knowledge
from urlguard.checks.options import Check, Options, classes, whole


def hosting_tenant(options: Options, _know: Knowledge) -> Check:
    """A tenant on shared hosting of one of the `kinds`."""
    kinds = classes(options, "kinds")

    def check(facts: Facts) -> str | None:
        return facts.tenant or None if facts.kind in kinds else None

    return check


def shortener(_options: Options, _know: Knowledge) -> Check:
    """A service that only redirects to an address nobody sees."""

    def check(facts: Facts) -> str | None:
        return facts.link.host if facts.kind == "shortener" else None

    return check


def host_words(options: Options, _know: Knowledge) -> Check:
    """At least `min` words of the `classes` in a host, whole or splitting a piece."""
    wanted, least = classes(options, "classes"), whole(options, "min", 1)

    def check(facts: Facts) -> str | None:
        return None if facts.kind in _TENANT_KINDS else _enough(facts.words, wanted, least)

    return check


def country_words(options: Options, know: Knowledge) -> Check:
    """A word of the `classes` and one of the country `marks` in a name not under .kz."""
    wanted, marks = classes(options, "classes"), classes(options, "marks")
    glued = tuple(mark for mark in marks if len(mark) == 2)  # noqa: PLR2004  (kz is put behind any word)

    def check(facts: Facts) -> str | None:
        if facts.suffix in know.local_suffixes or not any(name in wanted for _, name in facts.words):
            return None
        label = know.letters.latin(facts.name)
        if not marks.isdisjoint(label.split("-")) or label.endswith(glued):
            return facts.name
        return None

    return check


def tenant_words(options: Options, know: Knowledge) -> Check:
    """At least `min` words of the `classes` in the name of a free-hosting tenant."""
    wanted, least = classes(options, "classes"), whole(options, "min", 1)

    def check(facts: Facts) -> str | None:
        if facts.kind not in _TENANT_KINDS:
            return None
        if facts.tenant == facts.name:
            return _enough(facts.words, wanted, least)
        pieces = _PIECE.split(know.letters.latin(facts.tenant.lower()))
        found = [(piece, know.words.get(piece, "")) for piece in pieces]
        return _enough(found, wanted, least)

    return check


_PIECE: Final = re.compile(r"[\W_]+")
_TENANT_KINDS: Final = frozenset({"pages", "builder", "blog", "storage", "app", "dyndns", "tunnel", "form"})


def _enough(words: list[tuple[str, str]], wanted: frozenset[str], least: int) -> str | None:
    """Return the words of the wanted classes, joined by commas, when there are enough."""
    if not words:
        return None
    found = [(word, name) for word, name in words if name in wanted]
    return ", ".join(dict.fromkeys(word for word, _ in found)) if len(found) >= least else None
