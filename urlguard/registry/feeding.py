"""The configuration of lists from the web: which are used, and what each is trusted with.

A file of its own and not a rule pack: it says what this computer downloads. Read as strictly as
the packs are; every mistake is told at once, with file, line and a mend.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final

from urlguard.errors import PackError, PackErrors
from urlguard.packs import shape
from urlguard.packs.source import Node, read_pack
from urlguard.registry.formats.table import FORMATS

TRUSTS: Final = {"block": "restricted", "warn": "submitted"}
"""What a list is trusted with -> the state its records begin in, when none is said."""
_URL: Final = re.compile(r"https?://[^\s/@?#]+(?:[/?]\S*)?", re.IGNORECASE)
_SHA256: Final = re.compile(r"[0-9a-fA-F]{64}")
_KEY: Final = re.compile(r"[A-Za-z0-9+/]{40,80}={0,2}")
_TYPE: Final = re.compile(r"[\w.+*-]+/[\w.+*-]+", re.ASCII)
_LOCAL: Final = "local"


@dataclass(frozen=True, slots=True)
class FeedSettings:
    """One list from the web, as configured."""

    name: str
    """The name of the list in the registry."""
    url: str
    format: str
    """A name in `urlguard.registry.formats.table.FORMATS`."""
    licence: str
    """On what terms the publisher gives it, in words."""
    enabled: bool = False
    trust: str = "warn"
    """`block` or `warn`."""
    state: str = TRUSTS["warn"]
    """The state its records begin in."""
    homepage: str = ""
    sha256: str = ""
    checksum_url: str = ""
    signature_url: str = ""
    public_key: str = ""
    content_types: tuple[str, ...] = ()
    category: str = ""
    """For rows that say none themselves."""
    note: str = ""


def read_feeds(
    path: Path, states: Collection[str] = (), categories: Collection[str] = ()
) -> tuple[FeedSettings, ...]:
    """Read a configuration. Raises `PackError` or `PackErrors`, with file and line.

    `states` and `categories` are the ids of the rule book; when none are given they are not
    compared.
    """
    root = read_pack(path, str(path))
    for key, node in root.mapping().items():
        if key != "feeds":
            raise node.refuse(f"unknown section {key!r}", "use feeds")
    if "feeds" not in root.mapping():
        raise root.refuse("the section 'feeds' is missing", "add 'feeds:' and lines that begin with '- '")
    found: list[FeedSettings] = []
    errors: list[PackError] = []
    rows = root.mapping()["feeds"].items()
    for row in rows:
        try:
            found.append(_settings(row, states, categories))
        except PackError as error:
            errors.append(error)
    try:
        shape.unique([(row.mapping()["name"].text(), row) for row in rows if _has_name(row)], "the list")
    except PackError as error:
        errors.append(error)
    if errors:
        raise PackErrors(errors)
    return tuple(found)


def _settings(row: Node, states: Collection[str], categories: Collection[str]) -> FeedSettings:
    given: dict[str, Any] = _FEED(row)
    at = row.mapping()
    for key, known in (("state", states), ("category", categories)):
        if known and key in given and given[key] not in known:
            raise at[key].refuse(f"{given[key]!r} is not known here", f"use one of {', '.join(known)}")
    if given["name"] == _LOCAL:
        raise at["name"].refuse(f"{_LOCAL!r} is the list of what people enter", "name it otherwise")
    if "signature_url" in given and "public_key" not in given:
        raise at["signature_url"].refuse("a signature without a public key proves nothing", "add public_key")
    given.setdefault("state", TRUSTS[given.get("trust", "warn")])
    return FeedSettings(**given)


def _has_name(row: Node) -> bool:
    return isinstance(row.value, dict) and "name" in row.value and isinstance(row.value["name"].value, str)


def _matching(pattern: re.Pattern[str], what: str, mend: str) -> shape.Reader:
    """Make a reader of a text of one form."""

    def read(node: Node) -> str:
        value = shape.text(node)
        if not pattern.fullmatch(value):
            raise node.refuse(f"{value!r} is not {what}", mend)
        return value

    return read


def _sum(node: Node) -> str:
    return str(_matching(_SHA256, "a SHA-256 sum", "write its 64 hexadecimal digits")(node)).lower()


def _types(node: Node) -> tuple[str, ...]:
    read = _matching(_TYPE, "a media type", "write for example text/plain or text/*")
    return tuple(read(item).lower() for item in node.items())


_ADDRESS: Final = _matching(_URL, "a web address", "begin it with https:// and leave out any password")
_FEED: Final = shape.record(
    {
        "name": shape.identifier,
        "url": _ADDRESS,
        "format": shape.one_of(*FORMATS),
        "licence": shape.text,
    },
    {
        "enabled": shape.flag,
        "trust": shape.one_of(*TRUSTS),
        "state": shape.identifier,
        "homepage": _ADDRESS,
        "sha256": _sum,
        "checksum_url": _ADDRESS,
        "signature_url": _ADDRESS,
        "public_key": _matching(_KEY, "a public key", "write minisign's (RW...) or 32 octets in base64"),
        "content_types": _types,
        "category": shape.identifier,
        "note": shape.text,
    },
)
KEYS: Final = tuple(field.name for field in fields(FeedSettings))
"""What a list may be configured with."""
