"""Options that several commands share, and groups that help with a slip."""

import difflib
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, TextIO

import click

from urlguard.errors import UsageError
from urlguard.reports.screen import printable

LANGUAGES: Final = ("kk", "ru", "en")

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

packs_option: Final[Decorator] = click.option(
    "--rules",
    "packs",
    multiple=True,
    type=click.Path(path_type=Path),
    envvar="URLGUARD_RULES",
    help="Folder or file of own rule packs, laid over the shipped ones; may be repeated. "
    "Several in URLGUARD_RULES are separated by ':' (';' on Windows).",
)
lang_option: Final[Decorator] = click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    default=None,
    help="Language of the output; default: URLGUARD_LANG, else the locale, else en.",
)


class Suggesting(click.Group):
    """A group that names the closest command when there is no such one."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; fail with a suggestion."""
        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in self.list_commands(ctx):
            ctx.fail(self.unknown(name, self.list_commands(ctx)))
        return super().resolve_command(ctx, args)

    def unknown(self, name: str, names: list[str]) -> str:
        """Say what to use instead of `name`."""
        close = difflib.get_close_matches(name, names, n=1)
        hint = f"Did you mean {close[0]!r}?" if close else f"Use one of {', '.join(names)}."
        return f"no such command {printable(name)!r}. {hint}"


def language(given: str | None, environ: Mapping[str, str] = os.environ) -> str:
    """Return the language to write in: the option, URLGUARD_LANG, the locale, English."""
    if given:
        return given
    wanted = environ.get("URLGUARD_LANG", "")
    if wanted:
        found = wanted.lower().partition("_")[0].partition("-")[0]
        if found not in LANGUAGES:
            message = f"URLGUARD_LANG={wanted!r} is not known: use kk, ru or en"
            raise UsageError(message)
        return found
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = environ.get(name, "")
        if value:
            return value[:2] if value[:2] in LANGUAGES else "en"
    return "en"


def colour_wanted(environ: Mapping[str, str] = os.environ) -> bool:
    """Tell whether to colour stdout: NO_COLOR and FORCE_COLOR decide, else a terminal."""
    if environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR"):
        return True
    stdout: TextIO | None = sys.stdout
    return stdout is not None and stdout.isatty() and environ.get("TERM") != "dumb"
