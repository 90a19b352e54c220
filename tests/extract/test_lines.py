"""Which links stand in a line."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from urlguard import Guard, check
from urlguard.extract.lines import bare, candidates, has_words


@pytest.mark.parametrize(
    ("line", "links"),
    [
        ("см.http://evil.top/a", ["http://evil.top/a"]),
        ("сайт:kaspi-b.top!!!", ["kaspi-b.top"]),
        ("http://a.tophttp://b.top", ["http://a.top", "http://b.top"]),
        ("http://a.top,http://b.top/x", ["http://a.top", "http://b.top/x"]),
        ("kaspi.kz,halyk.kz;a.top", ["kaspi.kz", "halyk.kz", "a.top"]),
        ("[kaspi.kz](http://evil.top)", ["kaspi.kz", "http://evil.top"]),
        ('<a href="http://evil.top/x">kaspi.kz</a>', ["http://evil.top/x", "kaspi.kz"]),
        ("<a href=http://evil.top>вход</a>", ["http://evil.top"]),
        ("пишите на info@kaspi-bank.top.", ["kaspi-bank.top"]),
        ("info@kaspi-bank.top", ["kaspi-bank.top"]),
        ("заходи: «kaspi-b.top», (a.kz), 'b.kz'…", ["kaspi-b.top", "a.kz", "b.kz"]),
        ("**http://a.top** и a.topперейдите", ["http://a.top", "a.top"]),
        ("дважды a.kz a.kz", ["a.kz"]),
        ("👉kaspi-b.top👈", ["kaspi-b.top"]),
        ("жми ➡️http://a.top/x🔥", ["http://a.top/x"]),
        ("т.е. и.о. 12.05.2026 v1.2.3 50.000 100.00тг", []),
    ],
)
def test_links_among_words(line: str, links: list[str]) -> None:
    assert has_words(bare(line).text)
    found = candidates(line)
    assert [text for text, _ in found] == links
    assert all(line.startswith(text, start) for text, start in found)


@pytest.mark.parametrize(
    "line",
    [
        "https://www.google.com/url?q=https://e.top",
        "https://web.archive.org/web/2020/https://e.top",
        "http://kaspi.kz,login@evil.top/",
        "https://x.kz/a,b;c",
        "egov.kz@evil.top",
        "view-source:http://a.top",
        "hhttp://a.top",
        "http:evil.top",
        "hxxp[:]//evil[.]top",
        "evil [.] top",
        "evil точка kz",
        "evil<.>top",
        "https://i❤.ws/",
        "🔥.ws",
        "(http://en.wikipedia.org/wiki/A_(b))",
    ],
)
def test_one_link_is_no_text(line: str) -> None:
    assert not has_words(bare(line).text)


@pytest.mark.parametrize("word", ["file.txt", "node.js", "г.Алматы", "т.е.", "12.05.2026", "v1.2.3"])
def test_words_with_dots_are_no_links(word: str) -> None:
    assert [found.raw for found in Guard().extract(f"вот {word} и всё")] == []


SIZE = 65_536
HOSTILE = {
    "brackets": "(" * (SIZE // 2) + ")" * (SIZE // 2),
    "square": "[" * SIZE,
    "closing": "a.kz" + ")" * SIZE,
    "dots": "a." * (SIZE // 2),
    "dots and a digit": "a." * (SIZE // 2) + "1",
    "spaces": "a" + " " * SIZE + "b",
    "at": "a@" * (SIZE // 2),
    "schemes": "http://" * (SIZE // 7),
    "commas": "a.kz," * (SIZE // 5),
    "quotes": '"' * SIZE,
    "tags": "<" * SIZE,
    "defanged": "[.]" * (SIZE // 3),
    "dot words": "a dot " * (SIZE // 6),
    "many links": "http://a.kz " * (SIZE // 12),
    "encoded": "%2e" * (SIZE // 3),
    "labels": "a.b-" * (SIZE // 4),
    "punycode": "xn--a." * (SIZE // 6),
    "wide dots": "。" * SIZE,
    "parameters": "http://google.com/url?" + "q=http://a.kz&" * (SIZE // 14),
    "one letter": "я" * SIZE,
}


@pytest.mark.parametrize("line", HOSTILE.values(), ids=HOSTILE)
def test_hostile_lines_take_linear_time(line: str) -> None:
    best = 9.0
    for _ in range(3):
        began = time.perf_counter()
        has_words(bare(line).text)
        candidates(line)
        best = min(best, time.perf_counter() - began)
    assert best < 0.25


@given(st.text(st.sampled_from("ahtps:/.@,;|<>()[]\"'«»` \t\r\u200b=?&#%-_кз1\ud800"), max_size=60))
def test_never_raises_and_finds_only_what_is_there(line: str) -> None:
    has_words(bare(line).text)
    assert all(line.startswith(text, start) and text for text, start in candidates(line))
    check(line)


@pytest.mark.parametrize(
    ("line", "links"),
    [
        pytest.param("https://kaspi.kz,жалоба", ["https://kaspi.kz"], id="comma and a word"),
        pytest.param("Читайте https://kaspi.kz,там всё", ["https://kaspi.kz"], id="comma among words"),
        pytest.param("https://kaspi.kz;норм", ["https://kaspi.kz"], id="semicolon"),
        pytest.param("kaspi.kz—банк", ["kaspi.kz"], id="dash"),
        pytest.param("Толығырақ https://egov.kz-те", ["https://egov.kz"], id="Kazakh locative"),
        pytest.param("kaspi.kz-тен алыңыз", ["kaspi.kz"], id="Kazakh ablative"),
        pytest.param("Жми kaspi-bonus.top!Звоните", ["kaspi-bonus.top"], id="exclamation mark"),
        pytest.param("Жми kaspi-bonus.top(акция)", ["kaspi-bonus.top"], id="bracket"),
        pytest.param("Заходи на kaspi-bonus точка top", ["kaspi-bonus точка top"], id="dot said in words"),
        pytest.param("иди: kaspi-bonus (точка) top", ["kaspi-bonus (точка) top"], id="dot in brackets"),
    ],
)
def test_words_glued_to_a_host_are_no_part_of_it(line: str, links: list[str]) -> None:
    assert has_words(line)
    assert [found.text for found in candidates(line)] == links
