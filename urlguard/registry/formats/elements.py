"""Elements of a JSON array, one after the other, without reading the file whole.

A truncated array gives its good elements and one bad row; an element that is no JSON costs
only itself. The array is the whole text, or one member of an object.
"""

import json
import math
import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple, NoReturn

from urlguard.errors import ListError
from urlguard.record import BadRow
from urlguard.tables.source import Source

JSON_LIMIT: Final = 256 << 20
"""Most characters of one JSON file."""
ELEMENT_LIMIT: Final = 1 << 20
"""Most characters of one element; a thousand times what a record needs."""
DEPTH: Final = 64
"""Deepest nesting of one element; records have four."""
MEMBERS: Final = 1_000
"""Most members around the array; lists have ten."""
SHOWN: Final = 200
_TRUST: Final = 100
"""Values that may fail to be read at once before none is tried any more."""
_MEND: Final = "repair or download the file again"

_BLANK: Final = re.compile(r"[\s,]*+")
_PIECE: Final = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+("?)|[{}\[\]]|,', re.DOTALL)
_HALF: Final = re.compile(r"\\u[dD][89a-fA-F]")
_OPEN: Final = frozenset("{[")
_STEPS: Final = {"{": 1, "[": 1, "}": -1, "]": -1}


class Element(NamedTuple):
    """One element of the array."""

    line: int
    value: Any


def _refused(text: str) -> NoReturn:
    raise ValueError(f"{text} is not JSON")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text[:40]} is too large a number")
    return number


_DECODER: Final = json.JSONDecoder(parse_constant=_refused, parse_float=_finite)


