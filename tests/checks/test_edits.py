import pytest
from hypothesis import given
from hypothesis import strategies as st

from urlguard.checks.edits import Edit, marked, one_edit


def distance(one: str, other: str) -> int:
    """Return the optimal string alignment distance by the textbook."""
    rows = [list(range(len(other) + 1))]
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            best = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]


WORDS = st.text("abк", max_size=7)


@given(WORDS, WORDS)
def test_finds_an_edit_exactly_at_distance_one(written: str, real: str) -> None:
    assert (one_edit(written, real) is not None) == (distance(written, real) == 1)


@given(st.text(max_size=12), st.text(min_size=1, max_size=1), st.integers(0, 12))
def test_finds_every_letter_put_in_or_left_out(real: str, letter: str, at: int) -> None:
    written = real[:at] + letter + real[at:]
    more, less = one_edit(written, real), one_edit(real, written)
    assert more is not None
    assert less is not None
    assert (more.kind, less.kind) == ("insertion", "omission")


@given(WORDS, WORDS)
def test_marking_adds_brackets_and_nothing_else(written: str, real: str) -> None:
    edit = one_edit(written, real)
    if edit is not None:
        shown = marked(written, edit.start, edit.end)
        assert shown.replace("‹", "").replace("›", "") == written
        fake = written[edit.start : edit.end]
        assert len(fake) == {"insertion": 1, "omission": 0, "replacement": 1, "transposition": 2}[edit.kind]


@pytest.mark.parametrize(
    ("written", "real", "edit", "shown"),
    [
        pytest.param("kasspi", "kaspi", Edit("insertion", 3, 4), "kas‹s›pi", id="doubled"),
        pytest.param("kaspik", "kaspi", Edit("insertion", 5, 6), "kaspi‹k›", id="at the end"),
        pytest.param("xkaspi", "kaspi", Edit("insertion", 0, 1), "‹x›kaspi", id="at the beginning"),
        pytest.param("kapi", "kaspi", Edit("omission", 2, 2), "ka‹›pi", id="left out"),
        pytest.param("kasp", "kaspi", Edit("omission", 4, 4), "kasp‹›", id="left out at the end"),
        pytest.param("kaxpi", "kaspi", Edit("replacement", 2, 3), "ka‹x›pi", id="another letter"),
        pytest.param("kapsi", "kaspi", Edit("transposition", 2, 4), "ka‹ps›i", id="swapped"),
        pytest.param("akspi", "kaspi", Edit("transposition", 0, 2), "‹ak›spi", id="swapped at the beginning"),
    ],
)
def test_says_which_edit_and_where(written: str, real: str, edit: Edit, shown: str) -> None:
    assert one_edit(written, real) == edit
    assert marked(written, edit.start, edit.end) == shown


@pytest.mark.parametrize(
    ("written", "real"),
    [
        pytest.param("kaspi", "kaspi", id="equal"),
        pytest.param("kpasii", "kaspi", id="two edits"),
        pytest.param("kipsa", "kaspi", id="letters swapped over one another"),
        pytest.param("", "ka", id="two left out"),
    ],
)
def test_two_edits_are_none(written: str, real: str) -> None:
    assert one_edit(written, real) is None
