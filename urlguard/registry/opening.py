"""What reading a registry needs, made from its path and a rule book. Light: every check runs it."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from urlguard.errors import RegistryError
from urlguard.letters import Letters
from urlguard.links.reading import Reader
from urlguard.links.suffixes import Suffixes
from urlguard.packs.book import Book
from urlguard.registry.anchors import Anchors
from urlguard.registry.lookup import Lookup
from urlguard.registry.states import States
from urlguard.registry.store import now

_SECRET: Final = 32


def secret_path(registry: Path) -> Path:
    """Return where the key of the card hashes lies: apart from the registry and its copies."""
    return registry.with_name(f"{registry.name}.key")


def card_secret(registry: Path, *, make: bool = False) -> bytes | None:
    """Return the key of the card hashes; None when there is none and none is to be made.

    Also None for somebody who may not read it: all but cards is found without. Raises
    `RegistryError` when it cannot be made.
    """
    path = secret_path(registry)
    try:
        if make and not path.exists():
            _make_secret(path)
        return path.read_bytes()
    except OSError as error:
        if not make:
            return None
        raise RegistryError(f"{path}: {error.strerror}", "check the rights of file and folder") from error


def _make_secret(path: Path) -> None:
    """Write a new key, whole or not at all; another program's comes first if it is there first."""
    import secrets  # noqa: PLC0415  (only once in the life of a registry)

    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(secrets.token_bytes(_SECRET))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(part, path)
        except FileExistsError:
            pass
        except OSError:  # no second names on this file system
            part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def reader_of(book: Book) -> Reader:
    """Return the reader of links that a rule book describes."""
    return Reader(Letters(book["letters"]), Suffixes(book["suffixes"]))


def lookup_of(path: Path, book: Book, clock: Callable[[], int] = now) -> Lookup:
    """Return the lookup a guard asks; nothing is opened before it is asked."""
    section = book["registry"]
    strong = [name for name, ground in section["grounds"].items() if ground.get("strong")]
    anchors = Anchors(section.get("tracking", ()), card_secret(path))
    return Lookup(path, anchors, effects=dict(States(section["states"]).effects), strong=strong, clock=clock)
