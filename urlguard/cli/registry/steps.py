"""The steps of a record by name: what the rules call `restrict`, `lift`, `annul` ..."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from urlguard.packs.book import load_book


class Step(NamedTuple):
    """A step of the rules."""

    state: str
    """The state it leads to."""
    verb: str
    """What it does, as a sentence."""


def steps(packs: Sequence[Path] = ()) -> dict[str, Step]:
    """Return the steps of the rules by the name of their command."""
    states = load_book(packs)["registry"]["states"]
    return {
        state["command"]: Step(name, state["verb"]["en"].capitalize() + ".")
        for name, state in states.items()
        if state.get("command")
    }
