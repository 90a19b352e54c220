"""Pipes, terminals and disks that are closed, full, slow or cut off."""

import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from urlguard.reports.screen import width

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]
Start = Callable[[Sequence[str]], "subprocess.Popen[bytes]"]

COMMAND = [sys.executable, "-m", "urlguard"]
BAD = "https://kaspi-bonus.top/login"


@pytest.mark.parametrize("form", ["table", "jsonl", "csv"])
def test_a_verdict_is_out_before_the_next_line_is_written(start: Start, form: str) -> None:
    with start(["check", "--format", form]) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        if form == "csv":
            process.stdin.write(b"a.kz\n")
            process.stdin.flush()
            assert process.stdout.readline().startswith(b"input,")
            assert process.stdout.readline()
        for _ in range(3):
            process.stdin.write(f"{BAD}\n".encode())
            process.stdin.flush()
            assert select.select([process.stdout], [], [], 20)[0]
            assert b"kaspi" in process.stdout.readline()
        process.stdin.close()
        assert process.wait(20) == 1


@pytest.mark.parametrize("form", ["table", "jsonl", "json", "csv"])
def test_a_reader_that_goes_away_is_no_error(environment: dict[str, str], form: str) -> None:
    script = f"yes a.kz | head -20000 | '{sys.executable}' -m urlguard check --format {form} | head -1"
    done = subprocess.run(
        ["bash", "-c", f"{script}; echo ${{PIPESTATUS[2]}}"],  # noqa: S607  (the shell users have)
        capture_output=True, env=environment, timeout=60, check=False,
    )  # fmt: skip
    assert done.stderr == b""
    assert done.stdout.splitlines()[-1] == b"0"


@pytest.mark.parametrize("form", ["json", "jsonl", "table"])
def test_ctrl_c_keeps_finished_rows(start: Start, form: str) -> None:
    with start(["check", "--format", form, "--stats"]) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(f"{BAD}\n".encode() * 3)
        process.stdin.flush()
        head = b""
        while head.count(b"kaspi-bonus") < 3 and select.select([process.stdout], [], [], 20)[0]:
            head += os.read(process.stdout.fileno(), 65_536)
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        whole = head + process.stdout.read()
        assert process.wait(20) == 130
        errors = process.stderr.read().decode()
    if form == "json":
        assert len(json.loads(whole)) == 3
    assert whole.endswith(b"\n")
    assert "Traceback" not in errors
    assert "rows: 3" in errors


def test_ctrl_c_in_the_middle_of_much_work_leaves_whole_rows(start: Start, tmp_path: Path) -> None:
    (tmp_path / "links").write_text(f"{BAD}\n" * 200_000)
    with start(["check", "--format", "json", "--file", str(tmp_path / "links")]) as process:
        assert process.stdout is not None
        head = b""
        while b"kaspi" not in head:
            head += os.read(process.stdout.fileno(), 4_096)
        process.send_signal(signal.SIGINT)
        rows = json.loads(head + process.stdout.read())
        assert process.wait(20) == 130
    assert 0 < len(rows) < 200_000


