"""What rules do on labelled rows, counted."""

from functools import cache
from pathlib import Path

import pytest
from checks.tables import book, full_guard
from hypothesis import given
from hypothesis import strategies as st
from measuring.rows import BOOK, RULES, read, row, verdict

from urlguard.guard import Guard
from urlguard.measuring.counting import MOST_VALUES, OTHERS, Labels, Measures, Totals, Without
from urlguard.measuring.labelled import Labelled
from urlguard.model import Level, Problem, Verdict
from urlguard.proving import unfolded

EXAMPLES = Path(__file__).parents[2] / "examples" / "labelled.tsv"
UNJUDGED = Verdict("x", "text", None, 0, None, None, (), (), error=Problem("no_link", ""))
fired = st.lists(st.sampled_from(sorted(RULES)), unique=True)


@cache
def labelled_examples() -> list[Labelled]:
    return [found for found in read(EXAMPLES.read_bytes()) if isinstance(found, Labelled)]


def test_labels_are_bad_or_honest() -> None:
    labels = Labels(["scam", " Phish "])
    told = {label: labels.is_bad(label) for label in ("SCAM", "phish", "ok", "", "0")}
    assert told == {"SCAM": True, "phish": True, "ok": False, "": False, "0": False}
    assert dict(labels.seen[True]) == {"SCAM": 1, "phish": 1}


def test_labels_without_end_are_counted_together() -> None:
    labels = Labels([])
    for number in range(MOST_VALUES + 5):
        labels.is_bad(f"label {number}")
    assert len(labels.seen[False]) == MOST_VALUES + 1
    assert labels.seen[False][OTHERS] == 5


def test_totals() -> None:
    totals = Totals()
    for found, bad in (
        (verdict("big"), True),
        (verdict("big", "side"), True),
        (verdict(), True),
        (UNJUDGED, True),
        (verdict("floored"), False),
        (verdict("small"), False),
    ):
        totals.add(found, bad=bad)
    assert totals.to_dict() == {
        "rows": 6,
        "unjudged": 1,
        "bad": 4,
        "bad_suspicious": 2,
        "bad_suspicious_share": 0.5,
        "bad_dangerous": 1,
        "bad_dangerous_share": 0.25,
        "honest": 2,
        "honest_suspicious": 1,
        "honest_suspicious_share": 0.5,
        "honest_dangerous": 0,
        "honest_dangerous_share": 0.0,
    }
    assert Totals().to_dict()["bad_dangerous_share"] is None


def test_rules_in_the_order_of_what_they_catch() -> None:
    counted = Measures(BOOK)
    counted.add(row(), verdict("big", "small"), bad=True)
    counted.add(row(), verdict("big", "side"), bad=True)
    counted.add(row(), verdict("small"), bad=False)
    rows = list(counted.rules())
    assert [found["rule"] for found in rows] == ["big", "side", "small"]
    assert [found["rule"] for found in counted.rules(silent=True)][-1] == "warning"
    assert rows[0] == {
        "rule": "big",
        "group": "one",
        "points": 60,
        "bad": 2,
        "bad_alone": 2,
        "honest": 0,
        "honest_alone": 0,
        "precision": 1.0,
        "recall": 1.0,
        "share": 0.666667,
    }
    assert (rows[2]["precision"], rows[2]["recall"], rows[2]["share"]) == (0.5, 0.5, 0.666667)
    assert {found["rule"] for found in counted.rules(silent=True)} == set(RULES)


@pytest.mark.parametrize(
    ("rules", "alone"),
    [
        pytest.param(("big",), {"big"}, id="the only one"),
        pytest.param(("big", "small"), {"big"}, id="the limit of the group hides the small one"),
        pytest.param(("big", "side"), {"big", "side"}, id="both are needed"),
        pytest.param(("small", "side"), {"small", "side"}, id="suspicious only together"),
        pytest.param(("floored", "side"), {"floored"}, id="a floor"),
        pytest.param(("big", "floored"), set[str](), id="a floor beside enough points"),
        pytest.param(("small",), set[str](), id="clear anyway"),
        pytest.param(("big", "warning"), {"warning"}, id="what speaks against it"),
    ],
)
def test_alone_is_what_changes_the_level(rules: tuple[str, ...], alone: set[str]) -> None:
    for bad in (True, False):
        counted = Measures(BOOK)
        counted.add(row(), verdict(*rules), bad=bad)
        side = "bad" if bad else "honest"
        assert {found["rule"] for found in counted.rules() if found[f"{side}_alone"]} == alone
        assert {found["rule"] for found in counted.rules() if found[side]} == set(rules)


@given(st.lists(st.tuples(fired, st.booleans())))
def test_counts_add_up(rows: list[tuple[list[str], bool]]) -> None:
    counted = Measures(BOOK, ["lang"])
    for at, (rules, bad) in enumerate(rows):
        found = verdict(*rules)
        miss = counted.add(row(lang=str(at % 3)), found, bad=bad)
        assert (miss is not None) == ((found.level == Level.CLEAR) == bad)
    total = counted.totals.to_dict()
    parts = [part.to_dict() for part in counted.by["lang"].values()]
    for name in ("rows", "bad", "honest_suspicious", "bad_dangerous"):
        assert total[name] == sum(part[name] for part in parts)
    for rule in counted.rules():
        assert rule["bad_alone"] <= rule["bad"] <= total["bad"]
        assert rule["honest_alone"] <= rule["honest"] <= total["honest"]


def test_values_without_end_are_counted_together() -> None:
    counted = Measures(BOOK, ["id"])
    for number in range(MOST_VALUES + 5):
        counted.add(row(id=str(number)), verdict(), bad=True)
    assert len(counted.by["id"]) == MOST_VALUES + 1
    assert counted.by["id"][OTHERS].bad == 5


def test_the_arithmetic_is_that_of_the_verdict() -> None:
    arithmetic = Without(book())
    guard = full_guard()
    judged = [guard.check(found.text) for found in labelled_examples()]
    judged += [guard.check(unfolded(rule["examples"]["hit"][0])) for rule in book()["rules"]]
    judged = [found for found in judged if found.level is not None]
    assert any(len(found.signals) > 2 for found in judged)
    assert [found.input for found in judged if arithmetic.level(found, "") != found.level] == []


@pytest.mark.parametrize("rule", ["lookalike-combo", "link-suffix-abused", "link-apk"])
def test_alone_is_what_switching_off_would_do(rule: str) -> None:
    rest = [found for found in book()["rules"] if found["id"] != rule]
    arithmetic, without = Without(book()), Guard(book={**book(), "rules": rest})
    judged = [full_guard().check(found.text) for found in labelled_examples()]
    judged = [found for found in judged if rule in {signal.rule for signal in found.signals}]
    assert judged
    assert [arithmetic.level(found, rule) for found in judged] == [
        without.check(found.input).level for found in judged
    ]


def test_the_examples_are_even_and_told_apart() -> None:
    """The rows under `examples/` are few and easy: a rule that hurts one of them hurts many."""
    labels, counted = Labels(), Measures(book())
    for found in labelled_examples():
        counted.add(found, full_guard().check(found.text), bad=labels.is_bad(found.label))
    total = counted.totals
    assert abs(total.bad - total.honest) <= 2
    assert total.honest_suspicious == 0
    assert total.bad_suspicious >= total.bad * 0.8
