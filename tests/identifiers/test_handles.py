"""Accounts of messengers and social networks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from links.tables import read

from urlguard.identifiers.handles import handle_key, handle_of_link, phone_of_link

TELEGRAM = [
    ("https://t.me/Kaspi_Bonus", "telegram:kaspi_bonus"),
    ("t.me/kaspi_bonus", "telegram:kaspi_bonus"),
    ("http://telegram.me/kaspi_bonus/", "telegram:kaspi_bonus"),
    ("https://www.t.me/kaspi_bonus?start=5", "telegram:kaspi_bonus"),
    ("t.me/kaspi_bonus/123", "telegram:kaspi_bonus"),
    ("https://t.me/s/kaspi_bonus", "telegram:kaspi_bonus"),
    ("https://t.me/@kaspi_bonus", "telegram:kaspi_bonus"),
    ("https://kaspi_bonus.t.me/", "telegram:kaspi_bonus"),
    ("tg://resolve?domain=Kaspi_Bonus&start=1", "telegram:kaspi_bonus"),
    ("https://t.me/+AbCdEfGh1234", "telegram:+AbCdEfGh1234"),
    ("https://t.me/joinchat/AbCdEfGh1234", "telegram:+AbCdEfGh1234"),
    ("tg://join?invite=AbCdEfGh1234", "telegram:+AbCdEfGh1234"),
    ("https://t.me/c/1234567/89", "telegram:c/1234567"),
]
OTHERS = [
    ("https://www.instagram.com/Aidana.Shop/?hl=ru", "instagram:aidana.shop"),
    ("https://instagram.com/stories/aidana.shop/31", "instagram:aidana.shop"),
    ("https://ig.me/m/aidana.shop", "instagram:aidana.shop"),
    ("https://kk-kz.facebook.com/Aidana.Shop", "facebook:aidanashop"),
    ("https://m.facebook.com/profile.php?v=info&id=100012345678901", "facebook:100012345678901"),
    ("https://facebook.com/people/Aidana-A/100012345678901/", "facebook:100012345678901"),
    ("https://facebook.com/groups/Ainabulak", "facebook:groups/Ainabulak"),
    ("https://m.me/aidana.shop", "facebook:aidanashop"),
    ("https://www.tiktok.com/@aidana_shop/video/73", "tiktok:aidana_shop"),
    ("https://www.tiktok.com/%40aidana_shop", "tiktok:aidana_shop"),
    ("https://youtube.com/@Aidana-Shop/videos", "youtube:aidana-shop"),
    ("https://www.youtube.com/channel/UCAbCdEf", "youtube:channel/UCAbCdEf"),
    ("https://vk.com/aidana_shop", "vk:aidana_shop"),
    ("https://m.vk.com/id12345", "vk:id12345"),
    ("https://ok.ru/profile/512345678", "ok:profile/512345678"),
    ("https://x.com/aidana/status/17", "x:aidana"),
    ("https://twitter.com/Aidana", "x:aidana"),
    ("https://www.threads.net/@aidana.shop", "threads:aidana.shop"),
    ("https://chat.whatsapp.com/AbCdEfGhIjKl", "whatsapp:+AbCdEfGhIjKl"),
    ("https://chat.whatsapp.com/invite/AbCdEfGhIjKl", "whatsapp:+AbCdEfGhIjKl"),
    ("https://whatsapp.com/channel/0029VaAbC", "whatsapp:channel/0029VaAbC"),
    ("https://wa.me/message/ABCDEF1", "whatsapp:message/ABCDEF1"),
    ("viber://pa?chatURI=aidana-shop", "viber:aidana-shop"),
]
NOBODY = [
    "https://t.me/share/url?url=https://kaspi.kz",
    "https://t.me/iv?url=x",
    "https://t.me/",
    "https://t.me/abc",
    "https://t.me/+77011234567",
    "https://www.instagram.com/p/CxAbC/",
    "https://www.instagram.com/reel/CxAbC/",
    "https://www.instagram.com/explore/tags/kaspi/",
    "https://www.facebook.com/sharer/sharer.php?u=x",
    "https://www.facebook.com/profile.php?id=abc",
    "https://vk.com/wall123_45",
    "https://vk.com/away.php?to=x",
    "https://www.tiktok.com/discover/kaspi",
    "https://www.youtube.com/watch?v=AbC",
    "https://x.com/intent/tweet?text=x",
    "https://wa.me/77011234567",
    "https://kaspi.kz/kaspi_bonus",
    "https://t.me.evil.top/kaspi_bonus",
    "https://evil-instagram.com/aidana",
    "https://shop.instagram.com/aidana",
]


@pytest.mark.parametrize(("text", "key"), TELEGRAM + OTHERS)
def test_accounts_from_text_and_from_links(text: str, key: str) -> None:
    assert handle_key(text) == key
    assert handle_of_link(read(text)) == key


@pytest.mark.parametrize("text", NOBODY)
def test_links_that_are_no_account(text: str) -> None:
    assert handle_key(text) is None
    assert handle_of_link(read(text)) is None


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("@Kaspi_Bonus", "@kaspi_bonus"),
        ("＠kaspi_bonus", "@kaspi_bonus"),
        ("telegram @Kaspi_Bonus", "telegram:kaspi_bonus"),
        ("тг: kaspi_bonus", "telegram:kaspi_bonus"),
        ("инста: aidana.shop", "instagram:aidana.shop"),
        ("ig: Aidana.Shop", "instagram:aidana.shop"),
        ("тик-ток - @aidana_shop", "tiktok:aidana_shop"),
        ("telegram channel", None),
        ("telegram: join", "telegram:join"),
        ("привет: kaspi_bonus", None),
        ("@ab", None),
        ("@kaspi..bonus", None),
        ("info@kaspi.kz", None),
        ("", None),
        ("@" * 100_000, None),
    ],
)
def test_accounts_written_as_words(text: str, key: str | None) -> None:
    assert handle_key(text) == key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("https://wa.me/77011234567?text=x", "+77011234567"),
        ("https://wa.me/+77011234567", "+77011234567"),
        ("https://wa.me/c/77011234567", "+77011234567"),
        ("https://wa.me/447700900123", "+447700900123"),
        ("https://api.whatsapp.com/send/?phone=%2B77011234567&text", "+77011234567"),
        ("whatsapp://send?phone=77011234567", "+77011234567"),
        ("viber://chat?number=%2B77011234567", "+77011234567"),
        ("https://t.me/+77011234567", "+77011234567"),
        ("tg://resolve?phone=77011234567", "+77011234567"),
        ("tel:87011234567", "+77011234567"),
        ("tel:+7-701-123-45-67;ext=2", "+77011234567"),
        ("https://wa.me/message/ABCDEF1", None),
        ("https://t.me/kaspi_bonus", None),
        ("https://kaspi.kz/77011234567", None),
        ("https://wa.me/", None),
    ],
)
def test_links_that_call_a_number(text: str, key: str | None) -> None:
    assert phone_of_link(read(text)) == key


@given(st.text() | st.from_regex(r"(t\.me|vk\.com|instagram\.com|facebook\.com|ok\.ru)/[\w./+@-]{1,20}"))
def test_never_raises_and_keys_are_stable(text: str) -> None:
    key = handle_key(text)
    assert key is None or handle_key(key) == key


@pytest.mark.parametrize(("_text", "key"), TELEGRAM + OTHERS)
def test_keys_are_keys_of_themselves(_text: str, key: str) -> None:
    assert handle_key(key) == key
