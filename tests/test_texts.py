"""The guard on texts: what it says of words, where, and how words, links and warnings add up."""

import pickle
from concurrent.futures import ThreadPoolExecutor

import pytest
from checks.made_links import REAL
from checks.tables import book, guard, rules
from hypothesis import given, settings
from hypothesis import strategies as st
from words.made_texts import ASKS, TEXTS, WARNING, WARNINGS

from urlguard import Guard, Level, Signal, Verdict
from urlguard.guard import LANGUAGES, TEXT_LIMIT

OF_WORDS = {rule["id"] for rule in book()["rules"] if rule["check"] == "words"}


def check(text: str) -> Verdict:
    return guard().check(text)


def of_words(verdict: Verdict) -> list[Signal]:
    return [signal for signal in verdict.signals if signal.rule in OF_WORDS]


def words_shown(text: str, signal: Signal) -> str:
    return " … ".join(text[start:end] for start, end in signal.spans)


# What is a text


@pytest.mark.parametrize(
    ("text", "kind", "resources"),
    [
        pytest.param("Назовите код из СМС", "text", 0, id="only words"),
        pytest.param("Кодты айтыңыз, kaspi-bonus.top", "text", 1, id="words and a link"),
        pytest.param("Звоните +7 701 123 45 67", "text", 1, id="words and a phone"),
        pytest.param("Дам 50 000 тг, пишите", "text", 0, id="a sum is no resource"),
        pytest.param("https://kaspi-bonus.top/", "link", 1, id="a link"),
        pytest.param("  kaspi.kz  ", "link", 1, id="a link with blanks around"),
        pytest.param("8 (701) 123-45-67", "text", 1, id="a phone alone"),
        pytest.param("Привет, как дела?", "text", 0, id="small talk"),
        pytest.param("qalaisyn bauyrym, ne jańalyq", "text", 0, id="Kazakh in Latin letters"),
    ],
)
def test_kind_and_resources(text: str, kind: str, resources: int) -> None:
    verdict = check(text)
    assert (verdict.error, verdict.kind, len(verdict.resources)) == (None, kind, resources)
    assert verdict.level is not None


@pytest.mark.parametrize("text", ["", " ", "привет", "код", "...", "💰💰", "1234", "\u200b", "a"])
def test_one_word_or_none_is_no_text(text: str) -> None:
    verdict = check(text)
    assert (verdict.level, verdict.score, verdict.signals) == (None, 0, ())
    assert verdict.error is not None


@pytest.mark.parametrize("link", REAL)
def test_a_link_alone_is_judged_as_a_link(link: str) -> None:
    verdict = check(link)
    if verdict.kind == "link":
        assert verdict == guard().score(link)
    assert not of_words(verdict) or verdict.kind == "text"


# Where it stands


@pytest.mark.parametrize(
    ("text", "rule", "shown"),
    [
        pytest.param("Назовите код из СМС", "text-asks-code", "Назовите код", id="neighbours are one place"),
        pytest.param("Код, пожалуйста, назовите", "text-asks-some-code", "Код … назовите", id="two places"),
        pytest.param("НАЗОВИТЕ к о д сейчас", "text-asks-some-code", "НАЗОВИТЕ к о д", id="spaced letters"),
        pytest.param(
            "Назовите к\u200bод сейчас", "text-asks-some-code", "Назовите к\u200bод", id="hidden characters"
        ),
        pytest.param("Код\u0301ты айтыңыз", "text-asks-some-code", "Код\u0301ты айтыңыз", id="marks"),
        pytest.param("𝐓𝐞𝐥𝐥 me the 𝐜𝐨𝐝𝐞", "text-asks-code", "𝐓𝐞𝐥𝐥 me … 𝐜𝐨𝐝𝐞", id="dressed letters"),
    ],
)
def test_the_places_of_a_signal(text: str, rule: str, shown: str) -> None:
    signal = next(signal for signal in check(text).signals if signal.rule == rule)
    assert words_shown(text, signal).startswith(shown)
    assert signal.evidence == words_shown(text, signal)
    assert (signal.span, signal.resource) == (signal.spans[0], None)


def test_long_evidence_is_shown_in_part_and_its_places_in_full() -> None:
    text = "Назовите к" + "\u200b" * 200 + "од из СМС"
    signal = next(signal for signal in check(text).signals if signal.rule == "text-asks-code")
    assert len(signal.evidence) == 160
    assert words_shown(text, signal).startswith(signal.evidence)
    assert signal.spans[0][0] == 0
    assert text.index(" из") <= signal.spans[-1][1] <= len(text)


@given(TEXTS | st.text(max_size=80))
@settings(max_examples=200)
def test_every_place_is_in_the_text_and_says_the_evidence(text: str) -> None:
    verdict = check(text)
    for signal in verdict.signals:
        last = 0
        for start, end in signal.spans:
            assert last <= start < end <= len(text)
            last = end
        assert signal.span == (signal.spans[0] if signal.spans else None)
    for signal in of_words(verdict):
        assert signal.spans
        assert signal.resource is None
        assert signal.evidence == words_shown(text, signal)[:160]
        assert signal.evidence in signal.reason or "{evidence}" not in signal.reason


# What is cut


@pytest.mark.parametrize("text", ["Привет, как дела?", WARNING, "Назовите код из СМС", "kaspi.kz и всё"])
def test_the_beginning_of_a_text_is_never_clear(text: str) -> None:
    verdict = guard().check(text, cut=True)
    assert "link-cut" in rules(verdict)
    assert verdict.level is not None
    assert verdict.level >= Level.SUSPICIOUS


def test_a_text_longer_than_the_limit_is_never_clear() -> None:
    verdict = check("привет как дела " * (TEXT_LIMIT // 10))
    assert len(verdict.input) == TEXT_LIMIT
    assert verdict.level is Level.SUSPICIOUS


# The same everywhere

SOME = [
    *ASKS.values(),
    *WARNINGS.values(),
    WARNING,
    "Привет, как дела?",
    "Kaspi: сыйлық ұттыңыз, алу: kaspi-bonus.top",
    "Вы выиграли приз, пишите wa.me/77011234567",
    "к о д",
    "kaspi.kz",
    "нет",
]


@pytest.mark.parametrize("used", [False, True], ids=["new", "used"])
def test_a_guard_that_reads_texts_comes_back_from_a_pickle(used: bool) -> None:  # noqa: FBT001  (a table)
    sent = Guard(lang="kk")
    if used:
        sent.check(SOME[0])
    again = pickle.loads(pickle.dumps(sent))  # noqa: S301  (our own bytes)
    assert [again.check(text) for text in SOME] == [sent.check(text) for text in SOME]


def test_threads_share_a_guard_from_its_first_text_on() -> None:
    alone = [check(text) for text in SOME]
    fresh = Guard()
    with ThreadPoolExecutor(4) as pool:
        for _ in range(2):
            assert list(pool.map(fresh.check, SOME)) == alone


def test_one_text_does_not_change_the_next() -> None:
    fresh = Guard()
    first = [fresh.check(text) for text in SOME]
    assert [fresh.check(text) for text in reversed(SOME)] == first[::-1]
    assert list(fresh.check_many(SOME)) == first


LANGS = [Guard(lang=lang) for lang in LANGUAGES]


@given(TEXTS)
@settings(max_examples=40)
def test_the_language_changes_no_judgement(text: str) -> None:
    said = [
        (verdict.level, verdict.score, verdict.scheme, verdict.brand, sorted(rules(verdict)))
        for verdict in (one.check(text) for one in LANGS)
    ]
    assert said[0] == said[1] == said[2]
