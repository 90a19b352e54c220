"""Hosts files: an address that leads nowhere, then the names that get it.

A line covers just the names it holds (`host_only`). Names of the machine itself are skipped;
a line with any other address names a machine and blocks nothing. A record that covers
subdomains is written for the host alone and reported.
"""

from collections.abc import Iterable, Iterator
from typing import Final, TextIO

from urlguard.model import Kind
from urlguard.record import BadRow, Match, Record, Row, Unexpressed
from urlguard.registry.formats.covering import NOT_HERE, Line, lines_written, name
from urlguard.registry.formats.head import Head
from urlguard.tables.source import Source

_NOWHERE: Final = frozenset({"0.0.0.0", "127.0.0.1", "127.0.1.1", "::", "::1", "0", "::ffff:0.0.0.0"})  # noqa: S104 (no socket is bound)
_OWN: Final = frozenset({
    "localhost", "localhost.localdomain", "local", "broadcasthost", "ip6-localhost", "ip6-loopback",
    "ip6-localnet", "ip6-mcastprefix", "ip6-allnodes", "ip6-allrouters", "ip6-allhosts", "0.0.0.0",  # noqa: S104
})  # fmt: skip
"""Names that every hosts file has for the machine itself (RFC 6761; Debian, macOS)."""
_OWN_ADDRESSES: Final = frozenset(
    {"255.255.255.255", "fe80::1%lo0", "ff00::0", "ff02::1", "ff02::2", "ff02::3"}
)
_PAIR: Final = 2
_NEW: Final = tuple.__new__


def read(source: Source) -> Iterator[Row | BadRow]:
    """Yield a row for each name that leads nowhere."""
    kind, match = Kind.HOST, Match.HOST
    for block in source.blocks(comments=("#",)):
        if isinstance(block, BadRow):
            yield block
            continue
        for number, text in enumerate(block.lines, block.first):
            words = text.split()
            if len(words) == _PAIR and words[0] in _NOWHERE and words[1] not in _OWN and "#" not in text:
                yield _NEW(Row, (number, words[1], kind, match, None))  # a third faster than Row(...)
            elif words:
                yield from _rows(number, text)


def _rows(number: int, text: str) -> Iterator[Row | BadRow]:
    words = text.partition("#")[0].split()
    if not words:
        return
    address, *names = words
    if address in _NOWHERE and names:
        yield from (Row(number, host, Kind.HOST, Match.HOST) for host in names if host.lower() not in _OWN)
    elif address.lower() not in _OWN_ADDRESSES and (not names or not set(names) <= _OWN):
        reason = "it names a machine, and blocks nothing" if names else "an address and a name are expected"
        yield BadRow(number, text[:200], reason, "write 0.0.0.0 in front of a name to block it")


def write(records: Iterable[Record], out: TextIO, head: Head) -> Iterator[Unexpressed]:
    """Write one line for each host record in force."""
    out.write(head.lines("#"))
    yield from lines_written(records, out, head, _line)


def _line(record: Record) -> Line:
    host = name(record)
    if not host or host in _OWN or record.match not in {Match.HOST, Match.DOMAIN, Match.EXACT}:
        return Line("", NOT_HERE)
    lacks = (
        "written for the host alone: a hosts file has no subdomains" if record.match is Match.DOMAIN else ""
    )
    return Line(f"0.0.0.0 {host}\n", lacks)
