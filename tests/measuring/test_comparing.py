"""Two sets of rules against each other."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from measuring.rows import BOOK, row, verdict

from urlguard.errors import PackError, UsageError
from urlguard.measuring.comparing import Comparison, book_of, differences, folders_of
from urlguard.packs.where import shipped_rules

EMPTY: dict[str, Any] = {"rules": [], "brands": [], "terms": {}, "words": {}, "policy": {}}
RULE = {"id": "a", "points": 10, "where": "x:1", "reason": {"en": "Why"}, "when": ["one | two"]}


def told(before: dict[str, Any], after: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [tuple(found) for found in differences({**EMPTY, **before}, {**EMPTY, **after})]


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        pytest.param({}, {"rules": [RULE]}, ("rule", "a", "added", ("points: 10",)), id="added"),
        pytest.param({"rules": [RULE]}, {}, ("rule", "a", "removed", ("points: 10",)), id="removed"),
        pytest.param(
            {"rules": [RULE]},
            {"rules": [{**RULE, "points": -5, "floor": "suspicious"}]},
            ("rule", "a", "changed", ("floor: none -> suspicious", "points: 10 -> -5")),
            id="points",
        ),
        pytest.param(
            {"rules": [RULE]},
            {"rules": [{**RULE, "when": ["one"]}]},
            ("rule", "a", "changed", ("when: +one -one | two",)),
            id="conditions",
        ),
        pytest.param(
            {"terms": {"loan": {"ru": ["кредит", "заём"], "kk": ["несие"]}}},
            {"terms": {"loan": {"ru": ["кредит", "ссуд"], "kk": ["несие"]}}},
            ("terms", "loan", "changed", ("ru: +ссуд -заём",)),
            id="terms",
        ),
        pytest.param(
            {"brands": [{"id": "b", "domains": ["b.kz"]}]},
            {"brands": [{"id": "b", "domains": ["b.kz", "b.com"]}]},
            ("brand", "b", "changed", ("domains: +b.com",)),
            id="brand",
        ),
        pytest.param(
            {"policy": {"levels": {"dangerous": 70}}},
            {"policy": {"levels": {"dangerous": 60}}},
            ("section", "policy", "changed", ("levels.dangerous: 70 -> 60",)),
            id="policy",
        ),
        pytest.param(
            {"words": {"w": ["a", "b"]}},
            {"words": {"w": ["b", "a"]}},
            ("section", "words", "changed", ("w: in another order",)),
            id="order",
        ),
        pytest.param(
            {"hosting": [{"host": "h.com", "kind": "page"}]},
            {"hosting": [{"host": "g.com", "kind": "form"}, {"host": "h.com", "kind": "page"}]},
            ("section", "hosting", "changed", ("g.com.host: none -> g.com", "g.com.kind: none -> form")),
            id="rows go by their name",
        ),
    ],
)
def test_what_differs(before: dict[str, Any], after: dict[str, Any], found: tuple[Any, ...]) -> None:
    both = [{"hosting": []} | side for side in (before, after)]
    assert told(*both) == [found]


def test_what_people_read_is_no_difference() -> None:
    other = {**RULE, "where": "y:9", "reason": {"en": "Because"}, "examples": {}}
    assert told({"rules": [RULE]}, {"rules": [other]}) == []


def test_many_terms_are_cut() -> None:
    (found,) = told({"words": {"w": []}}, {"words": {"w": [f"t{n}" for n in range(50)]}})
    assert found[3][0].endswith(" +t19 … 30")


def test_rows_whose_level_changed() -> None:
    compared = Comparison(BOOK, BOOK)
    steps = [
        (("small",), ("big",), True),
        (("big",), ("big", "side"), False),
        (("big",), (), True),
        (("big",), ("big", "small"), True),
    ]
    shifts = [
        compared.add(row(line), verdict(*old), verdict(*new), bad=bad)
        for line, (old, new, bad) in enumerate(steps, 2)
    ]
    assert [shift.row.line for shift in shifts if shift is not None] == [2, 3, 4]
    assert compared.shifted == {(True, True): 1, (False, True): 1, (True, False): 1}
    assert list(compared.rules()) == [{"rule": "side", "bad": [0, 0], "honest": [0, 1]}]
    assert compared.before.totals.bad_suspicious == 2
    assert shifts[0] is not None
    assert shifts[0].to_dict()["after"] == {"level": "suspicious", "score": 60, "rules": ["big"]}


@pytest.fixture
def whole(tmp_path: Path) -> Callable[[str], Path]:
    """Copy the shipped rules without the texts of the interface."""

    def copies(name: str) -> Path:
        folder = tmp_path / name
        shutil.copytree(
            shipped_rules(), folder, ignore=shutil.ignore_patterns("interface*.yaml", "README.md")
        )
        return folder

    return copies


def test_a_whole_set_takes_the_place_of_the_shipped_one(whole: Callable[[str], Path], tmp_path: Path) -> None:
    old, own = whole("old"), tmp_path / "own.yaml"
    own.write_text("ordinary: [saryarqa]\n")
    assert folders_of([own, old]) == [old, own]
    assert folders_of([own]) == [shipped_rules(), own]
    assert folders_of([]) == [shipped_rules()]
    (old / "links" / "shorteners.yaml").write_text("shorteners: [s.example]\n")
    book = book_of([old, own])
    assert book["shorteners"] == ["s.example"]
    assert "saryarqa" in book["ordinary"]
    assert "level_clear" in book["interface"]


def test_two_whole_sets_are_refused(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "policy.yaml").write_text("policy: {}\n")
    with pytest.raises(UsageError, match="both whole sets"):
        folders_of([tmp_path / "one", tmp_path / "two"])


def test_a_policy_alone_is_no_set(tmp_path: Path) -> None:
    shutil.copy(shipped_rules() / "policy.yaml", tmp_path)
    with pytest.raises(PackError, match="missing"):
        book_of(folders_of([tmp_path]))
