"""Equal rows are judged once, in bounded memory."""

from hypothesis import given
from hypothesis import strategies as st

from urlguard.scanning.remembering import Remembered


@given(st.lists(st.integers(0, 30), max_size=200), st.integers(1, 20))
def test_a_question_among_the_last_ones_is_known(keys: list[int], kept: int) -> None:
    known: Remembered[int, str] = Remembered(kept)
    for at, key in enumerate(keys):
        before = keys[:at]
        last = len(before) - 1 - before[::-1].index(key) if key in before else None
        seen = known.seen(key)
        if last is None:
            assert not seen
        elif len(set(before[last:])) <= kept:
            assert seen
            assert known.answer(key) == str(key)
        known.keep(key, str(key))


@given(st.lists(st.integers(0, 1_000), max_size=300), st.integers(1, 20))
def test_no_more_than_two_generations_are_kept(keys: list[int], kept: int) -> None:
    known: Remembered[int, str] = Remembered(kept)
    for key in keys:
        known.seen(key)
        known.keep(key, "x")
    assert sum(known.answer(key) is not None for key in set(keys)) <= 2 * kept


def test_what_was_seen_without_an_answer_is_known_to_have_been_seen() -> None:
    known: Remembered[str, int] = Remembered()
    assert not known.seen("a")
    assert known.seen("a")
    assert known.answer("a") is None
