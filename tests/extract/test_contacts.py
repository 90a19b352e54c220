"""Phones, accounts, mailboxes, accounts of banks and apps among words; and what is none of them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from urlguard.extract.contacts import contacts
from urlguard.identifiers.table import key_of

PHONE = "+77011234567"
IBAN = "KZ86125KZT5004100100"
CARD = "4400430000000007"
TRON = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"
ETHER = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
SEGWIT = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"

PHONES = [
    "Звоните: +7 701 123 45 67",
    "Нөмірім 8 701 123 45 67, хабарласыңыз",
    "Тел.87011234567",
    "тел:8(701)123-45-67.",
    "моб 8-701-123-45-67 Айгерим",
    "(8 701 123 45 67)",
    "сот. (701) 123-45-67",
    "WhatsApp:87011234567",
    "жазыңыз 7011234567",
    "Қоңырау шал 8️⃣7️⃣0️⃣1️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣!",
    "８７０１１２３４５６７",
    "пиши 8 7 0 1 1 2 3 4 5 6 7",
    "пиши 8.701.123.45.67",
    "номер 8\u200b701\u200b123\u200b45\u200b67",
    "call +7\u00a0(701)\u00a0123\u201345\u201367 now",
    "2 комнаты 8 701 123 45 67",
    "цена 50 000 тг 87011234567",
    "87011234567 50 000 тг",
    "1) 87011234567",
    "карта на имя Айгерим,87011234567",
    "+77011234567(WhatsApp)",
]


@pytest.mark.parametrize("text", PHONES)
def test_a_phone(text: str) -> None:
    assert _found(text) == [("phone", PHONE)]


OTHERS = [
    ("87011234567/87021234567", [("phone", PHONE), ("phone", "+77021234567")]),
    ("87011234567, 87021234567", [("phone", PHONE), ("phone", "+77021234567")]),
    ("8 701 123 45 67 8 702 123 45 67", [("phone", PHONE), ("phone", "+77021234567")]),
    ("сверху 87011234567\n87021234567 снизу", [("phone", PHONE), ("phone", "+77021234567")]),
    ("офис 8 (7172) 55-55-55", [("phone", "+77172555555")]),
    ("из Лондона +44 20 7946 0018 50 000", [("phone", "+442079460018")]),
    ("заём: +370 612 34567", [("phone", "+37061234567")]),
    ("фирма +44 7700 900123", [("phone", "+447700900123")]),
    ("из России 8 916 123-45-67", [("phone", "+79161234567")]),
    ("пишите на Info@Kaspi-Bank.top.", [("email", "info@kaspi-bank.top")]),
    ("<info@kaspi-bank.top>, 'a.b@x.kz'", [("email", "info@kaspi-bank.top"), ("email", "a.b@x.kz")]),
    ("пошта: info\u200b@kaspi-bank.top", [("email", "info@kaspi-bank.top")]),
    ("mailto:info@kaspi-bank.top", [("email", "info@kaspi-bank.top")]),
    ("на счёт KZ86 125K ZT50 0410 0100, БИК", [("iban", IBAN)]),
    ("шот kz86125kzt5004100100.", [("iban", IBAN)]),
    ("IBAN: KZ86-125K-ZT50-0410-0100", [("iban", IBAN)]),
    ("сч\u200bёт KZ86\u00a0125K\u00a0ZT50\u00a00410\u00a00100", [("iban", IBAN)]),
    ("перевод DE89 3704 0044 0532 0130 00", [("iban", "DE89370400440532013000")]),
    ("карта 4400 4300 0000 0007 Айгерим", [("card", CARD)]),
    ("картаға 4400430000000007 салыңыз", [("card", CARD)]),
    ("карта:4400-4300-0000-0007", [("card", CARD)]),
    ("4400 4300 0000 0007 500 тг", [("card", CARD)]),
    ("4400 4300 0000 0007 8 701 123 45 67", [("card", CARD), ("phone", PHONE)]),
    (f"USDT TRC20: {TRON}", [("wallet", f"tron:{TRON}")]),
    (f"({SEGWIT})", [("wallet", f"btc:{SEGWIT}")]),
    (f"ETH {ETHER}!", [("wallet", f"eth:{ETHER.lower()}")]),
    ("KZ86 125K ZT50 0410 0100 50 000 тг", [("iban", IBAN)]),
    ("пишите @Kaspi_Bonus.", [("handle", "@kaspi_bonus")]),
    ("＠kaspi_bonus жазыңыз", [("handle", "@kaspi_bonus")]),
    ("Telegram: @Kaspi_Bonus", [("handle", "telegram:kaspi_bonus")]),
    ("телеграм-канал @kaspi_bonus", [("handle", "telegram:kaspi_bonus")]),
    ("инста: aidana.shop", [("handle", "instagram:aidana.shop")]),
    ("Instagram - @aidana.shop", [("handle", "instagram:aidana.shop")]),
    ("тг: kaspi_bonus, вк: kaspi_bonus", [("handle", "telegram:kaspi_bonus"), ("handle", "vk:kaspi_bonus")]),
    ("50 000 тг @aidana_shop", [("handle", "@aidana_shop")]),
    ("тикток @aidana_shop", [("handle", "tiktok:aidana_shop")]),
    ("орнатыңыз kaspi_update.apk", [("app", "apk:kaspi_update.apk")]),
    ("приложение kz.kaspi.mobile", [("app", "android:kz.kaspi.mobile")]),
    (
        "Вход: +7 701 123 45 67, @kaspi_bonus, info@x.kz",
        [("phone", PHONE), ("handle", "@kaspi_bonus"), ("email", "info@x.kz")],
    ),
]


@pytest.mark.parametrize(("text", "found"), OTHERS)
def test_contacts(text: str, found: list[tuple[str, str]]) -> None:
    assert _found(text) == found


NOTHING = [
    pytest.param("просто текст без всего", id="words"),
    pytest.param("цена 50 000 тг, 1 500 000 тенге", id="sums"),
    pytest.param("бюджет 87 500 000 000 тенге", id="sum of eleven digits"),
    pytest.param("выделено 7 500 000 000 тг", id="sum of ten digits"),
    pytest.param("от 7 900 - 8 500 000 тг", id="range of sums"),
    pytest.param("87.500.000.000", id="sum with dots"),
    pytest.param("8 701 123 456.70 KZT", id="sum with tiyn"),
    pytest.param("08.12.2025 10:30", id="date"),
    pytest.param("с 08.12.2025 - 31.12.2025", id="range of dates"),
    pytest.param("2026-11-22 06:05:08", id="timestamp"),
    pytest.param("ИИН 870112300123", id="IIN, announced"),
    pytest.param("940140000385", id="BIN"),
    pytest.param("870112 300123", id="IIN in two parts"),
    pytest.param("заказ № 87011234567", id="order"),
    pytest.param("Тапсырыс: 87011234567", id="order in Kazakh"),
    pytest.param("order #77011234567", id="order in English"),
    pytest.param("накладная 1189774422", id="waybill"),
    pytest.param("трек CC048213456KZ", id="parcel"),
    pytest.param("VIN XTA87011234567890", id="car"),
    pytest.param("скидка 50% 87%", id="percent"),
    pytest.param("код 4821, позвоните 9999 или 1414", id="codes and short numbers"),
    pytest.param("карта *1234, 4400 43** **** 1234", id="masked card"),
    pytest.param("4400 4300 0000 0008", id="card with a wrong digit"),
    pytest.param("0000 0000 0000 0000", id="zeros"),
    pytest.param("1234 5678 9012 3452", id="sixteen digits of no issuer"),
    pytest.param("KZ87 125K ZT50 0410 0100", id="IBAN with a wrong digit"),
    pytest.param("KZ86125KZT50041001005555", id="longer than an IBAN"),
    pytest.param("TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6u", id="wallet with a wrong letter"),
    pytest.param("З@раб0ток, К@spi дарит", id="@ for a letter"),
    pytest.param("встреча @ 500 м, @all", id="at"),
    pytest.param("telegram: join our channel now", id="a sentence behind a label"),
    pytest.param("телеграм: канал про Каспий", id="words behind a label"),
    pytest.param("Telegram: https://t.me/kaspi_bonus", id="a link behind a label"),
    pytest.param("https://t.me/kaspi_bonus/77011234567", id="one link"),
    pytest.param("tel=a/77011234567?x=87011234567", id="digits of an address"),
    pytest.param("IP 192.168.100.100, версия 8.701.123", id="IP and version"),
    pytest.param("fe80::8701:1234:5678", id="IPv6"),
    pytest.param("git@github.com:kaspi/pay", id="repository"),
    pytest.param("0x87011234567", id="hexadecimal"),
    pytest.param("sha 87011234567abcdef", id="hash"),
    pytest.param("на сайте app.testcenter.kz и kz.bank.top", id="sites"),
    pytest.param("1700000000 1732255508", id="seconds since 1970"),
    pytest.param("Camry 2015, 7 500 000", id="car and price"),
    pytest.param("", id="empty"),
]


@pytest.mark.parametrize("text", NOTHING)
def test_no_contacts(text: str) -> None:
    assert _found(text) == []


def test_links_already_found_keep_what_is_inside_them() -> None:
    text = "см https://t.me/s/@kaspi_bonus?p=+77011234567 и wa.me/77011234567"
    links = [(3, text.index(" и")), (text.index("wa.me"), len(text))]
    assert contacts(text, links) == []


def test_a_mailbox_is_found_although_its_domain_is_a_link() -> None:
    text = "пишите на info@kaspi-bank.top"
    at = text.index("kaspi")
    assert [found.raw for found in contacts(text, [(at, len(text))])] == ["info@kaspi-bank.top"]


def test_an_account_is_found_although_it_looks_like_a_host() -> None:
    text = "инста: aidana.kz"
    assert [found.key for found in contacts(text, [(7, len(text))])] == ["instagram:aidana.kz"]


def test_a_link_in_disguise_is_no_mailbox() -> None:
    assert contacts("вход egov.kz@evil.top здесь") == []


def test_spans_are_in_the_original() -> None:
    text = "\u200b😀 8️⃣7️⃣0️⃣1️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣! и @kaspi\u200b_bonus"
    phone, handle = contacts(text)
    assert phone.raw == "8️⃣7️⃣0️⃣1️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣"
    assert handle.raw == "@kaspi\u200b_bonus"


PIECES = [*PHONES, *(text for text, _ in OTHERS), "\u200b", "İ", "@", "+", "(", "8", "\u0301", " "]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5)).map(" ".join) | st.text())
def test_never_raises_and_says_where(text: str) -> None:
    end = 0
    for found in contacts(text):
        assert found.span is not None
        assert found.span[0] >= end
        end = found.span[1]
        assert text[found.span[0] : end] == found.raw
        assert key_of(found.kind, found.raw) == found.key


@given(st.text("8701 +()-.@aKZ\u200b", max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_nothing_begins_in_a_link(text: str, begin: int, size: int) -> None:
    for found in contacts(text, [(begin, begin + size)]):
        assert found.span is not None
        assert not begin <= found.span[0] < begin + size


SIZE = 65_536
HOSTILE = {
    "digits": "8" * SIZE,
    "digits apart": "8 " * (SIZE // 2),
    "fours apart": "4 " * (SIZE // 2),
    "fours in fours": "4444 " * (SIZE // 5),
    "phones": "87011234567 " * (SIZE // 12),
    "orders": "№87011234567 " * (SIZE // 13),
    "plus": "+" * SIZE,
    "plus and digits": "+44 7 " * (SIZE // 6),
    "foreign": "".join(f"+4420794{at:05} " for at in range(SIZE // 14)),
    "at": "@" * SIZE,
    "accounts": "@ab1 " * (SIZE // 5),
    "mailboxes": "a@" * (SIZE // 2),
    "long mailboxes": ("a" * 64 + "@") * (SIZE // 65),
    "dots": "a." * (SIZE // 2) + "@",
    "brackets": "(" * (SIZE // 2) + "8" + ")" * (SIZE // 2),
    "brackets and digits": "8(" * (SIZE // 2),
    "marks": "8" + "\u0301" * SIZE,
    "marks on digits": "8\u0301" * (SIZE // 2),
    "keycaps": "8\ufe0f\u20e3" * (SIZE // 3),
    "labels": "тг: " * (SIZE // 4),
    "labelled": "тг:abcd " * (SIZE // 8),
    "ibans": "KZ86" * (SIZE // 4),
    "ibans apart": "KZ 86 " * (SIZE // 6),
    "wallets": ("T" + "1" * 33 + " ") * (SIZE // 35),
    "segwit": ("bc1" + "q" * 80 + " ") * (SIZE // 84),
    "packages": "com.ab" * (SIZE // 6),
    "apk": "a." * (SIZE // 2) + "apk",
    "emoji": "😀8" * (SIZE // 2),
    "wide": "\uff10" * SIZE,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_costs_little(name: str) -> None:
    contacts(HOSTILE[name][:200])
    start = time.process_time()
    contacts(HOSTILE[name])
    assert time.process_time() - start < 1


def _found(text: str) -> list[tuple[str, str]]:
    return [(found.kind.value, found.key) for found in contacts(text)]
