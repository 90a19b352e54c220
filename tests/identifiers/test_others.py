"""Mailboxes, apps, SMS senders, IP addresses; and which kind a pasted value is."""

import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from links.tables import read

from urlguard.identifiers.apps import app_key, app_of_link
from urlguard.identifiers.ips import ip_key, network_key, networks_around
from urlguard.identifiers.mail import email_key
from urlguard.identifiers.patterns import pattern
from urlguard.identifiers.senders import sender_key
from urlguard.identifiers.table import guessed, key_of
from urlguard.model import Kind

CARD = "4400430000000007"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Info@Kaspi-Bank.TOP", "info@kaspi-bank.top"),
        ("mailto:info@kaspi-bank.top?subject=x", "info@kaspi-bank.top"),
        ("info＠kaspi-bank．top", "info@kaspi-bank.top"),
        ("a.b+c@x.kz", "a.b+c@x.kz"),
        ("инфо@қазпошта.қаз", "инфо@xn--80aau2aet5b92c.xn--80ao21a"),
        (".a@x.kz", None),
        ("a..b@x.kz", None),
        ("a@b", None),
        ("a@x.k", None),
        ("a@1.2.3.4", None),
        ("a@[1.2.3.4]", None),
        ('"a b"@x.kz', None),
        ("a(note)@x.kz", None),
        ("a@-x.kz", None),
        ("a@x..kz", None),
        ("a" * 65 + "@x.kz", None),
        ("a@" + "x" * 64 + ".kz", None),
        ("a@" + "x." * 130 + "kz", None),
        ("@", None),
        ("\ud800@x.kz", None),
    ],
)
def test_email(text: str, key: str | None) -> None:
    assert email_key(text) == key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("https://play.google.com/store/apps/details?id=kz.kaspi.mobile&hl=ru", "android:kz.kaspi.mobile"),
        ("play.google.com/store/apps/details?hl=ru&id=kz.kaspi.mobile", "android:kz.kaspi.mobile"),
        ("market://details?id=kz.kaspi.mobile", "android:kz.kaspi.mobile"),
        ("https://apps.apple.com/kz/app/kaspi-kz/id1195076505?l=ru", "ios:id1195076505"),
        ("https://apps.apple.com/app/id1195076505", "ios:id1195076505"),
    ],
)
def test_app_links(text: str, key: str) -> None:
    assert app_key(text) == app_of_link(read(text)) == key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("kz.kaspi.mobile", "android:kz.kaspi.mobile"),
        ("Kaspi_Bonus.APK", "apk:kaspi_bonus.apk"),
        ("https://evil.top/files/Kaspi.apk", "apk:kaspi.apk"),
        ("https://play.google.com/store/apps/developer?id=Kaspi", None),
        ("https://apps.apple.com/kz/developer/kaspi", None),
        ("https://play.google.com.evil.top/store/apps/details?id=a.b", None),
        ("kaspi", None),
        ("1.2.3", None),
        ("", None),
    ],
)
def test_app(text: str, key: str | None) -> None:
    assert app_key(text) == key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("KASPI BANK", "kaspi bank"),
        (" Kaspi   Bank ", "kaspi bank"),
        ("1414", "1414"),
        ("eGov.kz", "egov.kz"),
        ("Twelve chars", None),
        ("Қазпошта", None),
        ("+77011234567", None),
        ("", None),
        (" " * 50, None),
    ],
)
def test_sender(text: str, key: str | None) -> None:
    assert sender_key(text) == key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("185.60.216.35", "185.60.216.35"),
        (" [2A00:1450:0:0::1] ", "2a00:1450::1"),
        ("::ffff:185.60.216.35", "185.60.216.35"),
        ("::FFFF:b93c:d823", "185.60.216.35"),
        ("185.60.216.035", None),
        ("185.60.216", None),
        ("fe80::1%eth0", None),
        ("kaspi.kz", None),
    ],
)
def test_ip(text: str, key: str | None) -> None:
    assert ip_key(text) == key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("185.60.216.35/22", "185.60.216.0/22"),
        ("185.60.216.35", "185.60.216.35/32"),
        ("0.0.0.0/0", "0.0.0.0/0"),
        ("2a00:1450::1/29", "2a00:1450::/29"),
        ("::ffff:10.0.0.1/104", "10.0.0.0/8"),
        ("::ffff:10.0.0.1/64", None),
        ("10.0.0.0/33", None),
        ("10.0.0.0/", None),
        ("10.0.0.0/255.0.0.0", None),
        ("10.0.0.0/-1", None),
    ],
)
def test_network(text: str, key: str | None) -> None:
    assert network_key(text) == key


