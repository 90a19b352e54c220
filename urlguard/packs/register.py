"""The shape of the section `registry`: states of a record, categories, grounds, articles.

Each table is `id: what is known of it`; a pack that is laid over the shipped rules adds ids or
replaces what stands under one.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from urlguard.errors import PackError
from urlguard.packs import shape
from urlguard.packs.source import Node

EFFECTS: Final = ("blocks", "warns", "none")
_NAME: Final = re.compile(r"[^\W_][\w ./-]*")
"""The provision of a law as records write it: `УК 217-1`."""
_FILE_NAME: Final = re.compile(r"[A-Za-z0-9][\w.-]*", re.ASCII)
_PARAMETER: Final = re.compile(r"[a-z0-9_.-]+\*?", re.ASCII)
"""A parameter of links, in lower case; a star stands for the rest of the name."""
_NUMBER: Final = re.compile(r"\+?\d{2,15}", re.ASCII)


def _table(row: shape.Reader, key: re.Pattern[str]) -> shape.Reader:
    """Make a reader of `id: row` lines whose rows remember where they stand."""

    def read(node: Node) -> dict[str, Any]:
        found = {}
        for name, value in node.mapping().items():
            if not key.fullmatch(name):
                raise value.refuse(f"{name!r} is not an id", "use letters, digits, '-' and '_'")
            found[name] = {**row(value), "where": value.where}
        return found

    return read


def _ids(node: Node) -> list[str]:
    return [shape.identifier(item) for item in node.items()]


def _file_names(node: Node) -> list[str]:
    for item in node.items():
        if not _FILE_NAME.fullmatch(item.text()):
            raise item.refuse(
                f"{item.text()!r} is not the name of a list", "use letters, digits, '.', '-' and '_'"
            )
    return node.texts()


def _state(node: Node) -> dict[str, Any]:
    state: dict[str, Any] = _STATE(node)
    if ("command" in state) != ("verb" in state):
        raise node.refuse(
            "a state has both a command and a verb, or neither", "give both in the three languages"
        )
    return state


_STATE: Final = shape.record(
    {"title": shape.names, "effect": shape.one_of(*EFFECTS), "next": _ids},
    {"command": shape.identifier, "verb": shape.names},
)
_WHATS: Final = ("popular", "hosting", "shortener", "suffix", "mail")
_POPULAR: Final = shape.record(
    {"why": shape.text},
    {"what": shape.one_of(*_WHATS), "lists": _file_names, "every": shape.flag, "hosts": shape.domains},
)
_TABLES: Final[dict[str, shape.Reader]] = {
    "states": _table(_state, shape.ID),
    "categories": _table(shape.record({"title": shape.names}, {"names": shape.texts}), shape.ID),
    "grounds": _table(shape.record({"title": shape.names}, {"strong": shape.flag}), shape.ID),
    "articles": _table(shape.record({"title": shape.names}, {"names": shape.texts}), _NAME),
    "popular": _table(_POPULAR, shape.ID),
    "numbers": _table(shape.record({"title": shape.names}, {}), _NUMBER),
    "pages": _table(shape.record({"names": shape.texts, "why": shape.text}, {}), shape.ID),
    "tracking": _table(shape.record({"by": shape.text}, {}), _PARAMETER),
}
REGISTRY: Final = shape.record({}, _TABLES)


def check_examples(rules: Iterable[Mapping[str, Any]], states: Iterable[str]) -> None:
    """Raise `PackError` when a rule about records has an example that is no state."""
    known = frozenset(states)
    for rule in rules:
        if rule["check"] == shape.REGISTRY_STATE:
            unknown = [name for names in rule["examples"].values() for name in names if name not in known]
            if unknown:
                what = f"the example {unknown[0]!r} of {rule['id']!r} is no state of a record"
                raise PackError(rule["where"], what, f"use some of {', '.join(states)}")


def checked(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the whole section, complete. Raises `PackError` for what is missing or leads nowhere."""
    missing = [name for name in _TABLES if name not in given]
    if missing:
        raise PackError("registry", f"the tables {', '.join(missing)} are missing", "add them")
    states = given["states"]
    commands: dict[str, str] = {}
    for name, state in states.items():
        unknown = [other for other in state["next"] if other not in states]
        if unknown:
            mend = f"use some of {', '.join(states)}"
            raise PackError(
                state["where"], f"the state {name!r} leads to {unknown[0]!r}, which is none", mend
            )
        first = commands.setdefault(state.get("command", name), name)
        if first != name:
            what = f"the command of the state {name!r} is that of {first!r}"
            raise PackError(state["where"], what, "name it differently")
    return dict(given)


def official(brands: Iterable[Mapping[str, Any]], numbers: Iterable[str]) -> dict[str, list[str]]:
    """Return what nobody may block: keys of the numbers, accounts and apps of brands and of the state."""
    phones = set(numbers)
    handles: set[str] = set()
    apps: set[str] = set()
    for brand in brands:
        phones.update(_digits(number) for number in (*brand.get("phones", ()), *brand.get("short_codes", ())))
        apps.update(brand.get("apps", ()))
        for platform, names in brand.get("handles", {}).items():
            handles.update(f"{platform}:{name}" for name in names)
    return {"phones": sorted(phones), "handles": sorted(handles), "apps": sorted(apps)}


def _digits(number: str) -> str:
    """Return a number as its E.164 form without the plus sign; a short code stays as it is."""
    digits = re.sub(r"\D", "", number)
    return f"7{digits[1:]}" if len(digits) == _HOME and digits[0] == "8" else digits


_HOME: Final = 11
"""Digits of a number of Kazakhstan written with 8 for its country code."""
