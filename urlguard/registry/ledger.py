"""The only way into the registry: every write is one event, whole or not at all.

A write takes the only writer's place, changes entries, keeps the digest over all of them,
writes down what was before, and seals all that with one event in the hash chain.
"""

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Final

from urlguard.record import Effect, Ground
from urlguard.registry.journal import MODULUS, ChangesDigest, Event, entry_hash, from_blob, text_hash, to_blob
from urlguard.registry.numbers import Numbers
from urlguard.registry.privacy import scrubbed
from urlguard.registry.rows import BARE, COLUMNS, EVENT_COLUMNS, Entry, Names, first_id, shapes
from urlguard.registry.store import Store, now

BEHIND: Final = 86_400
"""From how many seconds a clock behind the last event is worth a word."""
_INSERT: Final = f"INSERT INTO entries({COLUMNS}) VALUES({','.join('?' * 18)})"
_SHAPES: Final = "shapes"


class Ledger:
    """Writes events to one store."""

    def __init__(self, store: Store, clock: Callable[[], int] = now) -> None:
        """Write to `store`; `clock` gives seconds since 1970."""
        self.store = store
        self.names = Numbers(store)
        self.clock = clock

    @contextmanager
    def event(
        self,
        action: str,
        *,
        actor: str,
        reason: str = "",
        document: str = "",
        list_name: str = "",
        state: str = "",
        subject: int | None = None,
    ) -> Iterator["Pen"]:
        """Write what the block enters and changes as one event; nothing when it raises.

        A block that enters and changes nothing leaves no event. `state` is the state most of
        its new entries begin in.
        """
        try:
            with self.store.writing():
                head = last_event(self.store, self.names)
                seq = head.seq + 1 if head else 1
                draft = Event(
                    seq,
                    self.clock(),
                    scrubbed(actor),
                    action,
                    scrubbed(reason),
                    scrubbed(document),
                    list_name,
                    state,
                    subject,
                    0,
                    0,
                    b"",
                    b"",
                )
                pen = Pen(self.store, self.names, draft, from_blob(head.digest) if head else 0)
                yield pen
                pen.seal(head.hash if head else b"")
        except BaseException:
            self.names.forget()
            raise

    def behind(self) -> int:
        """Return by how many seconds the clock is behind the last event; 0 when it is not."""
        head = last_event(self.store, self.names)
        return max(head.at - self.clock(), 0) if head else 0


