"""Which term sets of a book occur in a text, and where: the vocabulary the rules about words speak in.

A *phrase* is a row of stems with at most a word between them; a *set* is a list of phrases; a *pattern* is a
set too, of places where other sets stand near each other. Each *hit* knows whether it is denied
(`не сообщайте`, `айтпаңыз`) and whether it stands in quotes.
"""

from collections.abc import Mapping, Sequence
from heapq import heappop, heappush
from typing import Any, Final

from urlguard.words.endings import Mood
from urlguard.words.folding import Words
from urlguard.words.lexicon import Found, Lexicon
from urlguard.words.nearness import (
    MOST_HITS,
    Hit,
    Hits,
    Pattern,
    absent,
    bits,
    both_ends,
    element,
    near,
)
from urlguard.words.phrases import Begun, Meant, Phrase, Window, add, followed, window_of
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


_FLOOD: Final = 10
"""Of more than each tenth word meaning the same, some were not looked at: such a text is never clear."""


class Finder:
    """The sets of a book, ready to be found."""

    def __init__(self, wording: Mapping[str, Any], lexicon: Lexicon | None = None) -> None:
        """Take the compiled `wording` section."""
        self.lexicon = Lexicon(wording) if lexicon is None else lexicon
        endings = wording["endings"]
        self._deny = frozenset(endings["deny_before"].split())
        self._through = frozenset(endings["deny_through"].split())
        self._if = frozenset(endings["deny_if"].split())
        self._deny_after = frozenset(endings["deny_after"].split())
        self._need = tuple(endings["need_after"].split())
        self._not_asking = frozenset(endings["en_not_asking"].split())
        self._english = frozenset(endings["en_function"].split())
        self.names: list[str] = wording["sets"]
        self._single: dict[int, tuple[int, ...]] = {}
        """Stem -> the sets that it stands in by itself."""
        self._pairs: dict[int, dict[int, list[Phrase]]] = {}
        denying = {stem.atom for stem in self.lexicon.stems if stem.written in self._deny}
        for sets, steps, gaps in wording["phrases"]:
            if len(steps) == 1:
                for atom in steps[0]:
                    self._single[atom] = tuple({*self._single.get(atom, ()), *sets})
                continue
            denies = any(not denying.isdisjoint(step) for step in steps)
            rest = tuple(frozenset(step) for step in steps[2:])
            phrase = Phrase(tuple(sets), gaps[0], rest, tuple(gaps[1:]), denies)
            for first in steps[0]:
                seconds = self._pairs.setdefault(first, {})
                for second in steps[1]:
                    seconds.setdefault(second, []).append(phrase)
        patterns = [
            Pattern(at, tuple(map(element, elements)), within, ordered, tuple(map(element, unless)))
            for at, elements, within, ordered, unless in wording["patterns"]
        ]
        self._needs = [(made, tuple(wanted.bits for wanted in made.elements)) for made in patterns]
        self._by_set: dict[int, list[int]] = {}
        """Set -> the patterns that wait for it: those that need a set stand behind those that make it."""
        for number, made in enumerate(patterns):
            for at in min(made.elements, key=lambda wanted: len(wanted.sets)).sets:
                self._by_set.setdefault(at, []).append(number)
        self._tags = {name[1:]: at for at, name in enumerate(self.names) if name.startswith("@")}

    def found(self, text: Words) -> Hits:
        """Return the hits of every phrase and tag, each list in order; patterns are not among them yet."""
        meant, disguised = self._stems(text)
        if text.disguised:  # only of what has a meaning here it is known that it is a word
            known = {at for at, _ in meant}
            disguised += [at for at in text.disguised if at in known]
        if disguised:
            text.tags["disguised"] = sorted(set(disguised))
        hits = self._tagged(text)
        for number in range(len(meant)):
            self._begin(number, meant, text, hits)
        for at, rows in hits.items():
            if len(rows) > 1:
                hits[at] = both_ends(sorted(set(rows)))
                count = len(rows) + text.lost.get(at, 0)
                text.flooded = text.flooded or count > max(MOST_HITS, len(text.words) // _FLOOD)
        return hits

    def _begin(self, number: int, meant: Sequence[Meant], text: Words, hits: Hits) -> None:
        """Add the hits of the phrases that begin with one word."""
        at, atoms = meant[number]
        window: Window | None = None
        for atom, denied in atoms:
            sets = self._single.get(atom)
            if sets is not None:
                add(hits, sets, Hit(at, at, denied, text.quoted[at], (at,)), text.lost)
            seconds = self._pairs.get(atom)
            if seconds is None:
                continue
            if window is None:
                window = window_of(meant, number, text.places)
            if window:
                begun = Begun((at,), denied, number)
                for phrase, hit in followed(begun, seconds, window, meant, text):
                    add(hits, phrase.sets, hit, text.lost)

    def _tagged(self, text: Words) -> Hits:
        return {
            self._tags[tag]: [
                Hit(i, i, denied=False, quoted=text.quoted[i], parts=(i,)) for i in both_ends(indices)
            ]
            for tag, indices in text.tags.items()
            if tag in self._tags
        }

    def spread(self, text: Words, hits: Hits) -> None:
        """Add the hits of the patterns, which are made of other hits."""
        mask = bits(hits)
        by_set, needs_of, places = self._by_set, self._needs, text.places
        seen = {number for at in hits for number in by_set.get(at, ())}
        waiting = sorted(seen)  # a sorted list is a heap
        while waiting:
            number = heappop(waiting)
            pattern, needs = needs_of[number]
            for need in needs:
                if not mask & need:
                    break
            else:
                rows = near(pattern.elements, pattern.within, places, hits, ordered=pattern.ordered)
                if rows and (not pattern.unless or absent(hits, pattern.unless)):
                    made = pattern.set
                    known = hits.get(made)
                    if known is not None:
                        hits[made] = both_ends(sorted({*known, *rows}))
                        continue
                    hits[made] = both_ends(rows if len(rows) == 1 else sorted(set(rows)))
                    mask |= 1 << made
                    for more in by_set.get(made, ()):
                        if more > number and more not in seen:
                            seen.add(more)
                            heappush(waiting, more)

    def _stems(self, text: Words) -> tuple[list[Meant], list[int]]:
        """Return which words are forms of which stems, and which words hid their letters."""
        words, look = text.words, self.lexicon.look
        english = self._is_english(words)
        meant: list[Meant] = []
        disguised = []
        odd = frozenset(text.disguised)
        for at, word in enumerate(words):
            if not word:
                continue
            found = look(word) if at not in odd else self._spaced(word)
            matches = found.matches if english or not found.latin else found.matches + found.latin
            if matches:
                if found.disguised:
                    disguised.append(at)
                atoms = [
                    (match.atom, said)
                    for match in matches
                    if (said := self._said(match, at, text)) is not None
                ]
                if atoms:
                    meant.append((at, atoms))
        return meant, disguised

    def _spaced(self, word: str) -> Found:
        """Return what a word of spaced letters is; a word of one letter may have stood beside it."""
        look = self.lexicon.look
        whole = look(word)
        if whole.matches or whole.latin:
            return whole
        parts = map(look, (word[1:], word[:-1], word[1:-1]))
        return next((found for found in parts if found.matches or found.latin), whole)

    def _is_english(self, words: list[str]) -> bool:
        functional = sum(1 for word in words if word in self._english)
        return functional >= _LEAST_ENGLISH and functional * _ENGLISH_SHARE >= len(words)

    def _said(self, match: Match, at: int, text: Words) -> bool | None:
        """Return whether a stem is denied here; None when a form that should ask does not."""
        stem = self.lexicon.stems[match.atom]
        if stem.mark not in _SAYING:
            return match.denied
        if stem.lang == "kk":
            return self._said_in_kazakh(match, at, text)
        if stem.lang == "en" and stem.mark == REQUEST and self._by_others(at, text):
            return None
        return True if match.denied else self._denied_before(at, text)

    def _by_others(self, at: int, text: Words) -> bool:
        """Tell whether the word before an English verb says that somebody else does it: `they tell`."""
        return at > 0 and text.words[at - 1] in self._not_asking and not text.paused[at - 1]

    def _said_in_kazakh(self, match: Match, at: int, text: Words) -> bool | None:
        stem, words = self.lexicon.stems[match.atom], text.words
        after = words[at + 1 : at + 1 + _AHEAD]
        if match.mood is Mood.INFINITIVE:
            if stem.mark == REQUEST and not any(word.startswith(self._need) for word in after):
                return None
            return match.denied or not self._deny_after.isdisjoint(after)
        if stem.mark == REQUEST:
            if match.mood is Mood.CONDITION and match.denied:
                return None  # `төлемесеңіз`: if you do not pay
            if match.mood is Mood.CONVERB and not any(map(self.lexicon.asks, after)):
                return None
            if len(words[at]) <= _SHORT and not text.paused[at] and words[at] == stem.written:
                return None  # `бас` is a head and a button pressed: bare imperatives close a clause
        return match.denied

    def _denied_before(self, at: int, text: Words) -> bool | None:
        """Return whether a word before denies this one; None after "if not", which does neither."""
        words = text.words
        for before in range(at - 1, max(at - _BACK, 0) - 1, -1):
            if text.paused[before]:
                return False
            if words[before] in self._deny:
                return None if before and words[before - 1] in self._if else True
            if words[before] not in self._through:
                return False
        return False