def value(text: str) -> Any:  # noqa: ANN401  (JSON is any value)
    """Return the value of a JSON text; `ValueError` for all that is not strict JSON in UTF-8.

    Nesting is limited by the interpreter: `ValueError` there, too.
    """
    try:
        found = _DECODER.decode(text)
    except RecursionError:
        raise ValueError("nested too deep") from None
    if _HALF.search(text):
        try:
            json.dumps(found, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise ValueError("half a surrogate pair stands in it") from None
    return found


def elements(
    source: Source, member: str = "", around: dict[str, Any] | None = None
) -> Iterator[Element | BadRow]:
    """Yield the elements of the array, or of the array under `member` of the object.

    The other members of that object go into `around` as they are met. Raises `ListError` when
    the text is no such thing, and when it is longer than `JSON_LIMIT`.
    """
    window = _Window(source)
    start = window.peek()
    expected = "an object" if member else "an array"
    if start != ("{" if member else "["):
        raise ListError(f"{source.name}: {expected} of JSON is expected, not {start or 'nothing'!r}", _MEND)
    window.step()
    if not member:
        yield from _array(window)
        return
    found = around if around is not None else {}
    for _ in range(MEMBERS):
        head = window.peek()
        if head in {"}", ""}:
            if not head and not window.over:
                yield window.cut_off()
            return
        name = window.take()
        if isinstance(name, BadRow) or not isinstance(name.value, str) or window.peek() != ":":
            yield (
                name
                if isinstance(name, BadRow)
                else BadRow(name.line, str(name.value)[:SHOWN], "not JSON", _MEND)
            )
            return
        window.step()
        if name.value == member and window.peek() == "[":
            window.step()
            yield from _array(window)
            continue
        other = window.take()
        if isinstance(other, BadRow):
            yield other
        else:
            found[name.value] = other.value
    raise ListError(f"{source.name}: more than {MEMBERS} members around the list", _MEND)


def _array(window: "_Window") -> Iterator[Element | BadRow]:
    """Yield the elements up to the end of the array."""
    while (head := window.peek()) != "]":
        if not head:
            if not window.over:
                yield window.cut_off()
            return
        yield window.take()
    window.step()


class _Window:
    """A piece of the text that moves over it."""

    def __init__(self, source: Source) -> None:
        self._texts = source.texts()
        self._name = source.name
        self._text = ""
        self._at = 0
        self._line = 1
        self._total = 0
        self._trusted = _TRUST
        self.over = False
        """The text was cut off, and a row says so."""

    def peek(self) -> str:
        """Return the next character that is neither blank nor comma; empty at the end."""
        while True:
            found = _BLANK.match(self._text, self._at)
            self._move(found.end() if found else self._at)
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def step(self) -> None:
        """Go over one character."""
        self._at += 1

    def take(self) -> Element | BadRow:
        """Return the value that begins here; a bad row when it is none."""
        self.peek()
        if self._trusted and (element := self._quick()):
            return element
        end, line = self._end(), self._line
        if end < 0:
            return self.cut_off()
        text = self._text[self._at : end]
        self._move(end)
        if len(text) > ELEMENT_LIMIT:
            return BadRow(line, text[:SHOWN], f"an element of more than {ELEMENT_LIMIT} characters", _MEND)
        try:
            return Element(line, value(text))
        except ValueError as error:
            if end == self._at and not text:
                self.step()
            return BadRow(line, text[:SHOWN], f"not JSON: {str(error)[:SHOWN]}", _MEND)

    def _quick(self) -> Element | None:
        """Return the value when all of it is here and sound: most are, and this is ten times as fast."""
        try:
            found, end = _DECODER.raw_decode(self._text, self._at)
        except (ValueError, RecursionError):
            # An error looks for its line from the start of the window: not for each of a million.
            self._trusted -= 1
            return None
        size = end - self._at
        brackets = self._text.count("[", self._at, end) + self._text.count("{", self._at, end)
        odd = brackets > DEPTH or size > ELEMENT_LIMIT or _HALF.search(self._text, self._at, end)
        if odd or end == len(self._text):
            return None
        element = Element(self._line, found)
        self._move(end)
        return element

    def cut_off(self) -> BadRow:
        """Return the row for a text that ends too early, and go to its end."""
        self.over = True
        row = BadRow(self._line, self._text[self._at : self._at + SHOWN], "the file is cut off here", _MEND)
        while self._more():
            self._at = len(self._text)
        self._at = len(self._text)
        return row

    def _move(self, to: int) -> None:
        self._line += self._text.count("\n", self._at, to)
        self._at = to

    def _more(self) -> bool:
        """Read on; what was passed is let go."""
        piece = next(self._texts, None)
        while piece == "":
            piece = next(self._texts, None)
        if piece is None:
            return False
        self._total += len(piece)
        if self._total > JSON_LIMIT:
            raise ListError(
                f"{self._name}: more than {JSON_LIMIT} characters of JSON", "split it, or use JSON lines"
            )
        self._text, self._at = self._text[self._at :] + piece, 0
        return True

    def _end(self) -> int:
        """Return where the value that begins here ends; -1 when the text ends before."""
        while True:
            end = self._scanned()
            if end >= 0:
                return end
            if len(self._text) - self._at > ELEMENT_LIMIT + SHOWN:
                message = f"{self._name}:{self._line}: an element of more than {ELEMENT_LIMIT} characters"
                raise ListError(message, _MEND)
            if not self._more():
                return -1

    def _scanned(self) -> int:
        """Return where the value ends as far as the text is here, or else -1."""
        depth = 0
        bare = self._text[self._at : self._at + 1] not in {*_OPEN, '"'}
        for piece in _PIECE.finditer(self._text, self._at):
            mark = piece[0][0]
            if mark == '"' and not piece[1]:
                return -1
            if depth == 0 and mark not in _OPEN and (bare or mark != '"'):
                return piece.start()
            depth += _STEPS.get(mark, 0)
            if depth == 0:
                return piece.end()
            if depth > DEPTH:
                raise ListError(f"{self._name}:{self._line}: nested deeper than {DEPTH}", _MEND)
        return -1
