"""Which format a list is in, by its first kilobytes."""

import codecs
import re
import zlib
from collections.abc import Mapping
from typing import Final

_SAMPLE: Final = 16_384
_LINES: Final = 200
_SHARE: Final = 0.7
"""So many of the lines that are no comments must look like the format."""

_JSON: Final = (
    ("stix", re.compile(r'\{[^\[]*"type"\s*:\s*"bundle"')),
    ("certpl", re.compile(r'\[\s*\{[^}]*"(?:DomainAddress|RegisterPositionId)"\s*:')),
    ("govkz", re.compile(r'\[\s*\{[^}]*"(?:urladdress|categoryname|courtname)"\s*:')),
    ("jsonl", re.compile(r'\{[^\n]*"value"\s*:\s*"[^\n]*\}[ \t\r]*(?:\n|\Z)')),
    ("misp", re.compile(r'\{(?:[^\[]|\[[^\]]*\]\s*,)*"(?:list|matching_attributes|version)"\s*:')),
)
_LIKE: Final[Mapping[str, re.Pattern[str]]] = {
    "unbound": re.compile(r"(?:server:\Z|local-(?:zone|data)\s*:)"),
    "dnsmasq": re.compile(r"(?:--)?(?:address|server|local)\s*=\s*/"),
    "rpz": re.compile(
        r"\$(?:TTL|ORIGIN)\b|\S+\s+(?:\d+\s+)?(?:IN\s+)?(?:CNAME|SOA|NS|A|AAAA)\s", re.IGNORECASE
    ),
    "adblock": re.compile(r"(?:@@)?(?:\|\|?|://)\S|.*##|.*#@#"),
    "hosts": re.compile(r"(?:0\.0\.0\.0|127\.\d+\.\d+\.\d+|::1?|0|255\.255\.255\.255|f[ef]\S+::?\S*)\s+\S"),
    "rkn": re.compile(r"Updated:|(?:[^;]*;){5,}\d{4}-\d\d-\d\d\s*\Z"),
    "squid": re.compile(r"\.[\w-][\w.-]*\Z"),
    "domains": re.compile(r"[^\s;,|\"{}<>]+\Z|\+?[\d ()-]{7,20}\Z"),
}
_HEADER: Final = re.compile(
    r"\"?(?:value|url|domain|host|link|phone|id|list|title|key|kind)\"?(?:[,;\t]|\Z)", re.IGNORECASE
)
_VALUES: Final = frozenset({"value", "url", "domain", "host", "link", "phone"})
_COMMENTS: Final = ("#", "!", ";", "// ")


def sniffed_content(head: bytes) -> str | None:
    """Return the name of the format, or None when the bytes do not decide. Gzip is looked into."""
    text = _decoded(_inflated(head)).lstrip("\ufeff \t\r\n")
    if text.startswith(("{", "[{")) or re.match(r"\[\s+\{", text):
        return next((name for name, like in _JSON if like.match(text[:_SAMPLE])), None)
    if re.match(r"\[Adblock|! ", text, re.IGNORECASE):
        return "adblock"
    lines = [line.strip() for line in text.splitlines()[:_LINES] if line.strip()]
    if lines and lines[0].startswith("Updated:"):
        return "rkn"
    lines = [line for line in lines if not line.startswith(_COMMENTS) or line.startswith(("##", "#@#"))]
    if lines and _is_header(lines[0]):
        return "csv"
    return _alike(lines)


def _alike(lines: list[str]) -> str | None:
    for name, like in _LIKE.items():
        if lines and sum(1 for line in lines if like.match(line)) >= _SHARE * len(lines):
            return name
    return None


def _is_header(line: str) -> bool:
    if line.lower().startswith("sep="):
        return True
    cells = {cell.strip(' "').lower() for cell in re.split(r"[,;\t]", line)}
    return bool(_HEADER.match(line) or len(cells) > 1) and not _VALUES.isdisjoint(cells)


def _inflated(head: bytes) -> bytes:
    if not head.startswith(b"\x1f\x8b"):
        return head
    try:
        return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(head, _SAMPLE)
    except zlib.error:
        return b""


def _decoded(head: bytes) -> str:
    head = head[:_SAMPLE]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", "replace")
    if head[1:64:2].count(0) > len(head[:64]) // 4:
        return head.decode("utf-16-le", "replace")
    return head.decode("utf-8", "replace")
