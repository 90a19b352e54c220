"""Letters glued together, split into known words."""

import time

import pytest
from checks.tables import book
from hypothesis import given
from hypothesis import strategies as st

from urlguard.checks.knowledge import Knowledge
from urlguard.letters import Letters
from urlguard.links.suffixes import Suffixes

KNOW = Knowledge(book(), Letters(book()["letters"]), Suffixes(book()["suffixes"]))
WORDS = sorted(KNOW.words)


@pytest.mark.parametrize(
    ("piece", "classes"),
    [
        pytest.param("bonus", ["money"], id="one word"),
        pytest.param("bonus24", ["money", "digits"], id="word and number"),
        pytest.param("2024bonus", ["digits", "money"], id="number and word"),
        pytest.param("loginbonus", ["access", "money"], id="two words"),
        pytest.param("bonustolem", ["money", "money"], id="two languages"),
        pytest.param("0123456789", ["digits"], id="one number"),
        pytest.param("", [], id="nothing"),
        pytest.param("zzqqzz", None, id="unknown"),
        pytest.param("bonuszzqqzz", None, id="half unknown"),
    ],
)
def test_splits_into_known_words(piece: str, classes: list[str] | None) -> None:
    assert KNOW.segments(piece) == classes


NUMBERS = st.text("0123456789", min_size=1, max_size=4)


@given(st.lists(st.sampled_from(WORDS) | NUMBERS, min_size=1, max_size=4))
def test_whatever_is_glued_of_known_words_splits_into_no_more_parts(words: list[str]) -> None:
    piece = "".join(words)
    found = KNOW.segments(piece)
    if len(piece) <= 63:
        assert found is not None
        assert len(found) <= len(words)
        assert set(found) <= {*KNOW.words.values(), "digits"}


@given(st.text("abcdefghijklmnopqrstuvwxyz0123456789", max_size=63))
def test_every_part_has_a_class(piece: str) -> None:
    found = KNOW.segments(piece)
    assert found is None or len(found) <= len(piece)


def test_a_piece_no_label_can_hold_is_not_split() -> None:
    assert KNOW.segments("bonus" * 20) is None


@pytest.mark.parametrize("piece", ["1" * 63, "paypa" * 12 + "x", "a" * 63, "1a" * 31], ids=len)
def test_the_longest_pieces_are_split_at_once(piece: str) -> None:
    times = []
    for _ in range(3):
        start = time.perf_counter()
        KNOW.segments(piece)
        times.append(time.perf_counter() - start)
    assert min(times) < 0.01
