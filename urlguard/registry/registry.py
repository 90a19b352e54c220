"""A registry as a program uses it: one file, the rules it goes by, everything one can do.

Reading opens the file for reading only; the first change opens it for writing and creates it
when it is missing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from urlguard.errors import Damaged, RegistryError
from urlguard.packs.book import Book
from urlguard.record import BadRow, Row
from urlguard.registry import backups, files
from urlguard.registry.anchors import Anchors
from urlguard.registry.cardkey import card_secret, secret_path
from urlguard.registry.changing import Changing, Undone
from urlguard.registry.importing import Importer, Reject, Report, Terms
from urlguard.registry.keys import Keys
from urlguard.registry.ledger import BEHIND, Ledger, last_event
from urlguard.registry.lookup import Lookup
from urlguard.registry.opening import lookup_of, reader_of
from urlguard.registry.rows import Entry, Names, shapes
from urlguard.registry.searching import Searching
from urlguard.registry.sqlite import RESTORE
from urlguard.registry.states import States
from urlguard.registry.store import Store, now
from urlguard.registry.verifying import Finding, findings


class Registry:
    """One registry. Not to be shared between threads; `lookup` may be.

    Raises `RegistryError`, `Refused` and `Damaged` as its parts do.
    """

    def __init__(self, path: Path, book: Book, *, clock: Callable[[], int] = now) -> None:
        """Open nothing yet. `clock` gives seconds since 1970."""
        self.path = files.real(path)
        self._book = book
        self._clock = clock
        self._store: Store | None = None
        self._writes = False
        self.on_clock_behind: Callable[[int, int], None] | None = None
        """Called before a first write by a clock behind the last event, with both their times."""
        self.states = States(book["registry"]["states"])
        self.reader = reader_of(book)

    # What is open

    def store(self, *, write: bool = False) -> Store:
        """Return the open file, opened again for writing when it has to be."""
        if self._store is None or (write and not self._writes):
            self.close()
            store = Store(self.path, write=write)
            if write:
                try:
                    backups.back_up_daily(store)
                except BaseException:
                    store.close()
                    raise
            self._store, self._writes = store, write
            if write and self.on_clock_behind is not None:
                behind = Ledger(store, self._clock).behind()
                if behind > BEHIND:
                    self.on_clock_behind(self._clock(), self._clock() + behind)
        return self._store

    def close(self) -> None:
        """Close the file."""
        if self._store is not None:
            self._store.close()
        self._store = None
        self._writes = False

    def ledger(self) -> Ledger:
        """Return the way to write."""
        return Ledger(self.store(write=True), self._clock)

    def searching(self) -> Searching:
        """Return the way to read."""
        store = self.store()
        return Searching(store, Names(store), self.states, self._clock)

    def changing(self) -> Changing:
        """Return the way to change what is there."""
        return Changing(self.ledger(), self.states)

    @cached_property
    def lookup(self) -> Lookup:
        """What a guard asks."""
        return lookup_of(self.path, self._book, self._clock)

    def keys(self, *, cards: bool = False) -> Keys:
        """Return the reader of values; `cards`: make the key of the card hashes when there is none."""
        anchors = Anchors(self._book["registry"].get("tracking", ()), card_secret(self.path))
        return Keys(self.reader, anchors, self._made_secret if cards else None)

    def _made_secret(self) -> bytes | None:
        """Make the key of the card hashes, but never a second one: cards under the first would be lost."""
        if self.path.exists() and shapes(self.store()).get("card.exact"):
            what = f"{secret_path(self.path)}: the key of the card hashes is not there, or may not be read"
            raise RegistryError(what, "put it back beside the registry: no card is found or entered without")
        return card_secret(self.path, make=True)

    # What one does

    def take(
        self,
        rows: Iterable[Row | BadRow],
        terms: Terms,
        *,
        poison: Callable[..., Any],
        category: Callable[[str], str] = lambda _: "",
        told: Callable[[Reject], None] | None = None,
        judge: Callable[[Report, int], None] | None = None,
        cards: bool = False,
    ) -> Report:
        """Take rows in, as `Importer.take` does.

        A preview writes nothing, but makes the file when it is missing.
        """
        importer = Importer(self.ledger(), self.keys(cards=cards), self.states, poison, category)
        return importer.take(rows, terms, told, judge)

    def undo(self, seq: int, *, actor: str, reason: str = "") -> Undone:
        """Take an event back."""
        return self.changing().undo(seq, actor=actor, reason=reason)

    def step(
        self,
        numbers: Sequence[int],
        state: str,
        *,
        actor: str,
        reason: str = "",
        document: str = "",
        fields: Mapping[str, Any] | None = None,
    ) -> list[Entry]:
        """Lead entries to a state."""
        return self.changing().step(
            numbers, state, actor=actor, reason=reason, document=document, fields=fields
        )

    def configure(self, name: str, settings: Mapping[str, Any], *, actor: str) -> None:
        """Keep what is known of a list: title, url, licence, trust, etag, checksum, last update."""
        import json  # noqa: PLC0415

        ledger = self.ledger()
        with ledger.store.writing():
            number = ledger.names.list_number(name)
            text = json.dumps(dict(settings), ensure_ascii=False, sort_keys=True)
            ledger.store.run("UPDATE lists SET settings = ? WHERE id = ?", (text, number))
        del actor

    def verify(self) -> list[Finding]:
        """Check everything, as it lies on the disk and not as this process remembers it."""
        store = Store(self.path)
        try:
            names = Names(store)
            return findings(store, names, Searching(store, names, self.states, self._clock))
        finally:
            store.close()

    def head(self) -> str:
        """Return the hash of the last event: two registries with one head have one history."""
        store = self.store()
        event = last_event(store, Names(store))
        return event.hash.hex() if event else ""

    def back_up(self, target: Path | None = None) -> backups.Backup:
        """Copy the registry."""
        return backups.back_up(self.store(), target)

    def restore(self, copy: Path | None = None) -> tuple[Path, Path | None]:
        """Put back a copy, the newest good one when none is named; return it and what was put aside."""
        self.close()
        for path in [copy] if copy else backups.backups(self.path):
            if copy is not None or self._good(path):
                return path, backups.put_back(self.path, path)
        mend = f"name a copy: {RESTORE} FILE"
        raise RegistryError(f"{backups.folder(self.path)}: there is no good copy to go back to", mend)

    def _good(self, path: Path) -> bool:
        other = Registry(path, self._book, clock=self._clock)
        try:
            return all(finding.good for finding in other.verify())
        except (Damaged, RegistryError):
            return False
        finally:
            other.close()
