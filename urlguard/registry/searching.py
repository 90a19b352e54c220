"""Questions about what stands in the registry, today or on a day in the past."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, Final

from urlguard.errors import Refused
from urlguard.record import Change, Effect, Record
from urlguard.registry.filters import EVERYTHING, Filter
from urlguard.registry.journal import Event
from urlguard.registry.keys import Named
from urlguard.registry.ledger import restored
from urlguard.registry.matching import Standing, day, moment, standing
from urlguard.registry.rows import COLUMNS, EVENT_COLUMNS, Entry, Names, history_of, shapes, shown_id
from urlguard.registry.states import States
from urlguard.registry.store import Store

_DAY: Final = 86_400


class Searching:
    """Reads one registry."""

    def __init__(self, store: Store, names: Names, states: States, clock: Any) -> None:  # noqa: ANN401  (a callable)
        """Read from `store`; `clock` gives seconds since 1970."""
        self._store = store
        self._names = names
        self._states = states
        self._clock = clock
        self._events: dict[int, Event] = {}

    # One entry

    def entry(self, number: int) -> Entry:
        """Return an entry by its number. Raises `Refused` when there is none."""
        row = self._store.one(f"SELECT {COLUMNS} FROM entries WHERE id = ?", (number,))  # noqa: S608  (our own names)
        if row is None:
            raise Refused(
                f"there is no entry {shown_id(number)}", "look for it with: urlguard registry find TEXT"
            )
        return self._names.entry(row)

    def same(self, named: Named, in_list: str) -> Entry | None:
        """Return the entry of a list that covers just this; None when there is none."""
        sql = (
            f"SELECT {COLUMNS} FROM entries WHERE anchor = ? AND list = (SELECT id FROM lists WHERE name = ?)"  # noqa: S608
        )
        for row in self._store.all(sql, (named.anchor, in_list)):
            entry = self._names.entry(row)
            if (entry.kind, entry.match, entry.key) == named[:3]:
                return entry
        return None

    def beside(self, host: str, most: int) -> list[Entry]:
        """Return the first pages of a host that are entered, at most `most`."""
        sql = f"SELECT {COLUMNS} FROM entries WHERE anchor > ? AND anchor < ? ORDER BY anchor LIMIT ?"  # noqa: S608  (as above)
        return [self._names.entry(row) for row in self._store.all(sql, (f"{host}/", f"{host}0", most))]

    def history(self, entry: Entry) -> tuple[Change, ...]:
        """Return all that happened to an entry, oldest first. Raises `Damaged` when a step is missing."""
        past = history_of(entry.past)
        sql = (
            "SELECT c.before, c.after, e.seq, e.at, e.actor, e.action, e.reason, e.document "
            "FROM changes c JOIN events e ON e.seq = c.seq WHERE c.entry = ? ORDER BY c.seq"
        )
        steps = self._store.all(sql, (entry.id,))
        found = list(past)
        if not past and not any(row[0] is None for row in steps):
            born = self.event(entry.born)
            if born is None:
                raise self._store.damaged(f"the event that entered {shown_id(entry.id)} is not there")
            found.append(_change(born, "", born.state))
        for before, after, _, at, actor, action, reason, document in steps:
            if before is None and past:
                continue  # it came with its history: how it came here is told by the events
            found.append(Change(
                moment(at), actor, action, self._names.word(before), self._names.word(after), reason, document
            ))  # fmt: skip
        if not past and any(step.before != last.after for last, step in pairwise(found)):
            raise self._store.damaged(f"a step of {shown_id(entry.id)} is not there")
        return tuple(found)

    def edits(self, entry: Entry) -> list[dict[str, tuple[Any, Any]]]:
        """Return what each step of `history` changed but the state: field -> before and after."""
        sql = "SELECT fields FROM changes WHERE entry = ? AND before IS NOT NULL ORDER BY seq DESC"
        now = entry._asdict()
        found: list[dict[str, tuple[Any, Any]]] = []
        for (fields,) in self._store.all(sql, (entry.id,)):
            held = restored(json.loads(fields)) if fields else {}
            found.append({name: (value, now[name]) for name, value in held.items()})
            now.update(held)
        return [{}] * (len(self.history(entry)) - len(found)) + found[::-1]

    def record(self, entry: Entry) -> Record:
        """Return an entry with its history."""
        return entry.record(self.history(entry))

    def as_of(self, entry: Entry, end: int) -> Entry | None:
        """Return an entry as it stood at a moment; None when it was not there yet.

        What came before a step counts as done with it: a clock that was years ahead for one
        event does not undo what was written after it.
        """
        sql = (
            "SELECT e.at, c.before, c.fields FROM changes c JOIN events e ON e.seq = c.seq "
            "WHERE c.entry = ? ORDER BY c.seq DESC"
        )
        for at, before, fields in self._store.all(sql, (entry.id,)):
            if at <= end:
                return entry
            if before is not None:
                held = restored(json.loads(fields)) if fields else {}
                entry = entry._replace(state=self._names.word(before), **held)
        return entry if self._names.born_at(entry.born) <= end else None

    # Events

    def event(self, seq: int) -> Event | None:
        """Return an event."""
        if seq in self._events:
            return self._events[seq]
        row = self._store.one(f"SELECT {EVENT_COLUMNS} FROM events WHERE seq = ?", (seq,))  # noqa: S608  (our own names)
        if row is None:
            return None
        return self._events.setdefault(seq, self._names.event(row))  # an event never changes

    def events(self, *, newest_first: bool = False) -> Iterator[Event]:
        """Yield all events. Raises `Damaged` when one is missing."""
        order = "DESC" if newest_first else "ASC"
        last: int | None = None if newest_first else 0
        for row in self._store.rows(f"SELECT {EVENT_COLUMNS} FROM events ORDER BY seq {order}"):  # noqa: S608  (our own names)
            if last is not None and abs(row[0] - last) != 1:
                raise self._store.damaged(f"an event beside {row[0]} is not there")
            last = row[0]
            yield self._names.event(row)

    # Many entries

    def entries(self, wanted: Filter = EVERYTHING, end: int | None = None) -> Iterator[Entry]:
        """Yield the entries that are wanted, by id; `end`: as they stood at that moment.

        Raises `Damaged` when not all are there, as far as all are read.
        """
        there = sum(shapes(self._store).values())
        where, values = wanted.where(past=end is not None)
        sql = f"SELECT {COLUMNS} FROM entries{where} ORDER BY id"  # noqa: S608  (our own names; values are bound)
        read = 0
        for row in self._store.rows(sql, values):
            read += 1
            entry: Entry | None = self._names.entry(row)
            if end is not None and entry is not None:
                entry = self.as_of(entry, end)
            if entry is not None and self._wanted(entry, wanted, end):
                yield entry
        if read < there and not where:
            raise self._store.damaged(f"{there - read:,} of {there:,} entries are not there")

    def allowing(self, end: int | None = None) -> list[Entry]:
        """Return the allow records that are in force, today or at a moment."""
        rows = self._store.all(f"SELECT {COLUMNS} FROM entries WHERE effect IS NOT NULL ORDER BY id")  # noqa: S608  (our own names)
        entries = map(self._names.entry, rows)
        held = [entry if end is None else self.as_of(entry, end) for entry in entries]
        return [entry for entry in held if entry and self.today(entry, end)[1] is Standing.ALLOWS]

    def _wanted(self, entry: Entry, wanted: Filter, end: int | None) -> bool:
        state, does = self.today(entry, end)
        return (
            wanted.state in {"", state, entry.state}
            and wanted.category in {"", entry.category}
            and wanted.kind in {"", entry.kind.value}
            and wanted.brand in {"", entry.brand}
            and wanted.number in {"", entry.ground.number}
            and wanted.standing in {"", does.value}
        )

    def today(self, entry: Entry, end: int | None = None) -> tuple[str, Standing]:
        """Return the state an entry is in and what it does, today or at a moment."""
        when = day(self._clock() if end is None else end)
        return standing(self._states.effects, entry.state, entry.effect, entry.since, entry.until, when)

    def since(self, entry: Entry) -> str:
        """Return the first day an entry is in force."""
        return entry.since or day(self._names.born_at(entry.born))

    def stats(self, end: int | None = None, wanted: Filter = EVERYTHING) -> dict[str, Counter[str]]:
        """Return how many entries there are, by each name of `STATS`."""
        counts: dict[str, Counter[str]] = {name: Counter() for name in STATS}
        alike = self._alike(wanted) if end is None else ((entry, 1) for entry in self.entries(wanted, end))
        for entry, count in alike:
            state, does = self.today(entry, end)
            counts["state"][state] += count
            counts["standing"][does.value] += count
            counts["category"][entry.category] += count
            counts["ground"][entry.ground.type] += count
            counts["kind"][entry.kind.value] += count
            counts["list"][entry.list] += count
            counts["month"][self.since(entry)[:7]] += count
            if entry.brand:
                counts["brand"][entry.brand] += count
        return counts

    def _alike(self, wanted: Filter) -> Iterator[tuple[Entry, int]]:
        """Yield one entry for all that differ only in what they cover, and how many they are.

        Raises `Damaged` when not all are there.
        """
        there = sum(shapes(self._store).values())
        where, values = wanted.where(past=False)
        sql = f"SELECT {_ALIKE}, count(*) FROM entries{where} GROUP BY {_ALIKE}"  # noqa: S608  (our own names)
        for *row, count in self._store.rows(sql, values):
            kind, in_list, state, effect, since, until, category, ground, brand, born = row
            entry = self._names.entry((
                "", 0, None, None, kind, 0, in_list, state, effect, since, until, category, ground, brand,
                None, None, None, born,
            ))  # fmt: skip
            there -= count
            if self._wanted(entry, wanted, None):
                yield entry, count
        if there > 0 and not where:
            raise self._store.damaged(f"{there:,} entries are not there")

    # Lists

    def lists(self) -> list[tuple[str, Mapping[str, Any], int, int]]:
        """Return name, settings, number of entries and number of quarantined values of each list."""
        sql = (
            "SELECT l.name, l.settings, (SELECT count(*) FROM entries e WHERE e.list = l.id), "
            "(SELECT count(*) FROM quarantine q WHERE q.list = l.id) FROM lists l ORDER BY l.name"
        )
        return [
            (name, json.loads(settings), count, held) for name, settings, count, held in self._store.all(sql)
        ]

    def by_list(self) -> dict[str, Counter[str]]:
        """Return how many entries of each list do what today, by `Standing`; one walk over all entries."""
        sql = "SELECT list, state, effect, since, until, count(*) FROM entries GROUP BY 1, 2, 3, 4, 5"
        today = day(self._clock())
        counts: dict[str, Counter[str]] = {}
        for in_list, state, effect, since, until, count in self._store.all(sql):
            kind = Effect.ALLOW if effect else Effect.BLOCK
            word = self._names.word(state)
            does = standing(self._states.effects, word, kind, since or "", until or "", today)[1]
            counts.setdefault(self._names.list(in_list), Counter())[does.value] += count
        return counts

    def quarantine(self, name: str) -> list[tuple[str, str, str]]:
        """Return value, code and hits of what a list asked for and was held back."""
        sql = (
            "SELECT value, code, hits FROM quarantine "
            "WHERE list = (SELECT id FROM lists WHERE name = ?) ORDER BY value"
        )
        return [(value, code, hits) for value, code, hits in self._store.all(sql, (name,))]


_ALIKE: Final = "kind, list, state, effect, since, until, category, ground, brand, born"
STATS: Final = ("standing", "state", "category", "ground", "kind", "list", "brand", "month")





def _change(event: Event, before: str, after: str) -> Change:
    return Change(moment(event.at), event.actor, event.action, before, after, event.reason, event.document)
