"""Options that the commands of the registry share, and the registry they open."""

import getpass
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from urlguard.cli.options import lang_option, language, packs_option

if TYPE_CHECKING:
    from urlguard.packs.book import Book
    from urlguard.registry.registry import Registry

__all__ = [
    "COUNT",
    "actor_option", "as_of_option", "document_option", "dry_run_option", "format_option", "lang_option",
    "language",
    "login", "opened", "packs_option", "reason_option", "registry_option",
]  # fmt: skip

COUNT: Final = click.IntRange(1, 2**63 - 1)
"""A number of events or records: what the file can hold."""
Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def login() -> str:
    """Return the name under which this user is logged in; `unknown` where there is none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "unknown"


registry_option: Final[Decorator] = click.option(
    "--registry",
    "path",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="URLGUARD_REGISTRY",
    help="File of the registry; default: URLGUARD_REGISTRY, else the platform's data folder.",
)
actor_option: Final[Decorator] = click.option(
    "--actor",
    default=lambda: os.environ.get("URLGUARD_ACTOR") or login(),
    show_default="URLGUARD_ACTOR, else the login name",
    metavar="NAME",
    help="Who does this; it is written down with every change.",
)
reason_option: Final[Decorator] = click.option(
    "--reason", default="", metavar="TEXT", help="Why, in words; it is written down with the change."
)
document_option: Final[Decorator] = click.option(
    "--document", default="", metavar="NO", help="Number of the paper that this change stands on."
)
dry_run_option: Final[Decorator] = click.option(
    "-n", "--dry-run", is_flag=True, help="Say what would happen, change nothing."
)


def _end(_ctx: click.Context, _parameter: click.Parameter, value: str | None) -> int | None:
    if value is None:
        return None
    from urlguard.registry.filters import end_of_day  # noqa: PLC0415  (opens SQLite: only for this option)

    return end_of_day(value)


as_of_option: Final[Decorator] = click.option(
    "--as-of",
    "end",
    callback=_end,
    metavar="DATE",
    help="Answer as it stood at the end of that day in Kazakhstan, for example 2026-11-22.",
)
"""The parameter `end`: the last second of that day since 1970, or None."""


def format_option(*formats: str) -> Decorator:
    """Return the option `--format`, the parameter `form`; the first format is the default."""
    return click.option(
        "-f", "--format", "form", type=click.Choice(formats), default=formats[0], show_default=True,
        help="How to write the answer.",
    )  # fmt: skip


def opened(
    path: Path | None, packs: Sequence[Path] = (), end: int | None = None
) -> "tuple[Registry, Book]":
    """Return the registry in a file, the platform's own when it is None, and the rules it goes by.

    `end` is the moment that is today for it, for `--as-of`.
    """
    from urlguard.packs.book import load_book  # noqa: PLC0415  (beside its use)
    from urlguard.packs.where import registry_file  # noqa: PLC0415
    from urlguard.registry.registry import Registry  # noqa: PLC0415
    from urlguard.registry.store import now  # noqa: PLC0415

    book = load_book(packs)
    clock = now if end is None else lambda: end
    registry = Registry(path or registry_file(), book, clock=clock)
    watch_clock(registry, book)
    return registry, book


def watch_clock(registry: "Registry", book: "Book") -> None:
    """Say on stderr when a change is about to be written by a clock that is behind the last one."""
    from urlguard.cli.streams import tell  # noqa: PLC0415  (beside its use)
    from urlguard.registry.matching import moment  # noqa: PLC0415

    lang = language(click.get_current_context().params.get("lang"))

    def said(now: int, last: int) -> None:
        texts = book["interface"]
        tell(texts["clock_behind"][lang].format(now=moment(now), last=moment(last)))

    registry.on_clock_behind = said
