"""`urlguard completion`: the script that makes a shell complete commands and options."""

from typing import Final

import click
from click.shell_completion import get_completion_class

_SHELLS: Final = ("bash", "zsh", "fish")


@click.command("completion", short_help="Print the completion script of a shell.")
@click.argument("shell", type=click.Choice(_SHELLS))
def command(shell: str) -> None:
    """Print the completion script of SHELL.

    \b
    bash: urlguard completion bash > ~/.local/share/bash-completion/completions/urlguard
    zsh:  urlguard completion zsh > "${fpath[1]}/_urlguard"
    fish: urlguard completion fish > ~/.config/fish/completions/urlguard.fish
    """
    from urlguard.cli import program  # noqa: PLC0415  (the group imports this module)

    found = get_completion_class(shell)
    if found is None:
        message = f"no completion for {shell}"
        raise click.UsageError(message)
    click.echo(found(program, {}, "urlguard", "_URLGUARD_COMPLETE").source())
