"""Which term sets of a book occur in a text, and where: the vocabulary the rules about words speak in.

A *phrase* is a row of stems with at most a word between them; a *set* is a list of phrases; a *pattern* is a
set too, of places where other sets stand near each other. Each *hit* knows whether it is denied
(`не сообщайте`, `айтпаңыз`) and whether it stands in quotes.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from typing import Any, Final

from urlguard.words.endings import Mood
from urlguard.words.folding import Words
from urlguard.words.lexicon import Lexicon
from urlguard.words.nearness import MOST_HITS, Hit, Hits, Pattern, absent, bits, element, near
from urlguard.words.stems import EXACT, REQUEST, VERB, Match

_SAYING: Final = frozenset({REQUEST, VERB, EXACT})
"""Marks of stems that may be verbs, which are denied by a word beside them."""
_BACK: Final = 5
"""Words before a verb in which a denial is looked for."""
_AHEAD: Final = 2
_SHORT: Final = 3
"""Kazakh stems of so few letters are often other words as well."""
_LEAST_ENGLISH: Final = 2
_ENGLISH_SHARE: Final = 8


class Finder:
    """The sets of a book, ready to be found."""

    def __init__(self, wording: Mapping[str, Any], lexicon: Lexicon | None = None) -> None:
        """Take the compiled `wording` section."""
        self.lexicon = Lexicon(wording) if lexicon is None else lexicon
        endings = wording["endings"]
        self._deny = frozenset(endings["deny_before"].split())
        self._through = frozenset(endings["deny_through"].split())
        self._deny_after = frozenset(endings["deny_after"].split())
        self._need = tuple(endings["need_after"].split())
        self._not_asking = frozenset(endings["en_not_asking"].split())
        self._english = frozenset(endings["en_function"].split())
        self.names: list[str] = wording["sets"]
        self._single: dict[int, list[tuple[int, ...]]] = {}
        self._rows: dict[int, list[tuple[tuple[int, ...], tuple[frozenset[int], ...], tuple[int, ...]]]] = {}
        denying = {stem.atom for stem in self.lexicon.stems if stem.written in self._deny}
        self._denials: set[tuple[frozenset[int], ...]] = set()
        """Phrases with a word of denial in them: that is what they say, and nothing else denies them."""
        for sets, steps, gaps in wording["phrases"]:
            for atom in steps[0]:
                if len(steps) == 1:
                    self._single.setdefault(atom, []).append(tuple(sets))
                else:
                    rest = tuple(frozenset(step) for step in steps[1:])
                    self._rows.setdefault(atom, []).append((tuple(sets), rest, tuple(gaps)))
                    if any(not denying.isdisjoint(step) for step in steps):
                        self._denials.add(rest)
        patterns = [
            Pattern(at, tuple(map(element, elements)), within, ordered, tuple(map(element, unless)))
            for at, elements, within, ordered, unless in wording["patterns"]
        ]
        self._needs = [(made, tuple(wanted.bits for wanted in made.elements)) for made in patterns]
        self._tags = {name[1:]: at for at, name in enumerate(self.names) if name.startswith("@")}

    def found(self, text: Words) -> Hits:
        """Return the hits of every phrase and tag, each list in order; patterns are not among them yet."""
        where, disguised = self._stems(text)
        if text.disguised:  # only of what has a meaning here it is known that it is a word
            known = {at for places in where.values() for at, _ in places}
            disguised += [at for at in text.disguised if at in known]
        if disguised:
            text.tags["disguised"] = sorted(set(disguised))
        hits = self._tagged(text)
        for atom, places in where.items():
            for sets in self._single.get(atom, ()):
                _add(
                    hits, sets, [Hit(i, i, denied, text.quoted[i], (i,)) for i, denied in places[:MOST_HITS]]
                )
            for sets, rest, gaps in self._rows.get(atom, ()):
                rows = [
                    row
                    for i, denied in places[:MOST_HITS]
                    if (row := _row(i, denied, rest, gaps, where, text))
                ]
                if rows:
                    if rest in self._denials:
                        rows = [row._replace(denied=False) for row in rows]
                    _add(hits, sets, rows)
        for at, rows in hits.items():
            if len(rows) > 1:
                hits[at] = sorted(set(rows))[:MOST_HITS]
        return hits

    def _tagged(self, text: Words) -> Hits:
        return {
            self._tags[tag]: [
                Hit(i, i, denied=False, quoted=text.quoted[i], parts=(i,)) for i in indices[:MOST_HITS]
            ]
            for tag, indices in text.tags.items()
            if tag in self._tags
        }

    def spread(self, text: Words, hits: Hits) -> None:
        """Add the hits of the patterns, which are made of other hits."""
        mask = bits(hits)
        for pattern, needs in self._needs:
            for need in needs:
                if not mask & need:
                    break
            else:
                rows = near(pattern.elements, pattern.within, text.places, hits, ordered=pattern.ordered)
                if rows and absent(hits, pattern.unless):
                    known = hits.get(pattern.set)
                    hits[pattern.set] = rows if known is None else sorted({*known, *rows})[:MOST_HITS]
                    mask |= 1 << pattern.set

    def _stems(self, text: Words) -> tuple[dict[int, list[tuple[int, bool]]], list[int]]:
        """Return where the words are forms of which stems, and which words hid their letters."""
        words, look = text.words, self.lexicon.look
        english = self._is_english(words)
        where: dict[int, list[tuple[int, bool]]] = {}
        disguised = []
        for at, word in enumerate(words):
            if not word:
                continue
            found = look(word)
            matches = found.matches if english or not found.latin else found.matches + found.latin
            if matches:
                if found.disguised:
                    disguised.append(at)
                for match in matches:
                    said = self._said(match, at, text)
                    if said is not None:
                        where.setdefault(match.atom, []).append((at, said))
        return where, disguised

    def _is_english(self, words: list[str]) -> bool:
        functional = sum(1 for word in words if word in self._english)
        return functional >= _LEAST_ENGLISH and functional * _ENGLISH_SHARE >= len(words)

    def _said(self, match: Match, at: int, text: Words) -> bool | None:
        """Return whether a stem is denied here; None when a form that should ask does not."""
        words = text.words
        stem = self.lexicon.stems[match.atom]
        if stem.mark not in _SAYING:
            return match.denied
        denied = match.denied
        if stem.lang == "kk":
            after = words[at + 1 : at + 1 + _AHEAD]
            if match.mood is Mood.INFINITIVE:
                needed = any(word.startswith(self._need) for word in after)
                if stem.mark == REQUEST and not needed:
                    return None
                denied = denied or not self._deny_after.isdisjoint(after)
            elif (
                match.mood is Mood.CONVERB and stem.mark == REQUEST and not any(map(self.lexicon.asks, after))
            ):
                return None
            elif stem.mark == REQUEST and len(words[at]) <= _SHORT and not text.paused[at] and words[at] == stem.written:
                return None  # `бас` is a head and a button pressed: bare imperatives close a clause
            return denied
        if stem.lang == "en" and stem.mark == REQUEST and at and words[at - 1] in self._not_asking:
            return None
        return denied or self._denied_before(at, words)

    def _denied_before(self, at: int, words: list[str]) -> bool:
        for word in reversed(words[max(at - _BACK, 0) : at]):
            if word in self._deny:
                return True
            if word not in self._through:
                return False
        return False


def _add(hits: Hits, sets: Iterable[int], rows: list[Hit]) -> None:
    for at in sets:
        known = hits.get(at)
        if known is None:
            hits[at] = rows
        else:
            hits[at] = known + rows


def _row(  # noqa: PLR0917  (tried for every stem: names cost time)
    first: int,
    denied: bool,  # noqa: FBT001  (made for every word: names cost time)
    rest: tuple[frozenset[int], ...],
    gaps: tuple[int, ...],
    where: Mapping[int, list[tuple[int, bool]]],
    text: Words,
) -> Hit | None:
    """Return the hit of a phrase that begins at this word."""
    at, parts = first, [first]
    places = text.places
    for step, gap in zip(rest, gaps, strict=True):
        upto = places[at] + 1 + gap
        best = None
        for atom in step:
            rows = where.get(atom, ())
            after = bisect_left(rows, (at + 1,))
            if after < len(rows):
                i, said = rows[after]
                if places[i] <= upto and (best is None or i < best[0]):
                    best = (i, said)
        if best is None:
            return None
        at = best[0]
        denied = denied or best[1]
        parts.append(at)
    return Hit(first, at, denied, text.quoted[first], tuple(parts))
