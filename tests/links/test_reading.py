import pytest
from hypothesis import given
from hypothesis import strategies as st
from links.tables import read, reader

from urlguard.links.link import LINK_LIMIT

LONG = "a" * 64 + ".top"

# What a browser reads, and the trick it is noted under.
TRICKS = [
    pytest.param("https://kaspi.kz@evil.top/", "evil.top", "userinfo", id="a name before @"),
    pytest.param("https://kaspi.kz:443@evil.top/", "evil.top", "userinfo", id="name and port before @"),
    pytest.param(r"https://evil.top\@kaspi.kz/", "evil.top", "backslash", id="backslash ends the host"),
    pytest.param(r"https:\\evil.top\login", "evil.top", "backslash", id="backslashes for slashes"),
    pytest.param(r"https://evil.top\.kaspi.kz/", "evil.top", "backslash", id="escaped dot ends the host"),
    pytest.param("https://ev\til.top/", "evil.top", "whitespace_inside", id="tab"),
    pytest.param("https://ev\nil.top/", "evil.top", "whitespace_inside", id="line feed"),
    pytest.param("ht\rtps://evil.top/", "evil.top", "whitespace_inside", id="carriage return in the scheme"),
    pytest.param("https://%65vil.top/", "evil.top", "percent_host", id="percent-encoded letter"),
    pytest.param("https://evil%2Etop/", "evil.top", "percent_host", id="percent-encoded dot"),
    pytest.param("http://3405803781/", "203.0.113.5", "obfuscated_ip", id="one number"),
    pytest.param("http://0xcb.0x0.0x71.0x5/", "203.0.113.5", "obfuscated_ip", id="hexadecimal"),
    pytest.param("http://0313.0.0161.05/", "203.0.113.5", "obfuscated_ip", id="octal"),
    pytest.param("http://203.28933/", "203.0.113.5", "obfuscated_ip", id="two parts"),
    pytest.param("http://２０３.0.113.5/", "203.0.113.5", "obfuscated_ip", id="full-width digits"),
    pytest.param("http://203。0。113。5/", "203.0.113.5", "obfuscated_ip", id="ideographic dots in an IP"),
    pytest.param("0xcb007105", "203.0.113.5", "obfuscated_ip", id="hexadecimal without a scheme"),
    pytest.param(
        "http://２０３.0.113.5/", "203.0.113.5", "compat_letters", id="full-width digits are no digits"
    ),
    pytest.param("https://ｅｖｉｌ.top/", "evil.top", "compat_letters", id="full-width letters"),
    pytest.param("https://𝐞vil.top/", "evil.top", "compat_letters", id="mathematical letter"),
    pytest.param("https://evil．top/", "evil.top", "odd_dots", id="full-width dot"),
    pytest.param("https://evil。top/", "evil.top", "odd_dots", id="ideographic dot"),
    pytest.param("https://ev\u00adil.top/", "evil.top", "invisible", id="soft hyphen"),
    pytest.param("https://ev\u200bil.top/", "evil.top", "invisible", id="zero-width space"),
    pytest.param("https://evil.top./", "evil.top", "trailing_dot", id="trailing dot"),
    pytest.param("https://evil.top。/", "evil.top", "trailing_dot", id="trailing ideographic dot"),
    pytest.param("https://evil.top/\u202egnp.exe", "evil.top", "bidi", id="right-to-left override"),
    pytest.param("https://evil.top/\x01a", "evil.top", "control_characters", id="control character"),
    pytest.param("https:evil.top", "evil.top", "odd_slashes", id="no slashes"),
    pytest.param("https:///evil.top/", "evil.top", "odd_slashes", id="three slashes"),
    pytest.param(
        "https://xn--a-ecp.evil.top/", "xn--a-ecp.evil.top", "bad_punycode", id="xn-- of a compatibility sign"
    ),
    pytest.param("https://xn--evil-.top/", "xn--evil-.top", "bad_punycode", id="xn-- of plain letters"),
    pytest.param(f"https://{LONG}/", LONG, "overlong_name", id="label of 64"),
    pytest.param(
        "https://" + "abcdefg." * 32 + "top/", "abcdefg." * 32 + "top", "overlong_name", id="name of 259"
    ),
    pytest.param("http://example..com/", "example..com", "malformed", id="empty label"),
    pytest.param("http://example.com../", "example.com", "malformed", id="two dots at the end"),
]


