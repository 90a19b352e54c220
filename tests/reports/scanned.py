"""A scan told in numbers, small but with something in every part, as the report gets it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final

from urlguard.packs.book import load_book

_KEPT: Final = frozenset({"kind", "level", "days", "levels"})
"""Keys of a summary under which no text of strangers stands."""
_LEVELS: Final = ("blocked", "dangerous", "suspicious")


def texts(lang: str) -> dict[str, str]:
    """Return the texts of the interface in one language."""
    return {name: text[lang] for name, text in load_book()["interface"].items()}


def row(at: int) -> dict[str, Any]:
    """Return one row of the table; its values change with `at`, the worst first."""
    return {
        "row": 1_000 + at, "source": f"ads-{at % 2}.csv", "level": _LEVELS[min(at // 40, 2)],
        "score": max(100 - at // 4, 40), "input": f"Сіз ұтып алдыңыз! hxxps://bonus-{at}[.]top/login",
        "brand": ("kaspi", "halyk", "")[at % 3], "scheme": ("prize", "")[at % 2],
        "reasons": f"(+75) The name imitates No {at % 3}; (+{at}) It asks; for a code" if at % 5 else "",
        "entries": "KN-2026-000001 blocks, court order № 7" if at < 40 else "", "advice": "Do not open it.",
        "day": (date(2026, 11, 1) + timedelta(at % 20)).isoformat() if at % 7 else "",
    }  # fmt: skip


def summary(rows: int = 130) -> dict[str, Any]:
    """Return what a scan found: 1,000 rows, of which so many are listed in the table."""
    levels = {"blocked": 40, "dangerous": 40, "suspicious": 50, "weak": 5, "clear": 860, "error": 5}
    day = {"clear": 40, "suspicious": 2, "dangerous": 2, "blocked": 1}
    named = [("kaspi", "Kaspi"), ("halyk", "Халық банкі")]
    return {
        "rows": 1_000, "judged": 995, "unread": 5, "duplicates": 21, "sampled": "1 %", "limited": 1_000,
        "levels": levels,
        "brands": [
            {"id": one, "name": name, "real": f"{one}.kz", "rows": 60 - at, "dangerous": 30}
            for at, (one, name) in enumerate(named * 5)
        ],
        "brands_total": 12,
        "schemes": [{"id": "prize", "title": "Prizes", "rows": 65, "dangerous": 40}],
        "suffixes": [{"name": "top", "rows": 130, "flagged": 129}, {"name": "kz", "rows": 9, "flagged": 0}],
        "hosting": [{"name": "pages.dev", "rows": 3, "flagged": 3}],
        "rules": [{"id": "lookalike", "title": "A name that imitates another", "rows": 70}],
        "dates": {
            "column": "date", "undated": 19,
            "days": {"1900-01-01": dict.fromkeys(day, 1)} | {f"2026-11-{at:02}": day for at in range(1, 21)},
        },
        "campaigns": [_campaign(kind, at) for at, kind in enumerate(KINDS * 2)],
        "campaigns_total": 40, "campaigns_cut": True,
        "top": [row(at) for at in range(rows)], "top_cut": 7,
        "unreadable": [{"row": 7 + at, "source": "ads-0.csv", "error": "line too long"} for at in range(5)],
        "brand_names": dict(named), "scheme_titles": {"prize": "Prizes"},
        "made": {
            "version": "0.4.0", "rules": "1f2e", "packs": ["rules/", "own.yaml"],
            "registry": {"name": "registry.db", "records": 1_200_000, "changed": "2026-11-20"},
            "day": "2026-11-22", "files": [f"ads-{at}.csv" for at in range(5)],
            "columns": {"url": "link", "text": "text"}, "suffixes": "2025-04-07",
        },
    }  # fmt: skip


KINDS: Final = ("phone", "handle", "account", "host", "text", "wallet", "email", "app", "family")


def _campaign(kind: str, at: int) -> dict[str, Any]:
    return {
        "kind": kind, "key": f"{kind}-{at}", "shown": f"shown {at}", "rows": 40 - at,
        "level": _LEVELS[at % 3], "brands": ["kaspi"], "schemes": ["prize"], "source": "ads-0.csv",
        "first": 7, "last": 900, "contacts": [{"kind": "host", "shown": "qazpost-kk[.]top"}],
        "sample": "Қазпошта: 1 450 теңге төлеңіз",
        "since": "2026-11-01", "until": "2026-11-20",
    }  # fmt: skip


def empty() -> dict[str, Any]:
    """Return the summary of a file in which there was nothing."""
    numbers = (
        "rows",
        "judged",
        "unread",
        "duplicates",
        "limited",
        "brands_total",
        "campaigns_total",
        "top_cut",
    )
    lists = ("brands", "schemes", "suffixes", "hosting", "rules", "campaigns", "top", "unreadable")
    return {
        **dict.fromkeys(numbers, 0), **{name: [] for name in lists},
        "sampled": "", "campaigns_cut": False, "brand_names": {}, "scheme_titles": {},
        "levels": dict.fromkeys(summary(0)["levels"], 0), "dates": {"column": "", "days": {}, "undated": 0},
        "made": {
            "version": "0.4.0", "rules": "1f2e", "packs": [], "registry": None, "day": "2026-11-22",
            "files": [], "columns": {}, "suffixes": "",
        },
    }  # fmt: skip


def replaced(value: Any, change: Callable[[str], str]) -> Any:  # noqa: ANN401  (any part of a summary)
    """Return a summary in which each text that could come from strangers is another one."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [replaced(one, change) for one in value]
    if isinstance(value, dict):
        return {key: one if key in _KEPT else replaced(one, change) for key, one in value.items()}
    return value
