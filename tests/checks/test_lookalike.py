"""Whom does a link imitate, how, and what is marked as fake."""

import pytest
from checks.tables import kinds, score

from urlguard import Level


def case(link: str, kind: str, brand: str, real: str, shown: str = "") -> object:
    """Name a case by its link; `shown` is the fake part as the reason shows it."""
    return pytest.param(link, kind, brand, real, shown, id=link)


FAKE_LETTERS = [
    case("https://kаspi.kz/", "homoglyph", "kaspi", "kaspi.kz", "k‹а›spi ≠ kaspi (а U+0430)"),
    case("https://xn--kspi-53d.kz/", "homoglyph", "kaspi", "kaspi.kz", "k‹а›spi ≠ kaspi (а U+0430)"),
    case("https://kаsрi.com/", "homoglyph", "kaspi", "kaspi.kz", "k‹а›s‹р›i ≠ kaspi (а U+0430, р U+0440)"),
    case("https://kolеsa.kz/", "homoglyph", "kolesa", "kolesa.kz", "kol‹е›sa ≠ kolesa (е U+0435)"),
    case("https://kaşpi.kz/", "homoglyph", "kaspi", "kaspi.kz", "ka‹ş›pi ≠ kaspi (ş U+015F)"),
    case("https://kaspí.top/", "homoglyph", "kaspi", "kaspi.kz", "kasp‹í› ≠ kaspi (í U+00ED)"),
    case("https://каѕрі.kz/", "homoglyph", "kaspi", "kaspi.kz", "‹к›‹а›‹ѕ›‹р›‹і› ≠ kaspi"),
    case("https://kаzроst.kz/", "homoglyph", "qazpost", "qazpost.kz", "k‹а›z‹р›‹о›st ≠ kazpost"),
    case("https://kasрі-bonus.kz/", "homoglyph", "kaspi", "kaspi.kz", "‹р›‹і›"),
    case("https://kasp1.kz/", "homoglyph", "kaspi", "kaspi.kz", "kasp‹1› ≠ kaspi"),
    case("https://ka5pi.top/", "homoglyph", "kaspi", "kaspi.kz", "ka‹5›pi ≠ kaspi"),
    case("https://eg0v.kz/", "homoglyph", "egov", "egov.kz", "eg‹0›v ≠ egov"),
    case("https://0lx.kz/", "homoglyph", "olx", "olx.kz", "‹0›lx ≠ olx"),
    case("https://hornecredit.kz/", "homoglyph", "homecredit", "home.kz", "‹hornecredit› ≠ homecredit"),
    case("https://horne-credit.kz/", "homoglyph", "homecredit", "home.kz", "≠ homecredit"),
    case("https://eqov.kz/", "homoglyph", "egov", "egov.kz", "e‹q›ov ≠ egov"),
]

ONE_EDIT = [
    case("https://kasspi.kz/", "typo", "kaspi", "kaspi.kz", "kas‹s›pi ≠ kaspi"),
    case("https://kaxpi.kz/", "typo", "kaspi", "kaspi.kz", "ka‹x›pi ≠ kaspi"),
    case("https://kapsi.kz/", "typo", "kaspi", "kaspi.kz", "ka‹ps›i ≠ kaspi"),
    case("https://halykbnak.kz/", "typo", "halyk", "halykbank.kz", "halykb‹na›k ≠ halykbank"),
    case("https://halykbnk.kz/", "typo", "halyk", "halykbank.kz", "halykb‹›nk ≠ halykbank"),
    case("https://halykbanc.kz/", "typo", "halyk", "halykbank.kz", "halykban‹c› ≠ halykbank"),
    case("https://kazatomporm.com/", "typo", "kazatomprom", "kazatomprom.kz", "kazatomp‹or›m ≠ kazatomprom"),
    case("https://kapsi.top/", "typo-far", "kaspi", "kaspi.kz", "ka‹ps›i ≠ kaspi"),
    case("https://kaspui.top/", "typo-far", "kaspi", "kaspi.kz", "kasp‹u›i ≠ kaspi"),
    case("https://jaspi.kz/", "typo-weak", "kaspi", "kaspi.kz", "‹j›aspi ≠ kaspi"),
    case("https://egob.kz/", "typo-weak", "egov", "egov.kz", "ego‹b› ≠ egov"),
    case("https://halyk-bank.kz/", "typo", "halyk", "halykbank.kz", "halyk-bank ≠ halykbank"),
    case("https://e-gov.kz/", "typo", "egov", "egov.kz", "e-gov ≠ egov"),
]

