"""Which stems a word is a form of, in the three views of its spelling.

A stem is looked up by the beginnings of the word, the rest must be endings it may have. What was found is
kept: texts repeat their words, so most of them cost one look into a dictionary.
"""

import re
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from urlguard.words.endings import NOUN, VOWELS, Form, Inflection, Kazakh, Mood
from urlguard.words.forms import (
    ENGLISH_OF_NAMES,
    LAST_OF_LOANS,
    OF_NAMES,
    SOFTENING,
    agglutinated,
    agree,
    inflected,
    may_soften,
    softened,
)
from urlguard.words.spelling import KAZAKH, Spelling
from urlguard.words.stems import ANY, EXACT, NAME, REFUSAL, REQUEST, VERB, Match, Stem, Table

_KEPT: Final = 20_000
"""Words whose stems are remembered; then memory starts anew."""
_LONGEST: Final = 48
"""No word with meaning is longer; more letters are only looked at this far."""
_SHORTEST_LATIN: Final = 3
_SHORTEST_TYPED: Final = 3
"""Shorter Kazakh stems are Russian words on a Russian keyboard: өт is "от"."""
_LEAST_LEET: Final = 3
"""Letters beside the digits that stand for some; one less when the digits stand inside, as in `к0д`."""
_LATIN: Final = re.compile("[a-z]")
_CYRILLIC: Final = re.compile("[\u0400-\u052f]")
_DIGIT: Final = re.compile(r"[\d@$]")
_CHAT_DIGITS: Final = re.compile("[a-z'’46]+")
"""Latin chat letters: ч is 4 and ш is 6 in `sro4no` and `vy6lite`."""
_LETTER: Final = re.compile(r"[^\W\d_]")
_GLUED: Final = re.compile("([a-z]{2,})([\u0400-\u052f]{1,8})")


class Found(NamedTuple):
    """What a word may be."""

    matches: tuple[Match, ...]
    latin: tuple[Match, ...]
    """What it is when Latin letters stand for Cyrillic ones; not meant in an English text."""
    disguised: bool
    """Only found after its letters were put right: mixed scripts, digits for letters."""


_NOTHING: Final = Found((), (), disguised=False)


