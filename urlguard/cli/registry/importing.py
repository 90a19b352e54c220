"""`urlguard registry import`: a list from a file or a pipe, whole or not at all."""

import gc
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

import click

from urlguard.cli.registry import intake
from urlguard.cli.registry.given import checked, date
from urlguard.cli.registry.options import (
    actor_option,
    document_option,
    dry_run_option,
    lang_option,
    language,
    packs_option,
    reason_option,
    registry_option,
)
from urlguard.cli.registry.places import registry_in
from urlguard.cli.streams import output, tell
from urlguard.errors import ListError, UsageError
from urlguard.packs.book import Book, load_book
from urlguard.record import LOCAL, BadRow, Ground, Match, Row
from urlguard.registry.catalogue import Catalogue
from urlguard.registry.formats.table import FORMATS
from urlguard.registry.importing import Reject, Report, Terms
from urlguard.registry.poison import poison_of
from urlguard.registry.privacy import scrubbed
from urlguard.registry.states import RESTRICTED
from urlguard.reports import lists

KEPT: Final = 20_000
"""Held back values of one list that are kept in the registry, to be shown by `lists --quarantine`."""
INCOMPLETE: Final = 3
"""Exit code: finished, but some rows were not taken."""


@click.command("import", short_help="Take in a list from a file.")
@click.argument("file", metavar="FILE|-")
@click.option("--format", "form", type=click.Choice(tuple(FORMATS)), default=None,
              help="Format of the list; default: told by its beginning and its name.")  # fmt: skip
@click.option("--encoding", type=click.Choice(intake.ENCODINGS), default=None,
              help="Encoding of the list; default: told by its beginning, else by the format.")  # fmt: skip
@click.option(
    "--list", "name", default=None, metavar="NAME", help="Name of the list; default: that of the file."
)
@click.option("--state", default=RESTRICTED, show_default=True, help="State of the rows that say none.")
@click.option("--category", default="", help="Category of the rows that say none.")
@click.option(
    "--ground",
    default=None,
    metavar="TYPE",
    help="Type of the document they stand on: court, prescription ...",
)
@click.option("--authority", default="", metavar="NAME", help="Who issued it.")
@click.option("--number", default="", metavar="NO", help="Its number.")
@click.option(
    "--date", "dated", default="", metavar="DATE", callback=date, help="Its date, for example 2026-11-22."
)
@click.option("--article", default="", help="The provision that was broken.")
@click.option("--match", type=click.Choice([match.value for match in Match]), default=None,
              help="What a bare link or host covers; default: a host with subdomains, one page.")  # fmt: skip
@click.option(
    "--since", default="", metavar="DATE", callback=date, help="First day in force; default: today."
)
@click.option(
    "--until", default="", metavar="DATE", callback=date, help="Last day in force; default: without end."
)
@click.option("--brand", default="", metavar="ID", help="Brand that they imitate.")
@click.option("--note", default="", metavar="TEXT", help="Why, in words, for every row that says nothing.")
@click.option("--replace", is_flag=True, help="The file is the whole list: what it holds no more expires.")
@click.option(
    "--force", is_flag=True, help="Take also what would hit more than it should: t.me, github.io, *.kz ..."
)
@click.option("--rejects", type=click.Path(path_type=Path), default=None, metavar="CSV",
              help="Write all refused rows to this file.")  # fmt: skip
