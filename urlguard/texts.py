"""The rules about words, bound to the sets of terms: one text in, the rules that fired out.

Rules with negative points are *counter-signals*: a warning, news, a question, a bank's own notice. They are
looked for first; where one speaks, or words such as `деп` and `пишут`, what stands in quotes is
quoted, and asks for nothing.
"""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from urlguard.detecting import Fired, Rule
from urlguard.identifiers.payments import masked
from urlguard.links.link import Link
from urlguard.model import Kind, Resource
from urlguard.packs.book import WORDS, Book, later
from urlguard.words.finding import Finder
from urlguard.words.folding import Mask, Words, words_of
from urlguard.words.nearness import Element, Hit, Hits, absent, bits, element, near

_EVERYWHERE: Final = 1_000_000
_MOST_QUOTED: Final = 160
"""Characters of the evidence that a reason repeats."""
_JOINT: Final = " … "
_FOUR: Final = re.compile(r"\d{4}|[*xXхХ•]{4}")
_GROUPS: Final = 3
_NO_DIGIT: Final = re.compile(r"[^\d*]")
_CARD: Final = re.compile(r"(?<![\d*])[2-6]\d{3}(?:[ -]?[\d*xXхХ•]{4}){3}(?![\d*])")
_IBAN: Final = re.compile(r"(?<![A-Za-zА-Яа-я])[KКkк]Z\d{2}(?:[ -]?[0-9A-Za-z]{4}){4}(?![0-9A-Za-z])")
_MOST_ACCOUNTS: Final = 20
_LEADS: Final = frozenset({"link", "messenger", "phone", "handle", "card", "iban", "wallet", "app"})
_EMERGENCY: Final = frozenset({"101", "102", "103", "104", "109", "111", "112"})
"""Whoever sends people there is no swindler."""
_HOME: Final = ("+77", "+76")
"""How numbers of Kazakhstan begin; other +7 numbers are Russian."""
_MESSENGERS: Final = frozenset({
    "wa.me", "t.me", "telegram.me", "api.whatsapp.com", "chat.whatsapp.com", "telegram.dog",
})  # fmt: skip


class Heard(NamedTuple):
    """What a text says besides the rules that fired."""

    brands: list[int]
    """The brands it names, in order."""
    whole: bool
    """All words were looked at."""
    leads: bool
    """It points at a link that is no official one, a private phone, an account, a file."""


class _Bound(NamedTuple):
    rule: Rule
    elements: tuple[Element, ...]
    within: int
    ordered: bool
    unless: tuple[Element, ...]


