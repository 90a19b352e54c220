"""Combosquats: a brand's name with something put before or behind it.

`kaspi-bonus`, `mykaspi24`, `dividendykazatomprom`: the name stands whole, and what is left
of the label is split into known words. Which words those are decides what it means.
"""

from typing import TYPE_CHECKING, Final, NamedTuple

from urlguard.checks.knowledge import LURING

if TYPE_CHECKING:
    from urlguard.checks.facts import Facts
    from urlguard.checks.knowledge import Knowledge

_ENTICING: Final = LURING - {"delivery"}
"""What an ordinary firm under .kz rarely has in its name; deliveries it may have."""
_LUCRE: Final = frozenset({"money", "lure", "delivery"})
_STRONG: Final = LURING | {"work", "service"}
_INSIDE: Final = 8
"""Names this long do not stand inside other words by chance (kazatomprom, halykbank)."""
_SHORT: Final = 4
_SHORTEST_GLUED: Final = 6
_SHORTEST_LOCAL: Final = 3
"""Ordinary words and short names count glued to another word only from this length."""

Found = tuple[str, int, str, str]


class _Rest(NamedTuple):
    """What surrounds a token in its label."""

    classes: frozenset[str]
    """Classes of the words it splits into."""
    known: bool
    """Nothing but known words and digits."""
    apart: bool
    """The token is set apart by hyphens or the ends of the label."""
    letters: bool
    """Holds anything besides digits."""


def combo(facts: "Facts", label: str, depth: int) -> Found | None:
    """Return `(kind, brand, evidence, shown)` for the most telling brand name in a label."""
    know = facts.know
    text = label if label.isascii() else know.letters.latin(label)
    if facts.text != facts.link.host or depth < 0:
        hits = know.automaton.find_matches_as_indexes(text, overlapping=True)
        base = 0
    else:
        hits = facts.token_hits
        base = _start(facts, depth)
    spans = [(first - base, last - base) for number, first, last in hits if number < know.first_domain]
    if "-" in text:
        spans += _two_letters(text, know)
    found = _best(facts, text, spans, label)
    if found is None and label.count("-") > 1:
        joined = text.replace("-", "")
        hits = know.automaton.find_matches_as_indexes(joined, overlapping=True)
        spans = [(first, last) for number, first, last in hits if number < know.first_domain]
        found = _best(facts, joined, [span for span in spans if span[1] - span[0] >= _JOINED], label)
        if found is not None and found[0] not in _JOINED_KINDS:
            return None
    return found


def _two_letters(text: str, know: "Knowledge") -> list[tuple[int, int]]:
    """Find names of two letters (wb), which only count set apart by hyphens."""
    spans, at = [], 0
    for piece in text.split("-"):
        if len(piece) == 2 and piece in know.tokens:  # noqa: PLR2004  (the automaton knows the longer ones)
            spans.append((at, at + 2))
        at += len(piece) + 1
    return spans


def _best(facts: "Facts", text: str, spans: list[tuple[int, int]], label: str) -> Found | None:
    """Judge every token at its span in a text and return the most telling."""
    know = facts.know
    best: Found | None = None
    best_rank = 0
    for start, end in spans:
        if start < 0 or end > len(text) or (end - start == len(text) and text == label):
            continue
        token = text[start:end]
        brand, common = know.tokens[token]
        rest = _rest(facts, text, start, end, heard=not common)
        if common:
            kind = _common_kind(facts, rest, text, token, brand)
        else:
            kind = _kind(rest, end - start, foreign=know.foreign[brand])
            if kind == "word" and facts.suffix in know.local_suffixes:
                kind = "common"
        if kind is None:
            continue
        rank = _KINDS.index(kind) * 100 - len(token)
        if best is None or rank < best_rank:
            shown = _shown(text, start, end) if text == label else label
            best, best_rank = (kind, brand, label, shown), rank
    return best


_JOINED: Final = 6
"""Names broken by hyphens (`kaz-atomprom-kz`) are only put together again when they are this long."""
_JOINED_KINDS: Final = frozenset({"combo", "combo-plain", "transliteration"})
_KINDS: Final = (
    "combo", "combo-common", "combo-plain", "transliteration", "combo-home", "word", "inside", "common",
)  # fmt: skip


def _start(facts: "Facts", depth: int) -> int:
    """Return where a label stands in the host."""
    at = len(facts.labels) - facts.link.suffix_labels - 1 - depth
    return sum(len(before) + 1 for before in facts.labels[:at])


def _kind(rest: _Rest, length: int, *, foreign: bool) -> str | None:
    """Judge what surrounds a distinctive name."""
    if not rest.letters and rest.known and not rest.classes:
        return "transliteration"
    strong = not (LURING if foreign else _STRONG).isdisjoint(rest.classes)
    if strong and (rest.known or (rest.apart and length >= _SHORT)):
        return "combo"
    if length >= _SHORT and (rest.known or rest.apart):
        if "trade" in rest.classes:
            return "common"
        return "combo-plain" if rest.known else "word"
    return "inside" if length >= _INSIDE else None


def _common_kind(facts: "Facts", rest: _Rest, text: str, token: str, brand: int) -> str | None:
    """Judge what surrounds a name that is an ordinary word or very short."""
    know = facts.know
    local = know.local[brand]
    length = len(token)
    if not rest.known or not (rest.apart or length >= _shortest_glued(know, brand, rest)):
        return None
    if not LURING.isdisjoint(rest.classes) and "trade" not in rest.classes:
        everyday = _ENTICING.isdisjoint(rest.classes) and facts.suffix in know.local_suffixes
        return "combo-home" if everyday else "combo-common"
    if not local:
        return None
    if text in {f"{token}-kz", f"kz-{token}"} or (length > _SHORT and text in {f"{token}kz", f"kz{token}"}):
        return "word"
    return "common" if length > _SHORT and "trade" not in rest.classes else None


def _shortest_glued(know: "Knowledge", brand: int, rest: _Rest) -> int:
    """Return how long an ordinary word must be to count when it is glued to another."""
    if know.local[brand]:
        return _SHORTEST_LOCAL
    if know.foreign[brand] or rest.classes.isdisjoint(_LUCRE):
        return _SHORTEST_GLUED
    return _SHORTEST_LOCAL if rest.classes <= _LUCRE else _SHORT


def _rest(facts: "Facts", text: str, start: int, end: int, *, heard: bool) -> _Rest:
    know = facts.know
    left, right = text[:start], text[end:]
    apart = not left.endswith(tuple(_LETTERS)) and not right.startswith(tuple(_LETTERS))
    found: set[str] = set()
    known = True
    for piece in (*left.split("-"), *right.split("-")):
        classes = know.segments(piece, heard=heard)
        if classes is None:
            known = False
        else:
            found.update(classes)
    letters = any(char.isalpha() for char in left + right)
    return _Rest(frozenset(found), known, apart, letters)


_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz0123456789"


def _shown(text: str, start: int, end: int) -> str:
    return f"{text[:start]}‹{text[start:end]}›{text[end:]}"
