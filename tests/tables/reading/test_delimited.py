"""CSV and its kin: separators, headers, quotes, ragged rows."""

import csv
import io
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tables.reading.files import cells, little_memory, opened, read, rows, written

from urlguard.errors import ListError
from urlguard.record import BadRow
from urlguard.tables.rows import Numbered

NOT_CLOSED = "a quote in it is not closed, or closed too early"
ROWS = [(2, ["1", "https://a.top"]), (3, ["2", "https://b.top"])]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("id,url\n1,https://a.top\n2,https://b.top\n", id="commas"),
        pytest.param("id;url\n1;https://a.top\n2;https://b.top\n", id="semicolons"),
        pytest.param("id\turl\n1\thttps://a.top\n2\thttps://b.top\n", id="tabs"),
        pytest.param("id|url\n1|https://a.top\n2|https://b.top\n", id="bars"),
        pytest.param("id,url\r\n1,https://a.top\r\n2,https://b.top\r\n", id="CRLF"),
        pytest.param("id,url\r1,https://a.top\r2,https://b.top", id="old CR"),
        pytest.param("id,url\n1,https://a.top\r\n2,https://b.top\r", id="mixed line ends"),
        pytest.param("\ufeffid,url\n1,https://a.top\n2,https://b.top\n", id="byte order mark"),
        pytest.param("id,url\n1,https://a.top\n\ufeff2,https://b.top\n", id="byte order mark within"),
        pytest.param('"id","url"\n"1","https://a.top"\n"2","https://b.top"\n', id="all quoted"),
        pytest.param("'id';'url'\n'1';'https://a.top'\n'2';'https://b.top'\n", id="single quotes"),
        pytest.param('"id", "url"\n"1", "https://a.top"\n"2", "https://b.top"\n', id="spaces before quotes"),
        pytest.param("id,url\n1,https://a.top,,\n2,https://b.top,\n", id="empty cells at the end"),
    ],
)
def test_tables_in_every_usual_wrapping(tmp_path: Path, data: str) -> None:
    assert read(tmp_path, data) == (("id", "url"), ROWS)