def _shell(environment: dict[str, str], redirection: str, *arguments: str) -> tuple[int, str, str]:
    command = " ".join([*(f"'{part}'" for part in (*COMMAND, *arguments)), redirection])
    done = subprocess.run(
        ["bash", "-c", command],  # noqa: S607  (the shell users have)
        capture_output=True, env=environment, timeout=60, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("form", ["table", "jsonl", "json", "csv"])
def test_a_full_disk_is_an_error(environment: dict[str, str], form: str) -> None:
    code, _, errors = _shell(environment, ">/dev/full", "check", "--format", form, "a.kz")
    assert (code, errors) == (2, "Error: the output cannot be written: No space left on device\n")


def test_closed_streams(environment: dict[str, str]) -> None:
    closed = "Error: the output cannot be written: stdout is closed\n"
    assert _shell(environment, ">&-", "check", "a.kz") == (2, "", closed)
    assert _shell(environment, ">&-", "check", "-q", BAD) == (1, "", "")
    assert _shell(environment, "<&-", "check", "-q", BAD) == (1, "", "")
    code, _, errors = _shell(environment, "<&-", "check")
    assert (code, errors) == (
        2, "Error: stdin is closed: give links as arguments or name a file with --file\n",
    )  # fmt: skip
    assert _shell(environment, "2>&-", "check", "--stats", "kaspi.kz") == (
        0, "no signs found    0  kaspi[.]kz  official address of Kaspi\n", "",
    )  # fmt: skip


LINES = (
    "https://kaspi-bonus.top/login\nhttps://kaspi.kz/\nkаspi.kz\nпросто слова\n"
    "https://www.google.com/url?q=https://kaspi-bonus.top/login/with/a/long/path\n"
    "http://あいうえおかきくけこさしすせそたちつてと.jp/パス/とても長いとても長い\n"
    "Срочно! Ваш аккаунт Kaspi заблокирован, подтвердите на kaspi.kz или позвоните +7 777 123 45 67\n"
    "https://qazaqgaz-invest-kz.com.very.long.subdomain.chain.kabinet-vhod-online.xyz/a/b/c?d=e\n"
)


def _in_terminal(environment: dict[str, str], columns: int, *arguments: str) -> list[str]:
    """Run in a real terminal of this width and return the lines it gets."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    with subprocess.Popen(
        [*COMMAND, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=subprocess.DEVNULL,
        env=environment,
    ) as process:
        os.close(theirs)
        shown = b""
        try:
            while data := os.read(ours, 65_536):
                shown += data
        except OSError:  # the other end of a pty is closed
            pass
        process.wait(20)
    os.close(ours)
    return shown.decode().splitlines()


@pytest.mark.parametrize("columns", [40, 60, 80, 200])
@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
@pytest.mark.parametrize("explain", [[], ["--explain"]])
def test_no_line_wraps_and_nothing_important_is_lost(
    environment: dict[str, str], tmp_path: Path, columns: int, lang: str, explain: list[str]
) -> None:
    (tmp_path / "links").write_text(LINES)
    lines = _in_terminal(
        environment, columns, "check", "--lang", lang, "--file", str(tmp_path / "links"), *explain
    )
    plain = [re.sub("\x1b\\[[0-9;]*m", "", line) for line in lines]
    assert max(map(width, plain)) <= columns
    assert "\x1b[1;31m" in "".join(lines)
    whole = "\n".join(plain)
    for what in ("kaspi-bonus[.]top", "kaspi.kz", "online[.]xyz", "qazaqgaz.kz"):
        assert what in whole


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_no_colour_in_a_terminal(environment: dict[str, str], name: str, value: str) -> None:
    assert "\x1b" not in "".join(_in_terminal(environment | {name: value}, 80, "check", BAD))


def test_in_a_terminal_without_input_it_says_what_to_give(environment: dict[str, str]) -> None:
    ours, theirs = pty.openpty()
    done = subprocess.run(
        [*COMMAND, "check"], stdin=theirs, capture_output=True, env=environment, timeout=60, check=False
    )
    os.close(ours)
    os.close(theirs)
    assert done.returncode == 2
    assert b"give links or texts as arguments, name a file with --file, or pipe lines in" in done.stderr


def _completed(environment: dict[str, str], tmp_path: Path, *words: str) -> list[str]:
    """Complete the last of `words` in a bash that has read our script."""
    script = subprocess.run(
        [*COMMAND, "completion", "bash"], capture_output=True, env=environment, timeout=60, check=True
    ).stdout.decode()
    program = tmp_path / "urlguard"
    program.write_text(f"#!/bin/sh\nexec '{sys.executable}' -m urlguard \"$@\"\n")
    program.chmod(0o755)
    line = " ".join(f"'{word}'" for word in words)
    shell = f"{script}\nCOMP_WORDS=({line}); COMP_CWORD={len(words) - 1}\n_urlguard_completion urlguard\n"
    shell += 'printf "%s\\n" "${COMPREPLY[@]}"\n'
    done = subprocess.run(
        ["bash", "--norc", "-c", shell],  # noqa: S607  (the shell users have)
        capture_output=True,
        env=environment | {"PATH": f"{tmp_path}:{os.environ['PATH']}"},
        timeout=60,
        check=False,
    )
    assert done.stderr == b""
    return done.stdout.decode().split()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["urlguard", "ch"], ["check"]),
        (["urlguard", "rules", "l"], ["lint", "list"]),
        (["urlguard", "check", "--fail"], ["--fail-on"]),
        (["urlguard", "check", "--format", "js"], ["jsonl", "json"]),
        (["urlguard", "check", "--lang", ""], ["kk", "ru", "en"]),
    ],
)
def test_bash_completes(
    environment: dict[str, str], tmp_path: Path, words: list[str], expected: list[str]
) -> None:
    assert _completed(environment, tmp_path, *words) == expected


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_completion_scripts_of_other_shells_call_the_program(run: Run, shell: str) -> None:
    assert b"_URLGUARD_COMPLETE" in run("completion", shell).stdout
