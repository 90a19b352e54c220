"""The `;`-separated dump in windows-1251 as Roskomnadzor's registry was published.

First line `Updated: ...`, then one record a line: addresses joined by `|`, host or `*.host`,
links joined by `|`, organisation, number and date of the decision. A record is one row for
each link, or else for its host or mask, or else for each address: the addresses of a record
with a link only say where it stood. A bare host covers just that host, `*.host` its
subdomains; both one after the other, with the same decision, are one row. Files of that kind
come cut off, with broken line ends and stray quotes: each bad line is one bad row.
Source: the layout of zapret-info/z-i, dump.csv.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final, TextIO

from urlguard.model import Kind
from urlguard.record import BadRow, Ground, Match, Record, Row, Unexpressed
from urlguard.registry.formats.covering import Line, address, lines_written, link, name, parent
from urlguard.registry.formats.days import iso_day
from urlguard.registry.formats.head import Head
from urlguard.registry.formats.pairs import paired
from urlguard.tables.source import Source

ENCODING: Final = "cp1251"
_COLUMNS: Final = 6
_QUOTED: Final = re.compile(r'"((?:[^"]++|"")*+)"(?=;|\Z)')
_MEND: Final = "six columns: addresses;host;links;organisation;number;date"


def read(source: Source) -> Iterator[Row | BadRow]:
    """Yield rows of all records; UTF-8 is understood, too."""
    yield from paired(_rows(source))


def _rows(source: Source) -> Iterator[Row | BadRow]:
    for line in source.lines(fallback=ENCODING):
        if isinstance(line, BadRow):
            yield line
            continue
        number, text = line
        text = text.strip()
        if text and not (number == 1 and text.startswith("Updated:")):
            yield from _record(number, text)


def _record(number: int, text: str) -> Iterator[Row | BadRow]:
    cells = _cells(text)
    if len(cells) < _COLUMNS:
        reason = f"{len(cells)} of {_COLUMNS} columns: the line is cut off or broken"
        yield BadRow(number, text[:200], reason, _MEND)
        return
    # A number or an organisation may hold a semicolon; the date is always last.
    ips, host, links, authority = (cell.strip() for cell in cells[:4])
    document, date = ";".join(cells[4:-1]).strip(), iso_day(cells[-1].strip())
    if date is None or '"' in ips + host + links:
        what = "the last column is no date" if date is None else "a quote stands among the resources"
        yield BadRow(number, text[:200], what, f"{_MEND}; dates as 2025-03-17")
        return
    fields: dict[str, Any] = {"ground": Ground("list", authority, document, date)}
    fields |= {"details": {"offense": authority}} if authority else {}
    found = list(_resources(number, ips, host, links, fields))
    yield from found
    if not found:
        yield BadRow(number, text[:200], "no address, host or link in it", _MEND)


def _resources(number: int, ips: str, host: str, links: str, fields: dict[str, Any]) -> Iterator[Row]:
    urls = _parts(links)
    if urls:
        yield from (Row(number, url, Kind.URL, None, fields) for url in urls)
    elif host:
        yield from (
            Row(number, one, Kind.HOST, Match.MASK if "*" in one else Match.HOST, fields)
            for one in _parts(host)
        )
    else:
        for ip in _parts(ips):
            yield Row(number, ip, Kind.IP, Match.NETWORK if "/" in ip else Match.EXACT, fields)


def _parts(cell: str) -> list[str]:
    return [part for piece in cell.split("|") if (part := piece.strip())]


def _cells(text: str) -> list[str]:
    """Split at semicolons; quotes around a cell protect the semicolons in it, where they close."""
    if '"' not in text:
        return text.split(";")
    cells, at = [], 0
    while True:
        quoted = _QUOTED.match(text, at)
        end = quoted.end() if quoted else text.find(";", at)
        cells.append(quoted[1].replace('""', '"') if quoted else text[at:] if end < 0 else text[at:end])
        if end < 0 or end == len(text):
            return cells
        at = end + 1


def write(records: Iterable[Record], out: TextIO, head: Head) -> Iterator[Unexpressed]:
    """Write one line for each host, address or link record in force; open the file as cp1251."""
    out.write(f"Updated: {head.generated or 'unknown'}\n")
    yield from lines_written(records, out, head, _line)


def _line(record: Record) -> Line:
    ip, url, host = address(record), link(record), name(record)
    if url and record.match is Match.EXACT and not set(url) & set(';|"'):
        return _written(record, [f";;{url}"])
    if ip and record.match in {Match.EXACT, Match.NETWORK}:
        return _written(record, [f"{ip};;"])
    if parent(record):
        return _written(record, [f";*.{parent(record)};"])
    if host and record.match in {Match.HOST, Match.DOMAIN}:
        return _written(record, [f";{host};", *([f";*.{host};"] if record.match is Match.DOMAIN else [])])
    return Line("", "the dump holds only links, hosts, `*.` in front of one, and addresses")


def _written(record: Record, starts: list[str]) -> Line:
    ground = record.ground
    cells = [ground.authority, ground.number]
    lacks = [
        cell
        for cell in cells
        if _cell(cell) != cell.encode(ENCODING, "ignore").decode(ENCODING) or _cell(cell) != cell
    ]
    tail = f"{_cell(cells[0])};{_cell(cells[1])};{ground.date}\n"
    if any(start.encode(ENCODING, "ignore").decode(ENCODING) != start for start in starts):
        return Line("", "windows-1251 lacks letters of the link")
    text = "".join(f"{start};{tail}" for start in starts)
    return Line(text, f"of the decision the dump cannot hold {lacks[0]!r} as it is" if lacks else "")


def _cell(text: str) -> str:
    """Return what a cell can hold of a text."""
    kept = "".join(" " if char in ';|"\t\n\r' else char for char in text if char >= " " or char in "\t\n\r")
    return kept.encode(ENCODING, "ignore").decode(ENCODING).strip()
