"""Campaigns: rows that one swindler sent, found by the marks they share, in bounded memory.

Rows that share a mark belong together, and so do those that are tied by a third one. A mark that was
seen once makes room before one that ties rows, the oldest first, so that a flood of different
contacts cannot push out a campaign that is known.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final
from zlib import crc32

from urlguard.scanning.likeness import alike
from urlguard.scanning.marks import KINDS
from urlguard.scanning.tied import Campaign, Tie
from urlguard.tables.rows import Scanned

_CONTACTS: Final = 8
"""Phones, accounts, addresses ... of one campaign that are told."""
LISTED: Final = 200
"""Campaigns that are told about."""

_MOST_MARKS: Final = 10_000
"""Marks that are remembered of those that tie rows, and of those that were seen once."""
_DROPPED: Final = 4
"""One in so many makes room when there are more."""
_MOST_CLOSED: Final = 2_000
_SOFT: Final = ("text:", "family:")
_GROWN: Final = 10
"""Rows from which two campaigns are not made one by a mere likeness: each chance would join thousands."""
_NAMELESS: Final = (0, 0, "")
_OTHERWISE: Final = 0xFFFF
"""The part of a sketch that tells apart texts whose keys are the same by chance."""


class Campaigns:
    """Campaigns as they grow, row by row."""

    def __init__(self, most: int = _MOST_MARKS) -> None:
        """Begin without any; `most` marks that tie rows are remembered, and as many that do not yet."""
        self._most = most
        self._ties: dict[str, Tie] = {}
        self._single: dict[str, Tie] = {}
        """Those of one row, or of one row repeated; the oldest first."""
        self._closed: list[Campaign] = []
        self.cut = False
        """Something was forgotten to make room."""

    def add(self, order: int, row: Scanned, level: int) -> None:
        """Add a row that has marks; `order` counts all rows, `level` is 1 for suspicious and grows."""
        found = row.finding
        ties = self._tied(found.marks)
        if not ties:
            return
        campaign = _joined(ties)
        if campaign is None:
            campaign = Campaign(order, row)
        campaign.take(order, row, level, crc32(found.shown.encode("utf-8", "surrogatepass")))
        for tie in ties:
            if tie.campaign is None:
                tie.campaign = campaign
                campaign.ties += 1
            elif tie.found() is not campaign:
                continue
            tie.rows += 1
            tie.last = order
            if tie.rows > 1 and campaign.varied and tie.mark not in self._ties:
                self._ties[tie.mark] = self._single.pop(tie.mark)
        for table in (self._single, self._ties):
            if len(table) > self._most:
                self._make_room(table)

    def _tied(self, marks: Sequence[str]) -> list[Tie]:
        """Return the ties of the marks of one row; new ones where they are not known."""
        ties = []
        written, sketch = "", 0
        for mark in marks:
            key, digits = mark, ""
            if mark.startswith("text:"):
                key, _, digits = mark.partition("~")
                if digits != written:
                    written, sketch = digits, int(digits, 16)
            tie = self._tie(key, sketch if digits else 0)
            if tie is not None and tie not in ties:
                ties.append(tie)
        return ties

    def _tie(self, mark: str, sketch: int) -> Tie | None:
        """Return the tie of a mark; None for a likeness by chance."""
        tie = self._ties.get(mark) or self._single.get(mark)
        if tie is not None and sketch and not alike(tie.sketch, sketch):
            mark = f"{mark}/{sketch & _OTHERWISE:x}"
            tie = self._ties.get(mark) or self._single.get(mark)
            if tie is not None and not alike(tie.sketch, sketch):
                return None
        if tie is None:
            tie = self._single[mark] = Tie(mark, sketch)
        return tie

    def _make_room(self, table: dict[str, Tie]) -> None:
        """Forget the oldest of those that were seen once, or those that tie fewest rows."""
        self.cut = True
        ties = table.values() if table is self._single else sorted(table.values(), key=_worth)
        for tie in list(islice(ties, len(table) - self._most + self._most // _DROPPED)):
            del table[tie.mark]
            campaign = tie.found()
            campaign.ties -= 1
            campaign.name_after(tie.mark, tie.rows)
            if not campaign.ties and campaign.varied:
                self._closed.append(campaign)
        if len(self._closed) > _MOST_CLOSED:
            self._closed.sort(key=_size)
            del self._closed[_MOST_CLOSED // 2 :]

    def _named(self) -> list[tuple[Campaign, str]]:
        """Return what counts as a campaign, largest and worst first, each with the mark that names it."""
        names: dict[int, tuple[int, int, str]] = {}
        found = {id(campaign): campaign for campaign in self._all() if campaign.varied}
        for tie in (*self._ties.values(), *self._single.values()):
            key = id(tie.found())
            names[key] = max(names.get(key, _NAMELESS), (tie.rows, -_kind(tie.mark), tie.mark))
        ordered = sorted(found.values(), key=_size)
        return [(one, one.named_by(*names.get(id(one), _NAMELESS)[::2])) for one in ordered]

    def listed(self, most: int = LISTED) -> tuple[list[dict[str, Any]], int]:
        """Return the largest campaigns in the shape of the report, and how many there are."""
        found = self._named()
        contacts: dict[int, list[Tie]] = {id(campaign): [] for campaign, _ in found[:most]}
        for tie in (*self._ties.values(), *self._single.values()):
            kept = contacts.get(id(tie.found()))
            if kept is not None and not tie.mark.startswith(_SOFT):
                kept.append(tie)
        rows = []
        for campaign, mark in found[:most]:
            others = sorted((tie for tie in contacts[id(campaign)] if tie.mark != mark), key=_worth)[::-1]
            rows.append(campaign.to_dict(mark, [tie.mark for tie in others[:_CONTACTS]]))
        return rows, len(found)

    def state(self, sources: "Sources") -> dict[str, Any]:
        """Return everything as plain JSON; names of tables are kept in `sources`."""
        numbers: dict[int, int] = {}
        rows: list[list[Any]] = []
        for campaign in self._all():
            if id(campaign) not in numbers:
                numbers[id(campaign)] = len(rows)
                rows.append(campaign.state(sources.number(campaign.source)))
        tables = {
            name: [
                [tie.mark, tie.sketch, numbers[id(tie.found())], tie.rows, tie.last] for tie in table.values()
            ]
            for name, table in (("ties", self._ties), ("single", self._single))
        }
        closed = [numbers[id(campaign)] for campaign in self._closed]
        return {"campaigns": rows, **tables, "closed": closed, "cut": self.cut}

    def _all(self) -> Iterator[Campaign]:
        for tie in (*self._ties.values(), *self._single.values()):
            yield tie.found()
        yield from self._closed

    @classmethod
    def restored(
        cls, state: Mapping[str, Any], sources: Sequence[str], most: int = _MOST_MARKS
    ) -> "Campaigns":
        """Return what `state` was made from."""
        made = cls(most)
        made.cut = state["cut"]
        campaigns = [Campaign.restored(row, sources) for row in state["campaigns"]]
        for name, table in (("ties", made._ties), ("single", made._single)):
            for mark, sketch, number, rows, last in state[name]:
                table[mark] = Tie(mark, sketch, campaigns[number], rows, last)
                campaigns[number].ties += 1
        made._closed = [campaigns[number] for number in state["closed"]]
        return made


class Sources:
    """Names of tables, each once, by their numbers."""

    def __init__(self, names: Sequence[str] = ()) -> None:
        """Begin with names in the order of their numbers."""
        self._numbers = {name: at for at, name in enumerate(names)}

    def number(self, name: str) -> int:
        """Return the number of a name, a new one for a new name."""
        return self._numbers.setdefault(name, len(self._numbers))

    def names(self) -> list[str]:
        """Return all names in order."""
        return list(self._numbers)


def _joined(ties: Sequence[Tie]) -> Campaign | None:
    """Return the campaign that the first known tie belongs to, made one with those of the others."""
    campaign = None
    for tie in ties:
        if tie.campaign is None:
            continue
        other = tie.found()
        if campaign is None:
            campaign = other
        elif other is not campaign:
            grown = min(campaign.rows, other.rows) >= _GROWN
            if not (grown and tie.mark.startswith(_SOFT)):
                campaign = campaign.joined(other)
    return campaign


def _kind(mark: str) -> int:
    return KINDS.index(mark.partition(":")[0])


def _worth(tie: Tie) -> tuple[int, int]:
    return (tie.rows, tie.last)


def _size(campaign: Campaign) -> tuple[int, int, int]:
    return (-campaign.rows, -campaign.level, campaign.first)
