"""Combosquats: a brand's name with something put before or behind it.

`kaspi-bonus`, `mykaspi24`, `dividendykazatomprom`: the name stands whole, and what is left
of the label is split into known words. Which words those are decides what it means.
"""

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from urlguard.checks.facts import Facts

_STRONG: Final = frozenset({"money", "access", "delivery", "state", "lure", "work"})
_INSIDE: Final = 8
"""Names this long do not stand inside other words by chance (kazatomprom, halykbank)."""
_SHORT: Final = 4
_SHORTEST_GLUED: Final = 6
_SHORTEST_LOCAL: Final = 3
"""Ordinary words and short names count glued to another word only from this length."""

Found = tuple[str, int, str, str]


class _Rest(NamedTuple):
    """What surrounds a token in its label."""

    strong: bool
    """Holds a word of money, access, delivery, state, lure or work."""
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
    best: Found | None = None
    best_rank = len(_KINDS)
    for number, first, last in hits:
        start, end = first - base, last - base
        if number >= know.first_domain or start < 0 or end > len(text):
            continue
        token = text[start:end]
        brand, common = know.tokens[token]
        local = know.local[brand]
        kind = _kind(facts, text, start, end, common=bool(common), local=local)
        if kind is None:
            continue
        rank = _KINDS.index(kind) * 100 - len(token)
        if best is None or rank < best_rank:
            shown = _shown(text, start, end) if text == label else label
            best, best_rank = (kind, brand, label, shown), rank
    return best


_KINDS: Final = ("combo", "combo-common", "combo-plain", "transliteration", "word", "inside")


def _start(facts: "Facts", depth: int) -> int:
    """Return where a label stands in the host."""
    at = len(facts.labels) - facts.link.suffix_labels - 1 - depth
    return sum(len(before) + 1 for before in facts.labels[:at])


def _kind(  # noqa: PLR0911  (a short table of cases)
    facts: "Facts", text: str, start: int, end: int, *, common: bool, local: bool
) -> str | None:
    rest = _rest(facts, text, start, end)
    length = end - start
    if not rest.letters and start == 0 and end == len(text):
        return None if common else "transliteration"
    if common:
        if local and rest.apart and text in {text[start:end] + "-kz", "kz-" + text[start:end]}:
            return "word"
        if local and length > _SHORT and text in {text[start:end] + "kz", "kz" + text[start:end]}:
            return "word"
        enough = rest.apart or length >= (_SHORTEST_LOCAL if local else _SHORTEST_GLUED)
        return "combo-common" if rest.strong and rest.known and enough else None
    if rest.strong and (rest.known or (rest.apart and length >= _SHORT)):
        return "combo"
    if rest.known and (length >= _SHORT):
        return "combo-plain"
    if rest.apart and length >= _SHORT:
        return "word"
    return "inside" if length >= _INSIDE else None


def _rest(facts: "Facts", text: str, start: int, end: int) -> _Rest:
    know = facts.know
    left, right = text[:start], text[end:]
    apart = not left.endswith(tuple(_LETTERS)) and not right.startswith(tuple(_LETTERS))
    strong = False
    known = True
    for piece in (*left.split("-"), *right.split("-")):
        classes = know.segments(piece)
        if classes is None:
            known = False
        elif not _STRONG.isdisjoint(classes):
            strong = True
    letters = any(char.isalpha() for char in left + right)
    return _Rest(strong, known, apart, letters)


_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz0123456789"


def _shown(text: str, start: int, end: int) -> str:
    return f"{text[:start]}‹{text[start:end]}›{text[end:]}"
