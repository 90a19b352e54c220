"""Measured rules on screens of every width."""

from collections.abc import Iterator
from typing import Any

import pytest
from checks.tables import full_guard
from hypothesis import given
from hypothesis import strategies as st
from measuring.rows import BOOK, row, verdict

from urlguard.measuring.counting import Measures
from urlguard.model import Verdict
from urlguard.reports import measures
from urlguard.reports.screen import width
from urlguard.reports.wording import Wording

GUARD = full_guard()
TEXTS = GUARD.book_texts()
WORDS = Wording(TEXTS, {})
HOSTILE = "a\x1b[31m\u202e 🙂 " * 30


def counted() -> Measures:
    found = Measures(BOOK, ["lang"])
    found.add(row(lang="kk"), verdict("big", "side"), bad=True)
    found.add(row(lang=HOSTILE), verdict("big"), bad=False)
    found.add(row(lang=""), verdict(), bad=False)
    return found


def everything(columns: int | None, verdicts: tuple[Verdict, Verdict]) -> Iterator[str]:
    """Yield all that can stand in a report."""
    found = counted()
    total = found.totals.to_dict()
    place = f"{HOSTILE}.tsv:1234"
    yield from measures.totals(TEXTS, {**total, "unjudged": 3}, columns)
    yield from measures.values(
        TEXTS, "lang", {k: v.to_dict() for k, v in found.by["lang"].items()}, columns, 9
    )
    yield from measures.rules(TEXTS, list(found.rules()), columns)
    yield from measures.heading(TEXTS["measure_hurt"], columns)
    yield from measures.missed(WORDS, place, HOSTILE[:20], verdicts[1], columns)
    yield from measures.shifted(WORDS, place, HOSTILE[:20], verdicts, columns)
    changes: list[dict[str, Any]] = [
        {"kind": "rule", "name": "a", "change": "added", "details": ["points: 10"]},
        {"kind": "terms", "name": HOSTILE, "change": "changed", "details": [HOSTILE] * 40},
    ]
    yield from measures.differing(TEXTS, changes, columns)
    yield from measures.moved(TEXTS, [{"rule": "a", "bad": [1, 2], "honest": [3, 3]}], columns)
    yield from measures.both(TEXTS, total, total, columns)


@pytest.mark.parametrize("columns", [40, 52, 80, 120, None])
def test_everything_fits_and_moves_no_cursor(columns: int | None) -> None:
    links = (
        GUARD.check("https://kaspi-bonus.top/login " + HOSTILE),
        GUARD.check("https://kaspi-bonus.top/login"),
    )
    lines = list(everything(columns, links))
    assert [line for line in lines if columns is not None and width(line) > columns] == []
    assert all(line.isprintable() for line in "".join(lines).split("\n"))
    assert "kaspi-bonus.top" not in "".join(lines)


@given(st.integers(20, 200), st.text(max_size=40), st.integers(0, 10**7))
def test_the_table_of_rules_fits(columns: int, name: str, count: int) -> None:
    counts = dict.fromkeys(("bad", "bad_alone", "honest", "honest_alone"), count)
    rows = [{"rule": name, "points": -100, "precision": 1, "recall": 0.5, "share": 0.004, **counts}]
    assert [line for line in measures.rules(TEXTS, rows, columns) if width(line) > columns] == []


def test_narrow_screens_lose_columns_before_names() -> None:
    rows = [{**found, "rule": "a-rule-with-a-name-of-thirty-two"} for found in counted().rules()]
    wide, narrow = (next(iter(measures.rules(TEXTS, rows, columns))) for columns in (100, 60))
    assert wide.split() == ["rule", "pts", "bad", "alone", "honest", "alone", "prec.", "recall", "share"]
    assert narrow.split() == ["rule", "pts", "bad", "honest", "prec."]
    assert "a-rule-with-a-name-of-thirty-two" in list(measures.rules(TEXTS, rows, 60))[1]


def test_of_a_long_place_the_line_is_kept() -> None:
    head = next(measures.missed(WORDS, f"{'folder/' * 30}rows.tsv:1234", "scam", verdict("small"), 50))
    assert head.startswith("  scam: weak signs 15  …")
    assert head.endswith("rows.tsv:1234")


def test_values_with_most_bad_rows_come_first() -> None:
    rows = {name: found.to_dict() for name, found in counted().by["lang"].items()}
    lines = list(measures.values(TEXTS, "lang", rows, None, 2))
    assert lines[1].split() == ["kk", "1", "100%", "100%", "0", "–", "–"]
    assert lines[2].startswith("(empty) ")
    assert lines[3:] == ["  and 1 more (--limit)"]


@pytest.mark.parametrize(
    ("share", "told"),
    [(None, "–"), (0, "0.0%"), (0.0004, "0.04%"), (0.5, "50.0%"), (0.99999, "99.9%"), (1, "100%")],
)
def test_shares(share: float | None, told: str) -> None:
    assert measures.percent(share) == told
