"""Marks stand where they belong, whatever the text is made of and however wide the screen is."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from urlguard.reports.marked import marked, marked_lines
from urlguard.reports.screen import defanged_text, printable, width

SPANS = st.lists(st.tuples(st.integers(-3, 40), st.integers(-3, 40)), max_size=6)
TEXTS = st.text(st.sampled_from("абв a.:/xhtps<U+200B>[.]\n\r\t\u200b\u202e\u0301あ\ud800‹›"), max_size=40)


@given(TEXTS, SPANS)
def test_pieces_are_the_text_and_marked_is_what_the_spans_hold(
    text: str, spans: list[tuple[int, int]]
) -> None:
    pieces = marked(text, spans)
    assert "".join(piece for piece, _ in pieces) == text
    assert all(piece for piece, _ in pieces)
    assert all(one[1] != other[1] for one, other in pairwise(pieces))
    held = [any(start <= at < end for start, end in spans) for at in range(len(text))]
    assert [on for piece, on in pieces for _ in piece] == held


@pytest.mark.parametrize(
    ("spans", "pieces"),
    [
        pytest.param([], [("say the code", False)], id="none"),
        pytest.param([(0, 3), (8, 12)], [("say", True), (" the ", False), ("code", True)], id="two"),
        pytest.param([(4, 12), (0, 5)], [("say the code", True)], id="overlapping"),
        pytest.param([(0, 3), (3, 7)], [("say the", True), (" code", False)], id="touching"),
        pytest.param([(8, 99), (50, 60)], [("say the ", False), ("code", True)], id="behind the end"),
        pytest.param([(5, 5), (7, 2)], [("say the code", False)], id="empty"),
    ],
)
def test_pieces(spans: list[tuple[int, int]], pieces: list[tuple[str, bool]]) -> None:
    assert marked("say the code", spans) == pieces


def _lines(text: str, what: list[str], columns: int = 40, links: tuple[str, ...] = ()) -> list[str]:
    spans = [(text.index(part), text.index(part) + len(part)) for part in what]
    lines = marked_lines(text, links, spans, columns, most=5, brackets=True)
    return ["".join(part for part, _ in line) for line in lines]


@pytest.mark.parametrize(
    ("text", "what", "lines"),
    [
        pytest.param("say the code", ["code"], ["say the ‹code›"], id="one line"),
        pytest.param("a\u200bb say\u202e the code", ["say\u202e"], ["a<U+200B>b ‹say<U+202E>› the code"],
                     id="behind what is longer on a screen"),
        pytest.param("go https://kaspi-bonus.top/a.b now", ["kaspi-bonus", "now"],
                     ["go hxxps://‹kaspi-bonus›[.]top/a.b ‹now›"], id="in a link"),
        pytest.param("one\r\n\r\n  two\n\n\nthree", ["two"], ["one", "‹two›", "three"], id="line ends"),
        pytest.param("say \n code\tnow", [" \n code\t"], ["say", "‹code› now"], id="spaces are not marked"),
        pytest.param("say the\ncode now", ["the\ncode"], ["say ‹the", "code› now"], id="over a line end"),
        pytest.param("word " * 7 + "say the code", ["say the"],
                     ["word word word word word word word ‹say", "the› code"], id="over a break"),
        pytest.param("слово " * 90 + "код", ["код"],
                     [*["слово слово слово слово слово слово"] * 3, "…",
                      "слово слово слово слово слово слово", "‹код›"], id="the end of a long text"),
        pytest.param("a" * 300, [], ["a" * 40] * 5 + ["…"], id="nothing marked"),
        pytest.param("‹say› the code", ["code"], ["<U+2039>say<U+203A> the ‹code›"], id="marks of the text"),
        pytest.param(" \n\t", [], [], id="blank"),
    ],
)  # fmt: skip
def test_lines(text: str, what: list[str], lines: list[str]) -> None:
    assert _lines(text, what, links=("https://kaspi-bonus.top/a.b",)) == lines


def test_of_many_marks_the_strongest_stay() -> None:
    text = "\n".join(f"row {number}" for number in range(100))
    assert _lines(text, ["row 70", "row 30", *(f"row {number}" for number in range(10, 20))]) == [
        "…", "‹row 10›", "‹row 11›", "‹row 12›", "…", "‹row 30›", "…", "‹row 70›", "…",
    ]  # fmt: skip


@given(TEXTS, SPANS, st.integers(20, 30), st.booleans())
def test_lines_show_each_character_once_and_fit(
    text: str,
    spans: list[tuple[int, int]],
    columns: int,
    brackets: bool,  # noqa: FBT001  (drawn)
) -> None:
    lines = marked_lines(text, [], spans, columns, most=99, brackets=brackets)
    assert all(width("".join(part for part, _ in line)) <= columns for line in lines)
    if not brackets:
        shown = "".join(part for line in lines for part, _ in line)
        lines_alone = "".join(printable(part) for part in defanged_text(text, []).split("\t"))
        bare = lines_alone.replace("<U+000A>", "").replace("<U+000D>", "")
        assert "".join(shown.split(" ")) == "".join(bare.split(" "))


@pytest.mark.parametrize("char", ["a", " ", "\n", ".", "\u200b", "\u0301", "あ"])
def test_a_long_text_is_shown_in_a_moment(char: str) -> None:
    lines = marked_lines(char * 100_000, [], [(50_000, 50_004)], 60, most=12, brackets=True)
    assert len(lines) <= 14
