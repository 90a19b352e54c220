"""The shipped rules: each proves itself, says why in three languages, and fits the others."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from checks.tables import book, full_guard

import urlguard
from urlguard.checks.lookalike import ORDER
from urlguard.detecting import check_names
from urlguard.guard import LANGUAGES
from urlguard.model import Level
from urlguard.packs.book import WORDS
from urlguard.proving import lints, proved
from urlguard.registry.poison import CODES
from urlguard.reports.wording import LEVELS

RULES: list[dict[str, Any]] = book()["rules"]
BY_ID = {rule["id"]: rule for rule in RULES}
EACH_RULE = pytest.mark.parametrize("rule", RULES, ids=[rule["id"] for rule in RULES])


@EACH_RULE
def test_examples_of_a_rule_hold(rule: dict[str, Any]) -> None:
    count, failures = proved(full_guard(), frozenset({rule["id"]}))
    assert count >= 2, "a rule needs an example that fires and one that does not"
    assert not failures


def told(rule: dict[str, Any]) -> list[str]:
    """List what a rule says; what to do is said by its scheme when it has one, and by no counter-signal."""
    silent = "scheme" in rule or rule["points"] < 0
    return ["title", "reason", "advice"] if "advice" in rule or not silent else ["title", "reason"]


@EACH_RULE
def test_a_rule_speaks_three_languages(rule: dict[str, Any]) -> None:
    for key in told(rule):
        assert set(rule[key]) == set(LANGUAGES)
        assert all(text.strip() == text and text for text in rule[key].values())


@EACH_RULE
def test_a_rule_says_different_things_in_different_languages(rule: dict[str, Any]) -> None:
    for key in told(rule):
        assert len(set(rule[key].values())) == len(LANGUAGES), f"{key} is not translated"


@EACH_RULE
def test_reasons_name_the_same_fields_in_every_language(rule: dict[str, Any]) -> None:
    for key in told(rule)[1:]:
        fields = [[name for name in ("{brand}", "{real}") if name in text] for text in rule[key].values()]
        assert fields.count(fields[0]) == len(fields)


@EACH_RULE
def test_a_rule_has_a_limited_group_and_a_known_check(rule: dict[str, Any]) -> None:
    assert rule["points"] < 0 or rule["group"] in book()["policy"]["caps"]
    assert rule["check"] in {*check_names(), WORDS}


@EACH_RULE
def test_points_are_whole_numbers(rule: dict[str, Any]) -> None:
    assert type(rule["points"]) is int
    assert -100 <= rule["points"] <= 100


def test_no_rule_has_the_id_of_another() -> None:
    assert [name for name, count in Counter(rule["id"] for rule in RULES).items() if count > 1] == []


def test_no_two_rules_look_for_the_same() -> None:
    asked = [(*sorted(rule.get("options", {}).items()), *map(repr, rule.get("words", ()))) for rule in RULES]
    looked = Counter((rule["check"], repr(what)) for rule, what in zip(RULES, asked, strict=True))
    assert [what for what, count in looked.items() if count > 1] == []


def test_the_shipped_packs_raise_no_doubts() -> None:
    assert list(lints(book())) == []


def test_every_kind_of_imitation_has_one_rule() -> None:
    kinds = Counter(rule["options"]["kind"] for rule in RULES if rule["check"] == "lookalike")
    assert kinds == Counter(ORDER)


def test_every_check_is_used_by_a_rule() -> None:
    for_own_packs = {"host_mask", "path_mask"}
    assert {rule["check"] for rule in RULES} - {WORDS} | for_own_packs == set(check_names())


def test_no_rule_alone_is_dangerous_but_lookalikes_actions_and_records() -> None:
    policy = book()["policy"]
    dangerous = policy["levels"]["dangerous"]
    decisive = {"lookalike", "action", "registry"}
    assert {name for name, cap in policy["caps"].items() if cap >= dangerous} == decisive
    assert {rule["group"] for rule in RULES if rule["points"] >= dangerous} <= decisive


def test_what_was_not_read_whole_has_a_floor() -> None:
    unfinished = [rule for rule in RULES if rule["check"] in {"cut", "too_deep", "malformed"}]
    assert [rule["id"] for rule in unfinished if rule.get("floor") not in {"suspicious", "dangerous"}] == []


# The words of the interface


def sources() -> Iterator[ast.AST]:
    """Yield everything that stands in the sources."""
    for path in Path(urlguard.__file__).parent.rglob("*.py"):
        yield from ast.walk(ast.parse(path.read_text("utf-8")))


def used_texts() -> Iterator[str]:
    """Yield the names of texts that the sources look up literally: `texts["..."]`."""
    for node in sources():
        if isinstance(node, ast.Subscript):
            table = node.value
            name = table.attr if isinstance(table, ast.Attribute) else getattr(table, "id", "")
            key = node.slice
            for said in (key.body, key.orelse) if isinstance(key, ast.IfExp) else (key,):
                if name.strip("_") == "texts" and isinstance(said, ast.Constant):
                    yield str(said.value)


def prefixes() -> Iterator[str]:
    """Yield the beginnings of names that the sources put together: `texts[f"rec_state_{...}"]`."""
    for node in sources():
        if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            start = str(node.values[0].value)
            if start.endswith("_") and start.isidentifier():
                yield start


def built_texts() -> Iterator[str]:
    """Yield the names of texts that are put together from the names of levels and groups."""
    yield from (f"level_{name}" for name in LEVELS)
    yield from (f"advice_{level.label}" for level in Level)
    yield from (f"group_{name}" for name in book()["policy"]["caps"])
    yield from ("no_link", "bad_encoding", "too_long")
    entry = ("blocks", "warns", "history", "allows", "overruled", "stands", "unnamed")
    yield from (f"entry_{what}" for what in entry)
    yield from (f"poison_{code}" for code in CODES)


def test_every_text_that_is_printed_is_there_in_all_languages() -> None:
    wanted = {*used_texts(), *built_texts()}
    assert len(wanted) > len({*built_texts()}) + 5, "no uses of texts were found"
    texts = book()["interface"]
    assert sorted(wanted - texts.keys()) == []
    assert [name for name in wanted if set(texts[name]) != set(LANGUAGES)] == []


def test_no_text_is_there_that_nobody_prints() -> None:
    built = tuple(prefixes())
    unused = book()["interface"].keys() - {*used_texts(), *built_texts()}
    assert sorted(name for name in unused if not name.startswith(built)) == []
