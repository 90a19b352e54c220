"""MISP warning lists: one JSON object with `name`, `version`, `description`, `type`, `list`.

`hostname` covers a host with its subdomains, `cidr` an address or block, `string` one value of
any kind; pieces of values (`substring`, `regex`) are no resources. A list has one type: the
first record that fits one decides, and the others are not written. Mind that MISP publishes
warning lists of what must *not* be blocked; which list means what is for the importer to say.
Source: MISP warninglists, schema.json. When `type` stands behind the list, as it does in
sorted files, the values are held in memory (about 120 MB a million).
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final, TextIO

from urlguard.model import Kind
from urlguard.record import BadRow, Match, Record, Row, Unexpressed
from urlguard.registry.formats.covering import Line, address, lines_written, link, name, unseen
from urlguard.registry.formats.elements import SHOWN, Element, elements
from urlguard.registry.formats.head import Head
from urlguard.registry.formats.members import damaged
from urlguard.tables.source import Source

_TYPES: Final = ("hostname", "string", "cidr")
_AS_WRITTEN: Final = frozenset({Kind.PHONE, Kind.EMAIL, Kind.IBAN, Kind.WALLET, Kind.HANDLE})


def read(source: Source) -> Iterator[Row | BadRow]:
    """Yield a row for each value of the list."""
    around: dict[str, Any] = {}
    waiting: list[Element | BadRow] = []
    for element in elements(source, "list", around):
        if "type" in around:
            yield _row(element, around["type"])
        else:
            waiting.append(element)
    type_ = around.get("type", "string")
    yield from (_row(element, type_) for element in waiting)


def _row(element: Element | BadRow, type_: object) -> Row | BadRow:
    if isinstance(element, BadRow):
        return element
    line, value = element
    if not isinstance(value, str) or not value.strip() or damaged(value):
        return BadRow(line, repr(value)[:SHOWN], "not a text, or a damaged one", "a list holds texts")
    value = value.strip()
    if type_ == "hostname":
        return Row(line, value.removeprefix("."), Kind.HOST, Match.DOMAIN)
    if type_ == "cidr":
        return Row(line, value, Kind.IP, Match.NETWORK if "/" in value else Match.EXACT)
    if type_ == "string":
        return Row(line, value, None, Match.EXACT)
    return BadRow(
        line,
        value[:SHOWN],
        f"the type {str(type_)[:40]!r} names pieces of values",
        f"use {', '.join(_TYPES)}",
    )


def write(records: Iterable[Record], out: TextIO, head: Head) -> Iterator[Unexpressed]:
    """Write the records in force that are of the type of the first."""
    type_ = ""

    def line(record: Record) -> Line:
        nonlocal type_
        value, own = _typed(record)
        if not value:
            return Line("", "a warning list cannot cover just that")
        if type_ and own != type_:
            return Line("", f"a warning list has one type, and this one is {type_}")
        separator, type_ = "," if type_ else "", own
        return Line(f"{separator}\n{json.dumps(value, ensure_ascii=False)}")

    version = "".join(char for char in head.generated if char in "0123456789")[:8] or "1"
    about = {"name": head.title, "version": int(version), "description": ", ".join(head.lists) or head.title}
    out.write(f'{json.dumps(about)[:-1]}, "list": [')
    yield from lines_written(records, out, head, line)
    out.write(f'\n], "type": "{type_ or "string"}"}}\n')


def _typed(record: Record) -> tuple[str, str]:
    """Return the value and the type of list it can stand in."""
    if record.match is Match.DOMAIN:
        return name(record), "hostname"
    if record.kind is Kind.IP:
        return address(record), "cidr"
    if record.match is not Match.EXACT:
        return "", ""
    value = record.value.strip() if record.kind in _AS_WRITTEN else link(record)
    return ("" if unseen(value) or damaged(value) else value), "string"
