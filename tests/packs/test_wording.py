"""Sets of terms: what is refused, with file and line and a mend, and how packs add to them."""

from pathlib import Path
from typing import Any

import pytest
from words.own_terms import finder, found, made, tables

from urlguard.errors import PackError, PackErrors
from urlguard.packs.sections import read_sections
from urlguard.packs.wording import TAGS, wording

FIRST = "terms:\n  code: {ru: [код]}\n"
"""A set in front, so that what is wrong stands on line 3."""


def compiled(folder: Path, *packs: str) -> dict[str, Any]:
    paths = [folder / f"{name}.yaml" for name in "abcd"[: len(packs)]]
    for path, text in zip(paths, packs, strict=True):
        path.write_text(text, "utf-8")
    return wording(read_sections(paths))


@pytest.mark.parametrize(
    ("terms", "what"),
    [
        pytest.param("{any: [cod]}", "no set of terms is called 'cod'", id="unknown set, any"),
        pytest.param("{all: [code, cod]}", "no set of terms is called 'cod'", id="unknown set, all"),
        pytest.param("{all: [code | cod]}", "no set of terms is called 'cod'", id="unknown set, or"),
        pytest.param("{all: [no cod]}", "no set of terms is called 'cod'", id="unknown set, denied"),
        pytest.param("{all: [code], unless: [cod]}", "no set of terms is called 'cod'", id="unless"),
        pytest.param("{any: ['@links']}", "no set of terms is called '@links'", id="unknown tag"),
        pytest.param("{all: ['code |']}", "no set of terms is called ''", id="nothing behind the bar"),
        pytest.param("{any: [no code]}", "'no code' in 'any' is no name of a set", id="a denial in any"),
        pytest.param("{any: [code | code]}", "'code | code' in 'any' is no name", id="a bar in any"),
        pytest.param("{any: [own]}", "the set stands on itself: own > own", id="a circle of one"),
        pytest.param("{all: [own, code]}", "the set stands on itself: own > own", id="a pattern of itself"),
        pytest.param("{all: [code], unless: [own]}", "stands on itself: own > own", id="unless itself"),
        pytest.param("{ru: [к@д]}", "'к@д' in the term 'к@д' is no word", id="a sign in a word"),
        pytest.param("{ru: [код (смс)]}", "'(смс)' in the term 'код (смс)' is no word", id="brackets"),
        pytest.param("{ru: ['код!!']}", "'код!!' in the term 'код!!' is no word", id="two marks"),
        pytest.param("{ru: ['=код!']}", "'=код!' in the term '=код!' is no word", id="two marks that differ"),
        pytest.param("{ru: [код/]}", "'' in the term 'код/' is no word", id="no alternative"),
        pytest.param("{ru: ['..']}", "the term '..' has no word", id="only a gap"),
        pytest.param("{ru: ['- -']}", "the term '- -' has no word", id="only hyphens"),
    ],
)  # fmt: skip
def test_terms_are_refused_with_file_and_line(tmp_path: Path, terms: str, what: str) -> None:
    with pytest.raises(PackError) as caught:
        compiled(tmp_path, f"{FIRST}  own: {terms}\n")
    assert what in caught.value.what
    assert caught.value.where == f"{tmp_path}/a.yaml:3"
    assert caught.value.mend


@pytest.mark.parametrize(
    ("terms", "what"),
    [
        pytest.param("{ru: код}", "a list is wanted here", id="one text for a list"),
        pytest.param("{ru: ['']}", "an empty value", id="nothing for a term"),
        pytest.param("{de: [kode]}", "unknown key 'de'", id="another language"),
        pytest.param("{all: []}", "no set is named here", id="a pattern of nothing"),
        pytest.param("{all: [code], within: far}", "'far' is not a whole number", id="no number"),
        pytest.param("{all: [code], within: '-2'}", "nothing is -2 words away", id="before itself"),
        pytest.param("{all: [code], ordered: maybe}", "neither yes nor no", id="no flag"),
        pytest.param("[код]", "keys with values are wanted", id="a list for a set"),
    ],
)
def test_rows_of_terms_have_a_shape(tmp_path: Path, terms: str, what: str) -> None:
    with pytest.raises(PackErrors) as caught:
        compiled(tmp_path, f"{FIRST}  own: {terms}\n")
    assert what in caught.value.what
    assert caught.value.where == f"{tmp_path}/a.yaml:3"
    assert caught.value.mend


@pytest.mark.parametrize(
    "terms",
    [
        pytest.param("a: {any: [b]}, b: {any: [c]}, c: {any: [a]}", id="any"),
        pytest.param("a: {all: [b]}, b: {all: [c]}, c: {all: [a]}", id="all"),
        pytest.param("a: {all: [b]}, b: {any: [c]}, c: {all: [no a]}", id="both, denied"),
    ],
)
def test_circles_are_told(tmp_path: Path, terms: str) -> None:
    with pytest.raises(PackError, match="stands on itself: a > b > c > a") as caught:
        compiled(tmp_path, f"terms: {{{terms}}}\n")
    assert caught.value.where == f"{tmp_path}/a.yaml:1"


# How terms are read


