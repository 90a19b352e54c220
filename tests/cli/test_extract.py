"""`urlguard extract`: what stands in texts, for eyes and programs."""

import csv
import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]
Start = Callable[[Sequence[str]], "subprocess.Popen[bytes]"]

CARD = "4400 4300 0000 0007"
LINES = (
    "Позвони 8 701 000 00 00, перевод 50к на KZ86 125K ZT50 0410 0100",
    "",
    f"карта {CARD}, kaspi-bonus . top и инста aidana.kz",
    "Пиши @kaspi_bonus или info@kaspi-bank.top",
)
TABLE = """\
   1  phone          8 701 000 00 00  →  +77010000000  KZ  mobile
   1  sum of money   50к  →  KZT:50000
   1  bank account   KZ86 125K ZT50 0410 0100  →  KZ86125KZT5004100100  KZ  National Bank of Kazakhstan
   3  bank card      440043******0007
   3  link           kaspi-bonus [.] top  →  hxxp://kaspi-bonus[.]top/
   3  account        инста aidana[.]kz  →  instagram:aidana[.]kz
   4  account        @kaspi_bonus
   4  e-mail         info@kaspi-bank[.]top
"""


@pytest.fixture
def ads(tmp_path: Path) -> Path:
    """A file of texts, with a line end of Windows and a blank line."""
    path = tmp_path / "ads.txt"
    path.write_bytes("\r\n".join(LINES).encode())
    return path


def test_the_table(run: Run, ads: Path) -> None:
    done = run("extract", "--file", str(ads))
    assert done.stdout.decode() == TABLE
    assert done.stderr == b""
    assert done.returncode == 0


def test_one_text_has_the_same_lines_as_a_file_of_lines(run: Run, ads: Path) -> None:
    assert run("extract", "--text", stdin=ads.read_bytes()).stdout.decode() == TABLE


def test_jsonl_says_where(run: Run, ads: Path) -> None:
    rows = [
        json.loads(line) for line in run("extract", "-f", "jsonl", "--file", str(ads)).stdout.splitlines()
    ]
    assert rows[0] == {
        "line": 1, "kind": "phone", "raw": "8 701 000 00 00", "key": "+77010000000", "span": [8, 23],
        "country": "KZ", "number": "mobile",
    }  # fmt: skip
    for row in rows:
        start, end = row["span"]
        written = LINES[row["line"] - 1][start:end]
        assert row["raw"] == (written if row["kind"] != "card" else "440043******0007")
    facts = {row["kind"]: row for row in rows}
    assert facts["iban"]["bank"] == "nbk"
    assert facts["handle"].get("platform") is None
    assert facts["amount"]["currency"] == "KZT"


@pytest.mark.parametrize("form", ["table", "jsonl", "csv"])
def test_a_card_leaves_only_masked(run: Run, form: str) -> None:
    out = run("extract", "--format", form, f"карта {CARD}").stdout
    assert b"440043******0007" in out
    assert b"0000 0007" not in out


def test_csv_cells_are_inert(run: Run) -> None:
    done = run("extract", "--format", "csv", "+7-701-000-00-00 и @kaspi_bonus")
    rows = list(csv.DictReader(done.stdout.decode().splitlines()))
    assert [row["raw"] for row in rows] == ["'+7-701-000-00-00", "'@kaspi_bonus"]
    assert [row["key"] for row in rows] == ["+77010000000", "'@kaspi_bonus"]


def test_no_control_character_reaches_the_screen(run: Run) -> None:
    out = run("extract", "kas\u202epi-bonus.top/\x1b[31m 8\u200b701 000 00 00").stdout.decode()
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert "\u200b" not in out
    assert "<U+200B>" in out


def test_kinds_are_chosen(run: Run, ads: Path) -> None:
    done = run("extract", "--kind", "phone", "--kind", "amount", "-f", "jsonl", "--file", str(ads))
    assert [json.loads(line)["kind"] for line in done.stdout.splitlines()] == ["phone", "amount"]


@pytest.mark.parametrize(
    ("arguments", "stdin", "code", "said"),
    [
        pytest.param(["просто слова"], b"", 0, "Nothing found.", id="nothing"),
        pytest.param([], b"\n \n", 0, "Nothing to read", id="empty"),
        pytest.param(["--lang", "kk"], b"\n", 0, "енгізу бос", id="in Kazakh"),
        pytest.param([], b"\xff\n8 701 000 00 00\n", 3, "not UTF-8", id="bad bytes"),
        pytest.param(["--file", "missing.txt"], b"", 2, "missing.txt", id="no file"),
        pytest.param(["--kind", "host"], b"", 2, "--kind", id="no such kind"),
        pytest.param([], b"a" * 70_000, 0, "too long", id="cut"),
    ],
)
def test_exit_codes(run: Run, arguments: list[str], stdin: bytes, code: int, said: str) -> None:
    done = run("extract", *arguments, stdin=stdin)
    assert said in done.stderr.decode()
    assert done.returncode == code


@pytest.mark.parametrize("form", ["table", "jsonl", "csv"])
def test_a_reader_that_goes_away_is_no_error(environment: dict[str, str], form: str) -> None:
    script = f"yes 87010000000 | head -20000 | '{sys.executable}' -m urlguard extract -f {form} | head -1"
    done = subprocess.run(
        ["bash", "-c", f"{script}; echo ${{PIPESTATUS[2]}}"],  # noqa: S607  (the shell users have)
        capture_output=True, env=environment, timeout=60, check=False,
    )  # fmt: skip
    assert done.stderr == b""
    assert done.stdout.splitlines()[-1] == b"0"


def test_a_resource_is_out_before_the_next_line_is_written(start: Start) -> None:
    with start(["extract", "--format", "jsonl"]) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in (1, 2):
            process.stdin.write(b"87010000000\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["line"] == number
        process.stdin.close()
        assert process.wait(20) == 0


def test_ctrl_c_keeps_what_was_found(start: Start) -> None:
    with start(["extract"]) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(b"87010000000\n")
        process.stdin.flush()
        assert b"+77010000000" in process.stdout.readline()
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 130
