"""What public registers call a category, and the id it has here."""

from functools import cache
from time import perf_counter

import pytest
from checks.tables import book
from hypothesis import given
from hypothesis import strategies as st

from urlguard.packs.book import slim
from urlguard.registry.catalogue import Catalogue


@cache
def catalogue() -> Catalogue:
    return Catalogue(slim(book())["registry"])


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Интернет-мошенничество (Фишинговый сайт)", "fraud_phishing"),
        ("ИНТЕРНЕТ-АЛАЯҚТЫҚ", "fraud_phishing"),
        ("malware_download", "fraud_phishing"),
        ("Мошенничество: инвестиционная платформа", "fraud_invest"),
        ("Реклама финансовой пирамиды", "pyramid"),
        ("Онлайн-казино", "gambling"),
        ("ФНС", "gambling"),
        ("Незаконная лотерея", "illegal_lottery"),
        ("Наркотики, психотропные вещества, прекурсоры", "drugs"),
        ("Недобросовестная, недостоверная реклама", "unfair_advertising"),
        ("Экстремизм и терроризм", "extremism"),
        ("Культ жестокости, социальное и расовое превосходство", "extremism"),
        ("Порнография, эротика", "pornography"),
        ("Пропаганда самоубийства", "suicide"),
        ("Нарушение авторских прав", "piracy"),
        ("Нарушение закона «О связи» (анонимайзеры, прокси-серверы, VPN)", "circumvention"),
        ("Персональные данные", "personal_data"),
        ("Предвыборная агитация", "other"),
        ("fraud_phishing", "fraud_phishing"),
        ("  Қаржы   пирамидасы ", "pyramid"),
        ("Необходимые сведения", ""),
        ("Винное хозяйство", ""),
        ("", ""),
    ],
)
def test_category_of_a_name(text: str, category: str) -> None:
    assert catalogue().category_of(text) == category


@pytest.mark.parametrize(
    ("text", "article"),
    [
        ("УК 190", "УК 190"),
        ("ст. 217-1 УК РК", "УК 217-1"),
        ("статья 217 УК", "УК 217"),
        ("217-1-бап", "УК 217-1"),
        ("По решению суда", "суд"),
        ("ст. 41-1 Закона о связи", "Закон о связи 41-1 п.1/1-1/1-3"),
        ("ст. 1", ""),
    ],
)
def test_article_of_a_reference(text: str, article: str) -> None:
    assert catalogue().article_of(text) == article


def test_every_name_and_title_means_its_own_row() -> None:
    for key, row in book()["registry"]["categories"].items():
        for text in (key, *row["title"].values()):
            assert catalogue().category_of(text) == key, text


def test_every_piece_means_its_own_row_by_itself() -> None:
    for key, row in book()["registry"]["categories"].items():
        for name in row["names"]:
            assert catalogue().category_of(name.replace("*", " ")) == key, name


@given(st.text(max_size=300))
def test_any_text_has_a_known_category_or_none(text: str) -> None:
    assert catalogue().category_of(text) in {"", *book()["registry"]["categories"]}


def test_a_hostile_text_costs_little() -> None:
    start = perf_counter()
    for number in range(20):
        catalogue().category_of(("мошенни" * 10_000) + str(number))
        catalogue().category_of(("xфишинг" * 10_000) + str(number))
    assert perf_counter() - start < 2
