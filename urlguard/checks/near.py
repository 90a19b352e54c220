"""Names that look, sound or are typed almost like a brand's name.

Candidates come from the coarse index (`urlguard.packs.index`); each is verified exactly,
and guards keep honest neighbours out: ordinary words, other first letters, short names.
"""

from typing import TYPE_CHECKING, Final

from urlguard.checks.edits import Edit, marked, one_edit
from urlguard.checks.knowledge import LURING, NAME

if TYPE_CHECKING:
    from urlguard.checks.facts import Facts

Found = tuple[str, int, str, str]

_SHORTEST: Final = 3
_TYPO: Final = 5
_LONG: Final = 7
_VERY_LONG: Final = 9
_INFLECTIONS: Final = "amy"
"""Letters that end an inflected ordinary word (otbasym, zamana): no slip of the finger."""
_STRETCH: Final = 3
"""Letters by which two spellings of one name may differ in length (`zh` for `j`, doubled ones)."""
_KINDS: Final = ("homoglyph", "typo-combo", "typo", "transliteration", "keyboard", "typo-far", "typo-weak")


def near(facts: "Facts", label: str, depth: int) -> Found | None:
    """Return `(kind, brand, evidence, shown)` for the name a label comes closest to."""
    know = facts.know
    strange = facts.suffix in know.local_suffixes or not label.isascii()
    pieces = [label]
    lured = False
    if "-" in label:
        parts = label.split("-")
        pieces = [label.replace("-", ""), *parts]
        lured = any(know.words.get(part) in LURING for part in parts)
    if facts.word_spans:
        core, luring = without_words(facts, label)
        if core and core not in pieces:
            pieces.append(core)
            lured = lured or luring
    best: Found | None = None
    for number, piece in enumerate(pieces):
        size = len(piece)
        if piece in know.tokens:
            found = _hyphenated(facts, label, piece, depth) if piece is not label and not number else None
        elif (
            size > know.longest
            or size < (_SHORTEST if strange or not piece.isalpha() else _TYPO)
            or piece in know.ordinary or (number and piece in know.words)
        ):
            continue
        elif know.may_be_near(piece, home=strange or not piece.isalpha()):
            found = _closest(facts, piece, label, whole=number == 0, lured=lured and number > 0, depth=depth)
        else:
            continue
        if found and (best is None or _KINDS.index(found[0]) < _KINDS.index(best[0])):
            best = found
    return best


def _hyphenated(facts: "Facts", label: str, token: str, depth: int) -> Found | None:
    """Judge a brand's name with hyphens put into it: `halyk-bank`, `e-gov`."""
    know = facts.know
    brand, common = know.tokens[token]
    if common or know.foreign[brand]:
        return None
    home = depth == 0 and facts.suffix in know.homes[brand]
    return ("typo" if home else "transliteration"), brand, label, f"{label} ≠ {token}"


def without_words(facts: "Facts", label: str) -> tuple[str, bool]:
    """Return what a label is without a long known word at one end, and whether that word lures."""
    text = facts.text
    at = text.find(label)
    if at < 0:
        return "", False
    end = at + len(label)
    for start, stop in facts.word_spans:
        if (start == at and stop < end) or (stop == end and start > at):
            core = text[stop:end] if start == at else text[at:start]
            return core.strip("-"), facts.know.words[text[start:stop]] in LURING
    return "", False


def _closest(
    facts: "Facts", piece: str, label: str, *, whole: bool, lured: bool, depth: int
) -> Found | None:
    know = facts.know
    typed = know.typed.get(piece)
    if typed is not None and whole:
        return "keyboard", know.tokens[typed][0], label, f"‹{piece}› = {typed}"
    views = [piece]
    foreign: Found | None = None
    if know.letters.has_pairs(piece):
        views.append(know.letters.skeleton(piece))
    if not piece.isascii():
        views += [know.letters.look(piece), know.letters.latin(piece)]
    best: Found | None = None
    size = len(piece)
    home = facts.suffix in know.local_suffixes or not (piece.isascii() and piece.isalpha())
    for token in know.candidates(views, home=home):
        if token == piece or not -_STRETCH <= len(token) - size <= _STRETCH:
            continue
        found = _verify(facts, piece, token, whole=whole, lured=lured, depth=depth)
        if not found:
            continue
        brand = know.tokens[token][0]
        if know.foreign[brand]:
            foreign = foreign or (found[0], brand, label, found[1])
        elif best is None or _KINDS.index(found[0]) < _KINDS.index(best[0]):
            best = found[0], brand, label, found[1]
    return best or foreign