class Lexicon:
    """The stems of a book, ready to look up. Safe to share: what it remembers is only a saving."""

    def __init__(self, wording: Mapping[str, Any]) -> None:
        """Take the compiled `wording` section."""
        endings = wording["endings"]
        self._spelling = spelling = Spelling(wording["spelling"])
        self._kazakh = Kazakh(endings, str)
        self._typed = Kazakh(endings, spelling.keyboard)
        self._sounded = Kazakh(endings, spelling.coarse)
        self._russian = Inflection(endings, "ru", str)
        self._russian_sounded = Inflection(endings, "ru", spelling.coarse)
        self._english = Inflection(endings, "en", str)
        self._auxiliary = frozenset(
            form
            for word in endings["ask_auxiliary"].split()
            for form in (word, spelling.keyboard(word), spelling.coarse(word))
        )
        self._able = frozenset(endings["ask_ability"].split())
        self._own = Table()
        self._keyboard = Table()
        self._coarse = Table()
        self.stems: list[Stem] = []
        for atom, row in enumerate(wording["atoms"]):
            lang, mark, written = row[:2], row[2] if row[2] != " " else "", row[3:]
            self.stems.append(stem := Stem(atom, lang, mark, written))
            self._add(stem)
        self._seen: dict[str, Found] = {}

    def _add(self, stem: Stem) -> None:
        for form in (
            {stem.written, softened(stem.written)}
            if stem.lang == "kk" and stem.mark in SOFTENING
            else {stem.written}
        ):
            self._own.add(form, stem)
            if stem.lang == "en":
                continue
            if stem.lang == "kk" and len(form) >= _SHORTEST_TYPED:
                self._keyboard.add(self._spelling.keyboard(form), stem)
            sound = self._spelling.coarse(form)
            if len(sound) >= _SHORTEST_LATIN and not _LATIN.search(form):
                self._coarse.add(sound, stem)

    def look(self, word: str) -> Found:
        """Return what a lower-case word is a form of."""
        found = self._seen.get(word)
        if found is None:
            if len(self._seen) >= _KEPT:
                self._seen = {}
            found = self._seen[word] = self._found(word[:_LONGEST])
        return found

    def _found(self, word: str) -> Found:
        latin, cyrillic = _LATIN.search(word), _CYRILLIC.search(word)
        if _DIGIT.search(word) and (latin or cyrillic):
            return self._leet(word)
        if latin and cyrillic:
            return self._mixed(word)
        if cyrillic:
            return Found(tuple(self._cyrillic(word)), (), disguised=False)
        if latin or _LETTER.search(word):
            return self._latin(word)
        exact = tuple(Match(stem.atom, *NOUN) for stem in self._own.stems.get(word, ()))
        return Found(exact, (), disguised=False) if exact else _NOTHING

    def _latin(self, word: str) -> Found:
        own = tuple(self._in(self._own, word))
        sounds = self._spelling.latin_sounds(word)
        sounded = tuple(match for sound in sounds for match in self._in(self._coarse, sound, sounded=True))
        if len(sounds) > 1:
            sounded = tuple(dict.fromkeys(sounded))
        if (
            not own
            and not sounded
            and (alike := self._spelling.as_cyrillic(word))
            and (hit := tuple(self._cyrillic(alike)))
        ):
            return Found((), hit, disguised=False)
        return Found(own, sounded, disguised=False)

    def _mixed(self, word: str) -> Found:
        glued = _GLUED.fullmatch(word)
        begun = _NOTHING
        if glued and (
            self._kazakh.noun(glued[2]) or self._typed.noun(glued[2]) or self._russian.noun(glued[2])
        ):
            begun = self._latin(glued[1])
            if begun.matches:
                return begun
        for plain in self._spelling.one_script(word):
            found = self._found(plain)
            if found.matches or (found.latin and not begun.latin):
                return found._replace(disguised=True)
        return begun

    def _leet(self, word: str) -> Found:
        exact = tuple(Match(stem.atom, *NOUN) for stem in self._own.stems.get(word, ()))
        if exact:
            return Found(exact, (), disguised=False)
        inside = word[0].isalpha() and word[-1].isalpha()
        if sum(map(str.isalpha, word)) < _LEAST_LEET - inside:
            return _NOTHING
        if _CHAT_DIGITS.fullmatch(word) and (chat := self._latin(word)).latin:
            return chat
        for plain in self._spelling.without_leet(word):
            found = _NOTHING if _DIGIT.search(plain) else self._found(plain)
            if found.matches or found.latin:
                return found._replace(disguised=True)
        return _NOTHING

    def _cyrillic(self, word: str) -> list[Match]:
        matches = self._in(self._own, word)
        typed = self._spelling.keyboard(word)
        known = {match.atom for match in matches}
        if KAZAKH.isdisjoint(word):
            return matches + [
                match for match in self._in(self._keyboard, typed, typed=True) if match.atom not in known
            ]
        return matches + [
            match
            for match in self._in(self._keyboard, typed, typed=True, own=word)
            if match.atom not in known
        ]

    def _in(
        self, table: Table, word: str, *, typed: bool = False, sounded: bool = False, own: str = ""
    ) -> list[Match]:
        matches = []
        for end in table.lengths(word):
            for stem in table.stems.get(word[:end], ()):
                if own and not agree(own[:end], stem.written):
                    continue
                if not (typed or sounded) and not may_soften(word, end, stem):
                    continue
                form = self._form(stem, word[end:], typed=typed, sounded=sounded)
                if form is not None:
                    matches.append(Match(stem.atom, *form))
        return matches

    def _form(self, stem: Stem, rest: str, *, typed: bool, sounded: bool) -> Form | None:
        """Return what a stem with this rest says; None when the rest is no ending of it."""
        mark = stem.mark
        if mark == ANY or not (rest or mark in {REQUEST, VERB, REFUSAL}):
            return NOUN
        if mark == EXACT:
            return None
        kazakh = self._sounded if sounded else self._typed if typed else self._kazakh
        if stem.lang == "kk":
            return agglutinated(kazakh, mark, rest)
        if stem.lang == NAME:
            return NOUN if self._of_name(stem.written, rest) else None
        if stem.lang == "en":
            return inflected(self._english, mark, rest)
        form = inflected(self._russian_sounded if sounded else self._russian, mark, rest)
        return NOUN if form is None and mark == "" and self._of_loan(kazakh, rest) else form

    def _of_loan(self, kazakh: Kazakh, rest: str) -> bool:
        """Tell whether a Russian stem takes Kazakh endings, with its own last vowel or without."""
        if kazakh.noun(rest) or self._typed.noun(rest):
            return True
        suffixes = rest[1:] if rest[:1] in LAST_OF_LOANS else ""
        return len(suffixes) > 1 and (kazakh.noun(suffixes) or self._typed.noun(suffixes))

    def _of_name(self, name: str, rest: str) -> bool:
        """Tell whether a name takes these endings: Kazakh case, or Russian case after a consonant."""
        if self._kazakh.noun(rest) or self._typed.noun(rest) or (rest in OF_NAMES and name[-1] not in VOWELS):
            return True
        return rest in ENGLISH_OF_NAMES or (
            _LATIN.match(rest) is not None and self._sounded.noun(self._spelling.latin_sound(rest))
        )

    def asks(self, word: str) -> bool:
        """Tell whether a word after a converb makes a request of it: `жіберіңіз` in `айтып жіберіңіз`."""
        word = word[:_LONGEST]
        for kazakh, form in (
            (self._kazakh, word),
            (self._typed, word),
            (self._sounded, self._spelling.latin_sound(word)),
        ):
            for end in range(len(form), 2, -1):
                if form[:end] in self._auxiliary:
                    said = kazakh.verb(form[end:])
                    if said is not None and said[0] in {Mood.REQUEST, Mood.CONDITION} and not said[1]:
                        return True
        return False
