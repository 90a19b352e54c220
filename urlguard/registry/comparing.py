"""What a list brings against what stands: the difference, entered, changed or only counted."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from urlguard.model import Kind
from urlguard.record import Change, Effect, Ground, Match, Row
from urlguard.registry.ledger import Ledger, Pen
from urlguard.registry.privacy import scrubbed, scrubbed_ground, scrubbed_values
from urlguard.registry.rows import (
    COLUMNS,
    KINDS,
    MATCHES,
    YEAR,
    Entry,
    packed,
    packed_history,
    read_id,
    shown_id,
)
from urlguard.registry.states import DISCARDED, EXPIRED, States
from urlguard.registry.terms import Reject, Report, Terms

_BATCH: Final = 5_000
_STAGED: Final = "SELECT anchor, key, value, kind, match, line, rest FROM temp.staged ORDER BY "
_SORTED: Final = _STAGED + "anchor, kind, match, key, line"
_AS_GIVEN: Final = _STAGED + "line"
_SAME: Final = f"SELECT {COLUMNS} FROM entries WHERE anchor = ? AND list = ?"  # noqa: S608  (our own names)
_GONE: Final = (
    f"SELECT {COLUMNS} FROM entries WHERE list = ? AND id > ? AND born IS NOT ? "  # noqa: S608  (as above)
    "AND id NOT IN (SELECT id FROM temp.kept) ORDER BY id LIMIT ?"
)


class Comparison:
    """One import: compares what is staged with what stands, and writes the difference."""

    def __init__(
        self,
        ledger: Ledger,
        states: States,
        terms: Terms,
        report: Report,
        told: Callable[[Reject], None] | None,
    ) -> None:
        self._ledger = ledger
        self._store = ledger.store
        self._states = states
        self._terms = terms
        self._told = told
        self._held: list[tuple[str, str, str]] = []
        self.report = report

    def reject(self, reject: Reject) -> None:
        """Count, keep and tell a row that is not taken."""
        report = self.report
        report.rejected += 1
        report.codes[reject.code] += 1
        if len(report.rejects) < self._terms.keep:
            report.rejects.append(reject)
        if self._told is not None:
            self._told(reject)

    def hold(self, row: Row, hit: Any) -> None:  # noqa: ANN401  (poison's own type; its fields are used)
        """Keep a row back that would hit more than it should."""
        what = ", ".join(hit.evidence)
        if len(self._held) < self._terms.keep:
            self._held.append((scrubbed(row.value), hit.code, what))
        self.reject(
            Reject(
                row.line, row.value, "held", f"{hit.code}: {what}", "name what is bad on it, or use --force"
            )
        )

    def quarantine(self, pen: Pen) -> None:
        """Write down what was held back, instead of what was held back the time before."""
        number = self._ledger.names.list_number(self._terms.list)
        self._store.run("DELETE FROM quarantine WHERE list = ?", (number,))
        sql = "INSERT OR REPLACE INTO quarantine(list, seq, value, code, hits) VALUES(?,?,?,?,?)"
        self._store.run_many(sql, ((number, pen.seq, *held) for held in self._held))

    def compare(self, pen: Pen | None) -> None:
        """Go through what is staged, in order; write with `pen`, only count without."""
        number = self._list_number(pen)
        fresh = (
            number is None
            or self._store.one("SELECT 1 FROM entries WHERE list = ? LIMIT 1", (number,)) is None
        )
        kept = self._terms.replace and not fresh
        if kept:
            self._store.run("CREATE TEMP TABLE IF NOT EXISTS kept(id INTEGER PRIMARY KEY)")
            self._store.run("DELETE FROM temp.kept")
        plain: list[tuple[str, str | None, str | None]] = []
        shape = (-1, -1)
        for row in self._distinct():
            anchor, key, value, kind, match, line, rest = row
            self.report.resources += 1
            if not fresh and (same := self._same(row, number)) is not None:
                if kept:
                    self._store.run("INSERT OR IGNORE INTO temp.kept VALUES(?)", (same.id,))
                self._again(pen, same, line, rest)
                continue
            self.report.new += 1
            if pen is None:
                continue
            if rest is None:
                if (kind, match) != shape or len(plain) >= _BATCH:
                    self._flush(pen, plain, shape)
                    shape = (kind, match)
                plain.append((anchor, _own(anchor, key, kind), value))
            else:
                self._flush(pen, plain, shape)  # few rows are entered in the order they were given
                self._enter(pen, row)
        if pen is not None:
            self._flush(pen, plain, shape)
        if kept:
            self._expire_gone(pen, number)

    def _same(self, row: tuple[Any, ...], number: int | None) -> Entry | None:
        """Return the entry of this list that covers just what a staged row does."""
        anchor, key, _, kind, match = row[:5]
        own = _own(anchor, key, kind)
        for old in self._store.all(_SAME, (anchor, number)):
            if (old[2], old[4], old[5]) == (own, kind, match):
                return self._ledger.names.entry(old)
        return None

    def _list_number(self, pen: Pen | None) -> int | None:
        if pen is not None:
            return self._ledger.names.list_number(self._terms.list)
        row = self._store.one("SELECT id FROM lists WHERE name = ?", (self._terms.list,))
        return int(row[0]) if row else None

    def _distinct(self) -> Iterator[tuple[Any, ...]]:
        """Yield what is staged, each resource once; few rows in the order they were given."""
        few = self.report.read <= _BATCH
        seen: set[tuple[Any, ...]] = set()
        last: tuple[Any, ...] = ()
        for row in self._store.rows(_AS_GIVEN if few else _SORTED):
            anchor, key, _, kind, match, _, _ = row
            identity = (anchor, key, kind, match)
            if identity == last or (few and identity in seen):
                self.report.duplicate += 1
                continue
            last = identity  # when they are sorted, equal ones follow on each other
            if few:
                seen.add(identity)
            yield row

    def _flush(
        self, pen: Pen, plain: list[tuple[str, str | None, str | None]], shape: tuple[int, int]
    ) -> None:
        if plain:
            pen.enter_alike(self._model(KINDS[shape[0]], MATCHES[shape[1]]), plain)
            plain.clear()

    def _model(self, kind: Kind, match: Match) -> Entry:
        terms = self._terms
        return Entry(
            "", 0, "", "", kind, match, terms.list, terms.state, terms.effect, terms.since, terms.until,
            terms.category, scrubbed_ground(terms.ground), terms.brand, scrubbed(terms.note), "", "", 0,
        )  # fmt: skip

    def _enter(self, pen: Pen, row: tuple[Any, ...]) -> None:
        anchor, key, value, kind, match, _, rest = row
        model = self._model(KINDS[kind], MATCHES[match])
        whole = key if key is not None else anchor
        fields = _fields(json.loads(rest))
        number = fields.pop("id", 0)
        if number and self._store.one("SELECT 1 FROM entries WHERE id = ?", (number,)) is not None:
            number = 0
        pen.enter(
            model._replace(
                anchor=anchor, key=whole, value=value if value is not None else whole, id=number, **fields
            )
        )

    def _again(self, pen: Pen | None, entry: Entry, line: int, rest: str | None) -> None:
        """Take a row whose resource already stands on this list."""
        fields = _fields(json.loads(rest)) if rest else {}
        for name in ("id", "past"):
            fields.pop(name, None)
        said = fields.pop("state", "")
        new = {name: value for name, value in fields.items() if getattr(entry, name) != value}
        state = said or self._terms.state
        if state != entry.state:
            if entry.state == DISCARDED or self._states.leads(entry.state, state):
                new["state"] = state
            elif said:
                reason = f"it is {entry.state}, which cannot become {state}"
                mend = f"look at it: urlguard registry show {shown_id(entry.id)}"
                self.reject(Reject(line, entry.value, "state", reason, mend))
                return
        if not new:
            self.report.duplicate += 1
            if len(self.report.known) < self._terms.keep:
                self.report.known.append(entry.id)
            return
        self.report.changed += 1
        if pen is not None:
            pen.change(entry, **new)

    def _expire_gone(self, pen: Pen | None, number: int | None) -> None:
        """End what the list held before this event and holds no more, some thousands at a time."""
        effects, leads = self._states.effects, self._states.leads
        newest = pen.seq if pen is not None else None
        last = 0
        while rows := self._store.all(_GONE, (number, last, newest, _BATCH)):
            for row in rows:
                entry = self._ledger.names.entry(row)
                last = entry.id
                if effects.get(entry.state) != "none" and leads(entry.state, EXPIRED):
                    self.report.gone += 1
                    if pen is not None:
                        pen.change(entry, state=EXPIRED)


def _own(anchor: str, key: str | None, kind: int) -> str | None:
    """Return the key as the table holds it: nothing where the anchor is all of it."""
    if key is None or KINDS[kind] in {Kind.URL, Kind.HOST}:
        return key
    return None if anchor.partition(":")[2] == key else key


def _given(number: int) -> int:
    """Return an id that a list brings, 0 when it would use up the numbers of its year."""
    return number if 0 < number % YEAR <= YEAR // 2 else 0


def _fields(rest: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of an `Entry` from those of a row, personal data masked."""
    fields: dict[str, Any] = {}
    for name in ("state", "since", "until", "category", "brand"):
        if rest.get(name):
            fields[name] = scrubbed(str(rest[name]))
    if rest.get("note"):
        fields["note"] = scrubbed(str(rest["note"]))
    if rest.get("effect"):
        fields["effect"] = Effect(rest["effect"])
    if rest.get("ground"):
        fields["ground"] = Ground(*[scrubbed(str(text)) for text in rest["ground"]])
    if rest.get("details"):
        fields["details"] = packed(scrubbed_values(rest["details"]))
    if rest.get("history"):
        history = tuple(Change(**scrubbed_values(change)) for change in rest["history"])
        fields["past"] = packed_history(history)
    if rest.get("id"):
        fields["id"] = _given(read_id(str(rest["id"])) or 0)
    return fields
