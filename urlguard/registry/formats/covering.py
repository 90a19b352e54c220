"""What writers of plain lists share: may this record be written, and as which name or link.

A list blocks what stands in it. So a record is never written in a way that covers more than
the record does; what covers less is written and reported.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple, TextIO

from urlguard.model import Kind
from urlguard.record import Effect, Match, Record, Unexpressed
from urlguard.registry.formats.head import Head

_LABEL: Final = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_NAME: Final = re.compile(rf"(?=.{{1,253}}\Z)(?:{_LABEL}\.)*{_LABEL}")
_MASK: Final = re.compile(r"(?=.{1,253}\Z)[a-z0-9_.*-]+")
_ADDRESS: Final = re.compile(r"[0-9.]{7,15}|[0-9a-f:.]{2,45}")
_UNSAFE: Final = re.compile(r"[\s\x00-\x1f\x7f-\x9f\ufffd\ud800-\udfff\u2028\u2029]")
_UNSEEN: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffd\ud800-\udfff]")

NOT_HERE: Final = "this format holds only names of hosts"


class Line(NamedTuple):
    """A record as a format can write it."""

    text: str
    """With its line end; empty: not at all."""
    lacks: str = ""
    """What is lost; empty: nothing that this format could hold."""


def lines_written(
    records: Iterable[Record],
    out: TextIO,
    head: Head,
    line: Callable[[Record], Line],
    *,
    allows: bool = False,
) -> Iterator[Unexpressed]:
    """Write each record that is in force by `line`, and yield what was lost.

    `allows`: the format can say that something is not blocked.
    """
    for record in records:
        reason = _not_in_force(record, head, allows=allows)
        text, lacks = ("", reason) if reason else line(record)
        if text:
            out.write(text)
        if lacks:
            yield Unexpressed(record.id, record.value, lacks, partly=bool(text))


def _not_in_force(record: Record, head: Head, *, allows: bool) -> str:
    if record.state not in head.states:
        return f"its state is {record.state}, and this format holds only what is in force"
    if record.effect is Effect.ALLOW and not allows:
        return "it allows, and this format can only block"
    return ""


def name(record: Record) -> str:
    """Return the host name of a host record, or nothing where that is no name of the DNS."""
    return record.key if record.kind is Kind.HOST and is_name(record.key) else ""


def is_name(text: str) -> bool:
    """Tell whether a text is a host name in ASCII, lower case, not an IPv4 address."""
    return bool(_NAME.fullmatch(text)) and not text.rpartition(".")[2].isdigit()


def mask(record: Record) -> str:
    """Return the mask of a host mask without path, or nothing."""
    fits = record.match is Match.MASK and record.kind is Kind.HOST and _MASK.fullmatch(record.key)
    return record.key if fits and "*" in record.key else ""


def parent(record: Record) -> str:
    """Return the name under `*.` when that is all of the mask, or nothing."""
    below = mask(record).removeprefix("*.")
    return below if below != mask(record) and is_name(below) else ""


def address(record: Record) -> str:
    """Return the IP address or CIDR block of a record, or nothing."""
    bare, _, bits = record.key.partition("/")
    fits = record.kind is Kind.IP and _ADDRESS.fullmatch(bare) and (not bits or bits.isdigit())
    return record.key if fits else ""


def link(record: Record) -> str:
    """Return the link of a link record, with its scheme, or nothing when it would break a line."""
    if record.kind is not Kind.URL:
        return ""
    for found in (record.key, record.value.strip()):
        if found.lower().startswith(("http://", "https://")) and not is_broken(found):
            return found
    # Keys of the registry have no scheme: they stand for the page under any.
    return "" if is_broken(record.key) or "://" in record.key else f"http://{record.key}"


def is_broken(text: str) -> bool:
    """Tell whether a text holds blanks or characters that no link on a line of a list has."""
    return bool(_UNSAFE.search(text))


def unseen(text: str) -> str:
    """Return the first control, broken or half character of a text as `U+0007`, or nothing."""
    found = _UNSEEN.search(text)
    return f"U+{ord(found[0]):04X}" if found else ""
