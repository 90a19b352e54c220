"""Lookups find what going through all records finds, and nothing else."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from registry.kept import Clock, covering, entries, fresh, link, take

from urlguard.errors import RegistryError
from urlguard.model import Kind, Resource
from urlguard.record import Effect, Ground, Match, Row
from urlguard.registry.matching import covers
from urlguard.registry.registry import Registry

RECORDS = (
    "evil.top",
    "login.evil.top",
    "evil.top/pay",
    "evil.top/pay/card?id=1",
    "https://evil.top:8443/pay",
    "*.evil.top",
    "evil-*.top",
    "evil.*",
    "evil.top/p*y/*",
    "www.other.com",
    "other.com/a/b/",
    "other.com/A",
    "кaspi.kz",
    "почта.рф",
    "10.0.0.7",
    "http://10.0.0.7/pay",
    "sub.evil.top/pay",
    "*pay*",
    "other.com/?a=1",
)
LINKS = (
    "evil.top",
    "www.evil.top",
    "https://evil.top/pay",
    "https://evil.top/pay/",
    "https://evil.top/pay?utm_source=x",
    "https://evil.top/pay/card?id=1",
    "https://evil.top/pay/card?id=2",
    "https://evil.top:8443/pay",
    "evil-a.top/pay/x",
    "a.b.evil.top",
    "login.evil.top/pay",
    "evil.com",
    "notevil.top",
    "other.com/a/b",
    "www.other.com/a/b/c",
    "other.com/a",
    "other.com/A",
    "xn--aspi-4qf.kz",
    "https://почта.рф/pay",
    "10.0.0.7",
    "http://10.0.0.7/pay",
    "http://0x0a000007/",
    "sub.evil.top/pay?b",
    "other.com/?a=1",
    "other.com/?a=1&fbclid=2",
    "other.com/%61/b",
    "pay.example.com",
)
MATCHES = (None, Match.HOST, Match.PREFIX, Match.DOMAIN, Match.EXACT)


def brute(of: Registry, text: str) -> set[int]:
    """Return the ids of the records that cover a link, one record after the other."""
    found = link(of, text)
    page = of.lookup._of.page(found)  # noqa: SLF001  (the same reading of pages)
    return {
        entry.id
        for entry in entries(of)
        if (not entry.anchor.startswith("ip:") or entry.key == found.host)
        and covers(entry.match, entry.anchor, entry.key, found.host, page)
    }


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(RECORDS), st.sampled_from(MATCHES)), min_size=1, max_size=8))
def test_a_lookup_finds_what_going_through_all_finds(records: list[tuple[str, Match | None]]) -> None:
    with TemporaryDirectory() as folder:
        opened = fresh(Path(folder))
        take(opened, [Row(line, value, match=match) for line, (value, match) in enumerate(records, 1)])
        for text in LINKS:
            assert {hit.entry.id for hit in opened.lookup.found([link(opened, text)])} == brute(
                opened, text
            ), text
        opened.lookup.close()
        opened.close()


@pytest.mark.parametrize(
    ("records", "text", "right"),
    [
        pytest.param(
            ["evil.top", "evil.top/pay", "evil.top/*"],
            "evil.top/pay",
            ["evil.top/pay", "evil.top", "evil.top/*"],
            id="a page before its host, a mask last",
        ),
        pytest.param(
            ["evil.top", "a.evil.top"], "x.a.evil.top", ["a.evil.top", "evil.top"], id="the longer host first"
        ),
        pytest.param(
            ["10.0.0.0/8", "10.0.0.0/24", "10.0.0.7"],
            "http://10.0.0.7/",
            ["10.0.0.7", "10.0.0.0/24", "10.0.0.0/8"],
            id="an address before its networks",
        ),
        pytest.param(["evil.top"], "evil.top.kz", [], id="nothing"),
        pytest.param(
            ["t.me/bad_bot"],
            "https://t.me/bad_bot?start=1",
            ["t.me/bad_bot"],
            id="an account by a link to it",
        ),
        pytest.param(
            ["+77010000000"], "https://wa.me/77010000000", ["+77010000000"], id="a phone by a link to it"
        ),
    ],
)
def test_all_matches_the_most_specific_first(
    tmp_path: Path, records: list[str], text: str, right: list[str]
) -> None:
    opened = fresh(tmp_path)
    take(opened, records)
    assert covering(opened, text) == right


@pytest.mark.parametrize(
    ("value", "kind", "key"),
    [
        pytest.param("+7 701 000 00 00", Kind.PHONE, "+77010000000", id="phone"),
        pytest.param("a@evil.top", Kind.EMAIL, "a@evil.top", id="e-mail"),
        pytest.param("evil.top", Kind.EMAIL, "a@evil.top", id="the host of an e-mail"),
        pytest.param("KZ86125KZT5004100100", Kind.IBAN, "KZ86125KZT5004100100", id="IBAN"),
        pytest.param("4111 1111 1111 1111", Kind.CARD, "4111111111111111", id="card"),
    ],
)
def test_contacts_are_found(tmp_path: Path, value: str, kind: Kind, key: str) -> None:
    opened = fresh(tmp_path)
    assert take(opened, [value]).new == 1
    hits = opened.lookup.found([], [Resource(kind, key, key, None)])
    assert [hit.entry.id for hit in hits] == [entries(opened)[0].id]


def test_an_allow_record_overrules_lists_and_not_courts(tmp_path: Path) -> None:
    opened = fresh(tmp_path)
    take(opened, ["evil.top"], list="feed")
    take(opened, ["evil.top"], list="court", ground=Ground("court", number="7"))
    take(opened, [Row(1, "evil.top", fields={"effect": Effect.ALLOW})])
    hits = opened.lookup.found([link(opened, "evil.top")])
    assert {(hit.entry.list, hit.standing.value) for hit in hits} == {
        ("court", "blocks"),
        ("local", "allows"),
        ("feed", "overruled"),
    }


def test_an_allow_record_overrules_a_court_it_names(tmp_path: Path) -> None:
    opened = fresh(tmp_path)
    take(opened, ["evil.top"], list="court", ground=Ground("court", number="7"))
    take(opened, [Row(1, "evil.top", fields={"effect": Effect.ALLOW, "details": {"overrules": ["7"]}})])
    hits = opened.lookup.found([link(opened, "evil.top")])
    assert {(hit.entry.list, hit.standing.value) for hit in hits} == {
        ("court", "overruled"),
        ("local", "allows"),
    }


def test_what_was_looked_at_and_does_not_cover_is_near(tmp_path: Path) -> None:
    opened = fresh(tmp_path)
    take(opened, [Row(1, "a.evil.top", match=Match.HOST), Row(2, "evil.top", match=Match.HOST)])
    hits, near = opened.lookup.searched([link(opened, "a.evil.top")])
    assert [hit.entry.key for hit in hits] == ["a.evil.top"]
    assert [found.entry.key for found in near] == ["evil.top"]


def test_a_thousand_links_at_once_are_those_one_by_one(tmp_path: Path) -> None:
    opened = fresh(tmp_path)
    take(opened, [f"h{number}.evil.top" for number in range(0, 1_000, 2)])
    links = [link(opened, f"a.h{number}.evil.top") for number in range(1_000)]
    assert sorted(hit.resource for hit in opened.lookup.found(links)) == list(range(0, 1_000, 2))


def test_a_lookup_without_a_registry_is_refused(tmp_path: Path) -> None:
    opened = fresh(tmp_path)
    with pytest.raises(RegistryError, match="there is no registry here"):
        opened.lookup.found([link(opened, "evil.top")])


def test_what_was_just_written_is_found(tmp_path: Path) -> None:
    opened = fresh(tmp_path, Clock())
    for number in range(5):
        take(opened, [f"h{number}.evil.top"])
        assert covering(opened, f"h{number}.evil.top") == [f"h{number}.evil.top"]


@pytest.mark.parametrize("said", [5, "12-34/5", None, {"12-34/5": 1}, ["12-34/5", 7]])
def test_a_permission_that_names_what_it_overrules_in_odd_ways_stops_no_lookup(
    tmp_path: Path,
    said: Any,  # noqa: ANN401  (any JSON)
) -> None:
    kept = fresh(tmp_path)
    ground = Ground("court", number="1")
    take(kept, ["a.top"], ground=ground)
    take(kept, [Row(1, "a.top", fields={"effect": Effect.ALLOW, "details": {"overrules": said}})], list="b")
    assert "blocks" in [hit.standing for hit in kept.lookup.found([link(kept, "https://a.top/")])]


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        (["KN-2026-000001"], "overruled"),
        (["kn-2026-1"], "overruled"),
        (" 12-34/5 ", "overruled"),
        (["x", "12-34/5"], "overruled"),
        (["2-34"], "blocks"),
        ("12-34/56", "blocks"),
        ([""], "blocks"),
    ],
)
def test_a_permission_names_a_record_by_its_id_in_any_spelling_or_its_document(
    tmp_path: Path, said: object, wanted: str
) -> None:
    kept = fresh(tmp_path)
    take(kept, ["a.top"], ground=Ground("court", number="12-34/5"))
    take(kept, [Row(1, "a.top", fields={"effect": Effect.ALLOW, "details": {"overrules": said}})], list="b")
    assert wanted in [hit.standing for hit in kept.lookup.found([link(kept, "https://a.top/")])]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("manager@evil.top", "mailto:manager@evil.top?subject=x"),
        ("manager@evil.top", "mailto:Manager%40EVIL.top"),
        ("TJRabPrwbZy45sbavfcjinPJC18kjpRTv8", "tron:TJRabPrwbZy45sbavfcjinPJC18kjpRTv8"),
        (
            "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
            "BITCOIN:BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4?amount=1",
        ),
        (
            "0x742d35Cc6634C0532925a3b844Bc454e4438f44e",
            "ethereum:0x742d35Cc6634C0532925a3b844Bc454e4438f44e",
        ),
    ],
)
def test_links_that_are_a_mailbox_or_a_wallet(tmp_path: Path, value: str, text: str) -> None:
    kept = fresh(tmp_path)
    take(kept, [value])
    assert covering(kept, text) == [value]