@pytest.mark.parametrize(
    ("term", "text"),
    [
        pytest.param("код/шифр смс", "шифры из смс", id="alternatives"),
        pytest.param("код .. смс", "код, который пришёл по смс", id="a wide gap"),
        pytest.param("СМС-код", "смс код", id="capitals and a hyphen"),
        pytest.param("don't", "don’t".replace("’", "'"), id="an apostrophe"),
        pytest.param("=1414", "1414", id="a number"),
    ],
)
def test_terms_find_what_they_say(term: str, text: str) -> None:
    assert found(finder({"own": {"ru": [term]}}), "own", text)


def test_a_set_of_sets_has_the_words_of_all() -> None:
    known = finder({"a": {"any": ["b"]}, "b": {"any": ["c"], "ru": ["шифр"]}, "c": {"ru": ["код"]}})
    assert found(known, "a", "код и шифр") == found(known, "b", "код и шифр") == ["код", "шифр"]
    assert found(known, "c", "код и шифр") == ["код"]


def test_a_pattern_inside_a_set_of_sets() -> None:
    known = finder({
        "a": {"any": ["b"]},
        "b": {"all": ["c", "d"], "within": 2},
        "c": {"ru": ["код"]},
        "d": {"ru": ["смс"]},
    })  # fmt: skip
    assert found(known, "a", "код из смс. И всё. Код") == ["код из смс"]


def test_sets_may_be_named_before_they_are_written() -> None:
    rows = {
        "late": {"all": ["later", "c"]},
        "later": {"all": ["c", "d"]},
        "c": {"ru": ["код"]},
        "d": {"ru": ["смс"]},
    }
    assert found(finder(rows), "late", "код смс") == ["код смс"]


def test_equal_words_are_one_stem() -> None:
    compiled = made({"a": {"ru": ["код", "код смс"]}, "b": {"ru": ["код", "=код"], "kk": ["код"]}})
    assert sorted(compiled["atoms"]) == ["kk код", "ru код", "ru смс", "ru=код"]
    assert len(compiled["phrases"]) == 4


def test_tags_are_sets_without_words() -> None:
    assert made({})["sets"] == list(TAGS)
    assert made({})["phrases"] == []


BRAND = {
    "id": "mugal",
    "name": {"en": "Mugal Bank", "ru": "Мугал", "kk": "Мұғал"},
    "sector": "bank",
    "where": "b:1",
}


def test_brands_are_sets_by_name_sector_and_id() -> None:
    terms = {"bank": {"any": ["@bank"]}, "it": {"any": ["@=mugal"]}, "some": {"any": ["@brand"]}}
    known = finder(terms, brands=[BRAND])
    for name in ("bank", "it", "some"):
        assert found(known, name, "мугалдан және мұғалға") == ["мугалдан", "мұғалға"]


def test_ordinary_words_name_no_brand() -> None:
    known = finder({"some": {"any": ["@brand"]}}, brands=[BRAND], ordinary_names=["мугал", "мұғал"])
    assert found(known, "some", "мугал, Mugal Bank") == ["Mugal Bank"]


def test_names_of_two_letters_are_left_out() -> None:
    short = {**BRAND, "name": dict.fromkeys(("en", "ru", "kk"), "MB")}
    assert made({}, brands=[short])["phrases"] == []


# Own packs

OWN = "terms: {code: {ru: [шифр], kk: [құпиясан]}, more: {any: [code]}}\n"


def test_a_later_pack_adds_words_to_a_set(tmp_path: Path) -> None:
    both = compiled(tmp_path, FIRST, OWN)
    assert sorted(both["atoms"]) == ["kk құпиясан", "ru код", "ru шифр"]
    sets = {both["sets"].index("code"), both["sets"].index("more")}
    assert all(set(phrase[0]) == sets for phrase in both["phrases"])


def test_a_later_pack_replaces_what_is_no_list(tmp_path: Path) -> None:
    first = "terms: {a: {ru: [код]}, near: {all: [a], within: '3', ordered: yes}}\n"
    both = compiled(tmp_path, first, "terms: {near: {within: '9', ordered: no}}\n")
    assert both["patterns"][0][2:4] == [9, False]


def test_a_later_pack_adds_elements_to_a_pattern(tmp_path: Path) -> None:
    first = "terms: {a: {ru: [код]}, b: {ru: [смс]}, near: {all: [a]}}\n"
    both = compiled(tmp_path, first, "terms: {near: {all: [b], unless: [a]}}\n")
    _, elements, _, _, unless = both["patterns"][0]
    assert (len(elements), len(unless)) == (2, 1)


def test_an_error_in_an_addition_is_told_where_it_stands(tmp_path: Path) -> None:
    with pytest.raises(PackError) as caught:
        compiled(tmp_path, FIRST, "terms:\n  code: {ru: [к@д]}\n")
    assert caught.value.where == f"{tmp_path}/b.yaml:2"


def test_the_shipped_tables_are_there() -> None:
    assert {"deny_before", "need_after", "kk_case", "ru_noun", "en_verb"} <= tables()["endings"].keys()
    assert {"keyboard", "coarse", "latin_letters", "leet"} <= tables()["spelling"].keys()
