"""What a run says of itself: names for writers, versions and sources for the report."""

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from urlguard.guard import Guard
from urlguard.scanning.merging import Merged
from urlguard.scanning.workers import Rules
from urlguard.tables.rows import Head
from urlguard.version import __version__

if TYPE_CHECKING:
    from urlguard.scanning.summing import Sums


class Records(NamedTuple):
    """The registry a run looks things up in."""

    name: str
    records: int
    changed: str
    """Day of its last change, `YYYY-MM-DD`."""
    head: str
    """Hash of its last event: the same head is the same registry."""


def records_of(path: Path, guard: Guard) -> Records:
    """Return what a registry is at this moment. Raises `RegistryError` when it cannot be read."""
    from urlguard.registry.registry import Registry  # noqa: PLC0415  (loads SQLite)

    registry = Registry(path, guard.book)
    try:
        last = next(registry.searching().events(newest_first=True), None)
        count = sum(registry.lookup.opened().has().values())
        return Records(path.name, count, _day(last.at) if last else "", registry.head())
    finally:
        registry.close()


def _day(seconds: int) -> str:
    return time.strftime("%Y-%m-%d", time.gmtime(seconds))


def head_of(guard: Guard, found: Merged, day: str) -> Head:
    """Return what a writer knows before the first row; `day` is that of the run, `YYYY-MM-DD`."""
    return Head(
        columns=found.columns,
        added=found.added,
        texts=guard.book_texts(),
        lang=guard.lang,
        brands=guard.brand_names(),
        schemes=guard.scheme_titles(),
        rules=guard.rule_titles(),
        version=__version__,
        made=day,
        delimiter=_delimiter(found),
    )


def _delimiter(found: Merged) -> str:
    """Return `;` where the inputs have it: there a spreadsheet expects it, as in Russian and Kazakh."""
    return ";" if any(table.delimiter == ";" for table in found.tables) else ","



class About(NamedTuple):
    """What a report says about its run."""

    guard: Guard
    rules: Rules
    files: Sequence[str]
    columns: Mapping[str, str]
    """Judged columns, as they were found -> `link`, `text`, `phone`."""
    day_column: str
    records: Records | None
    day: str
    sampled: str
    limited: int

    def summary(self, sums: "Sums", duplicates: int) -> dict[str, Any]:
        """Return all that the report shows, as plain JSON."""
        book = self.guard.book
        made = {
            "version": __version__,
            "rules": f"{book['policy']['version']} ({book['digest'][:12]})",
            "packs": [pack.name for pack in self.rules.packs],
            "registry": self.records._asdict() if self.records is not None else None,
            "day": self.day,
            "files": list(self.files),
            "columns": dict(self.columns),
            "suffixes": book["suffix_date"],
        }
        names = self.guard.brand_names()
        brands = {
            brand["id"]: {"name": names[brand["id"]], "real": brand.get("real") or ""}
            for brand in book["brands"]
        }
        return sums.summary(
            made, brands, duplicates=duplicates, sampled=self.sampled, limited=self.limited,
            date_column=self.day_column,
        )  # fmt: skip
