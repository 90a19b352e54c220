"""Values entered by hand: each judged on its own and answered on its own, all entered as one event."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from urlguard.errors import Refused
from urlguard.identifiers.glyphs import plain
from urlguard.identifiers.payments import card_digits, masked
from urlguard.links.suffixes import Suffixes
from urlguard.model import Kind
from urlguard.packs.book import Book
from urlguard.record import Answer, Effect, Match, Record, Row
from urlguard.registry.importing import Terms
from urlguard.registry.keys import Keys, Named
from urlguard.registry.poison import WIDE, Hit, Poison
from urlguard.registry.popular import load_popular
from urlguard.registry.privacy import is_iin, scrubbed
from urlguard.registry.registry import Registry
from urlguard.registry.rows import Entry
from urlguard.registry.searching import Searching
from urlguard.registry.states import DISCARDED


@dataclass(frozen=True, slots=True)
class Given:
    """What was said about the values besides `Terms`."""

    kind: Kind | None = None
    match: Match | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    state: str = ""
    """The state that was asked for in so many words."""
    force: bool = False


def poison_of(book: Book) -> Poison:
    """Return what must not be blocked whole, by a rule book."""
    return Poison(book, Suffixes(book["suffixes"]), load_popular(book["registry"]["popular"]))


class Entering:
    """Enters values into one registry on the same terms."""

    def __init__(self, registry: Registry, book: Book, given: Given, terms: Terms) -> None:
        """Keep the terms; nothing is opened yet."""
        self._registry = registry
        self._book = book
        self._given = given
        self._terms = terms
        self._poison: Poison | None = None
        self._seen: dict[tuple[Any, ...], int] = {}

    def entered(self, values: Sequence[str]) -> tuple[list[Answer], int | None]:
        """Enter values as one event; return an answer each, and its number: None when nothing changed."""
        preview = self._terms.preview
        keys = self._keys(values)
        searching = self._registry.searching() if self._registry.path.exists() else None
        answers: list[Answer] = []
        named: dict[int, Named] = {}
        rows: list[Row] = []
        for line, value in enumerate(values, 1):
            answer, name, row = self._judged(keys, searching, line, value.strip())
            answers.append(answer)
            if name is not None:
                named[line] = name
            if row is not None:
                rows.append(row)
        if preview or not rows:
            return answers, None
        cards = any(name.kind is Kind.CARD for name in named.values())
        report = self._registry.take(rows, self._terms, poison=lambda *_: None, cards=cards)
        searching = self._registry.searching()
        return [self._settled(searching, answer, named.get(answer.line)) for answer in answers], report.event

    def _keys(self, values: Sequence[str]) -> Keys:
        """Return the reader of values; the key of the card hashes is only made for a card that is entered."""
        cards = any(card_digits(value) for value in values)
        keys = self._registry.keys(cards=cards and not self._terms.preview)
        if cards and self._terms.preview and keys.anchors.secret is None:
            keys.anchors.secret = secrets.token_bytes(32)  # of a preview, and forgotten with it
        return keys

    def _judged(
        self, keys: Keys, searching: Searching | None, line: int, value: str
    ) -> tuple[Answer, Named | None, Row | None]:
        shown = scrubbed(value)
        if is_iin(plain(value).replace(" ", "").replace("-", "")):
            return Answer(line, "[IIN]", "iin"), None, None
        try:
            named = keys.named(value, self._given.kind, self._given.match)
        except Refused as error:
            reason = scrubbed(str(error).replace("\n  mend: ", ": "))
            return Answer(line, shown, "refused", reason=reason, code="unreadable"), None, None
        first = self._seen.setdefault(named, line)
        model = _model(named, card_digits(value) if named.kind is Kind.CARD else None, shown, self._terms)
        if first != line:
            return Answer(line, shown, "twice", model, first=first), named, None
        entry = searching.same(named, self._terms.list) if searching else None
        if entry is not None and searching is not None:
            return self._again(searching, entry, Answer(line, shown, "known"), named, value)
        hit = None if self._given.force else self._hit(named)
        if hit is not None and (hit.code in WIDE or self._terms.effect is Effect.BLOCK):
            return Answer(line, shown, "held", model, code=hit.code, evidence=hit.evidence), None, None
        does = self._registry.states.effects[model.state]
        return Answer(line, shown, "would", model, does=does), named, self._row(line, value, {})

    def _again(
        self, searching: Searching, entry: Entry, answer: Answer, named: Named, value: str
    ) -> tuple[Answer, Named | None, Row | None]:
        """Judge a value that stands on the list already: a paper takes it further, nothing takes it back."""
        terms, states = self._terms, self._registry.states
        answer = _told(searching, answer, entry)
        if terms.effect is not entry.effect:
            reason = f"it is there as a record that does not {terms.effect.value}: use another --list"
            return replace(answer, status="refused", code="effect", reason=reason), None, None
        advances = terms.state in states.after(entry.state) or (
            states.effects[terms.state] != "none" and states.leads(entry.state, terms.state)
        )
        if terms.state == entry.state or not (advances or entry.state == DISCARDED or self._given.state):
            return answer, named, None
        if not advances and entry.state != DISCARDED:
            reason = f"it is {entry.state}, from there it can become: {', '.join(states.after(entry.state))}"
            return replace(answer, status="refused", code="state", reason=reason), None, None
        fields = {
            name: getattr(terms, name)
            for name in ("category", "ground", "since", "until", "brand", "note")
            if getattr(terms, name) not in ("", Terms().ground)
        }
        would = replace(answer, status="would_change", now=terms.state, does=states.effects[terms.state])
        return would, named, self._row(answer.line, value, fields)

    def _row(self, line: int, value: str, fields: dict[str, Any]) -> Row:
        if self._given.details:
            fields["details"] = dict(self._given.details)
        return Row(line, value, self._given.kind, self._given.match, fields or None)

    def _hit(self, named: Named) -> Hit | None:
        if self._poison is None:
            self._poison = poison_of(self._book)
        return self._poison.hits(named.kind, named.match, named.key)

    def _settled(self, searching: Searching, answer: Answer, named: Named | None) -> Answer:
        """Return an answer with what stands in the registry now."""
        entry = searching.same(named, self._terms.list) if named is not None else None
        if entry is None:
            return answer
        status = {"would": "entered", "would_change": "changed"}.get(answer.status, answer.status)
        return _told(searching, replace(answer, status=status), entry)


def _told(searching: Searching, answer: Answer, entry: Entry) -> Answer:
    now, does = searching.today(entry)
    return replace(answer, record=entry.record(), now=now, does=does.value)


def _model(named: Named, card: str | None, value: str, terms: Terms) -> Record:
    """Return the record that a value would become."""
    if card is not None:
        value = masked(card)
    return Record(
        named.kind, named.match, named.key, value, terms.state, terms.effect, terms.list,
        terms.category, terms.ground, terms.since, terms.until, terms.brand, terms.note,
    )  # fmt: skip
