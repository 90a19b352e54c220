"""Formats by name, by content and by extension."""

import subprocess
import sys

import pytest
from registry.formats.samples import READ

from urlguard.registry.formats.table import FORMATS, by_extension, sniffed

SNIFFED = {
    **{name: text for name, (text, _, _) in READ.items()},
    "domains": "# list\na.top\nb.top\nhttp://c.top/x\n",
    "adblock": "||a.top^\n||b.top^\n@@||c.top^\n",
    "rpz": "$TTL 60\n@ SOA a. b. 1 2 3 4 5\na.top CNAME .\n*.a.top CNAME .\n",
    "dnsmasq": "# x\naddress=/a.top/0.0.0.0\nserver=/b.top/\n",
    "unbound": 'server:\nlocal-zone: "a.top" refuse\n',
    "squid": ".a.top\n.b.top\n",
    "misp": '{"description": "x", "list": ["a.top"], "type": "hostname", "version": 1}',
    "stix": '{\n "type": "bundle",\n "objects": []}',
    "govkz": '[ {"id": "1", "name": "a.top", "urladdress": "http://a.top/"}]',
    "rkn": "Updated: 2025-03-17\n;a.top;;;;2025-01-01\n",
    "csv": "url;reason\na.top;x\n",
}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_content_tells_the_format_whatever_the_name(name: str, encoding: str) -> None:
    assert sniffed("list.bin", SNIFFED[name].encode(encoding)) == name


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("a.jsonl", "jsonl"),
        ("a.RPZ.gz", "rpz"),
        ("a.txt", None),
        ("a.json", None),
        ("a", None),
        ("a.tsv", "csv"),
    ],
)
def test_the_name_decides_where_the_content_does_not(path: str, name: str | None) -> None:
    assert sniffed(path, b"") == name


def test_candidates_are_named_by_the_extension() -> None:
    assert by_extension("list.json.gz") == ("govkz", "misp", "stix", "certpl")


def test_no_format_is_imported_before_it_is_used() -> None:
    code = (
        "import sys, urlguard.registry.formats.table as table\n"
        "loaded = [name for name in table.FORMATS if f'urlguard.registry.formats.{name}' in sys.modules]\n"
        "print(loaded, 'stix2' in sys.modules, table.FORMATS['stix'].read.__module__, 'stix2' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[] False urlguard.registry.formats.stix False\n"
