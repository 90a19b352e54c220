"""Response policy zones: DNS answers changed by name or by address.

`evil.top CNAME .` covers just the host, `*.evil.top CNAME .` its subdomains; both, one after
the other, are one row for the host with its subdomains. `rpz-passthru.` is an allow entry,
every other answer a block. Triggers for clients and name servers block no resource.
Source: draft-vixie-dnsop-dns-rpz-00; names below `$ORIGIN` are taken relative to it.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from ipaddress import ip_network
from typing import Final, TextIO

from urlguard.model import Kind
from urlguard.record import BadRow, Effect, Match, Record, Row, Unexpressed
from urlguard.registry.formats.covering import Line, address, lines_written, name, parent
from urlguard.registry.formats.head import Head
from urlguard.registry.formats.pairs import paired
from urlguard.tables.source import Source

_SKIPPED: Final = frozenset(
    {"SOA", "NS", "TXT", "DNSKEY", "RRSIG", "NSEC", "NSEC3", "DS", "NSEC3PARAM", "ZONEMD"}
)
_CLASSES: Final = frozenset({"IN", "CH", "HS"})
_ANSWERS: Final = frozenset({"CNAME", "A", "AAAA"})
_TRIGGERS: Final = (".rpz-client-ip", ".rpz-nsdname", ".rpz-nsip")
_PASSTHRU: Final = "rpz-passthru"
_QUOTED: Final = re.compile(r'"(?:[^"\\]|\\.)*+"|;.*')
_TTL: Final = re.compile(r"\d[\dsmhdw]*", re.IGNORECASE)
_MEND: Final = "write: evil.top CNAME ."
_V4_LABELS: Final = 5


def read(source: Source) -> Iterator[Row | BadRow]:
    """Yield a row for each trigger; the zone's own records are skipped."""
    yield from paired(_Zone().rows(source))


class _Zone:
    """What a zone file says once for the lines below: origin, last owner, open parentheses."""

    def __init__(self) -> None:
        self._origin = ""
        self._owner = ""
        self._open = 0

    def rows(self, source: Source) -> Iterator[Row | BadRow]:
        for line in source.lines(comments=(";",)):
            if isinstance(line, BadRow):
                yield line
                continue
            number, text = line
            bare = _QUOTED.sub(lambda hit: '""' if hit[0][0] == '"' else "", text)
            inside, self._open = self._open, max(self._open + bare.count("(") - bare.count(")"), 0)
            if not inside and bare.strip() and (row := self._row(number, bare)):
                yield row

    def _row(self, number: int, text: str) -> Row | BadRow | None:
        words = text.split()
        if words[0].startswith("$"):
            if words[0].upper() == "$ORIGIN" and len(words) > 1:
                self._origin = words[1].strip(".").lower()
            return None
        if not text[0].isspace():
            self._owner = words.pop(0)
        while words and (words[0].upper() in _CLASSES or _TTL.fullmatch(words[0])):
            words.pop(0)
        kind = words.pop(0).upper() if words else ""
        if kind == "SOA" and not self._origin and self._owner != "@":
            self._origin = self._owner.strip(".").lower()
        if kind in _SKIPPED:
            return None
        if kind not in _ANSWERS or not words or not self._owner:
            return BadRow(number, text[:200], "not a record of a policy zone", _MEND)
        return self._trigger(number, text, words[0].rstrip(".").lower())

    def _trigger(self, number: int, text: str, answer: str) -> Row | BadRow:
        owner = self._owner
        if owner.endswith("."):
            owner = owner[:-1]
            if self._origin and not owner.lower().endswith("." + self._origin):
                return BadRow(number, text[:200], f"the name is not below the zone {self._origin}", _MEND)
            owner = owner[: -len(self._origin) - 1] if self._origin else owner
        fields = {"effect": Effect.ALLOW} if answer == _PASSTHRU else None
        if owner.endswith(_TRIGGERS):
            return BadRow(
                number, text[:200], "a trigger for clients or name servers blocks no resource", _MEND
            )
        if owner.endswith(".rpz-ip"):
            network = _network(owner.removesuffix(".rpz-ip"))
            if not network:
                return BadRow(
                    number,
                    text[:200],
                    "not an address as policy zones write it",
                    "32.4.3.2.1.rpz-ip is 1.2.3.4",
                )
            return Row(number, network, Kind.IP, Match.NETWORK if "/" in network else Match.EXACT, fields)
        if owner in {"*", "@", ""}:
            return BadRow(number, text[:200], "it covers every name", _MEND)
        return Row(number, owner, Kind.HOST, Match.MASK if "*" in owner else Match.HOST, fields)


def _network(labels: str) -> str:
    """Read `24.0.2.0.192` as `192.0.2.0/24`, `128.1.zz.db8.2001` as `2001:db8::1`."""
    bits, *parts = labels.split(".")
    if len(parts) == _V4_LABELS - 1 and "zz" not in parts:
        text = ".".join(reversed(parts))
    else:
        text = ":".join("" if part.lower() == "zz" else part for part in reversed(parts))
        text = f"{':' * text.startswith(':')}{text}{':' * text.endswith(':')}" if text else "::"
    try:
        network = ip_network(f"{text}/{bits}")
    except ValueError:
        return ""
    whole = network.prefixlen == network.max_prefixlen
    return str(network.network_address if whole else network)


def write(records: Iterable[Record], out: TextIO, head: Head) -> Iterator[Unexpressed]:
    """Write a zone whose serial is the time of the export; load it under a name of your own."""
    out.write(head.lines(";"))
    out.write(
        f"$TTL 300\n@ SOA localhost. root.localhost. {_serial(head)} 3600 600 86400 300\n@ NS localhost.\n"
    )
    yield from lines_written(records, out, head, _line, allows=True)


def _serial(head: Head) -> int:
    """Return seconds since 1970 (they fit 32 bits until 2106); 1 when the head has no time."""
    try:
        at = datetime.strptime(head.generated, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError:
        return 1
    return int(at.timestamp()) % (1 << 32) or 1


def _line(record: Record) -> Line:
    answer = "rpz-passthru." if record.effect is Effect.ALLOW else "."
    if record.match in {Match.EXACT, Match.NETWORK} and (ip := address(record)):
        owner = _labels(ip)
        return (
            Line(f"{owner}.rpz-ip CNAME {answer}\n")
            if owner
            else Line("", "not an address with its bits right")
        )
    host, below = name(record), parent(record)
    if below:
        return Line(f"*.{below} CNAME {answer}\n")
    if host and record.match is Match.HOST:
        return Line(f"{host} CNAME {answer}\n")
    if host and record.match is Match.DOMAIN:
        return Line(f"{host} CNAME {answer}\n*.{host} CNAME {answer}\n")
    return Line("", "a policy zone holds only names of hosts, `*.` in front of one, and addresses")


def _labels(ip: str) -> str:
    try:
        network = ip_network(ip)
    except ValueError:
        return ""
    text = str(network.network_address)
    if network.version == 4:  # noqa: PLR2004  (the protocol's number)
        return ".".join([str(network.prefixlen), *reversed(text.split("."))])
    before, gap, after = text.partition("::")
    words = [*before.split(":"), *(["zz"] if gap else []), *after.split(":")]
    return ".".join([str(network.prefixlen), *reversed([word for word in words if word])])
