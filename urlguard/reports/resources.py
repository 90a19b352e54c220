"""Resources of texts for eyes and programs: `urlguard extract`."""

import csv
import io
import json
from collections.abc import Mapping
from typing import Any, Final

from urlguard.cells import inert
from urlguard.model import Kind, Resource
from urlguard.reports.screen import defanged, fitted, padded, printable, unlinked, width

CSV_COLUMNS: Final = (
    "line", "kind", "raw", "key", "start", "end",
    "country", "number", "bank", "platform", "network", "currency",
)  # fmt: skip
_FACTS: Final = CSV_COLUMNS[6:]
_LONGEST: Final = 300
"""Characters of a resource that are shown on the screen."""
_LINKED: Final = frozenset({Kind.URL, Kind.EMAIL, Kind.HANDLE, Kind.APP})

UNTOLD: Final = frozenset({Kind.HOST, Kind.IP, Kind.SMS_SENDER})
"""Kinds that are only entered in registries; in texts a host or an address is a link."""

Facts = Mapping[str, str]


def row(line: int, found: Resource, facts: Facts) -> dict[str, Any]:
    """Return the public shape of one resource: where it stands, what it is, and what is known of it."""
    return {"line": line, **found.to_dict(), **facts}


def json_line(line: int, found: Resource, facts: Facts) -> str:
    """Return one resource as one line of JSON; every reader gets it whole."""
    return json.dumps(row(line, found, facts), ensure_ascii=not _plain(found.raw), separators=(",", ":"))


def _plain(text: str) -> bool:
    """Tell whether no character of a text ends a line or is half of one somewhere."""
    return not any("\ud800" <= char <= "\udfff" or char in "\u2028\u2029\u0085\x7f" for char in text)


def csv_header() -> str:
    """Return the header line of the CSV format, without line end."""
    return ",".join(CSV_COLUMNS)


def csv_line(line: int, found: Resource, facts: Facts) -> str:
    """Return one resource as one CSV record, in which no cell is a formula; without line end."""
    start, end = found.span or ("", "")
    cells = [str(line), found.kind.value, found.raw, found.key, str(start), str(end)]
    buffer = io.StringIO()
    cells += [facts.get(name, "") for name in _FACTS]
    csv.writer(buffer, lineterminator="").writerow([inert(cell) for cell in cells])
    return buffer.getvalue()


class Table:
    """Draws one resource a line: number of the line, kind, as written, key, what is known of it."""

    def __init__(self, texts: Mapping[str, str], brands: Mapping[str, str], columns: int | None) -> None:
        """Keep the words, and the width to fit lines to; None for files and pipes."""
        self._texts = texts
        self._brands = brands
        self._columns = columns
        told = (kind for kind in Kind if kind not in UNTOLD)
        self._names = {kind: texts[f"found_kind_{kind.value}"] for kind in told}
        self._room = max(map(width, self._names.values()))

    def line(self, number: int, found: Resource, facts: Facts) -> str:
        """Return one line without line end; nothing in it moves a cursor or can be clicked."""
        name = padded(self._names.get(found.kind, found.kind.value), self._room)
        raw, key = _safe(found, found.raw), _safe(found, found.key)
        parts = [raw if raw == key else f"{raw}  →  {key}", *self._told(facts)]
        text = f"{number:>4}  {name}  {'  '.join(parts)}"
        return text if self._columns is None else fitted(text, self._columns)

    def _told(self, facts: Facts) -> list[str]:
        """Return what is known, in words; what the key says already is left out."""
        told = [facts["country"]] if "country" in facts else []
        if "number" in facts:
            told.append(self._texts[f"found_{facts['number']}"])
        if "bank" in facts:
            told.append(self._brands.get(facts["bank"], facts["bank"]))
        return told


def _safe(found: Resource, text: str) -> str:
    """Return what may be shown of a resource: links and hosts cannot be clicked."""
    shown = " ".join(text.split())
    if found.kind is Kind.URL:
        shown = defanged(shown)
    elif found.kind in _LINKED:
        shown = unlinked(shown).replace(".", "[.]") if "[.]" not in shown else shown
    return fitted(printable(shown), _LONGEST)
