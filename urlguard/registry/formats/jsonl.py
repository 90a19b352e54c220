"""JSON lines: one record with its history a line, lossless.

Kind and match are as written; a line needs only `value`. A record whose value holds a control
or half character, or that is longer than a line may be, is not written.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Final, TextIO

from urlguard.record import BadRow, Record, Row, Unexpressed
from urlguard.registry.formats.covering import unseen
from urlguard.registry.formats.elements import SHOWN, value
from urlguard.registry.formats.head import Head
from urlguard.registry.formats.plain import Wrong, as_plain, row_of
from urlguard.tables.source import Source

LONGEST: Final = 1 << 20
"""Longest line in bytes: a record with a long history."""
_DEPTH: Final = 100


def read(source: Source) -> Iterator[Row | BadRow]:
    """Yield a row for each line."""
    for line in source.lines(longest=LONGEST):
        if isinstance(line, BadRow):
            yield line
            continue
        number, text = line
        if not text or text.isspace():
            continue
        yield _row(number, text)


def _row(number: int, text: str) -> Row | BadRow:
    if text.count("[") + text.count("{") > _DEPTH and _depth(text) > _DEPTH:
        return BadRow(number, text[:SHOWN], f"nested deeper than {_DEPTH}", "write it flat")
    try:
        row = row_of(number, value(text))
    except Wrong as error:
        return BadRow(number, text[:SHOWN], error.reason, error.mend)
    except ValueError as error:
        return BadRow(number, text[:SHOWN], f"not JSON: {str(error)[:SHOWN]}", "one object a line")
    return row


def _depth(text: str) -> int:
    """Return an upper bound of the nesting; brackets inside of texts count, too."""
    depth = deepest = 0
    for char in text:
        if char in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif char in "]}":
            depth -= 1
    return deepest


def write(records: Iterable[Record], out: TextIO, head: Head) -> Iterator[Unexpressed]:  # noqa: ARG001  (every line stands alone)
    """Write every record, in whatever state."""
    for record in records:
        reason = ""
        if not record.value.strip() or unseen(record.value) or "\n" in record.value:
            reason = "its value is empty or holds a control character"
        else:
            try:
                text = json.dumps(
                    as_plain(record), ensure_ascii=False, separators=(",", ":"), allow_nan=False
                )
                size = len(text.encode())
            except (ValueError, TypeError, RecursionError):
                reason = "it holds what JSON in UTF-8 cannot hold"
            else:
                if isinstance(_row(1, text), BadRow) or size >= LONGEST:
                    reason = "it is too long, or its details are nested too deep"
                else:
                    out.write(f"{_one_line(text)}\n")
        if reason:
            yield Unexpressed(record.id, record.value, reason)


def _one_line(text: str) -> str:
    """Escape what some readers take for a line end, and what our own would take for damage."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(f"\\u{ord(char):04x}" if char in _ESCAPED else char for char in text)


_ESCAPED: Final = frozenset({*map(chr, range(0x7F, 0xA0)), "\u2028", "\u2029", "\ufffd"})
"""Below U+0020 `json` escapes by itself."""
