"""Rows of a scan and what writers know before them."""

from collections.abc import Sequence
from functools import cache

from urlguard.packs.book import load_book
from urlguard.tables.rows import ADDED, Cell, Finding, Head, Scanned

CLEAR = Finding("clear", 0, advice="Это ничего не доказывает.")
SCAM = Finding(
    "dangerous", 95, "kaspi", "bank", "+75 Похоже на Kaspi; +20 Чужой адрес", "KN-2026-000001 blocks",
    "Не открывайте, позвоните в банк.", "", "hxxps://kaspi-bonus[.]top/{a}",
    ("link-lookalike", "host-new"), "kaspi-bonus.top", "top", "", ("host:kaspi-bonus.top",),
)  # fmt: skip
UNREAD = Finding("", 0, error="a.csv:4: longer than 65536 bytes", shown="яяя…")


@cache
def texts(lang: str = "ru") -> dict[str, str]:
    """Return the texts of the interface."""
    return {name: text[lang] for name, text in load_book()["interface"].items()}


def head(*columns: str, added: Sequence[str] = ADDED, lang: str = "ru") -> Head:
    """Return the head of a table with these columns."""
    return Head(
        columns or ("text",), tuple(added), texts(lang), lang, {"kaspi": "Kaspi Bank"}, {"bank": "Лжебанк"},
        {"link-lookalike": "Похожий адрес", "host-new": "Новый адрес"}, "1.2.3", "2026-11-22",
    )  # fmt: skip


def scanned(number: int, *cells: Cell, finding: Finding = CLEAR, source: str = "a.csv") -> Scanned:
    """Return one row."""
    return Scanned(number, source, list(cells), finding, "2026-11-01")
