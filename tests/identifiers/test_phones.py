"""Any spelling of a phone number becomes E.164; what is no phone becomes nothing."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from urlguard.identifiers.phones import phone_key, short_code

ALMATY = "+77011234567"


@pytest.mark.parametrize(
    "spelling",
    [
        "+7 701 123 45 67",
        "8 701 123 45 67",
        "8(701)1234567",
        "8 (701) 123-45-67",
        "7-701-123-45-67",
        "870112 34567",
        "701.123.45.67",
        "7011234567",
        "+7\u00a0701\u00a0123\u201345\u201367",
        "８７０１１２３４５６７",
        "٨٧٠١١٢٣٤٥٦٧",
        "8️⃣7️⃣0️⃣1️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣",
        "8\u200b701\u200b1234567",
        "tel:+7-701-123-45-67;ext=12",
        "tel:87011234567",
        "wa.me/77011234567",
        "https://wa.me/77011234567?text=Салем",
        "https://api.whatsapp.com/send?phone=77011234567&text=x",
        "whatsapp://send?phone=%2B77011234567",
        "viber://chat?number=%2B77011234567",
        "https://t.me/+77011234567",
        "+8 701 123 45 67",
        "8107 701 1234567",
        "007 701 1234567",
        "  +77011234567\n",
    ],
)
def test_one_number_in_many_spellings(spelling: str) -> None:
    assert phone_key(spelling) == ALMATY


@pytest.mark.parametrize(
    ("spelling", "key"),
    [
        pytest.param("8 (7172) 55-55-55", "+77172555555", id="landline of Astana"),
        pytest.param("8 800 080 77 77", "+78000807777", id="toll free"),
        pytest.param("8 916 123-45-67", "+79161234567", id="Russia"),
        pytest.param("+44 7700 900123", "+447700900123", id="Britain"),
        pytest.param("+370 612 34567", "+37061234567", id="Lithuania"),
        pytest.param("+852 6123 4567", "+85261234567", id="Hong Kong, eleven digits that begin with 8"),
        pytest.param("998 90 123 45 67", "+998901234567", id="Uzbekistan without the plus"),
        pytest.param("wa.me/380501234567", "+380501234567", id="a link is never an IIN"),
    ],
)
def test_numbers_of_other_kinds(spelling: str, key: str) -> None:
    assert phone_key(spelling) == key


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("940140000385", id="BIN"),
        pytest.param("971240001315", id="another BIN"),
        pytest.param("4400 4300 0000 0007", id="card"),
        pytest.param("378282246310005", id="card of fifteen digits"),
        pytest.param("1414", id="short code"),
        pytest.param("+7 001 123 45 67", id="no area begins with 0"),
        pytest.param("8 101 123 45 67", id="no area begins with 1"),
        pytest.param("+7 701 123 45 6", id="a digit short"),
        pytest.param("+7 701 123 45 678", id="a digit too many"),
        pytest.param("+999 123 456 789", id="no such country"),
        pytest.param("50 000 тг", id="sum"),
        pytest.param("t.me/kaspi_77011234567", id="name with digits"),
        pytest.param("kaspi.kz", id="host"),
        pytest.param("", id="nothing"),
        pytest.param("8" * 100_000, id="endless"),
    ],
)
def test_what_is_no_phone(text: str) -> None:
    assert phone_key(text) is None


def test_short_codes_only_when_asked() -> None:
    assert [short_code(text) for text in ("1414", " 9999 ", "102", "12", "123456", "14a4")] == [
        "1414", "9999", "102", None, None, None,
    ]  # fmt: skip


@given(st.from_regex(r"\+7[67][0-9]{9}", fullmatch=True), st.sampled_from(["", " ", "-", "\u00a0", "."]))
def test_gaps_change_nothing(number: str, gap: str) -> None:
    spelled = gap.join((f"8{number[2:5]}", number[5:8], number[8:10], number[10:]))
    assert phone_key(number) == phone_key(spelled) == number


@pytest.mark.parametrize("region", ["KZ", "RU", "UA", "UZ", "KG", "LT", "DE", "GB", "TR", "AE", "CN"])
def test_agrees_with_the_reference(region: str) -> None:
    for kind in (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE):
        number = phonenumbers.example_number_for_type(region, kind)
        assert number is not None
        written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
        assert phone_key(written) == phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


@given(st.text())
def test_never_raises_and_keys_are_stable(text: str) -> None:
    key = phone_key(text)
    assert key is None or phone_key(key) == key
