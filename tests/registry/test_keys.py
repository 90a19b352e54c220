import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from registry.kept import rules

from urlguard.errors import Refused
from urlguard.model import Kind
from urlguard.record import Match
from urlguard.registry.anchors import Anchors
from urlguard.registry.keys import VALUE_LIMIT, Keys
from urlguard.registry.opening import reader_of

KEYS = Keys(reader_of(rules()), Anchors(rules()["registry"]["tracking"], b"s" * 32))


@pytest.mark.parametrize(
    ("value", "kind", "match", "key", "anchor"),
    [
        ("evil.top", "host", "host_and_subdomains", "evil.top", "evil.top"),
        ("https://EVIL.top/", "host", "host_and_subdomains", "evil.top", "evil.top"),
        ("почта.рф", "host", "host_and_subdomains", "xn--80a1acny.xn--p1ai", "xn--80a1acny.xn--p1ai"),
        ("evil.top/pay", "url", "exact", "evil.top/pay", "evil.top/pay"),
        ("https://www.evil.top/pay/?utm_source=x#top", "url", "exact", "evil.top/pay", "evil.top/pay"),
        ("https://evil.top:8443/", "url", "exact", "evil.top:8443/", "evil.top:8443/"),
        ("http://evil.top/%70ay", "url", "exact", "evil.top/pay", "evil.top/pay"),
        ("http://evil.top//pay", "url", "exact", "evil.top/pay", "evil.top/pay"),
        ("http://evil.top/.//a//pay", "url", "exact", "evil.top/a/pay", "evil.top/a/pay"),
        ("*.evil.top", "host", "mask", "*.evil.top", "evil.top"),
        ("kaspi-*.top", "host", "mask", "kaspi-*.top", "top"),
        ("evil.*", "host", "mask", "evil.*", "*"),
        ("evil.top/pay*", "url", "mask", "evil.top/pay*", "evil.top"),
        ("10.0.0.7", "ip", "exact", "10.0.0.7", "ip:10.0.0.7"),
        ("http://0x0a000007/", "ip", "exact", "10.0.0.7", "ip:10.0.0.7"),
        ("10.0.0.0/8", "ip", "network", "10.0.0.0/8", "ip:10.0.0.0/8"),
        ("+7 (701) 000-00-00", "phone", "exact", "+77010000000", "phone:+77010000000"),
        ("a@Evil.top", "email", "exact", "a@evil.top", "email:a@evil.top"),
        ("KZ86 125K ZT50 0410 0100", "iban", "exact", "KZ86125KZT5004100100", "iban:KZ86125KZT5004100100"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_a_value_means(value: str, kind: str, match: str, key: str, anchor: str) -> None:
    found = KEYS.named(value)
    assert (found.kind.value, found.match.value, found.key, found.anchor) == (kind, match, key, anchor)


@pytest.mark.parametrize(
    ("value", "kind", "match"),
    [
        pytest.param("", None, None, id="nothing"),
        pytest.param("   ", None, None, id="spaces"),
        pytest.param("a b", None, None, id="words"),
        pytest.param("x" * (VALUE_LIMIT + 1), None, None, id="too long"),
        pytest.param("evil.top", Kind.PHONE, None, id="no phone"),
        pytest.param("KZ00", Kind.IBAN, None, id="no IBAN"),
        pytest.param(".top", None, Match.HOST, id="a host without a name"),
        pytest.param("http://.top/pay", None, Match.PREFIX, id="a page of it"),
        pytest.param("4111111111111112", Kind.CARD, None, id="no card"),
        pytest.param("10.0.0.0/99", Kind.IP, None, id="no network"),
        pytest.param("evil.top", None, Match.MASK, id="a mask without stars"),
    ],
)
def test_what_means_nothing_is_refused_with_a_way_out(
    value: str, kind: Kind | None, match: Match | None
) -> None:
    with pytest.raises(Refused) as refused:
        KEYS.named(value, kind, match)
    assert refused.value.mend
    assert len(str(refused.value)) < 400


def test_a_card_is_kept_as_a_keyed_hash() -> None:
    found = KEYS.named("4111 1111 1111 1111")
    other = Keys(reader_of(rules()), Anchors((), b"t" * 32)).named("4111 1111 1111 1111")
    assert found.kind is Kind.CARD
    assert "411111111" not in found.key
    assert found.key != other.key


def test_without_a_key_a_card_is_refused() -> None:
    with pytest.raises(Refused, match="no key for card numbers"):
        Keys(reader_of(rules()), Anchors(())).named("4111 1111 1111 1111")


@given(st.text(max_size=60))
def test_any_text_means_something_or_is_refused(text: str) -> None:
    with contextlib.suppress(Refused):
        found = KEYS.named(text)
        assert found.key
        assert found.anchor


LINKS = st.from_regex(
    r"\A(https?://)?(www\.)?[a-z]{1,3}(\.[a-z]{2,4}){1,2}(:8[1-9])?(/[a-zA-Z0-9%._-]{0,5}){0,3}(\?[ab]=[0-9&]{0,3})?\Z"
)


@given(LINKS)
def test_a_key_means_itself(text: str) -> None:
    with contextlib.suppress(Refused):
        found = KEYS.named(text)
        if found.kind in {Kind.HOST, Kind.URL}:
            assert KEYS.named(found.key, found.kind, found.match) == found


@given(LINKS)
def test_a_link_is_found_under_its_own_anchor(text: str) -> None:
    """What is entered as a page is looked up under the anchor it was entered under."""
    link = reader_of(rules()).read(text)
    with contextlib.suppress(Refused):
        found = KEYS.named(text)
        if found.kind is Kind.URL and link is not None:
            assert found.anchor in KEYS.anchors.pages(KEYS.anchors.page(link))
