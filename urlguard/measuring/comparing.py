"""Two sets of rules against each other: what differs in the rules, and what that does to labelled rows."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from urlguard.errors import UsageError
from urlguard.measuring.counting import Measures, judged, level_of
from urlguard.measuring.labelled import Labelled
from urlguard.model import Verdict
from urlguard.packs.book import Book, compile_book
from urlguard.packs.sections import read_sections
from urlguard.packs.where import shipped_rules

POLICY: Final = "policy.yaml"
"""A folder that holds it is a whole set of rules and takes the place of the shipped ones."""
_SPOKEN: Final = frozenset({"where", "title", "reason", "advice", "examples", "claims"})
"""What a rule says to people, and its examples: no verdict depends on it."""
_KINDS: Final = {"rule": "rules", "brand": "brands", "terms": "terms"}
"""What is compared one by one, and the section that holds it."""
_NO_KNOWLEDGE: Final = frozenset({*_KINDS.values(), "interface", "registry", "schemes"})
"""Sections that are compared one by one, or judge nothing here."""
_MOST_TERMS: Final = 20
"""Terms that are named of those added to a list, or removed from it."""

Sections = Mapping[str, Any]
"""What `urlguard.packs.sections.read_sections` returns."""


def folders_of(packs: Sequence[Path]) -> list[Path]:
    """Return the folders of a set of rules: packs over the shipped ones, or over the whole set among them.

    Raises `UsageError` when there are two whole sets.
    """
    whole = [pack for pack in packs if (pack / POLICY).is_file()]
    if len(whole) > 1:
        names = " and ".join(map(str, whole))
        raise UsageError(f"{names} are both whole sets of rules: name one, and packs to lay over it")
    return [*(whole or [shipped_rules()]), *[pack for pack in packs if pack not in whole]]


def book_of(folders: Sequence[Path]) -> Book:
    """Return the full book of folders; texts of the interface that they lack are those of this program.

    Raises `UsageError` when a folder is missing, and `PackErrors`.
    """
    book = compile_book(folders)
    if shipped_rules() not in folders:
        book["interface"] = {**read_sections([shipped_rules()])["interface"], **book["interface"]}
    return book


class Difference(NamedTuple):
    """A rule, or a part of what rules know, that is another one in the other book."""

    kind: str
    """`rule`, `brand`, `terms` or `section`."""
    name: str
    """Its id or name."""
    change: str
    """`added`, `removed` or `changed`."""
    details: tuple[str, ...] = ()
    """What changed in it: `points: 10 -> 20`, `terms.ask: +prize -bonus`."""

    def to_dict(self) -> dict[str, Any]:
        """Return the public JSON shape."""
        return {"kind": self.kind, "name": self.name, "change": self.change, "details": list(self.details)}


def differences(before: Sections, after: Sections) -> Iterator[Difference]:
    """Yield what differs in two sets of rules: rules, brands and sets of terms, then other sections."""
    for kind, section in _KINDS.items():
        yield from _compared(kind, *[_by_name(sections[section]) for sections in (before, after)])
    known = sorted({*before, *after} - _NO_KNOWLEDGE)
    yield from _compared(
        "section", *[{name: sections[name] for name in known} for sections in (before, after)]
    )


def _by_name(rows: Any) -> Mapping[str, Any]:  # noqa: ANN401  (rows with an id, or a table)
    if isinstance(rows, dict):
        return rows
    return {row["id"]: {key: row[key] for key in row.keys() - _SPOKEN} for row in rows}


def _compared(kind: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    for name in sorted({*before, *after}):
        if name not in before or name not in after:
            old, new = (book.get(name, {}) for book in (before, after))
            points = (old or new).get("points") if kind == "rule" else None
            said = () if points is None else (f"points: {points}",)
            yield Difference(kind, name, "added" if name in after else "removed", said)
            continue
        details = tuple(_details(_leaves(before[name]), _leaves(after[name])))
        if details:
            yield Difference(kind, name, "changed", details)


def _leaves(value: Any, path: str = "") -> dict[str, Any]:  # noqa: ANN401  (JSON is any value)
    """Return the values inside a value by their paths; lists of plain values are one, rows go by their id."""
    rows: list[tuple[str, Any]]
    if isinstance(value, dict):
        rows = [(str(key), inner) for key, inner in value.items() if key != "where"]
    elif isinstance(value, list) and any(isinstance(item, dict | list) for item in value):
        rows = [(_name(item, at), item) for at, item in enumerate(value)]
    else:
        return {path: value}
    found: dict[str, Any] = {}
    for key, inner in rows:
        found |= _leaves(inner, f"{path}.{key}" if path else key)
    return found


def _name(item: Any, at: int) -> str:  # noqa: ANN401  (JSON is any value)
    """Return what a row of a list is called: nobody knows it by its number."""
    names = ("id", "suffix", "host") if isinstance(item, dict) else ()
    return next((str(item[name]) for name in names if name in item), str(at))


def _details(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    for path in sorted({*before, *after}):
        old, new = before.get(path), after.get(path)
        if old == new:
            continue
        if isinstance(old or new, list) and isinstance(old or [], list) and isinstance(new or [], list):
            change = _terms(old or [], new or [])
        else:
            change = f"{_written(old)} -> {_written(new)}"
        yield f"{path}: {change}" if path else change


def _terms(old: list[Any], new: list[Any]) -> str:
    """Return what was added to a list and removed from it."""
    came, went = Counter(map(str, new)), Counter(map(str, old))
    changes = [f"+{term}" for term in came - went] + [f"-{term}" for term in went - came]
    more = len(changes) - _MOST_TERMS
    return " ".join(changes[:_MOST_TERMS]) + (f" … {more}" if more > 0 else "") or "in another order"


def _written(value: object) -> str:
    if value is None or isinstance(value, str):
        return value or "none"
    return json.dumps(value, ensure_ascii=False)


class Shift(NamedTuple):
    """A row whose level is another one with the other rules."""

    row: Labelled
    bad: bool
    before: Verdict
    after: Verdict

    def to_dict(self) -> dict[str, Any]:
        """Return the public JSON shape."""
        return {
            "file": self.row.file,
            "line": self.row.line,
            "label": self.row.label,
            "bad": self.bad,
            "before": judged(self.before),
            "after": judged(self.after),
            "text": self.row.text,
        }


class Comparison:
    """Counts what two books make of the same rows."""

    def __init__(self, before: Book, after: Book) -> None:
        """Begin with nothing counted."""
        self.before = Measures(before)
        self.after = Measures(after)
        self.shifted: Counter[tuple[bool, bool]] = Counter()
        """Rows whose level changed: whether they are bad, and whether the level rose."""

    def add(self, row: Labelled, before: Verdict, after: Verdict, *, bad: bool) -> Shift | None:
        """Count one row; return it when its level changed."""
        self.before.add(row, before, bad=bad)
        self.after.add(row, after, bad=bad)
        if level_of(before) == level_of(after):
            return None
        self.shifted[bad, level_of(after) > level_of(before)] += 1
        return Shift(row, bad, before, after)

    def rules(self) -> Iterator[dict[str, Any]]:
        """Yield each rule that fires on other numbers of rows, in the public JSON shape."""
        old, new = ({row["rule"]: row for row in side.rules()} for side in (self.before, self.after))
        for rule in sorted({*old, *new}):
            counts = {
                name: [side.get(rule, {}).get(name, 0) for side in (old, new)] for name in ("bad", "honest")
            }
            if any(first != second for first, second in counts.values()):
                yield {"rule": rule, **counts}
