"""The life of a record: which state follows which, and what each does to a verdict."""

from collections import deque
from collections.abc import Mapping
from typing import Any, Final

from urlguard.errors import Refused

RESTRICTED: Final = "restricted"
EXPIRED: Final = "expired"
DISCARDED: Final = "discarded"
"""Also where an undone entry ends: only an `add` or an import brings it back."""


class States:
    """The states of the rules."""

    def __init__(self, table: Mapping[str, Mapping[str, Any]]) -> None:
        """Take the compiled `registry.states` section."""
        self._table = table
        self.effects: Mapping[str, str] = {name: state["effect"] for name, state in table.items()}

    def __contains__(self, state: object) -> bool:
        return state in self._table

    def names(self) -> list[str]:
        """Return all states, in the order of the rules."""
        return list(self._table)

    def after(self, state: str) -> list[str]:
        """Return the states that may follow one."""
        return list(self._table[state]["next"]) if state in self._table else []

    def commands(self) -> dict[str, str]:
        """Return the name of each step and the state it leads to."""
        return {state["command"]: name for name, state in self._table.items() if state.get("command")}

    def check(self, name: str, before: str, after: str) -> None:
        """Raise `Refused` with the legal steps when a record called `name` cannot take this one."""
        legal = self.after(before)
        if after in legal:
            return
        names = {state: command for command, state in self.commands().items()}
        ways = ", ".join(f"{names.get(state, state)} (-> {state})" for state in legal)
        mend = f"from here: {ways}" if ways else "nothing follows on this state; enter it again with add"
        path = [names.get(state, state) for state in self.path(before, after)]
        if path:
            mend += f"; to {after} for example by {', then '.join(path)}"
        raise Refused(f"{name} is {before}: it cannot become {after}", mend)

    def path(self, before: str, after: str) -> list[str]:
        """Return the shortest series of legal steps from one state to another; empty when there is none."""
        paths = {before: list[str]()}
        waiting = deque([before])
        while waiting:
            at = waiting.popleft()
            for state in self.after(at):
                if state == after:
                    return [*paths[at], state]
                if state not in paths:
                    paths[state] = [*paths[at], state]
                    waiting.append(state)
        return []

    def leads(self, before: str, after: str) -> bool:
        """Tell whether a series of legal steps leads from one state to another."""
        return bool(self.path(before, after))
