"""The command line: the only place that prints or exits. One module a command."""

import gc
from importlib import import_module
from io import StringIO
from typing import Any, Final

import click

from urlguard.cli.options import Suggesting
from urlguard.reports.screen import printable
from urlguard.version import __version__

_COMMANDS: Final = {
    "check": ("urlguard.cli.check", "Score links and texts, one line each."),
    "scan": ("urlguard.cli.scan", "Scan tables: CSV, Excel, JSON lines ... in; the same with verdicts out."),
    "extract": ("urlguard.cli.extract", "Print what texts point at: links, phones, accounts, sums ..."),
    "rules": ("urlguard.cli.rules", "List, show, prove, lint and measure rules."),
    "brands": ("urlguard.cli.brands", "List and show the brands that are protected."),
    "registry": ("urlguard.cli.registry", "Records of what is blocked: find, add, lift, import ..."),
    "completion": ("urlguard.cli.completion", "Print the completion script of a shell."),
}


class _Commands(Suggesting):
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

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401  (click's signature)
        """Run a command; a reader that has seen enough (`| head`) is no error, which click takes it for."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            from urlguard.cli.streams import silence  # noqa: PLC0415  (beside its use)

            silence()
            return 0

    def unknown(self, name: str, names: list[str]) -> str:
        """Say what to do instead; a link instead of a command is the likeliest slip."""
        if "." in name or "://" in name:
            return f"no such command {printable(name)!r}. To score a link: urlguard check LINK"
        return super().unknown(name, names)


def _show_version(ctx: click.Context, _parameter: click.Parameter, value: bool) -> None:  # noqa: FBT001
    if not value or ctx.resilient_parsing:
        return
    from urlguard.packs.book import every_rule, load_book  # noqa: PLC0415  (only for this option)

    book = load_book()
    click.echo(f"urlguard {__version__}")
    rules, brands = len(every_rule(book)), len(book["brands"])
    click.echo(f"rules {book['policy']['version']}, {rules} rules, {brands} brands")
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
    """Tell whether a link or a text is a trap: whom it imitates, why, and what to do.

    \b
    urlguard check https://kaspi-bonus.top/login
    urlguard check "Банктен қоңырау шалып тұрмын, SMS кодты айтыңыз"
    urlguard check --text --explain < ad.txt

    Nothing is opened or sent: links and texts are only read.
    """


def main() -> None:
    """Run the program; the process ends with its exit code."""
    gc.disable()  # nothing that is made while starting is garbage; `check` turns it on again
    from urlguard.cli.streams import INTERRUPTED, flushed, leave, silence, tell  # noqa: PLC0415  (beside its use)
    from urlguard.errors import UrlguardError  # noqa: PLC0415  (as above)

    try:
        code = program.main(prog_name="urlguard", standalone_mode=False) or 0
    except click.ClickException as error:
        shown = StringIO()
        error.show(shown)
        tell(shown.getvalue().rstrip("\n").expandtabs(2))
        code = 2
    except (click.Abort, KeyboardInterrupt):
        code = INTERRUPTED
    except UrlguardError as error:
        tell(f"Error: {error}")
        code = 2
    except BrokenPipeError:
        silence()
        code = 0
    except OSError as error:
        what = error.filename or "the output cannot be written"
        tell(f"Error: {what}: {error.strerror or error}")
        silence()
        code = 2
    leave(flushed(code))
