"""Sums: what a scan counts for its report, in memory that does not grow with the rows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from urlguard.scanning.campaigns import Campaigns, Sources
from urlguard.scanning.tied import LEVELS
from urlguard.scanning.worst import Worst
from urlguard.tables.rows import Head, Scanned

_RANKS: Final = {name: rank for rank, name in enumerate(LEVELS)}
_SUSPICIOUS: Final = 1
_DANGEROUS: Final = 2
_MOST_NAMES: Final = 8_000
"""Suffixes and hostings that are counted: more than there are, unless somebody makes them up."""
_MOST_DAYS: Final = 4_000
_MOST_UNREAD: Final = 100
_LONGEST_ERROR: Final = 300
_LISTED: Final = 30
"""Suffixes and hostings that are told about."""
_LISTED_IDS: Final = 100
"""Brands and rules that are told about."""

_Pairs = dict[str, list[int]]
"""Name -> how many rows, and how many of them are worse."""


class Sums:
    """Everything a report needs, over rows in order."""

    def __init__(self, head: Head, top: int = 10_000) -> None:
        """Begin with no row; `top` rows are listed one by one."""
        self._head = head
        self._top = top
        self._rows = 0
        self._levels = dict.fromkeys((*LEVELS, "weak", "error"), 0)
        self._tables: dict[str, _Pairs] = {
            name: {} for name in ("brands", "schemes", "suffixes", "hosting", "rules")
        }
        self._days: dict[str, list[int]] = {}
        self._undated = 0
        self._unread: list[list[Any]] = []
        self._worst = Worst(top)
        self._campaigns = Campaigns()

    def add(self, rows: Sequence[Scanned]) -> None:
        """Count rows that follow on those before."""
        kinds = Counter(
            [
                (found.level, found.score > 0, found.suffix, found.hosting, row.day)
                for row in rows
                for found in (row.finding,)
            ]
        )
        for kind, count in kinds.items():
            self._count(kind, count)
        if sum(count for kind, count in kinds.items() if kind[0] == "clear") < len(rows):
            for order, row in enumerate(rows, self._rows):
                level = row.finding.level
                if level != "clear":
                    self._count_marked(order, row, _RANKS.get(level, 0))
        self._rows += len(rows)

    def _count(self, kind: tuple[str, bool, str, str, str], count: int) -> None:
        level, scored, suffix, hosting, day = kind
        rank = _RANKS.get(level, -1)
        if rank < 0:
            self._levels["error"] += count
            return
        self._levels["weak" if scored and not rank else level] += count
        worse = count if rank >= _SUSPICIOUS else 0
        if suffix:
            _tally(self._tables["suffixes"], suffix, count, worse)
        if hosting:
            _tally(self._tables["hosting"], hosting, count, worse)
        days = self._days.get(day)
        if days is None:
            if not day or len(self._days) >= _MOST_DAYS:
                self._undated += count
                return
            days = self._days[day] = [0] * len(LEVELS)
        days[rank] += count

    def _count_marked(self, order: int, row: Scanned, level: int) -> None:
        """Count a row that is suspicious or worse, or could not be judged."""
        found = row.finding
        if not level:
            if len(self._unread) < _MOST_UNREAD:
                self._unread.append([row.number, row.source, found.error[:_LONGEST_ERROR]])
            return
        dangerous = level >= _DANGEROUS
        if found.brand:
            _tally(self._tables["brands"], found.brand, 1, dangerous)
        if found.scheme:
            _tally(self._tables["schemes"], found.scheme, 1, dangerous)
        for rule in found.rules:
            _tally(self._tables["rules"], rule, 1, dangerous)
        self._worst.add(order, row, level)
        if found.marks:
            self._campaigns.add(order, row, level)

    def state(self) -> dict[str, Any]:
        """Return everything as plain JSON, for a checkpoint."""
        sources = Sources()
        campaigns = self._campaigns.state(sources)
        return {
            "rows": self._rows,
            "levels": self._levels,
            "tables": self._tables,
            "days": self._days,
            "undated": self._undated,
            "unread": self._unread,
            "worst": self._worst.state(),
            "campaigns": campaigns,
            "sources": sources.names(),
        }

    @classmethod
    def restored(cls, state: Mapping[str, Any], head: Head, top: int = 10_000) -> "Sums":
        """Return what `state` was made from; `head` and `top` are those it was made with."""
        made = cls(head, top)
        made._rows, made._undated = state["rows"], state["undated"]
        made._levels = dict(state["levels"])
        made._tables = {
            name: {key: list(pair) for key, pair in table.items()} for name, table in state["tables"].items()
        }
        made._days = {day: list(counts) for day, counts in state["days"].items()}
        made._unread = [list(row) for row in state["unread"]]
        made._worst = Worst.restored(state["worst"], top)
        made._campaigns = Campaigns.restored(state["campaigns"], state["sources"])
        return made

    def summary(
        self,
        made: Mapping[str, Any],
        brands: Mapping[str, Mapping[str, str]],
        *,
        duplicates: int = 0,
        sampled: str = "",
        limited: int = 0,
        date_column: str = "",
    ) -> dict[str, Any]:
        """Return what the report is drawn from.

        `made` is given on as it is; `brands` has `name` and `real` by id; `date_column` is the name of
        the column of dates, `sampled` and `limited` what was asked to be left out.
        """
        campaigns, total = self._campaigns.listed()
        top = self._worst.listed()
        unread = self._levels["error"]
        titles = self._head.schemes
        occurring = {name for row in campaigns for name in row["brands"]} | self._tables["brands"].keys()
        return {
            "rows": self._rows, "judged": self._rows - unread, "unread": unread,
            "duplicates": duplicates, "sampled": sampled, "limited": limited,
            "levels": {name: self._levels[name] for name in _SHOWN_LEVELS},
            "brands": self._brands(brands), "brands_total": len(self._tables["brands"]),
            "schemes": self._ids("schemes", titles),
            "suffixes": _flagged(self._tables["suffixes"]), "hosting": _flagged(self._tables["hosting"]),
            "rules": [_without(row, "dangerous") for row in self._ids("rules", self._head.rules)],
            "dates": self._dates(date_column),
            "campaigns": campaigns, "campaigns_total": total, "campaigns_cut": self._campaigns.cut,
            "top": top, "top_cut": self._worst.left_out,
            "unreadable": [dict(zip(("row", "source", "error"), row, strict=True)) for row in self._unread],
            "brand_names": {key: _brand(brands, self._head, key)[0] for key in sorted(occurring)},
            "scheme_titles": {key: titles.get(key, key) for key in sorted(self._tables["schemes"])},
            "made": made,
        }  # fmt: skip

    def _brands(self, brands: Mapping[str, Mapping[str, str]]) -> list[dict[str, Any]]:
        rows = []
        for key, (count, dangerous) in _largest(self._tables["brands"], 0)[:_LISTED_IDS]:
            name, real = _brand(brands, self._head, key)
            rows.append({"id": key, "name": name, "real": real, "rows": count, "dangerous": dangerous})
        return rows

    def _ids(self, table: str, titles: Mapping[str, str]) -> list[dict[str, Any]]:
        return [
            {"id": key, "title": titles.get(key, key), "rows": count, "dangerous": dangerous}
            for key, (count, dangerous) in _largest(self._tables[table], 0)[:_LISTED_IDS]
        ]

    def _dates(self, column: str) -> dict[str, Any]:
        days = {day: dict(zip(LEVELS, counts, strict=True)) for day, counts in sorted(self._days.items())}
        return {"column": column, "days": days, "undated": self._undated if column else 0}


_SHOWN_LEVELS: Final = ("blocked", "dangerous", "suspicious", "weak", "clear", "error")


def _tally(table: _Pairs, name: str, rows: int, worse: int) -> None:
    pair = table.get(name)
    if pair is None:
        if len(table) >= _MOST_NAMES:
            return
        pair = table[name] = [0, 0]
    pair[0] += rows
    pair[1] += worse


def _largest(table: _Pairs, by: int) -> list[tuple[str, list[int]]]:
    return sorted(table.items(), key=lambda row: (-row[1][by], -row[1][1 - by], row[0]))


def _flagged(table: _Pairs) -> list[dict[str, Any]]:
    rows = _largest(table, 1)[:_LISTED]
    return [{"name": name, "rows": count, "flagged": flagged} for name, (count, flagged) in rows]


def _brand(brands: Mapping[str, Mapping[str, str]], head: Head, key: str) -> tuple[str, str]:
    """Return the name and the real address of a brand."""
    row = brands.get(key, {})
    return row.get("name") or head.brands.get(key, key), row.get("real", "")


def _without(row: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != name}
