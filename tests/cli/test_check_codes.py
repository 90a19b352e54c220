"""Exit codes of `urlguard check`, and what comes on which stream."""

import json
import os
import subprocess  # noqa: TC003  (a type alias names it at run time)
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]

BAD = "https://kaspi-bonus.top/login"
DOUBTFUL = " ".join(f"{number}.kz" for number in range(60))
"""More links than one line is judged for: a rule holds it at suspicious, whatever points there are."""
GOOD = "https://kaspi.kz/"
BROKEN = b"caf\xe9"
"""No UTF-8: a row that cannot be read."""
NOTE = (
    "Note: 1 of the inputs are not UTF-8 and were not judged. "
    "A file in Windows-1251 can be converted: iconv -f CP1251 -t UTF-8 FILE\n"
)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        pytest.param([GOOD], 0, id="nothing found"),
        pytest.param([BAD], 1, id="dangerous"),
        pytest.param([DOUBTFUL], 0, id="suspicious is below the default"),
        pytest.param([GOOD, BROKEN], 3, id="a row that cannot be read"),
        pytest.param([BAD, BROKEN], 1, id="1 wins over 3"),
        pytest.param([BAD, BROKEN, "--file", "missing"], 2, id="2 wins over both"),
        pytest.param([BAD, "--exit-zero"], 0, id="exit zero, dangerous"),
        pytest.param([BROKEN, "--exit-zero"], 0, id="exit zero, unreadable"),
        pytest.param(["--file", "missing", "--exit-zero"], 2, id="exit zero keeps 2"),
        pytest.param([DOUBTFUL, "--fail-on", "suspicious"], 1, id="fail on suspicious"),
        pytest.param([BAD, "--fail-on", "suspicious"], 1, id="worse than suspicious"),
        pytest.param([BAD, "--fail-on", "dangerous"], 1, id="fail on dangerous"),
        pytest.param([BAD, "--fail-on", "blocked"], 0, id="fail on blocked"),
        pytest.param([BAD, "--fail-on", "never"], 0, id="never"),
        pytest.param([BAD, BROKEN, "--fail-on", "never"], 3, id="never, but unreadable"),
        pytest.param([BAD, "--min-score", "100", "-q"], 1, id="quiet"),
        pytest.param([GOOD, "--fail-on", "maybe"], 2, id="wrong choice"),
        pytest.param([GOOD, "--min-score", "101"], 2, id="out of range"),
        pytest.param([GOOD, "--wrong"], 2, id="wrong option"),
        pytest.param([GOOD, "--rules", "missing"], 2, id="missing pack"),
        pytest.param([""], 0, id="empty argument"),
    ],
)
def test_exit_code(run: Run, arguments: list[str | bytes], code: int) -> None:
    assert run("check", *arguments).returncode == code


def test_data_on_stdout_and_the_rest_on_stderr(run: Run) -> None:
    done = run("check", "--stats", "--file", "missing", GOOD, BAD, BROKEN, "--format", "jsonl")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row.get("level") for row in rows] == ["clear", "dangerous", None]
    assert done.stderr.decode() == (
        f"Error: missing: No such file or directory\n{NOTE}"
        "rows: 3\n  dangerous: 1\n  no signs found: 1\n  not read: 1\nimitated brands: kaspi 1\n"
    )


def test_quiet_writes_no_verdict_but_still_errors(run: Run) -> None:
    done = run("check", "-q", BAD, "a text about kaspi-bonus.top", "--file", "missing")
    assert (done.stdout, done.stderr, done.returncode) == (
        b"", b"Error: missing: No such file or directory\n", 2,
    )  # fmt: skip


def test_min_score_keeps_unreadable_rows(run: Run) -> None:
    done = run("check", "--format", "jsonl", "--min-score", "50", GOOD, BAD, BROKEN)
    assert [json.loads(line)["score"] for line in done.stdout.splitlines()] == [100, 0]


