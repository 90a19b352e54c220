"""`urlguard rules stats`."""

import csv
import io
import json
import signal
import subprocess  # noqa: TC003  (a type alias names it at run time)
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]
ROWS = """label\tlang\ttext
scam\tkk\thttps://kaspi-bonus.top/login
scam\tru\tкод домофона kaspi.kz
ham\tkk\thttps://kaspi.kz/
ham\tru\tкарта https://halyk-bonus.top/
"""


@pytest.fixture(autouse=True)
def rows(tmp_path: Path) -> None:
    (tmp_path / "rows.tsv").write_text(ROWS, "utf-8")


def test_the_whole_report(run: Run) -> None:
    done = run("rules", "stats", "rows.tsv", "--by", "lang", "--misses")
    assert (done.returncode, done.stderr) == (0, b"Labels read as bad: scam (2); as honest: ham (2)\n")
    report = done.stdout.decode()
    assert report.startswith("""rows 4: bad 2, honest 2
  bad, suspicious or worse     1  50.0%
  bad, dangerous               1  50.0%
  honest, suspicious or worse  1  50.0%
  honest, dangerous            1  50.0%

lang  bad  susp.  dang.  honest  susp.  dang.
kk      1   100%   100%       1   0.0%   0.0%
ru      1   0.0%   0.0%       1   100%   100%

rule """)
    assert "\nlookalike-combo         +75    1      1       0      0   100%   50.0%  25.0%\n" in report
    missed, hurt = report.split("\n\n")[-2:]
    assert missed.splitlines()[0] == "Bad rows left clear: 1"
    assert missed.splitlines()[2] == "    код домофона kaspi[.]kz"
    assert hurt.splitlines()[0] == "Honest rows that are suspicious or worse: 1"
    assert "  rows.tsv:5  lookalike-combo-common " in hurt
    assert "    карта hxxps://halyk-bonus[.]top/" in hurt


def test_objects_for_programs(run: Run) -> None:
    done = run("rules", "stats", "rows.tsv", "--by", "lang", "--misses", "--all", "--format", "jsonl")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    kinds = [row["what"] for row in found]
    assert kinds[:5] == ["miss", "miss", "total", "value", "value"]
    assert set(kinds[5:]) == {"rule"}
    assert (found[0]["file"], found[0]["line"], found[0]["level"]) == ("rows.tsv", 3, "clear")
    assert found[1]["text"] == "карта https://halyk-bonus.top/"
    assert {row["bad"] for row in found[5:]} == {0, 1}


@pytest.mark.parametrize(
    ("options", "first", "count"),
    [
        pytest.param((), "rule", 2, id="rules"),
        pytest.param(("--by", "lang"), "by", 4, id="values"),
        pytest.param(("--misses",), "file", 3, id="rows"),
        pytest.param(("--misses", "--limit", "1", "--bad", "ham"), "file", 3, id="one of each kind"),
    ],
)
def test_one_table_of_csv(run: Run, options: Sequence[str], first: str, count: int) -> None:
    done = run("rules", "stats", "rows.tsv", "--format", "csv", *options)
    found = list(csv.reader(io.StringIO(done.stdout.decode())))
    assert found[0][0] == first
    assert len({len(cells) for cells in found}) == 1
    assert len(found) >= count


def test_two_tables_of_csv_are_refused(run: Run) -> None:
    done = run("rules", "stats", "rows.tsv", "--format", "csv", "--by", "lang", "--misses")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"use --by or --misses" in done.stderr


def test_bad_rows_cost_themselves(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_bytes(
        b"text,label\nkaspi-bonus.top,1\nonly one\nkaspi.kz,\xff\nkaspi.kz,0\n"
    )
    done = run("rules", "stats", "bad.csv", "--lang", "en")
    assert done.returncode == 3
    assert done.stdout.startswith(b"rows 2: bad 1, honest 1")
    assert done.stderr.decode().splitlines() == [
        "Error: bad.csv:3: 1 columns where the header has 2",
        "Error: bad.csv:4: this line is not utf-8",
        "Note: rows that were not read and not counted: 2",
        "Labels read as bad: 1 (1); as honest: 0 (1)",
    ]


def test_files_that_cannot_be_read_do_not_stop_the_others(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.tsv").touch()
    (tmp_path / "head.tsv").write_text("label\ttext\n")
    done = run("rules", "stats", "empty.tsv", "nowhere.tsv", "head.tsv", "-", stdin=ROWS.encode())
    assert done.returncode == 2
    assert done.stdout.startswith(b"rows 4: ")
    told = done.stderr.decode()
    assert "empty.tsv: there are no rows in it\n  mend: " in told
    assert "nowhere.tsv: No such file" in told
    assert "head.tsv: there are no rows in it but the header\n" in told


def test_nothing_is_reported_of_nothing(run: Run) -> None:
    done = run("rules", "stats", "-")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"stdin: there are no rows in it" in done.stderr


def test_labels_that_are_not_known(run: Run, tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text("class,message\nsmishing,kaspi-bonus.top\nnormal,kaspi.kz\n")
    named = ("rules", "stats", "rows.csv", "--label", "class", "--text", "Message")
    assert b"Note: no row is bad." in run(*named).stderr
    done = run(*named, "--bad", "smishing")
    assert done.stdout.startswith(b"rows 2: bad 1, honest 1\n  bad, suspicious or worse     1  100%\n")


def test_own_packs_are_measured(run: Run) -> None:
    own = Path(__file__).parents[2] / "examples" / "own-rules"
    done = run("rules", "stats", "rows.tsv", "--rules", str(own), "--all")
    assert b"market-parcel-campaign" in done.stdout


def test_ctrl_c_counts_what_was_read(
    start: Callable[[Sequence[str]], "subprocess.Popen[bytes]"], tmp_path: Path
) -> None:
    (tmp_path / "many.csv").write_text("label,text\n" + "scam,kaspi.kz\n" * 100_000)
    with start(["rules", "stats", str(tmp_path / "many.csv"), "--format", "jsonl", "--misses"]) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert b'"what":"miss"' in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        last = process.stdout.read().splitlines()[-1]
        told = process.stderr.read()
    assert process.returncode == 130
    assert json.loads(last)["what"] == "total"
    assert 0 < json.loads(last)["rows"] < 100_000
    assert b"Stopped: " in told