@pytest.mark.parametrize(
    ("data", "columns", "expected"),
    [
        pytest.param("sep=;\nid;a,b\n1;2,5\n", ("id", "a,b"), [(3, ["1", "2,5"])], id="sep= of Excel"),
        pytest.param("sep=,\n1;2\n", ("column 1",), [(2, ["1;2"])], id="sep= against what stands there"),
        pytest.param("sum;text\n1,5;a\n2,5;b\n", ("sum", "text"), [(2, ["1,5", "a"]), (3, ["2,5", "b"])],
                     id="commas in numbers"),
        pytest.param("1,5;1\n2,5;2\n", ("column 1", "column 2"), [(1, ["1,5", "1"]), (2, ["2,5", "2"])],
                     id="commas in numbers and no header"),
        pytest.param("text\nHello, you\nWell, well, well\nno\nand so on\n", ("text",),
                     [(2, ["Hello, you"]), (3, ["Well, well, well"]), (4, ["no"]), (5, ["and so on"])],
                     id="one column of prose"),
        pytest.param("id,text\n1,Hi, there, you\n2,ok\n3,fine\n", ("id", "text"),
                     [(2, "4 columns where the header has 2"), (3, ["2", "ok"]), (4, ["3", "fine"])],
                     id="separator within an unquoted text"),
        pytest.param("a,b,c\n1,2\n3\n", ("a", "b", "c"), [(2, ["1", "2", ""]), (3, ["3", "", ""])],
                     id="too few cells"),
        pytest.param('id,text\n1,"a\nb\n\nc"\n2,d\n', ("id", "text"),
                     [(2, ["1", "a\nb\n\nc"]), (6, ["2", "d"])], id="line ends within a cell"),
        pytest.param('"id","te\nxt"\n"1","a"\n', ("id", "te xt"), [(3, ["1", "a"])],
                     id="line end in the header"),
        pytest.param('id,text\n1,the 5" disk\n2,a ""b"" c\n', ("id", "text"),
                     [(2, ["1", 'the 5" disk']), (3, ["2", 'a ""b"" c'])], id="quotes within unquoted cells"),
        pytest.param('id,text\n1,"say ""hi"""\n', ("id", "text"), [(2, ["1", 'say "hi"'])],
                     id="doubled quotes"),
        pytest.param('name,id\n"LLP "Horns"",1\n"b",2\n', ("name", "id"),
                     [(2, ['LLP "Horns"', "1"]), (3, ["b", "2"])], id="quotes that are not doubled"),
        pytest.param('id,text\n1,"a\n2,b\n3,"c"\n', ("id", "text"),
                     [(2, NOT_CLOSED), (3, ["2", "b"]), (4, ["3", "c"])], id="a quote never closed"),
        pytest.param('id,text\n1,"a\n2,"b\nc"\n3,d\n', ("id", "text"),
                     [(2, NOT_CLOSED), (3, ["2", "b\nc"]), (5, ["3", "d"])], id="then a cell of two lines"),
        pytest.param('id,te"xt\n1,a\n2,"b\n3,c\n', ("id", 'te"xt'),
                     [(2, ["1", "a"]), (3, NOT_CLOSED), (4, ["3", "c"])], id="a quote in the header"),
        pytest.param("id,text\n1,a\0b\n2,c\n", ("id", "text"),
                     [(2, "damaged: the character U+0000 stands in it"), (3, ["2", "c"])], id="NUL"),
        pytest.param("id,text\n1,a\x0cb\x1b[1m\n", ("id", "text"), [(2, ["1", "a\x0cb\x1b[1m"])],
                     id="form feed and escape"),
        pytest.param("id,text\n\n  \n1,a\n;;\n", ("id", "text"), [(4, ["1", "a"]), (5, [";;", ""])],
                     id="blank lines"),
        pytest.param("a,,b,a,a,column 2\n1,2,3,4,5,6\n", ("a", "column 2 2", "b", "a 2", "a 3", "column 2"),
                     [(2, ["1", "2", "3", "4", "5", "6"])], id="empty and doubled names"),
        pytest.param("id,url\n1,a.top,x\n2,b.top,y\n", ("id", "url", "column 3"),
                     [(2, ["1", "a.top", "x"]), (3, ["2", "b.top", "y"])], id="rows wider than the header"),
        pytest.param("id,url,,\n1,a.top,,\n2,b.top,,x\n", ("id", "url", "column 3", "column 4"),
                     [(2, ["1", "a.top", "", ""]), (3, ["2", "b.top", "", "x"])], id="columns without names"),
        pytest.param("a.top;\nb.top;\nc.top;x\n", ("column 1", "column 2"),
                     [(1, ["a.top", ""]), (2, ["b.top", ""]), (3, ["c.top", "x"])],
                     id="a column mostly empty"),
        pytest.param("url\nhttps://a.top/x;y\nhttps://b.top/x;y\n", ("url",),
                     [(2, ["https://a.top/x;y"]), (3, ["https://b.top/x;y"])], id="a separator in each link"),
        pytest.param('"a; b",https://a.top/x;y\n"c, d",https://b.top/x;y\n', ("column 1", "column 2"),
                     [(1, ["a; b", "https://a.top/x;y"]), (2, ["c, d", "https://b.top/x;y"])],
                     id="the separator beside quotes"),
        pytest.param("Report for May\n\nid,url,sum\n1,a.top,5\n2,b.top,6\n", ("id", "url", "sum"),
                     [(1, ["Report for May", "", ""]), (4, ["1", "a.top", "5"]), (5, ["2", "b.top", "6"])],
                     id="title above the header"),
    ],
)  # fmt: skip
def test_rows_as_they_were_meant(
    tmp_path: Path, data: str, columns: tuple[str, ...], expected: list[Any]
) -> None:
    assert read(tmp_path, data) == (columns, expected)


@pytest.mark.parametrize(
    ("data", "titled"),
    [
        pytest.param("id,url\n1,https://a.top\n", True, id="words above links"),
        pytest.param("1,https://a.top\n2,https://b.top\n", False, id="links from the first row on"),
        pytest.param("Anna;+7 701 111 22 33\nIvan;87011112234\n", False, id="phones from the first row on"),
        pytest.param("01.02.2025;a\n02.02.2025;b\n", False, id="dates from the first row on"),
        pytest.param("мәтін;күні\nсәлем;01.02.2025\n", True, id="Kazakh names above dates"),
        pytest.param("name;2023;2024\na;text;more\n", True, id="years above words"),
        pytest.param("page.url,text\nhttps://a.top,b\n", True, id="a name with a dot above links"),
        pytest.param("a.top,x\nb.top,y\n", False, id="hosts from the first row on"),
        pytest.param("name;city\nAnna;Almaty\nIvan;Astana\n", True, id="words above words"),
        pytest.param("text\nYour parcel waits, pay the fee.\nAnother message here.\n", True, id="one column"),
        pytest.param("Your parcel waits, pay.\nAnother message here.\n", False, id="one column of texts"),
        pytest.param("https://a.top\n", False, id="a link alone"),
        pytest.param("id,url\n", True, id="nothing below"),
    ],
)
def test_a_header_is_told_from_a_row(tmp_path: Path, data: str, titled: bool) -> None:  # noqa: FBT001  (a parameter)
    table = opened(written(tmp_path, data))
    assert table.titled is titled
    assert len(rows(table)) == data.count("\n") - titled


