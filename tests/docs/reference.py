"""The page of commands: every command with all its options, in the words of `--help`.

python tests/docs/reference.py   writes docs/commands.md
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from inspect import cleandoc
from pathlib import Path
from textwrap import fill
from typing import Final, NamedTuple

import click

from urlguard.cli import program

PAGE: Final = Path(__file__).parents[2] / "docs" / "commands.md"
WIDTH: Final = 120
SHARED_BY: Final = 5
"""An option that reads the same in so many commands that differ is told once."""

_HEAD: Final = """# Commands and options

Every command of urlguard with all its options, in the words of `--help`. What they are for, with examples, is
told in [README.md](../README.md), [registry.md](registry.md), [extract.md](extract.md) and
[rules/README.md](../rules/README.md).

## Options of many commands

A command that takes one of these has it in the last row of its table. Names in capitals stand for what you
write.

"""


class Named(NamedTuple):
    """A command and what is typed for it."""

    name: str
    context: click.Context
    command: click.Command


def every_command(name: str = "urlguard", command: click.Command = program) -> Iterator[Named]:
    """Yield the program, its commands and what stands below them."""
    context = click.Context(command, info_name=name)
    yield Named(name, context, command)
    if isinstance(command, click.Group):
        for below in command.list_commands(context):
            found = command.get_command(context, below)
            assert found is not None
            yield from every_command(f"{name} {below}", found)


def options(named: Named) -> dict[str, str]:
    """Return the options of a command with their help, both as `--help` prints them; without `--help`."""
    records = (
        parameter.get_help_record(named.context)
        for parameter in named.command.get_params(named.context)
        if isinstance(parameter, click.Option) and "--help" not in parameter.opts
    )
    return dict(record for record in records if record is not None)


def reference() -> str:
    """Return the page of commands."""
    commands = {named: options(named) for named in every_command()}
    different = dict.fromkeys(tuple(rows.items()) for rows in commands.values())
    counted = Counter(row for rows in different for row in rows)
    shared = {row[0]: row[1] for row, times in counted.items() if times >= SHARED_BY}
    parts = [_HEAD, *_table({**shared, "-h, --help": "Show this message and exit."})]
    told: dict[str, str] = {}
    for named, rows in commands.items():
        first, *more = _described(named)
        own = {option: text for option, text in rows.items() if shared.get(option) != text}
        more += ["".join(_table(own, [option for option in rows if option not in own]))]
        like = told.setdefault("\n\n".join(more).replace(named.name, "…"), named.name)
        rest = more if like == named.name else [f"Everything else is as with `{like}`."]
        text = "\n\n".join(part for part in [first, *rest] if part)
        parts.append(f"\n## `{named.name}`\n\n{text.rstrip()}\n")
    return "".join(parts)


def _described(named: Named) -> Iterator[str]:
    """Yield the paragraphs of the help of a command, its usage behind the first."""
    first, *more = cleandoc(named.command.help or "").split("\n\n")
    yield _paragraph(first)
    yield f"`{named.command.get_usage(named.context).removeprefix('Usage: ')}`"
    yield from map(_paragraph, more)


def _paragraph(text: str) -> str:
    """Return a paragraph with its options as code; what `--help` does not wrap becomes a block."""
    if text.startswith("\b\n"):
        return f"```text\n{text[2:]}\n```"
    parts = " ".join(text.split()).split("`")
    parts[::2] = [re.sub(r"(--[a-z][a-z-]*)", r"`\1`", part) for part in parts[::2]]
    return fill("`".join(parts), WIDTH, break_long_words=False, break_on_hyphens=False)


def _table(rows: Mapping[str, str], also: Sequence[str] = ()) -> Iterator[str]:
    if rows or also:
        yield "| option | what it does |\n|---|---|\n"
    for option, text in rows.items():
        yield f"| `{_cell(option)}` | {_cell(text)} |\n"
    if also:
        yield f"| also | {', '.join(f'`{_cell(option)}`' for option in also)} |\n"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", r"\|")


if __name__ == "__main__":
    PAGE.write_text(reference(), "utf-8")
