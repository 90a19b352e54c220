"""Rows of all sources of one run, in order: arguments, files, stdin."""

import io
import os
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, Final, TextIO

from urlguard.cli.rows import LINE_LIMIT, Row, rows
from urlguard.errors import UsageError

Reading = Callable[[BinaryIO, str], Iterator[Row]]
"""How a stream of that name is cut into rows: `rows`, `paragraphs`, `whole`."""

_TERMINAL_LINE: Final = 4_095
"""Bytes of a line that a terminal hands over (Linux, N_TTY); what is longer it clips without a word."""


class Sources:
    """Rows of all sources in order, and what could not be opened."""

    def __init__(self, given: tuple[str, ...], files: tuple[Path, ...], reading: Reading = rows) -> None:
        """Keep where to read from; `-` among arguments or files is stdin, and so is nothing at all."""
        self._given = given
        self._files = files
        self._reading = reading
        self.failures: list[str] = []
        """What could not be read, for a person."""
        self.interactive = False
        """Each verdict must be out before the next row is read."""

    def __iter__(self) -> Iterator[Row]:
        """Yield every row; what cannot be read is noted in `failures`, and the rest goes on."""
        for text in self._given:
            if text == "-":
                yield from self._stdin()
            elif os.path.isfile(text):  # noqa: PTH113  (texts are no paths, and may hold anything)
                self.failures.append(f"{text} is a file here: to read what is in it, use --file {text}")
            elif text.strip():
                yield from self._argument(text)
        for path in self._files:
            yield from self._stdin() if str(path) == "-" else self._file(path)
        if not self._given and not self._files:
            yield from self._stdin()

    def _argument(self, text: str) -> Iterator[Row]:
        data = text.encode("utf-8", "surrogateescape")
        if self._reading is not rows:
            yield from self._read(io.BytesIO(data), "an argument")
            return
        shown = data.decode("utf-8", "backslashreplace")  # one row, whatever line ends it has
        yield Row(shown[:LINE_LIMIT], len(shown) > LINE_LIMIT, shown != text)

    def _stdin(self) -> Iterator[Row]:
        stdin: TextIO | None = sys.stdin
        if stdin is None:
            self.failures.append("stdin is closed: give links as arguments or name a file with --file")
            return
        stream = stdin.buffer
        self.interactive = not stat.S_ISREG(os.fstat(stream.fileno()).st_mode)
        typed = stream.isatty()
        for row in self._read(stream, "stdin"):
            yield row._replace(cut=True) if typed and _clipped(row.text) else row
        self.interactive = False

    def _file(self, path: Path) -> Iterator[Row]:
        try:
            stream = path.open("rb")
        except IsADirectoryError:
            self.failures.append(f"{path}: this is a folder; name a file")
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
            yield from self._reading(stream, name)
        except UsageError as error:
            self.failures.append(str(error))
        except OSError as error:
            self.failures.append(f"{name}: {error.strerror or 'cannot be read'}")


def _clipped(text: str) -> bool:
    return any(len(line.encode("utf-8", "replace")) >= _TERMINAL_LINE for line in text.split("\n"))
