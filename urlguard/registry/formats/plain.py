"""A record as plain JSON values and back; formats with columns or members build on it."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Final, TypeVar

from urlguard.model import Kind
from urlguard.record import DETAILS, LOCAL, Change, Effect, Ground, Match, Record, Row
from urlguard.registry.formats.covering import unseen

TEXTS: Final = ("id", "list", "key", "state", "category", "since", "until", "brand", "note")
"""Fields of a record that are texts and may be empty or missing."""
GROUND: Final = Ground._fields
_CHANGE: Final = tuple(field.name for field in fields(Change))
_NEEDED: Final = ("at", "actor", "action", "before", "after")
NAMES: Final = frozenset({*TEXTS, "kind", "match", "value", "effect", "ground", "details", "history"})
_Named = TypeVar("_Named")
_KINDS: Final = {kind.value: kind for kind in Kind}
_MATCHES: Final = {match.value: match for match in Match}
_EFFECTS: Final = {effect.value: effect for effect in Effect}
"""By dictionary: to ask the enumerations costs a third of reading a row."""


class Wrong(ValueError):
    """A row whose values are not what their names promise: reason and mend."""

    def __init__(self, reason: str, mend: str = "") -> None:
        super().__init__(reason, mend)
        self.reason = reason
        self.mend = mend


def as_plain(record: Record) -> dict[str, Any]:
    """Return a record as JSON values, without what is empty or usual."""
    row: dict[str, Any] = {
        "id": record.id,
        "list": record.list,
        "kind": record.kind.value,
        "match": record.match.value,
        "value": record.value,
        "key": record.key,
        "state": record.state,
    }
    row |= {"effect": record.effect.value} if record.effect is not Effect.BLOCK else {}
    row |= {name: text for name in TEXTS[4:] if (text := getattr(record, name))}
    if record.ground != Ground():
        row["ground"] = {
            name: text for name, text in record.ground._asdict().items() if text or name == "type"
        }
    if record.details:
        row["details"] = dict(record.details)
    if record.history:
        row["history"] = [{name: getattr(change, name) for name in _CHANGE} for change in record.history]
    return row


def row_of(line: int, plain: Any) -> Row:  # noqa: ANN401  (JSON is any value)
    """Return the row of an object with JSON values by the names of a record. Raises `Wrong`."""
    if not isinstance(plain, dict):
        raise Wrong("not an object of JSON", 'write {"value": "evil.top"}')
    unknown = sorted(set(plain) - NAMES)
    if unknown:
        raise Wrong(f"unknown name {unknown[0][:60]!r}", f"use {', '.join(sorted(NAMES))}")
    found: dict[str, Any] = {name: _text(plain, name) for name in TEXTS if name in plain}
    if "effect" in plain:
        found["effect"] = _one_of(plain, "effect", _EFFECTS)
    if "ground" in plain:
        found["ground"] = ground_of(plain["ground"])
    if "details" in plain:
        found["details"] = _details(plain["details"])
    if "history" in plain:
        found["history"] = _history(plain["history"])
    kind = _one_of(plain, "kind", _KINDS) if plain.get("kind") else None
    match = _one_of(plain, "match", _MATCHES) if plain.get("match") else None
    value = _text(plain, "value")
    if not value.strip():
        raise Wrong("it has no value", "name the resource under value")
    odd = "a line end" if "\n" in value else unseen(value)
    if odd:
        raise Wrong(f"{odd} stands in the value", "write it anew, one resource a row")
    return Row(line, value, kind, match, found)


def as_record(row: Row) -> Record:
    """Return the record of a row that says everything, as the lossless formats do.

    Raises `Wrong` when kind, match, key or state are missing.
    """
    fields_ = dict(row.fields or {})
    missing = [name for name in ("key", "state") if not fields_.get(name)]
    if row.kind is None or row.match is None or missing:
        name = missing[0] if missing else "match" if row.kind else "kind"
        raise Wrong(f"it has no {name}", "export it again as jsonl or csv")
    fields_["list"] = fields_.get("list") or LOCAL
    return Record(kind=row.kind, match=row.match, value=row.value, **fields_)


def ground_of(plain: Any) -> Ground:  # noqa: ANN401  (JSON is any value)
    """Return the ground of JSON values. Raises `Wrong`."""
    if not isinstance(plain, dict) or not set(plain) <= set(GROUND):
        raise Wrong("ground is not what a ground is", f"use {', '.join(GROUND)}")
    return Ground(**{name: _text(plain, name) for name in plain})


def _details(plain: Any) -> dict[str, Any]:  # noqa: ANN401  (JSON is any value)
    if not isinstance(plain, dict):
        raise Wrong("details are no object")
    unknown = sorted(set(plain) - set(DETAILS))
    if unknown:
        raise Wrong(f"unknown detail {unknown[0][:60]!r}", f"use {', '.join(DETAILS)}")
    return plain


def _history(plain: Any) -> tuple[Change, ...]:  # noqa: ANN401  (JSON is any value)
    if not isinstance(plain, list):
        raise Wrong("history is no list")
    changes = []
    for step in plain:
        if not isinstance(step, dict) or not set(_NEEDED) <= set(step) <= set(_CHANGE):
            raise Wrong("a step of the history is not what a change is", f"use {', '.join(_CHANGE)}")
        changes.append(Change(**{name: _text(step, name) for name in step}))
    return tuple(changes)


def _text(plain: Mapping[str, Any], name: str) -> str:
    text = plain.get(name, "")
    if not isinstance(text, str):
        raise Wrong(f"{name} is no text", f"write {name} in quotes")
    return text


def _one_of(plain: Mapping[str, Any], name: str, known: Mapping[str, _Named]) -> _Named:
    found = known.get(_text(plain, name))
    if found is None:
        raise Wrong(f"unknown {name} {plain[name][:60]!r}", f"use one of {', '.join(known)}")
    return found
