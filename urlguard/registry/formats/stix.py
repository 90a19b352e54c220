"""STIX 2.1: a bundle of indicators.

Written through the `stix2` library, which checks each object; a link is `url:value`, a host
`domain-name:value`, an address or block `ipv4-addr:value` or `ipv6-addr:value`, a mailbox
`email-addr:value`. For phones, accounts, senders, wallets, handles and apps STIX has no
object: their patterns name one of our own, `x-urlguard-phone:value` and so on, which other
programs pass over. What a record covers stands in `x_urlguard_match`: without it a reader sees
just the value itself, which is less. Allow entries are of the type `benign`. Ids are made
from list, kind, match and key, so that the same record has the same id in every export. Not
written: masks and cards.

Read are patterns that compare values for equality, joined by `OR`; without
`x_urlguard_match` the match is None. `revoked` is the state `lifted`. Other objects are
skipped. Source: STIX 2.1, sections 4.7 and 9.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final, TextIO
from uuid import UUID, uuid5

from urlguard.model import Kind
from urlguard.record import BadRow, Effect, Match, Record, Row, Unexpressed
from urlguard.registry.formats.covering import Line, address, lines_written, link, name, unseen
from urlguard.registry.formats.days import day_after, day_before, iso_day
from urlguard.registry.formats.elements import SHOWN, Element, elements
from urlguard.registry.formats.head import Head
from urlguard.registry.formats.members import damaged, text_of
from urlguard.registry.formats.patterns import Unread, compared, literal
from urlguard.tables.source import Source

_SPACE: Final = UUID("6f1c3c1e-8d0b-5a53-9d0c-5f1a1f0e2b77")
"""Our own namespace for ids (RFC 9562, version 5)."""
_OBJECTS: Final = {
    "url": Kind.URL, "domain-name": Kind.HOST, "ipv4-addr": Kind.IP, "ipv6-addr": Kind.IP,
    "email-addr": Kind.EMAIL,
}  # fmt: skip
_OWN: Final = {
    f"x-urlguard-{kind.value.replace('_', '-')}": kind
    for kind in (Kind.PHONE, Kind.SMS_SENDER, Kind.IBAN, Kind.WALLET, Kind.HANDLE, Kind.APP)
}
_OWN_NAMES: Final = {kind: own for own, kind in _OWN.items()}
_NO_TIME: Final = "1970-01-01T00:00:00Z"


def read(source: Source) -> Iterator[Row | BadRow]:
    """Yield a row for each value of each indicator."""
    for element in elements(source, "objects"):
        if isinstance(element, BadRow):
            yield element
        elif not isinstance(element.value, dict):
            yield BadRow(element.line, repr(element.value)[:SHOWN], "not an object", "a bundle holds objects")
        elif element.value.get("type") == "indicator":
            yield from _rows(element)


def _rows(element: Element) -> Iterator[Row | BadRow]:
    line, value = element
    pattern = text_of(value, "pattern")
    try:
        if text_of(value, "pattern_type") not in {"", "stix"}:
            raise Unread("a pattern of another language than STIX")
        fields = _fields(value)
        match = Match(text_of(value, "x_urlguard_match")) if "x_urlguard_match" in value else None
        for path, resource in compared(pattern):
            type_, _, member = path.partition(":")
            kind = (_OBJECTS | _OWN).get(type_) if member == "value" else None
            if kind is None or not resource.strip() or damaged(resource):
                yield BadRow(
                    line,
                    f"{path} {resource}"[:SHOWN],
                    "not a resource, or a damaged one",
                    "compare url:value",
                )
                continue
            network = kind is Kind.IP and "/" in resource
            yield Row(line, resource, kind, match or (Match.NETWORK if network else None), fields)
    except ValueError as error:
        yield BadRow(line, pattern[:SHOWN], str(error)[:SHOWN], "write [url:value = '...'], joined by OR")


def _fields(value: dict[str, Any]) -> dict[str, Any]:
    """Return what else an indicator says. Raises `ValueError` for what is no day."""
    since, until = iso_day(text_of(value, "valid_from")), iso_day(text_of(value, "valid_until"))
    if since is None or until is None:
        raise ValueError("valid_from or valid_until is no time")
    fields: dict[str, Any] = {"since": since} if since else {}
    fields |= {"until": day_before(until)} if until else {}
    fields |= {"state": "lifted"} if value.get("revoked") is True else {}
    fields |= {"note": note} if (note := text_of(value, "description")) else {}
    types = value.get("indicator_types")
    fields |= {"effect": Effect.ALLOW} if types == ["benign"] else {}
    return fields | ({"details": {"title": title}} if (title := text_of(value, "name")) else {})


def write(records: Iterable[Record], out: TextIO, head: Head) -> Iterator[Unexpressed]:
    """Write one indicator for each record in force (about 2,000 a second: each is checked)."""
    from stix2 import Indicator  # type: ignore[import-untyped]  # noqa: PLC0415  (no types; a quarter of a second to import)

    separator = "\n"

    def line(record: Record) -> Line:
        nonlocal separator
        pattern = _pattern(record)
        if not pattern:
            return Line("", "STIX has no pattern for just that")
        try:
            text = Indicator(**_indicator(record, head, pattern), allow_custom=True).serialize()
            text.encode()
        except ValueError as error:
            return Line("", f"stix2 refuses it: {str(error)[:SHOWN]}")
        text, separator = f"{separator}{text}", ",\n"
        return Line(text)

    number = uuid5(_SPACE, f"{head.title}|{head.generated}|{head.lists}")
    out.write(f'{{"type": "bundle", "id": "bundle--{number}", "objects": [')
    yield from lines_written(records, out, head, line, allows=True)
    out.write("\n]}\n")


def _indicator(record: Record, head: Head, pattern: str) -> dict[str, Any]:
    at = head.generated or _NO_TIME
    entered = record.history[0].at if record.history else at
    number = uuid5(_SPACE, f"{record.list}|{record.kind}|{record.match}|{record.effect}|{record.key}")
    found: dict[str, Any] = {
        "id": f"indicator--{number}",
        "created": min(entered, at),
        "modified": at,
        "indicator_types": ["benign" if record.effect is Effect.ALLOW else "malicious-activity"],
        "pattern": pattern,
        "pattern_type": "stix",
        "valid_from": f"{record.since}T00:00:00Z" if record.since else entered,
        "x_urlguard_match": record.match.value,
    }
    found |= {"description": record.note} if record.note.strip() else {}
    found |= {"labels": [record.category]} if record.category else {}
    found |= {"valid_until": f"{day_after(record.until)}T00:00:00Z"} if record.until else {}
    return found


def _pattern(record: Record) -> str:
    """Return the pattern of a record, or nothing."""
    value, type_ = "", ""
    if record.match is Match.MASK:
        return ""
    if record.kind is Kind.HOST:
        value, type_ = name(record), "domain-name"
    elif record.kind is Kind.URL:
        value, type_ = link(record), "url"
    elif record.kind is Kind.IP:
        value = address(record)
        type_ = "ipv6-addr" if ":" in value else "ipv4-addr"
    elif record.kind is Kind.EMAIL:
        value, type_ = record.value.strip(), "email-addr"
    elif record.kind in _OWN_NAMES:
        value, type_ = record.value.strip(), _OWN_NAMES[record.kind]
    return f"[{type_}:value = {literal(value)}]" if value and not unseen(value) and not damaged(value) else ""
