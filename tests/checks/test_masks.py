import fnmatch
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from urlguard.checks.masks import matches

MASKS = st.text("ab.-*", max_size=8)
TEXTS = st.text("ab.-", max_size=12)


@given(TEXTS, MASKS)
def test_stars_mean_what_they_mean_in_a_shell(text: str, mask: str) -> None:
    assert matches(text, mask) == fnmatch.fnmatchcase(text, mask)


@given(st.lists(TEXTS, min_size=1, max_size=5), TEXTS)
def test_a_mask_matches_what_it_was_made_from(parts: list[str], filler: str) -> None:
    assert matches(filler.join(parts), "*".join(parts))


@given(st.text(), st.text())
def test_without_stars_a_mask_is_the_text_itself(text: str, mask: str) -> None:
    mask = mask.replace("*", "")
    assert matches(text, mask) == (text == mask)


@pytest.mark.parametrize("sign", ["?", "[a]", "[!a]", "(a|b)", ".", "\\d", "^a", "a$", "{a,b}"])
def test_other_signs_mean_themselves(sign: str) -> None:
    assert matches(sign, sign)
    assert not matches("a", sign)


@pytest.mark.parametrize(
    ("text", "mask", "yes"),
    [
        pytest.param("kaspi-bonus.top", "kaspi-*.top", True, id="in the middle"),
        pytest.param("a.b.kaspi-bonus.top", "*.kaspi-*", True, id="dots too"),
        pytest.param("kaspi-.top", "kaspi-*.top", True, id="nothing is something"),
        pytest.param("aba", "ab*ba", False, id="parts do not overlap"),
        pytest.param("kaspi-bonus.top.example.com", "kaspi-*.top", False, id="the whole text"),
        pytest.param("", "*", True, id="empty"),
        pytest.param("anything", "**", True, id="two stars"),
    ],
)
def test_a_mask_covers_the_whole_text(text: str, mask: str, yes: bool) -> None:  # noqa: FBT001 (a table)
    assert matches(text, mask) is yes


@pytest.mark.parametrize(
    ("text", "mask"),
    [
        pytest.param("a" * 65_536, "*a" * 30_000 + "b", id="a mask of stars"),
        pytest.param("a" * 65_536, "*" + "a" * 100 + "*" + "a" * 100 + "b*", id="parts that almost match"),
        pytest.param("ab" * 32_768, "*ab*ba*" * 1_000 + "c", id="a part that is missing at the end"),
        pytest.param("a" * 65_536, "*" * 65_536 + "b", id="nothing but stars"),
    ],
)
def test_hostile_masks_are_answered_at_once(text: str, mask: str) -> None:
    times = []
    for _ in range(3):
        start = time.perf_counter()
        assert not matches(text, mask)
        times.append(time.perf_counter() - start)
    assert min(times) < 0.05
