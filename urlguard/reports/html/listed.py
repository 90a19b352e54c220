"""The rows of the table as data: what many rows share stands once, all of it fit to be shown."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from urlguard.reports.html.charts import WORST_FIRST
from urlguard.reports.html.markup import Html, block, visible

COLUMNS: Final = ("row", "source", "level", "score", "input", "brand", "scheme", "day")
FIELDS: Final = (*COLUMNS, "reasons", "entries", "advice")
"""Of a row of the data, in this order."""
SHARED: Final = ("source", "brand", "scheme", "reasons", "advice")
"""Fields that hold places in `names`, -1 for nothing; reasons are a list of them."""
_BETWEEN: Final = re.compile(r"; (?=\([+-]\d+\) )")
"""Between two reasons: `(+75) <reason>; (+20) <reason>`."""


_LONGEST: Final = 500
"""Characters of an input that are shown: what it is can be seen by then."""


class Listed(NamedTuple):
    """Rows of the table."""

    columns: list[str]
    """Those of `COLUMNS` that tell something: the file if there are several, the day if there is one."""
    levels: list[tuple[str, str]]
    """Levels and their names, the worst first; a row has the place of its level."""
    names: dict[str, list[str]]
    rows: list[list[Any]]
    """Values in the order of `FIELDS`."""


def listed(summary: Mapping[str, Any], texts: Mapping[str, str]) -> Listed:
    """Return the rows of a summary. `KeyError` for a level that does not exist."""
    places: dict[str, dict[str, int]] = {field: {} for field in SHARED}
    titles = {"brand": summary["brand_names"], "scheme": summary["scheme_titles"]}
    levels = [(level, texts[f"level_{level}"]) for level in WORST_FIRST]
    order = {level: at for at, level in enumerate(WORST_FIRST)}
    rows = []
    for row in summary["top"]:
        values: dict[str, Any] = {
            field: _place(places[field], visible(titles[field].get(row[field], row[field])))
            for field in ("brand", "scheme")
        }
        values |= {field: _place(places[field], visible(row[field])) for field in ("source", "advice")}
        values |= {field: visible(row[field], _LONGEST) for field in ("input", "entries", "day")}
        reasons = _BETWEEN.split(visible(row["reasons"]))
        values["reasons"] = [_place(places["reasons"], reason) for reason in reasons if reason]
        values |= {"row": row["row"], "score": row["score"], "level": order[row["level"]]}
        rows.append([values[field] for field in FIELDS])
    told = {"source": len(places["source"]) > 1, "day": any(row["day"] for row in summary["top"])}
    columns = [column for column in COLUMNS if told.get(column, True)]
    return Listed(columns, levels, {field: list(known) for field, known in places.items()}, rows)


def _place(known: dict[str, int], text: str) -> int:
    return known.setdefault(text, len(known)) if text else -1


def cells(found: Listed, row: Sequence[Any]) -> dict[str, Any]:
    """Return the texts of one row by field; `reasons` is a list of them."""
    told = dict(zip(FIELDS, row, strict=True))
    for field in SHARED:
        names, at = found.names[field], told[field]
        told[field] = [names[one] for one in at] if field == "reasons" else names[at] if at >= 0 else ""
    return told


def as_block(found: Listed) -> Html:
    """Return all rows as the JSON that the script of the page reads."""
    return block({"fields": FIELDS, "levels": found.levels, "names": found.names, "rows": found.rows})
