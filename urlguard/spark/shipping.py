"""What goes from the driver to the workers: the rule book, the language, the registry."""

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from urlguard.guard import Guard
from urlguard.packs.book import Book
from urlguard.version import __version__

if TYPE_CHECKING:
    from pyspark import SparkContext

    from urlguard.registry.lookup import Lookup


class Rules(NamedTuple):
    """What goes to the workers."""

    version: str
    lang: str
    book: Book
    lookup: "Lookup | None"
    """With the key of the card hashes, which never lies beside a registry that was sent."""
    snapshot: str
    """Name of the registry among the files of the job; empty: it lies where `lookup` says."""

    @property
    def key(self) -> tuple[str, ...]:
        """What makes two of them the same."""
        where = str(self.lookup.path) if self.lookup is not None else ""
        return (self.book["digest"], self.lang, self.snapshot or where)


def shipped(context: "SparkContext", guard: Guard, registry: str | Path | None, *, ship: bool) -> Rules:
    """Return what workers judge by, the registry on its way to them. Raises `RegistryError`."""
    if registry is None:
        return Rules(__version__, guard.lang, guard.book, None, "")
    from urlguard.registry.opening import lookup_of  # noqa: PLC0415  (loads SQLite)

    lookup = lookup_of(Path(registry).absolute(), guard.book)
    try:
        lookup.opened().has()
    finally:
        lookup.close()
    snapshot = _snapshot(context, lookup.path, guard.book) if ship else ""
    return Rules(__version__, guard.lang, guard.book, lookup, snapshot)


def _snapshot(context: "SparkContext", path: Path, book: Book) -> str:
    """Give a copy of the registry to the job, and return its name: that of its last event.

    Nodes fetch it from the driver for as long as the application runs, so it lies among Spark's own
    files, which are removed at the end.
    """
    from pyspark import SparkFiles  # noqa: PLC0415  (an extra)

    files = Path(SparkFiles.getRootDirectory())
    with TemporaryDirectory(prefix="urlguard-", dir=files) as folder:
        copy = Path(folder) / "registry.db"
        name = f"urlguard-{_copied(path, copy, book)[:32] or 'empty'}.db"
        kept = files / "urlguard" / name
        if not kept.exists():
            kept.parent.mkdir(exist_ok=True)
            copy.replace(kept)
            context.addFile(str(kept))
    return name


def _copied(path: Path, copy: Path, book: Book) -> str:
    """Copy a registry as it is at one moment, and return the hash of its last event then."""
    from urlguard.registry.registry import Registry  # noqa: PLC0415  (loads SQLite)

    with closing(Registry(path, book)) as registry:
        registry.back_up(copy)
    with closing(Registry(copy, book)) as registry:
        return registry.head()
