"""`urlguard registry export`: records in the format of another program, complete or not at all."""

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TextIO

import click

from urlguard.cli.registry import intake
from urlguard.cli.registry.given import checked
from urlguard.cli.registry.options import (
    as_of_option,
    lang_option,
    language,
    opened,
    packs_option,
    registry_option,
)
from urlguard.cli.streams import tell
from urlguard.errors import UsageError
from urlguard.model import Kind
from urlguard.record import Record, Unexpressed
from urlguard.registry.allowing import Allowed
from urlguard.registry.filters import Filter
from urlguard.registry.formats.head import Head
from urlguard.registry.formats.table import FORMATS, Format, by_extension
from urlguard.registry.matching import Standing, moment
from urlguard.registry.rows import shown_id
from urlguard.registry.searching import Searching
from urlguard.reports import lists as words
from urlguard.version import __version__

if TYPE_CHECKING:
    from urlguard.packs.book import Book

EVERYTHING: Final = "any"
_WHOLE: Final = ("csv", "jsonl")
"""Formats of our own, in which a record is written in whatever state it is."""
_COLUMNS: Final = ("id", "value", "reason", "partly")
_KINDS: Final = tuple(kind.value for kind in Kind)


@click.command("export", short_help="Write records in the format of another program.")
@click.argument("file", metavar="[FILE|-]", default="-")
@click.option("--format", "form", type=click.Choice(tuple(FORMATS)), default=None,
              help="Format to write; default: told by the name of the file.")  # fmt: skip
@click.option("--list", "name", default="", metavar="NAME", help="Only records of this list.")
@click.option("--state", default="", help="Only records in this state.")
@click.option("--category", default="", help="Only records of this category.")
@click.option("--kind", type=click.Choice(_KINDS), default=None, help="Only this kind of resource.")
@click.option("--brand", default="", metavar="ID", help="Only imitations of this brand.")
@click.option("--number", default="", metavar="NO", help="Only what this document covers.")
@click.option("--standing", type=click.Choice((EVERYTHING, *(does.value for does in Standing))), default=None,
              help="Only what does this today; default: any for csv and jsonl, else blocks.")  # fmt: skip
@click.option("--unexpressed", type=click.Path(path_type=Path), default=None, metavar="CSV",
              help="Write all records that the format cannot hold to this file.")  # fmt: skip
@as_of_option
@registry_option
@lang_option
@packs_option
def command(  # noqa: PLR0917  (one parameter an option)
    file: str,
    form: str | None,
    standing: str | None,
    unexpressed: Path | None,
    end: int | None,
    path: Path | None,
    lang: str | None,
    packs: tuple[Path, ...],
    **given: Any,  # noqa: ANN401  (one parameter an option)
) -> None:
    """Write records to FILE ('-', the default, is stdout) in the format of another program.

    FILE appears complete or stays as it was. Formats for name servers and filters get what
    blocks today; csv and jsonl get every record. A record that a format cannot hold is told on
    stderr, never dropped in silence. The same registry gives the same bytes.

    \b
    urlguard registry export blocked.rpz
    urlguard registry export - --format hosts --category fraud_phishing > hosts
    urlguard registry export everything.jsonl
    """
    form_ = FORMATS[form or _form(file)]
    registry, book = opened(path, packs)
    texts = {key: names[language(lang)] for key, names in book["interface"].items()}
    searching = registry.searching()
    wanted = _wanted(book, searching, given, standing or (EVERYTHING if form_.name in _WHOLE else "blocks"))
    states = tuple(name for name, does in registry.states.effects.items() if does == "blocks")
    head = Head(
        generated=moment(end) if end is not None else _last(searching), version=__version__,
        lists=tuple(row[0] for row in searching.lists()) if not wanted.list else (wanted.list,),
        states=tuple(registry.states.names()) if wanted.standing != "blocks" else states,
    )  # fmt: skip
    with ExitStack() as stack:
        keep = intake.kept(unexpressed, _COLUMNS, stack)
        out = stack.enter_context(_target(file, form_))
        stack.enter_context(registry.store().snapshot())
        lost = _Lost(keep)
        if wanted.standing == Standing.BLOCKS:
            strong = [name for name, ground in book["registry"]["grounds"].items() if ground.get("strong")]
            lost.allowed = Allowed(searching.allowing(end), strong)
        for missing in form_.write(
            lost.counted(_records(searching, lost, wanted, end, whole=form_.lossless)), out, head
        ):
            lost.add(missing)
    if file != "-":
        tell(texts["export_written"].format(n=words.number(lost.records - lost.whole), file=file))
    lost.told(texts, form_.name, unexpressed)


