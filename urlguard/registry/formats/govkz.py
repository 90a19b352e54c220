"""The JSON array of gov.kz's public register of banned sites.

An element has `id, name, urladdress, categoryname, courtname, courtdate` (`DD.MM.YYYY`). The
address is a page, `name` its host: a row has the address, or the name where there is none,
and no match. `categoryname` is handed on as the detail `offense`, for the importer to find
the category; members of other names as the detail `foreign`. Without a court the ground is a
prescription. Source: net4people/bbs issue 462 (17 March 2025).
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final, TextIO

from urlguard.model import Kind
from urlguard.record import BadRow, Ground, Match, Record, Row, Unexpressed
from urlguard.registry.formats.covering import Line, lines_written, link, name
from urlguard.registry.formats.days import iso_day, pointed_day
from urlguard.registry.formats.elements import SHOWN, Element, elements
from urlguard.registry.formats.head import Head
from urlguard.registry.formats.members import damaged, text_of
from urlguard.tables.source import Source

_KNOWN: Final = ("id", "name", "urladdress", "categoryname", "courtname", "courtdate")


def read(source: Source) -> Iterator[Row | BadRow]:
    """Yield a row for each element."""
    for element in elements(source):
        yield element if isinstance(element, BadRow) else _row(element)


def _row(element: Element) -> Row | BadRow:
    line, value = element
    if not isinstance(value, dict):
        return BadRow(line, repr(value)[:SHOWN], "not an object", "an element has name and urladdress")
    id_, host, address, category, court, date = (text_of(value, name) for name in _KNOWN)
    resource = address or host
    if not resource or damaged(resource):
        return BadRow(
            line, resource[:SHOWN], "no address in it, or a damaged one", "name it under urladdress"
        )
    day = iso_day(date)
    if day is None:
        return BadRow(line, f"{resource} {date}"[:SHOWN], "courtdate is no day", "write it as 27.11.2024")
    rest = {name: value[name] for name in value if name not in _KNOWN} | ({"id": id_} if id_ else {})
    details: dict[str, Any] = {"offense": category} if category else {}
    details |= {"foreign": rest} if rest else {}
    ground = Ground("court", court=court, court_date=day) if court else Ground("prescription", date=day)
    fields = {"ground": ground, "details": details}
    return Row(line, resource, None if address else Kind.HOST, None, fields)


def write(records: Iterable[Record], out: TextIO, head: Head) -> Iterator[Unexpressed]:
    """Write one element for each link, or host with its subdomains, in force."""
    out.write("[")
    separator = "\n"

    def line(record: Record) -> Line:
        nonlocal separator
        element = _element(record)
        if element is None:
            return Line("", "the register holds only links, and hosts with their subdomains")
        text = f"{separator}{json.dumps(element, ensure_ascii=False)}"
        separator = ",\n"
        return Line(text)

    yield from lines_written(records, out, head, line)
    out.write("\n]\n")


def _element(record: Record) -> dict[str, str] | None:
    url = link(record) if record.match is Match.EXACT else ""
    host = name(record) if record.match is Match.DOMAIN else ""
    if not url and not host:
        return None
    ground = record.ground
    category = record.details.get("offense", "") or record.category
    return {
        "id": record.id,
        "name": host or url.partition("://")[2].partition("/")[0],
        "urladdress": url,
        "categoryname": category if isinstance(category, str) else "",
        "courtname": ground.court,
        "courtdate": pointed_day(ground.court_date or ground.date),
    }
