"""What a scan is to do, how far it is, and what it came to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple

from urlguard.scanning.workers import Rules

CHECKPOINT: Final = 10.0
"""Seconds between checkpoints, if nothing else is asked for: as much work as can be lost."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a scan is to do."""

    outputs: Sequence[Path]
    rules: Rules
    workers: int
    limit: int | None = None
    sample: float | None = None
    """Share of the rows that is judged, 0..1; None: all."""
    checkpoint: float = CHECKPOINT
    """Seconds between checkpoints."""
    said: Mapping[str, Any] = field(default_factory=dict)
    """All that decides what comes out, by the names of a message: a run is resumed only with the same."""


class Progress(NamedTuple):
    """How far a scan is."""

    rows: int
    share: float | None
    """Of the input that was read, 0..1; None when that cannot be known."""
    finishing: bool = False


@dataclass(slots=True)
class Outcome:
    """What a scan came to."""

    levels: dict[str, int] = field(default_factory=dict)
    """Rows by level; `error` are those that could not be read or judged."""
    rows: int = 0
    duplicates: int = 0
    failures: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    """Sheets without anything to judge, and why."""
    stopped: bool = False
    """It was stopped before its end, and can be resumed."""
