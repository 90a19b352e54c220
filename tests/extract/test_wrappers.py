"""Links inside links."""

import base64
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from urlguard import score

INNER = "https://kaspi-bonus.top/login"
BASED = base64.urlsafe_b64encode(INNER.encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "link",
    [
        pytest.param(f"https://www.google.com/url?q={INNER}", id="parameter"),
        pytest.param(f"https://google.kz/url?q={quote(INNER, safe='')}", id="encoded"),
        pytest.param(f"https://google.kz/url?q={quote(quote(INNER, safe=''), safe='')}", id="encoded twice"),
        pytest.param("https://www.google.com/url?q=kaspi-bonus.top/login", id="without scheme"),
        pytest.param(f"https://google.com/url?q=https://kaspi.kz&url={INNER}", id="second parameter"),
        pytest.param(f"https://web.archive.org/save/{INNER}", id="after"),
        pytest.param(f"https://r.search.yahoo.com/_ylt=A/RU={quote(INNER, safe='')}/RK=2", id="until"),
        pytest.param("https://kaspi--bonus-top.translate.goog/login", id="dashed"),
        pytest.param(f"https://www.bing.com/ck/a?u=a1{BASED}", id="base64"),
        pytest.param(
            "https://urldefense.proofpoint.com/v2/url?u=https-3A__kaspi-2Dbonus.top_login&d=x",
            id="proofpoint",
        ),
        pytest.param(f"https://unknown.example.kz/go?url={INNER}", id="any site"),
        pytest.param(f"view-source:{INNER}", id="view-source"),
        pytest.param(f"blob:{INNER}", id="blob"),
        pytest.param("intent://kaspi-bonus.top/login#Intent;scheme=https;end", id="intent"),
        pytest.param(
            f"intent://x#Intent;scheme=app;S.browser_fallback_url={quote(INNER, safe='')};end", id="fallback"
        ),
    ],
)
def test_the_inner_link_is_judged(link: str) -> None:
    verdict = score(link)
    assert verdict.brand == "kaspi"
    assert INNER in [resource.key.replace("http:", "https:") for resource in verdict.resources]


@pytest.mark.parametrize(
    ("link", "key"),
    [
        ("tg://resolve?domain=kaspi_bonus_bot", "https://t.me/kaspi_bonus_bot"),
        ("tg://msg_url?url=https://a.top/", "https://a.top/"),
        ("whatsapp://send?phone=%2B77011234567", "https://wa.me/77011234567"),
        ("mailto:info@kaspi-bank.top?subject=x", "https://kaspi-bank.top/"),
        ("mailto:a@kaspi.kz?cc=b@kaspi-bank.top", "https://kaspi-bank.top/"),
    ],
)
def test_links_of_apps_lead_to_sites(link: str, key: str) -> None:
    assert key in [resource.key for resource in score(link).resources]


def _nested(depth: int) -> str:
    link = INNER
    for _ in range(depth):
        link = f"https://www.google.com/url?q={quote(link, safe='')}"
    return link


@pytest.mark.parametrize("depth", range(1, 6))
def test_five_layers_are_judged(depth: int) -> None:
    verdict = score(_nested(depth))
    assert verdict.brand == "kaspi"
    assert len(verdict.resources) == depth + 1


def test_more_layers_are_never_clear() -> None:
    assert score(_nested(7)).level != score("https://kaspi.kz/").level


@pytest.mark.parametrize(
    "link",
    [
        "https://www.google.com/url?" + "q=https://a.kz&" * 1_000,
        "https://www.google.com/url?q=" * 500,
        "https://www.google.com/url?q=https://www.google.com/url?q=",
        "https://www.bing.com/ck/a?u=a1%%%",
        "https://www.bing.com/ck/a?u=a1\ud800",
        "view-source:" * 1_000,
        "intent:#Intent;" + "S.browser_fallback_url=;" * 1_000,
        "tg://resolve?domain=\ud800",
    ],
)
def test_hostile_links_stay_bounded(link: str) -> None:
    assert len(score(link).resources) < 400


@given(
    st.sampled_from(["https://www.google.com/url?q=", "https://www.bing.com/ck/a?u=a1", "tg://resolve?",
                     "intent:", "whatsapp://send?phone=", "mailto:", "blob:", "https://t.me/iv?url=",
                     "https://urldefense.com/v3/__", "https://a-b.translate.goog/"]),
    st.text(max_size=80),
)  # fmt: skip
def test_never_raises(start: str, rest: str) -> None:
    score(start + rest)
