"""Squid `dstdomain` lists: `.evil.top` covers the host and its subdomains, `evil.top` just the host.

Addresses stand among the names; they are read as addresses.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final, TextIO

from urlguard.model import Kind
from urlguard.record import BadRow, Match, Record, Row, Unexpressed
from urlguard.registry.formats.covering import NOT_HERE, Line, address, lines_written, name
from urlguard.registry.formats.head import Head
from urlguard.tables.source import Source

_ADDRESS: Final = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}|\[[0-9a-fA-F:.]+\]")


def read(source: Source) -> Iterator[Row | BadRow]:
    """Yield a row for each name or address."""
    for line in source.lines(comments=("#",)):
        if isinstance(line, BadRow):
            yield line
            continue
        number, text = line
        for word in text.partition("#")[0].split():
            yield _row(number, word)


def _row(number: int, word: str) -> Row | BadRow:
    if _ADDRESS.fullmatch(word):
        return Row(number, word.strip("[]"), Kind.IP, Match.EXACT)
    host = word.removeprefix(".")
    if not host.strip(".") or "/" in word:
        return BadRow(number, word[:200], "not the name of a host", "write .evil.top or evil.top")
    return Row(number, host, Kind.HOST, Match.DOMAIN if word.startswith(".") else Match.HOST)


def write(records: Iterable[Record], out: TextIO, head: Head) -> Iterator[Unexpressed]:
    """Write one line for each host or address record in force."""
    out.write(head.lines("#"))
    yield from lines_written(records, out, head, _line)


def _line(record: Record) -> Line:
    if record.match is Match.EXACT and (ip := address(record)):
        return Line(f"[{ip}]\n" if ":" in ip else f"{ip}\n")
    host = name(record)
    if host and record.match in {Match.HOST, Match.DOMAIN}:
        return Line(f".{host}\n" if record.match is Match.DOMAIN else f"{host}\n")
    return Line("", f"{NOT_HERE} and single addresses")
