"""What a cell looks like as text and as JSON."""

import json
import math
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from urlguard.tables.rows import Cell

_WHOLE: Final = 1e15
"""Up to here a whole float is written with all its digits; above they would be made up."""
_LINE_ENDS: Final = "\x7f\x85\u2028\u2029"
"""What readers of lines may stumble over."""
_ESCAPED: Final = re.compile(f"[{_LINE_ENDS}\ud800-\udfff]")


def text_of(cell: Cell) -> str:
    """Return a cell as text: ISO dates, `true`, whole numbers without `.0`, JSON of nested values."""
    kind = _TEXTS.get(type(cell))
    return kind(cell) if kind else str(cell)


def json_of(cell: Cell) -> str:
    """Return a cell as JSON: nothing is lost, and it is one line to every reader.

    What JSON has no number for (`NaN`, infinities) and times are their text, times with a `T`.
    """
    try:
        text = _ENCODER.encode(_plain(cell))
    except (ValueError, RecursionError):
        text = _ENCODER.encode(_finite(cell))
    return escaped(text)


def escaped(text: str) -> str:
    """Escape, in JSON, what is no line end in JSON but may be one to a reader, and lone surrogates."""
    if not any(char in text for char in _LINE_ENDS):
        try:
            text.encode()
        except UnicodeEncodeError:
            pass
        else:
            return text
    return _ESCAPED.sub(lambda hit: f"\\u{ord(hit[0]):04x}", text)


def _plain(cell: Cell) -> Any:  # noqa: ANN401  (JSON is any value)
    return cell.isoformat() if isinstance(cell, datetime) else cell


def _finite(value: Any) -> Any:  # noqa: ANN401  (JSON is any value)
    """Return a value whose numbers JSON has."""
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, Mapping):
        return {key: _finite(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_finite(inner) for inner in value]
    return value


def _clock(span: timedelta) -> str:
    """Return a span of time as hours, minutes and seconds: `26:30:00`."""
    sign, span = ("-", -span) if span < timedelta(0) else ("", span)
    seconds = span.days * 86_400 + span.seconds
    fraction = f".{span.microseconds:06d}" if span.microseconds else ""
    return f"{sign}{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{fraction}"


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < _WHOLE else repr(value)


_TEXTS: Final[Mapping[type, Callable[[Any], str]]] = {
    type(None): lambda _: "",
    bool: lambda truth: "true" if truth else "false",
    float: _number,
    datetime: lambda moment: moment.isoformat(" "),
    date: date.isoformat,
    time: time.isoformat,
    timedelta: _clock,
    dict: json_of,
    list: json_of,
}
_ENCODER: Final = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=text_of
)
