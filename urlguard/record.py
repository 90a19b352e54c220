"""The nouns of the registry: records, their grounds and changes, rows of a list.

Model: the entry form of Kazakhstan's Kibernadzor and the public registers next to it; a
record is one resource on one list, with the ground it stands on and all that happened to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from urlguard.model import Kind
from urlguard.scope import NO_GROUND, Effect, Ground, Match

__all__ = [
    "DETAILS", "LOCAL", "BadRow", "Change", "Effect", "Ground", "Match", "Record", "Row", "Unexpressed",
]  # fmt: skip

LOCAL: Final = "local"
"""The list that holds what people add by hand."""


@dataclass(frozen=True, slots=True)
class Change:
    """One step in the history of a record."""

    at: str
    """UTC, `YYYY-MM-DDTHH:MM:SSZ`."""
    actor: str
    action: str
    """`add`, `import`, `transition`, `edit`, `undo` ..."""
    before: str
    """State before; empty when it was new."""
    after: str
    reason: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One resource on one list."""

    kind: Kind
    match: Match
    key: str
    """Canonical; with kind and match it says what is covered."""
    value: str
    """As given; of a card only BIN and last four digits."""
    state: str
    effect: Effect = Effect.BLOCK
    list: str = LOCAL
    category: str = ""
    ground: Ground = NO_GROUND
    since: str = ""
    """First day in force, `YYYY-MM-DD`; empty: from the day it was entered."""
    until: str = ""
    """Last day in force; empty: without end."""
    brand: str = ""
    """Id of the brand it imitates."""
    note: str = ""
    """Why, in words."""
    details: Mapping[str, Any] = field(default_factory=dict)
    """What else is known, by the names in `DETAILS`; plain JSON."""
    id: str = ""
    """`KN-YYYY-NNNNNN`, given by the registry; empty before."""
    history: tuple[Change, ...] = ()
    """Oldest first; empty when it was not asked for."""


DETAILS: Final = (
    "title", "language", "severity", "resource_type", "offense", "evidence", "reach", "addressees",
    "deadline", "source", "confidence", "lift", "tlp", "overrules", "rows", "foreign",
)  # fmt: skip
"""Names that `Record.details` may hold.

`severity` is `red` or `orange`; `reach` is `{posts, members}`; `evidence` a list of `{type, path,
sha256, captured_at}`; `source` is `{reporter_type, reporter, report_id}`; `lift` is `{basis,
notice_at, checked_by, order_no, order_date}`; `overrules` (allow records) a list of record ids or
document numbers; `foreign` what a format holds that has no name here.
"""


class Row(NamedTuple):
    """One row of a list that is being read, before anything of it is judged."""

    line: int
    """Where it stands, counted from 1."""
    value: str
    """The resource as written."""
    kind: Kind | None = None
    """None: to be read off the value."""
    match: Match | None = None
    fields: Mapping[str, Any] | None = None
    """What else the row says, by the names of `Record`."""


class BadRow(NamedTuple):
    """A row that could not be read; the rows around it were."""

    line: int
    text: str
    reason: str
    mend: str = ""


class Unexpressed(NamedTuple):
    """A record that a format cannot hold: named, not dropped in silence."""

    id: str
    value: str
    reason: str
    partly: bool = False
    """It was written so that it covers or says less."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one value that was entered by hand."""

    line: int
    value: str
    """As given, personal data masked."""
    status: str
    """`entered`, `changed`, `known`, `twice`, `held`, `refused`, `iin`; else `would`, `would_change`."""
    record: Record | None = None
    """As it is now, or would be; None for what cannot be read."""
    reason: str = ""
    code: str = ""
    """Why it was held back, and what it would have hit."""
    evidence: tuple[str, ...] = ()
    first: int = 0
    """The line that said the same before, for `twice`."""
    does: str = ""
    """What the record does today: its standing."""
    now: str = ""
    """The state it is in today, or would be."""