def test_several_sources_in_order(run: Run, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("b.kz\n\nc.kz")
    (tmp_path / "two.txt").write_text("d.kz\r\ne.kz\r\n")
    done = run(
        "check", "--format", "jsonl", "a.kz", "-", "--file", "one.txt", "--file", "two.txt", stdin=b"s.kz\n"
    )
    assert [json.loads(line)["input"] for line in done.stdout.splitlines()] == [
        "a.kz", "s.kz", "b.kz", "c.kz", "d.kz", "e.kz",
    ]  # fmt: skip


def test_a_pipe_without_arguments_is_read(run: Run) -> None:
    assert run("check", stdin=b"https://kaspi.kz/\n").stdout == (
        b"no signs found    0  hxxps://kaspi[.]kz/  official address of Kaspi\n"
    )


@pytest.mark.parametrize(
    ("name", "message"),
    [("missing", "No such file or directory"), (".", "this is a folder; name a file")],
)
def test_a_file_that_cannot_be_read_does_not_stop_the_others(run: Run, name: str, message: str) -> None:
    done = run("check", "--file", name, "--file", "-", stdin=GOOD.encode())
    assert done.returncode == 2
    assert b"kaspi[.]kz" in done.stdout
    assert done.stderr.decode() == f"Error: {name}: {message}\n"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(run: Run, tmp_path: Path) -> None:
    (tmp_path / "secret").touch(mode=0)
    done = run("check", "--file", "secret")
    assert (done.returncode, done.stderr) == (2, b"Error: secret: Permission denied\n")


def test_an_empty_input_is_said_to_be_empty(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    done = run("check", "--file", "empty", "--format", "json")
    assert (done.returncode, done.stdout, done.stderr) == (
        0, b"[]\n", b"Nothing to check: the input is empty.\n",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["chek"], "Did you mean 'check'?"),
        (["evil.top"], "To score a link: urlguard check LINK"),
        (["rules", "lst"], "Did you mean 'list'?"),
        (["brands", "\x1b[31mx"], "no such command '<U+001B>[31mx'"),
        (["check", "--explian", "x"], "'--explain'"),
        (["check", "--format", "xml", "x"], "'table', 'jsonl', 'json', 'csv'"),
        (["check", "--lang", "de", "x"], "'kk', 'ru', 'en'"),
        (["rules", "show", "link-shortner"], "did you mean link-shortener"),
        (["brands", "show", "kaspy"], "did you mean kaspi"),
        (["brands", "list", "--sector", "bank?"], "use one of "),
        (["completion", "csh"], "'bash', 'zsh', 'fish'"),
    ],
)
def test_a_slip_is_answered_with_what_to_write(run: Run, arguments: list[str], message: str) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert message in done.stderr.decode()
    assert b"\x1b" not in done.stderr
    assert b"Traceback" not in done.stderr


def test_alone_it_shows_its_help(run: Run) -> None:
    done = run()
    assert done.returncode == 2
    assert done.stderr.rstrip() == run("--help").stdout.rstrip()
    assert b"urlguard check https://kaspi-bonus.top/login" in done.stderr


def test_version_names_program_rules_and_suffix_list(run: Run) -> None:
    lines = run("--version").stdout.decode().splitlines()
    assert lines[0].startswith("urlguard ")
    assert lines[1].startswith("rules 20")
    assert lines[2].startswith("public suffix list of 20")
    assert len(lines) == 3


@pytest.mark.parametrize(
    ("env", "arguments", "word"),
    [
        ({}, [], "dangerous"),
        ({"LC_ALL": "ru_RU.UTF-8"}, [], "опасно"),
        ({"LC_ALL": "kk_KZ.UTF-8"}, [], "қауіпті"),
        ({"LC_ALL": "", "LANG": "kk_KZ.UTF-8"}, [], "қауіпті"),
        ({"LC_ALL": "de_DE.UTF-8"}, [], "dangerous"),
        ({"LC_ALL": "ru_RU.UTF-8", "URLGUARD_LANG": "kk"}, [], "қауіпті"),
        ({"URLGUARD_LANG": "kk"}, ["--lang", "ru"], "опасно"),
    ],
)
def test_language(run: Run, env: dict[str, str], arguments: list[str], word: str) -> None:
    done = run("check", BAD, *arguments, env=env | {"PYTHONIOENCODING": "utf-8"})
    assert done.stdout.decode().startswith(word)


def test_an_unknown_language_is_refused(run: Run) -> None:
    done = run("check", BAD, env={"URLGUARD_LANG": "de"})
    assert done.returncode == 2
    assert done.stderr == b"Error: URLGUARD_LANG='de' is not known: use kk, ru or en\n"


@pytest.mark.parametrize(
    ("env", "coloured"),
    [
        ({}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ({"FORCE_COLOR": "1", "TERM": "dumb"}, True),
        ({"NO_COLOR": ""}, False),
    ],
)
def test_colour_in_a_pipe(run: Run, env: dict[str, str], coloured: bool) -> None:  # noqa: FBT001  (a table)
    assert (b"\x1b[" in run("check", BAD, env=env).stdout) is coloured
    assert b"\x1b[" not in run("check", BAD, "--format", "json", env=env).stdout
