"""Lists in words: counts, reasons and tables at any width, in three languages."""

import pytest

from urlguard.packs.book import load_book
from urlguard.reports import feeds, lists
from urlguard.reports.screen import width

INTERFACE = load_book()["interface"]
TEXTS = {lang: {name: text[lang] for name, text in INTERFACE.items()} for lang in ("kk", "ru", "en")}
ROWS = [
    {"name": "phishing-database", "entries": 986_721, "blocks": 986_721, "warns": 0, "allows": 0,
     "held": 13_167, "updated": "2026-11-22T06:44:06Z", "trust": "block"},
    {"name": "local", "entries": 12, "blocks": 7, "warns": 3, "allows": 2,
     "held": 0, "updated": "", "trust": ""},
]  # fmt: skip


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
@pytest.mark.parametrize("columns", [40, 60, 80, 200])
def test_a_table_keeps_within_the_screen(lang: str, columns: int) -> None:
    table = list(lists.table(TEXTS[lang], ROWS, columns))
    assert len(table) == 3
    assert all(width(line) <= columns for line in table)
    assert "986\u00a0721" in table[1]


def test_without_limit_everything_is_there() -> None:
    assert list(lists.table(TEXTS["en"], ROWS, None)) == [
        "list               entries  blocking  warning  allowing  held back  updated     trust",
        f"phishing-database  986\u00a0721   986\u00a0721{' ' * 24}13\u00a0167  2026-11-22  blocks",
        "local                   12         7        3         2",
    ]


def test_reasons_of_refusals() -> None:
    first = [
        (2, "t.me", "held", "hosting: t.me", "force it"),
        (7, "a b\x1b[2J", "unreadable", "no link", "check it"),
    ]
    assert list(lists.refused(TEXTS["ru"], {"held": 1, "unreadable": 12}, first)) == [
        "не принято: 12, не читается",
        "не принято: 1, задели бы лишнее, придержаны",
        "  строка 2: t[.]me: общая площадка многих людей: t[.]me",
        "  строка 7: a b<U+001B>[2J: no link; check it",
        "  и ещё 11; все сразу: --rejects ФАЙЛ",
    ]


LIMITS = {"shrunk": 30, "grown": 5, "invalid": 95}
COUNTS = {"read": 3, "new": 2, "changed": 0, "duplicate": 1, "gone": 4, "refused": 0}
BASE = {
    "why": "",
    "message": "",
    "before": 9,
    "after": 3,
    "line": 0,
    "good": 3,
    "counts": {},
    "event": None,
    "limits": LIMITS,
}


@pytest.mark.parametrize(
    ("said", "line"),
    [
        pytest.param(
            {"status": "new", "counts": COUNTS, "event": 7},
            "a  updated: 3 rows read: new 2, already there 1, no longer on the list 4; "
            "to take it back: urlguard registry undo 7",
            id="updated",
        ),
        pytest.param({"status": "unchanged"}, "a  unchanged", id="unchanged"),
        pytest.param(
            {"status": "held", "why": "shrunk"},
            "a  held back: 9 entries in force would become 3: more than 30 % fewer; "
            "look at it, then: --accept (what was there stays)",
            id="shrunk",
        ),
        pytest.param(
            {"status": "failed", "why": "status", "message": "503 from \x1b[2Jhost; try later", "before": 0},
            "a  failed: 503 from <U+001B>[2Jhost; try later",
            id="failed the first time",
        ),
        pytest.param(
            {"status": "failed", "why": "empty"},
            "a  failed: there is nothing in it (what was there stays)",
            id="empty",
        ),
    ],
)
def test_the_line_of_a_feed(said: dict[str, object], line: str) -> None:
    assert feeds.line(TEXTS["en"], "a", BASE | said) == line
