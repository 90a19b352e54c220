import contextlib
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
import xlwt
from tables.reading.books import SHEET, SHEETS, cell, ods, ods_row, sheet_xml, xlsx

from urlguard.errors import ListError
from urlguard.tables.reading import apart, zipped
from urlguard.tables.reading.hyperlinks import links_of_sheet
from urlguard.tables.reading.linked import links_of_workbook
from urlguard.tables.reading.workbook import tables_of_workbook

LIMIT = 200 << 20
"""Bytes of memory that a hostile file may cost, the caller and its reader together."""


def refused(path: Path) -> str:
    with pytest.raises(ListError) as error:
        list(map(list, (table.blocks for table in tables_of_workbook(path, path.name))))
    assert str(error.value).startswith(path.name)
    assert error.value.mend
    return str(error.value)


def measured(path: Path) -> str:
    """Return how a process with nothing else fares: its answer; asserts memory and time."""
    code = (
        "import resource, sys; from pathlib import Path\n"
        "from urlguard.errors import ListError\n"
        "from urlguard.tables.reading.workbook import tables_of_workbook\n"
        "path = Path(sys.argv[1])\n"
        "try: print(sum(len(b) for t in tables_of_workbook(path, path.name) for b in t.blocks), 'rows')\n"
        "except ListError as error: print(error)\n"
        # Its own peak from /proc: `ru_maxrss` begins with that of the process that started it.
        "own = Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0]\n"
        "print(int(own) + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)\n"
        "print(sum(resource.getrusage(w).ru_utime for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))"
    )
    done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=True)
    *answer, memory, seconds = done.stdout.splitlines()
    assert int(memory) * 1024 < LIMIT
    assert float(seconds) < 5
    return "\n".join(answer)


def test_cells_in_far_corners(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "far.xlsx", cell("A1") + cell("XFD1048576"))
    assert "takes more than 128 MB of memory: cells far apart" in measured(path)


def test_a_long_text_in_each_row(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 20_000))
    text = {"xl/sharedStrings.xml": f"<sst><si><t>{'a' * 32_000}</t></si></sst>"}
    assert "takes more than" in measured(xlsx(tmp_path / "long.xlsx", rows, text))


def test_many_styled_rows_without_cells(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(1, 100_000))
    assert "no sheet has a filled cell" in measured(xlsx(tmp_path / "styled.xlsx", rows))


def test_one_cell_at_the_end_of_the_sheet_is_read(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "end.xlsx", cell("A1") + cell("A1048576", "2"))
    assert measured(path) == "2 rows"


def test_xls_with_cells_in_far_corners(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("A")
    sheet.write(0, 0, "a")
    sheet.write(65535, 255, "b")
    book.save(tmp_path / "far.xls")
    assert "takes more than 128 MB" in measured(tmp_path / "far.xls")


def test_ten_thousand_columns_are_read(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "wide.xlsx", f"<row>{'<c><v>1</v></c>' * 10_000}</row>" * 3)
    (table,) = tables_of_workbook(path, "wide.xlsx")
    assert len(table.columns) == 10_000
    assert [len(row[1]) for block in table.blocks for row in block] == [10_000] * 3


@pytest.mark.parametrize("place", ["A99999999999", "A4294967295", "A1048577"])
def test_rows_beyond_any_sheet(tmp_path: Path, place: str) -> None:
    assert "more than a sheet has" in refused(xlsx(tmp_path / "row.xlsx", cell(place)))


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        pytest.param(ods_row("a", repeated=1 << 20, columns=16384), "Cell limit", id="rows of cells"),
        pytest.param(ods_row("a", repeated=1 << 32), "more than 1,048,576 times", id="rows"),
        pytest.param(ods_row("a", columns=1 << 40), "more than 1,048,576 times", id="columns"),
        pytest.param(ods_row("a", repeated=1 << 20, columns=64), "takes more than", id="memory"),
    ],
)
def test_ods_that_repeats_endlessly(tmp_path: Path, rows: str, what: str) -> None:
    assert what in refused(ods(tmp_path / "b.ods", rows))


BOMB = '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("part", [SHEET, "xl/sharedStrings.xml", "docProps/core.xml", "_rels/.rels"])
@pytest.mark.parametrize("doctype", [BOMB, OUTSIDE, f"<?xml version='1.0'?><!-- <a> -->\n{BOMB}"])
def test_doctypes(tmp_path: Path, part: str, doctype: str) -> None:
    path = xlsx(tmp_path / "b.xlsx", parts={part: f"{doctype}<worksheet>&c;</worksheet>"})
    with pytest.raises(ListError, match="DOCTYPE"):
        links_of_workbook(path, "b.xlsx")


def test_a_doctype_in_utf_16(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "b.xlsx")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/styles.xml", f"{BOMB}<a/>".encode("utf-16"))
    assert "DOCTYPE" in refused(path)


def test_a_part_that_inflates_a_thousandfold(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "b.xlsx", "<row/>" * 3_000_000)
    assert path.stat().st_size < 200_000
    assert "as only a trap does" in measured(path)


def test_parts_that_inflate_to_too_much_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipped, "INFLATED", 1000)
    with pytest.raises(ListError, match="more than 1,000"):
        zipped.parts(xlsx(tmp_path / "b.xlsx"), "b.xlsx")


