"""CSV for Excel and for programs."""

import csv
import io
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path

import pytest
from tables.writing.hostile_cells import FORMULAS, NASTY, SCRIPTS
from tables.writing.scanned_rows import CLEAR, SCAM, UNREAD, head, scanned

from urlguard.cells import bare, seen
from urlguard.tables.rows import Cell, Head, Scanned
from urlguard.tables.writing.csv import csv_output


def text(path: Path, head: Head, rows: list[Scanned], delimiter: str = ",") -> str:
    output = csv_output(path, head, delimiter=delimiter)
    output.rows(rows)
    output.finish()
    return path.read_bytes().decode()


def test_whole(tmp_path: Path) -> None:
    rows = [
        scanned(2, "https://kaspi.kz/", "да, нет"),
        scanned(3, "=1", "б", finding=SCAM),
        scanned(4, "", "", finding=UNREAD),
    ]
    added = ("urlguard_level", "score", "brand", "scheme", "reasons", "entries", "advice", "error")
    assert text(tmp_path / "a", head("level", "=text", added=added), rows) == (
        "\ufefflevel,'=text,urlguard_level,score,brand,scheme,reasons,entries,advice,error\r\n"
        'https://kaspi.kz/,"да, нет",clear,0,,,,,Это ничего не доказывает.,\r\n'
        "'=1,б,dangerous,95,kaspi,bank,'+75 Похоже на Kaspi; +20 Чужой адрес,KN-2026-000001 blocks,"
        '"Не открывайте, позвоните в банк.",\r\n'
        ",,,,,,,,,a.csv:4: longer than 65536 bytes\r\n"
    )


def test_a_semicolon_separates(tmp_path: Path) -> None:
    data = text(tmp_path / "a", head("a;b", "c"), [scanned(2, "1;2", "3,4")], ";")
    assert data.splitlines()[:2] == [
        '\ufeff"a;b";c;level;score;brand;scheme;reasons;entries;advice;error',
        '"1;2";3,4;clear;0;;;;;Это ничего не доказывает.;',
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_hostile_cells_come_back(tmp_path: Path, delimiter: str) -> None:
    cells = [*FORMULAS, *NASTY, *SCRIPTS]
    rows = [
        scanned(at, cell, "x", finding=CLEAR._replace(reasons=cell, entries=cell))
        for at, cell in enumerate(cells)
    ]
    data = text(tmp_path / "a", head("a", "b"), rows, delimiter)
    read = list(csv.reader(io.StringIO(data.removeprefix("\ufeff"), newline=""), delimiter=delimiter))[1:]
    assert [bare(row[0]) for row in read] == [seen(cell) for cell in cells]
    assert [bare(row[6]) for row in read] == [bare(row[7]) for row in read] == [bare(row[0]) for row in read]
    assert "\0" not in data


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        (None, ""), (True, "true"), (False, "false"), (5, "5"), (-5, "-5"), (5.0, "5"), (-0.5, "-0.5"),
        (1e22, "1e+22"), (float("nan"), "nan"), (10**30, "1" + "0" * 30), (date(2026, 1, 2), "2026-01-02"),
        (datetime(2026, 1, 2, 3, 4, 5), "2026-01-02 03:04:05"),  # noqa: DTZ001  (a sheet knows no zone)
        (datetime(2026, 1, 2, tzinfo=timezone(timedelta(hours=5))), "2026-01-02 00:00:00+05:00"),
        (time(3, 4), "03:04:00"), (timedelta(hours=26, minutes=30), "26:30:00"),
        (timedelta(seconds=-1), "'-00:00:01"), ({"а": [1, None]}, '{"а":[1,null]}'), ([], "[]"),
    ],
)  # fmt: skip
def test_cells_with_a_type(tmp_path: Path, cell: Cell, written: str) -> None:
    data = text(tmp_path / "a", head("a"), [scanned(2, cell)])
    assert next(csv.reader(data.splitlines()[1:]))[0] == written
