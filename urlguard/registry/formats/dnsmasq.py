"""dnsmasq: `address=/evil.top/`, `server=/evil.top/`, `local=/evil.top/`.

Every such line covers the host and its subdomains; a record for the host alone would be
widened and is not written. `server=/host/#` takes a host out again and is read and written as
an allow entry. Other options of a configuration are skipped.
Source: dnsmasq(8), `--address` and `--server`.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final, TextIO

from urlguard.model import Kind
from urlguard.record import BadRow, Effect, Match, Record, Row, Unexpressed
from urlguard.registry.formats.covering import NOT_HERE, Line, lines_written, name
from urlguard.registry.formats.head import Head
from urlguard.tables.source import Source

_RULE: Final = re.compile(r"(?:--)?(address|server|local)\s*=\s*/(.*)/([^/\s]*)")
_OPTION: Final = re.compile(r"(?:--)?[a-z][a-z0-9-]*(?:\s*=.*)?")
_NOWHERE: Final = frozenset({"", "#", "0.0.0.0", "::", "127.0.0.1", "::1"})  # noqa: S104 (no socket is bound)
_STANDARD: Final = "#"


def read(source: Source) -> Iterator[Row | BadRow]:
    """Yield a row for each host that a line blocks or takes out."""
    for line in source.lines(comments=("#",)):
        if isinstance(line, BadRow):
            yield line
            continue
        number, text = line
        text = re.sub(r"\s#.*", "", text).strip()
        if text and not text.startswith("#"):
            yield from _rows(number, text)


def _rows(number: int, text: str) -> Iterator[Row | BadRow]:
    rule = _RULE.fullmatch(text)
    if not rule:
        if not _OPTION.fullmatch(text) or text.startswith(("address", "local=")):
            yield BadRow(number, text[:200], "not a line of dnsmasq", "write address=/evil.top/")
        return
    option, names, answer = rule.groups()
    allows = option == "server" and answer == _STANDARD
    if answer not in (_NOWHERE if option == "address" else ("", _STANDARD)):
        reason = "it leads the name to an address" if option == "address" else "it asks another server"
        yield BadRow(
            number, text[:200], f"{reason}, and blocks nothing", "write address=/evil.top/ to block it"
        )
        return
    for host in names.split("/"):
        if host.strip(".*# "):
            yield Row(
                number,
                host.removeprefix("."),
                Kind.HOST,
                Match.DOMAIN,
                {"effect": Effect.ALLOW} if allows else None,
            )
        else:
            yield BadRow(number, text[:200], "it covers every name", "name a host")


def write(records: Iterable[Record], out: TextIO, head: Head) -> Iterator[Unexpressed]:
    """Write one line for each record in force that covers a host with its subdomains."""
    out.write(head.lines("#"))
    yield from lines_written(records, out, head, _line, allows=True)


def _line(record: Record) -> Line:
    host = name(record)
    if not host or record.match is Match.MASK:
        return Line("", NOT_HERE)
    if record.match is not Match.DOMAIN:
        return Line("", "dnsmasq would cover its subdomains, too")
    return Line(f"server=/{host}/#\n" if record.effect is Effect.ALLOW else f"address=/{host}/\n")
