"""Personal numbers and card numbers among the words of notes and reasons."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from urlguard.packs.book import load_book
from urlguard.record import Row
from urlguard.registry.importing import Terms
from urlguard.registry.privacy import scrubbed, scrubbed_ground, scrubbed_values
from urlguard.registry.registry import Registry
from urlguard.scope import Ground

CARD = "4111111111111111"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        pytest.param("карта 4111 1111 1111 1111", "карта 411111******1111", id="in fours"),
        pytest.param("4111-1111-1111-1111.", "411111******1111.", id="with dashes"),
        pytest.param(
            "4111 1111 1111 1111 12/27 123", "411111******1111 12/27 123", id="its end date behind it"
        ),
        pytest.param("2 4111111111111111", "2 411111******1111", id="a number before it"),
        pytest.param("4111111111111111тг", "411111******1111тг", id="a word behind it"),
        pytest.param("４１１１ １１１１ １１１１ １１１１", "411111******1111", id="wide digits"),
        pytest.param("4111\u200b1111\u00a01111\u20091111", "411111******1111", id="hidden and thin spaces"),
        pytest.param("8600 1234 5678 9012", "860012******9012", id="Uzcard"),
        pytest.param("880101300123", "[IIN]", id="personal number"),
        pytest.param("ИИН: 880101 300123!", "ИИН: [IIN]!", id="personal number in groups"),
        pytest.param("+7 701 123 45 67", "+7 701 123 45 67", id="a phone stays"),
        pytest.param("KZ86125KZT5004100100", "KZ86125KZT5004100100", id="an IBAN stays"),
        pytest.param("БИН 060440007161", "БИН 060440007161", id="a company's number stays"),
        pytest.param("sha 4111111111111111ab", "sha 4111111111111111ab", id="a checksum stays"),
        pytest.param("№ 4111111111111112", "№ 4111111111111112", id="a wrong check digit stays"),
    ],
)
def test_masks(text: str, kept: str) -> None:
    assert scrubbed(text) == kept


@given(st.text(), st.text(alphabet="ж ,.!?():;", max_size=9), st.text(alphabet="я ,!?", max_size=9))
def test_a_card_is_masked_among_any_words(text: str, before: str, after: str) -> None:
    assert CARD not in scrubbed(f"{before}{CARD}{after}")
    assert scrubbed(scrubbed(text)) == scrubbed(text)


@pytest.mark.parametrize("unit", ["9", "4111 1111 ", "1-", "41111111111111111111 "])
def test_linear_time(unit: str) -> None:
    began = time.process_time()
    scrubbed(unit * (100_000 // len(unit)))
    assert time.process_time() - began < 5


def test_grounds_and_plain_json() -> None:
    assert scrubbed_ground(Ground("court", number=CARD)) == Ground("court", number="411111******1111")
    assert scrubbed_values({"a": [CARD, {"b": CARD}], "n": 1}) == {
        "a": ["411111******1111", {"b": "411111******1111"}], "n": 1,
    }  # fmt: skip


def test_a_card_number_in_a_link_is_masked_and_the_link_is_found(tmp_path: Path) -> None:
    path = tmp_path / "registry.db"
    registry = Registry(path, load_book([]))
    link = "https://tolem.example/pay?card=4111111111111111&sum=5000"
    registry.take([Row(1, link)], Terms(actor="tester"), poison=lambda *_: None)
    hit = registry.lookup.found([registry.reader.read(link)])[0]  # type: ignore[list-item]
    registry.close()
    assert hit.entry.value == "https://tolem.example/pay?card=411111******1111&sum=5000"
    assert b"4111111111111111" not in path.read_bytes()
