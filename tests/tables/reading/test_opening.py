"""Paths: files, folders, pipes and stdin; what a file is by its content."""

import gzip
import io
import os
import threading
from pathlib import Path
from typing import Any

import pytest
from tables.reading.files import opened, read, rows, written

from urlguard.errors import ListError, UsageError
from urlguard.tables.reading import Options, tables

LINKS = "https://a.top/x,y;z\nhttps://b.top\n"
OBJECTS = '{"url": "https://a.top"}\n{"url": "https://b.top"}\n'
OPEN = Path("/proc/self/fd")
CELLS = "id\turl\n1\thttps://a.top\n2\thttps://b.top\n"


@pytest.mark.parametrize(
    ("name", "data", "columns"),
    [
        pytest.param("a.txt", LINKS, ("input",), id="lines"),
        pytest.param("a", LINKS, ("input",), id="lines in a file without extension"),
        pytest.param("a.log", "приз, бонус\nвход, выход\n", ("input",), id="prose in a file of any name"),
        pytest.param("a.txt", "[акция] приз\n{скидка} вход\n", ("input",), id="brackets that are no JSON"),
        pytest.param("a.txt", "<html> в тексте\nда\n", ("input",), id="a tag in a text"),
        pytest.param("a.txt", CELLS, ("id", "url"), id="tabs in a .txt"),
        pytest.param(
            "a.txt", CELLS.replace("\t", ";"), ("id", "url"), id="semicolons and a header in a .txt"
        ),
        pytest.param("a.txt", OBJECTS, ("url",), id="JSON lines in a .txt"),
        pytest.param("a.csv", OBJECTS, ("url",), id="JSON lines in a .csv"),
        pytest.param("a.json", OBJECTS, ("url",), id="JSON lines in a .json"),
        pytest.param("a.TSV", CELLS, ("id", "url"), id="extension in capitals"),
        pytest.param("a.tsv.GZ", gzip.compress(CELLS.encode()), ("id", "url"), id="packed, in capitals"),
        pytest.param("a.csv", gzip.compress(CELLS.encode()), ("id", "url"), id="packed, and not called so"),
    ],
)
def test_what_a_file_holds_decides(
    tmp_path: Path, name: str, data: str | bytes, columns: tuple[str, ...]
) -> None:
    table = opened(written(tmp_path, data, name))
    assert table.name == str(tmp_path / name)
    assert table.columns == columns
    assert len(rows(table)) == 2


@pytest.mark.parametrize(
    ("form", "columns", "first"),
    [
        ("txt", ("input",), "id;url"),
        ("csv", ("id", "url"), "1"),
        ("tsv", ("id;url",), "1;https://a.top"),
    ],
)
def test_a_form_that_is_said_is_used(tmp_path: Path, form: str, columns: tuple[str, ...], first: str) -> None:
    found, lines = read(tmp_path, CELLS.replace("\t", ";"), form=form)
    assert found == columns
    assert lines[0][1][0] == first


def test_lines_keep_their_numbers_and_blank_ones_are_no_rows(tmp_path: Path) -> None:
    _, found = read(tmp_path, "\na.top\n \n\n b.top \n", "a.txt")
    assert found == [(2, ["a.top"]), (5, [" b.top "])]


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"form": "xlsx"}, "unknown form 'xlsx': use one of txt, csv, tsv, jsonl"),
        ({"encoding": "utf-7"}, "unknown encoding 'utf-7': use one of utf-8"),
        ({"delimiter": "::"}, "the separator '::' is not one character"),
        ({"delimiter": '"'}, "the separator '\"' is not one character"),
    ],
)
def test_options_that_cannot_be_are_refused(said: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        Options(**said)


@pytest.mark.parametrize("said", [r"\t", "tab", "\t"])
def test_a_tab_can_be_named(tmp_path: Path, said: str) -> None:
    assert read(tmp_path, "a b\tc;d\n1;2\t3;4\n", delimiter=said)[0] == ("a b", "c;d")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        pytest.param("missing.csv", "No such file", id="missing"),
        pytest.param("circle.csv", "Too many levels of symbolic links", id="a link to itself"),
        pytest.param("x" * 300, "File name too long", id="a name too long"),
        pytest.param("a\0b", "embedded null", id="a name with NUL"),
        pytest.param("a.csv/b.csv", "Not a directory", id="below a file"),
        pytest.param("empty", "no table in this folder", id="an empty folder"),
    ],
)
def test_a_named_file_that_cannot_be_opened_is_an_error(tmp_path: Path, name: str, message: str) -> None:
    written(tmp_path, CELLS)
    (tmp_path / "circle.csv").symlink_to(tmp_path / "circle.csv")
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match=message):
        tables([tmp_path / name])


