"""The shape of every section a pack may have, and what to say when it is not met.

One table a section: field -> how it is read. Readers take a `Node` and return plain JSON
values; what they refuse, they refuse with file, line and a mend.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from urlguard.packs.source import Node

LANGUAGES: Final = ("en", "ru", "kk")
LEVELS: Final = ("suspicious", "dangerous")
BLOCKED: Final = "blocked"
"""The floor that only a record of the registry can give."""
REGISTRY_STATE: Final = "registry_state"
"""The check that fires on a record in the state that its option names."""
ID: Final = re.compile(r"[a-z0-9][a-z0-9_-]*")
_DOMAIN: Final = re.compile(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_][\w-]*")
_TOKEN: Final = re.compile(r"[^\W_]+")

Reader = Callable[[Node], Any]


def text(node: Node) -> str:
    """Read one non-empty text."""
    value = node.text().strip()
    if not value:
        raise node.refuse("an empty value", "write something, or drop the key")
    return value


def whole(node: Node) -> int:
    """Read one whole number between -100 and 100."""
    value = node.text()
    if not re.fullmatch(r"-?\d{1,3}", value) or not -100 <= int(value) <= 100:  # noqa: PLR2004 (the score's range)
        raise node.refuse(f"{value!r} is not a whole number from -100 to 100", "write for example 25")
    return int(value)


def share(node: Node) -> float:
    """Read one share between 0 and 1."""
    value = node.text()
    if not re.fullmatch(r"[01](?:\.\d+)?", value) or float(value) > 1:
        raise node.refuse(f"{value!r} is not a share from 0 to 1", "write for example 0.93")
    return float(value)


ORDER: Final = "0 < suspicious < dangerous <= 100"


def in_order(levels: Mapping[str, int]) -> bool:
    """Tell whether the thresholds of the levels follow on each other."""
    return 0 < levels["suspicious"] < levels["dangerous"] <= 100  # noqa: PLR2004  (the score's range)


def flag(node: Node) -> bool:
    """Read yes or no."""
    value = node.text().lower()
    if value not in {"yes", "no", "true", "false"}:
        raise node.refuse(f"{value!r} is neither yes nor no", "write yes or no")
    return value in {"yes", "true"}


def identifier(node: Node) -> str:
    """Read a lower-case id."""
    value = node.text()
    if not ID.fullmatch(value):
        raise node.refuse(f"{value!r} is not an id", "use a-z, 0-9, '-' and '_'")
    return value


def one_of(*values: str) -> Reader:
    """Make a reader of one of `values`."""

    def read(node: Node) -> str:
        value = node.text()
        if value not in values:
            raise node.refuse(f"{value!r} is not known here", f"use one of {', '.join(values)}")
        return value

    return read


def names(node: Node) -> dict[str, str]:
    """Read one text in all three languages."""
    found = {key: text(value) for key, value in node.mapping().items()}
    for key in found:
        if key not in LANGUAGES:
            raise node.mapping()[key].refuse(f"unknown language {key!r}", "use en, ru, kk")
    missing = [language for language in LANGUAGES if language not in found]
    if missing:
        raise node.refuse(f"no text in {', '.join(missing)}", "give it in en, ru and kk")
    return found


def texts(node: Node) -> list[str]:
    """Read a list of texts."""
    return [text(item) for item in node.items()]


def raw_text(node: Node) -> str:
    """Read one text exactly as written; it may be empty."""
    return node.text()


def raw_texts(node: Node) -> list[str]:
    """Read a list of texts exactly as written."""
    return node.texts()


def tokens(node: Node) -> list[str]:
    """Read a list of lower-case words without spaces, hyphens or dots."""
    for item in node.items():
        value = item.text()
        if not _TOKEN.fullmatch(value) or value != value.lower():
            raise item.refuse(f"{value!r} is not one lower-case word", "write letters and digits only")
    return node.texts()


def domains(node: Node) -> list[str]:
    """Read a list of host names."""
    return [domain(item) for item in node.items()]


def domain(node: Node) -> str:
    """Read one host name, lower case, Unicode or A-labels."""
    value = node.text().lower()
    if not _DOMAIN.fullmatch(value):
        raise node.refuse(f"{value!r} is not a host name", "write it without scheme and path")
    return value


def mapping_of(read: Reader) -> Reader:
    """Make a reader of `key: value` lines with any keys."""

    def read_all(node: Node) -> dict[str, Any]:
        return {key: read(value) for key, value in node.mapping().items()}

    return read_all


def record(required: Mapping[str, Reader], optional: Mapping[str, Reader]) -> Reader:
    """Make a reader of a mapping with exactly these keys."""
    readers = {**required, **optional}

    def read(node: Node) -> dict[str, Any]:
        found = node.mapping()
        for key, value in found.items():
            if key not in readers:
                raise value.refuse(f"unknown key {key!r}", f"use one of {', '.join(sorted(readers))}")
        missing = [key for key in required if key not in found]
        if missing:
            raise node.refuse(f"the key {missing[0]!r} is missing", f"add '{missing[0]}:'")
        return {key: readers[key](value) for key, value in found.items()}

    return read


def option(node: Node) -> str | list[str]:
    """Read the value of a check's option: one text or a list of texts."""
    return texts(node) if isinstance(node.value, list) else text(node)


def names_of_accounts(node: Node) -> list[str]:
    """Read one account name or a list of them."""
    return [item.lower() for item in (texts(node) if isinstance(node.value, list) else [text(node)])]


def as_given(node: Node) -> Any:  # noqa: ANN401  (free-form tables)
    """Read anything."""
    return node.plain()


def unique(rows: Iterable[tuple[str, Node]], what: str) -> None:
    """Raise `PackError` at the second row that carries an id already seen."""
    first: dict[str, Node] = {}
    for key, node in rows:
        if key in first:
            raise node.refuse(f"{what} {key!r} exists already", f"first at {first[key].where}")
        first[key] = node
