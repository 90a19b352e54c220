"""The tables of a rule book, ready for the checks to look things up."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from urlguard.letters import Letters
from urlguard.links.link import Link
from urlguard.links.suffixes import ICANN, Suffixes
from urlguard.packs.index import EDGES, SHORTEST_TYPO

SHORTEST_WORD: Final = 4
"""Shorter words are only taken as a whole piece: `pay` in `japayo` says nothing."""
NAME: Final = 2
"""Mark of a token that is only the name of an official domain (`telecom` of telecom.kz): compared
with whole names under the same suffix, and meaning nothing anywhere else."""
UNSURE: Final = -1
"""Owner of a host that may or may not be a brand's own: neither trusted nor flagged."""
LURING: Final = frozenset({"money", "access", "delivery", "state", "lure"})
"""Classes of words that turn a brand's name into a trap."""
_SILENT: Final = frozenset({"plain", "trade", "work"})
"""Classes whose words are not looked for inside others: they say nothing by themselves."""
_GATED: Final = 9
"""Length from which one edit cannot break both edges (of four letters) of a name; edges of five
and six letters need two and four letters more."""
_LONGEST_PIECE: Final = 63
_EVERYWHERE: Final = frozenset({"com", "net", "org"})


class _Memo(dict[str, str]):
    """Remembers what a function of a token returned; there are only so many tokens."""

    def __init__(self, function: Callable[[str], str]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, token: str) -> str:
        value = self[token] = self._function(token)
        return value


class _Packed:
    """A table of the brand index: its keys at once, its tokens when first asked for."""

    __slots__ = ("_names", "_packed", "_table", "keys")

    def __init__(self, packed: Sequence[str], names: Sequence[str]) -> None:
        self._packed = packed
        self._names = names
        self._table: Mapping[str, str] | None = None
        self.keys = frozenset(packed[0].split(" "))

    def tokens(self, key: str) -> list[str]:
        """Return the tokens under a key that is among `keys`."""
        if self._table is None:
            keys, numbers = self._packed
            self._table = dict(zip(keys.split(" "), numbers.split(" "), strict=True))
        return [self._names[int(number)] for number in self._table[key].split(",")]


