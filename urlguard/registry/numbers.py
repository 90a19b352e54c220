"""Numbers for words, made when they are missing: the writing side of `rows`."""

from typing import Any

from urlguard.registry.rows import BARE, KINDS, MATCHES, Entry, Names
from urlguard.registry.store import Store
from urlguard.scope import NO_GROUND, Effect, Ground


class Numbers(Names):
    """The words of one store in both directions. New words are only made while writing."""

    def __init__(self, store: Store) -> None:
        """Begin with nothing read."""
        super().__init__(store)
        self._numbers: dict[tuple[str, Any], int] = {}

    def forget(self) -> None:
        """Forget what was read: a write that was rolled back may have made some of it."""
        self.__init__(self.store)  # type: ignore[misc]  # (the same empty tables)

    def number(self, word: str) -> int | None:
        """Return the number of a word; None for the empty one."""
        return self._numbered("names", "name", word) if word else None

    def list_number(self, name: str) -> int:
        """Return the number of a list."""
        return self._numbered("lists", "name", name)

    def _numbered(self, table: str, column: str, word: str) -> int:
        found = self._numbers.get((table, word))
        if found is None:
            row = self.store.one(f"SELECT id FROM {table} WHERE {column} = ?", (word,))  # noqa: S608  (our own names)
            if row is None:
                found = self.store.run(f"INSERT INTO {table}({column}) VALUES(?)", (word,))
            else:
                found = int(row[0])
            self._numbers[table, word] = found
        return found

    def ground_number(self, ground: Ground) -> int | None:
        """Return the number of a ground; None for no document at all."""
        if ground == NO_GROUND:
            return None
        found = self._numbers.get(("grounds", ground))
        if found is None:
            fields = "type, authority, number, date, court, court_date, article"
            values = tuple(ground)
            row = self.store.one(f"SELECT id FROM grounds WHERE ({fields}) = (?,?,?,?,?,?,?)", values)  # noqa: S608
            if row is None:
                found = self.store.run(f"INSERT INTO grounds({fields}) VALUES(?,?,?,?,?,?,?)", values)
            else:
                found = int(row[0])
            self._numbers["grounds", ground] = found
        return found

    def row(self, entry: Entry) -> tuple[Any, ...]:
        """Return an entry as a row of `COLUMNS`; writes words that are new."""
        own = entry.anchor if entry.kind in BARE else entry.anchor.partition(":")[2]
        return (
            entry.anchor,
            entry.id,
            None if entry.key == own else entry.key,
            None if entry.value == entry.key else entry.value,
            KINDS.index(entry.kind),
            MATCHES.index(entry.match),
            self.list_number(entry.list),
            self.number(entry.state),
            1 if entry.effect is Effect.ALLOW else None,
            entry.since or None,
            entry.until or None,
            self.number(entry.category),
            self.ground_number(entry.ground),
            self.number(entry.brand),
            entry.note or None,
            entry.details or None,
            entry.past or None,
            entry.born,
        )
