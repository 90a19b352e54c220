"""Which forms of Russian and English words are known, and which of them ask."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from words.own_terms import lexicon, said, stems, table

from urlguard.words.endings import Mood

# Russian

RUSSIAN = table("""
карт: карта карты карте карту картой картою картам картами картах карт
код: код кода коду кодом коде коды кодов кодам кодами кодах
счёт: счёт счёта счёту счётом счёте
безопасн: безопасный безопасного безопасному безопасным безопасном безопасная безопасную безопасные
    безопасных
акци: акция акции акцию акцией акций акциям акциями акциях
мошенник: мошенник мошенники мошенников мошеннику мошенником мошенниками
выигрыш: выигрыш выигрыша выигрышу выигрышем выигрыши выигрышей
посылк: посылка посылки посылку посылкой посылкам
""")


@pytest.mark.parametrize(("stem", "word"), RUSSIAN)
def test_russian_nouns_and_adjectives(stem: str, word: str) -> None:
    assert stems(lexicon(f"ru {stem}"), word) == {stem}


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        pytest.param("карт", "картон картина картинка картошка картридж картель картавый", id="карт"),
        pytest.param("код", "кодекс кодировка кодла", id="код"),
        pytest.param("банк", "банан банкет банкир банкрот банкомат банкнота", id="банк"),
        pytest.param("приз", "призыв призрак призвание", id="приз"),
        pytest.param("суд", "судьба судорога", id="суд"),
        pytest.param("акци", "акционер акцент акциз", id="акци"),
        pytest.param("кредит", "кредитор кредитовать", id="кредит"),
        pytest.param("бот", "ботинки ботаника боец", id="бот"),
        pytest.param("посылк", "посылал", id="посылк"),
        pytest.param("безопасн", "безопасник", id="безопасн"),
    ],
)
def test_words_that_are_no_forms_of_a_russian_stem(stem: str, words: str) -> None:
    assert [word for word in words.split() if stems(lexicon(f"ru {stem}"), word)] == []


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        pytest.param(
            "карт", "картаңызды картаңызға картасын картамды картанызды картаныз карталар", id="карт"
        ),
        pytest.param("код", "кодты кодыңыз кодыныз кодтын кодпен", id="код"),
        pytest.param("акци", "акцияға акцияларды акциялардың", id="акци"),
        pytest.param("мошенник", "мошенниктер мошенниктерге мошенникпен", id="мошенник"),
        pytest.param("ссылк", "ссылкаға ссылканы ссылкамен", id="ссылк"),
    ],
)
def test_russian_words_with_kazakh_endings(stem: str, words: str) -> None:
    assert [word for word in words.split() if not stems(lexicon(f"ru {stem}"), word)] == []


ASKS = table("""
сообщи: сообщи сообщите
назови: назови назовите
скажи: скажи скажите
пришли: пришли пришлите
введи: введи введите
отправь: отправь отправьте
скинь: скинь скиньте
дай: дай дайте
зарегистрируй: зарегистрируйся зарегистрируйтесь
установи: установи установите
жми: жми жмите
""")
TOLD = table("""
сообщи: сообщил сообщили сообщит сообщить сообщение сообщу
назови: назвал назовёт назвать
скажи: сказал скажет сказка
отправь: отправил отправлю
введи: ввёл введение введём
скинь: скинул скинуть
дай: дал дают дайвинг
установи: установил установка
""")


@pytest.mark.parametrize(("stem", "word"), ASKS)
def test_russian_imperatives_ask(stem: str, word: str) -> None:
    assert said(f"ru {stem}!", word) in ([(Mood.REQUEST, False)], [(Mood.NONE, False)])
    assert stems(lexicon(f"ru {stem}!"), word) == {stem}


@pytest.mark.parametrize(("stem", "word"), TOLD)
def test_other_russian_forms_do_not_ask(stem: str, word: str) -> None:
    assert stems(lexicon(f"ru {stem}!"), word) == set()


@pytest.mark.parametrize(
    ("stem", "words", "others"),
    [
        pytest.param("сообщ", "сообщил сообщила сообщили сообщают сообщать сообщите сообщено сообщённый",
                     "сообщник сообщество", id="сообщ"),
        pytest.param("предупрежда", "предупреждает предупреждаем предупреждают предупреждал предупреждать",
                     "предупредительность", id="предупрежда"),
        pytest.param("обеща", "обещает обещают обещали обещать обещая обещанный", "обезьяна", id="обеща"),
        pytest.param("задержал", "задержал задержала задержали", "задержание задержка", id="задержал"),
    ],
)  # fmt: skip
def test_russian_verbs_in_any_form(stem: str, words: str, others: str) -> None:
    known = lexicon(f"ru {stem}~")
    assert [word for word in words.split() if not stems(known, word)] == []
    assert [word for word in others.split() if stems(known, word)] == []


# English and the other marks


@pytest.mark.parametrize(
    ("stem", "words", "others"),
    [
        pytest.param("code", "code codes code's", "codeine coded coder", id="noun"),
        pytest.param("card", "card cards card’s", "cardio cardinal", id="card"),
        pytest.param("tell!", "tell", "tells telling told", id="request"),
        pytest.param("send!", "send", "sends sending sender sent", id="send"),
        pytest.param("invest~", "invest invests invested investing", "investor investment", id="verb"),
        pytest.param("=pin", "pin", "pins ping", id="as it is"),
        pytest.param(
            "impersonat*", "impersonates impersonation impersonator impersonating", "person", id="any"
        ),
    ],
)
def test_english(stem: str, words: str, others: str) -> None:
    known = lexicon(f"en {stem}")
    assert [word for word in words.split() if not known.look(word).matches] == []
    assert [word for word in others.split() if known.look(word).matches] == []


@given(st.text("аеыіңздлрғкқмнтпбуүшсй", max_size=30))
@settings(max_examples=300)
def test_any_rest_is_judged(rest: str) -> None:
    for stem in ("kk айт!", "kk айт~", "kk карта", "ru карт", "ru сообщ~", "ru дай!"):
        written = stem.split()[1].rstrip("!~")
        assert stems(lexicon(stem), written + rest) <= {written}
