"""Records for programs: objects of JSON, cells of CSV."""

import csv
import io
from dataclasses import asdict
from typing import Any, Final

from urlguard.cells import inert
from urlguard.record import Record

CSV_COLUMNS: Final = (
    "id",
    "kind",
    "match",
    "value",
    "state",
    "standing",
    "effect",
    "list",
    "category",
    "ground",
    "authority",
    "number",
    "date",
    "court",
    "court_date",
    "article",
    "since",
    "until",
    "brand",
    "note",
)


def row(record: Record, does: str, now: str, since: str) -> dict[str, Any]:
    """Return a record with what follows from the day: `standing`, `state_now`, `since_now`."""
    found = asdict(record)
    history = found.pop("history")
    found |= {"kind": record.kind.value, "match": record.match.value, "effect": record.effect.value}
    found["ground"] = record.ground._asdict()
    found = {"id": found.pop("id"), "standing": does, "state_now": now, "since_now": since, **found}
    return {**found, "history": list(history)} if history else found


def csv_header() -> str:
    """Return the header line, without line end."""
    return ",".join(CSV_COLUMNS)


def csv_line(record: Record, does: str, now: str, since: str) -> str:
    """Return a record as one CSV record, without line end; no cell is run as a formula by a spreadsheet."""
    found = asdict(record)
    ground = record.ground._asdict()
    cells = {
        **found,
        **ground,
        "kind": record.kind.value,
        "match": record.match.value,
        "effect": record.effect.value,
        "ground": ground["type"],
        "state": now,
        "standing": does,
        "since": since,
    }
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="").writerow([inert(str(cells[name])) for name in CSV_COLUMNS])
    return buffer.getvalue()
