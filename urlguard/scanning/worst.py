"""The worst rows of a scan: by level, then score, then in their order."""

from collections.abc import Mapping, Sequence
from heapq import heappush, heapreplace
from typing import Any, Final

from urlguard.scanning.campaigns import Sources
from urlguard.scanning.tied import LEVELS
from urlguard.tables.rows import Scanned

_LONGEST: Final = 600
"""Characters of reasons, entries and advice that are kept."""
_COLUMNS: Final = (
    "row", "source", "level", "score", "input", "brand", "scheme", "reasons", "entries", "advice", "day",
)  # fmt: skip
_MOST_TEXTS: Final = 10_000
"""Names of tables and advice, the same in most rows, that are kept once."""

_Kept = tuple[int, int, int, tuple[Any, ...]]


class Worst:
    """At most so many rows."""

    def __init__(self, most: int) -> None:
        """Begin without any."""
        self._most = most
        self._heap: list[_Kept] = []
        self._texts: dict[str, str] = {}
        self.left_out = 0
        """Rows that were given and are not kept."""

    def add(self, order: int, row: Scanned, level: int) -> None:
        """Keep a row if it is among the worst; `order` counts all rows, `level` is 0 for clear and grows."""
        heap, score = self._heap, row.finding.score
        if len(heap) < self._most:
            heappush(heap, (level, score, -order, self._cells(row)))
            return
        self.left_out += 1
        if heap and (level, score, -order) > heap[0][:3]:
            heapreplace(heap, (level, score, -order, self._cells(row)))

    def _cells(self, row: Scanned) -> tuple[Any, ...]:
        if len(self._texts) > _MOST_TEXTS:
            self._texts.clear()
        found, shared = row.finding, self._texts.setdefault
        advice = _cut(found.advice)
        return (
            row.number, shared(row.source, row.source), found.shown, found.brand, found.scheme,
            _cut(found.reasons), _cut(found.entries), shared(advice, advice), row.day,
        )  # fmt: skip

    def listed(self) -> list[dict[str, Any]]:
        """Return the rows, worst first, in the shape of the report."""
        rows = []
        for level, score, _, cells in sorted(self._heap, reverse=True):
            number, source, *others = cells
            rows.append(dict(zip(_COLUMNS, (number, source, LEVELS[level], score, *others), strict=True)))
        return rows

    def state(self) -> dict[str, Any]:
        """Return everything as plain JSON."""
        texts = Sources()
        rows = []
        for level, score, order, cells in self._heap:
            number, source, shown, brand, scheme, reasons, entries, advice, day = cells
            shared = (texts.number(source), texts.number(advice))
            rows.append([level, score, order, number, *shared, shown, brand, scheme, reasons, entries, day])
        return {"left_out": self.left_out, "rows": rows, "texts": texts.names()}

    @classmethod
    def restored(cls, state: Mapping[str, Any], most: int) -> "Worst":
        """Return what `state` was made from."""
        made = cls(most)
        made.left_out = state["left_out"]
        texts: Sequence[str] = state["texts"]
        made._texts = {text: text for text in texts}
        for level, score, order, number, source, advice, *others, day in state["rows"]:
            cells = (number, texts[source], *others, texts[advice], day)
            made._heap.append((level, score, order, cells))
        return made


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