@pytest.mark.parametrize(("text", "host", "trick"), TRICKS)
def test_reads_hosts_as_a_browser_does_and_notes_the_trick(text: str, host: str, trick: str) -> None:
    link = read(text)
    assert (link.host, trick in link.tricks) == (host, True), link.tricks


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("https://kaspi.kz/", id="plain"),
        pytest.param("HTTPS://Kaspi.KZ/", id="capitals"),
        pytest.param("https://example.com/@aidana", id="@ in the path"),
        pytest.param(r"https://example.com/a\b", id="backslash in the path"),
        pytest.param("https://example.com/%D0%B0", id="percent-encoded path"),
        pytest.param("http://203.0.113.5/", id="plain IP"),
        pytest.param("http://[2001:db8::1]/", id="IPv6"),
        pytest.param("https://қазпошта.қаз/", id="Kazakh name"),
        pytest.param("https://xn--80aodnaf4d.xn--80ao21a/", id="the same as A-labels"),
        pytest.param("https://r1---sn-x.example.com/", id="dashes in third place"),
        pytest.param("  https://example.com/  ", id="spaces around"),
        pytest.param("kaspi.kz", id="no scheme"),
        pytest.param(f"https://{'a' * 63}.top/", id="label of 63"),
    ],
)
def test_sees_no_trick_in_honest_spelling(text: str) -> None:
    link = read(text)
    assert link.tricks == {}
    assert not link.malformed


@pytest.mark.parametrize(
    ("text", "host"),
    [
        pytest.param("https://evil.top:99999/", "evil.top", id="port out of range"),
        pytest.param("http://[evil.top/", "evil.top", id="open bracket"),
        pytest.param("https://evil^x.kaspi.top/", "x.kaspi.top", id="forbidden sign"),
        pytest.param("http://evil.top\x00.kaspi.kz/", "evil.top", id="NUL"),
        pytest.param("http://evil.top%00.kaspi.kz/", "evil.top", id="encoded NUL"),
        pytest.param("http://256.256.256.256/", "", id="no such IP"),
        pytest.param("http://evil\ud800.top/", "", id="lone surrogate in the host"),
        pytest.param("http://evil.top kaspi.kz/", "evil.top", id="space in the host"),
        pytest.param("http://ЕВИЛ.рф:x/", "xn--b1afkm.xn--p1ai", id="Cyrillic with a bad port"),
    ],
)
def test_reads_leniently_and_marks_what_browsers_refuse(text: str, host: str) -> None:
    link = read(text)
    assert (link.malformed, link.host) == (True, host)
    assert {"malformed", "bad_punycode"} & link.tricks.keys()


@pytest.mark.parametrize(
    ("text", "key"),
    [
        pytest.param("kaspi.kz", "http://kaspi.kz/", id="bare host"),
        pytest.param("Kaspi.kz/shop?c=1#top", "http://kaspi.kz/shop?c=1", id="path and fragment"),
        pytest.param("paypal.com:8080/x", "http://paypal.com:8080/x", id="port is no scheme"),
        pytest.param("//evil.top/x", "http://evil.top/x", id="scheme-relative"),
        pytest.param(r"\\evil.top/x", "http://evil.top/x", id="two backslashes"),
        pytest.param(
            "почта.рф/адрес", "http://xn--80a1acny.xn--p1ai/%D0%B0%D0%B4%D1%80%D0%B5%D1%81", id="Cyrillic"
        ),
        pytest.param("203.0.113.5/a", "http://203.0.113.5/a", id="IP"),
        pytest.param("https//evil.top", "https://evil.top/", id="colon lost"),
        pytest.param("http: //evil.top", "http://evil.top/", id="space in the scheme"),
        pytest.param("http;//evil.top", "http://evil.top/", id="semicolon"),
        pytest.param("htp://evil.top", "http://evil.top/", id="letter lost"),
        pytest.param("https:evil.top", "https://evil.top/", id="slashes lost"),
    ],
)
def test_completes_what_is_written_without_a_proper_scheme(text: str, key: str) -> None:
    assert read(text).key == key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("https://user:a;b@evil.top/", "https://user:a%3Bb@evil.top/"),
        ("https://evil.top/http//x", "https://evil.top/http//x"),
        ("https://evil.top/a[.]b[/]c[:]d", "https://evil.top/a[.]b[/]c[:]d"),
        (
            "https://evil.top/?q=a точка кз",
            "https://evil.top/?q=a%20%D1%82%D0%BE%D1%87%D0%BA%D0%B0%20%D0%BA%D0%B7",
        ),
        (r"https://evil.top\.kaspi.kz", "https://evil.top/.kaspi.kz"),
        (r"http://3405803781\.kaspi.kz/", "http://203.0.113.5/.kaspi.kz/"),
    ],
)
def test_repairs_nothing_that_a_browser_reads(text: str, key: str) -> None:
    assert read(text).key == key


