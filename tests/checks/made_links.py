"""Strategies for links: put together from what links consist of, and then damaged."""

from hypothesis import strategies as st

REAL = (
    "https://kaspi.kz/",
    "https://www.gov.kz/memleket/entities/mdai?lang=kk",
    "https://kaspi-bonus.top/login",
    "https://kаspi.kz/",
    "https://kaspi.kz@evil-portal.top/pay",
    r"https://evil-portal.top\@kaspi.kz/",
    "http://0x7f000001:8080/app.apk",
    "https://xn--80ao21a.xn--p1ai/",
    "https://қазақ-үні.қаз/",
    "https://t.me/kaspi_bonus_kz",
    "https://wa.me/77011234567?text=%D0%BA%D0%BE%D0%B4",
    "https://sites.google.com/view/egov-kz/home",
    "https://www.google.com/url?q=https%3A%2F%2Fhalyk-bonus.top%2F",
    "tg://resolve?domain=kaspi_bonus",
    "intent://kaspi-bonus.top/#Intent;scheme=https;S.browser_fallback_url=https%3A%2F%2Fevil-portal.top;end",
    "javascript:alert('kaspi.kz')",
    "hxxps://kaspi[.]kz[.]evil-portal[.]top/",
    "kazatomprom точка top",
    "http://[::ffff:1.2.3.4]/",
    "https://ｋａｓｐｉ．ｋｚ/",
)

_SCHEMES = ("https://", "http://", "", "//", "HTTPS:/", "hxxp://", "view-source:https://", "https:///")
_BEFORE = ("", "", "", "user@", "kaspi.kz@", "kaspi.kz:x@", "www.", "a.b.c.d.", "kaspi.kz.")
_NAMES = (
    "kaspi", "halyk", "egov", "kazatomprom", "olx", "kаspi", "kasp1", "каспи", "қазпошта", "aidana",
    "xn--80ao21a", "gov", "revolut", "google", "k-a-s-p-i", "zhana-portal",
)  # fmt: skip
_WORDS = (
    "", "", "-bonus", "-login", "kz", "24", "tolem", "-выплата", ".my", "_secure", "zhetkizu",
)  # fmt: skip
_SUFFIXES = (
    ".kz", ".top", ".com", ".рф", ".қаз", ".github.io", ".pages.dev", ".weebly.com", ".gov.kz", ".co.uk",
    ".unlisted",
)  # fmt: skip
_AFTER = (
    "", "/", ":8443/", "/kaspi/login", "/app.apk", "/?url=https://kaspi-bonus.top/", "/?a=//evil-portal.top",
    "\\@kaspi.kz", "/#halyk", "/a%2eb", "./", "%2e/", "\t/", "\u00ad/", "/bonus?next=kaspi.kz",
)  # fmt: skip

built = st.tuples(*map(st.sampled_from, (_SCHEMES, _BEFORE, _NAMES, _WORDS, _SUFFIXES, _AFTER))).map("".join)
"""Links of brand names, words, suffixes and tricks; all of them can be read."""

_SCRAPS = st.text(max_size=3) | st.sampled_from([
    "@", "\\", "/", "//", ".", "%", "%00", "%2e", ":", "?", "#", "[", "]", "xn--", "\x00", "\t", "\n",
    "\u00ad", "\u202e", "\ud800", "\u3002", "\uff0e", "ı", "İ", "ß", "\u200d", "http://", " ", "-", "kaspi",
    "{evidence}", "{real}",
])  # fmt: skip


def _damaged(link: str, places: list[tuple[int, str, int]]) -> str:
    for at, scrap, drop in places:
        here = at % (len(link) + 1)
        link = link[:here] + scrap + link[here + drop :]
    return link


_PLACES = st.lists(st.tuples(st.integers(0, 200), _SCRAPS, st.integers(0, 3)), min_size=1, max_size=4)

damaged = st.builds(_damaged, st.sampled_from(REAL) | built, _PLACES)
"""Links with scraps put in and letters taken out; many are unreadable."""

anything = built | damaged | st.sampled_from(REAL) | st.text(st.characters())
"""The same, and any text at all, lone surrogates too."""