OTHER_ALPHABETS = [
    case("https://казатомпром.online/", "transliteration", "kazatomprom", "kazatomprom.kz"),
    case("https://қазатомөнеркәсіп.com/", "transliteration", "kazatomprom", "kazatomprom.kz"),
    case("https://каспи.қаз/", "transliteration", "kaspi", "kaspi.kz"),
    case("https://каспи.рф/", "transliteration", "kaspi", "kaspi.kz"),
    case("https://k-a-s-p-i.top/", "transliteration", "kaspi", "kaspi.kz", "k-a-s-p-i ≠ kaspi"),
    case("https://казатомпром-инвест.рф/", "combo", "kazatomprom", "kazatomprom.kz"),
    case("https://каспи-бонус.рф/", "combo", "kaspi", "kaspi.kz"),
    case("https://qazatomprom.com/", "suffix", "kazatomprom", "kazatomprom.kz"),
    case("https://kazahgaz.com/", "suffix", "qazaqgaz", "qazaqgaz.kz"),
    case("https://kazpochta.kz/", "suffix", "qazpost", "qazpost.kz"),
    case("https://rfcgb.top/", "keyboard", "kaspi", "kaspi.kz", "‹rfcgb› = kaspi"),
    case("https://rfpfnjvghjv.com/", "keyboard", "kazatomprom", "kazatomprom.kz"),
    case("https://лфызш.рф/", "keyboard", "kaspi", "kaspi.kz", "‹лфызш› = kaspi"),
]

ADDED_WORDS = [
    case("https://kaspi-bonus.top/", "combo", "kaspi", "kaspi.kz", "‹kaspi›-bonus"),
    case("https://vyplata-egov.top/", "combo", "egov", "egov.kz", "vyplata-‹egov›"),
    case("https://kaspi-tolem.kz/", "combo", "kaspi", "kaspi.kz", "‹kaspi›-tolem"),
    case("https://qazpost-zhetkizu.online/", "combo", "qazpost", "qazpost.kz", "‹qazpost›-zhetkizu"),
    case("https://halykbanktolem.kz/", "combo", "halyk", "halykbank.kz", "‹halykbank›tolem"),
    case("https://dividendykazatomprom.com/", "combo", "kazatomprom", "kazatomprom.kz", "‹kazatomprom›"),
    case("https://olx-dostavka.top/", "combo", "olx", "olx.kz", "‹olx›-dostavka"),
    case("https://сыйлық-kaspi.kz/", "combo", "kaspi", "kaspi.kz"),
    case("https://kaspi-выплата.com/", "combo", "kaspi", "kaspi.kz"),
    case("https://kaspikz.top/", "combo-plain", "kaspi", "kaspi.kz", "kaspi"),
    case("https://mykaspi.top/", "combo-plain", "kaspi", "kaspi.kz", "my‹kaspi›"),
    case("https://kaspi24.kz/", "combo-plain", "kaspi", "kaspi.kz", "‹kaspi›24"),
    case("https://mykaspi24.kz/", "combo-plain", "kaspi", "kaspi.kz", "my‹kaspi›24"),
    case("https://wwwkaspi.kz/", "combo-plain", "kaspi", "kaspi.kz", "www‹kaspi›"),
    case("https://kaz-atomprom-kz.top/", "combo-plain", "kazatomprom", "kazatomprom.kz"),
    case("https://halyk-bonus.top/", "combo-common", "halyk", "halykbank.kz", "‹halyk›-bonus"),
    case("https://halyk24.top/", "common", "halyk", "halykbank.kz", "‹halyk›24"),
    case("https://kaspi-aidana.top/", "word", "kaspi", "kaspi.kz", "‹kaspi›-aidana"),
    case("https://aidanakazatomprom.top/", "inside", "kazatomprom", "kazatomprom.kz", "aidana‹kazatomprom›"),
    case("https://kaspi.top/", "suffix", "kaspi", "kaspi.kz", "kaspi.top"),
]