def test_a_folder_gives_its_tables_in_order_and_says_what_it_leaves_out(tmp_path: Path) -> None:
    names = "b.csv a/2.txt a/1.jsonl.gz a/.hidden.csv c.csv.part photo.jpg .git/x.csv ~$x.xlsx"
    for name in names.split():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(gzip.compress(OBJECTS.encode()) if name.endswith("gz") else CELLS.encode())
    written(tmp_path, "", "d.csv")
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "a" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "lost.csv").symlink_to(tmp_path / "nowhere.csv")
    found = tables([tmp_path])
    read_ = [Path(table.name).relative_to(tmp_path).as_posix() for table in found.tables]
    assert read_ == ["b.csv", "a/1.jsonl.gz", "a/2.txt"]
    assert [line.removeprefix(f"{tmp_path}/") for line in found.left] == [
        ".git: hidden",
        "c.csv.part: not called like a table",
        "lost.csv: no file",
        "photo.jpg: not called like a table",
        "pipe.csv: no file",
        "~$x.xlsx: hidden",
        "a/up: a link to a folder",
        "a/.hidden.csv: hidden",
    ]
    assert [error.what for error in found.broken] == [f"{tmp_path / 'd.csv'}: there are no rows in it"]
    assert [len(rows(table)) for table in found.tables] == [2, 2, 2]


def test_thousands_of_files_keep_none_open(tmp_path: Path) -> None:
    for number in range(300):
        written(tmp_path, f"id,url\n{number},https://a.top\n", f"{number:03}.csv")
    before = len(list(OPEN.iterdir()))
    found = tables([tmp_path]).tables
    assert len(list(OPEN.iterdir())) == before
    assert sum(len(rows(table)) for table in found) == 300
    assert len(list(OPEN.iterdir())) == before


@pytest.mark.parametrize("data", [CELLS.encode(), gzip.compress(CELLS.encode())], ids=["plain", "packed"])
def test_stdin_is_read_from_its_start(data: bytes) -> None:
    stream = io.BytesIO(data)
    (table,) = tables(["-"], stdin=stream).tables
    assert (table.name, table.columns, len(rows(table))) == ("stdin", ("id", "url"), 2)
    assert table.share() is None
    assert not stream.closed


def test_a_file_as_stdin_knows_its_share(tmp_path: Path) -> None:
    with written(tmp_path, CELLS).open("rb") as stream:
        (table,) = tables(["-"], stdin=stream).tables
        assert len(rows(table)) == 2
        assert table.share() == 1


@pytest.mark.parametrize("paths", [["-"], ["-", "-"]])
def test_stdin_that_is_not_there_or_twice_is_refused(paths: list[str]) -> None:
    with pytest.raises(UsageError, match="stdin is"):
        tables(paths)


@pytest.mark.parametrize(
    "magic", [b"PK\x03\x04" + b"\0" * 26 + b"xl/workbook.xml", b"PAR1", b"\xd0\xcf\x11\xe0"]
)
def test_a_workbook_from_a_pipe_is_refused_with_a_mend(magic: bytes) -> None:
    with pytest.raises(ListError, match=r"from a pipe\n.*save it to a file"):
        tables(["-"], stdin=io.BytesIO(magic + b"\0" * 99))


def test_a_pipe_by_its_name_is_read(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    data = "id,url\n" + "1,https://a.top\n" * 60_000
    writer = threading.Thread(target=path.write_text, args=(data,), daemon=True)
    writer.start()
    table = opened(path)
    assert table.columns == ("id", "url")
    assert len(rows(table)) == 60_000
    writer.join()


@pytest.mark.parametrize(
    "data", ["<html><table>", "<!DOCTYPE html>\n<table>", "<?xml version='1.0'?>\n<Workbook>"]
)
def test_a_web_page_called_a_workbook_is_refused_with_a_mend(tmp_path: Path, data: str) -> None:
    with pytest.raises(ListError, match=r"web page or XML.*\n.*save it as xlsx or csv"):
        opened(written(tmp_path, data, "a.xls"))


def test_a_file_is_opened_only_when_its_rows_are_asked_for(tmp_path: Path) -> None:
    path = written(tmp_path, CELLS)
    table = opened(path)
    path.unlink()
    with pytest.raises(ListError, match=r"a\.csv: No such file or directory, and was there before"):
        rows(table)
