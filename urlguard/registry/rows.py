"""Records as the tables hold them: what repeats is a number there, and a word everywhere else."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from urlguard.model import Kind
from urlguard.registry.store import Store
from urlguard.scope import NO_GROUND, Effect, Ground, Match

if TYPE_CHECKING:
    from urlguard.record import Change, Record
    from urlguard.registry.journal import Event, Values

KINDS: Final = tuple(Kind)
MATCHES: Final = tuple(Match)
"""A kind or match is stored as its place here; both enumerations only ever grow at their end."""
BARE: Final = frozenset({Kind.URL, Kind.HOST})
"""Kinds whose anchor does not begin with their name."""
YEAR: Final = 100_000_000
"""Ids of one year: the most there can be."""
_ID: Final = re.compile(r"KN-(\d{4})-(\d{1,8})", re.ASCII)
COLUMNS: Final = (
    "anchor, id, key, value, kind, match, list, state, effect, since, until, category, ground, brand, note, "
    "details, past, born"
)


class Entry(NamedTuple):
    """A row of `entries`, with words for the numbers in `names`, `lists` and `grounds`."""

    anchor: str
    id: int
    key: str
    value: str
    kind: Kind
    match: Match
    list: str
    state: str
    effect: Effect
    since: str
    until: str
    category: str
    ground: Ground
    brand: str
    note: str
    details: str
    """JSON; empty for none."""
    past: str
    born: int

    def values(self) -> "Values":
        """Return what `journal.entry_hash` takes."""
        effect = "" if self.effect is Effect.BLOCK else self.effect.value
        return (
            self.anchor, self.id, self.key, self.value, self.kind.value, self.match.value, self.list,
            self.state, effect, self.since, self.until, self.category, ground_text(self.ground), self.brand,
            self.note, self.details, self.past, self.born,
        )  # fmt: skip

    def record(self, history: "tuple[Change, ...]" = ()) -> "Record":
        """Return the record this row is."""
        from urlguard.record import Record  # noqa: PLC0415  (a lookup makes none)

        details: Mapping[str, Any] = json.loads(self.details) if self.details else {}
        return Record(
            self.kind, self.match, self.key, self.value, self.state, self.effect, self.list, self.category,
            self.ground, self.since, self.until, self.brand, self.note, details, shown_id(self.id), history,
        )  # fmt: skip


def ground_text(ground: Ground) -> str:
    """Return a ground as one text, empty for none; equal grounds give equal texts."""
    return "" if ground == NO_GROUND else "\x01".join(ground)


def shown_id(number: int) -> str:
    """Return the id a person sees.

    >>> shown_id(202600000017)
    'KN-2026-000017'
    """
    return f"KN-{number // YEAR:04d}-{number % YEAR:06d}"


def read_id(text: str) -> int | None:
    """Return the number of a shown id, in any case and with any zeros; None when it is none.

    >>> read_id("kn-2026-17")
    202600000017
    """
    found = _ID.fullmatch(text.strip().upper())
    return int(found[1]) * YEAR + int(found[2]) if found else None


def names(said: Any, number: int, document: str) -> bool:  # noqa: ANN401  (JSON as a list brought it)
    """Tell whether `overrules` of an allow record names a record: by its id in any spelling, or its document.

    >>> names(["kn-2026-17"], 202600000017, ""), names("12-34/567", 202600000017, "12-34/567")
    (True, True)
    """
    listed = said if isinstance(said, list) else [said]
    texts = [text.strip() for text in listed if isinstance(text, str)]
    return (bool(document) and document in texts) or any(read_id(text) == number for text in texts)


def first_id(year: int) -> int:
    """Return the number of the first record of a year."""
    return year * YEAR + 1


def packed(details: Mapping[str, Any] | list[Any]) -> str:
    """Return plain JSON as it is stored: shortest, keys in order; empty for nothing."""
    return json.dumps(details, ensure_ascii=False, separators=(",", ":"), sort_keys=True) if details else ""


def packed_history(history: "tuple[Change, ...]") -> str:
    """Return a history as it is stored."""
    return packed([asdict(change) for change in history])


def history_of(text: str) -> "tuple[Change, ...]":
    """Return a stored history."""
    from urlguard.record import Change  # noqa: PLC0415  (a lookup reads none)

    return tuple(Change(**change) for change in json.loads(text)) if text else ()


class Names:
    """The words behind the numbers of one store, read once and looked up again when unknown."""

    def __init__(self, store: Store) -> None:
        """Begin with nothing read."""
        self.store = store
        self._words: dict[int, str] = {}
        self._lists: dict[int, str] = {}
        self._grounds: dict[int, Ground] = {}
        self._event_days: dict[int, int] = {}

    def word(self, number: int | None) -> str:
        """Return the word of a number; empty for None."""
        if number is None:
            return ""
        if number not in self._words:
            self._words = dict(self.store.all("SELECT id, name FROM names"))
            if number not in self._words:
                raise self.store.damaged(f"the word {number} is not there")
        return self._words[number]

    def list(self, number: int | None) -> str:
        """Return the name of a list; empty for None."""
        if number is None:
            return ""
        if number not in self._lists:
            self._lists = dict(self.store.all("SELECT id, name FROM lists"))
            if number not in self._lists:
                raise self.store.damaged(f"the list {number} is not there")
        return self._lists[number]

    def ground(self, number: int | None) -> Ground:
        """Return a ground by its number."""
        if number is None:
            return NO_GROUND
        if number not in self._grounds:
            sql = "SELECT type, authority, number, date, court, court_date, article FROM grounds WHERE id = ?"
            row = self.store.one(sql, (number,))
            if row is None:
                raise self.store.damaged(f"the ground {number} is not there")
            self._grounds[number] = Ground(*row)
        return self._grounds[number]

    def born_at(self, seq: int) -> int:
        """Return when an event was, in seconds since 1970."""
        if seq not in self._event_days:
            row = self.store.one("SELECT at FROM events WHERE seq = ?", (seq,))
            if row is None:
                raise self.store.damaged(f"the event {seq} is not there")
            self._event_days[seq] = row[0]
        return self._event_days[seq]

    def entry(self, row: tuple[Any, ...]) -> Entry:
        """Return a row of `COLUMNS` with words for numbers. Raises `Damaged`."""
        try:
            return self._entry(row)
        except (TypeError, LookupError, AttributeError) as error:  # a row of another table, or none
            raise self.store.damaged("an entry is not one") from error

    def _entry(self, row: tuple[Any, ...]) -> Entry:
        anchor, number, key, value, kind, match, in_list, state, effect, since, until, category, ground = row[
            :13
        ]
        brand, note, details, past, born = row[13:]
        if (details or note or past or value) and _cut_off(value, note, details, past, born):
            raise self.store.damaged(f"the end of {shown_id(number)} is not there")
        key = anchor if key is None else key
        if key is anchor and KINDS[kind] not in BARE:
            key = anchor.partition(":")[2]
        return Entry(
            anchor, number, key, key if value is None else value, KINDS[kind], MATCHES[match],
            self.list(in_list), self.word(state), Effect.ALLOW if effect else Effect.BLOCK, since or "",
            until or "", self.word(category), self.ground(ground), self.word(brand), note or "",
            details or "", past or "", born,
        )  # fmt: skip

    def event(self, row: tuple[Any, ...]) -> "Event":
        """Return a row of `events` with words for numbers."""
        from urlguard.registry.journal import Event  # noqa: PLC0415  (a lookup reads no events)

        (
            seq,
            at,
            actor,
            action,
            reason,
            document,
            in_list,
            state,
            subject,
            born,
            changed,
            changes,
            digest,
            chain,
        ) = row
        return Event(
            seq, at, actor, action, reason, document, self.list(in_list), self.word(state), subject, born,
            changed,
            changes, digest, chain,
        )  # fmt: skip


def _cut_off(value: str | None, note: str | None, details: str | None, past: str | None, born: int) -> bool:
    """Tell whether the last page of a long row is all zeros: the one damage its checksum lets through."""
    return not born or any(text.endswith("\0") for text in (value, note, details, past) if text)


EVENT_COLUMNS: Final = (
    "seq, at, actor, action, reason, document, list, state, subject, born, changed, changes, digest, hash"
)


def shapes(store: Store) -> dict[str, int]:
    """Return how many entries there are of each `kind.match`: what a lookup need not ask for."""
    asked = "SELECT value FROM meta WHERE name = 'shapes'"
    row = store.one(asked)
    if row is None and store.one("SELECT 1 FROM events LIMIT 1") is not None:
        row = store.one(asked)  # the first event may have come in between
        if row is None:
            raise store.damaged("what kinds of records there are is not there")
    if row is None:
        return {}
    counted: dict[str, int] = json.loads(row[0])
    return counted