class Texts:
    """The rules about words of a book, ready to fire."""

    def __init__(self, book: Book, lang: str) -> None:
        """Bind each rule to the sets it names."""
        part = later(book)
        self.finder = Finder(part["wording"])
        names = {name: at for at, name in enumerate(self.finder.names)}
        self._brands = {
            names[f"@={brand['id']}"]: at
            for at, brand in enumerate(book["brands"])
            if f"@={brand['id']}" in names
        }
        self._brand, self._home, self._elsewhere = (
            names["@brand"],
            names["@brand_home"],
            names["@brand_elsewhere"],
        )
        self._of_names = frozenset(at for name, at in names.items() if name.startswith("@"))
        self._reporting = names.get("reporting", -1)
        self._means = names.get("means_of_payment", -1)
        self._official = frozenset(book["registry"]["official"]["phones"])
        self._counters: list[tuple[_Bound, tuple[int, ...]]] = []
        self._by_set: dict[int, list[int]] = {}
        self._rules: list[tuple[_Bound, tuple[int, ...]]] = []
        for row in part["rules"]:
            if row["check"] != WORDS:
                continue
            elements, within, ordered, unless = row["words"]
            rule = Rule(row, lang)
            bound = _Bound(
                rule,
                tuple(map(element, elements)),
                within or _EVERYWHERE,
                ordered,
                tuple(map(element, unless)),
            )
            if rule.weight < 0:
                self._counters.append((bound, tuple(wanted.bits for wanted in bound.elements)))
            else:
                for at in min(bound.elements, key=lambda wanted: len(wanted.sets)).sets:
                    self._by_set.setdefault(at, []).append(len(self._rules))
                self._rules.append((bound, tuple(wanted.bits for wanted in bound.elements)))

    def hear(
        self,
        text: str,
        links: Sequence[tuple[Link, int | None]],
        found: Sequence[Resource],
        fired: list[Fired],
    ) -> Heard:
        """Append every rule about words that fires; return what else was heard.

        `links` are those of the text, each with the brand that owns it; `found` the phones,
        accounts, sums ... of the text.
        """
        masks = [_mask(link, owner) for link, owner in links if link.span is not None]
        masks += [Mask(*thing.span, self._tag(thing)) for thing in found if thing.span is not None]
        if len(_FOUR.findall(text)) >= _GROUPS:
            masks += _look_like_accounts(text, masks)
        masks.sort()
        words, hits = self.read(text, masks, frozenset(owner for _, owner in links if owner is not None))
        self.fire(text, words, hits, fired)
        return Heard(self.brands(hits), not words.flooded, not _LEADS.isdisjoint(words.tags))

    def _tag(self, thing: Resource) -> str:
        if thing.kind is Kind.SHORT_CODE and thing.key in _EMERGENCY:
            return "short_code emergency"
        if thing.kind is Kind.AMOUNT:
            return "amount sum"
        if thing.kind is not Kind.PHONE:
            return thing.kind.value
        if thing.key.lstrip("+") in self._official:
            return "official_phone"
        return "phone" if thing.key.startswith(_HOME) else "phone foreign_phone"

    def read(self, text: str, masks: Sequence[Mask], owners: frozenset[int]) -> tuple[Words, Hits]:
        """Return the words of a text and what they mean.

        `masks` are the links, phones ... in it, `owners` the brands whose own addresses are among them.
        """
        words = words_of(text, masks)
        hits = self.finder.found(words)
        if self._brand in hits:
            self._keep_names(hits)
            self._place_brands(words, hits, owners)
        self.finder.spread(words, hits)
        return words, hits

    def _keep_names(self, hits: Hits) -> None:
        """Take back what words inside a name seemed to mean: `Pay` in `Kaspi Pay` asks for nothing."""
        inside = {part for hit in hits[self._brand] if len(hit.parts) > 1 for part in hit.parts}
        if not inside:
            return
        for at in [at for at in hits if at not in self._of_names]:
            kept = [hit for hit in hits[at] if len(hit.parts) > 1 or hit.first not in inside]
            if kept:
                hits[at] = kept
            else:
                del hits[at]

    def _place_brands(self, words: Words, hits: Hits, owners: frozenset[int]) -> None:
        """Note which brands a text names that it leads to, and which it leads elsewhere."""
        means = {part for hit in hits.get(self._means, ()) for part in hit.parts}
        home, elsewhere = [], []
        linked = "link" in words.tags
        for at in hits.keys() & self._brands.keys():
            brand = self._brands[at]
            for hit in hits[at]:
                if brand in owners:
                    home.append(hit)
                elif linked and hit.last not in means:
                    elsewhere.append(hit)
        if home:
            hits[self._home] = sorted(home)
        if elsewhere:
            hits[self._elsewhere] = sorted(elsewhere)

    def brands(self, hits: Hits) -> list[int]:
        """Return the brands a text names, the one named first in front."""
        found = [(hits[at][0].first, self._brands[at]) for at in hits.keys() & self._brands.keys()]
        return [brand for _, brand in sorted(found)]

    def fire(self, text: str, words: Words, hits: Hits, fired: list[Fired]) -> None:
        """Append every rule about words that fires."""
        before = len(fired)
        spoken = _unquoted(hits) if True in words.quoted else hits
        mask = bits(hits)
        for bound, needs in self._counters:
            for need in needs:
                if not mask & need:
                    break
            else:
                self._try(bound, text, words, hits, spoken, fired)
        if len(fired) > before or self._reporting in spoken:
            hits = spoken
        mask = bits(hits)
        for number in sorted({number for at in hits for number in self._by_set.get(at, ())}):
            bound, needs = self._rules[number]
            for need in needs:
                if not mask & need:
                    break
            else:
                self._try(bound, text, words, hits, hits, fired)

    def _try(  # noqa: PLR0917  (tried for every rule: names cost time)
        self, bound: _Bound, text: str, words: Words, hits: Hits, spoken: Hits, fired: list[Fired]
    ) -> None:
        rows = near(bound.elements, bound.within, words.places, hits, ordered=bound.ordered)
        if rows and absent(spoken, bound.unless):
            best = min(rows, key=lambda hit: words.places[hit.last] - words.places[hit.first])
            fired.append(_fired(bound.rule, text, words, best))


def _mask(link: Link, owner: int | None) -> Mask:
    start, end = link.span or (0, 0)
    if owner is not None:
        return Mask(start, end, "official_link")
    return Mask(start, end, "messenger" if link.host in _MESSENGERS or not link.host else "link")


def _look_like_accounts(text: str, masks: Sequence[Mask]) -> list[Mask]:
    """Return what is written like a card or account and is none by its digits: invented or masked."""
    found: list[Mask] = []
    for form, tag in ((_CARD, "card"), (_IBAN, "iban")):
        for hit in form.finditer(text):
            if all(hit.end() <= mask.start or mask.end <= hit.start() for mask in (*masks, *found)):
                found.append(Mask(hit.start(), hit.end(), tag))
            if len(found) >= _MOST_ACCOUNTS:
                return found
    return found


def _unquoted(hits: Hits) -> Hits:
    """Return the hits outside quotes."""
    return {at: kept for at, rows in hits.items() if (kept := [hit for hit in rows if not hit.quoted])}


def _fired(rule: Rule, text: str, words: Words, hit: Hit) -> Fired:
    spans = _spans(words, hit.parts)
    quoted = _JOINT.join(text[begin:end] for begin, end in spans)
    if "card" in words.tags:  # a card number is never repeated whole
        quoted = _CARD.sub(lambda card: masked(_NO_DIGIT.sub("", card[0])), quoted)
    found = Fired(rule, quoted[:_MOST_QUOTED], None)
    found.spans = spans
    return found


def _spans(words: Words, parts: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Return the places of these words; neighbours are one place."""
    spans: list[tuple[int, int]] = []
    last = -2
    for part in parts:
        begin, end = words.starts[part], words.ends[part]
        if part == last + 1 and spans:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((begin, end))
        last = part
    return tuple(spans)
