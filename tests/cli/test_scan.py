"""`urlguard scan` as people run it: files in, files out, cut off, resumed, refused."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

COMMAND = [sys.executable, "-m", "urlguard", "scan"]
Run = Callable[..., "subprocess.CompletedProcess[bytes]"]
BAD = "https://kaspi-bonus.top/login"
GOOD = "https://example.kz/"


def _rows(path: Path) -> list[dict[str, str]]:
    lines = path.read_text("utf-8-sig").splitlines(keepends=True)
    return list(csv.DictReader(lines, delimiter=";" if ";level;" in lines[0] else ","))


def _list(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def test_a_list_in_a_list_and_a_report_out(run: Run, tmp_path: Path) -> None:
    _list(tmp_path / "list.csv", f"№;Ссылка\n1;{BAD}\n2;{GOOD}\n", "cp1251")
    ran = run("scan", "list.csv", "-o", "r.csv", "-o", "r.html", "--lang", "ru")
    assert ran.returncode == 1
    assert [(row["№"], row["Ссылка"], row["level"]) for row in _rows(tmp_path / "r.csv")] == [
        ("1", BAD, "dangerous"),
        ("2", GOOD, "clear"),
    ]
    report = (tmp_path / "r.html").read_text("utf-8")
    assert 'lang="ru"' in report
    assert "настоящий адрес — kaspi.kz</bdi>" in report, "reasons stand one by one"
    assert "Ссылка (ссылки)" in report
    assert "kaspi-bonus[.]top" in report
    assert "Ссылка (ссылки)" in ran.stderr.decode()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["list.csv", "r.csv", "r.html"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        pytest.param(["bad.txt"], 1, id="something dangerous"),
        pytest.param(["good.txt"], 0, id="nothing"),
        pytest.param(["broken.csv"], 3, id="a row that cannot be read"),
        pytest.param(["bad.txt", "--fail-on", "blocked"], 0, id="below the level that counts"),
        pytest.param(["bad.txt", "--fail-on", "never"], 0, id="never"),
        pytest.param(["bad.txt", "--exit-zero"], 0, id="exit zero"),
        pytest.param(["missing.txt"], 2, id="no such file"),
        pytest.param(["empty.txt"], 2, id="an empty file"),
        pytest.param(["header.csv"], 2, id="nothing but a header"),
        pytest.param(["other.csv"], 2, id="no column to judge"),
        pytest.param(["bad.txt", "--column", "nope"], 2, id="no such column"),
    ],
)
def test_exit_codes(run: Run, tmp_path: Path, arguments: list[str], code: int) -> None:
    _list(tmp_path / "bad.txt", f"{BAD}\n")
    _list(tmp_path / "good.txt", f"{GOOD}\n")
    _list(tmp_path / "empty.txt", "")
    _list(tmp_path / "header.csv", "id,url\n")
    _list(tmp_path / "other.csv", "id,size\n1,2\n3,4\n")
    _list(tmp_path / "broken.csv", f'id,url\n1,{GOOD}\n2,"{GOOD}\n3,{GOOD}\n')
    ran = run("scan", *arguments, "-o", "r.csv")
    assert ran.returncode == code, ran.stderr.decode()
    assert b"Traceback" not in ran.stderr
    if code == 2:
        assert ran.stderr.startswith((b"Error", b"Usage")) or b"Error: " in ran.stderr
        assert not (tmp_path / "r.csv").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(["list.txt"], "Missing option '-o'", id="no output"),
        pytest.param(["list.txt", "-o", "r.doc"], ".xlsx", id="unknown kind"),
        pytest.param(["list.txt", "-o", "list.txt.csv", "-o", "list.txt.csv"], "twice", id="twice"),
        pytest.param(["list.csv", "-o", "list.csv"], "written over", id="the input itself"),
        pytest.param(["p.csv.part", "-o", "p.csv"], "written over", id="an input called as a part"),
        pytest.param(["p.csv.checkpoint", "-o", "p.csv", "--restart"], "over", id="as a checkpoint"),
        pytest.param(["list.csv", "-o", "r.csv", "-o", "sub/../r.csv"], "twice", id="twice in other words"),
        pytest.param(["list.txt", "-o", "no/r.csv"], "cannot be written", id="no such folder"),
        pytest.param(["list.txt", "-o", "r.csv", "--resume"], "nothing to resume", id="nothing to resume"),
        pytest.param(["list.txt", "-o", "r.csv", "--separator", "ab"], "one character", id="long separator"),
        pytest.param(["list.txt", "-o", "r.csv", "--encoding", "klingon"], "klingon", id="unknown encoding"),
        pytest.param(["list.txt", "-o", "r.csv", "--registry", "no.db"], "no registry", id="no registry"),
        pytest.param(["list.txt", "-o", "r.csv", "--sample", "nan"], "in a hundred", id="no number"),
        pytest.param(["list.txt", "-o", "r.csv", "--sample", "1e-9"], "larger --sample", id="empty sample"),
        pytest.param(["list.txt", "-o", "r.csv", "--sampel", "1"], "--sample", id="a slip"),
    ],
)
def test_what_is_wrong_is_said_with_how_to_mend_it(
    run: Run, tmp_path: Path, arguments: list[str], message: str
) -> None:
    _list(tmp_path / "list.txt", f"{GOOD}\n")
    _list(tmp_path / "list.csv", f"url\n{GOOD}\n")
    inputs = [_list(tmp_path / name, f"url\n{GOOD}\n") for name in ("p.csv.part", "p.csv.checkpoint")]
    (tmp_path / "sub").mkdir()
    ran = run("scan", *arguments)
    assert all(path.exists() for path in inputs)
    assert ran.returncode == 2
    assert message in ran.stderr.decode()
    assert b"Traceback" not in ran.stderr


def test_stdin_is_a_file_like_others(run: Run, tmp_path: Path) -> None:
    assert run("scan", "-", "-o", "r.jsonl", stdin=f"{BAD}\n{GOOD}\n".encode()).returncode == 1
    rows = [json.loads(line) for line in (tmp_path / "r.jsonl").read_text("utf-8").splitlines()]
    assert [(row["input"], row["level"]) for row in rows] == [(BAD, "dangerous"), (GOOD, "clear")]


def test_an_output_is_no_input_of_its_folder(run: Run, tmp_path: Path) -> None:
    _list(tmp_path / "list.txt", f"{GOOD}\n")
    for _ in range(2):
        ran = run("scan", ".", "-o", "r.csv", "-o", "r.jsonl")
        assert len(_rows(tmp_path / "r.csv")) == 1
    assert b"left out: r.csv: an output of this scan" in ran.stderr


def test_a_day_that_no_calendar_has_is_not_taken(run: Run, tmp_path: Path) -> None:
    _list(tmp_path / "list.txt", f"{GOOD}\n")
    ran = run("scan", "list.txt", "-o", "r.html", env={"SOURCE_DATE_EPOCH": str(10**15)})
    assert ran.returncode == 0, ran.stderr.decode()


def test_of_many_columns_some_are_named(run: Run, tmp_path: Path) -> None:
    names = [f"{at} {'x' * 500}" for at in range(50)]
    _list(tmp_path / "list.csv", f"{','.join(names)}\n{','.join([GOOD] * 50)}\n")
    said = run("scan", "list.csv", "-o", "r.csv").stderr.decode()
    assert len(said.splitlines()[0]) < 2_000


def test_quiet_is_quiet(run: Run, tmp_path: Path) -> None:
    _list(tmp_path / "list.txt", f"{GOOD}\n")
    assert run("scan", "list.txt", "-o", "r.csv", "-q").stderr == b""


def test_the_registry_is_asked(run: Run, tmp_path: Path) -> None:
    _list(tmp_path / "list.txt", f"{GOOD}\n")
    db = {"URLGUARD_REGISTRY": str(tmp_path / "r.db"), "URLGUARD_ACTOR": "moderator"}
    entered = run("registry", "add", "example.kz", "--category", "pyramid", env=db)
    assert entered.returncode == 0, entered.stderr.decode()
    ran = run("scan", "list.txt", "-o", "r.csv", "-o", "r.html", env=db)
    assert ran.returncode in {0, 1}
    assert "KN-" in _rows(tmp_path / "r.csv")[0]["entries"]


@pytest.fixture
def _long_list(tmp_path: Path) -> Path:
    """A list that takes some seconds, and more than one process."""
    rows = "".join(f"{at},https://host{at}-{at % 97}.example/a{at},row {at}\n" for at in range(12_000))
    return _list(tmp_path / "list.csv", f"id,url,note\n{rows}")


def _started(folder: Path, environment: dict[str, str], *more: str) -> "subprocess.Popen[bytes]":
    outputs = ["-o", "r.csv", "-o", "r.html"]
    arguments = ["list.csv", *outputs, "--checkpoint", "0", "--workers", "2", "-q", *more]
    return subprocess.Popen([*COMMAND, *arguments], cwd=folder, env=environment, stderr=subprocess.PIPE)


def _has_begun(folder: Path) -> bool:
    return (folder / "r.csv.checkpoint").exists()


def _wait(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 15
    while not condition() and time.monotonic() < end:
        time.sleep(0.01)
    assert condition()


def _children(pid: int) -> Iterator[int]:
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid and fields[0] != "Z":
            yield int(stat.parent.name)


@pytest.mark.usefixtures("_long_list")
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")
def test_a_run_that_is_killed_is_gone_on_with_to_the_same_bytes(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    with _started(tmp_path, environment) as whole:
        assert whole.wait(60) == 0
    expected = {name: (tmp_path / name).read_bytes() for name in ("r.csv", "r.html")}
    for name in expected:
        (tmp_path / name).unlink()
    stops: list[tuple[int, int]] = [(signal.SIGKILL, -9), (signal.SIGTERM, 143), (signal.SIGINT, 130)]
    more: list[str] = []
    for number, code in stops:
        before = _done(tmp_path)
        with _started(tmp_path, environment, *more) as process:
            _wait(lambda: _has_begun(tmp_path) and _done(tmp_path) > before)  # noqa: B023
            workers = list(_children(process.pid))
            os.kill(process.pid, number)
            assert process.wait(15) == code
        _wait(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers))  # noqa: B023
        assert not (tmp_path / "r.csv").exists()
        more = ["--resume"]
    with _started(tmp_path, environment) as refused:
        assert refused.wait(15) == 2
        assert refused.stderr is not None
        assert b"--resume" in refused.stderr.read()
    with _started(tmp_path, environment, "--resume") as last:
        assert last.wait(60) == 0
    assert {name: (tmp_path / name).read_bytes() for name in expected} == expected
    assert sorted(path.name for path in tmp_path.iterdir()) == ["list.csv", "r.csv", "r.html"]


def _done(folder: Path) -> int:
    try:
        found: Any = json.loads((folder / "r.csv.checkpoint").read_bytes())
    except FileNotFoundError:
        return 0
    rows: int = found["rows"]
    return rows


@pytest.mark.usefixtures("_long_list")
def test_another_command_is_not_gone_on_with(tmp_path: Path, environment: dict[str, str]) -> None:
    with _started(tmp_path, environment) as process:
        _wait(lambda: _has_begun(tmp_path))
        process.terminate()
        assert process.wait(15) == 143
    with _started(tmp_path, environment, "--resume", "--limit", "5") as process:
        assert process.wait(15) == 2
        assert process.stderr is not None
        assert b"--limit" in process.stderr.read()
