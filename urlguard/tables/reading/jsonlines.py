"""JSON lines: one object a line."""

import json
from collections.abc import Iterator
from itertools import chain
from math import isinf
from typing import Any, Final

from urlguard.errors import ListError
from urlguard.record import BadRow
from urlguard.tables.reading.naming import names
from urlguard.tables.reading.text import Head, Text
from urlguard.tables.rows import Block, Cell, Numbered, Table

OTHER: Final = "other"
"""The last column of a long file: an object with the keys of a row that are no columns, or None."""
ROWS: Final = 1000
_FIRST: Final = 1000
"""Rows whose keys become columns."""
_KEYS: Final = 1000
"""Most keys that become columns."""
_DEPTH: Final = 50
"""Deepest nesting: what reads and writes the cells calls itself for each level."""
_SHOWN: Final = 200
_SPLIT: Final = "write one object a line: jq -c '{}' FILE > FILE.jsonl"
_MEND: Final = "one JSON object a line"


class _Wrong(ValueError):
    """An object that JSON allows, and that cannot be kept as it is."""


def table(text: Text, head: Head) -> Table:
    """Return the objects as rows; the columns are the keys in the order in which they first come.

    The first rows decide. Nothing of later ones is lost: a table that is longer has a last column,
    `other`, for keys that come up after them. A row without a key has None there, as for null.
    Raises `ListError` when the text is an array.
    """
    keys: dict[str, None] = {}
    more = not head.whole
    rows = wrong = 0
    for parsed in _objects_of(head):
        if isinstance(parsed, BadRow):
            wrong += 1
        elif rows == _FIRST or len(keys.keys() | parsed[1].keys()) > _KEYS:
            more = True
            break
        else:
            rows += 1
            keys |= dict.fromkeys(parsed[1])
    if head.data.lstrip().startswith(b"["):
        raise ListError(f"{text.name}: a JSON array, where one object a line is read", _SPLIT.format(".[]"))
    if wrong and not rows:
        raise ListError(f"{text.name}: no line of it is a JSON object", _SPLIT.format("."))
    columns = names((*keys, OTHER) if more else keys, len(keys) + more)
    blocks = _blocks(text, tuple(keys), more=more)
    return Table(text.name, columns, blocks, titled=bool(keys), share=text.share, plain=False)


def _objects_of(head: Head) -> Iterator[tuple[int, dict[str, Any]] | BadRow]:
    good = (run for run in head.runs if not isinstance(run, BadRow))
    return chain.from_iterable(_objects(run.lines, run.first) for run in good)


def _blocks(text: Text, keys: tuple[str, ...], *, more: bool) -> Iterator[Block]:
    known = frozenset(keys)
    for run in text.runs():
        if isinstance(run, BadRow):
            yield [run]
            continue
        for at in range(0, len(run.lines), ROWS):
            yield [
                parsed if isinstance(parsed, BadRow) else _row(*parsed, keys, known, more=more)
                for parsed in _objects(run.lines[at : at + ROWS], run.first + at)
            ]


def _row(
    number: int, parsed: dict[str, Any], keys: tuple[str, ...], known: frozenset[str], *, more: bool
) -> Numbered:
    if tuple(parsed) == keys:
        return Numbered(number, [*parsed.values(), None] if more else list(parsed.values()))
    cells: list[Cell] = [parsed.get(key) for key in keys]
    if more:
        other = {key: value for key, value in parsed.items() if key not in known}
        cells.append(other or None)
    return Numbered(number, cells)


def _objects(lines: list[str], first: int) -> Iterator[tuple[int, dict[str, Any]] | BadRow]:
    """Yield number and object of each line that is not blank."""
    decoder = json.JSONDecoder(object_pairs_hook=_object, parse_float=_float)
    for number, text in enumerate(lines, first):
        line = text.strip()
        if not line:
            continue
        parsed = _value(number, line, decoder)
        yield parsed if isinstance(parsed, BadRow) else (number, parsed)


def _value(number: int, line: str, decoder: json.JSONDecoder) -> dict[str, Any] | BadRow:
    try:
        # Half the time of `decode`, which looks for spaces around.
        parsed, end = decoder.scan_once(line, 0)  # type: ignore[attr-defined]  # json.scanner's
        if end != len(line):
            # It says what is wrong.
            decoder.decode(line)
        if type(parsed) is not dict:
            return BadRow(number, line[:_SHOWN], "no JSON object", _MEND)
        if line.count("[") + line.count("{") > _DEPTH:
            _shallow(parsed)
        return _paired(parsed) if "\\u" in line else parsed
    except StopIteration:
        reason = "no JSON"
    except json.JSONDecodeError as error:
        reason = f"no JSON: {error.msg} at character {error.pos + 1}"
    except _Wrong as error:
        reason = str(error)
    except RecursionError:
        reason = "nested too deep"
    except ValueError:
        reason = "a number in it has too many digits"
    return BadRow(number, line[:_SHOWN], reason, _MEND)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise _Wrong(f"the key {twice[:_SHOWN]!r} stands twice in it")
    return found


def _float(text: str) -> float:
    number = float(text)
    if isinf(number):
        raise _Wrong(f"the number {text[:_SHOWN]} is too large")
    return number


def _shallow(value: Any) -> None:  # noqa: ANN401  (JSON is any value)
    """Raise `_Wrong` when a value is nested too deep."""
    level = [value]
    for _ in range(_DEPTH):
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return
    raise _Wrong("nested too deep")


def _paired(value: Any) -> Any:  # noqa: ANN401  (JSON is any value)
    """Return the value with U+FFFD for each half of a surrogate pair: no file could hold it."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return _object([(_paired(key), _paired(inner)) for key, inner in value.items()])
    if isinstance(value, list):
        return [_paired(inner) for inner in value]
    return value
