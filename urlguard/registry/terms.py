"""How the rows of a list are taken, and what became of them."""

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from urlguard.record import LOCAL, Effect, Ground, Match
from urlguard.registry.states import RESTRICTED
from urlguard.scope import NO_GROUND


class Reject(NamedTuple):
    """A row that was not taken, and why."""

    line: int
    value: str
    code: str
    """`unreadable`, `held` (poison), `state`, `personal` ..."""
    reason: str
    mend: str = ""


@dataclass(slots=True)
class Report:
    """What an import did, or would do."""

    read: int = 0
    new: int = 0
    changed: int = 0
    duplicate: int = 0
    gone: int = 0
    """Entries that the list no longer holds, now expired."""
    rejected: int = 0
    resources: int = 0
    """Different resources among the rows that were taken."""
    codes: Counter[str] = field(default_factory=Counter)
    rejects: list[Reject] = field(default_factory=list)
    """The first of them, up to `Terms.keep`."""
    known: list[int] = field(default_factory=list)
    """Entries that were there already, the first `Terms.keep` of them."""
    event: int | None = None
    """Number of the event it became; None for a preview, or when nothing changed."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How the rows of a list are taken."""

    list: str = LOCAL
    state: str = RESTRICTED
    """Of rows that say none."""
    category: str = ""
    ground: Ground = NO_GROUND
    since: str = ""
    until: str = ""
    brand: str = ""
    note: str = ""
    effect: Effect = Effect.BLOCK
    match: Match | None = None
    force: bool = False
    """Take also what would hit more than it should."""
    permits: bool = True
    """Take rows that permit something; a list from the web does not speak against what others restrict."""
    replace: bool = False
    """The rows are the whole list: what it held before and holds no more, expires."""
    preview: bool = False
    keep: int = 1_000
    """How many rejected rows and known entries the report names."""
    action: str = "import"
    actor: str = ""
    reason: str = ""
    document: str = ""