class Knowledge:
    """The tables of a rule book, ready for looking up."""

    def __init__(self, book: Mapping[str, Any], letters: Letters, suffixes: Suffixes) -> None:
        """Build the look-up structures; costs a few milliseconds, once."""
        index = book["index"]
        self.letters = letters
        self.suffixes = suffixes
        self.brands: Sequence[Mapping[str, Any]] = book["brands"]
        self.words = {word: name for name, found in book["words"].items() for word in found}
        self.tokens: Mapping[str, Sequence[int]] = index["tokens"]
        self.ordinary = (frozenset(book["ordinary"]) | frozenset(index["not"])) - self.tokens.keys()
        self.shorteners = frozenset(book["shorteners"])
        self.tenants: Mapping[str, str] = book["tenants"]
        self.tenant_paths: Mapping[str, Any] = book["tenant_paths"]
        self.suffix_abuse: Mapping[str, float] = book["suffix_abuse"]
        self.letter_pairs: Mapping[str, float] = book["letter_pairs"]
        self.official: Mapping[str, int] = index["official"]
        self._domains: dict[str, int] = {**dict.fromkeys(index["unsure"], UNSURE), **index["official"]}
        self.homes = tuple(
            frozenset(domain.partition(".")[2] for domain in brand["domains"]) for brand in self.brands
        )
        """For each brand, what its own domains end in."""
        self.foreign = tuple(bool(brand.get("foreign")) for brand in self.brands)
        self.local = tuple(
            any(domain.endswith(".kz") for domain in brand["domains"]) for brand in self.brands
        )
        """For each brand, whether it has its home under .kz."""
        self.local_suffixes = frozenset({"kz"})
        """Suffixes where even four letters are compared."""
        self.abroad = tuple(bool(brand.get("abroad")) for brand in self.brands)
        """For each brand, whether honest firms of other countries have its name."""
        self._heard: dict[str, str] | None = None
        self.skeletons = _Memo(letters.skeleton)
        self.looses = _Memo(letters.loose)
        self.sounds = _Memo(letters.sound)
        self.any_suffix: Mapping[str, int] = index["any_suffix"]
        self.longest = max(map(len, self.tokens), default=0) + 2
        """Longest piece of a name that can be near a token."""
        names = list(self.tokens)
        self._coarse = _Packed(index["coarse"], names)
        self._home = _Packed(index["home"], names)
        self._keys = self._coarse.keys
        self._home_keys = self._home.keys
        self.typed: Mapping[str, str] = index["typed"]
        self.heads = frozenset(index["heads"].split(" "))
        self.tails = frozenset(index["tails"].split(" "))
        long_words = [
            word
            for name, found in book["words"].items()
            if name not in _SILENT
            for word in found
            if len(word) >= SHORTEST_WORD and word.isascii()
        ]
        tokens = [token for token in self.tokens if len(token) > 2 and self.tokens[token][1] < NAME]  # noqa: PLR2004 (wb, vk: whole labels only)
        dotted = list(self.official)
        dashed = [domain.replace(".", "-") for domain in dotted]
        self.patterns = [*tokens, *dotted, *dashed, *long_words]
        self.first_domain = len(tokens)
        self.first_dashed = self.first_domain + len(dotted)
        self.first_word = self.first_dashed + len(dashed)
        self.automaton = AhoCorasick(
            self.patterns,
            matchkind=MatchKind.Standard,
            implementation=Implementation.ContiguousNFA,
        )

    def owner(self, link: Link) -> int | None:
        """Return the number of the brand whose own host this is, or `UNSURE`."""
        domains = self._domains
        rest = link.host
        while rest:
            if rest in domains:
                return domains[rest]
            rest = rest.partition(".")[2]
        labels = link.labels
        at = len(labels) - link.suffix_labels - 1
        if at >= 0 and labels[at] in self.any_suffix and (
            link.section == ICANN or self.tenants.get(link.suffix) == "subdomain"
        ):
            last = labels[-1]
            if len(last) == 2 or link.suffix in _EVERYWHERE:  # noqa: PLR2004  (country codes)
                return self.any_suffix[labels[at]]
        return None

    def has_tenants(self, host: str) -> bool:
        """Tell whether others than the owner of a host may stand behind its paths."""
        _, _, below = host.partition(".")
        return host in self.shorteners or host in self.tenant_paths or below in self.tenant_paths

    def may_be_near(self, piece: str, *, home: bool) -> bool:
        """Tell quickly whether `candidates` can find anything for a piece of a name."""
        if not piece.isascii() or piece in self.typed:
            return True
        letters = self.letters
        return self._has_neighbour(piece, home=home) or (
            letters.has_pairs(piece) and self._has_neighbour(letters.skeleton(piece), home=home)
        )

    def _has_neighbour(self, view: str, *, home: bool) -> bool:
        key = self.letters.coarse(view)
        if key in self._keys or (home and key in self._home_keys):
            return True
        size = len(key)
        if size < SHORTEST_TYPO - 1 or (size >= _GATED and not self._edge_known(key, size)):
            return False
        neighbours = [key[:at] + key[at + 1 :] for at in range(size)]
        return not self._keys.isdisjoint(neighbours) or (home and not self._home_keys.isdisjoint(neighbours))

    def _edge_known(self, key: str, size: int) -> bool:
        edge = EDGES[0] if size < _GATED + 2 else EDGES[1] if size < _GATED + 4 else EDGES[2]
        return key[:edge] in self.heads or key[-edge:] in self.tails

    def candidates(self, views: Sequence[str], *, home: bool) -> dict[str, None]:
        """Return the tokens that a name, seen in several ways, may be meant for, in order.

        They are those whose coarse key is the name's, or is so with a letter left out of one
        or of both; with `home`, ordinary words and short names too.
        """
        found: dict[str, None] = {}
        tables = (self._coarse, self._home) if home else (self._coarse,)
        for view in views:
            key = self.letters.coarse(view)
            neighbours = [key[:at] + key[at + 1 :] for at in range(len(key))]
            for near in (key, *(neighbours if len(key) >= SHORTEST_TYPO - 1 else ())):
                for table in tables:
                    if near in table.keys:
                        found.update(dict.fromkeys(table.tokens(near)))
        return found

    def segments(self, piece: str, *, heard: bool = True) -> list[str] | None:
        """Split letters and digits glued together into known words, or None.

        Returns the classes of the words (`digits` for numbers); the split with the fewest
        parts wins. With `heard`, a piece that does not split as written is tried as it sounds:
        `viplaty`, `vyplaty` and `viplati` are one word.
        """
        if not piece:
            return []
        known = self.words.get(piece)
        if known is not None:
            return [known]
        if len(piece) > _LONGEST_PIECE:
            return None
        found = _split(piece, self.words)
        if found is None and heard:
            if self._heard is None:
                sound = self.letters.sound
                self._heard = {sound(word): name for word, name in self.words.items() if len(word) > 2}  # noqa: PLR2004 (two letters sound like many)
            found = _split(self.letters.sound(piece), self._heard)
        return found


def _split(piece: str, words: Mapping[str, str]) -> list[str] | None:
    """Split a piece into words and numbers; quadratic in its length."""
    best: list[list[str] | None] = [[]] + [None] * len(piece)
    for end in range(1, len(piece) + 1):
        for start in range(end):
            before = best[start]
            if before is None:
                continue
            part = piece[start:end]
            name = "digits" if part.isdigit() else words.get(part)
            kept = best[end]
            if name is not None and (kept is None or len(before) + 1 < len(kept)):
                best[end] = [*before, name]
    return best[-1]
