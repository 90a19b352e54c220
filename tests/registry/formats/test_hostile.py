"""No list of a stranger makes a reader raise anything but `ListError`, or take long."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from registry.formats.lists import EVERYTHING, source, written

from urlguard.errors import ListError
from urlguard.record import BadRow, Row
from urlguard.registry.formats.table import FORMATS, sniffed

PIECES = (
    *(char.encode() for char in "\n\r;,\"'[]{}:/|^*.#!$()\\=- \t\0"), b"\xff", b"@@", b"\\u", b"\\ud800",
    b"a.top", b"0.0.0.0", b"CNAME", b"address=/", b"local-zone:", b"value",
    b"url", b'"list"', b'"objects"', b'"type"',
    b'"pattern"', b"[url:value = '", b"rpz-ip", b"9" * 5000, b"1e999", b"NaN", b"Updated:", b"2025-01-01",
)  # fmt: skip
BYTES = st.binary(max_size=300) | st.lists(st.sampled_from(PIECES), max_size=40).map(b"".join)
START = {
    "csv": b"value,note\n", "misp": b'{"list": [', "stix": b'{"objects": [{"type": "indicator", ',
    "govkz": b'[{"urladdress": ', "certpl": b'[{"DomainAddress": "', "jsonl": b'{"value": ',
}  # fmt: skip


def rows(name: str, data: bytes) -> list[Row | BadRow]:
    found: list[Row | BadRow] = []
    try:
        found.extend(FORMATS[name].read(source(data)))
    except ListError as error:
        said = str(error)
        if not said.startswith("list") or "mend: " not in said:
            pytest.fail(f"neither place nor mend: {said}")
    return found


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=150)
@given(data=BYTES)
def test_any_bytes_are_rows_bad_rows_or_a_list_error(name: str, data: bytes) -> None:
    for whole in (data, START.get(name, b"") + data):
        for row in rows(name, whole):
            assert row.line >= 1
            if isinstance(row, BadRow):
                assert row.reason
                assert row.mend
                assert len(row.text) <= 1000
            else:
                assert row.value
                assert "\0" not in row.value
                assert "\n" not in row.value
                row.value.encode()


@given(BYTES, st.sampled_from(["", "a.json", "a.csv", "a.txt.gz", "a.rpz"]))
def test_sniffing_never_raises(data: bytes, path: str) -> None:
    assert sniffed(path, data) in {None, *FORMATS}


@pytest.mark.parametrize("name", FORMATS)
def test_a_list_cut_anywhere_gives_the_rows_before_the_cut(name: str) -> None:
    kept = [record for record in EVERYTHING if record.match in {"host_and_subdomains", "exact"}]
    whole = written(name, kept)[0].encode(FORMATS[name].encoding)
    expected = [row for row in rows(name, whole) if isinstance(row, Row)]
    assert expected
    for cut in range(len(whole)):
        found = rows(name, whole[:cut])
        good = [row for row in found if isinstance(row, Row)]
        # The last row may be a shorter name than was meant, or half a pair: nothing in it tells.
        sure = max(len(good) - (2 if name in {"rpz", "rkn"} else 1), 0)
        assert good[:sure] == expected[:sure]
        assert len(found) - len(good) <= 1


JSON_NAMES = ("govkz", "certpl", "misp", "stix", "jsonl")


@pytest.mark.parametrize("name", JSON_NAMES)
@pytest.mark.parametrize(
    "piece",
    [
        pytest.param(b"[" * 100_000, id="deep arrays"),
        pytest.param(b'{"a":' * 100_000, id="deep objects"),
        pytest.param(b"9" * 100_000, id="a huge number"),
        pytest.param(b'"' + b"a" * 1_000_000 + b'"', id="a huge text"),
        pytest.param(b'"\\ud800"', id="half a surrogate pair"),
        pytest.param(b"1e999", id="infinite"),
    ],
)
def test_hostile_json_is_bad(name: str, piece: bytes) -> None:
    start = {"misp": b'{"type": "string", "list": [', "stix": b'{"objects": [', "jsonl": b""}.get(name, b"[")
    found = rows(name, start + piece)
    assert not [row for row in found if isinstance(row, Row) and len(row.value) < 1_000_000]


HOSTILE = {
    "csv": [b"value,note\n" + b'a,"\n' * 200_000, b"value,note\n" + (b'a,"' + b"\nx" * 150) * 2_000],
    "govkz": [
        b"[" + b"{x}," * 200_000,
        b"[" + b"}" * 200_000,
        b'["' + b"\\" * 800_000,
        b"[" * 60 + b'"' * 800_000,
    ],
    "misp": [b'{"type": "string", "list": [' + b"nul," * 200_000, b'{"a":1,' * 100_000],
    "stix": [b'{"objects": [{"type": "indicator", "pattern": "[' + b"url:value = 'a' OR " * 40_000 + b'"}]}'],
    "jsonl": [b'{"value": "' + b"[" * 60_000 + b'"}\n', (b"{" * 99 + b"\n") * 8_000],
    "rkn": [(b';"a' * 20_000 + b"\n") * 13],
    "rpz": [b"(" * 800_000, b"a " + b"9" * 60_000 + b"! x\n", (b"a CNAME ( " + b'"' * 60_000 + b"\n") * 13],
    "adblock": [
        (b"||" + b"a*" * 30_000 + b"\n") * 13,
        (b"$" + b"a," * 30_000 + b"!\n") * 13,
        (b"$a=" * 20_000 + b",!\n") * 13,
        b"/a$" * 20_000,
    ],
    "domains": [(b"a" + b" " * 60_000 + b"b\n") * 13, (b" /" * 30_000 + b"\n") * 13],
    "hosts": [(b"0.0.0.0" + b" a" * 30_000 + b"\n") * 13],
    "dnsmasq": [(b"address=" + b"/" * 60_000 + b"\n") * 13, (b"a" + b" " * 60_000 + b"\n") * 13],
    "unbound": [
        (b"local-zone: " + b"a" * 60_000 + b"\n") * 13,
        (b"local-zone:" + b" " * 60_000 + b"\n") * 13,
    ],
    "squid": [b".a " * 260_000],
    "certpl": [b'[{"DomainAddress": "a", "InsertDate": ' + b"9" * 800_000],
}


@pytest.mark.parametrize(
    ("name", "at"), [(name, at) for name, lists in HOSTILE.items() for at in range(len(lists))]
)
def test_hostile_lists_take_linear_time(name: str, at: int) -> None:
    data = HOSTILE[name][at]
    started = time.process_time()
    rows(name, data)
    assert time.process_time() - started < 6, "some 800 kB; quadratic time would be minutes"
