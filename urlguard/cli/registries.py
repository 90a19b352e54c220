"""Which registry a command that judges looks things up in."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from urlguard.packs.where import registry_file


def registry_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command `--registry` and `--no-registry`."""
    none = click.option("--no-registry", is_flag=True, help="Look nothing up.")
    named = click.option("--registry", type=click.Path(path_type=Path), default=None, metavar="FILE",
                         help="Registry to look everything up in; default: URLGUARD_REGISTRY, else your own, "
                         "if there is one.")  # fmt: skip
    return named(none(command))


def registry_to_ask(named: Path | None, none: bool) -> Path | None:  # noqa: FBT001  (click passes flags by value)
    """Return the registry to ask: the one that was named, else the usual one when it is there.

    Raises `click.UsageError` when there is none where one was named.
    """
    if none:
        return None
    if named is not None:
        if not named.exists():
            message = f"{named}: there is no registry here. Add to it first: urlguard registry add LINK"
            raise click.UsageError(message)
        return named
    usual = registry_file()
    return usual if usual.exists() else None
