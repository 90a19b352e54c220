"""One campaign with its rows counted, and the ties that hold it together."""

from collections.abc import Sequence
from typing import Any, Final

from urlguard.reports.screen import defanged, fitted, printable
from urlguard.tables.rows import Finding, Scanned

LEVELS: Final = ("clear", "suspicious", "dangerous", "blocked")

_SAMPLE: Final = 160
"""Columns of the sample of a campaign."""
_SHOWN: Final = 80
_MOST_IDS: Final = 20
"""Brands and schemes of one campaign that are named."""
_NOTHING: Final = Finding("", 0)
_STATE: Final = (
    "rows", "level", "varied", "crc", "brands", "schemes", "first", "first_row", "last", "last_row",
    "sample", "since", "until", "name", "name_rows",
)  # fmt: skip


class Campaign:
    """Rows that belong together. Of two that became one, the smaller points at the larger."""

    __slots__ = (*_STATE, "into", "source", "ties")

    def __init__(self, order: int, row: Scanned) -> None:
        """Begin with the place of the first row; `take` counts it."""
        self.into: Campaign | None = None
        self.ties = 0
        """Marks that are remembered and belong to it."""
        self.rows = 0
        self.level = 0
        self.varied = False
        """Not all rows are the same one; before that it is no campaign."""
        self.crc = 0
        self.brands: tuple[str, ...] = ()
        self.schemes: tuple[str, ...] = ()
        self.first = self.last = order
        self.first_row = self.last_row = row.number
        self.source = row.source
        self.sample = ""
        self.since = self.until = ""
        self.name, self.name_rows = "", 0
        """The mark that tied most rows of those that were forgotten."""

    def root(self) -> "Campaign":
        """Return the campaign this one became a part of, itself when none."""
        found = self
        while found.into is not None:
            found = found.into
        return found

    def take(self, order: int, row: Scanned, level: int, crc: int) -> None:
        """Count one row; `crc` is of what was judged."""
        found, day = row.finding, row.day
        if self.rows:
            self.varied = self.varied or crc != self.crc
            if not self.sample:  # most rows stay alone: theirs would be kept for nothing
                self.sample = fitted(found.shown, _SAMPLE)
        else:
            self.crc = crc
        self.rows += 1
        self.level = max(self.level, level)
        self.last, self.last_row = order, row.number
        if found.brand and found.brand not in self.brands:
            self.brands = (*self.brands, found.brand)[:_MOST_IDS]
        if found.scheme and found.scheme not in self.schemes:
            self.schemes = (*self.schemes, found.scheme)[:_MOST_IDS]
        if day:
            self.since = min(self.since or day, day)
            self.until = max(self.until, day)

    def joined(self, other: "Campaign") -> "Campaign":
        """Return both as one."""
        if (other.rows, -other.first) > (self.rows, -self.first):
            return other.joined(self)
        self.varied = self.varied or other.varied or self.crc != other.crc
        self.rows += other.rows
        self.ties += other.ties
        self.level = max(self.level, other.level)
        self.brands = tuple(dict.fromkeys((*self.brands, *other.brands)))[:_MOST_IDS]
        self.schemes = tuple(dict.fromkeys((*self.schemes, *other.schemes)))[:_MOST_IDS]
        if other.first < self.first:
            self.first, self.first_row, self.source = other.first, other.first_row, other.source
        if other.last > self.last:
            self.last, self.last_row = other.last, other.last_row
        self.sample = self.sample or other.sample
        self.since = min(filter(None, (self.since, other.since)), default="")
        self.until = max(self.until, other.until)
        self.name_after(other.name, other.name_rows)
        other.into = self
        return self

    def name_after(self, mark: str, rows: int) -> None:
        """Remember a mark that is forgotten, if it tied more rows than others that were."""
        if rows > self.name_rows:
            self.name, self.name_rows = mark, rows

    def named_by(self, rows: int, mark: str) -> str:
        """Return the mark that names it: this one, or a forgotten one that tied more."""
        return self.name if self.name_rows > rows else mark

    def to_dict(self, mark: str, contacts: Sequence[str] = ()) -> dict[str, Any]:
        """Return the shape of the report; `mark` names it, `contacts` are the marks that can be blocked."""
        kind, _, key = mark.partition(":")
        parted = [
            (name, _for_eyes(name, text, "")) for name, _, text in (one.partition(":") for one in contacts)
        ]
        return {
            "kind": kind, "key": key, "shown": _for_eyes(kind, key, self.sample),
            "rows": self.rows, "level": LEVELS[self.level],
            "brands": list(self.brands), "schemes": list(self.schemes),
            "first": self.first_row, "last": self.last_row, "source": self.source,
            "contacts": [{"kind": name, "shown": shown} for name, shown in parted],
            "sample": self.sample, "since": self.since, "until": self.until,
        }  # fmt: skip

    def state(self, source: int) -> list[Any]:
        """Return everything as plain JSON; `source` stands for the name of its table."""
        return [source, *[getattr(self, name) for name in _STATE]]

    @classmethod
    def restored(cls, state: Sequence[Any], sources: Sequence[str]) -> "Campaign":
        """Return what `state` was made from, with no tie yet."""
        made = cls(0, Scanned(0, sources[state[0]], [], _NOTHING))
        for name, value in zip(_STATE, state[1:], strict=True):
            setattr(made, name, tuple(value) if isinstance(value, list) else value)
        return made


class Tie:
    """A mark that is remembered."""

    __slots__ = ("campaign", "last", "mark", "rows", "sketch")

    def __init__(
        self, mark: str, sketch: int, campaign: Campaign | None = None, rows: int = 0, last: int = 0
    ) -> None:
        """Begin without rows, as a rule."""
        self.mark = mark
        self.sketch = sketch
        """Of a text; 0 of other marks."""
        self.campaign = campaign
        self.rows = rows
        self.last = last
        """When it was seen last."""

    def found(self) -> Campaign:
        """Return the campaign it belongs to."""
        if self.campaign is None:
            message = f"the mark {self.mark!r} belongs to no row"
            raise ValueError(message)
        self.campaign = self.campaign.root()
        return self.campaign


def _for_eyes(kind: str, key: str, sample: str) -> str:
    """Return the key of a campaign so that nothing in it can be clicked."""
    if kind == "text":
        return fitted(sample, _SHOWN)
    shown = printable(key)
    if kind == "host":
        shown = defanged(shown)
    elif kind in {"family", "email"}:
        shown = shown.replace(".", "[.]")
    return fitted(shown, _SHOWN)
