"""Texts of several lines: read whole, split at blank lines, pasted into a terminal."""

import csv
import io
import json
import os
import pty
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]
Start = Callable[[Sequence[str]], "subprocess.Popen[bytes]"]

AD = "Kaspi дарит деньги!\r\n\r\nЗаходите:\n  kaspi-bonus.top \u200bсегодня"


def _rows(done: "subprocess.CompletedProcess[bytes]") -> list[dict[str, object]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def _inputs(done: "subprocess.CompletedProcess[bytes]") -> list[object]:
    return [row["input"] for row in _rows(done)]


@pytest.mark.parametrize(
    ("source", "ending"),
    [
        ("stdin", ""),
        ("stdin", "\n"),
        ("stdin", "\r\n\r\n"),
        ("file", " \n\t"),
        ("argument", "\n"),
        ("dash", "\n"),
    ],
)
def test_a_text_is_one_input_with_its_line_ends(run: Run, tmp_path: Path, source: str, ending: str) -> None:
    data = (AD + ending).encode()
    (tmp_path / "ad.txt").write_bytes(b"\xef\xbb\xbf" + data)
    given = {"stdin": [], "file": ["--file", "ad.txt"], "argument": [data.decode()], "dash": ["-"]}[source]
    (row,) = _rows(run("check", "--text", "--format", "jsonl", *given, stdin=data))
    assert row["input"] == AD
    assert (row["kind"], row["level"]) == ("text", "dangerous")
    resources = row["resources"]
    assert isinstance(resources, list)
    assert [AD[slice(*found["span"])] for found in resources] == ["kaspi-bonus.top"]


def test_each_file_and_argument_is_a_text_of_its_own(run: Run, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("a.kz\nb.kz\n")
    (tmp_path / "two.txt").write_text("\n\n c.kz\n\nd.kz")
    done = run("check", "--text", "--format", "jsonl", "e.kz\nf.kz", "--file", "one.txt", "--file", "two.txt")
    assert _inputs(done) == ["e.kz\nf.kz", "a.kz\nb.kz", "\n\n c.kz\n\nd.kz"]


@pytest.mark.parametrize(
    ("data", "inputs"),
    [
        pytest.param("a.kz\nb.kz\n\nc.kz", ["a.kz\nb.kz", "c.kz"], id="one blank line"),
        pytest.param("\n\na.kz\n \t\n\n\u00a0\nb.kz\n\n", ["a.kz", "b.kz"], id="several, with spaces"),
        pytest.param("a.kz\r\nb.kz\r\n\r\nc.kz\r\n", ["a.kz\r\nb.kz", "c.kz"], id="CRLF"),
        pytest.param("a.kz\rb.kz\r\rc.kz", ["a.kz\rb.kz", "c.kz"], id="CR only"),
        pytest.param("a.kz\n  b.kz\n", ["a.kz\n  b.kz"], id="indented"),
        pytest.param("a.kz\n" + " " * 70_000 + "\nb.kz", ["a.kz", "b.kz"], id="a long blank line"),
        pytest.param("\n \n\r\n", [], id="nothing but blank lines"),
    ],
)
def test_paragraphs(run: Run, data: str, inputs: list[str]) -> None:
    for arguments, stdin in ([], data.encode()), ([data], b""):
        done = run("check", "--paragraphs", "--format", "jsonl", *arguments, stdin=stdin)
        assert _inputs(done) == inputs


@pytest.mark.parametrize("option", ["--text", "--paragraphs"])
@pytest.mark.parametrize("data", [b"", b"\n \r\n\t\n"])
def test_an_input_without_a_text_is_said_to_be_empty(run: Run, option: str, data: bytes) -> None:
    done = run("check", option, stdin=data)
    assert (done.returncode, done.stdout) == (0, b"")
    assert done.stderr == b"Nothing to check: the input is empty.\n"


@pytest.mark.parametrize("option", ["--text", "--paragraphs"])
@pytest.mark.parametrize("letter", ["a", "🏦"])
def test_a_text_over_the_limit_is_cut_and_never_clear(run: Run, option: str, letter: str) -> None:
    data = "kaspi.kz\n" + letter * 600_000 + "\n\nkaspi.kz\n"
    first, *rest = _rows(run("check", option, "--format", "jsonl", stdin=data.encode()))
    shown = str(first["input"])
    assert data.startswith(shown)
    assert 65_536 <= len(shown) <= 100_000
    assert first["level"] != "clear"
    assert [row["level"] for row in rest] == ["clear"] * (option == "--paragraphs")


def test_a_text_is_read_to_its_end(start: Start) -> None:
    """A program that writes all of it must not be cut off."""
    with start(["check", "--text", "-q"]) as process:
        assert process.stdin is not None
        for _ in range(20):
            process.stdin.write(b"a.kz\n" * 50_000)
        process.stdin.close()
        assert process.wait(20) == 0


@pytest.mark.parametrize("option", ["--text", "--paragraphs"])
def test_a_text_in_another_encoding_is_not_judged(run: Run, option: str) -> None:
    done = run("check", option, stdin="счёт закрыт\nkaspi-bonus.top\n".encode("cp1251"))
    assert done.returncode == 3
    assert done.stdout.startswith(b"not read")
    assert done.stdout.count(b"\n") == 1
    assert b"iconv -f CP1251 -t UTF-8 FILE" in done.stderr
    utf16 = run("check", option, stdin="счёт закрыт".encode("utf-16"))
    assert (utf16.returncode, utf16.stdout) == (2, b"")


def test_nul_bytes_are_shown_as_what_they_are(run: Run) -> None:
    done = run("check", "--text", "--explain", stdin=b"pay\0 kaspi-bonus.top\nnow\0")
    lines = done.stdout.decode().replace("‹", "").replace("›", "").splitlines()
    assert lines[1:3] == ["    pay<U+0000> kaspi-bonus[.]top", "    now<U+0000>"]


def test_both_ways_to_read_at_once_are_refused(run: Run) -> None:
    done = run("check", "--text", "--paragraphs", "a.kz")
    assert done.returncode == 2
    assert b"--text reads one text, --paragraphs several: give one of the two" in done.stderr


def test_machine_formats_keep_line_ends(run: Run) -> None:
    text = 'a "b"\r\nkaspi-bonus.top,\nc'
    done = run("check", "--text", "--format", "csv", stdin=text.encode())
    (row,) = csv.DictReader(io.StringIO(done.stdout.decode(), newline=""))
    assert (row["input"], row["scheme"], row["evidence"]) == (text, "", "kaspi-bonus")
    line = run("check", "--text", "--format", "jsonl", stdin=text.encode()).stdout
    assert line.count(b"\n") == 1
    assert json.loads(line)["input"] == text


def test_a_paragraph_is_judged_when_it_ends(start: Start) -> None:
    with start(["check", "--paragraphs"]) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for _ in range(2):
            process.stdin.write("Зайдите\nkaspi-bonus.top\n\n".encode())
            process.stdin.flush()
            assert select.select([process.stdout], [], [], 20)[0]
            assert b"kaspi-bonus" in process.stdout.readline()
        process.stdin.close()
        assert process.wait(20) == 1


def test_ctrl_c_while_a_text_is_typed_says_nothing_wrong(start: Start) -> None:
    with start(["check", "--text"]) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        process.stdin.write(b"kaspi-bonus.top\n")
        process.stdin.flush()
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.5)
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 130
        assert process.stderr.read() == b""


def _pasted(environment: dict[str, str], text: str, *arguments: str) -> tuple[list[dict[str, object]], str]:
    """Paste a text into a terminal, press Ctrl-D, and return the verdicts and what was told."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "urlguard", "check", "--format", "jsonl", *arguments],
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    ) as process:
        data = text.encode() + b"\n\x04"
        while data and process.poll() is None:
            if select.select([ours], [ours], [], 20)[0]:
                os.read(ours, 65_536)  # the echo
            data = data[os.write(ours, data[:512]) :]
        out, told = process.communicate(timeout=20)
    os.close(ours)
    os.close(theirs)
    return [json.loads(line) for line in out.splitlines()], told.decode()


def test_a_text_is_pasted_into_a_terminal(environment: dict[str, str]) -> None:
    text = "Kaspi дарит деньги!\n\nЗаходите:\nkaspi-bonus.top сегодня"
    (row,), told = _pasted(environment, text, "--text")
    assert (row["input"], row["level"]) == (text, "dangerous")
    assert told == "Paste the text, then press Enter and Ctrl-D.\n"
    rows, _ = _pasted(environment, text, "--paragraphs")
    assert [row["input"] for row in rows] == text.split("\n\n")
    assert rows[1]["level"] == "dangerous"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse more than a line holds")
def test_a_line_that_the_terminal_clipped_is_never_clear(environment: dict[str, str]) -> None:
    (row,), _ = _pasted(environment, "kaspi.kz " + "a" * 5_000, "--text")
    assert row["input"] == "kaspi.kz " + "a" * 4_086
    assert row.get("level") != "clear"
