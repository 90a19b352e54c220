"""What a format writes, it reads back; what it cannot hold, it names."""

import io
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from registry.formats.lists import (
    ALLOW,
    BREAKOUT,
    CARD,
    DOMAIN,
    EMAIL,
    EVERYTHING,
    HANDLE,
    HEAD,
    HOST,
    IBAN,
    IP,
    IP6,
    LIFTED,
    LINK,
    MASK,
    NETWORK,
    NETWORK6,
    PAGE,
    PAGE_MASK,
    PHONE,
    PREFIX,
    SENDER,
    WIDE_MASK,
    covers,
    read,
    records,
    written,
)  # fmt: skip

from urlguard.record import Effect, Record
from urlguard.registry.formats.plain import as_record
from urlguard.registry.formats.table import FORMATS

HELD: dict[str, Sequence[Record]] = {
    "domains": (
        DOMAIN,
        MASK,
        WIDE_MASK,
        LINK,
        PAGE,
        IP,
        IP6,
        NETWORK,
        NETWORK6,
        PHONE,
        EMAIL,
        IBAN,
        HANDLE,
        PAGE_MASK,
    ),
    "hosts": (HOST,),
    "adblock": (HOST, DOMAIN, MASK, WIDE_MASK, LINK, PAGE, PREFIX, IP, IP6, ALLOW, PAGE_MASK),
    "rpz": (HOST, DOMAIN, MASK, IP, IP6, NETWORK, NETWORK6, ALLOW),
    "dnsmasq": (DOMAIN, ALLOW),
    "unbound": (DOMAIN, ALLOW),
    "squid": (HOST, DOMAIN, IP, IP6),
    "govkz": (DOMAIN, LINK, PAGE),
    "rkn": (HOST, DOMAIN, MASK, LINK, PAGE, IP, IP6, NETWORK, NETWORK6),
    "stix": (
        HOST,
        DOMAIN,
        LINK,
        PAGE,
        PREFIX,
        IP,
        IP6,
        NETWORK,
        NETWORK6,
        PHONE,
        EMAIL,
        IBAN,
        HANDLE,
        SENDER,
        ALLOW,
    ),
    "certpl": (DOMAIN,),
}
"""What each format without a column for everything holds of `EVERYTHING`."""
PARTLY = {"hosts": (DOMAIN,)}
BY_VALUE = (PHONE, EMAIL, IBAN, HANDLE, SENDER)
"""Written as given; of the others the canonical key is written."""


def expected(record: Record) -> tuple[str, str, bool]:
    value = record.value if record in BY_VALUE else record.key
    value = f"http://{PAGE.key}" if record is PAGE else value
    return record.match.value, value, record.effect is Effect.ALLOW


@pytest.mark.parametrize("name", HELD)
def test_a_list_reads_back_what_it_holds_and_names_the_rest(name: str) -> None:
    text, lost = written(name, EVERYTHING)
    rows, bad = read(name, text.encode(FORMATS[name].encoding))
    assert bad == []
    found = [(*covers(row), (row.fields or {}).get("effect") is Effect.ALLOW) for row in rows]
    narrowed = [("host_only", record.key, False) for record in PARTLY.get(name, ())]
    assert sorted(found) == sorted([expected(record) for record in HELD[name]] + narrowed)
    kinds = {expected(record)[1]: record.kind for record in EVERYTHING}
    assert all(row.kind in {None, kinds.get(row.value)} for row in rows)
    held = {record.id for record in HELD[name]}
    assert [gone.id for gone in lost] == [record.id for record in EVERYTHING if record.id not in held]
    assert [gone.id for gone in lost if gone.partly] == [record.id for record in PARTLY.get(name, ())]
    assert all(gone.reason for gone in lost)


@pytest.mark.parametrize(
    ("first", "held"),
    [
        pytest.param(DOMAIN, (DOMAIN,), id="hostname"),
        pytest.param(IP, (IP, IP6, NETWORK, NETWORK6), id="cidr"),
        pytest.param(LINK, (LINK, PAGE, PHONE, EMAIL, IBAN, HANDLE), id="string"),
    ],
)
def test_a_warning_list_has_the_type_of_its_first_record(first: Record, held: Sequence[Record]) -> None:
    text, lost = written("misp", [first, *(record for record in EVERYTHING if record is not first)])
    rows, bad = read("misp", text)
    assert bad == []
    assert sorted(covers(row) for row in rows) == sorted(expected(record)[:2] for record in held)
    assert len(lost) == len(EVERYTHING) - len(held)


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_export_is_a_whole_file_without_rows(name: str) -> None:
    text, lost = written(name, [])
    assert (lost, read(name, text.encode(FORMATS[name].encoding))) == ([], ([], []))


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_records_give_the_same_bytes(name: str) -> None:
    assert written(name, EVERYTHING) == written(name, EVERYTHING)


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"csv", "jsonl"}))
def test_nothing_that_breaks_out_of_its_line_is_written(name: str) -> None:
    text, lost = written(name, [BREAKOUT])
    assert "kaspi.kz" not in text
    assert len(lost) == 1


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"csv", "jsonl", "certpl"}))
def test_what_is_lifted_is_written_to_no_list_that_would_block_it(name: str) -> None:
    text, lost = written(name, [LIFTED])
    assert "gone.example" not in text
    assert "lifted" in lost[0].reason


@pytest.mark.parametrize("name", ["jsonl", "csv"])
def test_formats_for_everything_hold_everything_but_broken_lines(name: str) -> None:
    text, lost = written(name, EVERYTHING)
    rows, bad = read(name, text)
    assert bad == []
    assert [as_record(row) for row in rows] == [record for record in EVERYTHING if record is not BREAKOUT]
    assert [gone.id for gone in lost] == [BREAKOUT.id]
    assert CARD in [as_record(row) for row in rows]


@given(st.lists(records(history=True), max_size=4))
def test_json_lines_read_back_equal(kept: list[Record]) -> None:
    text, lost = written("jsonl", kept)
    rows, bad = read("jsonl", text)
    assert (bad, lost) == ([], [])
    assert [as_record(row) for row in rows] == kept


@given(st.lists(records(history=False), max_size=4))
def test_csv_reads_back_equal_but_for_history(kept: list[Record]) -> None:
    text, lost = written("csv", kept)
    rows, bad = read("csv", text.encode("utf-8-sig"))
    assert (bad, lost) == ([], [])
    assert [as_record(row) for row in rows] == kept


@given(st.lists(records(history=True), max_size=4), st.sampled_from(sorted(FORMATS)))
def test_whatever_is_written_is_read_without_a_bad_row(kept: list[Record], name: str) -> None:
    text, _ = written(name, kept, HEAD)
    rows, bad = read(name, text.encode(FORMATS[name].encoding))
    assert bad == []
    assert len(rows) <= len(kept)


def test_the_file_is_written_while_the_generator_runs() -> None:
    out = io.StringIO()
    steps = FORMATS["hosts"].write(iter([HOST, DOMAIN, HOST]), out, HEAD)
    assert out.getvalue() == ""
    assert next(steps).id == DOMAIN.id
    assert out.getvalue().count(f" {HOST.key}\n") == 1