class Pen:
    """Enters and changes entries within one event."""

    def __init__(self, store: Store, names: Numbers, draft: Event, digest: int) -> None:
        """Begin an event on top of what stands."""
        self.seq = draft.seq
        self.born = 0
        self._store = store
        self._names = names
        self._draft = draft
        self._digest = digest
        self._changes = ChangesDigest()
        self._forced = False
        self._shapes: dict[str, int] = shapes(store)
        year = min(max(time.gmtime(draft.at).tm_year, 1970), 9999)
        self._ids = range(first_id(year), first_id(year + 1))
        top = store.one("SELECT max(id) FROM entries WHERE id BETWEEN ? AND ?", (self._ids[0], self._ids[-1]))
        self._next: int = top[0] + 1 if top and top[0] else self._ids[0]

    @property
    def written(self) -> int:
        """How many entries were entered or changed."""
        return self.born + self._changes.count

    def enter(self, entry: Entry) -> Entry:
        """Enter a new entry under the next id; its `id` and `born` are given here."""
        entry = entry._replace(id=entry.id or self._next, born=self.seq)
        if entry.id in self._ids:
            self._next = max(self._next, entry.id + 1)
        self._store.run(_INSERT, self._names.row(entry))
        self._digest += entry_hash(entry.values())
        self.born += 1
        self._count(entry)
        if entry.state != self._draft.state:
            self._note(entry.id, None, entry.state, None)
        return entry

    def enter_alike(self, model: Entry, keys: Iterable[tuple[str, str | None, str | None]]) -> int:
        """Enter one entry for each `(anchor, key, value)`, in all else like `model`; return how many.

        The way of large lists: the state of all is the event's, and nothing is looked up twice.
        """
        first = self._next
        row = self._names.row(model._replace(born=self.seq))
        values = model._replace(born=self.seq).values()
        tail = "\x00".join("" if value is None else str(value) for value in values[4:])
        self._store.run_many(_INSERT, self._alike(row[4:], tail, keys, bare=model.kind in BARE))
        count = self._next - first
        self.born += count
        self._count(model, count)
        return count

    def _alike(
        self,
        rest: tuple[Any, ...],
        tail: str,
        keys: Iterable[tuple[str, str | None, str | None]],
        *,
        bare: bool,
    ) -> Iterator[tuple[Any, ...]]:
        number = self._next
        digest = 0
        for anchor, key, value in keys:
            whole = key if key is not None else anchor if bare else anchor.partition(":")[2]
            shown = value if value is not None else whole
            digest += text_hash(f"{anchor}\x00{number}\x00{whole}\x00{shown}\x00{tail}")
            yield (anchor, number, key, value, *rest)
            number += 1
        self._next = number
        self._digest += digest

    def change(self, before: Entry, **new: Any) -> Entry:  # noqa: ANN401  (fields of Entry)
        """Change fields of an entry, and write down what they held."""
        after = before._replace(**new)
        changed = {name for name in new if getattr(before, name) != getattr(after, name)}
        if not changed:
            return before
        columns = self._names.row(after)
        names = COLUMNS.split(", ")
        kept = [at for at, name in enumerate(names) if name in changed]
        sets = ", ".join(f"{names[at]} = ?" for at in kept)
        sql = f"UPDATE entries SET {sets} WHERE anchor = ? AND id = ?"  # noqa: S608  (our own column names)
        self._store.run(sql, (*(columns[at] for at in kept), before.anchor, before.id))
        self._digest += entry_hash(after.values()) - entry_hash(before.values())
        fields = {name: getattr(before, name) for name in sorted(changed - {"state"})}
        text = json.dumps(fields, ensure_ascii=False, separators=(",", ":")) if fields else None
        self._note(before.id, before.state, after.state, text)
        return after

    def keep(self) -> None:
        """Write the event even when no entry changes: something else of note happened."""
        self._forced = True

    def _note(self, entry: int, before: str | None, after: str, fields: str | None) -> None:
        sql = "INSERT INTO changes(entry, seq, before, after, fields) VALUES(?,?,?,?,?)"
        number = self._names.number
        self._store.run(sql, (entry, self.seq, number(before) if before else None, number(after), fields))
        self._changes.add(entry, before, after, fields)

    def _count(self, entry: Entry, count: int = 1) -> None:
        shape = f"{entry.kind.value}.{entry.match.value}"
        self._shapes[shape] = self._shapes.get(shape, 0) + count

    def seal(self, before: bytes) -> None:
        """Write the event, chained to the hash before it."""
        if not self.written and not self._forced:
            return
        event = replace(
            self._draft, born=self.born, changed=self._changes.count, changes=self._changes.blob(),
            digest=to_blob(self._digest % MODULUS),
        )  # fmt: skip
        event = replace(event, hash=event.sealed(before))
        names = self._names
        sql = f"INSERT INTO events({EVENT_COLUMNS}) VALUES({','.join('?' * 14)})"
        self._store.run(sql, (
            event.seq, event.at, event.actor, event.action, event.reason, event.document,
            names.list_number(event.list) if event.list else None, names.number(event.state), event.subject,
            event.born,
            event.changed, event.changes, event.digest, event.hash,
        ))  # fmt: skip
        text = json.dumps(self._shapes, separators=(",", ":"), sort_keys=True)
        self._store.run("INSERT OR REPLACE INTO meta(name, value) VALUES(?, ?)", (_SHAPES, text))


def restored(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return fields of an entry from what `changes` keeps of them."""
    values = dict(fields)
    if "ground" in values:
        values["ground"] = Ground(*values["ground"])
    if "effect" in values:
        values["effect"] = Effect(values["effect"])
    return values


def last_event(store: Store, names: Names) -> Event | None:
    """Return the newest event, None when nothing was ever written."""
    row = store.one(f"SELECT {EVENT_COLUMNS} FROM events ORDER BY seq DESC LIMIT 1")  # noqa: S608  (our own column names)
    return names.event(row) if row else None
