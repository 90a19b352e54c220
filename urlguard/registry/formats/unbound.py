"""Unbound: `local-zone: "evil.top." always_nxdomain`.

A zone covers the host and its subdomains; a record for the host alone would be widened and is
not written. `local-data` belongs to a zone and is skipped, as is the rest of a configuration.
Source: unbound.conf(5), `local-zone`.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final, TextIO

from urlguard.model import Kind
from urlguard.record import BadRow, Effect, Match, Record, Row, Unexpressed
from urlguard.registry.formats.covering import NOT_HERE, Line, lines_written, name
from urlguard.registry.formats.head import Head
from urlguard.tables.source import Source

_ZONE: Final = re.compile(
    r"local-zone\s*:\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'#]+))\s+\"?([a-z_]+)\"?\s*(?:#.*)?"
)
_OTHER: Final = re.compile(r"[a-z0-9-]+\s*:.*")
_BLOCKS: Final = frozenset({
    "deny", "refuse", "static", "redirect", "inform_deny", "inform_redirect", "always_deny", "always_refuse",
    "always_nxdomain", "always_nodata", "always_null",
})  # fmt: skip
_ALLOWS: Final = frozenset({"transparent", "always_transparent"})


def read(source: Source) -> Iterator[Row | BadRow]:
    """Yield a row for each zone that blocks a name or takes it out."""
    for line in source.lines(comments=("#",)):
        if isinstance(line, BadRow):
            yield line
            continue
        number, text = line
        text = text.strip()
        if text.startswith("local-zone"):
            yield _row(number, text)
        elif text and not text.startswith("#") and not _OTHER.fullmatch(text):
            yield BadRow(
                number, text[:200], "not a line of Unbound", 'write local-zone: "evil.top." always_nxdomain'
            )


def _row(number: int, text: str) -> Row | BadRow:
    zone = _ZONE.fullmatch(text)
    mend = 'write local-zone: "evil.top." always_nxdomain'
    if not zone:
        return BadRow(number, text[:200], "a zone that cannot be read", mend)
    host, kind = (zone[1] or zone[2] or zone[3] or "").removesuffix("."), zone[4]
    if not host:
        return BadRow(number, text[:200], "it covers every name", "name a host")
    if kind in _ALLOWS:
        return Row(number, host, Kind.HOST, Match.DOMAIN, {"effect": Effect.ALLOW})
    if kind not in _BLOCKS:
        return BadRow(number, text[:200], f"a zone of type {kind} blocks nothing", mend)
    return Row(number, host, Kind.HOST, Match.DOMAIN)


def write(records: Iterable[Record], out: TextIO, head: Head) -> Iterator[Unexpressed]:
    """Write one zone for each record in force that covers a host with its subdomains."""
    out.write(f"{head.lines('#')}server:\n")
    yield from lines_written(records, out, head, _line, allows=True)


def _line(record: Record) -> Line:
    host = name(record)
    if not host or record.match is Match.MASK:
        return Line("", NOT_HERE)
    if record.match is not Match.DOMAIN:
        return Line("", "a zone would cover its subdomains, too")
    kind = "always_transparent" if record.effect is Effect.ALLOW else "always_nxdomain"
    return Line(f'local-zone: "{host}." {kind}\n')
