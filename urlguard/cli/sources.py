"""Rows of all sources of one run, in order: arguments, files, stdin."""

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, TextIO

from urlguard.cli.rows import LINE_LIMIT, Row, rows
from urlguard.errors import UsageError


class Sources:
    """Rows of all sources in order, and what could not be opened."""

    def __init__(self, links: tuple[str, ...], files: tuple[Path, ...]) -> None:
        """Keep where to read from; `-` among links or files is stdin, and so is nothing at all."""
        self._links = links
        self._files = files
        self.failures: list[str] = []
        """What could not be read, for a person."""
        self.interactive = False
        """Each verdict must be out before the next row is read."""

    def __iter__(self) -> Iterator[Row]:
        """Yield every row; what cannot be read is noted in `failures`, and the rest goes on."""
        for link in self._links:
            if link == "-":
                yield from self._stdin()
            elif os.path.isfile(link):  # noqa: PTH113  (links are no paths, and may hold anything)
                self.failures.append(f"{link} is a file here: to read links from it, use --file {link}")
            elif link.strip():
                text = link.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
                yield Row(text[:LINE_LIMIT], len(text) > LINE_LIMIT, text != link)
        for path in self._files:
            yield from self._stdin() if str(path) == "-" else self._file(path)
        if not self._links and not self._files:
            yield from self._stdin()

    def _stdin(self) -> Iterator[Row]:
        stdin: TextIO | None = sys.stdin
        if stdin is None:
            self.failures.append("stdin is closed: give links as arguments or name a file with --file")
            return
        stream = stdin.buffer
        self.interactive = not stat.S_ISREG(os.fstat(stream.fileno()).st_mode)
        yield from self._read(stream, "stdin")
        self.interactive = False

    def _file(self, path: Path) -> Iterator[Row]:
        try:
            stream = path.open("rb")
        except IsADirectoryError:
            self.failures.append(f"{path}: this is a folder; name a file with one link a line")
            return
        except OSError as error:
            self.failures.append(f"{path}: {error.strerror or 'cannot be read'}")
            return
        except ValueError as error:
            self.failures.append(f"{path!s}: {error}")
            return
        with stream:
            yield from self._read(stream, str(path))

    def _read(self, stream: BinaryIO, name: str) -> Iterator[Row]:
        try:
            yield from rows(stream, name)
        except UsageError as error:
            self.failures.append(str(error))
        except OSError as error:
            self.failures.append(f"{name}: {error.strerror or 'cannot be read'}")
