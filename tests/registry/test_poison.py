"""What must never be blocked whole, and what must pass beside it."""

import json
import time
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from checks.tables import book, guard
from hypothesis import given
from hypothesis import strategies as st

from urlguard.errors import UsageError
from urlguard.links.suffixes import Suffixes, a_label
from urlguard.model import Kind
from urlguard.packs.book import slim
from urlguard.record import Match
from urlguard.registry import popular as populars
from urlguard.registry.poison import CODES, Hit, Poison
from urlguard.registry.popular import Popular, load_popular

VECTORS = Path(__file__).resolve().parents[3] / "shared" / "vectors" / "poison_hosts.json"
MISSED = 0.001
"""Share of the vectors that newer lists have and the packages that are installed lack."""


@cache
def poison() -> Poison:
    found = slim(book())
    return Poison(found, Suffixes(found["suffixes"]), load_popular(found["registry"]["popular"]))


def code(kind: Kind, match: Match, key: str) -> str:
    hit = poison().hits(kind, match, key)
    return hit.code if hit else ""


@pytest.mark.parametrize(
    ("host", "wanted"),
    [
        pytest.param("kz", "suffix", id="top-level domain"),
        pytest.param("localhost", "single_label", id="single label"),
        pytest.param("com.kz", "suffix", id="public suffix"),
        pytest.param("anything.ck", "suffix", id="under a wildcard rule"),
        pytest.param("xn--80ao21a", "suffix", id="Kazakh zone"),
        pytest.param("kaspi.kz", "brand", id="brand"),
        pytest.param("www.kaspi.kz", "brand", id="brand with www"),
        pytest.param("pay.kaspi.kz", "brand", id="below a brand"),
        pytest.param("almaty.gov.kz", "brand", id="below the zone of the state"),
        pytest.param("made-up.google.com", "brand", id="below a brand abroad"),
        pytest.param("t.me", "hosting", id="messenger"),
        pytest.param("github.io", "hosting", id="free hosting"),
        pytest.param("sites.google.com", "hosting", id="pages of strangers on a brand's host"),
        pytest.param("bit.ly", "shortener", id="short links"),
        pytest.param("proton.me", "mail", id="mail service"),
        pytest.param("wikipedia.org", "popular", id="popular site"),
        pytest.param("denizbank.com", "popular", id="bank abroad"),
    ],
)
@pytest.mark.parametrize("match", [Match.HOST, Match.DOMAIN])
def test_hosts_that_are_held_back(host: str, wanted: str, match: Match) -> None:
    assert code(Kind.HOST, match, host) == wanted


@pytest.mark.parametrize(
    "host",
    [
        pytest.param("evil.top", id="anybody's name"),
        pytest.param("kaspi-bonus.top", id="imitation"),
        pytest.param("kaspi.kz.evil.top", id="brand as a subdomain"),
        pytest.param("halyk.github.io", id="tenant"),
        pytest.param("deep.halyk.pages.dev", id="below a tenant"),
        pytest.param("shop.myshopify.com", id="tenant of a brand's platform"),
        pytest.param("evil.com.kz", id="name under a public suffix"),
        pytest.param("page.anything.ck", id="name under a wildcard rule"),
        pytest.param("ec2-203-0-113-7.compute-1.amazonaws.com", id="machine under a private wildcard rule"),
    ],
)
@pytest.mark.parametrize("match", [Match.HOST, Match.DOMAIN])
def test_hosts_that_pass(host: str, match: Match) -> None:
    assert code(Kind.HOST, match, host) == ""


def test_what_lies_above_a_popular_host_is_held_only_with_its_subdomains(tmp_path: Path) -> None:
    found = made(tmp_path, ["www.sub.busy.example"])
    assert found.find("sub.busy.example", above=False) == ("popular", "sub.busy.example")
    assert found.find("busy.example", above=True) == ("popular", "sub.busy.example")
    assert found.find("busy.example", above=False) is None
    assert found.find("usy.example", above=True) is None
    assert found.find("b.busy.example", above=True) is None


@pytest.mark.parametrize(
    ("match", "key", "wanted"),
    [
        pytest.param(Match.PREFIX, "t.me/", "hosting", id="all of a messenger"),
        pytest.param(Match.PREFIX, "t.me/evil", "", id="one account"),
        pytest.param(Match.PREFIX, "t.me/s/", "hosting", id="the preview of every account"),
        pytest.param(Match.PREFIX, "wa.me/7", "hosting", id="every phone of two countries"),
        pytest.param(Match.PREFIX, "kaspi.kz/p", "brand", id="a letter of a brand's pages"),
        pytest.param(Match.PREFIX, "evil.top/p", "", id="a letter of anybody's pages"),
        pytest.param(Match.EXACT, "kaspi.kz/", "brand", id="front page of a brand"),
        pytest.param(Match.EXACT, "sites.google.com/view/evil", "", id="page of a tenant"),
        pytest.param(Match.EXACT, "wikipedia.org:8080/", "popular", id="with a port"),
        pytest.param(Match.PREFIX, "evil.top/", "", id="anybody's host"),
    ],
)
def test_pages(match: Match, key: str, wanted: str) -> None:
    assert code(Kind.URL, match, key) == wanted


