"""Labelled rows and verdicts made by hand, and a book that is just large enough to count them by."""

import io
from typing import Any, Final

from urlguard.measuring.labelled import Columns, Labelled, Unread, labelled
from urlguard.model import Level, Signal, Verdict
from urlguard.policy import Policy, total
from urlguard.tables.source import Source

CAPS: Final = {"one": 60, "other": 30}
BOOK: Final[dict[str, Any]] = {
    "policy": {
        "version": "1",
        "levels": {"suspicious": 40, "dangerous": 70},
        "caps": CAPS,
        "official_silences": [],
        "counter_offsets": ["one"],
        "agreement": {"signals": 1, "ask": 40},
    },
    "rules": [
        {"id": "big", "group": "one", "points": 60},
        {"id": "small", "group": "one", "points": 15},
        {"id": "side", "group": "other", "points": 30},
        {"id": "floored", "group": "other", "points": 5, "floor": "suspicious"},
        {"id": "warning", "group": "one", "points": -40},
    ],
}
RULES: Final = {rule["id"]: rule for rule in BOOK["rules"]}


def verdict(*fired: str) -> Verdict:
    """Return what the book says when these rules fire."""
    rules = sorted((RULES[name] for name in fired), key=lambda rule: -abs(rule["points"]))
    policy = Policy(BOOK["policy"])
    points = policy.share([(rule["group"], rule["points"]) for rule in rules])
    floors = [Level[rule.get("floor", "clear").upper()] for rule in rules]
    level = max([policy.level(total(points)), *floors])
    signals = tuple(
        Signal(rule["id"], rule["group"], added, rule["points"], "", "", "", None, None)
        for rule, added in zip(rules, points, strict=True)
    )
    return Verdict("x", "text", level, total(points), None, None, signals, ())


def row(line: int = 2, label: str = "scam", text: str = "x", **cells: str) -> Labelled:
    return Labelled("rows.tsv", line, text, label, cells)


def read(data: str | bytes, columns: Columns | None = None) -> list[Labelled | Unread]:
    """Read labelled rows as from a file called `rows`."""
    stream = io.BytesIO(data.encode() if isinstance(data, str) else data)
    return list(labelled(Source(stream, "rows"), columns or Columns()))


def texts(data: str | bytes, columns: Columns | None = None) -> list[tuple[str, str]]:
    """Return label and text of each row, or `!` and what is wrong with it."""
    return [
        ("!", f"{found.place}: {found.reason}") if isinstance(found, Unread) else (found.label, found.text)
        for found in read(data, columns)
    ]
