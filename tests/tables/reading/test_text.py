"""Texts: encodings, compression, damage, sizes."""

import gzip
import hashlib
import os
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st
from tables.reading.files import Found, cells, little_memory, opened, read, rows, written

from urlguard.errors import ListError, UsageError
from urlguard.record import BadRow
from urlguard.tables.reading import Options, tables
from urlguard.tables.reading.text import LONGEST

RUSSIAN = (
    "имя;сообщение\nАнна;Ваша посылка задержана, оплатите пошлину\nИван;Звонит служба безопасности банка\n"
)
KAZAKH = "аты;хабар\nАйгүл;Сіздің жәшігіңіз кідірді, ақы төлеңіз\nҚанат;Банк қызметі қоңырау шалды\n"
CAPITALS = "ИМЯ;СООБЩЕНИЕ\nАННА;ВАША ПОСЫЛКА ЗАДЕРЖАНА\nИВАН;ЗВОНИТ СЛУЖБА БЕЗОПАСНОСТИ\n"
PLAIN = "no letter of it is Cyrillic " * 3
FRENCH = "nom;texte\nAndré;café crème à la carte\nZoé;déjà vu\n"


def table_of(text: str) -> tuple[tuple[str, ...], Any]:
    first, *others = [line.split(";") for line in text.splitlines()]
    return tuple(first), list(enumerate(others, 2))


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((text, name) for text in (RUSSIAN, CAPITALS) for name in ("cp1251", "koi8-r", "cp866", "utf-8")),
        *((KAZAKH, name) for name in ("kz1048", "utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig")),
        *((RUSSIAN, name) for name in ("utf-16-le", "utf-16-be")),
        (FRENCH, "cp1252"),
        ("id;url\n1;https://k\u0430spi.top\n2;https://h\u0430lyk.top\n", "cp1251"),
        ("id;text\n" + f"1;{PLAIN}\n" * 4_000 + "2;тут кириллица\n", "cp1251"),
        ("id;text\n" + f"1;{PLAIN}\n" * 9_000 + "2;тут кириллица\n", "cp1251"),
        ("id;text\n" + f"1;{PLAIN}\n" * 9_000 + "2;тут кириллица\n", "utf-8"),
    ],
)
def test_encodings_are_told_by_the_text(tmp_path: Path, text: str, encoding: str) -> None:
    assert read(tmp_path, text.encode(encoding)) == table_of(text)


@pytest.mark.parametrize("encoding", ["koi8-r", "windows-1251", "mac-cyrillic", "utf8", "UTF-16"])
def test_a_named_encoding_is_used(tmp_path: Path, encoding: str) -> None:
    assert read(tmp_path, RUSSIAN.encode(encoding), encoding=encoding) == table_of(RUSSIAN)


def test_a_line_that_is_not_utf8_costs_itself(tmp_path: Path) -> None:
    data = f"{RUSSIAN}Ян;".encode() + "пока\n".encode("cp1251") + "Ева;да\n".encode()
    _, found = read(tmp_path, data)
    assert found[2:] == [(4, "this line is not utf-8"), (5, ["Ева", "да"])]


def test_files_of_two_encodings_put_together_are_read(tmp_path: Path) -> None:
    one, other = "аты;да\n" + "слово;дело\n" * 100, "кот;дом\nёж;лес\n"
    _, found = read(tmp_path, one.encode("cp1251") + other.encode())
    assert found[-2:] == [(102, ["кот", "дом"]), (103, ["ёж", "лес"])]


def noise(number: int) -> bytes:
    """What no packer makes smaller, always the same."""
    return hashlib.sha256(b"%d" % number).digest()


LONG = "id,url\n" + "".join(f"{number},https://{noise(number).hex()}.top/\n" for number in range(20_000))


def packed(data: bytes, how: str) -> bytes:
    return gzip.compress(data, 1) if how == "gz" else zstandard.ZstdCompressor(level=1).compress(data)


@pytest.mark.parametrize("how", ["gz", "zst"])
def test_compressed_texts_are_read(tmp_path: Path, how: str) -> None:
    data = LONG.encode()
    path = written(tmp_path, packed(data[:99_999], how) + packed(data[99_999:], how), f"a.csv.{how}")
    table = opened(path)
    shares = [table.share() or 0.0 for _ in table.blocks]
    assert table.columns == ("id", "url")
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert any(0 < share < 1 for share in shares)
    assert len(rows(opened(path))) == 20_000


@pytest.mark.parametrize("how", ["gz", "zst"])
@pytest.mark.parametrize("part", [0.4, 0.9])
def test_a_cut_archive_gives_its_rows_and_then_an_error(tmp_path: Path, how: str, part: float) -> None:
    data = packed(LONG.encode(), how)
    table = opened(written(tmp_path, data[: int(len(data) * part)], f"a.csv.{how}"))
    found: Found = []
    with pytest.raises(ListError, match="is cut off"):
        found.extend(row for block in table.blocks for row in block)
    assert 20_000 * part * 0.6 < len(found) < 20_000
    assert [row.number for row in found if not isinstance(row, BadRow)] == list(range(2, len(found) + 2))


