import subprocess
import sys
from collections.abc import Callable, Generator
from datetime import datetime, time
from pathlib import Path

import pytest
from tables.reading.books import cell, ods, ods_row, sheet_xml, xlsx
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from urlguard.errors import ListError, UsageError
from urlguard.record import BadRow
from urlguard.tables.reading.calamine_cells import cells_of_column
from urlguard.tables.reading.header import heading
from urlguard.tables.reading.hyperlinks import links_of_sheet
from urlguard.tables.reading.workbook import tables_of_workbook
from urlguard.tables.rows import Cell, Numbered, Table

DAY = datetime(2026, 1, 2)  # noqa: DTZ001  (a cell has no zone)
MESSAGE = "Ваша карта закрыта, скажите код из SMS нашему сотруднику банка"
Filled = Callable[[Workbook, Worksheet], None]


def book(path: Path, fill: Filled) -> Path:
    with Workbook(path) as made:
        fill(made, made.add_worksheet())
    return path


def rows(table: Table) -> list[Numbered | BadRow]:
    return [row for block in table.blocks for row in block]


def test_reads_all_sheets_with_cells_and_their_values(tmp_path: Path) -> None:
    def fill(made: Workbook, sheet: Worksheet) -> None:
        days = made.add_format({"num_format": "dd.mm.yyyy"})
        moments = made.add_format({"num_format": "dd.mm.yyyy hh:mm"})
        hours = made.add_format({"num_format": "hh:mm:ss"})
        sheet.write_row("B2", ["phone", "", "day", "at", "hour", "phone", "sum", "ok", "found"])
        sheet.write_row("B3", [77012345678, "a"])
        sheet.write_datetime("D3", DAY, days)
        sheet.write_datetime("E3", DAY.replace(hour=3), moments)
        sheet.write_datetime("F3", time(3, 4, 5), hours)
        sheet.write_row("H3", [0.5, True])
        sheet.write_formula("J3", "=A1", None, "kept")
        sheet.write_number("B6", 1e20)
        made.add_chartsheet("Chart")
        made.add_worksheet("Empty")
        hidden = made.add_worksheet("Hidden")
        hidden.hide()
        hidden.write_string("A1", "https://a.top/")

    first, hidden = tables_of_workbook(book(tmp_path / "b.xlsx", fill), "b.xlsx")
    assert (first.name, first.titled, first.plain) == ("b.xlsx [Sheet1]", True, False)
    assert first.columns == ("phone", "column 2", "day", "at", "hour", "phone 2", "sum", "ok", "found")
    assert rows(first) == [
        Numbered(
            3, [77012345678, "a", DAY.date(), DAY.replace(hour=3), time(3, 4, 5), None, 0.5, True, "kept"]
        ),
        Numbered(6, [1e20, *[None] * 8]),
    ]
    assert first.share() == 1
    assert (hidden.name, hidden.columns, hidden.titled) == ("b.xlsx [Hidden]", ("column 1",), False)
    assert rows(hidden) == [Numbered(1, ["https://a.top/"])]


def test_tables_can_be_read_in_any_order_and_left_in_the_middle(tmp_path: Path) -> None:
    def fill(made: Workbook, sheet: Worksheet) -> None:
        for each in (sheet, made.add_worksheet("two")):
            for row in range(700):
                each.write_string(row, 0, f"https://{each.name}{row}.top/")

    path = book(tmp_path / "b.xlsx", fill)
    first, second = tables_of_workbook(path, "b.xlsx")
    begun = next(second.blocks)
    assert begun[0] == Numbered(1, ["https://two0.top/"])
    assert len(rows(first)) == 700
    assert isinstance(second.blocks, Generator)
    second.blocks.close()
    assert 0 < (second.share() or 0) < 1


def test_a_hyperlink_stands_beside_the_text_it_hides_under(tmp_path: Path) -> None:
    def fill(_: Workbook, sheet: Worksheet) -> None:
        sheet.write_row(0, 0, ["id", "site", "site link", "more"])
        sheet.write_url("B2", "https://evil.top/a?b=1&c=2#frag", string="kaspi.kz")
        sheet.write_formula(
            "D2", '=IF(0,HYPERLINK("#A1","up"),HYPERLINK("https://e.top/?q=""1""","see"))', None, "see"
        )
        sheet.write_row(2, 0, [2, "kaspi.kz"])
        sheet.write_url("D3", "internal:Sheet1!A1")
        sheet.write_row(3, 0, [3, "a"])

    (table,) = tables_of_workbook(book(tmp_path / "b.xlsx", fill), "b.xlsx")
    assert table.columns == ("id", "site", "site link", "site link 2", "more", "more link")
    assert table.targets == {1: 2, 4: 5}
    assert rows(table) == [
        Numbered(
            2, [None, "kaspi.kz", "https://evil.top/a?b=1&c=2#frag", None, "see", 'https://e.top/?q="1"']
        ),
        Numbered(3, [2, "kaspi.kz", None, None, "Sheet1!A1", None]),
        Numbered(4, [3, "a", None, None, None, None]),
    ]


