"""Labelled inputs of `urlguard rules stats` and `diff`: their options, and the rows of all files in order."""

import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Final, TextIO

import click

from urlguard.cli.options import Decorator
from urlguard.cli.streams import INTERRUPTED, Interrupts, tell
from urlguard.errors import ListError
from urlguard.measuring.counting import Labels
from urlguard.measuring.labelled import BAD, LABEL, TEXTS, Columns, Labelled, Unread, labelled
from urlguard.reports.lists import number
from urlguard.tables.source import ENCODINGS, Source

FIRST: Final = 20
"""Rows that are named of those that cannot be read, and rows of a list on the screen."""
FORMATS: Final = ("table", "jsonl", "csv")
_LABELS: Final = 10
"""Labels that are named of those that were read as bad or as honest."""
_LABEL_SIZE: Final = 40

_OPTIONS: Final[tuple[Decorator, ...]] = (
    click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE..."),
    click.option("--label", default=None, metavar="COLUMN", help=f"Column of the label; default: {LABEL}."),
    click.option("--text", default=None, metavar="COLUMN",
                 help=f"Column of the text; default: the first there is of {', '.join(TEXTS)}."),
    click.option("--bad", default=",".join(BAD), show_default=", ".join(BAD), metavar="LABEL,...",
                 help="Labels of bad rows, in any case; all other labels are honest."),
    click.option("--encoding", type=click.Choice(ENCODINGS, case_sensitive=False), default=None,
                 help="Encoding of the files; default: UTF-8, or UTF-16 when they begin so."),
    click.option("-f", "--format", "form", type=click.Choice(FORMATS), default="table", show_default=True,
                 help="How to write the answer."),
    click.option("--limit", type=click.IntRange(min=1), default=None, metavar="N",
                 help=f"Most inputs listed, and values of a column; default: {FIRST} in a table, else all."),
)  # fmt: skip


def rows_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command what names labelled inputs, and how the answer is written."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


class Rows:
    """The labelled rows of all files in order; what cannot be read is said on stderr, the rest goes on."""

    def __init__(
        self, texts: Mapping[str, str], said: Mapping[str, Any], groups: tuple[str, ...] = ()
    ) -> None:
        """`said` are the options of the command, `groups` columns that every table must have."""
        self._texts = texts
        self._files: tuple[Path, ...] = said["files"]
        self._encoding: str | None = said["encoding"]
        label, text = (said[name].strip().lower() if said[name] else None for name in ("label", "text"))
        self._columns = Columns(label, text, groups)
        self._labels = Labels(said["bad"].split(","))
        self.count = 0
        """Rows that were read."""
        self._unread = 0
        self._failed = False
        self._stopped = False

    def __iter__(self) -> Iterator[tuple[Labelled, bool]]:
        """Yield each row, and whether it is bad, until there is none left, or Ctrl-C."""
        with Interrupts() as interrupts:
            rows = self._rows()
            try:
                while not interrupts.stopped:
                    interrupts.waiting = True
                    row = next(rows, None)
                    interrupts.waiting = False
                    if row is None:
                        break
                    self.count += 1
                    yield row, self._labels.is_bad(row.label)
            except KeyboardInterrupt:
                self._stopped = True
            self._stopped |= interrupts.stopped

    def _rows(self) -> Iterator[Labelled]:
        for path in self._files:
            try:
                yield from self._file(path)
            except ListError as error:
                self._fail(str(error))
            except OSError as error:
                self._fail(f"{path}: {error.strerror or 'cannot be read'}")

    def _file(self, path: Path) -> Iterator[Labelled]:
        if str(path) != "-":
            with path.open("rb") as stream:
                yield from self._read(stream, str(path))
            return
        stdin: TextIO | None = sys.stdin
        if stdin is None:
            raise ListError("stdin is closed", "name a file")
        yield from self._read(stdin.buffer, "stdin")

    def _read(self, stream: BinaryIO, name: str) -> Iterator[Labelled]:
        before = self.count + self._unread
        for row in labelled(Source(stream, name, encoding=self._encoding), self._columns):
            if isinstance(row, Unread):
                self._unread += 1
                if self._unread <= FIRST:
                    tell(f"Error: {row.place}: {row.reason}")
            else:
                yield row
        if before == self.count + self._unread:
            raise ListError(f"{name}: there are no rows in it but the header", "label some texts")

    def _fail(self, message: str) -> None:
        self._failed = True
        tell(f"Error: {message}")

    def tell_notes(self) -> None:
        """Say on stderr which labels were read as what, and what was not read."""
        texts, seen = self._texts, self._labels.seen
        if self._stopped:
            tell(texts["measure_stopped"])
        if self._unread:
            tell(texts["measure_unread"].format(n=number(self._unread)))
        if self.count:
            bad, honest = (_named(seen[side]) for side in (True, False))
            tell(texts["measure_labels"].format(bad=bad, honest=honest))
            if not seen[True]:
                tell(texts["measure_no_bad"])

    def exit_code(self) -> int:
        """Return 130 after Ctrl-C, else 2 for a file that could not be read, 3 for rows."""
        if self._stopped:
            return INTERRUPTED
        if self._failed:
            return 2
        return 3 if self._unread else 0


def _named(counts: Mapping[str, int]) -> str:
    """Return labels with their rows, the most frequent first."""
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    told = [f"{_short(label)} ({number(count)})" for label, count in ranked[:_LABELS]]
    return ", ".join([*told, "…"] if len(ranked) > _LABELS else told) or "–"


def _short(label: str) -> str:
    return label if len(label) <= _LABEL_SIZE else f"{label[:_LABEL_SIZE]}…"
