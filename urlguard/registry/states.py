"""The life of a record: which state follows which, and what each does to a verdict."""

from collections import deque
from collections.abc import Mapping
from typing import Any, Final

RESTRICTED: Final = "restricted"
SUBMITTED: Final = "submitted"
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

    def leads(self, before: str, after: str) -> bool:
        """Tell whether a series of legal steps leads from one state to another."""
        seen = {before}
        waiting = deque([before])
        while waiting:
            for state in self.after(waiting.popleft()):
                if state == after:
                    return True
                if state not in seen:
                    seen.add(state)
                    waiting.append(state)
        return False