def _form(file: str) -> str:
    found = by_extension(file)
    if file == "-" or len(found) != 1:
        likely = found or tuple(FORMATS)
        raise UsageError(f"in which format?\n  mend: name it: --format {'|'.join(likely)}")
    return found[0]


def _wanted(book: "Book", searching: Searching, given: dict[str, Any], standing: str) -> Filter:
    """Return which records are wanted, every word checked. Raises `UsageError`."""
    checked(given["state"], book["registry"]["states"], "state")
    checked(given["category"], book["registry"]["categories"], "category")
    checked(given["name"], [row[0] for row in searching.lists()], "list")
    return Filter(
        list=given["name"], state=given["state"], category=given["category"], kind=given["kind"] or "",
        brand=given["brand"], number=given["number"], standing="" if standing == EVERYTHING else standing,
    )  # fmt: skip


def _last(searching: Searching) -> str:
    """Return when the registry was last changed: not the time of the export, which would differ each time."""
    event = next(searching.events(newest_first=True), None)
    return moment(event.at) if event else ""


def _records(
    searching: Searching, lost: "_Lost", wanted: Filter, end: int | None, *, whole: bool
) -> Iterator[Record]:
    for entry in searching.entries(wanted, end):
        allow = lost.allowed.by(entry)
        if allow is not None:
            reason = f"the allow record {shown_id(allow.id)} overrules it"
            lost.add(Unexpressed(shown_id(entry.id), entry.value, reason))
            lost.records += 1
            continue
        if whole:
            steps = searching.history(entry)
            known = moment(end) if end is not None else ""
            yield entry.record(tuple(step for step in steps if not known or step.at <= known))
        else:
            yield entry.record()


class _Lost:
    """What a format could not hold."""

    def __init__(self, keep: Callable[[tuple[Any, ...]], None]) -> None:
        self._keep = keep
        self._reasons: dict[bool, Counter[str]] = {False: Counter(), True: Counter()}
        self._first: dict[bool, list[tuple[str, str, str]]] = {False: [], True: []}
        self.allowed = Allowed((), ())
        """What is not to be blocked."""
        self.records = 0
        """All that were to be written."""
        self.whole = 0
        """Those that were not written at all."""

    def counted(self, records: Iterator[Record]) -> Iterator[Record]:
        for record in records:
            self.records += 1
            yield record

    def add(self, missing: Unexpressed) -> None:
        self._keep((missing.id, missing.value, missing.reason, "yes" if missing.partly else "no"))
        self._reasons[missing.partly][missing.reason] += 1
        self.whole += not missing.partly
        if len(self._first[missing.partly]) < words.FIRST:
            self._first[missing.partly].append(missing[:3])

    def told(self, texts: dict[str, str], form: str, file: Path | None) -> None:
        for partly, title in ((False, texts["export_lost"]), (True, texts["export_partly"])):
            reasons = self._reasons[partly]
            if reasons:
                told = title.format(n=words.number(sum(reasons.values())), format=form)
                first = [] if partly else self._first[partly]
                for line in words.lost(texts, told, reasons, first, file=str(file or "")):
                    tell(line)


@contextmanager
def _target(file: str, form: Format) -> Iterator[TextIO]:
    """Open what is written to: stdout, or a file that takes the place of the old one when all is in it."""
    if file == "-":
        if sys.stdout is None:
            raise UsageError("the output cannot be written: stdout is closed")
        out = TextIOWrapper(sys.stdout.buffer, form.encoding, newline="", write_through=False)
        try:
            yield out
            out.flush()
        finally:
            with suppress(OSError, ValueError):
                out.detach()
        return
    part = Path(f"{file}.{os.getpid()}.part")
    try:
        with part.open("w", encoding=form.encoding, newline="") as written:
            yield written
            written.flush()
            os.fsync(written.fileno())
        part.replace(file)
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror or error}") from error
    finally:
        part.unlink(missing_ok=True)
