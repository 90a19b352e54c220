import pytest
from hypothesis import given
from hypothesis import strategies as st
from links.tables import letters


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        pytest.param("kaspi", "kaspi", id="plain"),
        pytest.param("каѕрі", "kaspi", id="Cyrillic"),
        pytest.param("қазпошта", "ka3nowta", id="Kazakh, by the eye"),
        pytest.param("kaśpi", "kaspi", id="accent"),
        pytest.param("κasρi", "kaspi", id="Greek"),
    ],
)
def test_look_is_what_the_eye_reads(text: str, seen: str) -> None:
    assert letters().look(text) == seen


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        pytest.param("ka5pi", "kaspi", id="digit for a letter"),
        pytest.param("ha1yk", "halyk", id="one for l"),
        pytest.param("horne", "home", id="rn for m"),
        pytest.param("kaspi", "kaspi", id="nothing to do"),
    ],
)
def test_skeleton_reads_digits_and_pairs_as_letters(text: str, seen: str) -> None:
    assert letters().skeleton(text) == letters().skeleton(seen)


@pytest.mark.parametrize(
    ("text", "latin"),
    [
        ("қазақ", "qazaq"),
        ("почта", "pochta"),
        ("банк", "bank"),
        ("münchen", "munchen"),
        ("plain-1", "plain-1"),
    ],
)
def test_latin_is_what_one_types_for_it(text: str, latin: str) -> None:
    assert letters().sound(text) == letters().sound(latin)


@pytest.mark.parametrize(
    ("one", "other"),
    [("kazaktelecom", "qazaqtelekom"), ("kazpost", "qazpost"), ("halyk", "khalyk"), ("zhusan", "jusan")],
)
def test_spellings_that_sound_alike_fall_together(one: str, other: str) -> None:
    assert letters().sound(one) == letters().sound(other)


@pytest.mark.parametrize(
    ("typed", "meant"), [("ЙЦУКЕН".lower(), "qwerty"), ("каспи", "rfcgb"), ("rfcgb", "каспи")]
)
def test_other_layout(typed: str, meant: str) -> None:
    assert letters().other_layout(typed) == meant


@pytest.mark.parametrize(
    ("char", "script"),
    [("a", "Latin"), ("қ", "Cyrillic"), ("α", "Greek"), ("1", ""), ("-", ""), ("中", "Han")],
)
def test_script(char: str, script: str) -> None:
    assert letters().script(char) == script


@given(st.text(max_size=30))
def test_no_view_of_a_name_raises_and_ascii_stays(text: str) -> None:
    views = letters()
    for view in (
        views.plain,
        views.look,
        views.skeleton,
        views.loose,
        views.latin,
        views.sound,
        views.coarse,
        views.other_layout,
    ):
        view(text)
    if text.isascii():
        assert views.look(text) == views.latin(text) == text


@given(st.text(max_size=30))
def test_looking_twice_changes_nothing(text: str) -> None:
    seen = letters().look(text)
    assert letters().look(seen) == seen