OTHER_PLACES = [
    case("https://kaspi.kz.evil-portal.top/", "embedded", "kaspi", "kaspi.kz", "‹kaspi.kz›.evil-portal.top"),
    case("https://kaspi-kz.evil-portal.top/", "embedded", "kaspi", "kaspi.kz", "‹kaspi-kz›.evil-portal.top"),
    case("https://secure-kaspi.kz.evil-portal.top/", "embedded", "kaspi", "kaspi.kz", "‹kaspi.kz›.evil"),
    case("https://egov.kz-login.top/", "embedded", "egov", "egov.kz", "‹egov.kz›-login.top"),
    case("https://kaspi.kz.com/", "embedded", "kaspi", "kaspi.kz", "‹kaspi.kz›.com"),
    case("https://kaspi.kz.web.app/", "embedded", "kaspi", "kaspi.kz", "‹kaspi.kz›.web.app"),
    case("https://kolesa-kz.top/", "embedded", "kolesa", "kolesa.kz", "‹kolesa-kz›.top"),
    case("https://kaspi.evil-portal.top/", "subdomain", "kaspi", "kaspi.kz"),
    case("https://login.kaspi.id.evil-portal.top/", "subdomain", "kaspi", "kaspi.kz"),
    case("https://halyk.evil-portal.top/", "subdomain-common", "halyk", "halykbank.kz"),
    case("https://kaspi.github.io/", "tenant", "kaspi", "kaspi.kz"),
    case("https://kaspi.weebly.com/", "tenant", "kaspi", "kaspi.kz"),
    case("https://sites.google.com/view/kaspi", "tenant", "kaspi", "kaspi.kz"),
    case("https://kaspi-bonus.pages.dev/", "combo", "kaspi", "kaspi.kz", "‹kaspi›-bonus"),
    case("https://sites.google.com/view/kaspi-bonus", "combo", "kaspi", "kaspi.kz", "‹kaspi›-bonus"),
    case("https://ka5pi.netlify.app/", "homoglyph", "kaspi", "kaspi.kz", "ka‹5›pi ≠ kaspi"),
    case("https://t.me/kaspi_bonus", "handle", "kaspi", "kaspi.kz", "‹kaspi›-bonus"),
    case("https://instagram.com/halyk.invest", "handle", "halyk", "halykbank.kz", "‹halyk›-invest"),
    case("https://kaspi.kz@evil-portal.top/", "userinfo", "kaspi", "kaspi.kz"),
    case("https://kaspi:egov@evil-portal.top/", "userinfo", "kaspi", "kaspi.kz"),
    case("https://kaspi.kz@185.12.33.4/", "userinfo", "kaspi", "kaspi.kz"),
    case("https://zhana-portal.top/kaspi/login", "path", "kaspi", "kaspi.kz", "kaspi"),
    case("http://185.12.33.4/kaspi/", "path", "kaspi", "kaspi.kz", "kaspi"),
    case("https://google.com/url?q=https://kaspi-bonus.top/", "combo", "kaspi", "kaspi.kz", "‹kaspi›-bonus"),
]

FROM_ABROAD = [
    case("https://revolut-login.com/", "foreign-combo", "revolut", "revolut.com", "‹revolut›-login"),
    case("https://coinbasse.com/", "foreign-near", "coinbase", "coinbase.com", "coinbas‹s›e ≠ coinbase"),
    case("https://coinbase.weebly.com/", "foreign-near", "coinbase", "coinbase.com"),
    case("https://coinbase.zhana-portal.com/", "foreign-near", "coinbase", "coinbase.com"),
    case("https://coinbase.top/", "foreign-name", "coinbase", "coinbase.com"),
]


