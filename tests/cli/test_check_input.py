"""Input no file should hold: every byte is judged, told or refused, and none reaches a terminal raw."""

import csv
import io
import json
import re
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from urlguard.cells import bare

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]

GOOD = b"https://kaspi.kz/\n"
BLNS = Path(__file__).resolve().parents[3] / "shared" / "vectors" / "blns.json"
HIDDEN = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
MEGABYTE = 1_048_576


def _rows(done: "subprocess.CompletedProcess[bytes]") -> list[dict[str, object]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_line_that_is_not_utf8_is_a_row_with_an_error(run: Run) -> None:
    done = run("check", "--format", "jsonl", stdin=GOOD + "сайт каспи.kz\n".encode("cp1251") + GOOD)
    first, bad, last = _rows(done)
    assert (first["level"], last["level"], done.returncode) == ("clear", "clear", 3)
    assert "level" not in bad
    assert bad["error"] == {"code": "bad_encoding", "message": "not valid UTF-8"}
    assert bad["input"] == r"\xf1\xe0\xe9\xf2 \xea\xe0\xf1\xef\xe8.kz"


def test_a_file_in_another_encoding_is_told_about_once(run: Run, tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_bytes("дивиденды на казатомпром.рф\n".encode("cp1251") * 100)
    done = run("check", "--file", "old.txt")
    assert done.returncode == 3
    assert done.stderr.decode().count("iconv -f CP1251 -t UTF-8 FILE") == 1


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16_is_refused_with_the_mend(run: Run, encoding: str) -> None:
    done = run("check", stdin="https://kaspi.kz/\n".encode(encoding))
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == b"Error: stdin: this is UTF-16; convert it first: iconv -f UTF-16 -t UTF-8 FILE\n"


@pytest.mark.parametrize(
    ("data", "inputs"),
    [
        pytest.param(b"\xef\xbb\xbfkaspi.kz\n", ["kaspi.kz"], id="byte order mark"),
        pytest.param(b"a.kz\r\nb.kz\r\n", ["a.kz", "b.kz"], id="CRLF"),
        pytest.param(b"a.kz\rb.kz\r", ["a.kz", "b.kz"], id="CR only"),
        pytest.param(b"a.kz\r\r\n\n\rb.kz", ["a.kz", "b.kz"], id="all of them"),
        pytest.param(b"\x0ca.kz\n\x0c\n\x0b\n", ["\x0ca.kz"], id="form feeds"),
        pytest.param("a.kz\u2028b.kz\n".encode(), ["a.kz\u2028b.kz"], id="line separators end no line"),
        pytest.param(b"\n" * 70_000 + b"a.kz", ["a.kz"], id="empty lines"),
        pytest.param(b"a.kz\r" * 30_000, ["a.kz"] * 30_000, id="CR only, more than one piece"),
    ],
)
def test_line_ends(run: Run, data: bytes, inputs: list[str]) -> None:
    assert [row["input"] for row in _rows(run("check", "--format", "jsonl", stdin=data))] == inputs


def test_a_million_empty_lines(run: Run) -> None:
    done = run("check", stdin=b"\n" * 1_000_000)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"Nothing to check: the input is empty.\n")


@pytest.mark.parametrize("size", [65_536, 65_537, 200_000])
def test_a_line_over_the_limit_is_never_clear(run: Run, size: int) -> None:
    line = b"https://kaspi.kz/" + b"a" * (size - 17)
    first, last = _rows(run("check", "--format", "jsonl", stdin=line + b"\n" + GOOD))
    assert len(str(first["input"])) == min(size, 65_536)
    assert first["level"] != "clear"
    assert last["level"] == "clear"


def test_a_letter_cut_in_half_by_the_limit_is_no_bad_encoding(run: Run) -> None:
    (row,) = _rows(run("check", "--format", "jsonl", stdin=b"a" + "я".encode() * 40_000))
    assert row.get("level") != "clear"
    assert row["input"] == "a" + "я" * 32_767


def test_ten_thousand_links_on_a_line(run: Run) -> None:
    line = " ".join(f"https://{number}.example.kz/" for number in range(2_500))
    (row,) = _rows(run("check", "--format", "jsonl", stdin=line.encode()))
    resources = row["resources"]
    assert isinstance(resources, list)
    assert len(resources) == 50
    assert row["level"] != "clear"


@pytest.mark.parametrize("byte", [b"a", b"\0"])
def test_a_line_of_a_gigabyte_takes_little_memory(
    environment: dict[str, str], tmp_path: Path, byte: bytes
) -> None:
    """A quarter of it here, to be quick: memory is the same at any length."""
    with (
        (tmp_path / "out").open("wb") as out,
        subprocess.Popen(
            [sys.executable, "-m", "urlguard", "check", "--format", "jsonl"],
            stdin=subprocess.PIPE,
            stdout=out,
            env=environment,
        ) as process,
    ):
        assert process.stdin is not None
        for _ in range(256):
            process.stdin.write(byte * MEGABYTE)
        # Not `getrusage`: a child counts with the size its parent had when it was forked.
        status = Path(f"/proc/{process.pid}/status")
        peak = re.search(r"VmHWM:\s+(\d+) kB", status.read_text("utf-8")) if status.exists() else None
        process.stdin.close()
        assert process.wait(60) in {0, 3}
    row = json.loads((tmp_path / "out").read_bytes())
    assert row.get("level") != "clear"
    assert len(row["input"]) == 65_536
    assert peak is None or int(peak[1]) < 200 * 1_024


def test_noise(run: Run) -> None:
    noise = b"".join((number * 2_654_435_761 % 2**32).to_bytes(4, "little") for number in range(250_000))
    began = time.monotonic()
    done = run("check", "--stats", stdin=noise)
    assert done.returncode in {1, 3}
    assert b"Traceback" not in done.stderr
    assert not any(unicodedata.category(char) in HIDDEN for char in done.stdout.decode().replace("\n", ""))
    assert time.monotonic() - began < 60


def _hostile_lines() -> Iterator[str]:
    """Each hidden character in a host, path, user-info, query and among words."""
    for number in range(sys.maxunicode + 1):
        char = chr(number)
        category = unicodedata.category(char)
        if category in {"Cc", "Cf", "Zl", "Zp"} and char not in "\r\n":
            yield f"https://kaspi{char}-bonus.top/"
            yield f"https://kaspi-bonus.top/a{char}b?c{char}d"
            yield f"https://kaspi{char}.kz@evil.top/"
            yield f"иди{char}те на kaspi-bonus.top{char} сейчас"
            yield f"https://www.google.com/url?q=https://kaspi{char}-bonus.top/"
            yield f"javascript:{char}alert(1)"


@pytest.mark.parametrize("explain", [[], ["--explain"]])
@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_no_hidden_character_reaches_a_screen(run: Run, explain: list[str], lang: str) -> None:
    done = run("check", "--lang", lang, "--stats", *explain, stdin="\n".join(_hostile_lines()).encode())
    assert done.returncode == 1
    for stream in (done.stdout, done.stderr):
        assert not {char for char in stream.decode() if unicodedata.category(char) in HIDDEN} - {"\n"}


def test_lone_surrogates_in_arguments(run: Run) -> None:
    done = run("check", "--format", "jsonl", b"https://kaspi\xff.kz/", b"\xed\xa0\x80", "kaspi.kz")
    assert [row["error"] and "bad_encoding" for row in _rows(done)] == ["bad_encoding", "bad_encoding", None]
    assert done.returncode == 3


@pytest.mark.parametrize("name", ["\x1b[31mred", "a\u202eb"])
def test_names_of_files_are_shown_without_control_characters(run: Run, name: str) -> None:
    done = run("check", "--file", name, "--rules", name)
    assert done.returncode == 2
    assert not {char for char in done.stderr.decode() if unicodedata.category(char) in HIDDEN} - {"\n"}


def _naughty() -> list[str]:
    cases = json.loads(BLNS.read_text("utf-8"))["cases"]
    strings = [case if isinstance(case, str) else case["input"] for case in cases]
    return [line for text in strings for line in text.splitlines() if line.strip()]


@pytest.mark.skipif(not BLNS.exists(), reason=f"{BLNS.name}, the big list of naughty strings, is not here")
@pytest.mark.parametrize("form", ["table", "jsonl", "json", "csv"])
def test_naughty_strings(run: Run, form: str) -> None:
    done = run("check", "--format", form, stdin="\n".join(_naughty()).encode("utf-8", "surrogatepass"))
    assert done.returncode in {0, 1, 3}
    assert b"Traceback" not in done.stderr
    text = done.stdout.decode()
    if form == "json":
        rows = json.loads(text)
    elif form == "jsonl":
        rows = [json.loads(line) for line in text.split("\n")[:-1]]
    elif form == "csv":
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
        assert all(None not in row and None not in row.values() for row in rows)
    else:
        rows = text.split("\n")[:-1]
        assert not {char for char in text if unicodedata.category(char) in HIDDEN} - {"\n"}
    assert len(rows) > 400


def test_csv_cells_are_no_formulas(run: Run) -> None:
    hostile = ['=HYPERLINK("http://evil.top")', "+1.kz", "@SUM(1)", "-2.kz", "\t=1.kz", "|a.kz", " =1.kz"]
    done = run("check", "--format", "csv", stdin="\n".join(hostile).encode())
    cells = [row["input"] for row in csv.DictReader(io.StringIO(done.stdout.decode()))]
    assert all(cell.startswith("'") for cell in cells)
    assert [bare(cell) for cell in cells] == hostile
