"""Changes of entries that are there: a step to another state, an edit, an undone event."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from urlguard.errors import Refused
from urlguard.record import Ground
from urlguard.registry.ledger import Ledger, Pen, restored
from urlguard.registry.privacy import scrubbed, scrubbed_ground, scrubbed_values
from urlguard.registry.rows import COLUMNS, Entry, packed, shown_id
from urlguard.registry.states import DISCARDED, States

EDITABLE: Final = ("category", "ground", "since", "until", "brand", "note", "details")
_BY_ID: Final = f"SELECT {COLUMNS} FROM entries WHERE id = ?"  # noqa: S608  (our own column names)
_BORN: Final = f"SELECT id, {COLUMNS} FROM entries WHERE born = ? AND id > ? ORDER BY id LIMIT ?"  # noqa: S608
_CHANGED: Final = (
    "SELECT entry, before, fields FROM changes WHERE seq = ? AND entry > ? AND before IS NOT NULL "
    "ORDER BY entry LIMIT ?"
)
_BATCH: Final = 5_000
UNDO: Final = "undo"


@dataclass(frozen=True, slots=True)
class Undone:
    """What undoing an event did."""

    event: int | None
    """Number of the event that undid it; None when there was nothing left to undo."""
    discarded: int
    """Entries it had entered."""
    reverted: int
    """Entries it had changed."""
    kept: tuple[int, ...]
    """Entries that were changed again since: they stay as they are."""


class Changing:
    """Changes entries of one registry."""

    def __init__(self, ledger: Ledger, states: States) -> None:
        """Change through `ledger`, by the rules of `states`."""
        self._ledger = ledger
        self._states = states

    def entry(self, number: int) -> Entry:
        """Return an entry. Raises `Refused` when there is none."""
        row = self._ledger.store.one(_BY_ID, (number,))
        if row is None:
            raise Refused(
                f"there is no entry {shown_id(number)}", "look for it with: urlguard registry find TEXT"
            )
        return self._ledger.names.entry(row)

    def step(
        self,
        numbers: Iterable[int],
        state: str,
        *,
        actor: str,
        reason: str = "",
        document: str = "",
        fields: Mapping[str, Any] | None = None,
    ) -> list[Entry]:
        """Lead entries to a state, all or none; return them as they are then.

        `fields` are other fields of the entries that change with it (`EDITABLE`). Raises
        `Refused` with the legal steps when one of them cannot go there.
        """
        new = _clean(fields or {})
        with self._ledger.event("transition", actor=actor, reason=scrubbed(reason), document=document) as pen:
            changed = []
            for number in dict.fromkeys(numbers):
                entry = self.entry(number)
                self._states.check(shown_id(number), entry.state, state)
                changed.append(pen.change(entry, state=state, **_merged(entry, new)))
        return changed

    def edit(
        self,
        numbers: Iterable[int],
        fields: Mapping[str, Any],
        *,
        actor: str,
        reason: str = "",
        document: str = "",
        ground: Mapping[str, str] | None = None,
    ) -> list[tuple[Entry, Entry]]:
        """Change fields of entries other than their state and what they cover; return each before and after.

        `ground` are the parts of their grounds that change. Raises `Refused`; then none is changed.
        """
        unknown = sorted(set(fields) - set(EDITABLE))
        if unknown:
            raise Refused(f"{', '.join(unknown)} cannot be edited", f"use {', '.join(EDITABLE)}")
        new = _clean(fields)
        done = []
        with self._ledger.event("edit", actor=actor, reason=reason, document=document) as pen:
            for number in dict.fromkeys(numbers):
                entry = self.entry(number)
                changes = _merged(entry, new)
                if ground:
                    changes["ground"] = scrubbed_ground(entry.ground._replace(**ground))
                after = entry._replace(**changes)
                if after.since and after.until and after.until < after.since:
                    days = f"its last day, {after.until}, is before its first, {after.since}"
                    raise Refused(f"{shown_id(number)}: {days}", "change the one that is wrong, or both")
                done.append((entry, pen.change(entry, **changes)))
        return done

    def undo(self, seq: int, *, actor: str, reason: str = "") -> Undone:
        """Take back what an event entered and changed, as far as nothing came after that still holds.

        Nothing is deleted: what it entered becomes `discarded`, what it changed gets back what
        it held. An undo can be undone in the same way. Raises `Refused`.
        """
        store, names = self._ledger.store, self._ledger.names
        with self._ledger.event(UNDO, actor=actor, reason=scrubbed(reason), subject=seq) as pen:
            if store.one("SELECT 1 FROM events WHERE seq = ?", (seq,)) is None:
                raise Refused(f"there is no event {seq}", "list them with: urlguard registry history")
            kept: list[int] = []
            later = self._later(seq)
            reverted = 0
            for number, before, fields in self._batches(_CHANGED, seq):
                if later(number):
                    kept.append(number)
                    continue
                held = restored(json.loads(fields)) if fields else {}
                reverted += self._changed(pen, self.entry(number), {"state": names.word(before), **held})
            discarded = self._discard(pen, seq, kept, later)
        event = pen.seq if pen.written else None
        return Undone(event, discarded, reverted, tuple(kept))

    def _later(self, seq: int) -> Callable[[int], bool]:
        """Return what tells whether an entry was changed after an event; what was undone does not count."""
        store = self._ledger.store
        changes = "SELECT seq FROM changes WHERE entry = ? AND seq > ? ORDER BY seq"
        undos = "SELECT seq, subject FROM events WHERE action = ? AND seq > ?"
        undone: dict[int, int] = dict(store.all(undos, (UNDO, seq)))

        def later(number: int) -> bool:
            held: list[int] = []
            for (at,) in store.all(changes, (number, seq)):
                if undone.get(at) in held:
                    held.remove(undone[at])
                else:
                    held.append(at)
            return bool(held)

        return later

    def _discard(self, pen: Pen, seq: int, kept: list[int], later: Callable[[int], bool]) -> int:
        store, names = self._ledger.store, self._ledger.names
        count = 0
        quiet = store.one("SELECT 1 FROM changes WHERE seq > ? LIMIT 1", (seq,)) is None
        for row in self._batches(_BORN, seq):
            entry = names.entry(row[1:])
            if not quiet and later(entry.id):
                kept.append(entry.id)
            else:
                count += self._changed(pen, entry, {"state": DISCARDED})
        return count

    def _batches(self, sql: str, seq: int) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query about an event, a batch at a time: what is read may change meanwhile."""
        last = -1
        while rows := self._ledger.store.all(sql, (seq, last, _BATCH)):
            yield from rows
            last = rows[-1][0]

    def _changed(self, pen: Pen, entry: Entry, fields: Mapping[str, Any]) -> int:
        return int(pen.change(entry, **fields) != entry)


def _clean(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return fields with personal data masked."""
    clean: dict[str, Any] = {}
    for name, value in fields.items():
        if isinstance(value, Ground):
            clean[name] = scrubbed_ground(value)
        else:
            clean[name] = scrubbed_values(value)
    return clean


def _merged(entry: Entry, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return fields as an entry holds them; details are laid over those it has, also within tables."""
    merged = dict(fields)
    if "details" in merged:
        details = dict(entry.record().details)
        for name, value in merged["details"].items():
            held = details.get(name)
            if isinstance(value, Mapping) and isinstance(held, Mapping):
                value = {**held, **value}  # noqa: PLW2901  (what it becomes)
            details[name] = value
        merged["details"] = packed(
            {name: value for name, value in details.items() if value not in ("", None)}
        )
    return merged