@pytest.mark.parametrize(
    ("text", "scheme"),
    [
        ("tg://resolve?domain=kaspi_bonus", "tg"),
        ("whatsapp://send?phone=77010000000", "whatsapp"),
        ("intent://evil.top/#Intent;scheme=https;end", "intent"),
        ("javascript:alert(1)", "javascript"),
        ("data:text/html,<script>", "data"),
        ("blob:https://evil.top/1", "blob"),
        ("view-source:https://evil.top/", "view-source"),
        ("mailto:info@evil.top", "mailto"),
        ("tel:+77010000000", "tel"),
        ("JavaScript:alert(1)", "javascript"),
    ],
)
def test_keeps_links_of_apps_and_browser_functions(text: str, scheme: str) -> None:
    link = read(text)
    assert (link.scheme, link.host, link.raw) == (scheme, "", text)


def test_marks_an_app_link_that_no_parser_takes() -> None:
    assert "malformed" in read("mailto://[:1]").tricks


@pytest.mark.parametrize(
    "text", ["", " ", "hello", "./x", "v1.2", "10.5", "1.2.3", "..", "a b", "http", "№ 5"]
)
def test_finds_no_link_in_what_is_none(text: str) -> None:
    assert reader().read(text) is None


@pytest.mark.parametrize(
    ("text", "registrable", "suffix"),
    [
        ("https://a.b.kaspi.kz/", "kaspi.kz", "kz"),
        ("https://www.egov.gov.kz/", "egov.gov.kz", "gov.kz"),
        ("https://shop.github.io/", "shop.github.io", "github.io"),
        ("https://github.io/", "github.io", "github.io"),
        ("https://203.0.113.5/", "203.0.113.5", ""),
        ("https://[2001:db8::1]/", "[2001:db8::1]", ""),
        ("https://a.b.unlisted-suffix/", "b.unlisted-suffix", "unlisted-suffix"),
    ],
)
def test_splits_hosts_at_the_public_suffix(text: str, registrable: str, suffix: str) -> None:
    link = read(text)
    assert (link.registrable, link.suffix) == (registrable, suffix)


@pytest.mark.parametrize(
    ("text", "port"),
    [
        ("https://evil.top:8443/", "8443"),
        ("https://evil.top:443/", ""),
        ("http://evil.top:80/", ""),
        ("http://EVIL.top:443/", "443"),
    ],
)
def test_keeps_ports_that_are_not_the_schemes_own(text: str, port: str) -> None:
    assert read(text).port == port


def test_cuts_links_that_are_too_long_and_says_so() -> None:
    link = read("https://evil.top/" + "a" * LINK_LIMIT)
    assert len(link.key) <= LINK_LIMIT
    assert "cut" in link.tricks


def test_pairs_of_surrogates_are_one_letter() -> None:
    assert read("https://evil.top/\ud83d\ude00").key == read("https://evil.top/😀").key


def test_lone_surrogates_in_a_path_are_read_as_browsers_do() -> None:
    link = read("https://evil.top/\ud83d")
    assert (link.key, link.malformed) == ("https://evil.top/%EF%BF%BD", False)


PIECES = st.sampled_from(
    [
        "http",
        "https",
        ":",
        "//",
        "\\",
        "@",
        "[",
        "]",
        "[.]",
        ".",
        "。",
        "xn--",
        "%",
        "%2e",
        "kaspi",
        "kz",
        "0x7f",
        "127",
        "точка",
        " ",
        "\t",
        "\n",
        "\x00",
        "\ud800",
        "\u00ad",
        "\u202e",
        "ｋ",
        "ß",
        "?",
        "#",
        "..",
        ":80",
        "tg:",
        "hxxp",
    ],
)
ANY_TEXT = st.text(st.characters(exclude_categories=())) | st.lists(PIECES, max_size=12).map("".join)


@given(ANY_TEXT)
def test_never_raises(text: str) -> None:
    link = reader().read(text)
    assert link is None or link.raw == text


@given(ANY_TEXT)
def test_the_key_of_a_key_is_the_key(text: str) -> None:
    link = reader().read(text)
    if link is not None and link.host and not link.malformed:
        again = read(link.key)
        assert (again.key, again.host, again.tail) == (link.key, link.host, link.tail)


@given(
    st.from_regex(r"(https?)://([a-z0-9_-]{1,8}\.){1,3}[a-z]{2,6}(:\d{1,5})?(/[!-~]{0,12})?", fullmatch=True)
)
def test_the_quick_path_reads_like_the_careful_one(text: str) -> None:
    quick, careful = read(text), read(f"\u00a0{text}")
    for name in ("key", "host", "tail", "port", "labels", "suffix_labels", "malformed"):
        assert getattr(quick, name) == getattr(careful, name)
