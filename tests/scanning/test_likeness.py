import random
from itertools import combinations, pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from urlguard import Guard
from urlguard.packs.book import later
from urlguard.scanning.campaigns import Campaigns
from urlguard.scanning.likeness import Likeness, alike
from urlguard.scanning.marks import Marks
from urlguard.tables.rows import Finding, Scanned

GUARD = Guard(lang="ru")
LIKENESS = Likeness(later(GUARD.book)["wording"]["spelling"])

_PARCEL = (
    "Қазпошта: ваша посылка задержана на складе в Алматы. Оплатите доставку 1250 тенге до 18:00, иначе она"
    " вернется отправителю: https://qazpost-parcel12.top/pay"
)
_BANK = (
    "Айгуль, это служба безопасности банка. С вашего счета пытаются оформить кредит, срочно продиктуйте код"
    " из сообщения и переведите деньги на безопасный счет"
)
_PRIZE = (
    "Құттықтаймыз! Сіз ұтыс ойынында 500 000 теңге ұтып алдыңыз, сыйлықты алу үшін сілтемеге өтіп, "
    "картаңыздың нөмірін енгізіңіз: kaspi-syilyq.xyz"
)
_OTHERS = (
    "Сдам квартиру в центре на длительный срок, без посредников, предоплата за первый месяц на карту сегодня",
    "Работа на дому без опыта: ставьте лайки видео и получайте до сорока тысяч тенге каждый день, пишите",
    "Мама, я попал в аварию, телефон разбит, пишу с чужого, срочно пришли деньги на эту карту, потом объясню",
)


def _tied(one: str, other: str) -> bool:
    """Tell whether two texts come out as one campaign."""
    campaigns = Campaigns()
    for order, text in enumerate((one, other)):
        marks = LIKENESS.marks(text, GUARD.extract(text))
        campaigns.add(order, Scanned(order, "", [], Finding("dangerous", 80, shown=text, marks=marks)), 2)
    return bool(campaigns.listed()[0])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            _PARCEL,
            _PARCEL.replace("1250", "990").replace("18:00", "21:30").replace("12.top", "77.click"),
            id="numbers and links",
        ),
        pytest.param(_BANK, _BANK.replace("Айгуль", "Нурлан Сериков"), id="names"),
        pytest.param(_BANK, _BANK.upper(), id="case"),
        pytest.param(_PARCEL, f"❗️❗️ {_PARCEL.replace('.', ' 📦')} 🎁", id="pictures"),
        pytest.param(_BANK, _BANK.translate(str.maketrans("аеорсух", "aeopcyx")), id="look-alikes"),
        pytest.param(_BANK, _BANK.replace("банка", "бан\u200bка"), id="hidden characters"),
        pytest.param(_BANK, _BANK.replace("о", "0"), id="digits for letters"),
        pytest.param(_PRIZE, _PRIZE.translate(str.maketrans("әғқңөұүһі", "агкноуухи")), id="keyboard"),
        pytest.param(_PRIZE, _PRIZE.replace("500 000 теңге", "айфон").replace("Сіз", "Айжан"), id="words"),
        pytest.param(_BANK, " ".join(reversed(_BANK.split())), id="order"),
        pytest.param("Вам посылка 77, заберите", "Вам ПОСЫЛКА: заберите 5!", id="a few words, all the same"),
    ],
)  # fmt: skip
def test_variants_of_a_text_are_one_campaign(one: str, other: str) -> None:
    assert _tied(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [pytest.param(*pair, id=f"{pair[0][:12]} - {pair[1][:12]}")
     for pair in combinations((_PARCEL, _BANK, _PRIZE, *_OTHERS), 2)],
)  # fmt: skip
def test_different_texts_are_not(one: str, other: str) -> None:
    assert not _tied(one, other)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("Kaspi бонус", id="two words"),
        pytest.param("https://kaspi-bonus.top/ 12 345", id="a link and numbers"),
        pytest.param("и в к у 1 2 3 на до", id="words of one or two letters"),
    ],
)
def test_what_says_too_little_is_like_nothing(text: str) -> None:
    assert LIKENESS.marks(text, GUARD.extract(text)) == ()


def test_a_few_words_more_are_another_short_text() -> None:
    assert not _tied("Ваша посылка ожидает вас", "Ваша посылка ожидает вас завтра")


def test_most_texts_are_known_again_and_hardly_any_is_taken_for_another() -> None:
    """Of twenty words three are replaced: nine in ten are known again, and two in a thousand mistaken."""
    rnd = random.Random(5)  # noqa: S311  (the same texts in every run)
    words = [
        f"{first}{last}" for first in "бвгдклмнпрстш" for last in ("ана", "ород", "ыло", "ение", "акт", "уса")
    ]
    texts = [rnd.sample(words, 20) for _ in range(300)]
    varied = [[*text[:17], *rnd.sample(words, 3)] for text in texts]
    known = sum(_tied(" ".join(one), " ".join(other)) for one, other in zip(texts, varied, strict=True))
    mistaken = sum(_tied(" ".join(one), " ".join(other)) for one, other in pairwise(texts))
    assert known >= 260
    assert mistaken <= 3


@given(st.text(max_size=200))
def test_every_text_gives_keys_of_one_form(text: str) -> None:
    for mark in LIKENESS.marks(text):
        assert mark.startswith("text:")
        assert len(mark) < 60


def test_keys_are_the_same_in_every_process() -> None:
    assert LIKENESS.marks("Ваша посылка ожидает вас") == ("text:=46dcbe06286de699",)
    first = LIKENESS.marks("one two three four five six seven eight nine ten")[0]
    assert first == "text:007ea80d4097ae862~0fa04654e749b1ef61503787d3cac1a8"


def test_a_long_text_costs_no_more_than_its_beginning() -> None:
    long: Any = "слово%d " * 3
    text = "".join(long % (at, at, at) for at in range(30_000))
    assert LIKENESS.marks(text) == LIKENESS.marks(text[:6_000])


def test_sketches_of_one_text_agree() -> None:
    assert alike(1 << 100, 1 << 100)
    assert alike(0x01_00_00_00_00_00_00_00_00_00_00_00_00_00_00_00, 0)
    assert not alike(int("11" * 16, 16), int("22" * 16, 16))


def test_rows_of_one_kit_come_out_as_one_campaign() -> None:
    """Phone, family and words overlap in different rows."""
    marks = Marks(GUARD.book)
    texts = [
        f"{_BANK}. Звоните +7 705 123 45 67",
        f"{_BANK}: https://halyk-bonus1.top/",
        "https://kaspi-bonus7.click/",
        "Служба безопасности банка: переведите деньги на безопасный счет, +77051234567",
        "https://egov-vyplata3.top/",
    ]
    campaigns = Campaigns()
    for order, text in enumerate(texts, 1):
        verdict = GUARD.check(text)
        found = Finding("dangerous", verdict.score, verdict.brand or "", shown=text, marks=marks.of(verdict))
        campaigns.add(order, Scanned(order, "", [], found), 2)
    listed, total = campaigns.listed()
    assert total == 1
    assert (listed[0]["rows"], listed[0]["first"], listed[0]["last"]) == (4, 1, 4)
