"""`urlguard registry transition`, and the steps by name: `restrict`, `lift`, `annul` ..."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import click


class Step(NamedTuple):
    """A step of the rules."""

    state: str
    verb: str


def steps(packs: Sequence[Path] = ()) -> dict[str, Step]:
    """Return the steps of the rules by the name of their command."""
    from urlguard.packs.book import load_book  # noqa: PLC0415  (only when a step is asked for)

    states = load_book(packs)["registry"]["states"]
    return {
        state["command"]: Step(name, state["verb"]["en"].capitalize() + ".")
        for name, state in states.items()
        if state.get("command")
    }


def step_command(name: str, step: Step) -> click.Command:
    """Return the command of one step."""
    return click.Command(name, short_help=step.verb)
