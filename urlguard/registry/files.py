"""The file a registry lies in, as the system sees it: what it is, whether it is still the same one."""

import os
import stat
from contextlib import suppress
from pathlib import Path

from urlguard.errors import RegistryError

BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite lays beside a file; of these only the index (`-shm`) may be lost."""
_OTHER = "name another file with --registry"


def identity(path: Path) -> tuple[int, int] | None:
    """Return which file lies at a path, None for none.

    Raises `RegistryError` for what is no file: opening a pipe would wait for ever.
    """
    try:
        found = os.stat(path)  # noqa: PTH116  (start-up path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        what = f"{path}: {getattr(error, 'strerror', None) or error}"
        raise RegistryError(what, "check the rights of file and folder") from error
    if not stat.S_ISREG(found.st_mode):
        kind = "a folder" if stat.S_ISDIR(found.st_mode) else "no ordinary file"
        raise RegistryError(f"{path}: this is {kind}", _OTHER)
    return found.st_dev, found.st_ino


def real(path: Path) -> Path:
    """Return where a file lies that is named by a symbolic link: what belongs to it lies there, too."""
    return path.resolve() if path.is_symlink() else path


def make_folder(path: Path) -> None:
    """Make the folder a file is to lie in. Raises `RegistryError`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RegistryError(f"{path.parent}: {error.strerror}", _OTHER) from error


def keep(path: Path) -> None:
    """Bring a file and its name to the disk, before anything relies on them."""
    with path.open("rb+") as written:
        os.fsync(written.fileno())
    if hasattr(os, "O_DIRECTORY"):  # Windows keeps names by itself
        with suppress(OSError):  # some file systems cannot
            folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)


def remove(path: Path) -> None:
    """Remove a database and what lies beside it, as far as it is there."""
    for end in ("", *BESIDE):
        with suppress(FileNotFoundError):
            os.unlink(f"{path}{end}")  # noqa: PTH108  (a path and an end)


def size(path: Path | str) -> int:
    """Return the size of a file in bytes; 0 for none."""
    try:
        return os.stat(path).st_size  # noqa: PTH116  (start-up path)
    except OSError:
        return 0
