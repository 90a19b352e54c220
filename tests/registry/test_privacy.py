import pytest
from hypothesis import given
from hypothesis import strategies as st

from urlguard.registry.privacy import is_iin, scrubbed, scrubbed_ground, scrubbed_values
from urlguard.scope import Ground

IIN = "900101300007"
CARD = "4111111111111111"


def with_check_digit(eleven: str) -> str | None:
    """Return an IIN made the way the ministry's order says, None when there is none for these digits."""
    for first in (1, 3):
        weights = [(first - 1 + at) % 11 + 1 for at in range(11)]
        rest = sum(weight * int(digit) for weight, digit in zip(weights, eleven, strict=True)) % 11
        if rest < 10:
            return eleven + str(rest)
    return None


@given(st.dates().map(lambda day: day.strftime("%y%m%d")), st.integers(0, 6), st.integers(0, 9999))
def test_a_date_and_a_check_digit_are_a_personal_number(day: str, century: int, number: int) -> None:
    made = with_check_digit(f"{day}{century}{number:04d}")
    if made is not None:
        assert is_iin(made)
        assert not is_iin(made[:-1] + str((int(made[-1]) + 1) % 10))
        assert scrubbed(f"ИИН {made}.") == "ИИН [IIN]."


@pytest.mark.parametrize(
    ("digits", "why"),
    [
        pytest.param("901301300003", "month 13", id="no month"),
        pytest.param("900132300003", "day 32", id="no day"),
        pytest.param("980540000397", "a 4 in fifth place", id="a company's number"),
        pytest.param("90010130000", "eleven digits", id="too short"),
        pytest.param("٩٠٠١٠١٣٠٠٠٠٧", "other digits", id="digits of another script"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_what_is_no_personal_number(digits: str, why: str) -> None:
    assert not is_iin(digits), why


@pytest.mark.parametrize(
    ("text", "right"),
    [
        pytest.param(f"ИИН {IIN}", "ИИН [IIN]", id="IIN"),
        pytest.param("ИИН 900101 300 007", "ИИН [IIN]", id="IIN in groups"),
        pytest.param(f"карта {CARD}", "карта 411111******1111", id="card"),
        pytest.param("4111-1111-1111-1111", "411111******1111", id="card in groups"),
        pytest.param("БИН 980540000397", "БИН 980540000397", id="a company's number"),
        pytest.param("+7 701 000 00 00", "+7 701 000 00 00", id="a phone"),
        pytest.param("4111111111111112", "4111111111111112", id="no card: its check digit is wrong"),
        pytest.param("KZ86125KZT5004100100", "KZ86125KZT5004100100", id="IBAN"),
        pytest.param("дело 2026-11-22", "дело 2026-11-22", id="a date"),
        pytest.param("a\0b\0", "ab", id="no NUL is kept"),
    ],
)
def test_numbers_of_people_are_masked(text: str, right: str) -> None:
    assert scrubbed(text) == right


@given(st.text(st.sampled_from(f"{IIN}{CARD} -аb"), max_size=40))
def test_masking_twice_masks_nothing_more(text: str) -> None:
    assert scrubbed(scrubbed(text)) == scrubbed(text)


@given(st.text("аб ", max_size=8), st.sampled_from([IIN, CARD]), st.text("аб ", max_size=8))
def test_no_number_is_left_anywhere(before: str, number: str, after: str) -> None:
    text = f"{before} {number} {after}"
    assert number not in scrubbed(text)
    assert number not in str(scrubbed_values({"title": text, "list": [text, (text,)], "n": 1}))
    assert number not in str(scrubbed_ground(Ground("court", number=text, article=text)))


def test_what_is_no_text_stays() -> None:
    assert scrubbed_values({"posts": 900101300007, "open": True, "none": None}) == {
        "posts": 900101300007,
        "open": True,
        "none": None,
    }