@given(st.ip_addresses())
def test_networks_around_are_all_prefixes(address: object) -> None:
    ip = ip_key(str(address))
    assert ip is not None
    around = networks_around(ip)
    bits = len(around) - 1
    assert bits == (128 if ":" in ip else 32)
    assert around == tuple(network_key(f"{ip}/{prefix}") for prefix in range(bits, -1, -1))


def test_no_networks_around_what_is_no_address() -> None:
    assert networks_around("kaspi.kz") == networks_around("999.1.1.1") == ()


@pytest.mark.parametrize(
    ("text", "kind", "key"),
    [
        ("info@kaspi-bank.top", Kind.EMAIL, "info@kaspi-bank.top"),
        ("KZ86 125K ZT50 0410 0100", Kind.IBAN, "KZ86125KZT5004100100"),
        ("4400 4300 0000 0007", Kind.CARD, CARD),
        ("TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", Kind.WALLET, "tron:TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"),
        ("8 (701) 123-45-67", Kind.PHONE, "+77011234567"),
        ("https://wa.me/77011234567", Kind.PHONE, "+77011234567"),
        ("@kaspi_bonus", Kind.HANDLE, "@kaspi_bonus"),
        ("https://t.me/kaspi_bonus", Kind.HANDLE, "telegram:kaspi_bonus"),
        ("https://play.google.com/store/apps/details?id=kz.bank", Kind.APP, "android:kz.bank"),
        ("Kaspi_Bonus.apk", Kind.APP, "apk:kaspi_bonus.apk"),
    ],
)
def test_kind_of_a_pasted_value(text: str, kind: Kind, key: str) -> None:
    assert guessed(text) == (kind, key)
    assert key_of(kind, text) == key
    assert key_of(kind, key) == key


@pytest.mark.parametrize(
    "text",
    [
        "https://kaspi.kz/", "kaspi.kz", "egov.kz@evil.top", "http://egov.kz@evil.top/", "185.60.216.35",
        "940140000385", "1414", "50 000 тг", "Kaspi", "https://t.me/share/url?url=x", "https://evil.top/77011234567",
        "https://evil.top/?phone=77011234567", "kz.kaspi.mobile", "https://evil.top/kaspi.apk", "", " ", "@",
        "x" * 9_999,
    ],
)  # fmt: skip
def test_links_and_nothing_are_not_guessed(text: str) -> None:
    assert guessed(text) is None


def test_links_have_their_own_reader() -> None:
    assert key_of(Kind.URL, "https://kaspi.kz/") is None
    assert key_of(Kind.HOST, "kaspi.kz") is None


@given(st.sampled_from(list(Kind)), st.text() | st.text("0123456789+-. ()@/:abKZ"))
def test_never_raises_and_keys_are_stable(kind: Kind, text: str) -> None:
    key = key_of(kind, text)
    assert key is None or key_of(kind, key) == key
    guess = guessed(text)
    assert guess is None or key_of(guess[0], guess[1]) == guess[1]


def test_a_pattern_waits_until_it_is_used() -> None:
    broken = pattern("(")
    with pytest.raises(re.error):
        broken.match("x")
    word = pattern("[a-z]+", re.IGNORECASE)
    for _ in range(2):
        assert [found[0] for found in word.finditer("Ab 1 c")] == ["Ab", "c"]
        assert word.sub("-", "Ab 1") == "- 1"
        assert word.fullmatch("Ab") is not None
        assert word.search("1 b", 0, 2) is None
    with pytest.raises(AttributeError):
        _ = word.groups


def test_importing_loads_nothing_slow() -> None:
    names = "phonenumbers,stdnum,ada_url,hashlib,ipaddress,urllib.parse,yaml"
    code = (
        "import sys; import urlguard.model; before = set(sys.modules);"
        "import urlguard.identifiers.table, urlguard.extract.contacts;"
        f"print(*sorted((set(sys.modules) - before) & set({names!r}.split(','))))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, encoding="utf-8")
    assert done.stdout.strip() == ""