@pytest.mark.parametrize(
    ("link", "kind", "brand", "real", "shown"),
    [*FAKE_LETTERS, *ONE_EDIT, *OTHER_ALPHABETS, *ADDED_WORDS, *OTHER_PLACES, *FROM_ABROAD],
)
def test_names_kind_brand_and_real_address(link: str, kind: str, brand: str, real: str, shown: str) -> None:
    verdict = score(link)
    assert kinds(verdict)[:1] == [kind]
    signal = next(signal for signal in verdict.signals if signal.rule == f"lookalike-{kind}")
    assert signal.brand == brand
    assert shown in signal.reason
    assert real in signal.reason
    accused = verdict.level is not Level.CLEAR  # weak signs accuse nobody
    assert (verdict.brand, verdict.real) == ((brand, real) if accused else (None, None))


STRONG = {"homoglyph", "typo", "typo-far", "typo-weak", "transliteration", "keyboard", "suffix", "combo",
          "combo-plain", "combo-common", "combo-home", "word", "inside", "embedded", "subdomain",
          "subdomain-common", "tenant", "handle", "userinfo", "foreign-combo", "foreign-near"}  # fmt: skip
DANGEROUS = {"homoglyph", "combo", "combo-common", "embedded", "subdomain", "userinfo"}


@pytest.mark.parametrize(
    ("link", "kind", "brand", "real", "shown"),
    [*FAKE_LETTERS, *ONE_EDIT, *OTHER_ALPHABETS, *ADDED_WORDS, *OTHER_PLACES, *FROM_ABROAD],
)
def test_telling_kinds_decide_alone(link: str, kind: str, brand: str, real: str, shown: str) -> None:
    least = Level.DANGEROUS if kind in DANGEROUS else Level.SUSPICIOUS if kind in STRONG else Level.CLEAR
    level = score(link).level
    assert level is not None
    assert level >= least, (brand, real, shown)


@pytest.mark.parametrize(
    ("link", "best"),
    [
        pytest.param("https://kaspi.kz.halykbank-bonus.top/", "kaspi", id="a whole address tells more"),
        pytest.param("https://kаspi-halyk.top/", "kaspi", id="fake letters tell more than a word"),
        pytest.param("https://halykbank-bonus.kaspi-aidana.top/", "halyk", id="a money word tells more"),
        pytest.param("https://egov.halykbank-bonus.top/", "halyk", id="money tells more than a sub-domain"),
    ],
)
def test_of_several_brands_the_most_telling_is_named(link: str, best: str) -> None:
    verdict = score(link)
    assert verdict.brand == best
    assert {signal.brand for signal in verdict.signals if signal.brand} == {best}


@pytest.mark.parametrize(
    "links",
    [
        pytest.param(["https://kaspi-bonus.top/", "https://KASPI-Bonus.TOP/", "kaspi-bonus.top",
                      "//kaspi-bonus.top", "hxxps://kaspi-bonus[.]top", "https://www.kaspi-bonus.top/",
                      "https://kaspi-bonus.top:443/", "https://kaspi-bonus.top./"], id="spellings of a host"),
        pytest.param(["https://каспи-бонус.рф/", "https://xn----7sbe0aiwgergv.xn--p1ai/"], id="punycode"),
        pytest.param(["https://kaspi.kz@evil-portal.top/", r"https://kaspi.kz:x@evil-portal.top/",
                      "https://kaspi.kz%40@evil-portal.top/"], id="user-info"),
    ],
)  # fmt: skip
def test_the_same_host_gets_the_same_finding(links: list[str]) -> None:
    found = {(verdict.brand, kinds(verdict)[0]) for verdict in map(score, links)}
    assert len(found) == 1
