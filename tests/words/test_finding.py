"""Where sets of terms occur: phrases with gaps, denials, moods, quotes, tags, patterns and rules."""

import time
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from words.own_terms import finder, found, hits

from urlguard.words.folding import Mask
from urlguard.words.nearness import MOST_HITS

ASK: dict[str, dict[str, Any]] = {
    "tell": {"kk": ["айт!", "айтып бер!", "жібер!"], "ru": ["сообщи!", "назови!"], "en": ["tell!", "share!"]},
    "told": {"ru": ["сообщ~"], "kk": ["айт~"]},
    "code": {"kk": ["код"], "ru": ["код"], "en": ["code"]},
    "safe": {"ru": ["безопасн .. счет/счёт"], "kk": ["қауіпсіз шот"], "en": ["safe account"]},
    "exact": {"ru": ["служба безопасности"], "kk": ["=қоңырау шалып"]},
    "asks_code": {"all": ["tell", "code"], "within": 4},
    "keeps_code": {"all": ["no tell", "code"], "within": 4},
    "names_code": {"all": ["any tell", "code"], "within": 4},
    "first_code": {"all": ["code", "tell"], "within": 4, "ordered": True},
    "calm": {"all": ["tell | safe"], "unless": ["exact"]},
    "either": {"any": ["safe", "exact"], "ru": ["резервный счёт"]},
    "both": {"all": ["either", "code"], "within": 9},
}
KNOWN = finder(ASK)


@pytest.mark.parametrize(
    ("name", "text", "where"),
    [
        pytest.param("safe", "на безопасный счёт", ["безопасный счёт"], id="neighbours"),
        pytest.param("safe", "безопасный и новый наш счёт", ["безопасный и новый наш счёт"], id="wide gap"),
        pytest.param("safe", "безопасный и новый наш другой счёт", [], id="too wide"),
        pytest.param("safe", "қауіпсіз банк шотына", ["қауіпсіз банк шотына"], id="a word between"),
        pytest.param("safe", "қауіпсіз бір банк шотына", [], id="two words between"),
        pytest.param("safe", "счёт безопасный", [], id="other order"),
        pytest.param("safe", "безопасный. Счёт", ["безопасный. Счёт"], id="a full stop counts as words"),
        pytest.param("safe", "безопасно и всё. Счёт", [], id="another sentence"),
        pytest.param("safe", "БЕЗОПАСНЫЙ-СЧЁТ", ["БЕЗОПАСНЫЙ-СЧЁТ"], id="capitals and a hyphen"),
        pytest.param("exact", "служба безопасности", ["служба безопасности"], id="nouns"),
        pytest.param("exact", "қоңырау шалып", ["қоңырау шалып"], id="as it is and any form"),
        pytest.param("exact", "қоңырауды шалып", [], id="not as it is"),
        pytest.param("either", "безопасный счёт, резервный счёт", ["безопасный счёт", "резервный счёт"],
                     id="a set of sets and words"),
        pytest.param("code", "", [], id="nothing"),
    ],
)  # fmt: skip
def test_phrases(name: str, text: str, where: list[str]) -> None:
    assert found(KNOWN, name, text) == where


