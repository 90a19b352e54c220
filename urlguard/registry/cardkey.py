"""The key of the card hashes, in a file of its own beside the registry.

With the first six and last four digits known, a card has a million possible numbers: its hash hides
them only as long as the key is not where the hash is.
"""

import os
from pathlib import Path
from typing import Final

from urlguard.errors import RegistryError

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