@pytest.mark.parametrize("claimed", [1, -1], ids=["longer", "shorter"])
def test_a_part_that_is_not_as_long_as_it_claims(tmp_path: Path, claimed: int) -> None:
    path = xlsx(tmp_path / "b.xlsx", cell("A1") * 50)
    length = len(sheet_xml(cell("A1") * 50))
    data = path.read_bytes()
    true, lie = (size.to_bytes(4, "little") for size in (length, length + claimed))
    assert data.count(true) == 2
    path.write_bytes(data.replace(true, lie))
    assert "not as long as the zip says" in refused(path)


def test_many_parts(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w") as archive:
        for number in range(zipped.PARTS + 1):
            archive.writestr(f"xl/{number}", "")
    assert "more than 5,000 parts" in refused(tmp_path / "b.xlsx")


def test_two_parts_of_one_name(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "b.xlsx")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(SHEET.upper(), sheet_xml(""))
    assert "the same name" in refused(path)


def test_names_that_lead_out_of_the_folder(tmp_path: Path) -> None:
    sheets = SHEETS.replace("worksheets/sheet1.xml", "../../../../etc/passwd")
    path = xlsx(tmp_path / "b.xlsx", parts={"xl/_rels/workbook.xml.rels": sheets, "../../x.xml": "<a/>"})
    before = sorted(tmp_path.rglob("*"))
    assert refused(path)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("left", [30, 300, -300, -30])
def test_cut_off(tmp_path: Path, left: int) -> None:
    data = xlsx(tmp_path / "b.xlsx").read_bytes()
    (tmp_path / "b.xlsx").write_bytes(data[:left])
    assert "broken zip: cut off" in refused(tmp_path / "b.xlsx")


def test_damaged_bytes_never_end_in_anything_but_an_error(tmp_path: Path) -> None:
    data = xlsx(tmp_path / "b.xlsx", cell("A1") * 50).read_bytes()
    for at in range(0, len(data), max(1, len(data) // 60)):
        path = tmp_path / f"{at}.xlsx"
        path.write_bytes(data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :])
        with contextlib.suppress(ListError):
            links_of_workbook(path, "b.xlsx")


@pytest.mark.parametrize(
    "unit",
    [
        "<c ",
        "<c a",
        "a",
        "<hyperlink ",
        "<hyperlink '",
        "<c><f",
        "<c >",
        '<c a><f>HYPERLINK("',
        "&#",
        "c>",
        " ",
    ],
)
def test_looking_for_hyperlinks_takes_linear_time(unit: str) -> None:
    data = f"<c r='A1'><f>HYPERLINK <hyperlink {unit * (400_000 // len(unit))}".encode()
    begin = time.process_time()
    links_of_sheet([data[:200_000], data[200_000:], b"/><c></c>" * 20_000], {}, "b.xlsx")
    assert time.process_time() - begin < 0.5


def test_passwords(tmp_path: Path) -> None:
    protected = tmp_path / "b.xlsx"
    magic = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    protected.write_bytes(magic + bytes(1000) + "EncryptedPackage".encode("utf-16-le") + bytes(1000))
    manifest = '<m:file-entry><m:encryption-data m:checksum="x"/></m:file-entry>'
    for path in (protected, ods(tmp_path / "b.ods", ods_row("a"), manifest)):
        assert "is protected with a password" in refused(path)
    data = xlsx(tmp_path / "c.xlsx").read_bytes()
    at = data.index(b"PK\x01\x02") + 8
    (tmp_path / "c.xlsx").write_bytes(data[:at] + b"\1" + data[at + 1 :])
    assert "is protected with a password" in refused(tmp_path / "c.xlsx")


def test_an_xls_with_a_password(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    book.add_sheet("A").write(0, 0, "a")
    book.save(tmp_path / "b.xls")
    data = (tmp_path / "b.xls").read_bytes()
    codepage, filepass = b"\x42\x00\x02\x00", b"\x2f\x00\x02\x00"
    assert data.count(codepage) == 1
    (tmp_path / "b.xls").write_bytes(data.replace(codepage, filepass))
    assert "is protected with a password" in refused(tmp_path / "b.xls")


@pytest.mark.parametrize(
    "data",
    [b"<html><table></table></html>", b"a;b\n1;2\n", b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)],
)
def test_other_files_under_the_name_of_a_workbook(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "b.xlsx").write_bytes(data)
    assert refused(tmp_path / "b.xlsx")


def test_an_xls_under_the_name_of_an_xlsx_is_read(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    book.add_sheet("A").write(0, 0, "https://a.top")
    book.save(tmp_path / "b.xlsx")
    (table,) = tables_of_workbook(tmp_path / "b.xlsx", "b.xlsx")
    assert next(table.blocks)[0] == (1, ["https://a.top"])


@pytest.mark.parametrize(
    ("sign", "what"),
    [
        (signal.SIGXCPU, "takes far too long to read"),
        (signal.SIGABRT, "takes more than 128 MB of memory"),
        (signal.SIGKILL, "takes more than 128 MB of memory"),
        (signal.SIGSEGV, "broken, its reader ended with -11"),
    ],
)
def test_a_reader_that_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sign: signal.Signals, what: str
) -> None:
    monkeypatch.setattr(apart, "_START", f"import os; os.kill(os.getpid(), {int(sign)})")
    assert what in refused(xlsx(tmp_path / "b.xlsx"))
