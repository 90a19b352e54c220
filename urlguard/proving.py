"""Proof and lint of rule packs: their own examples, and what experience warns of."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from urlguard.checks.knowledge import Knowledge
from urlguard.checks.table import REGISTRY
from urlguard.detecting import Detector, Fired
from urlguard.guard import LANGUAGES, Guard
from urlguard.letters import Letters
from urlguard.links.suffixes import Suffixes
from urlguard.packs.book import Book

_REPEAT: Final = re.compile(r"\{(.)\*(\d{1,6})\}")
_FIELD: Final = re.compile(r"\{(\w*)\}")
_FIELDS: Final = frozenset({"evidence", "brand", "real"})
_SHORT_TOKEN: Final = 3
_TITLE: Final = 80


class Failure(NamedTuple):
    """An example that did not do what it stands for."""

    where: str
    """`file:line` of the rule."""
    rule: str
    example: str
    wanted: str
    """`hit` or `miss`."""


class Lint(NamedTuple):
    """A doubt about a pack."""

    where: str
    name: str
    """Stable name of the lint."""
    what: str
    mend: str


def unfolded(example: str) -> str:
    """Write out repetitions: `https://example.com/{a*17000}` is a link of 17 kB.

    >>> unfolded("x{ab*2}y{a*3}")
    'x{ab*2}yaaa'
    """
    return _REPEAT.sub(lambda found: found[1] * int(found[2]), example)


def proved(guard: Guard, only: frozenset[str] | None = None) -> tuple[int, list[Failure]]:
    """Run the examples of all rules, or of `only` these; return how many ran and which failed.

    An example of a rule about the registry is the state of the record it presumes, any other
    one a link. The guard needs a full book (`urlguard.packs.book.full_book`): a cached one has no examples.
    """
    count, failures = 0, []
    for row in guard.book["rules"]:
        if only is not None and row["id"] not in only:
            continue
        fires = _on_records(guard.book) if row["check"] == REGISTRY else _on_links(guard)
        for wanted in ("hit", "miss"):
            for example in row["examples"][wanted]:
                count += 1
                fired = row["id"] in fires(example)
                if fired != (wanted == "hit"):
                    failures.append(Failure(row["where"], row["id"], example, wanted))
    return count, failures


def _on_links(guard: Guard) -> Callable[[str], set[str]]:
    """Return what finds the rules that fire on a link."""
    return lambda example: {signal.rule for signal in guard.check(unfolded(example)).signals}


def _on_records(book: Book) -> Callable[[str], set[str]]:
    """Return what finds the rules that fire on a record in a state."""
    know = Knowledge(book, Letters(book["letters"]), Suffixes(book["suffixes"]))
    detector = Detector(book, know, LANGUAGES[0], frozenset())

    def fires(state: str) -> set[str]:
        fired: list[Fired] = []
        detector.fire_entry(state, "example", 0, fired)
        return {hit.rule.id for hit in fired}

    return fires


def lints(book: Book) -> Iterator[Lint]:
    """Return what is doubtful about the rules and brands of a book."""
    caps = book["policy"]["caps"]
    for rule in book["rules"]:
        yield from _rule_lints(rule, caps)
    brands = {f"@={brand['id']}" for brand in book["brands"]}
    for name in book["wording"]["sets"]:
        if name.startswith("@=") and name not in brands:
            yield Lint(
                "terms",
                "unknown-brand",
                f"no brand is called {name[2:]!r}",
                "name one of `urlguard brands list`",
            )
    owners = Counter(domain for brand in book["brands"] for domain in brand["domains"])
    tokens = Counter(token for brand in book["brands"] for token in _tokens(brand))
    for brand in book["brands"]:
        yield from _brand_lints(brand, owners, tokens)


def _rule_lints(rule: Book, caps: dict[str, int]) -> Iterator[Lint]:
    where, name = rule["where"], rule["id"]
    if rule["points"] > 0 and rule["group"] not in caps:
        what = f"{name}: the group {rule['group']!r} has no limit"
        mend = f"use one of {', '.join(caps)}, or add it to policy caps"
        yield Lint(where, "group-without-limit", what, mend)
    for lang in LANGUAGES:
        for key in ("reason", "advice"):
            unknown = set(_FIELD.findall(rule.get(key, {}).get(lang, ""))) - _FIELDS
            if unknown:
                what = f"{name}: the {key} ({lang}) names {{{', '.join(sorted(unknown))}}}"
                mend = "use {evidence}, and {brand}, {real} in lookalike rules"
                yield Lint(where, "unknown-field", what, mend)
        if len(rule["title"][lang]) > _TITLE:
            what = f"{name}: the title ({lang}) is long"
            yield Lint(where, "long-title", what, f"at most {_TITLE} characters")
    if "advice" not in rule and "scheme" not in rule and rule["points"] > 0:
        yield Lint(where, "no-advice", f"{name}: no advice", "say what to do, in en, ru and kk")


def _tokens(brand: Book) -> list[str]:
    return [*brand.get("tokens", ()), *brand.get("common", ())]


def _brand_lints(brand: Book, owners: Counter[str], tokens: Counter[str]) -> Iterator[Lint]:
    where, name = brand["where"], brand["id"]
    for domain in brand["domains"]:
        if owners[domain] > 1:
            what = f"{name}: {domain} is official for two brands"
            yield Lint(where, "shared-domain", what, "leave it to the brand that owns it")
        if domain in brand.get("unsure", ()):
            yield Lint(where, "sure-and-unsure", f"{name}: {domain} is official and unsure", "keep one")
    for token in brand.get("tokens", ()):
        if len(token) < _SHORT_TOKEN:
            what = f"{name}: the token {token!r} has under {_SHORT_TOKEN} letters"
            yield Lint(where, "short-token", what, "move it to common")
    for token in _tokens(brand):
        if tokens[token] > 1:
            what = f"{name}: the token {token!r} belongs to two brands"
            yield Lint(where, "shared-token", what, "leave it to the brand people mean")
