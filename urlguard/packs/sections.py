"""Pack folders read into one set of sections, own packs laid over the shipped ones.

A file is a mapping of sections and may hold any of them; folders are only for people.
Own packs add rules, brands and words, and change shipped ones under `overrides:`; the
shipped files stay as they are.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from urlguard.errors import PackError, PackErrors, UsageError
from urlguard.packs import forms, register, shape
from urlguard.packs.book import WORDS
from urlguard.packs.source import Node, read_pack
from urlguard.packs.where import shipped_rules

NURSERY: Final = "nursery"
"""Folder of unproved rules, loaded only when it is named itself."""

_ROWS: Final[dict[str, shape.Reader]] = {
    "rules": forms.rule,
    "brands": forms.BRAND,
    "hosting": forms.HOSTING,
    "wrappers": forms.WRAPPER,
}
_LISTS: Final[dict[str, shape.Reader]] = {
    "ordinary": shape.tokens,
    "ordinary_names": shape.texts,
    "shorteners": shape.domains,
}
_TABLES: Final[dict[str, shape.Reader]] = {
    "words": shape.mapping_of(shape.tokens),
    "interface": shape.mapping_of(shape.names),
    "letters": shape.as_given,
    "policy": forms.POLICY,
    "suffix_abuse": forms.SUFFIX_ABUSE,
    "letter_pairs": forms.LETTER_PAIRS,
    "registry": register.REGISTRY,
    "terms": shape.mapping_of(forms.terms),
    "schemes": shape.mapping_of(forms.SCHEME),
    "endings": shape.mapping_of(shape.text),
    "spelling": shape.mapping_of(shape.mapping_of(shape.raw_text)),
}
_SECTIONS: Final = (*_ROWS, *_LISTS, *_TABLES, "overrides")


def pack_files(folders: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    """List the pack files of each folder in order, with the name errors call them by.

    That is the path as the folder was given; for the shipped rules it begins with `rules/`.
    Raises `UsageError` for a folder that is missing or has no pack in it: a pack that was
    asked for and is not there must not pass for an empty one.
    """
    shipped = shipped_rules()
    for folder in folders:
        if folder.is_file():
            yield folder, str(folder)
            continue
        found = sorted([*folder.rglob("*.yaml"), *folder.rglob("*.yml")]) if folder.is_dir() else []
        if not found:
            message = f"no rule packs at {folder}: name a .yaml file or a folder that has some"
            raise UsageError(message)
        for path in found:
            inner = path.relative_to(folder)
            if NURSERY not in inner.parts[:-1]:
                yield path, str((Path("rules") if folder == shipped else folder) / inner)


def read_sections(folders: Sequence[Path]) -> dict[str, Any]:
    """Read all packs of `folders` into plain sections; later folders extend earlier ones.

    Raises `PackErrors` with everything that is wrong, `UsageError` for a missing folder.
    """
    gathered = _Gathered()
    for path, name in pack_files(folders):
        gathered.attempt(gathered.add_file, path, name)
    gathered.attempt(gathered.check_unique)
    gathered.attempt(gathered.apply_overrides)
    if gathered.errors:
        raise PackErrors(gathered.errors)
    return gathered.sections


class _Gathered:
    """Sections as they grow, and the errors met on the way."""

    def __init__(self) -> None:
        self.errors: list[PackError] = []
        self.sections: dict[str, Any] = {name: [] for name in (*_ROWS, *_LISTS)}
        self.sections |= {name: {} for name in _TABLES}
        self._origins: dict[str, list[tuple[str, Node]]] = {"rules": [], "brands": []}
        self._overrides: list[Node] = []

    def attempt(self, step: Callable[..., None], *arguments: Any) -> None:  # noqa: ANN401
        try:
            step(*arguments)
        except PackError as error:
            self.errors.append(error)

    def add_file(self, path: Path, name: str) -> None:
        for section, node in read_pack(path, name).mapping().items():
            if section not in _SECTIONS:
                raise node.refuse(f"unknown section {section!r}", f"use one of {', '.join(_SECTIONS)}")
            if section in _ROWS:
                for row in node.items():
                    self.attempt(self._add_row, section, row)
            elif section in _LISTS:
                self.sections[section].extend(_LISTS[section](node))
            elif section == "overrides":
                self._overrides.append(node)
            else:
                self._merge(section, _TABLES[section](node))

    def _add_row(self, section: str, row: Node) -> None:
        value = _ROWS[section](row)
        if section in self._origins:
            value["where"] = row.where
            self._origins[section].append((value["id"], row))
        _ADDITIONAL.get(section, _nothing)(value, row)
        self.sections[section].append(value)

    def _merge(self, section: str, value: dict[str, Any]) -> None:
        for key, inner in value.items():
            old = self.sections[section].get(key)
            if section == "terms" and old is not None:
                _extend(old, inner)
            elif isinstance(old, dict) and isinstance(inner, dict):
                old.update(inner)
            elif isinstance(old, list) and isinstance(inner, list) and section == "words":
                old.extend(inner)
            else:
                self.sections[section][key] = inner

    def check_unique(self) -> None:
        for section, what in (("rules", "the rule"), ("brands", "the brand")):
            self.attempt(shape.unique, self._origins[section], what)

    def apply_overrides(self) -> None:
        for node in self._overrides:
            changes = forms.OVERRIDES(node)
            for section in ("rules", "brands"):
                rows = {row["id"]: row for row in self.sections[section]}
                for key, change in changes.get(section, {}).items():
                    if key not in rows:
                        at = node.mapping()[section].mapping()[key]
                        raise at.refuse(f"no such id in {section}: {key!r}", "name one that exists")
                    _apply(rows[key], change)
                    if section == "brands":
                        _check_real(rows[key], change, node.mapping()[section].mapping()[key])
            for key, value in changes.get("policy", {}).items():
                if isinstance(value, dict):
                    self.sections["policy"][key].update(value)
                else:
                    self.sections["policy"][key] = value
            levels = self.sections["policy"].get("levels")
            if "policy" in changes and levels and not shape.in_order(levels):
                raise node.mapping()["policy"].refuse(f"levels out of order: {levels}", shape.ORDER)
        for section in ("rules", "brands"):
            self.sections[section] = [row for row in self.sections[section] if not row.get("off")]


def _extend(terms: dict[str, Any], more: dict[str, Any]) -> None:
    """Add words to a set of terms; what is no list is replaced."""
    for key, value in more.items():
        if isinstance(value, list) and key in terms:
            terms[key] = terms[key] + value
        else:
            terms[key] = value


def _apply(row: dict[str, Any], change: dict[str, Any]) -> None:
    for key, value in change.items():
        if key == "floor" and value == "none":
            row.pop("floor", None)
        elif key == "options":
            row["options"] = {**row.get("options", {}), **value}
        else:
            row[key] = value


def _check_real(brand: dict[str, Any], change: dict[str, Any], row: Node) -> None:
    """Keep the real address among the domains when an override changes either."""
    if brand.get("real") not in brand["domains"]:
        if "real" in change:
            what = f"the real address {brand['real']} is not among the domains"
            raise row.refuse(what, "add it to domains")
        brand["real"] = next(iter(brand["domains"]), "")


def _nothing(_value: dict[str, Any], _row: Node) -> None:
    return


def _check_words(rule: dict[str, Any], row: Node) -> None:
    """Refuse a rule about words that lacks examples in a language it claims."""
    rule.setdefault("check", WORDS)
    hit, miss = rule["examples"]["hit"], rule["examples"]["miss"]
    at = row.mapping()["examples"]
    if not any(hit.values()):
        raise at.refuse(f"the rule {rule['id']!r} has no hit example", "give at least one of each kind")
    for language in {*hit, *miss}:
        for kind, given in (("hit", hit), ("miss", miss)):
            if not given.get(language):
                raise at.refuse(
                    f"the rule {rule['id']!r} claims {language} and has no {kind} example in it",
                    "give at least one of each kind in each language it claims",
                )
    rule["claims"] = sorted(hit)
    for kind, given in (("hit", hit), ("miss", miss)):
        rule["examples"][kind] = [text for texts in given.values() for text in texts]


def _check_rule(rule: dict[str, Any], row: Node) -> None:
    if "when" in rule:
        _check_words(rule, row)
        return
    if rule["check"] == WORDS:
        what = f"the rule {rule['id']!r} does not say which words"
        raise row.mapping()["check"].refuse(what, "add 'when:' with the sets of terms it looks for")
    if rule.get("floor") == shape.BLOCKED and rule["check"] != shape.REGISTRY_STATE:
        what = f"only a record of the registry blocks, and {rule['id']!r} looks at the link itself"
        raise row.mapping()["floor"].refuse(what, f"use one of {', '.join(shape.LEVELS)}")
    for kind in ("hit", "miss"):
        if not rule["examples"][kind]:
            raise row.mapping()["examples"].refuse(
                f"the rule {rule['id']!r} has no {kind} example", "give at least one of each kind"
            )


def _check_brand(brand: dict[str, Any], row: Node) -> None:
    if "real" in brand and brand["real"] not in brand["domains"]:
        raise row.mapping()["real"].refuse(
            f"the real address {brand['real']} is not among the domains", "add it to domains"
        )
    if brand["domains"] and "real" not in brand:
        brand["real"] = brand["domains"][0]


def _check_hosting(hosting: dict[str, Any], row: Node) -> None:
    if ("suffix" in hosting) == ("host" in hosting):
        raise row.refuse("hosting needs either 'suffix' or 'host'", "keep one of the two")


_ADDITIONAL: Final = {"rules": _check_rule, "brands": _check_brand, "hosting": _check_hosting}
