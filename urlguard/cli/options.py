"""Options that several commands share."""

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import click

from urlguard.errors import UsageError

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


def language(given: str | None, environ: Mapping[str, str] = os.environ) -> str:
    """Return the language to write in: the option, URLGUARD_LANG, the locale, English."""
    if given:
        return given
    wanted = environ.get("URLGUARD_LANG", "")
    if wanted:
        if wanted not in LANGUAGES:
            message = f"URLGUARD_LANG={wanted!r} is not known: use kk, ru or en"
            raise UsageError(message)
        return wanted
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
    return sys.stdout.isatty() and environ.get("TERM") != "dumb"
