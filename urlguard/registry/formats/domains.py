"""Plain lists: one resource of any kind a line.

A bare name gets neither kind nor match: what such a line covers is for the importer to say
(usually the host and its subdomains). A name with `*` is a mask. What stands behind a blank
and `#`, `;` or `//` is a comment, so a record whose value would end there is not written, nor
one that would be read as something else (senders, apps, cards), nor what covers just one host.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final, TextIO

from urlguard.model import Kind
from urlguard.record import BadRow, Match, Record, Row, Unexpressed
from urlguard.registry.formats.covering import Line, address, is_broken, lines_written, link, name, unseen
from urlguard.registry.formats.head import Head
from urlguard.tables.source import Source

COMMENTS: Final = ("#", ";", "// ", "!")
_PLAIN: Final = re.compile(r"[\w.-]+").fullmatch
_REMARK: Final = re.compile(r"[ \t](?:[#;]|//(?!\S)).*")
_CIDR: Final = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}/\d{1,2}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*/\d{1,3}")
_AS_WRITTEN: Final = frozenset({Kind.PHONE, Kind.EMAIL, Kind.IBAN, Kind.WALLET, Kind.HANDLE})
_NEW: Final = tuple.__new__


def read(source: Source) -> Iterator[Row | BadRow]:
    """Yield a row for each line that is no comment."""
    for block in source.blocks(comments=COMMENTS):
        if isinstance(block, BadRow):
            yield block
            continue
        for number, text in enumerate(block.lines, block.first):
            if _PLAIN(text):
                yield _NEW(Row, (number, text, None, None, None))  # a third faster than Row(...)
            elif text and (row := _row(number, text)):
                yield row


def _row(number: int, text: str) -> Row | None:
    value = text.strip()
    if not value or value.startswith(COMMENTS) or value == "//":
        return None
    if " " in value or "\t" in value:
        value = _REMARK.sub("", value, count=1).rstrip()
    if "*" in value and not _has_blank(value):
        return Row(number, value, Kind.HOST if "/" not in value else Kind.URL, Match.MASK)
    if "/" in value and _CIDR.fullmatch(value):
        return Row(number, value, Kind.IP, Match.NETWORK)
    return Row(number, value)


def _has_blank(value: str) -> bool:
    return " " in value or "\t" in value


def write(records: Iterable[Record], out: TextIO, head: Head) -> Iterator[Unexpressed]:
    """Write the canonical name or link of each record in force; of phones and accounts the value."""
    out.write(head.lines("#"))
    yield from lines_written(records, out, head, _line)


def _line(record: Record) -> Line:
    value, lacks = _value(record)
    if not value:
        return Line(
            "", lacks or f"a plain list cannot hold a {record.kind} record that covers {record.match}"
        )
    if _reads_as_written(record, value):
        return Line(f"{value}\n")
    return Line("", "a plain list would read it as something else")


def _reads_as_written(record: Record, value: str) -> bool:
    row = None if unseen(value) or "\n" in value else _row(1, value)
    matches = {None, record.match} if record.match is not Match.MASK else {Match.MASK}
    return row is not None and row.value == value and row.match in matches and row.kind in {None, record.kind}


def _value(record: Record) -> tuple[str, str]:
    if record.kind is Kind.HOST and record.match is Match.HOST:
        return "", "a plain list is read as the host with its subdomains"
    if record.match is Match.MASK:
        return (record.key if "*" in record.key and not is_broken(record.key) else ""), ""
    if record.match is Match.DOMAIN:
        return name(record), ""
    if record.kind is Kind.IP:
        return address(record), ""
    if record.match is not Match.EXACT:
        return "", ""
    return (record.value if record.kind in _AS_WRITTEN else link(record)), ""
