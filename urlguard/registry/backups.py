"""Copies of the registry to come back to: one a day before the first change, and on request.

They lie beside the registry in `NAME.backups/`. Nothing is deleted on the way back either: what
stood there before is put aside under another name.
"""

import os
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, count
from pathlib import Path
from typing import Final

from urlguard.errors import RegistryError
from urlguard.registry import files
from urlguard.registry.ledger import last_event
from urlguard.registry.rows import Names
from urlguard.registry.store import Store

KEPT: Final = 3
"""How many of the daily copies are kept; those made on request all are."""
_DAILY: Final = "daily"
_ABANDONED: Final = 3_600
"""Seconds after which a half-made copy is nobody's any more."""


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
        target = _free(folder(store.path) / f"{kind}-{stamp:%Y%m%d-%H%M%S}-event{event}", ".db")
    if target.exists():
        raise RegistryError(f"{target}: a file of this name is there already", "name another one")
    files.make_folder(target)
    store.copy_to(target)
    return Backup(target, event, f"{stamp:%Y-%m-%dT%H:%M:%SZ}")


def back_up_daily(store: Store) -> Backup | None:
    """Make the copy of the day when there is none yet and something stands there to lose."""
    daily = [path for path in backups(store.path) if path.name.startswith(_DAILY)]
    today = f"{_DAILY}-{datetime.now(UTC):%Y%m%d}"
    if any(path.name.startswith(today) for path in daily):
        return None
    if store.one("SELECT 1 FROM events LIMIT 1") is None:
        return None
    made = back_up(store, kind=_DAILY)
    faults = faults_of(made.path)
    if faults:  # it is what the registry is: no good copy may go for it
        made.path.unlink(missing_ok=True)
        raise store.damaged(f"the file is damaged ({faults[0]})")
    days = sorted({path.name[: len(today)] for path in daily})  # two programs may make one each on a day
    for path in daily:
        if path.name[: len(today)] not in days[1 - KEPT :]:
            path.unlink(missing_ok=True)
    for path in folder(store.path).glob("*.part"):  # a copy that was killed, not one being made
        with suppress(OSError):
            if path.stat().st_mtime < time.time() - _ABANDONED:
                path.unlink()
    return made


def faults_of(copy: Path) -> list[str]:
    """Return what is wrong with the pages and trees of a copy; some 0.4 s for a million records."""
    opened = Store(copy)
    try:
        return opened.faults()
    finally:
        opened.close()


def put_back(registry: Path, copy: Path) -> Path | None:
    """Put a copy in the place of a registry; return where what stood there was put aside.

    Killed in between, it leaves the one or the other at its place, never none, and never a log
    beside a file that is not its own. Raises `RegistryError`.
    """
    fresh = registry.with_name(f"{registry.name}.restored")
    source = Store(copy)
    try:
        source.copy_to(fresh)
    finally:
        source.close()
    try:
        aside = _put_aside(registry) if registry.exists() else None
        fresh.replace(registry)
        files.keep(registry)
    except OSError as error:
        raise RegistryError(f"{registry}: {error.strerror}", "check the rights of file and folder") from error
    return aside


def _put_aside(registry: Path) -> Path:
    """Give a registry a second name, and take what lies beside it along."""
    aside = _free(Path(f"{registry}.before-restore-{datetime.now(UTC):%Y%m%d-%H%M%S}"), "")
    try:
        os.link(registry, aside)
    except OSError:  # no second names on this file system
        shutil.copyfile(registry, aside)
    for end in files.BESIDE:
        old = Path(f"{registry}{end}")
        if old.exists():
            old.replace(f"{aside}{end}")
    return aside


def _free(path: Path, end: str) -> Path:
    """Return a name that is not taken: the one given, or with a number."""
    names = (Path(f"{path}{more}{end}") for more in chain([""], (f"-{number}" for number in count(2))))
    return next(name for name in names if not name.exists())
