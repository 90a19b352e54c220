"""Counts as bars."""

from urlguard.reports.bars import bars, blocks
from urlguard.reports.screen import width


def test_bars_are_as_long_as_their_counts() -> None:
    rows = [("a", 16), ("bb", 8), ("c", 1), ("d", 0)]
    assert list(bars(rows, 24, fine=True)) == [
        "  a   16  " + "█" * 14,
        "  bb   8  " + "█" * 7,
        "  c    1  " + "▉",
        "  d    0",
    ]
    assert list(bars(rows, 24, fine=False))[2] == "  c    1  #"


def test_long_labels_and_large_counts_fit() -> None:
    rows = [("қаржы пирамидасын жарнамалау және тарату туралы іс", 1_234_567), ("b", 1)]
    for columns in (20, 40, 80, 200):
        assert max(map(width, bars(rows, columns, fine=True))) <= columns


def test_none() -> None:
    assert list(bars([], 80, fine=True)) == []


def test_what_a_terminal_can_show() -> None:
    assert blocks("utf-8")
    assert not blocks("ascii")
    assert not blocks("cp1251")
    assert not blocks(None)
