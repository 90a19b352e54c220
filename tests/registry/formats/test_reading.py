"""What each format says, row by row."""
# ruff: noqa: E501  (lines of lists stand as they are written)

import pytest
from registry.formats.lists import read
from registry.formats.samples import READ

from urlguard.model import Kind
from urlguard.record import Effect, Ground, Match


@pytest.mark.parametrize("name", READ)
def test_reads_each_line_for_what_it_says(name: str) -> None:
    text, good, wrong = READ[name]
    rows, bad = read(name, text)
    assert [(row.line, row.value, (row.kind, row.match)) for row in rows] == good
    assert [row.line for row in bad] == wrong
    assert all(row.reason and row.mend for row in bad)


@pytest.mark.parametrize(
    ("name", "value"), [("adblock", "b.top"), ("rpz", "b.top"), ("dnsmasq", "f.top"), ("unbound", "c.top")]
)
def test_exceptions_are_allow_entries(name: str, value: str) -> None:
    rows, _ = read(name, READ[name][0])
    assert [row.value for row in rows if row.fields == {"effect": Effect.ALLOW}] == [value]


def test_certpl_says_when_a_host_came_and_went() -> None:
    first, second, _ = read("certpl", READ["certpl"][0])[0]
    assert first.fields == {"since": "2026-01-02", "details": {"foreign": {"RegisterPositionId": 1}}}
    assert second.fields == {"since": "2026-01-02", "state": "lifted", "until": "2026-02-02"}


def test_govkz_gives_address_category_and_court() -> None:
    rows, bad = read(
        "govkz",
        """[
      {"id": "7", "name": "a.top", "urladdress": "https://a.top/x", "categoryname": "Казино", "courtname": "", "courtdate": "27.11.2024"},
      {"id": "8", "name": "b.top", "urladdress": "", "courtname": "Есильский суд", "courtdate": "01.02.2025", "document": 5},
      {"name": "c.top", "courtdate": "31.02.2025"}, {"name": "d.t""",
    )
    assert [(row.line, row.value, row.kind) for row in rows] == [
        (2, "https://a.top/x", None),
        (3, "b.top", Kind.HOST),
    ]
    assert rows[0].fields == {
        "ground": Ground("prescription", date="2024-11-27"), "details": {"offense": "Казино", "foreign": {"id": "7"}},
    }  # fmt: skip
    assert rows[1].fields is not None
    assert rows[1].fields["ground"] == Ground("court", court="Есильский суд", court_date="2025-02-01")
    assert [(row.line, row.reason) for row in bad] == [
        (4, "courtdate is no day"),
        (4, "the file is cut off here"),
    ]


def test_the_dump_gives_links_or_hosts_or_addresses() -> None:
    text = (
        "Updated: 2025-03-17 10:00:00 +0000\r\n"
        "203.0.113.1|203.0.113.2;a.top;http://a.top/1|http://a.top/2;Суд;27-31;2025-01-02\r\n"
        ";b.top;;ФНС;1;2025-01-02\r\r\n;*.b.top;;ФНС;1;2025-01-02\n"
        "203.0.113.9|198.51.100.0/24;;;Орган;2;2025-01-02\n"
        ';"c;d.top;;;;\n;;;Орган;3;2025-01-02\n\n'
        '203.0.113.3;e.top;;"ООО ""Ромашка""; отдел";4;2025-01-02\n;f.top;;Орган;5;2025-0'
    )
    rows, bad = read("rkn", text.encode("cp1251"))
    assert [(row.line, row.value, row.match) for row in rows] == [
        (2, "http://a.top/1", None), (2, "http://a.top/2", None), (3, "b.top", Match.DOMAIN),
        (6, "203.0.113.9", Match.EXACT), (6, "198.51.100.0/24", Match.NETWORK), (10, "e.top", Match.HOST),
    ]  # fmt: skip
    assert rows[-1].fields is not None
    assert rows[-1].fields["ground"] == Ground("list", 'ООО "Ромашка"; отдел', "4", "2025-01-02")
    assert [row.line for row in bad] == [7, 8, 11]


def test_stix_reads_values_joined_by_or_and_refuses_the_rest() -> None:
    def indicator(pattern: str, rest: str = "") -> str:
        return '{"type": "indicator", "pattern": "%s"%s}' % (pattern, rest)  # noqa: UP031  (braces of JSON)

    found = ",\n".join([
        '{"type": "bundle", "id": "x", "spec_version": "2.1", "objects": [{"type": "malware"}',
        indicator("[url:value = 'http://a.top/it\\\\'s']", ', "valid_until": "2026-03-02T00:00:00Z", "revoked": true'),
        indicator("[domain-name:value='b.top' OR ipv4-addr:value = '198.51.100.0/24'] OR [(email-addr:value = 'c@d.top')]"),
        indicator("[domain-name:value = 'e.top' AND url:value = 'x']"),
        indicator("[url:value LIKE 'x%']"), indicator("[file:name = 'x']"), indicator("x", ', "pattern_type": "snort"'),
    ])  # fmt: skip
    rows, bad = read("stix", found + "]}")
    assert [(row.line, row.value, row.kind, row.match) for row in rows] == [
        (2, "http://a.top/it's", Kind.URL, None), (3, "b.top", Kind.HOST, None),
        (3, "198.51.100.0/24", Kind.IP, Match.NETWORK), (3, "c@d.top", Kind.EMAIL, None),
    ]  # fmt: skip
    assert rows[0].fields == {"until": "2026-03-01", "state": "lifted"}
    assert [row.line for row in bad] == [4, 5, 6, 7]
