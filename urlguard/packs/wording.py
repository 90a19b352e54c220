"""Terms compiled: sets, phrases and patterns as plain tables, stems numbered.

A term is a row of words. Each word is a stem with the endings of its language, `/` between alternatives:
`=да` stands as it is, `айт!` only when it asks, `сообщ~` in any form of a verb, `айт^` only
in forms that deny (`айтпаңыз`; Kazakh), `қаражат*` with any ending.
`..` between two words lets up to three others stand there, otherwise one may.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from urlguard.errors import PackError

LANGUAGES: Final = ("kk", "ru", "en")
NAME: Final = "na"
"""What stands for the language of the name of a brand."""
_GAP: Final = 1
_WIDE: Final = ".."
_WIDE_GAP: Final = 3
_WITHIN: Final = 8
_RULE_WITHIN: Final = 30
_LETTERS: Final = r"[^\W_]+(?:['’ʼ][^\W_]+)*"
_WORD: Final = re.compile(f"={_LETTERS}|{_LETTERS}[!~*^]?")
_STEM: Final = re.compile(_LETTERS)
TAGS: Final = (
    "@link", "@official_link", "@messenger", "@phone", "@foreign_phone", "@official_phone", "@short_code",
    "@handle", "@amount", "@card", "@iban", "@wallet", "@app", "@email", "@brand", "@brand_elsewhere",
    "@brand_home", "@disguised", "@emergency", "@question", "@sum",
)  # fmt: skip
"""Sets that the reader of a text fills, not its words."""


def wording(sections: Mapping[str, Any]) -> dict[str, Any]:
    """Compile the sections `terms`, `endings`, the names of brands and the rules about words.

    Rules get a key `words`: elements, `within`, `ordered`, `unless`. Raises `PackError` for
    terms that cannot be read and names that nothing is called by.
    """
    compiled = _Wording(sections)
    for name, terms in sections["terms"].items():
        compiled.add_terms(name, terms)
    compiled.add_brands(sections["brands"], frozenset(sections["ordinary_names"]))
    compiled.add_patterns(sections["terms"])
    for rule in sections["rules"]:
        if "when" in rule:
            rule["words"] = compiled.rule(rule)
            if rule.get("scheme", "") not in {"", *sections["schemes"]}:
                what = f"rule {rule['id']!r}: no scheme is called {rule['scheme']!r}"
                raise PackError(rule["where"], what, "name one of the section schemes, or add it there")
    return {**compiled.tables(), "endings": sections["endings"], "spelling": sections["spelling"]}


class _Wording:
    def __init__(self, sections: Mapping[str, Any]) -> None:
        self._sets: dict[str, int] = {}
        self._atoms: dict[str, int] = {}
        self._phrases: dict[tuple[Any, ...], set[int]] = {}
        self._patterns: list[list[Any]] = []
        self._into: dict[str, list[str]] = {}
        self._known = {*sections["terms"], *TAGS}
        for name in (*TAGS, *sections["terms"]):
            self._set(name)
        for name, terms in sections["terms"].items():
            for inner in terms.get("any", ()):
                if inner.startswith(("no ", "any ", "said ")) or "|" in inner:
                    raise PackError(
                        terms["where"], f"{inner!r} in 'any' is no name of a set", "name one set a line"
                    )
                self._into.setdefault(inner, []).append(name)

    def _set(self, name: str) -> int:
        return self._sets.setdefault(name, len(self._sets))

    def _outer(self, name: str) -> set[str]:
        """Return a set and all sets that hold it."""
        found: set[str] = set()
        todo = [name]
        while todo:
            at = todo.pop()
            if at not in found:
                found.add(at)
                todo += self._into.get(at, ())
        return found

    def add_terms(self, name: str, terms: Mapping[str, Any]) -> None:
        sets = {self._set(outer) for outer in self._outer(name)}
        for lang in LANGUAGES:
            for term in terms.get(lang, ()):
                self._phrase(terms["where"], lang, term, sets)

    def _phrase(self, where: str, lang: str, term: str, sets: set[int]) -> None:
        steps: list[tuple[int, ...]] = []
        gaps: list[int] = []
        gap = 0 if lang == NAME else _GAP
        for word in term.lower().replace("-", " ").split():
            if word == _WIDE:
                gap = _WIDE_GAP
                continue
            forms = word.split("/")
            bad = next((form for form in forms if not _WORD.fullmatch(form)), None)
            if bad is not None:
                raise PackError(
                    where, f"{bad!r} in the term {term!r} is no word", "use letters and digits, and = ! ~ ^ *"
                )
            steps.append(tuple(self._atom(lang, form) for form in forms))
            gaps.append(gap)
            gap = 0 if lang == NAME else _GAP
        if not steps:
            raise PackError(where, f"the term {term!r} has no word", "write one, or drop it")
        self._phrases.setdefault((tuple(steps), tuple(gaps[1:])), set()).update(sets)

    def _atom(self, lang: str, form: str) -> int:
        mark = " "
        if form[0] == "=":
            mark, form = "=", form[1:]
        elif form[-1] in "!~*^":
            mark, form = form[-1], form[:-1]
        return self._atoms.setdefault(f"{lang}{mark}{form}", len(self._atoms))

    def add_brands(self, brands: Iterable[Mapping[str, Any]], ordinary: frozenset[str]) -> None:
        """Add the names of brands, each a set of its own besides `@brand` and that of its sector."""
        for brand in brands:
            names = {*brand["name"].values(), *brand.get("spellings", ())}
            spelled = {
                name
                for text in names
                for name in [" ".join(_STEM.findall(text.lower().replace("-", " ")))]
                if name
            }
            sets = {self._set("@brand"), self._set(f"@{brand['sector']}"), self._set(f"@={brand['id']}")}
            self._known |= {f"@{brand['sector']}", f"@={brand['id']}"}
            for name in sorted(spelled - ordinary):
                if len(name) > 2:  # noqa: PLR2004  (two letters name too many things)
                    self._phrase(brand["where"], NAME, name, sets)

    def _add_tags(self, name: str, row: Mapping[str, Any]) -> None:
        """Let a set, and all that hold it, have the hits of the tags it names."""
        for tag in row.get("any", ()):
            element = self._element(row["where"], f"any {tag}")
            if tag.startswith("@"):
                outer = sorted(self._outer(name))
                self._patterns += [[self._set(one), [element], _WITHIN, False, []] for one in outer]

    def add_patterns(self, terms: Mapping[str, Mapping[str, Any]]) -> None:
        """Add sets made of other sets, those they are made of first."""
        for name, row in terms.items():
            self._add_tags(name, row)
        made = {name: row for name, row in terms.items() if "all" in row}
        done: set[str] = set()

        def visit(name: str, path: tuple[str, ...]) -> None:
            if name in path:
                raise PackError(
                    terms[name]["where"],
                    f"the set stands on itself: {' > '.join((*path, name))}",
                    "break the circle",
                )
            if name in done:
                return
            done.add(name)
            for inner in terms.get(name, {}).get("any", ()):
                visit(inner, (*path, name))
            row = made.get(name)
            if row is None:
                return
            for text in (*row["all"], *row.get("unless", ())):
                for inner in _names(text):
                    visit(inner, (*path, name))
            self._add_pattern(name, row)

        for name in terms:
            visit(name, ())

    def _add_pattern(self, name: str, row: Mapping[str, Any]) -> None:
        elements = [self._element(row["where"], text) for text in row["all"]]
        unless = [self._element(row["where"], text) for text in row.get("unless", ())]
        rest = [elements, row.get("within", _WITHIN), row.get("ordered", False), unless]
        self._patterns += [[self._set(outer), *rest] for outer in self._outer(name)]

    def _element(self, where: str, text: str) -> list[Any]:
        denied: bool | None = False
        quoted = text.startswith("said ")
        text = text.removeprefix("said ")
        if text.startswith("no "):
            denied, text = True, text[3:]
        elif text.startswith("any "):
            denied, text = None, text[4:]
        names = _names(text)
        for name in names:
            if name not in self._known and not name.startswith("@="):  # a brand may be switched off
                raise PackError(
                    where, f"no set of terms is called {name!r}", "name one of the section terms, or a tag"
                )
        return [[self._set(name) for name in names], denied, quoted]

    def rule(self, rule: Mapping[str, Any]) -> list[Any]:
        """Return what a rule asks for."""
        where = rule["where"]
        return [
            [self._element(where, text) for text in rule["when"]],
            rule.get("within", _RULE_WITHIN),
            rule.get("ordered", False),
            [self._element(where, text) for text in rule.get("unless", ())],
        ]

    def tables(self) -> dict[str, Any]:
        phrases = [[sorted(sets), steps, gaps] for (steps, gaps), sets in self._phrases.items()]
        return {
            "atoms": list(self._atoms),
            "sets": list(self._sets),
            "phrases": phrases,
            "patterns": self._patterns,
        }


def _names(text: str) -> list[str]:
    bare = text.removeprefix("said ").removeprefix("no ").removeprefix("any ")
    return [name.strip() for name in bare.split("|")]
