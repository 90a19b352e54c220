"""The CSV that operators of Kibernadzor keep: `;`, and the fields of its entry form.

Columns: title, url, reason, object_type, resource_type, violation, language, group,
screenshot, publications, subscribers, court_decision, source.
"""

from collections.abc import Mapping
from typing import Any, Final

OPERATORS: Final = frozenset({
    "object_type", "violation", "group", "screenshot", "publications", "subscribers", "court_decision",
})  # fmt: skip
"""Columns that only such a file has."""
_GROUPS: Final = {
    "красный": "red",
    "қызыл": "red",
    "red": "red",
    "оранжевый": "orange",
    "қызғылт сары": "orange",
    "orange": "orange",
}
_YES: Final = frozenset({"да", "иә", "yes", "true", "1", "+"})
_AS_THEY_ARE: Final = frozenset({"title", "language", "resource_type"})
_SAME: Final = frozenset(
    {"value", "note", "kind", "match", "category", "brand", "since", "until", "id", "state", "list"}
)
_DIGITS: Final = 12


def as_operators_wrote(cells: Mapping[str, str]) -> dict[str, Any]:
    """Return the cells by the names of a record; what has no name there as detail `foreign`."""
    plain: dict[str, Any] = {name: cell for name, cell in cells.items() if name in _SAME}
    details: dict[str, Any] = {}
    for name, cell in cells.items():
        text = cell.strip()
        if name in _AS_THEY_ARE:
            details[name] = text
        elif name == "violation":
            details["offense"] = text
        elif name == "group" and text.lower() in _GROUPS:
            details["severity"] = _GROUPS[text.lower()]
        elif name == "screenshot":
            details["evidence"] = [{"type": "screenshot", "path": text}]
        elif (
            name in {"publications", "subscribers"}
            and text.isascii()
            and text.isdigit()
            and len(text) < _DIGITS
        ):
            details.setdefault("reach", {})["posts" if name == "publications" else "members"] = int(text)
        elif name == "source":
            details["source"] = {"reporter": text}
        elif name == "court_decision":
            plain |= {"ground": {"type": "court"}} if text.lower() in _YES else {}
        elif name not in _SAME:
            details.setdefault("foreign", {})[name] = cell
    return plain | ({"details": details} if details else {})
