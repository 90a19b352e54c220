"""The engine: a rule book in, verdicts out. No I/O of its own besides reading the book.

A guard is built once and never changes; threads may share it, and processes may be sent
it (it is rebuilt there from its book).
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from urlguard.checks.knowledge import Knowledge
from urlguard.detecting import Detector, Fired
from urlguard.errors import UsageError
from urlguard.extract.lines import bare, candidates, has_words, occurrences, says_words
from urlguard.extract.wrappers import Wrappers
from urlguard.letters import Letters
from urlguard.linked import Linked, Plain, Standing, resource_of
from urlguard.links.link import Link
from urlguard.links.reading import Reader
from urlguard.links.suffixes import Suffixes
from urlguard.model import Entry, Kind, Problem, Resource, Verdict
from urlguard.packs.book import Book, every_rule, later, load_book
from urlguard.policy import Policy
from urlguard.verdicts import SPEAKING, Verdicts, entry_of, quoted

if TYPE_CHECKING:
    from urlguard.registry.hits import Hit
    from urlguard.registry.lookup import Lookup
    from urlguard.texts import Texts

LANGUAGES: Final = ("en", "ru", "kk")
TEXT_LIMIT: Final = 100_000
"""Longest text that is read whole, in characters."""


class Guard:
    """Scores links and texts by one rule book, in one language.

    `packs` are folders or files laid over the shipped rules; `lang` is `en`, `ru` or `kk`;
    `registry` is the file of a registry, in which everything is looked up that is judged.
    Raises `PackErrors` when a pack is wrong and `UsageError` when one is missing; judging raises
    `RegistryError` when a registry was named and cannot be read: that is no clean verdict.

    >>> Guard().score("https://kaspi.kz/").official
    'kaspi'
    """

    def __init__(
        self,
        packs: Iterable[str | Path] = (),
        *,
        lang: str = "en",
        book: Book | None = None,
        cache: bool = True,
        registry: "str | Path | Lookup | None" = None,
    ) -> None:
        """Load the rule book (from the cache when it is current) and bind its rules."""
        if lang not in LANGUAGES:
            message = f"unknown language {lang!r}: use one of {', '.join(LANGUAGES)}"
            raise UsageError(message)
        self.lang = lang
        self.book = load_book([Path(pack) for pack in packs], cache=cache) if book is None else book
        policy = Policy(self.book["policy"])
        letters = Letters(self.book["letters"])
        suffixes = Suffixes(self.book["suffixes"])
        self.knowledge = Knowledge(self.book, letters, suffixes)
        self._registry = _lookup(registry, self.book)
        self._detector = Detector(self.book, self.knowledge, lang, policy.silenced)
        reader, wrappers = Reader(letters, suffixes), Wrappers(self.book["wrappers"])
        self._linked = Linked(reader, wrappers, self.knowledge, self._detector)
        self._words: Texts | None = None
        self._official = frozenset(self.book["registry"]["official"]["phones"])
        self._texts = {key: names[lang] for key, names in self.book["interface"].items()}
        self._verdicts = Verdicts(policy, self.knowledge.brands, self._texts, lang)

    def __reduce__(self) -> tuple[Any, ...]:
        """Send the book, not the automaton: it is rebuilt in a few milliseconds."""
        return _rebuilt, (self.book, self.lang, self._registry)

    # What is judged

    def score(self, url: str) -> Verdict:
        """Score one link without opening it; never raises.

        A text without any link gives a verdict with an `error` and no level.
        """
        link = self._linked.read(url)
        return self._judge(url, "link", [link]) if link else self.unreadable(url, "no_link")

    def check(self, text: str, *, cut: bool = False) -> Verdict:
        """Score a link, or a text of any length: its words, and all that it points at; never raises.

        A link by itself is judged as `score` does it. What holds nothing to judge, neither
        link nor phone nor two words, gives a verdict with an `error` and no level.
        `cut` says that `text` is only the beginning of something longer; what is longer
        than `TEXT_LIMIT` is cut here. Neither is ever clear.
        """
        return self.judged(text, cut=cut)[0]

    def plain(self, text: str) -> Plain | None:
        """Judge one link with nothing odd in its spelling; None for any other text, and with a registry.

        It is the first half of `judged`, for those who need no verdict on a link without signs.
        """
        link = self._linked.plain(text) if self._registry is None else None
        if link is None:
            return None
        links: list[Link] = [link]
        fired: list[Fired] = []
        owners = self._linked.fire(links, fired)
        return Plain(links, fired, owners[0])

    def told(self, text: str, found: Plain) -> Verdict:
        """Return the verdict on what `plain` found."""
        resources = tuple([resource_of(text, link) for link in found.links])
        return self._verdicts.verdict(text, "link", resources, (), found.fired, found.owner)

    def judged(self, text: str, *, cut: bool = False) -> tuple[Verdict, list[Link]]:
        """Return the verdict of `check`, and the links as they were read for it: its first resources."""
        heard = None if cut else self.plain(text)
        if heard is not None:
            return self.told(text, heard), heard.links
        if len(text) > TEXT_LIMIT:
            text, cut = text[:TEXT_LIMIT], True
        whole = bare(text)
        worded = has_words(whole.text)
        if worded:
            links = self._linked.among(candidates(text))
            self._linked.compare(text, links)
        else:
            link = self._linked.read(text)
            if link is not None and not cut:
                return self._judge(text, "link", links := [link]), links
            # What is no link as a whole may still hold one: a CSV row, a broken quote.
            links = [link] if link is not None else self._linked.among(candidates(text))
            if link is not None and link.span is None:
                link.span = (0, len(text))
        found = self._found(text, links)
        if not links and not found and not says_words(whole.text):
            return self.unreadable(text, "too_long" if cut else "no_link"), links
        return self._judge(text, "text", links, found, cut=cut), links

    def check_many(self, texts: Iterable[str]) -> Iterator[Verdict]:
        """Score each link or text in turn, as they come."""
        return map(self.check, texts)

    def extract(self, text: str) -> tuple[Resource, ...]:
        """Return everything a text points at, in the order of the text; never raises.

        Links, phones, short codes, accounts, mailboxes, bank accounts, cards, wallets, apps and
        sums of money, every place of each; `raw` is the text at `span`, but of a card only what
        may be shown. Of a text longer than `TEXT_LIMIT` only the beginning is read.
        """
        from urlguard.extract.contacts import resources  # noqa: PLC0415  (loads what only texts need)
        from urlguard.extract.places import in_order  # noqa: PLC0415  (as above)

        text = text[:TEXT_LIMIT]
        links = [resource_of(text, link) for link in self._linked.among(occurrences(text), _MOST_FOUND)]
        inside = [link.span for link in links if link.span is not None]
        return tuple(map(_shown, in_order(links, resources(text, inside, self._official))))

    def standing(self, link: Link) -> Standing:
        """Return public suffix and shared hosting of a link."""
        return self._linked.standing(link)

    def unreadable(self, text: str, code: str) -> Verdict:
        """Return the verdict for what cannot be judged: `no_link`, `bad_encoding`, `too_long`."""
        message = self._texts[code].replace("{limit}", f"{TEXT_LIMIT:,}")
        return Verdict(text, "text", None, 0, None, None, (), (), error=Problem(code, message))

    def book_texts(self) -> dict[str, str]:
        """Return the texts of the interface in this guard's language."""
        return self._texts

    def brand_names(self) -> dict[str, str]:
        """Return the names of the brands by id, in this guard's language."""
        return {brand["id"]: brand["name"][self.lang] for brand in self.book["brands"]}

    def rule_titles(self) -> dict[str, str]:
        """Return the titles of all rules by id, in this guard's language."""
        return {rule["id"]: rule["title"][self.lang] for rule in every_rule(self.book)}

    def scheme_titles(self) -> dict[str, str]:
        """Return the titles of the fraud schemes by id, in this guard's language."""
        return {name: row["title"][self.lang] for name, row in later(self.book)["schemes"].items()}

    def _scheme_advice(self) -> dict[str, str]:
        """Return what to do about each scheme, and where to report it."""
        report = self._texts["report_fraud"]
        return {
            name: f"{row['advice'][self.lang]} {row.get('report', {}).get(self.lang, report)}"
            for name, row in later(self.book)["schemes"].items()
        }

    def registry_titles(self) -> dict[str, str]:
        """Return the titles of states, categories and grounds of records by id, in this guard's language."""
        section = self.book["registry"]
        tables = (section["categories"], section["grounds"], section["states"])
        return {name: row["title"][self.lang] for table in tables for name, row in table.items()}

    # How it is judged

    def _found(self, text: str, links: Sequence[Link]) -> list[Resource]:
        """Return what a text points at besides its links."""
        from urlguard.extract.contacts import resources  # noqa: PLC0415  (loads what only texts need)

        return resources(text, [link.span for link in links if link.span is not None], self._official)

    def _judge(
        self, text: str, kind: str, layers: list[Link], found: Sequence[Resource] = (), *, cut: bool = False
    ) -> Verdict:
        """Judge the links of one input, those they carry, which are appended, and the words of a text."""
        fired: list[Fired] = []
        owners = self._linked.fire(layers, fired)
        contacts = [contact for contact in found if contact.kind is not Kind.AMOUNT]
        resources = (*[resource_of(text, link) for link in layers], *map(_shown, contacts))
        entries: tuple[Entry, ...] = ()
        if self._registry is not None:
            entries = self._entries(self._registry.found(layers, contacts), resources, fired)
        if kind == "link":
            return self._verdicts.verdict(text, kind, resources, entries, fired, owners[0])
        if self._words is None:
            from urlguard.texts import Texts  # noqa: PLC0415  (loads what only texts need)

            self._verdicts.learn(self._scheme_advice())
            self._words = Texts(self.book, self.lang)
        heard = self._words.hear(text, list(zip(layers, owners, strict=False)), found, fired)
        if cut or not heard.whole:
            self._detector.fire_trick("cut", f"> {len(text)}", None, fired)
        return self._verdicts.verdict(
            text, kind, resources, entries, fired, None, heard.brands, leads=heard.leads
        )

    def _entries(
        self, hits: "list[Hit]", resources: tuple[Resource, ...], fired: list[Fired]
    ) -> tuple[Entry, ...]:
        """Fire the rules about records, and return the records."""
        for hit in hits:
            if hit.standing in SPEAKING:
                before = len(fired)
                evidence = quoted(hit, resources[hit.resource].raw)
                self._detector.fire_entry(hit.state, evidence, hit.resource, fired)
                for new in fired[before:]:
                    new.brand = self._brand_at(hit.entry.brand)
        # The link and what it carries may be one account: its record is shown once.
        once = {hit.entry.id: hit for hit in reversed(hits)}
        return tuple([entry_of(hit, hit.resource) for hit in hits if once[hit.entry.id] is hit])

    def _brand_at(self, brand: str) -> int | None:
        """Return the index of a brand by its id; None for none, or one the rules do not know."""
        known = enumerate(self.knowledge.brands) if brand else ()
        return next((at for at, row in known if row["id"] == brand), None)


_MOST_FOUND: Final = 1_000
"""Links of one text that are listed without being judged."""


def _shown(contact: Resource) -> Resource:
    """Return a contact as it leaves the program: of a card only the first six and last four digits."""
    if contact.kind is not Kind.CARD:
        return contact
    from urlguard.identifiers.payments import masked  # noqa: PLC0415  (only with a registry)

    return Resource(contact.kind, masked(contact.key), masked(contact.key), contact.span)


def _rebuilt(book: Book, lang: str, registry: "Lookup | None") -> Guard:
    return Guard(lang=lang, book=book, registry=registry)


def _lookup(registry: "str | Path | Lookup | None", book: Book) -> "Lookup | None":
    if registry is None or not isinstance(registry, str | Path):
        return registry
    from urlguard.registry.opening import lookup_of  # noqa: PLC0415  (loads SQLite)

    return lookup_of(Path(registry), book)
