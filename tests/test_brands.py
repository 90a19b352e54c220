"""Brands: their own addresses are theirs, imitations of each are seen, honest neighbours stay clear."""

from typing import Any

import pytest
from checks.tables import ascii_host, book, brands, kinds, score

from urlguard import Level

BRANDS = brands()
AT_HOME = [brand for brand in BRANDS if not brand.get("foreign")]
"""Those of everyday life in Kazakhstan."""
OWNERS = {ascii_host(domain): brand["id"] for brand in BRANDS for domain in brand["domains"]}


def owner(host: str) -> str | None:
    """Return the brand that owns the nearest zone above a host."""
    while host and host not in OWNERS:
        host = host.partition(".")[2]
    return OWNERS.get(host)


def each(found: list[dict[str, Any]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("brand", found, ids=[brand["id"] for brand in found])


def name_of(brand: dict[str, Any]) -> str:
    """Return the longest of a brand's distinctive words, or of its ordinary ones when it has no other."""
    names: list[str] = brand.get("tokens") or brand["common"]
    return max(names, key=len)


# A brand's own addresses


@each(BRANDS)
def test_official_domains_are_official_and_clear(brand: dict[str, Any]) -> None:
    for domain in brand["domains"]:
        verdict = score(f"https://{domain}/")
        assert verdict.official == owner(ascii_host(domain)) == brand["id"], domain
        assert verdict.level is Level.CLEAR
        assert verdict.signals == ()


SHAPES = [
    pytest.param("https://www.{}/", id="www"),
    pytest.param("https://pay.my.kabinet.{}/", id="deep sub-domain"),
    pytest.param("https://kaspi-bonus.{}/", id="sub-domain that would be an imitation elsewhere"),
    pytest.param("https://{}/login/kredit/vyplata/bonus?tolem=1", id="money words in the path"),
    pytest.param("https://{}/kaspi.kz/halyk", id="other brands in the path"),
    pytest.param("http://{}:8080/app.apk", id="port and file"),
    pytest.param("{}", id="no scheme"),
    pytest.param("HTTPS://WWW.{}.//", id="dot at the end"),
]


@pytest.mark.parametrize("shape", SHAPES)
def test_whatever_lies_on_an_official_domain_imitates_nobody(shape: str) -> None:
    table = book()
    shared = {*table["tenants"], *table["tenant_paths"], *table["shorteners"]}
    """Where others have their pages: those are not the brand's own words."""
    wrong = []
    for domain, brand in OWNERS.items():
        if domain not in shared:
            link = shape.format(domain)
            verdict = score(link)
            if (verdict.official, verdict.level, kinds(verdict)) != (brand, Level.CLEAR, []):
                wrong.append((link, verdict.official, verdict.score, kinds(verdict)))
    assert wrong == []


@pytest.mark.parametrize(
    ("link", "brand"),
    [
        pytest.param("https://google.de/", "google", id="google.de"),
        pytest.param("https://www.google.co.uk/maps", "google", id="google.co.uk"),
        pytest.param("https://google.com.tr/", "google", id="google.com.tr"),
    ],
)
def test_some_brands_own_their_name_under_every_country(link: str, brand: str) -> None:
    assert score(link).official == brand


def test_but_not_under_every_suffix() -> None:
    assert score("https://google.top/").official is None


def test_unsure_domains_are_neither_trusted_nor_flagged() -> None:
    wrong = []
    for brand in BRANDS:
        for domain in brand.get("unsure", ()):
            for link in (f"https://{domain}/", f"https://www.{domain}/online", f"https://kabinet.{domain}/"):
                verdict = score(link)
                if verdict.official is not None or verdict.brand is not None or verdict.level:
                    wrong.append((link, verdict.official, verdict.brand, verdict.score))
    assert wrong == []


@pytest.mark.parametrize(
    "link",
    [
        pytest.param("https://kaspi.kz.evil-portal.com/", id="in front of another domain"),
        pytest.param("https://kaspi.kz@evil-portal.com/", id="user-info"),
        pytest.param("https://evil-portal.com/kaspi.kz", id="path"),
        pytest.param("https://evil-portal.com/?kaspi.kz", id="query"),
        pytest.param("https://evil-portal.com/#kaspi.kz", id="fragment"),
        pytest.param("https://notkaspi.kz/", id="end of a longer name"),
        pytest.param("https://kaspi.kz-portal.com/", id="beginning of a longer name"),
        pytest.param("https://kаspi.kz/", id="Cyrillic letter"),
        pytest.param("https://t.me/kaspi", id="account"),
        pytest.param("https://kaspi.github.io/", id="tenant"),
    ],
)
def test_only_the_host_itself_makes_a_link_official(link: str) -> None:
    assert score(link).official is None


# Imitations of each


@each(AT_HOME)
def test_a_name_with_a_money_word_is_dangerous(brand: dict[str, Any]) -> None:
    name = name_of(brand)
    for host in (f"{name}-bonus.top", f"bonus-{name}.top"):
        verdict = score(f"https://{host}/")
        assert (verdict.brand, verdict.level) == (brand["id"], Level.DANGEROUS), host
        assert verdict.real == brand.get("real")


def test_names_before_a_foreign_domain_are_seen() -> None:
    count, missed = 0, []
    for brand in AT_HOME:
        for token in (*brand.get("tokens", ()), *brand.get("common", ())):
            count += 1
            verdict = score(f"https://{token}.aidana-lodge.com/")
            if verdict.brand != brand["id"] or not verdict.level:
                missed.append((token, brand["id"], verdict.brand, verdict.score))
    assert count > 900
    assert len(missed) <= count * 0.02, missed


def test_official_domains_before_a_foreign_one_are_seen() -> None:
    missed = []
    for brand in AT_HOME:
        for domain in brand["domains"]:
            verdict = score(f"https://{domain}.aidana-lodge.com/")
            if verdict.brand is None or verdict.level is not Level.DANGEROUS:
                missed.append((domain, verdict.brand, verdict.score))
    assert missed == []


# Honest neighbours

HONEST = {
    "near a state address": [
        "gov.kz", "www.gov.kz", "ego.kz", "egoist.kz", "e-government.ch", "egovernment.org", "govt.nz",
        "egolf.kz", "egypt-gov.com",
    ],
    "halyk is the people": [
        "halykpartiyasy.kz", "halyq-uni.kz", "halyk-kitaphana.kz", "halyk-gazet.kz", "halyk-soz.kz",
        "halykaralyk.kz", "halykaralyq-mektep.kz", "halyk-emi.kz", "halyq-ani.kz", "halyk.kz",
        "халық-әні.қаз", "халық-үні.kz",
    ],
    "altyn is gold, bereke plenty, otbasy the family, tabys a find": [
        "altyn-orda.kz", "altyn.kz", "altyn-saryn.kz", "altynbel.kz", "altyn-dan.kz", "алтын-дән.kz",
        "bereke.kz", "bereke-toi.kz", "береке-той.kz", "bereke-dastarkhan.kz", "otbasy-dastarkhan.kz",
        "отбасы-бақыты.kz", "tabys.kz", "tabys-media.kz", "onay.kz", "onay-sabaq.kz", "nur.kz",
        "nur-mubarak.kz",
    ],
    "kaspi is a sea": [
        "caspian-news.kz", "caspianport.kz", "kaspiysk.ru", "kaspiy-balyk.kz", "kaspiyneft.kz",
        "kaspiyski-gruz.kz", "каспийский-груз.рф", "каспийск.рф", "kaspij-more.ru", "caspiannature.org",
    ],
    "one letter or one ending away": [
        "kaspersky.com", "kaspersky.kz", "kaspersky-club.ru", "kaspa.org", "kaspa-wallet.io", "kasper.kz",
        "casper.com", "crispi.it", "caspio.com", "raspi.org", "krishna.org", "krishna.com",
        "krishnamurti.org", "krishy-almaty.kz", "cell.com", "cellphone.kz", "muffin.kz", "puffin.com",
        "beehive.com", "bee-line-honey.com", "kolesnik.kz", "mechtateli.ru", "volt.kz", "jason.kz",
        "juan.kz", "susan.kz", "fort.kz", "forge.kz", "kazpravda.kz", "halal.kz", "small.kz", "smile.kz",
        "magnit.ru", "magnum-opus.com",
    ],
    "banks and firms of other countries": [
        "halkbank.com.tr", "www.halkbank.com.tr", "halkbank.mk", "homebank.ro", "homebank.com",
        "homebanking.com", "www.bank-of-kigali.com", "telekom.de", "telecomasia.net", "eurasiareview.com",
        "eurasian-times.com", "homecredit.ph", "homecredit.co.in", "forteresse.fr", "pianoforte.com",
        "comfort.kz", "beeline.ru", "olxen.de", "postbank.de", "post.ch", "nationalbank.be",
    ],
    "trades and places with a brand's word": [
        "krisha-stroy.kz", "mechta-foto.kz", "kolesa-shiny.kz", "alatau-hotel.kz", "alatau.kz",
        "bayterek-hotel.kz", "forte-piano.kz", "magnum.kz", "telecom-news.kz", "arbuz.kz", "sergek.kz",
        "satu-sat.kz", "eurasia.kz", "kaspi-tour.kz", "freedom.kz", "freedom-fest.com", "astana-air.kz",
        "air-astana-hotel.kz", "tengrinews.kz", "jmartin.com", "kazakhstan-tours.com",
    ],
    "Cyrillic and Kazakh names": [
        "газета.қаз", "қазақ-үні.қаз", "қазақстан.қаз", "алматы-тоқаш.kz", "балапан.kz", "аида-тур.kz",
        "ана-тілі.kz", "қазына.kz", "жұлдыз.қаз", "пример.kz", "почта.рф", "мой-дом.рф", "президент.рф",
        "москва.рф", "казахстан-туризм.рф", "дом-мечты.рф", "колеса-диски.рф", "крыша-мастер.рф",
        "мечта-дети.рф", "халык-новости.kz", "мектеп.қаз", "мәдениет.қаз", "ұстаз.kz", "өнер.қаз",
        "тойхана.kz", "шаңырақ.қаз",
    ],
    "names in other alphabets": [
        "münchen.de", "україна.укр", "българия.бг", "ελλάδα.gr", "中国.cn", "日本語.jp", "한국.kr", "مثال.ae",
        "ישראל.co.il", "საქართველო.ge", "հայաստան.am", "türkiye.com.tr", "españa.es",
    ],
    "words of money by themselves": [
        "bonus.kz", "kredit.kz", "dividend.com", "dostavka-pitstsy.kz", "tolem.kz", "aqsha.kz",
        "invest-astana.kz", "login.gov", "pay.com", "bank.kz", "banki.ru", "kabinet-vracha.kz",
    ],
}  # fmt: skip


@pytest.mark.parametrize("hosts", HONEST.values(), ids=HONEST.keys())
def test_honest_names_stay_clear(hosts: list[str]) -> None:
    wrong = []
    for host in hosts:
        for link in (host, f"https://{host}/", f"https://www.{host}/about/contacts.html"):
            verdict = score(link)
            if verdict.level is not Level.CLEAR:
                fired = [f"{signal.rule} {signal.points}" for signal in verdict.signals]
                wrong.append((link, verdict.brand, fired))
    assert wrong == []
