"""CERT Polska's warning list: hosts with the days they came and went.

An element has `RegisterPositionId, DomainAddress, InsertDate, DeleteDate`. A host is covered
with its subdomains, as in the rules and zones CERT Polska publishes of the same list; with a
`DeleteDate` its state is `lifted`. Written are hosts with their subdomains, in force or lifted
on a known day. Source: https://cert.pl/en/warning-list/ (domains_v2 without the last member).
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count
from typing import Any, Final, TextIO

from urlguard.model import Kind
from urlguard.record import BadRow, Match, Record, Row, Unexpressed
from urlguard.registry.formats.covering import Line, lines_written, name
from urlguard.registry.formats.days import iso_day
from urlguard.registry.formats.elements import SHOWN, Element, elements
from urlguard.registry.formats.head import Head
from urlguard.registry.formats.members import damaged, text_of
from urlguard.tables.source import Source

LIFTED: Final = "lifted"
_MEMBERS: Final = ("DomainAddress", "InsertDate", "DeleteDate")


def read(source: Source) -> Iterator[Row | BadRow]:
    """Yield a row for each element."""
    for element in elements(source):
        yield element if isinstance(element, BadRow) else _row(element)


def _row(element: Element) -> Row | BadRow:
    line, value = element
    if not isinstance(value, dict):
        return BadRow(line, repr(value)[:SHOWN], "not an object", "an element has DomainAddress")
    host, inserted, deleted = (text_of(value, name) for name in _MEMBERS)
    if not host or damaged(host):
        return BadRow(line, host[:SHOWN], "no host in it, or a damaged one", "name it under DomainAddress")
    since, until = iso_day(inserted), iso_day(deleted)
    if since is None or until is None:
        return BadRow(
            line, f"{host} {inserted} {deleted}"[:SHOWN], "not a day", "write it as 2024-11-27T10:00:00"
        )
    rest = {name: value[name] for name in value if name not in _MEMBERS}
    fields: dict[str, Any] = {"since": since} if since else {}
    fields |= {"state": LIFTED, "until": until} if until else {}
    fields |= {"details": {"foreign": rest}} if rest else {}
    return Row(line, host, Kind.HOST, Match.DOMAIN, fields)


def write(records: Iterable[Record], out: TextIO, head: Head) -> Iterator[Unexpressed]:
    """Write one element for each record that covers a host with its subdomains."""
    numbers = count(1)
    out.write("[")

    def line(record: Record) -> Line:
        host = name(record) if record.match is Match.DOMAIN else ""
        if not host:
            return Line("", "the list holds only hosts with their subdomains")
        gone = _lifted_on(record) if record.state == LIFTED else ""
        if record.state == LIFTED and not gone:
            return Line("", "it was lifted, but on which day is not known")
        number = next(numbers)
        element = {
            "RegisterPositionId": number,
            "DomainAddress": host,
            "InsertDate": f"{_came(record, head)}T00:00:00",
            "DeleteDate": f"{gone}T00:00:00" if gone else None,
        }
        return Line(f"{',' if number > 1 else ''}\n{json.dumps(element)}")

    yield from lines_written(records, out, replace(head, states=(*head.states, LIFTED)), line)
    out.write("\n]\n")


def _came(record: Record, head: Head) -> str:
    entered = record.history[0].at if record.history else head.generated
    return iso_day(record.since) or iso_day(entered) or "1970-01-01"


def _lifted_on(record: Record) -> str:
    days = [change.at for change in record.history if change.after == LIFTED]
    return iso_day(days[-1] if days else record.until) or ""