@dry_run_option
@actor_option
@reason_option
@document_option
@registry_option
@lang_option
@packs_option
def command(  # noqa: PLR0917  (one parameter an option)
    file: str,
    form: str | None,
    encoding: str | None,
    name: str | None,
    rejects: Path | None,
    path: Path | None,
    lang: str | None,
    packs: tuple[Path, ...],
    **given: Any,  # noqa: ANN401  (one parameter an option)
) -> int:
    """Take in the list in FILE ('-' is stdin) as one event: all of its good rows, or nothing.

    Rows that cannot be read, and rows that would block far more than is meant, are refused
    with their line; the others are entered. A resource that the list already has is brought
    up to date, never entered twice. Nothing is deleted: `undo` takes the whole import back.

    \b
    Exit codes: 0 all rows taken; 2 nothing was entered; 3 entered, but some rows were refused.

    \b
    urlguard registry import prescription-12.csv --ground prescription --number 12 --date 2026-11-01
    urlguard registry import dump.csv --format rkn --dry-run
    curl -s https://lists.example/hosts | urlguard registry import - --list hosts --replace
    """
    gc.disable()  # rows are no garbage in circles, and looking for some costs a tenth of the time
    book = load_book(packs)
    texts = {key: names[language(lang)] for key, names in book["interface"].items()}
    terms = _terms(book, _list(file, name), given)
    with ExitStack() as stack:
        opened = intake.opened(file, form, stack)
        registry = registry_in(path, book, stack, preview=terms.preview)
        keep = intake.kept(rejects, intake.REFUSAL, stack)
        source = opened.source(encoding)
        rows = intake.counted(_some(FORMATS[opened.form].read(source), opened.name, terms), texts)
        try:
            report = registry.take(
                rows, terms, poison=poison_of(book).hits, category=Catalogue(book["registry"]).category_of,
                told=lambda reject: keep(_masked(reject)), cards=not terms.preview,
            )  # fmt: skip
        finally:
            intake.clear()
    _told(report, texts, preview=terms.preview, rejects=rejects)
    return INCOMPLETE if report.rejected else 0


def _list(file: str, name: str | None) -> str:
    found = name if name is not None else intake.list_name(file)
    if not found.strip():
        raise UsageError("stdin has no name\n  mend: name the list: --list NAME")
    return found.strip()


def _terms(book: Book, name: str, given: dict[str, Any]) -> Terms:
    """Return how the rows are taken, every word checked. Raises `UsageError`."""
    section = book["registry"]
    checked(given["state"], section["states"], "state")
    checked(given["category"], section["categories"], "category")
    checked(given["ground"] or "", section["grounds"], "ground")
    checked(given["brand"], [brand["id"] for brand in book["brands"]], "brand")
    if given["replace"] and name == LOCAL:
        what = f"{LOCAL!r} is the list of what was entered by hand: it is not to be replaced"
        raise UsageError(f"{what}\n  mend: name another list: --list NAME")
    ground = Ground(
        given["ground"] or Ground().type,
        given["authority"],
        given["number"],
        given["dated"],
        article=given["article"],
    )
    return Terms(
        list=name, state=given["state"], category=given["category"], ground=ground, since=given["since"],
        until=given["until"], brand=given["brand"], note=given["note"],
        match=Match(given["match"]) if given["match"] else None, force=given["force"],
        replace=given["replace"], preview=given["dry_run"], keep=KEPT,
        actor=given["actor"], reason=given["reason"], document=given["document"],
    )  # fmt: skip


def _some(rows: Iterable[Row | BadRow], name: str, terms: Terms) -> Iterator[Row | BadRow]:
    """Yield rows; refuse an empty list in the place of a whole one: it would end every entry of it."""
    none = True
    for row in rows:
        none = none and isinstance(row, BadRow)
        yield row
    if none and terms.replace:
        what = f"{name}: not one row can be read: it would end all entries of the list {terms.list!r}"
        raise ListError(what, "check the file and its --format, or leave --replace out")


def _masked(reject: Reject) -> Reject:
    return reject._replace(value=scrubbed(reject.value), reason=scrubbed(reject.reason))


def _told(report: Report, texts: dict[str, str], *, preview: bool, rejects: Path | None) -> None:
    counts = {name: getattr(report, name) for name in ("read", "new", "changed", "duplicate", "gone")}
    counts["refused"] = report.rejected
    first = [_masked(reject) for reject in report.rejects[: lists.FIRST]]
    for line in lists.refused(texts, report.codes, first, str(rejects) if rejects else ""):
        tell(line)
    out = output(for_eyes=True)
    for line in lists.imported(texts, counts, event=report.event, preview=preview):
        out.write(f"{line}\n")
