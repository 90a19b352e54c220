"""What a person sees: whole outputs of small verdicts."""

import pytest

from urlguard.model import Kind, Level, Problem, Resource, Signal, Verdict
from urlguard.reports.screen import defanged, fitted, fitted_link, printable, width, wrapped
from urlguard.reports.table import Table, summary
from urlguard.reports.wording import Wording

TEXTS = {
    "level_clear": "no signs found", "level_weak": "weak signs",
    "level_suspicious": "suspicious", "level_dangerous": "dangerous", "level_blocked": "blocked",
    "level_error": "not read", "official": "official address of {brand}", "real_unknown": "not known",
    "imitates": "imitates {brand}, real: {real}", "not_real": "not {real}", "more_signals": "(+{n} more)",
    "layer": "inside the link", "sum": "total",
    "cut_at_100": "never above 100", "group_limit": "of {weight}, limit of {group}", "group_words": "wording",
    "floor": "raised to {level} by {rule}", "stats_rows": "rows", "stats_brands": "brands",
}  # fmt: skip
WORDS = Wording(TEXTS, {"kaspi": "Kaspi"}, titles={"r-combo": "Joined name"}, floors={"r-cut": "suspicious"})


def _resource(raw: str, start: int | None = 0) -> Resource:
    key = raw if "://" in raw else f"http://{raw}/"
    return Resource(Kind.URL, raw, key, None if start is None else (start, start + len(raw)))


def _signal(rule: str, points: int, reason: str, *, weight: int = 0, at: int = 0) -> Signal:
    return Signal(rule, "words", points, weight or points, reason, f"Advice of {rule}", "", None, at)


def _wrapped() -> Verdict:
    outer = "https://www.google.com/url?q=https://kaspi-bonus.top/login"
    return Verdict(
        outer, "link", Level.DANGEROUS, 100, "kaspi", None,
        (
            _signal("r-combo", 90, "kaspi-bonus.top joins Kaspi with a word; real: kaspi.kz", at=1),
            _signal("r-words", 25, "The name lures with bonus", weight=40, at=1),
        ),
        (_resource(outer), _resource("https://kaspi-bonus.top/login", None)),
        (), "Do not open it.", None, "kaspi.kz",
    )  # fmt: skip


def test_an_explanation() -> None:
    assert list(Table(WORDS, explain=True, columns=80).lines(_wrapped())) == [
        "dangerous       100",
        "    hxxps://www[.]google[.]com/url?q=hxxps://kaspi-bonus[.]top/login",
        "           imitates Kaspi, real: kaspi.kz",
        "       #1  hxxps://www[.]google[.]com/url?q=hxxps://kaspi-bonus[.]top/login",
        "       #2  hxxps://kaspi-bonus[.]top/login  (inside the link)",
        "      +90  #2 kaspi-bonus[.]top joins Kaspi with a word; real: kaspi.kz",
        "           [r-combo]",
        "      +25  #2 The name lures with bonus [r-words] (of 40, limit of wording)",
        "     =100  total: dangerous (115: never above 100)",
        "           → Advice of r-combo",
        "           → Do not open it.",
    ]


@pytest.mark.parametrize(
    ("columns", "lines"),
    [
        (None, [
            ("dangerous       100  hxxps://www[.]google[.]com/url?q=hxxps://kaspi-bonus[.]top/login  "
             "kaspi-bonus[.]top joins Kaspi with a word; real: kaspi.kz (+1 more)"),
        ]),
        (80, ["dangerous       100  …ww[.]google[.]com > kaspi-bonus[.]top/login  not kaspi.kz"]),
        (40, ["dangerous       100  www[.]google[.]com…", "    imitates Kaspi, real: kaspi.kz"]),
    ],
)  # fmt: skip
def test_one_line(columns: int | None, lines: list[str]) -> None:
    shown = list(Table(WORDS, columns=columns).lines(_wrapped()))
    assert all(width(line) <= (columns or 1_000) for line in shown)
    assert shown == lines


def test_official_weak_raised_and_unreadable() -> None:
    official = Verdict("kaspi.kz", "link", Level.CLEAR, 0, None, "kaspi", (), (_resource("kaspi.kz"),))
    short = _signal("r", 15, "Short")
    weak = Verdict("a.kz", "link", Level.CLEAR, 15, None, None, (short,), (_resource("a.kz"),))
    raised = Verdict(
        "b.kz", "link", Level.SUSPICIOUS, 5, None, None, (_signal("r-cut", 5, "Long"),), (_resource("b.kz"),)
    )
    error = Verdict("\x1b[2J", "text", None, 0, None, None, (), (), error=Problem("no_link", "no link"))
    table = Table(WORDS)
    assert [line for verdict in (official, weak, error) for line in table.lines(verdict)] == [
        "no signs found    0  kaspi[.]kz  official address of Kaspi",
        "weak signs       15  a[.]kz  Short",
        "not read          –  <U+001B>[2J  no link",
    ]
    assert "           raised to suspicious by r-cut" in Table(WORDS, explain=True).lines(raised)


def test_summary() -> None:
    assert summary(TEXTS, {"clear": 2, "error": 1}, {"kaspi": 1, "egov": 3}) == [
        "rows: 3", "  no signs found: 2", "  not read: 1", "brands: egov 3, kaspi 1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("kaspi.kz", "kaspi.kz"),
        ("a\x00b\x9bc\u200bd\ue000", "a<U+0000>b<U+009B>c<U+200B>d<U+E000>"),
        ("a\u3164b\ufe0f\u034f", "a<U+3164>b<U+FE0F><U+034F>"),
        ("e\u0301\u0302\u0303", "e\u0301\u0302<U+0303>"),
        ("\ud800", "<U+D800>"),
    ],
)
def test_printable(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_links_are_defanged_to_the_last_layer() -> None:
    assert defanged("HTTPS://a.kz/?u=http://b.kz") == "HxxPS://a[.]kz/?u=hxxp://b[.]kz"


@pytest.mark.parametrize("columns", range(1, 60))
def test_nothing_is_wider_than_asked(columns: int) -> None:
    for text in ("hxxps://kaspi[.]kz[.]evil[.]top/login/あいう", "あいうえお" * 9, "слово " * 20, "a" * 200):
        assert width(fitted(text, columns)) <= columns
        assert width(fitted_link(text, columns)) <= columns
        assert columns == 1 or all(width(line) <= columns for line in wrapped(text, columns))
