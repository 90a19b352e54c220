"""Stems and words in all their views at once: whose language a word is, and what a lexicon remembers."""

import pytest
from words.own_terms import lexicon, made, stems

from urlguard.words import lexicon as module
from urlguard.words.lexicon import Lexicon

NAMES = (
    {"id": "kaspi", "name": {"en": "Kaspi Bank", "kk": "Каспи"}, "sector": "bank", "where": "b.yaml:1"},
    {"id": "halyk", "name": {"en": "Halyk"}, "sector": "bank", "where": "b.yaml:2", "spellings": ["Халык"]},
)


def of_brands() -> Lexicon:
    return Lexicon(made({}, brands=NAMES))


# Three views


@pytest.mark.parametrize(
    ("word", "own", "latin"),
    [
        pytest.param("ақша", {"ақша"}, set(), id="as it is"),
        pytest.param("акша", {"ақша"}, set(), id="on a Russian keyboard"),
        pytest.param("aqsha", set(), {"ақша"}, id="in Latin letters"),
        pytest.param("деньги", {"деньг"}, set(), id="Russian"),
        pytest.param("dengi", set(), {"деньг"}, id="Russian in Latin letters"),
        pytest.param("money", {"money"}, set(), id="English"),
        pytest.param("мани", set(), set(), id="English words are not read in Cyrillic"),
        pytest.param("1414", {"1414"}, set(), id="a number"),
        pytest.param("", set(), set(), id="nothing"),
        pytest.param("💰", set(), set(), id="no letter"),
        pytest.param("ա", set(), set(), id="another script"),
    ],
)
def test_views(word: str, own: set[str], latin: set[str]) -> None:
    known = lexicon("kk ақша", "ru деньг", "en money", "ru 1414")
    found = known.look(word)
    assert {known.stems[match.atom].written for match in found.matches} == own
    assert {known.stems[match.atom].written for match in found.latin} == latin
    assert not found.disguised


def test_one_word_may_be_a_form_of_several_stems() -> None:
    assert stems(lexicon("kk карта", "ru карт", "ru карточк"), "картаны") == {"карта", "карт"}
    assert stems(lexicon("ru карт", "ru картонк"), "картонка") == {"картонк"}


def test_short_stems_are_not_looked_for_in_latin_letters() -> None:
    assert stems(lexicon("ru =я", "kk ал!", "ru ты"), "ty") == set()
    assert stems(lexicon("kk ал!"), "al") == set()


# Marks


@pytest.mark.parametrize(
    ("stem", "hits", "misses"),
    [
        pytest.param("ru =да", "да da", "дай дата", id="as it is"),
        pytest.param("ru қар*", "қар қаражат қарт", "кар", id="any ending"),
        pytest.param("ru код", "код кодом", "кодить", id="noun"),
        pytest.param("kk айт!", "айтыңыз айт", "айтты айтады", id="request"),
        pytest.param("kk айт~", "айтыңыз айтты айтады", "айтыңызмен", id="verb"),
        pytest.param("ru до", "до доу", "доход", id="two letters"),
    ],
)
def test_marks_of_stems(stem: str, hits: str, misses: str) -> None:
    known = lexicon(stem)
    assert [word for word in hits.split() if not known.look(word).matches and not known.look(word).latin] == (
        ["da"] if "da" in hits else []
    )
    assert [word for word in misses.split() if known.look(word).matches] == []


# Names


@pytest.mark.parametrize(
    "word",
    [
        "kaspi", "kaspiдің", "kaspiден", "kaspiде", "kaspiге", "kaspiнің", "kaspidin", "kaspige", "kaspi's",
        "каспи", "каспиде", "каспиден", "halyk", "halykта", "halykтан", "халыка", "халыку", "halykka",
    ],
)  # fmt: skip
def test_names_take_endings_of_both_languages(word: str) -> None:
    known = of_brands()
    found = known.look(word)
    assert {known.stems[match.atom].lang for match in (*found.matches, *found.latin)} == {"na"}
    assert not found.disguised


@pytest.mark.parametrize("word", ["каспий", "каспийдің", "kaspersky", "халықаралық", "халва", "hal"])
def test_other_words_are_no_names(word: str) -> None:
    found = of_brands().look(word)
    assert (found.matches, found.latin) == ((), ())


def test_a_name_of_two_words_has_no_word_between_them() -> None:
    assert {tuple(gaps) for _, steps, gaps in made({}, brands=NAMES)["phrases"] if len(steps) > 1} == {(0,)}


# Converbs


@pytest.mark.parametrize(
    ("word", "asks"),
    [
        ("жіберіңіз", True), ("жіберіңізші", True), ("жибериниз", True), ("jiberiniz", True),
        ("беріңіз", True), ("берсеңіз", True), ("қойыңыз", True), ("жібер", True), ("берші", True),
        ("жіберді", False),
        ("жібермеңіз", False), ("береді", False), ("отырмын", False), ("", False), ("бе", False),
    ],
)  # fmt: skip
def test_which_words_make_a_request_of_a_converb(word: str, asks: bool) -> None:  # noqa: FBT001  (a table)
    assert lexicon("kk айт!").asks(word) is asks


def test_a_long_word_after_a_converb_is_looked_at_as_far_as_words_go() -> None:
    assert not lexicon("kk айт!").asks("ж" * 100_000)


# Memory


def test_words_are_remembered_and_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    known = Lexicon(made({"code": {"ru": ["код"]}}))
    monkeypatch.setattr(module, "_KEPT", 3)
    first = known.look("код")
    assert known.look("код") is first
    for word in ("а", "б", "в", "г"):
        known.look(word)
    assert known.look("код") == first


def test_letters_behind_the_longest_word_are_not_read() -> None:
    assert lexicon("ru код*").look("код" + "а" * 100_000).matches
    assert not lexicon("ru код").look("код" + "а" * 100_000).matches
