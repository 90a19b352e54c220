"""What rules do on labelled inputs: how many of the bad and of the honest each fires on, and carries alone.

Only counts are kept: a million rows need no more memory than a hundred.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from urlguard.measuring.labelled import BAD, Labelled
from urlguard.model import Kind, Level, Signal, Verdict
from urlguard.packs.book import Book, every_rule
from urlguard.policy import Policy, total

MOST_VALUES: Final = 1_000
"""Different labels, and different values of a column, that are kept apart; the rest are counted together."""
OTHERS: Final = "…"
"""What stands for the values beyond those."""


class Labels:
    """Tells bad rows from honest ones by their label, and remembers which labels there were."""

    def __init__(self, bad: Sequence[str] = BAD) -> None:
        """`bad` are the labels of what rules are meant to catch, in any case."""
        self._bad = frozenset(label.strip().casefold() for label in bad)
        self.seen: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
        """Rows by label: those read as bad, and those read as honest."""

    def is_bad(self, label: str) -> bool:
        """Tell whether a row with this label is bad, and count it."""
        bad = label.casefold() in self._bad
        counts = self.seen[bad]
        counts[label if label in counts or len(counts) < MOST_VALUES else OTHERS] += 1
        return bad


@dataclass(slots=True)
class Totals:
    """What became of rows as a whole."""

    bad: int = 0
    honest: int = 0
    unjudged: int = 0
    """Rows with nothing in them that is judged; they count as clear."""
    bad_suspicious: int = 0
    """Bad rows that are suspicious or worse."""
    bad_dangerous: int = 0
    """Bad rows that are dangerous or worse."""
    honest_suspicious: int = 0
    honest_dangerous: int = 0

    def add(self, verdict: Verdict, *, bad: bool) -> None:
        """Count one row."""
        level = level_of(verdict)
        self.unjudged += verdict.level is None
        if bad:
            self.bad += 1
            self.bad_suspicious += level >= Level.SUSPICIOUS
            self.bad_dangerous += level >= Level.DANGEROUS
        else:
            self.honest += 1
            self.honest_suspicious += level >= Level.SUSPICIOUS
            self.honest_dangerous += level >= Level.DANGEROUS

    def to_dict(self) -> dict[str, Any]:
        """Return the public JSON shape: counts, and shares of the bad or honest rows (None without any)."""
        return {
            "rows": self.bad + self.honest,
            "unjudged": self.unjudged,
            "bad": self.bad,
            "bad_suspicious": self.bad_suspicious,
            "bad_suspicious_share": share(self.bad_suspicious, self.bad),
            "bad_dangerous": self.bad_dangerous,
            "bad_dangerous_share": share(self.bad_dangerous, self.bad),
            "honest": self.honest,
            "honest_suspicious": self.honest_suspicious,
            "honest_suspicious_share": share(self.honest_suspicious, self.honest),
            "honest_dangerous": self.honest_dangerous,
            "honest_dangerous_share": share(self.honest_dangerous, self.honest),
        }


@dataclass(slots=True)
class RuleCount:
    """On how many rows a rule fired."""

    bad: int = 0
    honest: int = 0
    bad_alone: int = 0
    """Bad rows whose level would be another one without the rule."""
    honest_alone: int = 0


class Miss(NamedTuple):
    """A row whose verdict is not what its label says."""

    row: Labelled
    bad: bool
    verdict: Verdict

    def to_dict(self) -> dict[str, Any]:
        """Return the public JSON shape."""
        return {
            "file": self.row.file,
            "line": self.row.line,
            "label": self.row.label,
            "bad": self.bad,
            **judged(self.verdict),
            "text": self.row.text,
        }


class Measures:
    """Counts what the rules of one book do."""

    def __init__(self, book: Book, by: Sequence[str] = ()) -> None:
        """`by` are columns to count apart."""
        self._rules: Sequence[Mapping[str, Any]] = every_rule(book)
        self._without = Without(book)
        self.totals = Totals()
        self.by: dict[str, dict[str, Totals]] = {name: {} for name in by}
        """Totals by column and value."""
        self.counts: dict[str, RuleCount] = {rule["id"]: RuleCount() for rule in self._rules}

    def add(self, row: Labelled, verdict: Verdict, *, bad: bool) -> Miss | None:
        """Count one row; return it when it is bad and left clear, or honest and not."""
        self.totals.add(verdict, bad=bad)
        for name, groups in self.by.items():
            value = row.cells.get(name, "").strip()
            key = value if value in groups or len(groups) < MOST_VALUES else OTHERS
            groups.setdefault(key, Totals()).add(verdict, bad=bad)
        for signal in verdict.signals:
            self._count(signal, verdict, bad=bad)
        hit = level_of(verdict) > Level.CLEAR
        return Miss(row, bad, verdict) if hit != bad else None

    def _count(self, signal: Signal, verdict: Verdict, *, bad: bool) -> None:
        count = self.counts[signal.rule]
        decides = verdict.level != Level.CLEAR or signal.weight < 0  # clear stays clear without a sign
        alone = decides and self._without.level(verdict, signal.rule) != verdict.level
        if bad:
            count.bad += 1
            count.bad_alone += alone
        else:
            count.honest += 1
            count.honest_alone += alone

    def rules(self, *, silent: bool = False) -> Iterator[dict[str, Any]]:
        """Yield the row of each rule that fired, or with `silent` of every rule, in the public JSON shape.

        First come those that fire on most bad rows; those that speak against a scam come last, and
        of them those that fire on most honest rows first.
        """
        everything = self.totals.bad + self.totals.honest
        for rule in sorted(self._rules, key=self._rank):
            count = self.counts[rule["id"]]
            fired = count.bad + count.honest
            if fired or silent:
                yield {
                    "rule": rule["id"],
                    "group": rule["group"],
                    "points": rule["points"],
                    "bad": count.bad,
                    "bad_alone": count.bad_alone,
                    "honest": count.honest,
                    "honest_alone": count.honest_alone,
                    "precision": share(count.bad, fired),
                    "recall": share(count.bad, self.totals.bad),
                    "share": share(fired, everything),
                }

    def _rank(self, rule: Mapping[str, Any]) -> tuple[bool, int, int, str]:
        count = self.counts[rule["id"]]
        if rule["points"] < 0:
            return True, -count.honest, count.bad, rule["id"]
        return False, -count.bad, count.honest, rule["id"]


_NO_LEADS: Final = frozenset({Kind.SHORT_CODE, Kind.EMAIL, Kind.AMOUNT})


class Without:
    """The arithmetic of a verdict without one of its rules."""

    def __init__(self, book: Book) -> None:
        """Take the policy, and the floors of the rules."""
        self._policy = Policy(book["policy"])
        rules = every_rule(book)
        self._floors = {rule["id"]: Level[rule["floor"].upper()] for rule in rules if "floor" in rule}

    def level(self, verdict: Verdict, rule: str) -> Level:
        """Return the level the other signals give; what the rule kept from firing is not asked."""
        others: list[Signal] = [signal for signal in verdict.signals if signal.rule != rule]
        points = self._policy.share([(signal.group, signal.weight) for signal in others])
        floors = [self._floors.get(signal.rule, Level.CLEAR) for signal in others]
        level = self._policy.level(total(points))
        if level > Level.SUSPICIOUS and not self._leads(verdict):
            own = [(signal.group, signal.weight) for signal in others]
            level = level if self._policy.agreed(own) else Level.SUSPICIOUS
        return max([level, *floors])

    def _leads(self, verdict: Verdict) -> bool:
        """Tell whether a verdict was one about more than words, as far as it shows."""
        if verdict.kind == "link":
            return True
        held = verdict.level is not None and verdict.level < self._policy.level(verdict.score)
        return not held and any(resource.kind not in _NO_LEADS for resource in verdict.resources)


def level_of(verdict: Verdict) -> Level:
    """Return the level of a verdict; what holds nothing that is judged is left clear."""
    return Level.CLEAR if verdict.level is None else verdict.level


def judged(verdict: Verdict) -> dict[str, Any]:
    """Return level, score and rules of a verdict, in the public JSON shape; no level: it was not judged."""
    return {
        "level": verdict.level.label if verdict.level is not None else None,
        "score": verdict.score,
        "rules": [signal.rule for signal in verdict.signals],
    }


def share(part: int, whole: int) -> float | None:
    """Return a share to six places; None of nothing.

    >>> share(1, 3)
    0.333333
    """
    return round(part / whole, 6) if whole else None
