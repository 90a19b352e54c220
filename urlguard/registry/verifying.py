"""Whether the registry is what was written to it: pages, chain, digest, history.

SQLite's own check looks at the structure of its trees. Here every page's checksum is read,
every event must follow from the one before, the entries must add up to the digest that the
last event sealed, and each entry's history must lead to the state it is in.
"""

from collections import Counter
from dataclasses import dataclass

from urlguard.registry.journal import MODULUS, ChangesDigest, broken_links, entry_hash, from_blob
from urlguard.registry.rows import COLUMNS, Names, shown_id
from urlguard.registry.searching import Searching
from urlguard.registry.store import Store


@dataclass(frozen=True, slots=True)
class Finding:
    """One check, and what it found."""

    check: str
    """`pages`, `chain`, `changes`, `digest`, `history`."""
    good: bool
    what: str


def findings(store: Store, names: Names, searching: Searching) -> list[Finding]:
    """Run every check on one state of the registry. Raises `Damaged` when it cannot even be read."""
    faults = store.faults()
    if faults:
        return [Finding("pages", good=False, what="; ".join(faults[:3]))]
    with store.snapshot():
        return [
            Finding("pages", good=True, what=""),
            _chain(searching),
            _changes(store, names, searching),
            _digest(store, names, searching),
            _history(store),
        ]


def _chain(searching: Searching) -> Finding:
    broken = broken_links(searching.events())
    return Finding(
        "chain", not broken, f"event {broken[0]} does not follow from the one before" if broken else ""
    )


def _changes(store: Store, names: Names, searching: Searching) -> Finding:
    sums: dict[int, ChangesDigest] = {}
    for entry, seq, before, after, fields in store.rows(
        "SELECT entry, seq, before, after, fields FROM changes"
    ):
        word = names.word(before) if before is not None else None
        sums.setdefault(seq, ChangesDigest()).add(entry, word, names.word(after), fields)
    none = ChangesDigest()
    for event in searching.events():
        found = sums.pop(event.seq, none)
        if (found.count, found.blob()) != (event.changed, event.changes):
            return Finding(
                "changes", good=False, what=f"event {event.seq} wrote other changes than stand here"
            )
    return Finding("changes", not sums, f"changes of unknown events: {sorted(sums)[:3]}" if sums else "")


def _digest(store: Store, names: Names, searching: Searching) -> Finding:
    total = 0
    born: Counter[int] = Counter()
    for row in store.rows(f"SELECT {COLUMNS} FROM entries"):  # noqa: S608  (our own column names)
        entry = names.entry(row)
        total += entry_hash(entry.values())
        born[entry.born] += 1
    last = None
    for event in searching.events():
        last = event
        if born.pop(event.seq, 0) != event.born:
            return Finding(
                "digest", good=False, what=f"event {event.seq} entered {event.born:,} entries, other are here"
            )
    sealed = from_blob(last.digest) if last else 0
    if total % MODULUS != sealed or born:
        return Finding("digest", good=False, what="the entries are not those that the last event sealed")
    return Finding("digest", good=True, what="")


def _history(store: Store) -> Finding:
    """Each entry's changes follow on each other, from the state it was born in to the one it is in."""
    sql = (
        "SELECT c.entry, c.before, c.after, n.state, b.state FROM changes c "
        "JOIN entries n ON n.id = c.entry JOIN events b ON b.seq = n.born ORDER BY c.entry, c.seq"
    )
    at, state, now = None, None, None
    for entry, before, after, current, born in store.rows(sql):
        if entry != at:
            if at is not None and state != now:
                return _broken(at)
            at, state, now = entry, born, current
            if before is None:
                state = after
                continue
        if before != state:
            return _broken(entry)
        state = after
    if at is not None and state != now:
        return _broken(at)
    quiet = (
        "SELECT n.id FROM entries n JOIN events b ON b.seq = n.born WHERE n.state IS NOT b.state "
        "AND NOT EXISTS (SELECT 1 FROM changes c WHERE c.entry = n.id) LIMIT 1"
    )
    row = store.one(quiet)
    return _broken(row[0]) if row else Finding("history", good=True, what="")


def _broken(number: int) -> Finding:

    return Finding(
        "history", good=False, what=f"the history of {shown_id(number)} does not lead to its state"
    )
