import pytest
from hypothesis import given
from hypothesis import strategies as st

from urlguard.links.canonical import canonical, expressions

# Cases of our own making, after the steps of "URLs and Hashing".


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        pytest.param("evil.top", "http://evil.top/", id="no scheme"),
        pytest.param("HTTP://EVIL.top/A", "http://evil.top/A", id="capitals in the host only"),
        pytest.param(" http://evil.top/ ", "http://evil.top/", id="spaces around"),
        pytest.param("http://ev\til.t\nop/\r", "http://evil.top/", id="tabs and newlines"),
        pytest.param("http://evil.top/a#b#c", "http://evil.top/a", id="fragment"),
        pytest.param("http://evil.top/%2525%32%35", "http://evil.top/%25", id="unescaped until it stays"),
        pytest.param("http://user:x@evil.top:8080/", "http://evil.top/", id="user-info and port"),
        pytest.param("http://..evil...top../", "http://evil.top/", id="dots"),
        pytest.param("http://3405803781/", "http://203.0.113.5/", id="one number"),
        pytest.param("http://0xcb.0.0161.5/", "http://203.0.113.5/", id="mixed bases"),
        pytest.param("http://evil.top/a/./b/../c", "http://evil.top/a/c", id="dot segments"),
        pytest.param("http://evil.top//a///b", "http://evil.top/a/b", id="slashes"),
        pytest.param("http://evil.top/a?b//../c", "http://evil.top/a?b//../c", id="the query is left alone"),
        pytest.param("http://evil.top/?", "http://evil.top/?", id="empty query"),
        pytest.param("http://evil.top/қ", "http://evil.top/%D2%9B", id="beyond Latin-1 as UTF-8"),
        pytest.param("http://%65vil.top/", "http://evil.top/", id="escaped host"),
        pytest.param("http://evil%2Ftop/", "http://evil%2Ftop/", id="escaped slash in the host"),
        pytest.param("http:///a", None, id="no host"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_canonical(url: str, wanted: str | None) -> None:
    assert canonical(url) == wanted


def test_expressions_from_most_to_least_specific() -> None:
    assert expressions("http://a.b.evil.top/1/2.html?x=1") == [
        "a.b.evil.top/1/2.html?x=1",
        "a.b.evil.top/1/2.html",
        "a.b.evil.top/1/",
        "a.b.evil.top/",
        "b.evil.top/1/2.html?x=1",
        "b.evil.top/1/2.html",
        "b.evil.top/1/",
        "b.evil.top/",
        "evil.top/1/2.html?x=1",
        "evil.top/1/2.html",
        "evil.top/1/",
        "evil.top/",
    ]


def test_an_ip_has_no_shorter_names() -> None:
    assert expressions("http://203.0.113.5/a") == ["203.0.113.5/a", "203.0.113.5/"]


def test_no_host_no_expressions() -> None:
    assert expressions("http:///a") == []


PIECES = st.sampled_from(
    [
        "http://",
        "https://",
        "a",
        "evil.top",
        "/",
        "//",
        "..",
        ".",
        "%",
        "%25",
        "%2F",
        "%2e",
        "%40",
        "%3f",
        "%23",
        "%3A",
        "?",
        "#",
        "@",
        ":",
        "80",
        "0x7f",
        "[::1]",
        " ",
        "%20",
        "\t",
        "\\",
        "қ",
        "\ud800",
        "%00",
    ],
)
ANY_URL = st.text(st.characters(exclude_categories=())) | st.lists(PIECES, max_size=10).map("".join)


@given(ANY_URL)
def test_canonical_twice_is_canonical_once(url: str) -> None:
    once = canonical(url)
    if once is not None and once.count("?") <= url.count("?"):  # %3F in a path begins a query next time
        assert canonical(once) == once


@given(ANY_URL)
def test_expressions_hold_host_and_path(url: str) -> None:
    for expression in expressions(url):
        assert "/" in expression
        assert not expression.startswith("/")
