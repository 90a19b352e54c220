"""`urlguard registry update`: the lists from the web that are switched on, one line of result each."""

import gc
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import click

from urlguard import updating
from urlguard.cli.registry.given import checked
from urlguard.cli.registry.options import (
    actor_option,
    dry_run_option,
    lang_option,
    language,
    packs_option,
    registry_option,
)
from urlguard.cli.registry.places import registry_in
from urlguard.cli.streams import output, tell
from urlguard.errors import UsageError
from urlguard.packs.book import Book, load_book
from urlguard.packs.where import feeds_file
from urlguard.registry.catalogue import Catalogue
from urlguard.registry.feeding import FeedSettings, read_feeds
from urlguard.registry.poison import poison_of
from urlguard.reports import feeds as words
from urlguard.updating import LEAST_VALID, MOST_GROWN, MOST_SHRUNK, Outcome
from urlguard.web.limits import LIMITS


@click.command("update", short_help="Download the lists that are switched on.")
@click.argument("names", nargs=-1, metavar="[NAMES]...")
@click.option("--config", type=click.Path(path_type=Path, dir_okay=False), default=None, metavar="FILE",
              help="Which lists there are; default: URLGUARD_FEEDS, else the user's feeds.yaml.")  # fmt: skip
@click.option(
    "--accept", is_flag=True, help="Enter also a list that shrank or grew so much that it was held back."
)
@click.option("--timeout", type=click.FloatRange(0.1, 3600), default=LIMITS.deadline_seconds,
              show_default=True, metavar="SECONDS", help="How long a download may take.")  # fmt: skip
@dry_run_option
@actor_option
@registry_option
@lang_option
@packs_option
def command(
    names: tuple[str, ...],
    config: Path | None,
    path: Path | None,
    lang: str | None,
    packs: tuple[Path, ...],
    *,
    accept: bool,
    timeout: float,
    dry_run: bool,
    actor: str,
) -> int:
    """Download the lists that are switched on, or those named, and enter each as one event.

    A list is entered whole, in the place of what it held before: what it holds no more expires.
    Nothing of it is entered, and what was there stays in force, when the download is not
    complete or not what was promised, when fewer than 95 % of its lines can be read, and, until
    --accept, when it shrank by more than 30 % or grew more than five times. Entries that would
    block far more than is meant are held back one by one (urlguard registry lists NAME).
    `urlguard registry undo EVENT` brings back what a list held before.

    \b
    Exit codes: 0 all lists are up to date; 2 a list failed or was held back.
    """
    gc.disable()  # as in `import`
    book = load_book(packs)
    texts = {key: named[language(lang)] for key, named in book["interface"].items()}
    config = config or feeds_file()
    feeds = _wanted(config, names, book)
    if not feeds:
        tell(texts["feed_none"].format(file=config))
        return 0
    out, failed = output(for_eyes=True), False
    wide = max(len(feed.name) for feed in feeds)
    with ExitStack() as stack:
        registry = registry_in(path, book, stack, preview=dry_run)
        for outcome in updating.update(
            registry, feeds, poison=poison_of(book).hits, category=Catalogue(book["registry"]).category_of,
            actor=actor, accept=accept, preview=dry_run, limits=replace(LIMITS, deadline_seconds=timeout),
        ):  # fmt: skip
            failed = failed or outcome.status in {"failed", "held"}
            out.write(f"{words.line(texts, outcome.name.ljust(wide), _said(outcome), preview=dry_run)}\n")
            out.flush()
    return 2 if failed else 0


def _wanted(config: Path, names: Sequence[str], book: Book) -> list[FeedSettings]:
    """Return the lists that are named, or else those that are switched on. Raises `UsageError`."""
    if not config.is_file():
        mend = "write one after examples/feeds.yaml, or name it: --config FILE"
        raise UsageError(f"{config}: there is no configuration of lists here\n  mend: {mend}")
    section = book["registry"]
    feeds = read_feeds(config, section["states"], section["categories"])
    for name in names:
        checked(name, [feed.name for feed in feeds], "list")
    return [feed for feed in feeds if (feed.name in names if names else feed.enabled)]


def _said(outcome: Outcome) -> Mapping[str, object]:
    """Return what is to be told of an outcome, as plain values."""
    report = outcome.report
    counts = {} if report is None else {
        "read": report.read, "new": report.new, "changed": report.changed, "duplicate": report.duplicate,
        "gone": report.gone, "refused": report.rejected,
    }  # fmt: skip
    return {
        "status": outcome.status, "why": outcome.why, "message": outcome.message, "before": outcome.before,
        "after": outcome.after, "line": outcome.line, "counts": counts,
        "good": 0 if report is None else report.read - report.codes["unreadable"],
        "event": None if report is None else report.event,
        "limits": {"shrunk": MOST_SHRUNK, "grown": MOST_GROWN, "invalid": LEAST_VALID},
    }  # fmt: skip
