"""Sums of money: one key for all spellings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from urlguard.identifiers.about import about
from urlguard.identifiers.amounts import amount_key
from urlguard.model import Kind


@pytest.mark.parametrize(
    "text",
    ["50 000 тг", "50000₸", "₸50,000", "50.000 тенге", "50 мың теңге", "50 тыс. тг", "50к", "50К тг",
     "50 000 KZT",
     "KZT 50000", "50\u00a0000 теңгеден",
     "50мыңнан", "0,05 млн тг", "50'000 тг", "５０ ０００ тг", "KZT:50000",
     "50000.00 тг", "50 тысяч тенге"],
)  # fmt: skip
def test_fifty_thousand_tenge(text: str) -> None:
    assert amount_key(text) == "KZT:50000"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("5 млрд тенге", "KZT:5000000000"),
        ("1,5 млн теңгеге", "KZT:1500000"),
        ("99,90 тг", "KZT:99.9"),
        ("$1,200.50", "USD:1200.5"),
        ("120 долларов", "USD:120"),
        ("120 USDT", "USDT:120"),
        ("300 евро", "EUR:300"),
        ("5 000 рублей", "RUB:5000"),
        ("50 000", None),
        ("50 кг", None),
        ("тг", None),
        ("", None),
        ("9" * 90 + " тг", None),
    ],
)
def test_amount(text: str, key: str | None) -> None:
    assert amount_key(text) == key


@given(st.text("0123456789 .,кktгмлнышщ$₸-", max_size=30) | st.text(max_size=20))
def test_a_key_is_its_own_key(text: str) -> None:
    key = amount_key(text)
    if key is not None:
        assert amount_key(key) == key


@pytest.mark.parametrize(
    ("kind", "key", "facts"),
    [
        (Kind.PHONE, "+77010000000", {"country": "KZ", "number": "mobile"}),
        (Kind.PHONE, "+77172000000", {"country": "KZ", "number": "fixed"}),
        (Kind.PHONE, "+78000800000", {"number": "toll_free"}),
        (Kind.PHONE, "+37061200000", {"country": "LT", "number": "mobile"}),
        (Kind.PHONE, "nonsense", {}),
        (Kind.IBAN, "KZ86125KZT5004100100", {"country": "KZ", "bank": "nbk"}),
        (Kind.IBAN, "DE89370400440532013000", {"country": "DE"}),
        (Kind.AMOUNT, "USD:120", {"currency": "USD"}),
        (Kind.WALLET, "tron:T", {"network": "tron"}),
        (Kind.HANDLE, "telegram:tolem", {"platform": "telegram"}),
        (Kind.HANDLE, "@tolem", {}),
        (Kind.URL, "https://t.me/tolem", {"platform": "telegram"}),
        (Kind.URL, "https://tolem.top/", {}),
        (Kind.APP, "apk:a.apk", {}),
    ],
)
def test_what_a_key_says(kind: Kind, key: str, facts: dict[str, str]) -> None:
    assert about(kind, key) == facts
