"""What happened to a record, and to the registry, in words."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from urlguard.record import Change
from urlguard.reports.records import Words, clean, hanging

_ARROW: Final = "→"


class Told(NamedTuple):
    """An event as it is told."""

    seq: int
    at: str
    """Local time, `YYYY-MM-DD HH:MM`."""
    actor: str
    action: str
    list: str
    born: int
    changed: int
    undoes: int | None
    reason: str
    document: str


def changes(words: Words, history: Sequence[Change], columns: int) -> Iterator[str]:
    """Yield the history of one record, oldest first, under its heading."""
    yield f"  {words.texts['rec_label_history']}"
    for change in history:
        parts = [change.at, clean(change.actor), _action(words, change.action)]
        if change.after and change.after != change.before:
            before = f"{_state(words, change.before)} " if change.before else ""
            parts.append(f"{before}{_ARROW} {_state(words, change.after)}")
        yield from hanging("  ".join([*parts, *_why(words, change.reason, change.document)]), columns, "    ")


def event(words: Words, told: Told, columns: int | None) -> Iterator[str]:
    """Yield one event of the registry: its number, when, who, what, how many records, why."""
    texts = words.texts
    parts = [f"{told.seq:>5}", told.at, clean(told.actor), _action(words, told.action)]
    if told.undoes is not None:
        parts.append(texts["history_undoes"].format(event=told.undoes))
    if told.list:
        parts.append(texts["rec_list"].format(list=clean(told.list)))
    parts.append(texts["history_event"].format(born=told.born, changed=told.changed))
    line = "  ".join([*parts, *_why(words, told.reason, told.document)])
    return iter([line]) if columns is None else hanging(line, columns)


def _action(words: Words, action: str) -> str:
    return words.texts.get(f"action_{action}", clean(action))


def _state(words: Words, state: str) -> str:
    return words.states.get(state, clean(state))


def _why(words: Words, reason: str, document: str) -> Iterator[str]:
    if document:
        yield words.texts["rec_number"].format(number=clean(document))
    if reason:
        yield clean(reason)
