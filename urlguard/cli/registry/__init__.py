"""`urlguard registry`: records of what is blocked, on what ground, since when. One module a command."""

import difflib
import os
import shutil
from importlib import import_module
from pathlib import Path
from typing import Final

import click

from urlguard.cli.options import Suggesting
from urlguard.reports.screen import printable

_FOLDER: Final = "urlguard.cli.registry"
COMMANDS: Final = {
    "add": ("adding", "Enter links, phones, accounts ... by hand."),
    "find": ("finding", "Say what the registry knows of anything pasted, and why."),
    "show": ("showing", "Show records whole, with their history."),
    "list": ("listing", "List records, filtered."),
    "history": ("history", "What happened to a record, or to the registry."),
    "edit": ("editing", "Change the end date, note, category ... of records."),
    "transition": ("transition", "Take records to another state, named by the state."),
    "undo": ("undoing", "Take back one event, also a whole import."),
    "stats": ("stats", "Count records by state, category, ground, brand, month."),
    "import": ("importing", "Take in a list from a file."),
    "export": ("exporting", "Write records in the format of another program."),
    "update": ("updating", "Download the lists that are switched on."),
    "lists": ("lists", "Show and configure lists."),
    "verify": ("verifying", "Check that the file is what was written."),
    "backup": ("backups", "Copy the registry."),
    "restore": ("backups", "Go back to a copy."),
}
"""Each command, the module of this folder that holds it, and one line of help.

A module exposes its command as `command`; one that holds several, each under its own name.
"""


class _Commands(Suggesting):
    """Loads a command's module only when it runs; the steps of a record come from the rules."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  (click's signature)
        return [*COMMANDS, *self._steps()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        found = COMMANDS.get(cmd_name)
        if found is None:
            return self._step(cmd_name)
        module = import_module(f"{_FOLDER}.{found[0]}")
        command: click.Command = getattr(module, cmd_name, None) or module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])
        with formatter.section("Steps of a record"):
            formatter.write_dl(list(self._steps().items()))

    def _steps(self) -> dict[str, str]:
        from urlguard.cli.registry.steps import steps  # noqa: PLC0415  (reads the rule book)

        return {name: step.verb for name, step in steps(_packs()).items()}

    def _step(self, name: str) -> click.Command | None:
        from urlguard.cli.registry.steps import steps  # noqa: PLC0415  (as above)

        step = steps(_packs()).get(name)
        if step is None:
            return None
        from urlguard.cli.registry.transition import step_command  # noqa: PLC0415  (opens SQLite)

        return step_command(name, step)

    def unknown(self, name: str, names: list[str]) -> str:
        """Say what to do instead; a link or phone instead of a command is the likeliest slip."""
        if "." in name or any(char.isdigit() for char in name):
            return f"no such command {printable(name)!r}. To look something up: urlguard registry find TEXT"
        close = difflib.get_close_matches(name, names, n=3)
        hint = f"Did you mean {' or '.join(map(repr, close))}?" if close else "See urlguard registry --help."
        return f"no such command {printable(name)!r}. {hint}"


def _packs() -> tuple[Path, ...]:
    """Return the own rule packs of the environment: which steps there are is known before any option."""
    return tuple(Path(name) for name in os.environ.get("URLGUARD_RULES", "").split(os.pathsep) if name)


_WIDEST: Final = 80
_LEAST: Final = 30


def _help_columns() -> int:
    """Return the columns of help texts: click's own least, 50, breaks words on the screen of a phone."""
    return max(min(shutil.get_terminal_size().columns, _WIDEST) - 2, _LEAST)


@click.group(
    cls=_Commands,
    name="registry",
    short_help="Records of what is blocked: find, add, lift, import ...",
    context_settings={"terminal_width": _help_columns()},
)
def command() -> None:
    """Keep the registry: what is blocked, on what ground, since when, and who decided.

    Everything stays in one file on this machine; nothing is ever deleted, every change can be
    looked up and taken back. `urlguard check` looks every link up in it.

    \b
    urlguard registry add kaspi-bonus.top --category fraud_phishing
    urlguard registry find https://kaspi-bonus.top/login
    urlguard registry notice KN-2026-000001 --reason "the owner removed it"
    urlguard registry undo 17

    The file lies in the platform's data folder; --registry FILE or URLGUARD_REGISTRY names another.
    """
