"""`urlguard extract`: texts in, everything they point at out, one resource a line."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final, TextIO, cast

import click

from urlguard.cli.options import lang_option, language, packs_option
from urlguard.cli.rows import Row, rows, whole
from urlguard.cli.sources import Sources
from urlguard.cli.streams import INTERRUPTED, Interrupts, output, silence, tell
from urlguard.guard import TEXT_LIMIT, Guard
from urlguard.identifiers.about import about
from urlguard.model import Kind, Resource
from urlguard.reports import resources

FORMATS: Final = ("table", "jsonl", "csv")
_KINDS: Final = tuple(kind.value for kind in Kind if kind not in resources.UNTOLD)
_NOTHING_GIVEN: Final = (
    "give texts as arguments, name a file with --file, or pipe lines in: cat ads.txt | urlguard extract"
)


@click.command("extract", short_help="Print what texts point at: links, phones, accounts, sums ...")
@click.argument("texts", nargs=-1, metavar="[TEXT]...")
@click.option("--file", "files", multiple=True, type=click.Path(path_type=Path),
              help="Read texts from this file, one a line; may be repeated.")  # fmt: skip
@click.option("--text", "one_text", is_flag=True,
              help="Read all of stdin, each file and each argument as one text, such as an ad.")  # fmt: skip
@click.option("-f", "--format", "form", type=click.Choice(FORMATS), default="table", show_default=True,
              help="How to write the resources.")  # fmt: skip
@click.option("--kind", "kinds", multiple=True, type=click.Choice(_KINDS),
              help="Write only resources of this kind; may be repeated.")  # fmt: skip
@lang_option
@packs_option
def command(  # noqa: PLR0917  (one parameter an option)
    texts: tuple[str, ...],
    files: tuple[Path, ...],
    one_text: bool,  # noqa: FBT001  (click passes flags by name)
    form: str,
    kinds: tuple[str, ...],
    lang: str | None,
    packs: tuple[Path, ...],
) -> None:
    """Print what TEXTS point at: links, phones, short numbers, accounts, mailboxes, bank accounts, cards,
    wallets, apps and sums of money; where each stands, its one spelling, and what that says.

    Texts come as arguments, from files, or from a pipe ('-' is stdin), one a line. Nothing is
    opened or looked up. Of a card only the first six and the last four digits are shown. Links
    are defanged on the screen; --format jsonl and csv carry them as they are, with the place
    in characters of the line (with --text: of the whole text).

    \b
    Exit codes: 0 all read, whatever was found; 2 wrong usage or a file that cannot be read;
    3 finished, but some rows were unreadable.

    \b
    urlguard extract "Переведите 50к на 8 701 000 00 00"
    urlguard extract --kind phone --kind iban --format csv --file ads.txt > found.csv
    """  # noqa: D205  (click joins the lines of the first paragraph)
    if not texts and not files and sys.stdin is not None and sys.stdin.isatty():
        raise click.UsageError(_NOTHING_GIVEN)
    guard = Guard(packs, lang=language(lang))
    run = _Run(guard, output(for_eyes=form == "table"), form, frozenset(kinds))
    numbers = _Numbers(one_text=one_text)
    run.read(Sources(texts, files, numbers.rows), numbers)
    click.get_current_context().exit(run.exit_code())


class _Numbers:
    """Counts the lines of a stream while they are read, blank ones too."""

    def __init__(self, *, one_text: bool) -> None:
        """Begin before the first line; `one_text` reads all of a stream as one."""
        self._one_text = one_text
        self._lines = 0

    def rows(self, stream: BinaryIO, name: str) -> Iterator[Row]:
        """Yield the rows of a stream; `line` is the number of the one that came last."""
        self._lines = 0
        yield from (
            whole(stream, name) if self._one_text else rows(cast("BinaryIO", _Counted(stream, self)), name)
        )

    def passed(self, data: bytes) -> None:
        """Count the end of a line; the last one may have none."""
        self._lines += data.count(b"\n") or bool(data)

    def line(self, row: Row, found: Resource) -> int:
        """Return the number of the line a resource begins in."""
        if not self._one_text:
            return max(self._lines, 1)
        return row.text.count("\n", 0, found.span[0] if found.span else 0) + 1


class _Counted:
    """A stream whose lines are counted as they are read."""

    def __init__(self, stream: BinaryIO, numbers: _Numbers) -> None:
        self._stream = stream
        self._numbers = numbers
        self._whole = True

    def readline(self, limit: int) -> bytes:
        """Read a line, or a part of a long one, which counts once."""
        data = self._stream.readline(limit)
        if self._whole:
            self._numbers.passed(data)
        self._whole = data.endswith(b"\n")
        return data


class _Run:
    """Reads rows and writes what stands in them as it goes."""

    def __init__(self, guard: Guard, out: TextIO, form: str, kinds: frozenset[str]) -> None:
        self._guard = guard
        self._out = out
        self._form = form
        self._kinds = kinds
        self._texts = guard.book_texts()
        columns = shutil.get_terminal_size().columns if form == "table" and out.isatty() else None
        self._table = resources.Table(self._texts, guard.brand_names(), columns)
        self._rows = self._found = self._broken = self._cut = 0
        self._failures: list[str] = []
        self._interrupted = False

    def read(self, sources: Sources, numbers: _Numbers) -> None:
        """Write the resources of each row until there is none left, or Ctrl-C."""
        try:
            if self._form == "csv":
                self._out.write(f"{resources.csv_header()}\n")
            with Interrupts() as interrupts:
                self._read_all(sources, numbers, interrupts)
            self._interrupted = interrupts.stopped
            self._out.flush()
        except BrokenPipeError:
            silence()
        self._failures = sources.failures
        self._tell_notes()

    def _read_all(self, sources: Sources, numbers: _Numbers, interrupts: Interrupts) -> None:
        lines = iter(sources)
        try:
            while not interrupts.stopped:
                interrupts.waiting = True
                row = next(lines, None)
                interrupts.waiting = False
                if row is None:
                    return
                self._row(row, numbers)
                if sources.interactive:
                    self._out.flush()
        except KeyboardInterrupt:
            return

    def _row(self, row: Row, numbers: _Numbers) -> None:
        self._rows += 1
        self._broken += row.broken
        if row.broken:
            return
        self._cut += row.cut or len(row.text) > TEXT_LIMIT
        for found in self._guard.extract(row.text):
            if not self._kinds or found.kind.value in self._kinds:
                self._found += 1
                self._out.write(f"{self._line(numbers.line(row, found), found)}\n")

    def _line(self, number: int, found: Resource) -> str:
        facts = about(found.kind, found.key)
        if self._form == "table":
            return self._table.line(number, found, facts)
        return _MACHINE[self._form](number, found, facts)

    def exit_code(self) -> int:
        """Return 130 after Ctrl-C, else 2 for what could not be read, 3 for bad rows."""
        if self._interrupted:
            return INTERRUPTED
        return 2 if self._failures else 3 if self._broken else 0

    def _tell_notes(self) -> None:
        for failure in self._failures:
            tell(f"Error: {failure}")
        if self._broken:
            tell(self._texts["found_encoding"].format(n=self._broken))
        if self._cut:
            tell(self._texts["found_cut"].format(n=self._cut))
        quiet = self._interrupted or self._failures or self._found or self._broken
        if not quiet:
            tell(self._texts["found_nothing"] if self._rows else self._texts["found_no_input"])


_MACHINE: Final = {"jsonl": resources.json_line, "csv": resources.csv_line}
