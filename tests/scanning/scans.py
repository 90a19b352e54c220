"""Scans as the command puts them together, without the command."""

from collections.abc import Callable, Sequence
from pathlib import Path

from urlguard.guard import Guard
from urlguard.scanning.checkpoints import Checkpoint
from urlguard.scanning.describing import About, head_of
from urlguard.scanning.merging import looked_at, merged
from urlguard.scanning.plan import Outcome, Plan, Progress
from urlguard.scanning.running import Scan
from urlguard.scanning.workers import Rules
from urlguard.tables.reading import tables

DAY = "2026-11-22"


def scanned(
    guard: Guard,
    files: Sequence[Path],
    outputs: Sequence[Path],
    *,
    past: Checkpoint | None = None,
    told: Callable[[Scan, Progress], None] | None = None,
    plan: Plan | None = None,
    names: Sequence[str] = (),
) -> Outcome:
    """Scan files to outputs in this process."""
    opened = tables(files).tables
    joined = merged(opened)
    plan = plan or Plan(outputs, Rules(lang=guard.lang), workers=1, checkpoint=0)
    scan = Scan(
        plan, joined, head_of(guard, joined, DAY), lambda table: looked_at(table, names),
        lambda progress: told(scan, progress) if told else None,
    )  # fmt: skip
    about = About(guard, plan.rules, [str(file.name) for file in files], {}, "", None, DAY, "", 0)
    return scan.run(about.summary, past)