@pytest.mark.parametrize("header", [True, False])
def test_what_is_said_overrides_what_is_sniffed(tmp_path: Path, header: bool) -> None:  # noqa: FBT001  (a parameter)
    table = opened(written(tmp_path, "1;2,3\n4;5,6\n"), delimiter=",", header=header)
    assert table.columns == (("1;2", "3") if header else ("column 1", "column 2"))
    assert len(rows(table)) == 2 - header


def test_ten_thousand_columns_are_read_and_more_than_a_sheet_has_are_refused(tmp_path: Path) -> None:
    wide = ",".join(f"c{number}" for number in range(10_000))
    table = opened(written(tmp_path, f"{wide}\n" + "1,2\n" * 5_000))
    assert len(table.columns) == 10_000
    with little_memory(32 << 20):
        count = 0
        for block in table.blocks:
            count += len(block)
    assert count == 5_000
    with pytest.raises(ListError, match="20000 columns, more than 16384"):
        opened(written(tmp_path, ",".join(["a"] * 20_000)))


def test_a_cell_over_many_lines_does_not_depend_on_blocks(tmp_path: Path) -> None:
    lines = [
        f'{number},"a{number}\nb\n"\n' if number % 7 == 0 else f"{number},plain text\n"
        for number in range(20_000)
    ]
    found = rows(opened(written(tmp_path, "id,text\n" + "".join(lines))))
    assert len(found) == 20_000
    assert not [row for row in found if isinstance(row, BadRow)]


def test_blocks_are_of_some_hundred_rows(tmp_path: Path) -> None:
    table = opened(written(tmp_path, "id,text\n" + "1,plain text\n" * 50_000))
    sizes = [len(block) for block in table.blocks]
    assert sum(sizes) == 50_000
    assert max(sizes) == 1000
    assert len(sizes) < 60
    assert table.share() == 1


WORDS = st.sampled_from(
    ["a", "мәтін", "x y", "", " ", '"', "'", ",", ";", "|", "\t", "\n", "https://a.top", "1", "=1", "é"]
)
CELL = st.lists(WORDS, max_size=4).map("".join)


TABLES = st.integers(2, 4).flatmap(
    lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1)
)


@given(
    TABLES,
    st.sampled_from(",;\t|"),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251"]),
    st.sampled_from([(csv.QUOTE_MINIMAL, "\n"), (csv.QUOTE_ALL, "\n"), (csv.QUOTE_MINIMAL, "\r\n")]),
)
def test_what_the_csv_module_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory,
    table: list[list[str]],
    delimiter: str,
    encoding: str,
    style: tuple[Literal[0, 1], str],
) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, quoting=style[0], lineterminator=style[1])
    writer.writerow([f"column {number}" for number in range(len(table[0]))])
    # A row without anything is written as a blank line, or looks like one.
    kept = [row for row in table if "".join(row).strip()]
    writer.writerows(kept)
    data = text.getvalue().encode(encoding, "replace")
    path = written(tmp_path_factory.getbasetemp(), data)
    found = rows(opened(path, delimiter=delimiter, header=True, encoding=encoding))
    expected = [[cell.encode(encoding, "replace").decode(encoding) for cell in row] for row in kept]
    assert [row.cells if isinstance(row, Numbered) else row for row in found] == expected


BROKEN = st.sampled_from(['9,"x', '9,x"y"z', '9,"x"y', '"9,x', '9,"', '"', '9,"x""', "9,x,y"])


GOOD = st.sampled_from(["1,a", '2,"b"', '3,"c, d"', '4,"e\nf"', '5,"g ""h"""'])


@given(st.lists(GOOD, min_size=8), BROKEN, st.data())
def test_a_broken_row_never_costs_others(
    tmp_path_factory: pytest.TempPathFactory, good: list[str], broken: str, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(good)))
    lines = [*good[:at], broken, *good[at:]]
    path = written(tmp_path_factory.getbasetemp(), "id,text\n" + "\n".join(lines))
    found = [row for _, row in cells(rows(opened(path, delimiter=",", header=True)))]
    expected = [next(csv.reader(io.StringIO(row))) for row in good]
    kept = [row for row in found if row in expected]
    assert kept == expected
    assert len(found) == len(expected) + 1
