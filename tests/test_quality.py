"""False alarms and misses on measuring data, which lies beside a checkout and is no part of it.

The tests of an installed package have no such data and are skipped. `bench/quality.py`
prints the same counts as a table.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from checks.tables import guard

from urlguard import Level, Verdict

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="no measuring data in ../shared/data")


def verdicts(name: str) -> Iterator[Verdict]:
    with (DATA / name).open(encoding="utf-8") as file:
        yield from guard().check_many(line.strip() for line in file if line.strip())


def counted(name: str) -> tuple[int, Counter[Level | None]]:
    levels = Counter(verdict.level for verdict in verdicts(name))
    return levels.total(), levels


def test_honest_hosts_of_kazakhstan_are_all_clear() -> None:
    wrong = [
        (verdict.input, verdict.score, verdict.brand, [signal.rule for signal in verdict.signals])
        for verdict in verdicts("kz_hosts_legitimate.txt")
        if verdict.level is not Level.CLEAR
    ]
    assert wrong == []


def test_popular_hosts_are_hardly_ever_flagged() -> None:
    rows, levels = counted("top100k.txt")
    assert rows > 99_000
    assert levels[Level.DANGEROUS] <= rows * 0.0005
    assert levels[Level.DANGEROUS] + levels[Level.SUSPICIOUS] <= rows * 0.005


def test_ordinary_links_are_hardly_ever_dangerous() -> None:
    rows, levels = counted("ordinary_urls_dev.txt")
    assert rows > 12_000
    assert levels[Level.DANGEROUS] <= rows * 0.002


def test_hardly_any_line_of_links_is_unreadable() -> None:
    for name in ("ordinary_urls_dev.txt", "phish_urls_dev.txt"):
        rows, levels = counted(name)
        assert levels[None] <= rows * 0.001, name


def test_known_phishing_is_caught_far_more_often_than_honest_links() -> None:
    rows, levels = counted("phish_urls_dev.txt")
    honest_rows, honest = counted("ordinary_urls_dev.txt")
    caught = (rows - levels[Level.CLEAR]) / rows
    flagged = (honest_rows - honest[Level.CLEAR]) / honest_rows
    assert caught > 10 * flagged
