"""Streams of lines: encodings, damage, compression, limits."""

import gzip
import io
import tracemalloc
from typing import BinaryIO, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from registry.formats.lists import source

from urlguard.errors import ListError
from urlguard.record import BadRow
from urlguard.tables import inflating
from urlguard.tables.cutting import LINE_LIMIT
from urlguard.tables.source import Source

WORDS = "a.top\nқаз.top\nb.top\n"
LINES = [(1, "a.top"), (2, "қаз.top"), (3, "b.top")]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(WORDS.encode(), id="UTF-8"),
        pytest.param(WORDS.encode("utf-8-sig"), id="byte order mark"),
        pytest.param(WORDS.encode("utf-16"), id="UTF-16 with its mark"),
        pytest.param(WORDS.encode("utf-16-le"), id="UTF-16 little"),
        pytest.param(WORDS.encode("utf-16-be"), id="UTF-16 big"),
        pytest.param(WORDS.encode()[:-1], id="no line end at the end"),
        pytest.param(WORDS.replace("\n", "\r\n").encode(), id="CRLF"),
        pytest.param(WORDS.replace("\n", "\r").encode(), id="CR alone"),
        pytest.param(gzip.compress(WORDS.encode()), id="gzip"),
        pytest.param(gzip.compress(WORDS.encode()[:9]) + gzip.compress(WORDS.encode()[9:]), id="two members"),
        pytest.param(gzip.compress(WORDS.encode()) + b"\0" * 512, id="padding behind gzip"),
        pytest.param(gzip.compress(WORDS.encode("utf-16")), id="gzip of UTF-16"),
    ],
)
def test_reads_lines_in_every_usual_wrapping(data: bytes) -> None:
    assert list(source(data).lines()) == LINES


def test_a_named_encoding_is_used_and_an_unknown_one_refused() -> None:
    assert list(source("казино.рф".encode("koi8-r"), encoding="koi8-r").lines()) == [(1, "казино.рф")]
    with pytest.raises(ListError, match=r"unknown encoding 'rot13'\n  mend: use one of utf-8"):
        source(b"", encoding="rot13")


@pytest.mark.parametrize("mark", ["utf-16", "utf-16-le", "utf-16-be"])
def test_named_utf_16_is_read_with_and_without_its_mark(mark: str) -> None:
    source = Source(io.BytesIO("kaspi.kz\negov.kz".encode(mark)), encoding="utf-16")
    assert [line[1] for line in source.lines()] == ["kaspi.kz", "egov.kz"]


def test_named_utf_16_that_is_none_is_refused() -> None:
    source = Source(io.BytesIO(b"kaspi.kz\n"), "list.txt", encoding="utf-16")
    with pytest.raises(ListError, match=r"list\.txt: no UTF-16 .*\n  mend: name no encoding"):
        list(source.lines())


def test_the_fallback_begins_where_utf8_ends() -> None:
    data = "a.top\nтекст\nб".encode("cp1251")
    assert list(source(data).lines(fallback="cp1251")) == [(1, "a.top"), (2, "текст"), (3, "б")]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        pytest.param(b"b\xff.top", "this line is not utf-8", id="broken UTF-8"),
        pytest.param(b"b\0.top", "U\\+0000", id="NUL"),
        pytest.param(b"b\x1b[31m.top", "U\\+001B", id="escape"),
        pytest.param("b\u0085.top".encode(), "U\\+0085", id="C1 control"),
        pytest.param("b\ufffd.top".encode(), "U\\+FFFD", id="letters lost before"),
        pytest.param(b"\xed\xa0\x80.top", "this line is not utf-8", id="surrogate"),
        pytest.param(b"b" * (LINE_LIMIT + 1), "longer than 65536 bytes", id="too long"),
        pytest.param(b"b" * 1_000_000, "longer than 65536 bytes", id="a megabyte"),
    ],
)
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_a_damaged_line_costs_only_itself(bad: bytes, reason: str, end: bytes) -> None:
    first, row, last = source(end.join([b"a.top", bad, b"c.top"])).lines()
    assert (first, last) == ((1, "a.top"), (3, "c.top"))
    assert isinstance(row, BadRow)
    assert row.line == 2
    assert len(row.text) <= 800
    with pytest.raises(ValueError, match=reason):
        raise ValueError(row.reason)
    assert row.mend


def test_a_damaged_comment_is_dropped() -> None:
    assert list(source(b"# caf\xe9\na.top\n  # \0\n").lines(comments=("#",))) == [(2, "a.top")]