@pytest.mark.parametrize(
    ("mask", "wanted"),
    [
        pytest.param("*", "mask", id="everything"),
        pytest.param("*.kz", "mask", id="a whole zone"),
        pytest.param("*.com.kz", "suffix", id="a whole second-level zone"),
        pytest.param("*.*", "mask", id="stars alone"),
        pytest.param("pay-*.top", "mask", id="three letters"),
        pytest.param("*kaspi.kz", "brand", id="ends like a brand"),
        pytest.param("*google*", "brand", id="a brand anywhere"),
        pytest.param("*.kaspi.kz", "brand", id="below a brand"),
        pytest.param("x*.kaspi.kz", "brand", id="some below a brand"),
        pytest.param("*.github.io", "hosting", id="all tenants"),
        pytest.param("*.halyk*.kz", "brand", id="hosts below a brand"),
        pytest.param("t.me/s/*", "hosting", id="the preview of every account"),
        pytest.param("t.me/k*", "hosting", id="accounts with a letter"),
        pytest.param("evil.top/k*", "", id="pages with a letter"),
        pytest.param("t.me/*", "hosting", id="every account"),
        pytest.param("*/login", "mask", id="a path on every host"),
        pytest.param("kaspi-*.top", "", id="imitations"),
        pytest.param("kaspi-*.github.io", "", id="tenants that imitate"),
        pytest.param("*.evil.top", "", id="below anybody's name"),
        pytest.param("t.me/evil*", "", id="accounts that begin so"),
        pytest.param("evil-brand.*", "", id="a name in every zone"),
    ],
)
def test_masks(mask: str, wanted: str) -> None:
    kind = Kind.URL if mask.partition("/")[2] else Kind.HOST
    assert code(kind, Match.MASK, mask) == wanted


@pytest.mark.parametrize(
    ("key", "wanted"),
    [
        pytest.param("10.0.0.0/24", "special_network", id="private"),
        pytest.param("127.0.0.1", "special_network", id="loopback"),
        pytest.param("0.0.0.0/0", "network", id="everything"),
        pytest.param("224.0.0.5", "special_network", id="multicast"),
        pytest.param("185.0.0.0/8", "network", id="wide"),
        pytest.param("185.100.0.0/15", "network", id="a little too wide"),
        pytest.param("185.100.0.0/16", "", id="just narrow enough"),
        pytest.param("185.100.7.9", "", id="one address"),
        pytest.param("fe80::/64", "special_network", id="link-local"),
        pytest.param("2a00::/12", "network", id="wide, version 6"),
        pytest.param("2a00:1450::/32", "", id="narrow enough, version 6"),
    ],
)
def test_networks(key: str, wanted: str) -> None:
    assert code(Kind.IP, Match.NETWORK if "/" in key else Match.EXACT, key) == wanted


@pytest.mark.parametrize(
    ("kind", "key", "wanted"),
    [
        pytest.param(Kind.PHONE, "102", "number", id="police"),
        pytest.param(Kind.PHONE, "9999", "number", id="short code of a bank"),
        pytest.param(Kind.PHONE, "+77272585955", "number", id="number of a bank"),
        pytest.param(Kind.PHONE, "+78000801800", "number", id="number of a bank written with 8"),
        pytest.param(Kind.PHONE, "+77010000000", "", id="anybody's number"),
        pytest.param(Kind.SMS_SENDER, "1414", "sender", id="number as sender"),
        pytest.param(Kind.SMS_SENDER, "KASPI BANK", "sender", id="name of a bank as sender"),
        pytest.param(Kind.SMS_SENDER, "EVILBONUS", "", id="any sender"),
        pytest.param(Kind.EMAIL, "info@kaspi.kz", "brand", id="mailbox of a bank"),
        pytest.param(Kind.EMAIL, "evil@gmail.com", "", id="mailbox on a mail service"),
        pytest.param(Kind.EMAIL, "evil@evil.top", "", id="anybody's mailbox"),
        pytest.param(Kind.HANDLE, "telegram:telegram", "handle", id="official account"),
        pytest.param(Kind.HANDLE, "telegram:evil_bonus", "", id="any account"),
        pytest.param(Kind.APP, "android:kz.kaspi.mobile", "app", id="official app"),
        pytest.param(Kind.APP, "apk:kaspi_bonus.apk", "", id="any app"),
        pytest.param(Kind.IBAN, "KZ86125KZT5004100100", "", id="account"),
        pytest.param(Kind.WALLET, "TXYZ", "", id="wallet"),
    ],
)
def test_other_kinds(kind: Kind, key: str, wanted: str) -> None:
    assert code(kind, Match.EXACT, key) == wanted


def test_every_code_has_words() -> None:
    texts = guard().book_texts()
    for name in CODES:
        assert "evil.example" in Hit(name, ("evil.example",)).told(texts)


