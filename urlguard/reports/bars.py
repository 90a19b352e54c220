"""Counts as bars, in the width of a terminal; with block characters where it can show them."""

from collections.abc import Iterator, Sequence
from typing import Final

from urlguard.reports.screen import fitted, padded, width

_EIGHTHS: Final = " ▏▎▍▌▋▊▉"
_FULL: Final = "█"
_MOST_LABEL: Final = 32
_WIDEST: Final = 50
"""Columns of the longest bar: a longer one says no more."""
_GAPS: Final = 4


def blocks(encoding: str | None) -> bool:
    """Tell whether a terminal of this encoding can show block characters."""
    try:
        (_FULL + _EIGHTHS).encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def bars(rows: Sequence[tuple[str, int]], columns: int, *, fine: bool, indent: str = "  ") -> Iterator[str]:
    """Yield a line for each label and count: label, count, bar; at most `columns` wide."""
    top = max((count for _, count in rows), default=0)
    figures = len(f"{top:,}")
    room = columns - len(indent) - figures - _GAPS
    first = min(max((width(label) for label, _ in rows), default=0), _MOST_LABEL, max(room - _GAPS, _GAPS))
    longest = min(room - first, _WIDEST)
    for label, count in rows:
        bar = _bar(count, top, longest, fine=fine) if longest >= _GAPS else ""
        yield f"{indent}{padded(fitted(label, first), first)}  {count:>{figures},}  {bar}".rstrip()


def _bar(count: int, top: int, longest: int, *, fine: bool) -> str:
    if not count:
        return ""
    if not fine:
        return "#" * max(count * longest // top, 1)
    whole, part = divmod(max(count * longest * len(_EIGHTHS) // top, 1), len(_EIGHTHS))
    return (_FULL * whole + _EIGHTHS[part]).rstrip()