@pytest.mark.parametrize(
    ("text", "where"),
    [
        pytest.param("Сообщите код", ["Сообщите"], id="asked"),
        pytest.param("Не сообщайте, не сообщите код", ["-сообщите"], id="denied"),
        pytest.param("никогда никому не сообщите", ["-сообщите"], id="words between"),
        pytest.param("ни в коем случае не сообщите", ["-сообщите"], id="long denial"),
        pytest.param("никому ни под каким предлогом сообщите", ["-сообщите"], id="denied by another word"),
        pytest.param("не бойтесь, сообщите код", ["сообщите"], id="another verb denied"),
        pytest.param("я не понял. Сообщите код", ["Сообщите"], id="another sentence"),
        pytest.param("Айтыңыз, айтпаңыз", ["Айтыңыз", "-айтпаңыз"], id="Kazakh, in the form"),
        pytest.param("Кодты айтуға болмайды", [], id="not needed, so no request"),
        pytest.param("Кодты айту керек емес", ["-айту"], id="denied behind"),
        pytest.param("Кодты айту керек", ["айту"], id="an infinitive that is needed"),
        pytest.param("Кодты айтуыңызды сұраймыз", ["айтуыңызды"], id="an infinitive that is asked for"),
        pytest.param("Кодты айту қиын", [], id="an infinitive alone"),
        pytest.param("Кодты айтып жіберіңіз", ["айтып", "жіберіңіз"], id="converb and a request"),
        pytest.param("Кодты айтып жатыр", [], id="converb and a tale"),
        pytest.param("Кодты айтып жібермеңіз", ["-жібермеңіз"], id="converb and a denied request"),
        pytest.param("Кодты айтсаңыз екен", ["айтсаңыз"], id="polite condition"),
        pytest.param("Tell me the code", ["Tell"], id="English"),
        pytest.param("They tell the code", [], id="others tell"),
        pytest.param("to tell the code", [], id="to tell"),
        pytest.param("Beware of scammers! Tell the code", ["Tell"], id="others in another sentence"),
        pytest.param("Нет, не надо. Назовите код", ["Назовите"], id="a denial in another sentence"),
        pytest.param("never tell, please don't ever share it", ["-tell", "-share"], id="English denials"),
        pytest.param("You should not tell anyone", ["-tell"], id="not"),
        pytest.param("aitynyz, aitpanyz", ["aitynyz", "-aitpanyz"], id="Latin letters"),
    ],
)
def test_requests_and_denials(text: str, where: list[str]) -> None:
    assert found(KNOWN, "tell", text) == where


def test_verbs_in_any_form_are_denied_too() -> None:
    assert found(KNOWN, "told", "сообщил, не сообщил, айтты, айтпады") == [
        "сообщил", "-сообщил", "айтты", "-айтпады",
    ]  # fmt: skip


def test_latin_letters_stand_for_no_cyrillic_ones_in_english() -> None:
    assert found(KNOWN, "code", "aityp kod jiberdi") == ["kod"]
    assert found(KNOWN, "code", "this is the kod of the ship and we are in it") == []


# Patterns


@pytest.mark.parametrize(
    ("name", "text", "where"),
    [
        pytest.param("asks_code", "сообщите нам код", ["сообщите нам код"], id="near"),
        pytest.param("asks_code", "код сообщите", ["код сообщите"], id="in any order"),
        pytest.param("asks_code", "сообщите раз два три четыре код", [], id="too far"),
        pytest.param("asks_code", "не сообщите код", [], id="denied"),
        pytest.param("asks_code", "Код. Сообщите", ["Код. Сообщите"], id="a sentence away"),
        pytest.param("asks_code", "Код. И всё. Сообщите", [], id="two sentences away"),
        pytest.param("keeps_code", "не сообщите код", ["сообщите код"], id="denied is wanted"),
        pytest.param("keeps_code", "сообщите код", [], id="not denied"),
        pytest.param("names_code", "не сообщите код", ["сообщите код"], id="either, denied"),
        pytest.param("names_code", "сообщите код", ["сообщите код"], id="either"),
        pytest.param("first_code", "код мне сообщите", ["код мне сообщите"], id="ordered"),
        pytest.param("first_code", "сообщите мне код", [], id="other order"),
        pytest.param("calm", "сообщите", ["сообщите"], id="nothing against it"),
        pytest.param("calm", "сообщите. Служба безопасности", [], id="unless"),
        pytest.param("both", "резервный счёт и код", ["резервный счёт и код"], id="of a set of sets"),
        pytest.param("asks_code", "сообщите код. И ещё раз, слышите: сообщите код",
                     ["сообщите код", "сообщите код"], id="twice"),
    ],
)  # fmt: skip
def test_patterns(name: str, text: str, where: list[str]) -> None:
    assert found(KNOWN, name, text) == where


def test_words_in_quotes_are_known_as_such() -> None:
    words, places = hits(KNOWN, "сказали «сообщите код», сообщите код")
    quoted = {name: [hit.quoted for hit in places[KNOWN.names.index(name)]] for name in ("tell", "asks_code")}
    assert quoted["tell"] == [True, False]
    assert (quoted["asks_code"][0], quoted["asks_code"][-1]) == (True, False)
    assert words.words[1] == "сообщите"