@given(st.sampled_from(Kind), st.sampled_from(Match), st.text(max_size=60))
def test_never_raises(kind: Kind, match: Match, key: str) -> None:
    hit = poison().hits(kind, match, key)
    assert hit is None or (hit.code in CODES and hit.evidence)


@given(st.from_regex(r"[a-z]{1,6}(\.[a-z]{2,6}){0,3}", fullmatch=True))
def test_what_is_held_as_a_host_is_held_with_its_subdomains(host: str) -> None:
    if code(Kind.HOST, Match.HOST, host):
        assert code(Kind.HOST, Match.DOMAIN, host)


@pytest.mark.skipif(not VECTORS.is_file(), reason="no vectors in ../shared/vectors")
@pytest.mark.parametrize("match", [Match.HOST, Match.DOMAIN])
def test_the_vectors_are_held_back(match: Match) -> None:
    lists: dict[str, list[str]] = json.loads(VECTORS.read_text("utf-8"))
    names = {
        ".".join(map(a_label, name.lower().strip("!.").split(".")))
        for found in lists.values()
        for name in found
    }
    missed = [name for name in names if not code(Kind.HOST, Match.MASK if "*" in name else match, name)]
    assert len(missed) / len(names) < MISSED, missed


# The compiled file


def made(folder: Path, hosts: list[str], *, cache: bool = True) -> Popular:
    assert folder.is_dir()
    return load_popular({"own": {"hosts": hosts, "why": "test"}}, cache=cache)


@pytest.fixture
def cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("URLGUARD_CACHE", str(folder))
    return folder


def test_is_compiled_once(cache_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert made(cache_folder.parent, ["busy.example"]).find("busy.example", above=False)
    monkeypatch.setattr(populars, "compiled", None)
    assert made(cache_folder.parent, ["busy.example"]).find("busy.example", above=False)
    assert [path.suffix for path in cache_folder.iterdir()] == [".bin"]


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda data: data[:0], id="empty"),
        pytest.param(lambda data: data[: len(data) // 2], id="cut"),
        pytest.param(lambda data: data[:-9] + b"x" + data[-8:], id="one octet"),
        pytest.param(lambda data: b"\0" * len(data), id="zeros"),
    ],
)
def test_a_damaged_file_is_made_anew(cache_folder: Path, damage: Any) -> None:  # noqa: ANN401  (a function)
    made(cache_folder.parent, ["busy.example"])
    (path,) = cache_folder.iterdir()
    whole = path.read_bytes()
    path.write_bytes(damage(whole))
    assert made(cache_folder.parent, ["busy.example"]).find("busy.example", above=False)
    assert path.read_bytes() == whole


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    monkeypatch.setenv("URLGUARD_CACHE", str(tmp_path / "file"))
    assert made(tmp_path, ["busy.example"]).find("busy.example", above=False)


@pytest.mark.usefixtures("cache_folder")
def test_a_list_that_is_not_there_is_an_error() -> None:
    with pytest.raises(UsageError, match="names the list 'tranco11k', which is none: perhaps tranco"):
        load_popular({"own": {"lists": ["tranco11k"], "why": "test"}})


@pytest.mark.usefixtures("cache_folder")
def test_only_what_all_lists_have_counts_with_every() -> None:
    tables = {"own": {"lists": ["moz-top500", "alexa"], "every": True, "why": "test"}}
    both = load_popular(tables, cache=False)
    one = load_popular({"own": {"lists": ["alexa"], "why": "test"}}, cache=False)
    other = load_popular({"own": {"lists": ["moz-top500"], "why": "test"}}, cache=False)
    names = ["google.com", "wikipedia.org", "w3.org", "taobao.com", "gnu.org", "evil.top"]
    found = {name for name in names if both.find(name, above=False)}
    assert found == {name for name in names if one.find(name, above=False) and other.find(name, above=False)}
    assert 0 < len(found) < len(names) - 1


def test_a_look_up_takes_microseconds() -> None:
    hits = poison().hits
    hosts = [f"host-{number}.example-{number % 97}.top" for number in range(20_000)]
    start = time.perf_counter()
    for host in hosts:
        hits(Kind.HOST, Match.DOMAIN, host)
    assert (time.perf_counter() - start) / len(hosts) < 20e-6


@pytest.mark.parametrize(
    ("page", "held"),
    [
        pytest.param("youtube.com/watch", True, id="every film"),
        pytest.param("google.com/search", True, id="every search"),
        pytest.param("play.google.com/store/apps/details", True, id="every app"),
        pytest.param("vk.com/away.php", True, id="a door"),
        pytest.param("youtube.com/watch?v=abc", False, id="one film"),
        pytest.param("kirpish-zauyt.example/watch", False, id="a page of an unknown site"),
        pytest.param("vk.com/qarjy_club", False, id="an account"),
    ],
)
def test_one_page_may_be_a_whole_site(page: str, held: bool) -> None:  # noqa: FBT001  (a parameter)
    hit = poison().hits(Kind.URL, Match.EXACT, page)
    assert (hit.code if hit else None) == ("page" if held else None)
