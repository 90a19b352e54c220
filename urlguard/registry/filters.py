"""Which records are wanted, and the days that questions name."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from urlguard.errors import Refused
from urlguard.registry.matching import KAZAKHSTAN

_DAY: Final = 86_400


@dataclass(frozen=True, slots=True)
class Filter:
    """Which records are wanted; an empty field asks for nothing."""

    list: str = ""
    state: str = ""
    category: str = ""
    kind: str = ""
    brand: str = ""
    number: str = ""
    """Number of the document they stand on."""
    event: int | None = None
    """Entered or changed by this event."""
    standing: str = ""

    def where(self, *, past: bool) -> tuple[str, tuple[Any, ...]]:
        """Return the part of a query that says so, and its values.

        `past`: nothing is said of what may have been different then.
        """
        parts: list[str] = []
        values: tuple[Any, ...] = ()
        if self.list:
            parts.append("list = (SELECT id FROM lists WHERE name = ?)")
            values += (self.list,)
        if self.state and not past and self.state != "expired":
            parts.append("state = (SELECT id FROM names WHERE name = ?)")
            values += (self.state,)
        if self.number and not past:
            parts.append("ground IN (SELECT id FROM grounds WHERE number = ?)")
            values += (self.number,)
        if self.event is not None:
            parts.append("(born = ? OR id IN (SELECT entry FROM changes WHERE seq = ?))")
            values += (self.event, self.event)
        return (f" WHERE {' AND '.join(parts)}" if parts else ""), values


EVERYTHING: Final = Filter()
"""The filter that lets all pass."""


def end_of_day(text: str) -> int:
    """Return the last second of a day in Kazakhstan, since 1970. Raises `Refused`.

    >>> end_of_day("2026-01-01")
    1767293999
    """
    try:
        start = datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=KAZAKHSTAN)
    except ValueError:
        raise Refused(f"{text!r} is no date", "write it as 2026-11-22") from None
    return int(start.timestamp()) + _DAY - 1
