"""Workbooks: read again with two other libraries."""

import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook
from tables.writing.hostile_cells import FORMULAS, NASTY, SCRIPTS
from tables.writing.scanned_rows import CLEAR, SCAM, UNREAD, head, scanned

from urlguard.errors import UsageError
from urlguard.tables.rows import Cell, Head, Scanned
from urlguard.tables.writing import xlsx
from urlguard.tables.writing.spool import spool_output
from urlguard.tables.writing.xlsx import xlsx_from

MOMENT = datetime(2026, 1, 2, 3, 4, 5)  # noqa: DTZ001  (a sheet knows no zone)


def book(path: Path, head: Head, rows: list[Scanned]) -> Path:
    spool = path.with_suffix(".rows")
    output = spool_output(spool, head)
    output.rows(rows)
    output.finish()
    xlsx_from(spool, path, head)
    return path


def cells(path: Path) -> list[list[Any]]:
    return [list(row) for row in load_workbook(path).worksheets[0].iter_rows()]


def test_whole(tmp_path: Path) -> None:
    rows = [
        scanned(2, "https://kaspi.kz/", 5), scanned(3, "x", 0.5, finding=SCAM),
        scanned(4, "", None, finding=UNREAD),
        scanned(5, "x", 1, finding=SCAM._replace(level="suspicious", score=40)),
        scanned(6, "x", 1, finding=SCAM._replace(level="blocked", score=100, brand="new")),
    ]  # fmt: skip
    made = book(tmp_path / "a.xlsx", head("url", "Уровень"), rows)
    sheet = load_workbook(made).worksheets[0]
    values = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert values[0] == [
        "url", "Уровень", "Уровень (level)", "Баллы", "Под кого подделка", "Схема", "Причины",
        "Записи реестра", "Что делать", "Почему не прочитано",
    ]  # fmt: skip
    assert values[1] == ["https://kaspi.kz/", 5, "признаков нет", 0, *[None] * 4, CLEAR.advice, None]
    assert values[2] == [
        "x",
        0.5,
        "опасно",
        95,
        "Kaspi Bank",
        "Лжебанк",
        SCAM.reasons,
        SCAM.entries,
        SCAM.advice,
        None,
    ]
    assert values[3] == [None, None, "не прочитано", *[None] * 6, UNREAD.error]
    assert [row[2] for row in values[4:]] == ["подозрительно", "заблокировано"]
    assert values[5][4] == "new"
    assert sheet.title == "Строки"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:J6"
    assert all(sheet.column_dimensions[letter].width >= 8 for letter in "ABCDEFGHIJ")
    assert sheet["A1"].font.b
    colours = [sheet.cell(row, 3).fill.fgColor.rgb for row in range(2, 7)]
    assert len(set(colours)) == 5
    assert "conditionalFormatting" not in zipfile.ZipFile(made).read("xl/worksheets/sheet1.xml").decode()


def test_hostile_cells_are_text(tmp_path: Path) -> None:
    texts = [text for text in (*FORMULAS, *NASTY, *SCRIPTS) if text]
    rows = [scanned(at, text, finding=CLEAR._replace(reasons=text)) for at, text in enumerate(texts, 2)]
    made = book(tmp_path / "a.xlsx", head("=1+1"), rows)
    found = cells(made)
    assert {cell.data_type for row in found for cell in (row[0], row[5])} == {"s"}
    assert all(cell.hyperlink is None for row in found for cell in row)
    by_text = dict(zip(texts, found[1:], strict=True))
    assert all(by_text[text][0].quotePrefix for text in FORMULAS if text[0] in "=+-@")
    again = CalamineWorkbook.from_path(made).get_sheet_by_index(0).to_python()[1:]
    held = {text: str(row[0]) for text, row in zip(texts, again, strict=True)}
    assert all(held[text] == text for text in SCRIPTS)
    assert held["a\0b"] == "a<U+0000>b"
    assert held["a\r\nb"] == held["a\rb"] == held["a\nb"] == "a\nb"
    assert held["\ud83d"] == "<U+D83D>"
    assert held["\ufffe\uffff"] == "<U+FFFE><U+FFFF>"
    assert held["_x0041_"] == "_x0041_"
    assert held["4400430000000007"] == "4400430000000007"
    long = held["a" * 40_000]
    assert len(long) == 32_767
    assert long.endswith("… [обрезано, всего знаков: 40000]")
    assert len(held["қ🏦" * 16_000].encode("utf-16-le")) // 2 <= 32_767
    sheet = zipfile.ZipFile(made).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"<hyperlink" not in sheet
    assert not any("external" in name.lower() for name in zipfile.ZipFile(made).namelist())


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (5, 5), (-0.25, -0.25), (True, True), (4400430000000007, "4400430000000007"), (10**40, str(10**40)),
        (float("inf"), "inf"), (MOMENT, MOMENT), (date(2026, 1, 2), datetime(2026, 1, 2)),  # noqa: DTZ001  (as above)
        (date(1890, 1, 2), "1890-01-02"), (time(6, 30), time(6, 30)),
        (timedelta(hours=30), timedelta(hours=30)), (timedelta(hours=-1), "-01:00:00"), ({"a": 1}, '{"a":1}'),
    ],
)  # fmt: skip
def test_cells_with_a_type(tmp_path: Path, cell: Cell, value: object) -> None:
    (found, *_) = cells(book(tmp_path / "a.xlsx", head("a"), [scanned(2, cell)]))[1]
    assert found.value == value
    assert type(found.value) is type(value)


@pytest.mark.parametrize(
    ("cell", "shown"),
    [(850412300123, "0"), (77015550101, "General"), (850412300123.5, "General")],
)
def test_an_identification_number_is_shown_with_all_its_digits(
    tmp_path: Path, cell: Cell, shown: str
) -> None:
    (found, *_) = cells(book(tmp_path / "a.xlsx", head("a"), [scanned(2, cell)]))[1]
    assert (found.value, found.number_format) == (cell, shown)


def test_more_rows_than_a_sheet_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "ROWS", 4)
    made = book(tmp_path / "a.xlsx", head("a"), [scanned(at, f"n{at}") for at in range(7)])
    sheets = load_workbook(made).worksheets
    assert [sheet.title for sheet in sheets] == ["Строки", "Строки 2", "Строки 3"]
    assert [sheet.auto_filter.ref for sheet in sheets] == ["A1:I4", "A1:I4", "A1:I2"]
    assert [[sheet.cell(row, 1).value for row in range(1, sheet.max_row + 1)] for sheet in sheets] == [
        ["a", "n0", "n1", "n2"], ["a", "n3", "n4", "n5"], ["a", "n6"],
    ]  # fmt: skip


def test_no_rows(tmp_path: Path) -> None:
    (titles,) = cells(book(tmp_path / "a.xlsx", head("a", lang="kk"), []))
    assert [cell.value for cell in titles][:2] == ["a", "Деңгей"]


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    rows = [scanned(2, "a", finding=SCAM)]
    first = book(tmp_path / "a.xlsx", head("a"), rows).read_bytes()
    assert book(tmp_path / "b.xlsx", head("a"), rows).read_bytes() == first


def test_too_many_columns_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"a\.xlsx: a sheet has room for 16384 columns\n  mend: "):
        book(tmp_path / "a.xlsx", head(*map(str, range(16_377))), [])


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_named(tmp_path: Path) -> None:
    spool = tmp_path / "rows"
    spool.touch()
    with pytest.raises(UsageError, match=r"/dev/full: cannot be written: No space left.*\n  mend: make room"):
        xlsx_from(spool, Path("/dev/full"), head("a"))
