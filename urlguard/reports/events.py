"""What happened to a record, and to the registry, in words."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any, Final, NamedTuple

from urlguard.record import Change
from urlguard.reports.records import Words, clean, hanging

_KAZAKHSTAN: Final = timezone(timedelta(hours=5))
_ARROW: Final = "→"
_NOTHING: Final = "–"
_SHORT: Final = frozenset({"since", "until", "category", "brand"})
"""Fields whose values are told; of the others, that they changed."""

_TOLD_APART: Final = "details"
"""What a step keeps of a lifting: it stands among the fields of the record."""


class Told(NamedTuple):
    """An event as it is told."""

    seq: int
    at: str
    """UTC, as `Change.at` has it."""
    actor: str
    action: str
    list: str
    born: int
    changed: int
    undoes: int | None
    reason: str
    document: str


Step = tuple[Change, Mapping[str, tuple[Any, Any]]]
"""What happened to a record, its time in UTC, and the other fields that changed with it: before and after."""


def changes(words: Words, history: Sequence[Step], columns: int) -> Iterator[str]:
    """Yield the history of one record, oldest first, under its heading, by the clocks of Kazakhstan."""
    yield f"  {words.texts['rec_label_history']}"
    for change, edited in history:
        parts = [local(change.at), clean(change.actor), action_name(words.texts, change.action)]
        if change.after and change.after != change.before:
            before = f"{_state(words, change.before)} " if change.before else ""
            parts.append(f"{before}{_ARROW} {_state(words, change.after)}")
        stepped = change.after != change.before
        parts += [
            _edited(words, name, *values)
            for name, values in edited.items()
            if not (stepped and name == _TOLD_APART)
        ]
        yield from hanging("  ".join([*parts, *_why(words, change.reason, change.document)]), columns, "    ")


def event(words: Words, told: Told, columns: int | None) -> Iterator[str]:
    """Yield one event of the registry: its number, when, who, what, how many records, why."""
    texts = words.texts
    parts = [f"{told.seq:>5}", local(told.at), clean(told.actor), action_name(words.texts, told.action)]
    if told.undoes is not None:
        parts.append(texts["history_undoes"].format(event=told.undoes))
    if told.list:
        parts.append(texts["rec_list"].format(list=clean(told.list)))
    parts.append(texts["history_event"].format(born=told.born, changed=told.changed))
    line = "  ".join([*parts, *_why(words, told.reason, told.document)])
    return iter([line]) if columns is None else hanging(line, columns)


def local(at: str) -> str:
    """Return a moment (UTC, as `Change.at` has it) by the clocks of Kazakhstan, to the minute.

    >>> local("2026-11-22T20:30:00Z")
    '2026-11-23 01:30'
    """
    try:
        return datetime.fromisoformat(at).astimezone(_KAZAKHSTAN).strftime("%Y-%m-%d %H:%M")
    except (ValueError, OverflowError):  # the history of another system
        return clean(at)


def _edited(words: Words, name: str, before: object, after: object) -> str:
    """Return what became of a field; of long ones only that they changed."""
    label = words.texts.get(f"rec_label_{name}", name)
    if name not in _SHORT:
        return label
    return f"{label} {clean(str(before)) or _NOTHING} {_ARROW} {clean(str(after)) or _NOTHING}"


def action_name(texts: Mapping[str, str], action: str) -> str:
    """Return what somebody did, in words."""
    return texts.get(f"action_{action}", clean(action))


def _state(words: Words, state: str) -> str:
    return words.states.get(state, clean(state))


def _why(words: Words, reason: str, document: str) -> Iterator[str]:
    if document:
        yield words.texts["rec_number"].format(number=clean(document))
    if reason:
        yield clean(reason)