@pytest.mark.parametrize("how", ["gz", "zst"])
def test_bombs_are_stopped_at_the_limit_in_little_memory(tmp_path: Path, how: str) -> None:
    if how == "gz":
        data = packed((b"ab" * 50 + b"\n") * (64 << 10), how)
    else:
        packer = zstandard.ZstdCompressor(level=1).compressobj()
        data = b"".join(packer.compress(b"\0" * (1 << 20)) for _ in range(256)) + packer.flush()
    path = written(tmp_path, data, f"a.csv.{how}")
    table = opened(path, limit=1 << 20, form="csv")
    with little_memory(48 << 20), pytest.raises(ListError, match="holds more than 1048576 bytes"):
        for _ in table.blocks:
            pass


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(b"", "there are no rows in it", id="empty"),
        pytest.param(b"\n \r\n\n", "there are no rows in it", id="blank lines"),
        pytest.param("\ufeff".encode(), "there are no rows in it", id="a byte order mark alone"),
        pytest.param(gzip.compress(b""), "there are no rows in it", id="gzip of nothing"),
        pytest.param(b"PK\x03\x04" + b"\0" * 26 + b"photo.jpg", "zip.*\n.*unzip FILE", id="zip"),
        pytest.param(b"\xfd7zXZ\0", "xz.*\n.*unxz FILE", id="xz"),
        pytest.param(b"BZh91AY", "bzip2.*\n.*bunzip2 FILE", id="bzip2"),
        pytest.param(b"".join(map(noise, range(300))), "something binary.*\n.*save it as xlsx", id="picture"),
        pytest.param(b"\0" * 100_000, "something binary", id="zeros"),
        pytest.param(gzip.compress(b"a,b\n1,2\n")[:11], "gzip is cut off", id="gzip cut in its header"),
    ],
)
def test_what_holds_no_rows_is_refused_with_a_mend(tmp_path: Path, data: bytes, message: str) -> None:
    with pytest.raises(ListError, match=message):
        opened(written(tmp_path, data))


def test_without_its_library_zstd_is_refused_with_a_mend(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "zstandard", None)
    with pytest.raises(UsageError, match=r"pip install 'urlguard\[zstd\]', or unpack it: unzstd FILE"):
        opened(written(tmp_path, packed(b"a,b\n", "zst")))


def test_zstd_that_looks_back_too_far_is_refused(tmp_path: Path) -> None:
    far = zstandard.ZstdCompressionParameters(window_log=27, enable_ldm=True)
    packer = zstandard.ZstdCompressor(compression_params=far).compressobj()
    with pytest.raises(ListError, match=r"looks back more than .*\n.*unzstd --long=31"):
        opened(written(tmp_path, packer.compress(b"a,b\n") + packer.flush()))


@pytest.mark.parametrize(("name", "form"), [("a.csv", "csv"), ("a.txt", "txt"), ("a.jsonl", "jsonl")])
def test_a_huge_line_costs_itself_and_no_memory(tmp_path: Path, name: str, form: str) -> None:
    good = {"csv": b"1,b\n", "txt": b"https://a.top\n", "jsonl": b'{"a": "b"}\n'}[form]
    path = tmp_path / name
    with path.open("wb") as file:
        file.write(good + good)
        file.seek(200 << 20, os.SEEK_CUR)
        file.write(b"\n" + good)
    with little_memory(16 << 20):
        found = cells(rows(opened(path, header=False)))
    assert [number for number, _ in found] == [1, 2, 3, 4]
    assert found[2][1] == f"longer than {LONGEST} bytes"


def test_a_huge_first_line_is_no_header(tmp_path: Path) -> None:
    columns, found = read(tmp_path, b"a" * 1_000_000 + b"\n1,b\n")
    assert columns == ("column 1",)
    assert found == [(1, f"longer than {LONGEST} bytes"), (2, ["1,b"])]


HOSTILE = {
    "quotes opened": b"a,b\n" + b'1,"\n' * 50_000,
    "quotes opened far apart": b"a,b\n" + (b'1,"' + b"\nx" * 150) * 500,
    "quotes doubled": b"a,b\n" + b'a",""",\n' * 30_000,
    "quotes alone": b'"\n' * 60_000,
    "a line of quotes": b'"' * 250_000 + b"\n" + b'a,"' * 80_000,
    "separators": (b"," * 16_000 + b"\n") * 30,
    "carriage returns": b"\r" * 400_000,
    "brackets": b"[" * 400_000,
}


@pytest.mark.parametrize("data", [pytest.param(data, id=name) for name, data in HOSTILE.items()])
def test_hostile_texts_take_linear_time(tmp_path: Path, data: bytes) -> None:
    path = written(tmp_path, data)
    started = time.process_time()
    with suppress(ListError):
        rows(opened(path))
    assert time.process_time() - started < 4


@given(
    st.binary(max_size=300)
    | st.lists(
        st.sampled_from(
            [b'"', b",", b";", b"\n", b"\r", b"a", b"\xd0\xb0", b"\xe0", b"\0", b"{}", b"sep=;", b"'"]
        )
    ).map(b"".join),
    st.sampled_from(["a.csv", "a.txt", "a.jsonl", "a.tsv", "a.bin", "a.csv.gz"]),
)
def test_any_bytes_are_rows_bad_rows_or_a_list_error(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, name: str
) -> None:
    try:
        (table,) = tables([written(tmp_path_factory.getbasetemp(), data, name)], Options()).tables
        found = rows(table)
    except ListError as error:
        assert error.mend  # noqa: PT017  (bytes that are rows are fine too)
        return
    numbers = [row.line if isinstance(row, BadRow) else row.number for row in found]
    assert numbers == sorted(set(numbers))
    assert all(isinstance(row, BadRow) or len(row.cells) == len(table.columns) for row in found)
    assert len(set(table.columns)) == len(table.columns)
    assert all(table.columns)
