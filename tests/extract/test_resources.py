"""Everything a text points at: what is found, where, and what is left alone."""

import time
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from urlguard import Guard
from urlguard.extract.gaps import closed, gapped
from urlguard.extract.lines import occurrences
from urlguard.identifiers.table import key_of
from urlguard.model import Kind, Resource

LINES = [
    line.split("\t")
    for line in (Path(__file__).parent / "lines_kz.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
_LEAST = 0.99
_PARTS = frozenset({Kind.URL, Kind.CARD, Kind.AMOUNT, Kind.SHORT_CODE})
"""Kinds whose key cannot be read off `raw` alone: a range shares its unit, a card is masked."""


@cache
def guard() -> Guard:
    """Return one guard for all tests."""
    return Guard()


def found(text: str) -> tuple[Resource, ...]:
    """Return what the guard finds in a text."""
    return guard().extract(text)


def places(text: str) -> list[str]:
    """Return kind and place of what is found, as `lines_kz.tsv` has them."""
    return [f"{one.kind.value}:{text[one.span[0] : one.span[1]]}" for one in found(text) if one.span]


def test_lines_of_kazakhstan() -> None:
    assert len(LINES) >= 300
    wrong = {text: places(text) for text, *expected in LINES if places(text) != expected}
    assert len(wrong) <= len(LINES) * (1 - _LEAST), wrong


def test_every_kind_is_among_the_lines() -> None:
    kinds = {told.partition(":")[0] for _, *expected in LINES for told in expected}
    assert kinds == {kind.value for kind in Kind} - {"host", "ip", "sms_sender"}


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        pytest.param("tolem-kz . top", ["http://tolem-kz.top/"], id="spaces around the dot"),
        pytest.param("https: // tolem-kz .top/a", ["https://tolem-kz.top/a"], id="scheme with spaces"),
        pytest.param("t o l e m - k z . t o p", ["http://tolem-kz.top/"], id="letter by letter"),
        pytest.param("tolem-kz нүкте top", ["http://tolem-kz.top/"], id="dot in Kazakh"),
        pytest.param("8 7О1 ООО ОО О1", ["+77010000001"], id="letters for digits"),
        pytest.param("0077010000001", ["+77010000001"], id="exit code"),
        pytest.param("info собака tolem точка кз", ["info@tolem.kz"], id="dog and dot"),
        pytest.param("КЗ86 125К ZT50 0410 0100", ["KZ86125KZT5004100100"], id="IBAN in Cyrillic"),
        pytest.param("300-500 тыс тг", ["KZT:300000", "KZT:500000"], id="range with one unit"),
        pytest.param("300 000 - 1 млн тг", ["KZT:300000", "KZT:1000000"], id="range with two"),
        pytest.param("$1,200.50 или 1,5 млн", ["USD:1200.5", "KZT:1500000"], id="fractions"),
        pytest.param("дважды a.kz a.kz", ["http://a.kz/", "http://a.kz/"], id="every place"),
        pytest.param("инста aidana.kz", ["instagram:aidana.kz"], id="an account, no site"),
        pytest.param("info@tolem-kz.top", ["info@tolem-kz.top"], id="a mailbox, no site"),
    ],
)
def test_keys(text: str, keys: list[str]) -> None:
    assert [one.key for one in found(text)] == keys


@pytest.mark.parametrize(
    "text",
    [
        "Привет. Топ магазин",
        "Это конец. Me too",
        "We went home . me and you",
        "Use a . in sentences . it helps",
        "Наша точка топ, точка сайт",
        "25.11, 1.5, т.д., и.о., г.Алматы, 10:30",
        "README.md, main.rs, run.sh, report.zip, Node.js, ASP.NET",
        "в зоне .kz и .com",
        "mailto:bar, path:to:file.pm",
        "5 млн человек, 10к подписчиков, 4K видео, 50 кг, 5 т угля",
        "квартира 102, код 1414, в 1414 году",
        "карта 4400 43** **** 1234, *1234",
        "telegram join now, инстаграм страница",
    ],
)
def test_prose_is_left_alone(text: str) -> None:
    assert places(text) == []


PIECES = [text for text, *_ in LINES]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=4).map(" ".join) | st.text())
def test_spans_are_in_order_and_apart_and_what_stands_there_is_said(text: str) -> None:
    end = 0
    for one in found(text):
        assert one.span is not None
        assert one.span[0] >= end
        end = one.span[1]
        if one.kind is not Kind.CARD:
            assert text[one.span[0] : end] == one.raw
        if one.kind not in _PARTS:
            assert key_of(one.kind, one.raw) == one.key


@given(st.text("aк. :/[(точdhtpskz1\n", max_size=60))
def test_gaps_never_raise_and_overlap_nothing(text: str) -> None:
    assert all(closed(text[start:end]) for start, end in gapped(text))
    end = 0
    for one in occurrences(text):
        assert text.startswith(one.text, one.start)
        assert one.start >= end
        end = one.start + len(one.text)


SIZE = 65_536
HOSTILE = {
    "one word": "a" * SIZE,
    "brackets": "(" * (SIZE // 2) + ")" * (SIZE // 2),
    "marks": "a" + "\u0301" * SIZE,
    "digits": "8" * SIZE,
    "at": "@" * SIZE,
    "labels": "a." * (SIZE // 2),
    "sentences": "a. " * (SIZE // 3),
    "gaps": "ab . kz " * (SIZE // 8),
    "spelled": "a b . " * (SIZE // 6),
    "schemes": "https: // " * (SIZE // 10),
    "said dots": "a точка " * (SIZE // 8),
    "said at": "a [at] " * (SIZE // 7),
    "posing": "8 О " * (SIZE // 4),
    "exit codes": "00 7 " * (SIZE // 5),
    "codes": "на 1414 или " * (SIZE // 12),
    "sums": "50к " * (SIZE // 4),
    "groups": "1 000 000 000 тг " * (SIZE // 17),
    "ranges": "1-" * (SIZE // 2),
    "labels and names": "инста a.b " * (SIZE // 10),
    "spaces": "1" + " " * SIZE + "тг",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_costs_little(name: str) -> None:
    found(HOSTILE[name][:200])
    start = time.process_time()
    found(HOSTILE[name])
    assert time.process_time() - start < 1
