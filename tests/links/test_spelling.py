import pytest
from hypothesis import given
from hypothesis import strategies as st
from links.tables import read

from urlguard.links.spelling import refang, with_scheme


@pytest.mark.parametrize(
    ("text", "key"),
    [
        pytest.param("hxxp://evil.top/a", "http://evil.top/a", id="hxxp"),
        pytest.param("hXXps://evil.top/a", "https://evil.top/a", id="hXXps"),
        pytest.param("h**p://evil.top", "http://evil.top/", id="stars"),
        pytest.param("meow://evil.top", "http://evil.top/", id="meow"),
        pytest.param("http[:]//evil.top", "http://evil.top/", id="bracketed colon"),
        pytest.param("hxxps[:]//evil[.]top", "https://evil.top/", id="all three"),
        pytest.param("https[://]evil[.]top/a", "https://evil.top/a", id="bracketed colon and slashes"),
        pytest.param("https(:)//evil.top", "https://evil.top/", id="colon in parentheses"),
        pytest.param("evil[.]top", "http://evil.top/", id="brackets"),
        pytest.param("evil(.)top", "http://evil.top/", id="parentheses"),
        pytest.param("evil{.}top", "http://evil.top/", id="braces"),
        pytest.param("evil<.>top", "http://evil.top/", id="angle brackets"),
        pytest.param("evil[dot]top", "http://evil.top/", id="dot in brackets"),
        pytest.param("www(dot)evil(dot)top", "http://www.evil.top/", id="dot in parentheses"),
        pytest.param("evil dot top", "http://evil.top/", id="dot as a word"),
        pytest.param("evil точка top", "http://evil.top/", id="точка as a word"),
        pytest.param("evil точка кз", "http://evil.kz/", id="suffix spelled in Cyrillic"),
        pytest.param(
            "evil[точка]кз/войти",
            "http://evil.kz/%D0%B2%D0%BE%D0%B9%D1%82%D0%B8",
            id="in brackets, with a path",
        ),
        pytest.param("evil нүкте kz", "http://evil.kz/", id="Kazakh"),
        pytest.param("evil (тчк) ру", "http://evil.ru/", id="short for точка"),
        pytest.param("evil [.] top", "http://evil.top/", id="spaces around brackets"),
        pytest.param("evil . top", "http://evil.top/", id="spaces around the dot"),
        pytest.param(r"evil\.top", "http://evil.top/", id="escaped dot"),
        pytest.param(r"hxxp://www\.evil\.top/a", "http://www.evil.top/a", id="escaped dots"),
        pytest.param("evil[.]top[/]a", "http://evil.top/a", id="bracketed slash"),
        pytest.param("user[@]evil.top", "http://user@evil.top/", id="bracketed at"),
    ],
)
def test_reads_defanged_links(text: str, key: str) -> None:
    assert read(text).key == key


@pytest.mark.parametrize("text", ["кз", "evil точка", "точка кз", "dot top"])
def test_does_not_join_words_that_are_no_host(text: str) -> None:
    assert refang(text) == text


NAMES = st.from_regex(r"([a-z][a-z0-9-]{0,6}[a-z0-9]\.){1,3}[a-z]{2,5}", fullmatch=True)
DOTS = st.sampled_from(["[.]", "(.)", "{.}", "[dot]", "(dot)", " dot ", " [.] ", "(точка)", " точка ", "\\."])
SCHEMES = st.sampled_from(["hxxp://", "hXXp://", "http[:]//", "http[://]", "hxxp[:]//", "http://", ""])


@given(NAMES, DOTS, SCHEMES)
def test_defanged_links_come_back(name: str, dot: str, scheme: str) -> None:
    assert read(f"{scheme}{name.replace('.', dot)}/a.b[.]c").key == f"http://{name}/a.b[.]c"


@given(st.text())
def test_a_link_with_its_scheme_keeps_it(text: str) -> None:
    whole, scheme, _ = with_scheme(text)
    assert with_scheme(whole) == (whole, scheme, False)
