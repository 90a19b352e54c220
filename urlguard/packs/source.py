"""Strict YAML: a tree in which every value is text and knows its line.

Every scalar is read as text: plain YAML would turn the phone `+77011234567` into an
integer, the code `0770` into 504 and the country `NO` into False. Anchors, aliases, tags,
merge keys, repeated keys, deep nesting and large files are refused: packs come from
strangers too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from urlguard.errors import PackError
from urlguard.packs.where import SIZE_LIMIT

DEPTH_LIMIT: Final = 20

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Node:
    """One value of a pack file: text, a list of nodes or a mapping of text to nodes."""

    value: "str | list[Node] | dict[str, Node]"
    file: str
    line: int

    @property
    def where(self) -> str:
        """`file:line`."""
        return f"{self.file}:{self.line}"

    def refuse(self, what: str, mend: str = "") -> PackError:
        """Make the error that points here."""
        return PackError(self.where, what, mend)

    def text(self) -> str:
        """Return the text, or raise `PackError` when this is a list or mapping."""
        if isinstance(self.value, str):
            return self.value
        raise self.refuse("one value is wanted here, not several", "write it as plain text")

    def items(self) -> "list[Node]":
        """Return the list, or raise `PackError`."""
        if isinstance(self.value, list):
            return self.value
        raise self.refuse("a list is wanted here", "write [a, b] or lines that begin with '- '")

    def mapping(self) -> "dict[str, Node]":
        """Return the mapping, or raise `PackError`."""
        if isinstance(self.value, dict):
            return self.value
        raise self.refuse("keys with values are wanted here", "write lines of 'key: value'")

    def texts(self) -> list[str]:
        """Return a list of texts, or raise `PackError`."""
        return [item.text() for item in self.items()]

    def plain(self) -> Any:  # noqa: ANN401  (the shape is the file's)
        """Return the value without lines, as text, lists and dicts."""
        if isinstance(self.value, str):
            return self.value
        if isinstance(self.value, list):
            return [item.plain() for item in self.value]
        return {key: item.plain() for key, item in self.value.items()}


def read_pack(path: Path, name: str) -> Node:
    """Read one pack file; `name` is what errors call it. Raises `PackError`."""
    try:
        with path.open("rb") as file:
            data = file.read(SIZE_LIMIT + 1)
    except OSError as error:
        reason = error.strerror or "cannot be read"
        raise PackError(name, f"the file cannot be read: {reason}") from error
    return parse_pack(data, name)


def parse_pack(data: bytes, name: str) -> Node:
    """Parse the bytes of one pack file. Raises `PackError` with `name:line`."""
    if len(data) > SIZE_LIMIT:
        raise PackError(name, f"the file is larger than {SIZE_LIMIT} bytes", "split it")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise PackError(f"{name}:{line}", "the file is not UTF-8", "save it as UTF-8") from error
    try:
        node = _Composer(text, name).document()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        what = getattr(error, "problem", None) or "not valid YAML"
        mend = "look for a missing quote or bracket, a tab, or ': ' and ' #' inside a text without quotes"
        raise PackError(f"{name}:{line}", f"not valid YAML: {what}", mend) from error
    except RecursionError as error:
        raise PackError(name, "nested too deeply", "flatten it") from error
    return node


class _Composer:
    """Builds nodes from parser events, refusing what packs must not contain."""

    def __init__(self, text: str, name: str) -> None:
        self._events: Iterator[Any] = iter(yaml.parse(text, Loader=_Loader))
        self._name = name

    def document(self) -> Node:
        documents = [
            self._node(next(self._events), 1)
            for event in self._events
            if isinstance(event, yaml.DocumentStartEvent)
        ]
        if len(documents) > 1:
            raise documents[1].refuse("a second document", "one file holds one document: drop '---'")
        return documents[0] if documents else Node({}, self._name, 1)

    def _node(self, event: Any, depth: int) -> Node:  # noqa: ANN401  (yaml events are untyped)
        line = event.start_mark.line + 1
        here = Node("", self._name, line)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise here.refuse("anchors and aliases (& and *) are not allowed", "write it out, or quote it")
        if event.tag is not None:
            raise here.refuse(f"the tag {event.tag} is not allowed", "quote the value instead")
        if depth > DEPTH_LIMIT:
            raise here.refuse(f"nested more than {DEPTH_LIMIT} deep", "flatten it")
        if isinstance(event, yaml.ScalarEvent):
            return Node(event.value, self._name, line)
        if isinstance(event, yaml.SequenceStartEvent):
            return Node(list(self._rest(yaml.SequenceEndEvent, depth)), self._name, line)
        return Node(self._pairs(depth), self._name, line)

    def _rest(self, end: type, depth: int) -> Iterator[Node]:
        for event in self._events:
            if isinstance(event, end):
                return
            yield self._node(event, depth + 1)

    def _pairs(self, depth: int) -> dict[str, Node]:
        pairs: dict[str, Node] = {}
        nodes = self._rest(yaml.MappingEndEvent, depth)
        for key in nodes:
            name = key.text()
            value = next(nodes)
            if name == "<<":
                raise key.refuse("merge keys (<<) are not allowed", "write the keys out")
            if name in pairs:
                raise key.refuse(
                    f"the key {name!r} stands here twice", f"first at line {pairs[name].line}; keep one"
                )
            pairs[name] = value
        return pairs
