"""Cells of CSV: no spreadsheet runs them, programs get them back."""

import csv
import io
import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tables.writing.hostile_cells import FORMULAS, NASTY, SCRIPTS

from urlguard.cells import bare, inert, inert_row, runs, seen

BLNS = Path(__file__).resolve().parents[2] / "shared" / "vectors" / "blns.json"
HOSTILE = (*FORMULAS, *NASTY, *SCRIPTS)
SIGNS = tuple("=+-@＝＋－＠")
NUMBER = re.compile(r"[+-]?[\d \xa0]+([.,]\d+)?([eE][+-]?\d+)?%?|-")
FIRST = re.compile(r"[\s\"\x00-\x20\u200b\ufeff\xa0]*[=+\-@＝＋－＠|%]|[\t\r\n]")
ALPHABET = st.text(st.sampled_from("=+-@'\" ,;\t\r\n01a.|%＝＠\u200b\ud800"), max_size=12)


def read_with(separator: str, data: str) -> list[str]:
    """Return all cells a reader that expects this separator sees, quotes undone as Excel does."""
    return [cell for row in csv.reader(io.StringIO(data, newline=""), delimiter=separator) for cell in row]


def runnable(cells: list[str]) -> list[str]:
    return [cell for cell in cells if FIRST.match(cell) and not NUMBER.fullmatch(cell)]


def record(*cells: str) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()


@pytest.mark.parametrize("cell", HOSTILE, ids=lambda cell: ascii(cell[:30]))
def test_no_cell_runs_whatever_separator_is_expected(cell: str) -> None:
    written = record("до", inert(cell), "после")
    assert runnable(read_with(",", written)) == []
    assert [
        found
        for separator in (";", "\t")
        for found in runnable(read_with(separator, written))
        if "=" in found[:3]
    ] == []
    assert bare(inert(cell)) == seen(cell)


@pytest.mark.skipif(not BLNS.is_file(), reason="no vectors in ../shared/vectors")
def test_naughty_strings_do_not_run() -> None:
    strings = json.loads(BLNS.read_text("utf-8"))["cases"]
    assert len(strings) > 500
    written = "".join(record(inert(cell), "x") for cell in strings)
    assert runnable(read_with(",", written)) == []
    assert [bare(inert(cell)) for cell in strings] == [seen(cell) for cell in strings]


@pytest.mark.parametrize(
    "cell",
    ["-5", "-5,25", "-1 234.50", "+77015550102", "+7 701 555 01 02", "-1.5e-07", "-12%", "-", "a-b", "a=b",
     "https://a.top/?a=1&b=-2", "2026-11-22", "x, -5 тенге", "43.2,-79.3", "a;+77015550102;b", "'ok'"],
)  # fmt: skip
def test_honest_cells_stay(cell: str) -> None:
    assert inert(cell) == cell
    assert not runs(cell)


def test_numbers_with_an_apostrophe_are_read() -> None:
    assert bare("'+77015550102") == "+77015550102"
    assert bare("'ok'") == "'ok'"


@given(ALPHABET)
def test_bare_undoes_inert(cell: str) -> None:
    assert bare(inert(cell)) == seen(cell)


@given(st.lists(ALPHABET, max_size=4))
def test_a_row_is_its_cells(cells: list[str]) -> None:
    assert inert_row(cells) == [inert(cell) for cell in cells]


@pytest.mark.parametrize("piece", ["'", ",'", " ", "+1 ", ";", '\t"', "-1,"])
def test_hostile_cells_take_linear_time(piece: str) -> None:
    cell = piece * 100_000
    begun = time.process_time()
    bare(inert_row([cell, inert(cell)])[0])
    assert time.process_time() - begun < 1