def test_links_in_cells_of_an_ods_count_repeated_rows(tmp_path: Path) -> None:
    link = '<text:a xlink:href="https://evil.top/">kaspi.kz</text:a>'
    path = ods(tmp_path / "b.ods", ods_row("n", "url") + ods_row("1", "a", repeated=3) + ods_row("2", link))
    (table,) = tables_of_workbook(path, "b.ods")
    assert rows(table)[-2:] == [
        Numbered(4, ["1", "a", None]),
        Numbered(5, ["2", "kaspi.kz", "https://evil.top/"]),
    ]
    assert table.targets == {1: 2}


@pytest.mark.parametrize("size", [1, 7, 40, 100_000])
def test_hyperlinks_are_found_wherever_the_pieces_of_a_sheet_end(size: int) -> None:
    formula = (
        "<x:c t='str' r='C3'><x:f a='>'>hyperlink( &quot;http://f.top&quot; , 1)</x:f><x:v>1</x:v></x:c>"
    )
    tags = (
        '<hyperlinks><hyperlink ref="A2:B9" r:id="r1" display="a > b"/><x:hyperlink x:id=\'r2\' ref="$A$5"/>'
        '<hyperlink ref="A1" location="S!A1"/><hyperlink ref="nowhere" r:id="r1"/></hyperlinks>'
    )
    data = sheet_xml(cell("A1") + formula, tags).encode()
    pieces = [data[at : at + size] for at in range(0, len(data), size)]
    links = links_of_sheet(pieces, {"r1": "http://1.top", "r2": "http://2.top"}, "b.xlsx")
    assert links.columns() == [1, 2, 3]
    assert [links.target(row, 1) for row in (1, 2, 5, 10)] == [None, "http://1.top", "http://2.top", None]
    assert links.target(9, 2) == "http://1.top"
    assert links.target(3, 3) == "http://f.top"


@pytest.mark.parametrize(
    ("first", "columns", "skipped"),
    [
        pytest.param([["url", "sum"], ["https://a.top", 1]], ("url", "sum"), {1}, id="header"),
        pytest.param([["https://b.top", 2], ["https://a.top", 1]], None, set(), id="no header"),
        pytest.param([["url", 2026], ["https://a.top", 1]], None, set(), id="a number names nothing"),
        pytest.param([["url"]], None, set(), id="a row alone"),
        pytest.param(
            [["Report for November", None, None], ["n", "url", None], [1, "https://a.top", 2]],
            ("n", "url", "column 3"),
            {1, 2},
            id="title above",
        ),
        pytest.param(
            [["From https://evil.top", None, None], ["n", "url", "sum"], [1, "https://a.top", 2]],
            ("n", "url", "sum"),
            {2},
            id="title with a link stays a row",
        ),
        pytest.param(
            [[MESSAGE, None, None], ["n", "url", "sum"], [1, "https://a.top", 2]],
            ("n", "url", "sum"),
            {2},
            id="message above stays a row",
        ),
    ],
)
def test_finds_the_header(
    first: list[list[Cell]], columns: tuple[str, ...] | None, skipped: set[int]
) -> None:
    found = heading(list(enumerate(first, 1)), None)
    assert found.titled == (columns is not None)
    assert found.columns == (columns or tuple(f"column {at}" for at in range(1, len(first[0]) + 1)))
    assert found.skipped == skipped


def test_the_caller_knows_better_what_is_a_header(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "b.xlsx", cell("A1") + cell("A2", "2"))
    assert [table.columns for table in tables_of_workbook(path, "b", header=True)] == [("1",)]
    assert heading([(1, ["url"]), (2, ["https://a.top"])], header=False).skipped == set()


def test_whole_numbers_are_whole_as_far_as_they_are_exact() -> None:
    assert repr(cells_of_column([77012345678.0, 0.5, 1e300, float("inf"), True])) == (
        "[77012345678, 0.5, 1e+300, inf, True]"
    )


@pytest.mark.parametrize("missing", ["nowhere.xlsx", "."])
def test_says_what_cannot_be_opened(tmp_path: Path, missing: str) -> None:
    with pytest.raises(UsageError, match=r"b\.xlsx: cannot be opened"):
        tables_of_workbook(tmp_path / missing, "b.xlsx")


def test_an_empty_workbook_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ListError, match="no sheet has a filled cell"):
        tables_of_workbook(xlsx(tmp_path / "b.xlsx", ""), "b.xlsx")


def test_names_the_extra_that_is_missing() -> None:
    code = (
        "import sys; sys.modules['python_calamine'] = None; from pathlib import Path\n"
        "from urlguard.tables.reading.sheets import _loaded\n"
        "try: _loaded(Path('b'), 'b', b'')\n"
        "except Exception as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "pip install 'urlguard[xlsx]'" in done.stdout