class Endless(io.RawIOBase):
    """A line of a gigabyte, made as it is read."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self._left = size

    def read(self, size: int = -1, /) -> bytes:
        if self._left <= 0:
            last, self._left = self._left == 0, -1
            return b"\nb.top" if last else b""
        size = min(size, self._left)
        self._left -= size
        return b"a" * size


def test_a_line_of_a_gigabyte_takes_no_memory() -> None:
    tracemalloc.start()
    found = list(Source(cast("BinaryIO", Endless(1 << 30))).lines())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(found[0], BadRow)
    assert found[1:] == [(2, "b.top")]
    assert peak < 4 << 20


def test_a_bomb_is_stopped_at_the_limit() -> None:
    bomb = gzip.compress(b"a.top\n" * 1_000_000)
    lines = source(bomb, limit=1 << 20).lines()
    with pytest.raises(ListError, match="holds more than 1048576 bytes"):
        for _ in lines:
            pass


def test_a_text_far_larger_than_its_file_is_a_trap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inflating, "_LARGE", 1 << 20)
    plain = b"a.top\n" * 500_000
    assert sum(1 for _ in source(plain).lines()) >= 500_000
    found: list[object] = []
    with pytest.raises(ListError, match=r"inflates from [\d,]+ to .* as only a trap does\n  mend: unpack"):
        found.extend(source(gzip.compress(plain)).lines())
    assert 1 << 17 < len(found) < 400_000


@pytest.mark.parametrize("cut", [12, 40, -9, -1])
def test_cut_gzip_gives_its_whole_lines_and_then_an_error(cut: int) -> None:
    text = "".join(f"host{number}.top\n" for number in range(1000))
    found: list[object] = []
    with pytest.raises(ListError, match="gzip is cut off\n  mend: get the file again"):
        found.extend(source(gzip.compress(text.encode())[:cut]).lines())
    assert found == list(enumerate(text.split("\n"), 1))[: len(found)]
    if cut == -1:
        assert len(found) == 1000


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(gzip.compress(b"a.top\n" * 99)[:-8] + b"12345678", "broken gzip", id="wrong checksum"),
        pytest.param(gzip.compress(b"a.top") + b"rest", "broken gzip", id="garbage behind"),
        pytest.param(b"\x28\xb5\x2f\xfd\x00\x00", "zstd is cut off", id="zstd cut off"),
        pytest.param(b"\x28\xb5\x2f\xfdabcdefghij", "broken zstd", id="broken zstd"),
        pytest.param(b"\xfd7zXZ\0", "xz.*\n.*unxz", id="xz"),
        pytest.param(b"BZh9", "bzip2.*\n.*bunzip2", id="bzip2"),
        pytest.param(b"PK\x03\x04", "zip.*\n.*unzip", id="zip"),
    ],
)
def test_what_cannot_be_unpacked_is_refused_with_a_mend(data: bytes, message: str) -> None:
    with pytest.raises(ListError, match=message):
        list(source(data).lines())


def test_a_disk_that_fails_is_a_list_error() -> None:
    class Failing(io.RawIOBase):
        def read(self, _size: int = -1, /) -> bytes:
            raise OSError(5, "Input/output error")

    with pytest.raises(ListError, match=r"cannot be read: .*Input/output error"):
        list(Source(cast("BinaryIO", Failing())).lines())


class Dripping(io.BytesIO):
    """Hands out few bytes at a time."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(min(size or 0, 3))


@given(
    st.binary(max_size=60)
    | st.lists(st.sampled_from([b"\r", b"\n", b"a", b"\r\n", b"\0", b"\xff"])).map(b"".join)
)
def test_lines_do_not_depend_on_how_the_bytes_arrive(data: bytes) -> None:
    def found(stream: BinaryIO) -> list[object]:
        try:
            return list(Source(stream, encoding="utf-8").lines())
        except ListError as error:
            return [str(error)]

    assert found(io.BytesIO(b"#" + data)) == found(Dripping(b"#" + data))


@given(st.binary())
def test_no_bytes_raise_anything_else(data: bytes) -> None:
    for wrapped in (data, b"\x1f\x8b\x08" + data, gzip.compress(data)[:-3], b"\xff\xfe" + data):
        try:
            numbers = [line.line if isinstance(line, BadRow) else line[0] for line in source(wrapped).lines()]
        except ListError:
            continue
        assert numbers == sorted(set(numbers))
