"""IBANs, cards, wallets; and IINs, which are recognised only to be refused."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import bitcoin, iban, luhn

from urlguard.identifiers.payments import (
    IBAN_LENGTHS,
    card_digits,
    card_key,
    iban_key,
    is_iin,
    masked,
    wallet_key,
)

CARD = "4400430000000007"
TRON = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"
SEGWIT = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"
TAPROOT = "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0"
GENESIS = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"
SCRIPT = "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy"
ETHER = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("KZ86 125K ZT50 0410 0100", "KZ86125KZT5004100100"),
        ("kz86125kzt5004100100", "KZ86125KZT5004100100"),
        ("KZ86-125K-ZT50-0410-0100", "KZ86125KZT5004100100"),
        ("KZ86\u00a0125K\u00a0ZT50\u00a00410\u00a00100", "KZ86125KZT5004100100"),
        ("ＫＺ８６125KZT5004100100", "KZ86125KZT5004100100"),
        ("DE89 3704 0044 0532 0130 00", "DE89370400440532013000"),
        ("GB29NWBK60161331926819", "GB29NWBK60161331926819"),
        ("KZ87 125K ZT50 0410 0100", None),
        ("KZ86 125K ZT50 0410 010", None),
        ("ZZ86125KZT5004100100", None),
        ("K" * 10_000, None),
    ],
)
def test_iban(written: str, key: str | None) -> None:
    assert iban_key(written) == key


@given(st.sampled_from(sorted(IBAN_LENGTHS)), st.data())
def test_iban_check_digits_are_those_of_the_reference(country: str, data: st.DataObject) -> None:
    size = IBAN_LENGTHS[country] - 4
    body = data.draw(st.text("0123456789ABCDEFGHJKZ", min_size=size, max_size=size))
    number = country + iban.calc_check_digits(f"{country}00{body}") + body
    assert iban_key(number) == number
    wrong = f"{number[:2]}{(int(number[2:4]) + 1) % 100:02}{body}"
    assert iban_key(wrong) is None


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("4400 4300 0000 0007", CARD),
        ("4400-4300-0000-0007", CARD),
        ("4400\u00a04300\u00a00000\u00a00007", CARD),
        ("４４００430000000007", CARD),
        ("3782 822463 10005", "378282246310005"),
        ("5555 5555 5555 4444", "5555555555554444"),
        ("4400 4300 0000 0008", None),
        ("0000 0000 0000 0000", None),
        ("1234 5678 9012 3452", None),
        ("940140000385", None),
        ("4400 43** **** 0009", None),
        ("4" * 5_000, None),
    ],
)
def test_card(written: str, digits: str | None) -> None:
    assert card_digits(written) == digits


@given(st.from_regex(r"4[0-9]{11,18}", fullmatch=True))
def test_cards_pass_the_check_of_the_reference(digits: str) -> None:
    assert (card_digits(digits) is not None) == (luhn.is_valid(digits) and not is_iin(digits))


def test_what_may_be_shown_and_kept_of_a_card() -> None:
    assert masked(CARD) == "440043******0007"
    key = card_key(CARD, b"one")
    assert key.startswith("440043/0007/")
    assert len(key.rpartition("/")[2]) == 32
    assert CARD not in key
    assert key == card_key(CARD, b"one") != card_key(CARD, b"two")
    with pytest.raises(ValueError, match="secret"):
        card_key(CARD, b"")


@pytest.mark.parametrize(
    ("written", "key"),
    [
        (TRON, f"tron:{TRON}"),
        (GENESIS, f"btc:{GENESIS}"),
        (SCRIPT, f"btc:{SCRIPT}"),
        (SEGWIT, f"btc:{SEGWIT}"),
        (SEGWIT.upper(), f"btc:{SEGWIT}"),
        (TAPROOT, f"btc:{TAPROOT}"),
        (ETHER, f"eth:{ETHER.lower()}"),
        (f"bitcoin:{SEGWIT}?amount=0.1", f"btc:{SEGWIT}"),
        (f"ethereum:{ETHER}", f"eth:{ETHER.lower()}"),
        (TRON[:-1] + "u", None),
        (TRON.lower(), None),
        (GENESIS[:-1] + "b", None),
        (SEGWIT[:-1] + "5", None),
        (SEGWIT[:-1] + "T", None),
        (TAPROOT[:-1] + "q", None),
        (ETHER[:-1], None),
        ("1" * 34, None),
        ("bc1" + "q" * 9, None),
    ],
)
def test_wallet(written: str, key: str | None) -> None:
    assert wallet_key(written) == key


@given(st.sampled_from([SEGWIT, TAPROOT]), st.data())
def test_one_wrong_letter_breaks_the_checksum(address: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(3, len(address) - 1))
    letter = data.draw(st.sampled_from("qpzry9x8gf2tvdw0s3jn54khce6mua7l"))
    changed = address[:at] + letter + address[at + 1 :]
    assert (wallet_key(changed) is not None) == (changed == address)


@given(st.sampled_from([GENESIS, SCRIPT, SEGWIT]), st.data())
def test_one_wrong_letter_is_seen_as_the_reference_sees_it(address: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(address) - 1))
    letter = data.draw(st.sampled_from("023456789acdefghjklmnpqrstuvwxyz"))
    changed = address[:at] + letter + address[at + 1 :]
    assert (wallet_key(changed) is not None) == bitcoin.is_valid(changed)


@pytest.mark.parametrize("number", ["940140000385", "971240001315", "980640000093", "030740001404"])
def test_business_numbers_of_banks(number: str) -> None:
    assert is_iin(number)
    assert is_iin(f"{number[:6]} {number[6:]}")
    assert not is_iin(number[:-1] + str((int(number[-1]) + 1) % 10))


def _person(body: str) -> str | None:
    """Return a personal number with its check digit, or None when none is issued."""
    for weights in ((1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)):
        check = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11
        if check < 10:
            return f"{body}{check}"
    return None


@given(st.dates(), st.integers(3, 6), st.integers(0, 9999))
def test_personal_numbers_with_one_or_two_rounds(born: date, century: int, serial: int) -> None:
    body = f"{born:%y%m%d}{century}{serial:04}"
    number = _person(body)
    if number is None:
        assert not any(is_iin(f"{body}{digit}") for digit in range(10))
    else:
        assert [is_iin(f"{body}{digit}") for digit in range(10)].count(True) == 1
        assert is_iin(number)


def test_no_date_no_iin() -> None:
    assert not is_iin("999999300007")
    assert not is_iin("87011234567")
    assert not is_iin("9401400003850")
    assert not is_iin("9" * 10_000)