# Tags

TAGGED = finder({
    "goes": {"ru": ["перейди!"], "all": ["goes_word", "@link | @messenger"], "within": 3},
    "goes_word": {"ru": ["перейди!", "пиши!"]},
    "hidden": {"all": ["@disguised", "money"], "within": 9},
    "money": {"any": ["@amount"], "ru": ["деньг", "карт"]},
})  # fmt: skip


def test_masks_are_sets() -> None:
    text = "перейдите a.kz, пишите t.me/x, дам 5 000 тг"
    masks = (Mask(10, 14, "link"), Mask(23, 29, "messenger"), Mask(35, 43, "amount"))
    assert found(TAGGED, "goes", text, masks)[-1] == "пишите t.me/x"
    assert found(TAGGED, "money", text, masks) == ["5 000 тг"]


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        pytest.param("к а р т а, деньги", True, id="spaced"),
        pytest.param("деньги с к а р т ы и всё", True, id="spaced, with short words around"),
        pytest.param("ка\u200bрта и деньги", True, id="zero width"),
        pytest.param("кapта и деньги", True, id="mixed scripts"),
        pytest.param("к4рта и деньги", True, id="digit"),
        pytest.param("карта и деньги", False, id="plain"),
        pytest.param("а б в и деньги", False, id="a list of letters is no word"),
        pytest.param("не\u200bизвестно и деньги", False, id="a word that means nothing here"),
    ],
)
def test_disguised_words_are_a_set(text: str, hidden: bool) -> None:  # noqa: FBT001  (a table)
    assert bool(found(TAGGED, "hidden", text)) is hidden


# Laws and limits

TEXTS = st.lists(
    st.sampled_from(
        ["сообщите", "не", "код", "«", "»", "безопасный", "счёт", "айтып", "беріңіз", ". ", "tell", "\n"]
    ),
    max_size=25,
).map(" ".join)


@given(TEXTS | st.text(max_size=60))
@example("не " * 9 + "сообщите код")
@settings(max_examples=300)
def test_hits_are_in_order_and_of_the_words(text: str) -> None:
    words, places = hits(KNOWN, text)
    for rows in places.values():
        assert rows == sorted(rows)
        assert len(rows) == len(set(rows))
        for hit in rows:
            assert 0 <= hit.first <= hit.last < len(words.words)
            assert hit.parts[0] >= hit.first
            assert hit.parts[-1] <= hit.last
            assert list(hit.parts) == sorted(set(hit.parts))


@given(TEXTS, TEXTS)
@settings(max_examples=200)
def test_words_of_another_paragraph_change_no_phrase(text: str, other: str) -> None:
    both = found(KNOWN, "safe", f"{text}\n\n{other.replace('«', '').replace('»', '')}")
    assert both[: len(found(KNOWN, "safe", text))] == found(KNOWN, "safe", text)


def test_a_set_keeps_so_many_hits() -> None:
    _, places = hits(KNOWN, "сообщите код " * 1_000)
    assert max(map(len, places.values())) <= MOST_HITS
    assert len(places[KNOWN.names.index("asks_code")]) >= MOST_HITS // 2


HOSTILE = {
    "one word": "код " * 12_000,
    "one word before another": "счёт " * 9_000 + "безопасный " * 400,
    "requests": "сообщите код " * 4_000,
    "converbs": "айтып " * 16_000,
    "converb and one word": "айтып " + "ж" * 99_000,
    "denials": "не " * 33_000,
    "quotes": "«код сообщите» " * 6_500,
    "words to stem": " ".join(f"код{at % 997}ыңыз айт{'ыңіз' * (at % 5)}" for at in range(3_000)),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_texts_are_searched_at_once(text: str) -> None:
    begin = time.perf_counter()
    hits(KNOWN, text)
    taken = time.perf_counter() - begin
    print(f"{taken * 1000:.0f} ms")  # noqa: T201  (what it takes, when asked for)
    assert taken < 2
