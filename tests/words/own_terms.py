"""Stems and sets made for one test, in the shipped spellings and endings."""

from functools import cache
from typing import Any

from urlguard.packs.sections import read_sections
from urlguard.packs.where import shipped_rules
from urlguard.packs.wording import wording
from urlguard.words.endings import Mood
from urlguard.words.finding import Finder
from urlguard.words.folding import Mask, Words, words_of
from urlguard.words.lexicon import Lexicon
from urlguard.words.nearness import Hits
from urlguard.words.spelling import Spelling


@cache
def tables() -> dict[str, Any]:
    folder = shipped_rules() / "texts"
    return read_sections([folder / "endings.yaml", folder / "spelling.yaml"])


def made(terms: dict[str, dict[str, Any]], **sections: Any) -> dict[str, Any]:  # noqa: ANN401  (sections)
    """Compile sets of terms, and nothing else but the shipped endings and spelling."""
    rows = {name: {"where": f"own.yaml:{at}", **terms[name]} for at, name in enumerate(terms, 1)}
    return wording({**tables(), "terms": rows, **sections})


def finder(terms: dict[str, dict[str, Any]], **sections: Any) -> Finder:  # noqa: ANN401  (sections)
    return Finder(made(terms, **sections))


@cache
def lexicon(*stems: str) -> Lexicon:
    """Return a lexicon of stems as terms write them, each after its language: `kk айт!`."""
    terms: dict[str, dict[str, list[str]]] = {}
    for at, stem in enumerate(stems):
        lang, _, term = stem.partition(" ")
        terms[f"set_{at}"] = {lang: [term]}
    return Lexicon(made(terms))


@cache
def spelling() -> Spelling:
    return Spelling(tables()["spelling"])


def stems(known: Lexicon, word: str) -> set[str]:
    """Return which stems a word is a form of, also when Latin letters stand for Cyrillic ones."""
    found = known.look(word)
    return {known.stems[match.atom].written for match in (*found.matches, *found.latin)}


def said(stem: str, word: str) -> list[tuple[Mood, bool]]:
    """Return what a word says as a form of a stem: mood, and whether it denies."""
    return [(match.mood, match.denied) for match in lexicon(stem).look(word).matches]


def pieces(text: str, words: Words) -> list[str]:
    """Return the parts of a text that its words were read from."""
    return [text[start:end] for start, end in zip(words.starts, words.ends, strict=True)]


def hits(known: Finder, text: str, masks: tuple[Mask, ...] = ()) -> tuple[Words, Hits]:
    words = words_of(text, masks)
    found = known.found(words)
    known.spread(words, found)
    return words, found


def found(known: Finder, name: str, text: str, masks: tuple[Mask, ...] = ()) -> list[str]:
    """Return the parts of a text where a set occurs; `-` before those that are denied."""
    words, places = hits(known, text, masks)
    return [
        ("-" if hit.denied else "") + text[words.starts[hit.first] : words.ends[hit.last]]
        for hit in places.get(known.names.index(name), [])
    ]


def table(text: str) -> list[tuple[str, str]]:
    """Return the pairs of a table with rows `stem: form form`; what is indented belongs to the row before."""
    pairs = []
    for row in text.strip().replace("\n    ", " ").splitlines():
        stem, _, forms = row.partition(":")
        pairs += [(stem, word) for word in forms.split()]
    return pairs
