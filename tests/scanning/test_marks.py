import pytest

from urlguard import Guard
from urlguard.scanning.families import Families
from urlguard.scanning.marks import Marks


@pytest.fixture(scope="module")
def guard() -> Guard:
    return Guard(lang="ru")


@pytest.fixture(scope="module")
def known(guard: Guard) -> Marks:
    return Marks(guard.book)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "https://www.halyk-bonus1.top/a", ("host:halyk-bonus1.top", "family:{brand}-bonus#"), id="link"
        ),
        pytest.param("http://kaspi.kz.evil.top/login", ("host:evil.top",), id="registrable domain"),
        pytest.param(
            "https://kaspi-bonus.pages.dev/x", ("host:kaspi-bonus.pages.dev",), id="tenant of a host"
        ),
        pytest.param(
            "https://sites.google.com/view/kaspi-bonus12/home",
            ("host:sites.google.com/kaspi-bonus12", "family:{brand}-bonus#"),
            id="tenant in the path",
        ),
        pytest.param("https://bit.ly/kaspi-bonus", ("host:bit.ly/kaspi-bonus",), id="short link"),
        pytest.param("http://1.2.3.4/kaspi.kz/login", ("host:1.2.3.4",), id="address without a name"),
        pytest.param(
            "https://t.me/kaspi_bonus_bot",
            ("handle:telegram:kaspi_bonus_bot", "handle:@kaspi_bonus_bot"),
            id="bot",
        ),
        pytest.param("https://kaspi.kz/", (), id="clear"),
        pytest.param("https://", (), id="unreadable"),
    ],
)
def test_links_have_marks(known: Marks, guard: Guard, text: str, expected: tuple[str, ...]) -> None:
    assert known.of(guard.check(text)) == expected


_ASKED = "Служба безопасности банка. Продиктуйте код из СМС и переведите деньги на безопасный счет"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param("звоните 8 (705) 765-43-21", {"phone:+77057654321"}, id="phone"),
        pytest.param("пишите wa.me/77057654321", {"phone:+77057654321"}, id="number behind a link"),
        pytest.param("карта 4400 4300 0000 0000", set(), id="number that is no card"),
        pytest.param("карта 4400 4301 2345 6789", {"account:440043******6789"}, id="card"),
        pytest.param("счет KZ86 125K ZT50 0410 0100", {"account:KZ86125KZT5004100100"}, id="bank account"),
        pytest.param(
            "почта a@halyk-help.top", {"email:a@halyk-help.top", "host:halyk-help.top"}, id="mailbox"
        ),
        pytest.param("пишите @Halyk_Support", {"handle:@halyk_support"}, id="name without its service"),
        pytest.param(
            "пишите t.me/halyk_support",
            {"handle:telegram:halyk_support", "handle:@halyk_support"},
            id="its link",
        ),
        pytest.param("t.me/+AbCdEfGhIjKl", {"handle:telegram:+AbCdEfGhIjKl"}, id="invitation"),
        pytest.param(
            "TQn9Y2khEsLJW1ChVWFMSMeRDow5KcbLSE",
            {"wallet:tron:TQn9Y2khEsLJW1ChVWFMSMeRDow5KcbLSE"},
            id="wallet",
        ),
        pytest.param("установите halyk_help.apk", {"app:apk:halyk_help.apk"}, id="app"),
        pytest.param("номер 7111, info@halykbank.kz, halykbank.kz", set(), id="official contacts"),
        pytest.param("+7 727 258 53 00", {"phone:+77272585300"}, id="phone nobody knows"),
        pytest.param("егов t.me/EgovKzBot, 1414", set(), id="official account"),
        pytest.param("https://www.google.com/maps", set(), id="host of a brand"),
    ],
)
def test_texts_lead_somewhere(known: Marks, guard: Guard, said: str, expected: set[str]) -> None:
    found = known.of(guard.check(f"{_ASKED}, {said}"))
    assert {mark for mark in found if not mark.startswith("text:")} == expected
    assert sum(mark.startswith("text:") for mark in found) == 4


def test_many_contacts_give_few_marks(known: Marks, guard: Guard) -> None:
    numbers = " ".join(f"+7705765{at:04d}" for at in range(500))
    assert len(known.of(guard.check(f"{_ASKED} {numbers}"))) == 16


@pytest.fixture(scope="module")
def families(known: Marks) -> Families:
    return known.families


@pytest.mark.parametrize(
    ("name", "family"),
    [
        pytest.param("halyk-bonus1", "{brand}-bonus#", id="brand, word and number"),
        pytest.param("kaspi-bonus27", "{brand}-bonus#", id="another brand and number"),
        pytest.param("kaspibonus7", "{brand}bonus#", id="written together"),
        pytest.param("bonus-kaspi-7", "bonus-{brand}-#", id="other order"),
        pytest.param("kaspi-bonus", "", id="what anybody thinks of"),
        pytest.param("kaspi-bonus24", "", id="a number that says something"),
        pytest.param("kaspi7", "kaspi#.top", id="only a brand: its suffix counts"),
        pytest.param("bonus7", "bonus#.top", id="only a word: its suffix counts"),
        pytest.param("kaspi-zhumbagym", "{brand}-zhumbagym", id="a rare word"),
        pytest.param("zhumbagym7", "zhumbagym#", id="a rare word and a number"),
        pytest.param("zhumbagym", "zhumbagym", id="a long rare word"),
        pytest.param("evil", "", id="a short rare word"),
        pytest.param("parcel-kz-x7f3k9q", "parcel-kz-*.top", id="random letters and digits"),
        pytest.param("com-trackfms", "com-track*", id="random letters behind a word"),
        pytest.param("parcel-kz-qwrtpl", "parcel-kz-*.top", id="random letters"),
        pytest.param("x7f3k9q", "", id="only random"),
        pytest.param("123456", "", id="only digits"),
        pytest.param("каспи-бонус7", "{brand}-bonus#", id="Cyrillic"),
        pytest.param("a" * 64, "", id="no name"),
        pytest.param("", "", id="empty"),
    ],
)
def test_names_have_families(families: Families, name: str, family: str) -> None:
    assert families.of(name, "top") == family
