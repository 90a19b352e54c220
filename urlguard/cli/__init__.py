"""The command line: the only place that prints or exits. One module a command."""

import difflib
import os
import sys
from importlib import import_module
from typing import Final

import click

from urlguard.version import __version__

_COMMANDS: Final = {
    "check": ("urlguard.cli.check", "Score links, one line each."),
    "rules": ("urlguard.cli.rules", "List, show, prove and lint rules."),
    "brands": ("urlguard.cli.brands", "List and show the brands that are protected."),
    "completion": ("urlguard.cli.completion", "Print the completion script of a shell."),
}


class _Commands(click.Group):
    """Loads a command's module only when it runs: each costs start-up time."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  (click's signature)
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        found = _COMMANDS.get(cmd_name)
        if found is None:
            return None
        command: click.Command = import_module(found[0]).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in _COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0] if args else ""
        if name and name not in _COMMANDS and not name.startswith("-"):
            ctx.fail(_unknown(name))
        return super().resolve_command(ctx, args)


def _unknown(name: str) -> str:
    shown = name.encode("unicode_escape").decode("ascii")
    if "." in name or "://" in name:
        return f"No such command '{shown}'. To score a link: urlguard check LINK"
    close = difflib.get_close_matches(name, _COMMANDS, n=1)
    hint = f" Did you mean '{close[0]}'?" if close else f" Use one of {', '.join(_COMMANDS)}."
    return f"No such command '{shown}'.{hint}"


def _show_version(ctx: click.Context, _parameter: click.Parameter, value: bool) -> None:  # noqa: FBT001
    if not value or ctx.resilient_parsing:
        return
    from urlguard.packs.book import load_book  # noqa: PLC0415  (only for this option)

    book = load_book()
    click.echo(f"urlguard {__version__}")
    click.echo(f"rules {book['policy']['version']}, {len(book['rules'])} rules, {len(book['brands'])} brands")
    click.echo(f"public suffix list of {book['suffix_date']}")
    ctx.exit()


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Show the versions of program, rules and suffix list.",
)
def program() -> None:
    """Tell whether a link is a trap: whom it imitates, why, and what to do.

    \b
    urlguard check https://kaspi-bonus.top/login
    cat links.txt | urlguard check --explain

    Nothing is opened or sent: links are only read.
    """


def main() -> None:
    """Run the program; the process ends with its exit code."""
    from urlguard.errors import UrlguardError  # noqa: PLC0415  (beside its use)

    try:
        code = program.main(prog_name="urlguard", standalone_mode=False) or 0
    except click.ClickException as error:
        error.show()
        code = 2
    except click.Abort:
        code = 130
    except UrlguardError as error:
        print(f"Error: {error}", file=sys.stderr)
        code = 2
    except BrokenPipeError:
        _silence()
        code = 0
    except OSError as error:
        print(f"Error: {error.strerror or error}", file=sys.stderr)
        _silence()
        code = 2
    sys.exit(_flushed(code))


def _flushed(code: int) -> int:
    """Write out what is buffered; a disk that is full must not end in exit code 0."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _silence()
    except (OSError, ValueError) as error:
        print(f"Error: the output cannot be written: {error}", file=sys.stderr)
        _silence()
        return 2
    return code


def _silence() -> None:
    """Point stdout at nothing, so that the interpreter's last flush says nothing."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return