def _verify(  # noqa: PLR0911  (a table of cases)
    facts: "Facts", piece: str, token: str, *, whole: bool, lured: bool, depth: int
) -> tuple[str, str] | None:
    """Return the kind of likeness and the marked name, or None when it is chance."""
    know = facts.know
    letters = know.letters
    brand, common = know.tokens[token]
    foreign = know.foreign[brand]
    size = len(token)
    home = whole and depth == 0 and facts.suffix in know.homes[brand]
    plain = piece.isascii()
    digits = plain and not piece.isalpha() and token.isalpha()
    if not home and (common >= NAME or (plain and common and not (digits and lured))):
        return None
    if plain and foreign and size < _LONG:
        return None
    if letters.skeleton(piece) == know.skeletons[token] or letters.look(piece) == token:
        return _homoglyph(piece, token, common=bool(common), home=home)
    if not plain:
        if letters.latin(piece) == token:
            return None if common else ("transliteration", f"‹{piece}› = {token}")
        piece = letters.look(piece) if letters.look(piece).isascii() else letters.latin(piece)
    posing = digits and not foreign and size >= _TYPO and (lured or (whole and not common))
    lured = lured and not common and not foreign and size >= _TYPO
    alike = not foreign and (home if size < _LONG or common else whole) and (not common or size >= _LONG)
    if (alike or lured or posing) and letters.loose(piece) == know.looses[token]:
        return "homoglyph", _difference(piece, token)
    edit = one_edit(piece, token)
    if edit is None:
        return _sounds(facts, piece, token, common=bool(common), home=home)
    if lured and (edit.start or edit.kind == "transposition"):
        return "typo-combo", f"{marked(piece, edit.start, edit.end)} ≠ {token}"
    return _typo(piece, token, edit, common=common, home=home, whole=whole, depth=depth)


def _homoglyph(piece: str, token: str, *, common: bool, home: bool) -> tuple[str, str] | None:
    foreign = not piece.isascii()
    if len(token) < _SHORTEST + (not home) or (common and not foreign and not home):
        return None
    return "homoglyph", _difference(piece, token)


def _sounds(
    facts: "Facts", piece: str, token: str, *, common: bool, home: bool
) -> tuple[str, str] | None:
    letters = facts.know.letters
    size = len(token)
    if common or size < _TYPO:
        return None
    heard, meant = letters.sound(piece), facts.know.sounds[token]
    if heard == meant:
        kind = "transliteration" if home or size >= _LONG else "typo-far"
        return kind, f"‹{piece}› ≈ {token}"
    if size >= _VERY_LONG and one_edit(heard, meant):
        return ("transliteration" if home else "typo-far"), f"‹{piece}› ≈ {token}"
    return None


def _typo(
    piece: str, token: str, edit: Edit, *, common: int, home: bool, whole: bool, depth: int
) -> tuple[str, str] | None:
    size = len(token)
    first = edit.start == 0 and edit.kind != "transposition"
    digit = any(char.isdigit() for char in piece[edit.start : edit.end])
    inflected = edit == ("insertion", size, size + 1) and piece[-1] in _INFLECTIONS and piece[-2] != piece[-1]
    if home and not (common == 1 and inflected):
        kind = _typo_at_home(
            size, first=first, digit=digit, common=bool(common), shorter=edit.kind == "omission"
        )
    elif common or size < _TYPO:
        kind = None
    elif size >= _VERY_LONG:
        kind = "typo-far" if first else "typo"
    elif first or digit or (depth > 0 and size < _LONG):
        kind = "typo-weak" if size >= _LONG else None
    else:
        kind = "typo-far" if whole or size >= _LONG else None
    return (kind, f"{marked(piece, edit.start, edit.end)} ≠ {token}") if kind else None


def _typo_at_home(size: int, *, first: bool, digit: bool, common: bool, shorter: bool) -> str | None:
    """Judge one edit under the suffix where the brand is at home."""
    if size < _TYPO:
        return "typo-weak" if size == _TYPO - 1 and not common and not first and not shorter else None
    return "typo-weak" if first or digit or common else "typo"


def _difference(piece: str, token: str) -> str:
    """Mark every letter that is not the brand's, with code points of foreign ones."""
    shown, names = [], []
    if len(piece) != len(token):
        shown.append(f"‹{piece}›")
    else:
        for one, other in zip(piece, token, strict=True):
            shown.append(one if one == other else f"‹{one}›")
            if one != other and not one.isascii():
                names.append(f"{one} U+{ord(one):04X}")
    note = f" ({', '.join(dict.fromkeys(names))})" if names else ""
    return f"{''.join(shown)} ≠ {token}{note}"
