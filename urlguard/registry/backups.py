"""Copies of the registry to come back to: one a day before the first change, and on request.

They lie beside the registry in `NAME.backups/`. Nothing is deleted on the way back either: what
stood there before is put aside under another name.
"""

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from urlguard.errors import RegistryError
from urlguard.registry.ledger import last_event
from urlguard.registry.rows import Names
from urlguard.registry.store import Store

KEPT: Final = 3
"""How many of the daily copies are kept; those made on request all are."""
_DAILY: Final = "daily"
_BESIDE: Final = ("", "-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy of a registry."""

    path: Path
    event: int
    """The last event in it."""
    made: str
    """UTC, `YYYY-MM-DDTHH:MM:SSZ`."""


def folder(registry: Path) -> Path:
    """Return where the copies of a registry lie."""
    return registry.with_name(f"{registry.name}.backups")


def backups(registry: Path) -> list[Path]:
    """Return the copies of a registry, newest first; none of them was looked into."""
    try:
        found = [path for path in folder(registry).iterdir() if path.suffix == ".db"]
    except OSError:
        return []
    return sorted(found, key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)


def back_up(store: Store, target: Path | None = None, *, kind: str = "backup") -> Backup:
    """Copy a registry to `target`, or into its own folder. Raises `RegistryError`."""
    head = last_event(store, Names(store))
    event = head.seq if head else 0
    stamp = datetime.now(UTC)
    if target is None:
        target = folder(store.path) / f"{kind}-{stamp:%Y%m%d-%H%M%S}-event{event}.db"
    if target.exists():
        raise RegistryError(f"{target}: a file of this name is there already", "name another one")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RegistryError(f"{target.parent}: {error.strerror}", "name another place") from error
    store.copy_to(target)
    return Backup(target, event, f"{stamp:%Y-%m-%dT%H:%M:%SZ}")


def back_up_daily(store: Store) -> Backup | None:
    """Make the copy of the day when there is none yet and something stands there to lose."""
    daily = [path for path in backups(store.path) if path.name.startswith(_DAILY)]
    today = f"{_DAILY}-{datetime.now(UTC):%Y%m%d}"
    if any(path.name.startswith(today) for path in daily) or store.one("SELECT 1 FROM events LIMIT 1") is None:
        return None
    made = back_up(store, kind=_DAILY)
    for path in daily[KEPT - 1 :]:
        path.unlink(missing_ok=True)
    return made


def put_back(registry: Path, copy: Path) -> Path | None:
    """Put a copy in the place of a registry; return where what stood there was put aside."""
    aside = None
    stamp = f"{datetime.now(UTC):%Y%m%d-%H%M%S}"
    fresh = registry.with_name(f"{registry.name}.restored")
    source = Store(copy)
    try:
        source.copy_to(fresh)
    finally:
        source.close()
    for end in _BESIDE:
        old = Path(f"{registry}{end}")
        if old.exists():
            target = Path(f"{registry}.before-restore-{stamp}{end}")
            os.replace(old, target)  # noqa: PTH105  (Path.replace says the same; both names are shown here)
            aside = aside or target
    fresh.replace(registry)
    return aside
