"""Which forms of Kazakh words are known, and what the forms of a verb say."""

import pytest
from words.own_terms import lexicon, said, stems, table

from urlguard.words.endings import Mood

# Kazakh verbs

FORMS = table("""
request: айтыңыз айтыңызшы айтшы айтыңыздар айтыңыздаршы айтың айтыңдар айтыңдаршы айтқын айтқызыңыз
    беріңіз беріңізші берші беріңіздер беріңдер бергін жіберіңіз жіберіңізші жіберіңдер салыңыз салыңызшы
    салшы төлеңіз төлеңізші төлеңіздер енгізіңіз аударыңыз аударыңызшы табыңыз жабыңыз көрсетіңіз
    тіркеліңіз өтіңіз басыңыз жазыңыз жазылыңыз қосыңыз қосылыңыз ашыңыз шешіңіз
condition: айтсаңыз айтсаң айтсаңызшы айтсаңдар берсеңіз жіберсеңіз салсаңыз төлесеңіз тіркелсеңіз өтсеңіз
converb: айтып беріп жіберіп салып төлеп аударып қосып енгізіп ашып басып
infinitive: айту айтуыңыз айтуға айтудан айтуды беру жіберу салу төлеу енгізу тіркелу өту басу табу
told: айтты айттым айтқан айтады айтамын айтқаннан айтатын айтса айтсын берді берген береді салды төледі
""")
DENIED = table("""
request: айтпа айтпаңыз айтпаңыздар айтпаң айтпаңдар айтпаңызшы бермеңіз берме бермеңдер жібермеңіз салмаңыз
    төлемеңіз енгізбеңіз аудармаңыз таппаңыз көрсетпеңіз тіркелмеңіз өтпеңіз баспаңыз жазбаңыз жазылмаңыз
    қоспаңыз ашпаңыз
condition: айтпасаңыз бермесең
infinitive: айтпау бермеуге
told: айтпайды айтпады айтпаған бермейді төлемейді айтпасын
""")
VERBS = [
    "айт", "бер", "жібер", "сал", "төле", "енгіз", "аудар", "тап", "жап", "көрсет", "тіркел", "өт", "бас",
    "жаз", "қос", "аш", "шеш",
]  # fmt: skip


def form(word: str, mark: str = "~") -> list[tuple[Mood, bool]]:
    longest = max((verb for verb in VERBS if word.startswith((verb, softened(verb)))), key=len)
    return said(f"kk {longest}{mark}", word)


def softened(verb: str) -> str:
    return verb[:-1] + "б" if verb.endswith("п") and len(verb) > 2 else verb


@pytest.mark.parametrize(("mood", "word"), FORMS)
def test_moods(mood: str, word: str) -> None:
    wanted = Mood[mood.upper()]
    assert form(word) == [(wanted, False)]
    assert form(word, "!") == ([] if wanted is Mood.TOLD else [(wanted, False)])


@pytest.mark.parametrize(("mood", "word"), DENIED)
def test_moods_with_a_negation(mood: str, word: str) -> None:
    wanted = Mood[mood.upper()]
    assert form(word) == [(wanted, True)]
    assert form(word, "!") == ([] if wanted is Mood.TOLD else [(wanted, True)])


@pytest.mark.parametrize("word", VERBS)
def test_bare_stems_ask(word: str) -> None:
    assert said(f"kk {word}!", word) == [(Mood.REQUEST, False)]


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        pytest.param("айт", "айтулы айтақ айтшыңыз", id="айт"),
        pytest.param("бер", "береке берік берекелі", id="бер"),
        pytest.param("өт", "өтініш өтірік өткір", id="өт"),
        pytest.param("бас", "басқа басқару басшылық баспана", id="бас"),
        pytest.param("төле", "төлем төлемі төлемді төлеуші", id="төле"),
        pytest.param("аш", "ашық ашқыш", id="аш"),
        pytest.param("жаз", "жаздық жазира жазушы", id="жаз"),
        pytest.param("қос", "қосымша қосымшаны қостанай", id="қос"),
    ],
)
def test_other_words_that_begin_alike_ask_for_nothing(stem: str, words: str) -> None:
    assert {word: said(f"kk {stem}!", word) for word in words.split() if said(f"kk {stem}!", word)} == {}


# Kazakh nouns

NOUNS = table("""
карта: карта картаның картаны картаға картада картадан картамен картам картаң картаңыз картасы карталар
    карталарды картаңыздың картаңызды картаңызға картаңыздан картаңызбен картасына картасынан картаңызда
    карталарыңызды картадағы картасыз
код: код кодты кодқа кодтың кодтан кодпен кодым кодың кодыңыз кодыңызды кодын кодтар кодтарды кодтарын
шот: шот шотқа шоттан шоты шотыңыз шотыңызға шотыма шоттарыңыз шоттарыңыздағы шотыңыздағы
есеп: есеп есебі есебіңіз есебіңізге есепке есептен есепте
алаяқ: алаяқ алаяғы алаяқтар алаяқтардың алаяқтан алаяқпен
банк: банк банктің банкке банктен банкі банкінің банкіңіз банктер банктерден
сілтеме: сілтеме сілтемені сілтемеге сілтемеден сілтемемен сілтемеңіз сілтемелер сілтемелеріңізді
несие: несие несиені несиеге несиеңіз несиеңізді несиелер несиелеріңіз
дос: дос досыңыз досыңызға достарыңызға достарыма
теңге: теңге теңгені теңгеге теңгеден теңгемен
""")


@pytest.mark.parametrize(("stem", "word"), NOUNS)
def test_kazakh_nouns(stem: str, word: str) -> None:
    assert stems(lexicon(f"kk {stem}"), word) == {stem}


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        pytest.param("карта", "картон картина картинка картоп картограф картель", id="карта"),
        pytest.param("код", "кодекс кодексі кодировка", id="код"),
        pytest.param("банк", "банан банкет банкир банкрот банкомат банкноттар", id="банк"),
        pytest.param("каспи", "каспий каспийдің каспийге", id="the sea"),
        pytest.param("шот", "шотландия шотландиялық", id="шот"),
        pytest.param("халық", "халықаралық", id="халық"),
        pytest.param("есеп", "есептеу есептегіш", id="есеп"),
        pytest.param("сот", "сотталды сотқар", id="сот"),
        pytest.param("бот", "ботаника бөтелке", id="бот"),
        pytest.param("қызмет", "қызметкер қызметкерлер", id="қызмет"),
        pytest.param("сан", "санкция санат санаулы", id="сан"),
        pytest.param("дос", "достық-та досье доставка", id="дос"),
    ],
)
def test_words_that_are_no_forms_of_a_kazakh_noun(stem: str, words: str) -> None:
    assert [word for word in words.split() if stems(lexicon(f"kk {stem}"), word)] == []


def test_suffixes_of_one_word_have_vowels_of_one_kind() -> None:
    assert stems(lexicon("kk карта"), "карталарымызды")
    assert not stems(lexicon("kk карта"), "карталерымызды")
    assert stems(lexicon("kk карта"), "картамен")  # this one stays as it is after any word
    assert not stems(lexicon("ru карт"), "картинка")


@pytest.mark.parametrize(
    ("stem", "hard", "soft"),
    [("алаяқ", "алаяқтар", "алаяғы"), ("есеп", "есептер", "есебі"), ("мәтінік", "мәтініктер", "мәтінігі")],
)
def test_the_last_letter_softens(stem: str, hard: str, soft: str) -> None:
    known = lexicon(f"kk {stem}")
    assert (stems(known, hard), stems(known, soft)) == ({stem}, {stem})
