"""The arithmetic: signals to score, score to level. No rule knows anything about it.

Signals of one group share a limit. What a signal adds is shown after that limit, so the
points a person sees add up to the score, cut to 0..100.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from urlguard.model import Level

ASK: Final = "ask"
"""Group of the rules about what a text wants the reader to do."""
FULL: Final = 100
"""The highest score."""


class Policy:
    """Level thresholds, group limits, and what an official address silences."""

    __slots__ = ("_agree", "_caps", "_dangerous", "_offset", "_strong", "_suspicious", "silenced", "version")

    def __init__(self, table: Mapping[str, Any]) -> None:
        """Take the compiled `policy` section."""
        self.version: str = table["version"]
        self._caps: dict[str, int] = dict(table["caps"])
        self._suspicious: int = table["levels"]["suspicious"]
        self._dangerous: int = table["levels"]["dangerous"]
        self._agree: int = table["agreement"]["signals"]
        self._strong: int = table["agreement"]["ask"]
        self._offset = frozenset(table["counter_offsets"])
        self.silenced = frozenset(table["official_silences"])

    def share(self, weights: Sequence[tuple[str, int]]) -> list[int]:
        """Return what each `(group, weight)` adds, in the order given (strongest first).

        The positive points of one group add up to its limit at most. Negative ones take back
        at most what the groups about wording have added: no warning makes a bad link better.
        """
        if len(weights) == 1 and weights[0][1] > 0:
            group, weight = weights[0]
            return [min(weight, self._caps.get(group, FULL))]
        spent: dict[str, int] = {}
        points = []
        for group, weight in weights:
            if weight > 0:
                used = spent.get(group, 0)
                added = min(weight, max(self._caps.get(group, FULL) - used, 0))
                spent[group] = used + added
                points.append(added)
            else:
                points.append(weight)
        if any(weight < 0 for _, weight in weights):
            left = sum(added for group, added in spent.items() if group in self._offset)
            for at, (_, weight) in enumerate(weights):
                if weight < 0:
                    points[at] = -min(-weight, left)
                    left += points[at]
        return points

    def agreed(self, added: Sequence[tuple[str, int]]) -> bool:
        """Tell whether words alone may be dangerous; `added` are group and own points of each signal.

        So they may when enough signals agree, when one of them asks for enough, or when a signal is
        not about words at all.
        """
        said = [(group, points) for group, points in added if points > 0]
        return len(said) >= self._agree or any(
            group not in self._offset or (group == ASK and points >= self._strong) for group, points in said
        )

    def level(self, score: int) -> Level:
        """Return the level of a score."""
        if score >= self._dangerous:
            return Level.DANGEROUS
        return Level.SUSPICIOUS if score >= self._suspicious else Level.CLEAR


def total(points: Iterable[int]) -> int:
    """Return the score of shown points: their sum, cut to 0..100."""
    return min(max(sum(points), 0), FULL)
