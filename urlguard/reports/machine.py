"""Verdicts for programs: JSON lines, one JSON array, CSV."""

import csv
import io
import json
from typing import Any, Final

from urlguard.model import Signal, Verdict
from urlguard.reports.signals import strongest

CSV_COLUMNS: Final = (
    "input", "kind", "level", "score", "brand", "real_address", "official", "scheme", "rules", "reason",
    "evidence", "advice", "error",
)  # fmt: skip
_END: Final = "\r\n"
"""What ends a record of CSV, and is quoted inside a cell: a text has line ends of its own."""


def json_line(verdict: Verdict) -> str:
    """Return one verdict as one line of JSON, lossless.

    Lone surrogates and line separators are escaped, so that every reader gets the line whole.
    """
    row: dict[str, Any] = verdict.to_dict()
    text = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
    if text.isascii():
        return text
    if any("\ud800" <= char <= "\udfff" for char in text):
        return json.dumps(row, separators=(",", ":"))
    for char in "\u2028\u2029\u0085\x7f":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def csv_header() -> str:
    """Return the header line of the CSV format, without line end."""
    return ",".join(CSV_COLUMNS)


def csv_line(verdict: Verdict) -> str:
    """Return one verdict as one CSV record, without line end.

    No spreadsheet runs a cell of it as a formula (`urlguard.cells`).
    """
    from urlguard.cells import inert  # noqa: PLC0415  (its patterns take three milliseconds, and only CSV needs them)

    first = strongest(verdict)
    cells = (
        verdict.input,
        verdict.kind,
        verdict.level.label if verdict.level is not None else "",
        str(verdict.score) if verdict.level is not None else "",
        verdict.brand or "",
        verdict.real or "",
        verdict.official or "",
        verdict.scheme or "",
        " ".join(signal.rule for signal in verdict.signals),
        first.reason if first else "",
        _pieces(verdict.input, first) if first else "",
        verdict.advice,
        verdict.error.code if verdict.error else "",
    )
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator=_END).writerow([inert(cell) for cell in cells])
    return buffer.getvalue().removesuffix(_END)


def _pieces(text: str, signal: Signal) -> str:
    """Return what convinced a signal, as written; several places apart."""
    pieces = dict.fromkeys(text[start:end].strip() for start, end in signal.spans)
    return " … ".join(pieces) or signal.evidence
