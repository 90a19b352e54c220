"""The registry that a command works on when it may be one that is not there yet."""

from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from urlguard.cli.registry.options import watch_clock
from urlguard.packs.book import Book
from urlguard.packs.where import registry_file
from urlguard.registry.registry import Registry


def registry_in(path: Path | None, book: Book, stack: ExitStack, *, preview: bool) -> Registry:
    """Return a registry that is closed with `stack`; for a preview of none, an empty one that goes again."""
    path = path or registry_file()
    if preview and not path.exists():
        path = Path(stack.enter_context(TemporaryDirectory(prefix="urlguard-"))) / "registry.db"
    registry = Registry(path, book)
    watch_clock(registry, book)
    stack.callback(registry.close)
    return registry
