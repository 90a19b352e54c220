"""`urlguard registry import`: what a file says gets in, what is wrong with it is told."""

import os
import subprocess  # noqa: TC003  (a type alias names it at run time)
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]

EXAMPLES = Path(__file__).parents[3] / "examples"
FILE = ("--registry", "r.db")


@pytest.fixture
def registry(run: Run) -> Run:
    """Run `urlguard registry COMMAND ...` on a registry in the folder of the test."""

    def runs(command: str, *arguments: str, **options: object) -> "subprocess.CompletedProcess[bytes]":
        return run("registry", command, *FILE, *arguments, **options)

    return runs


def told(done: "subprocess.CompletedProcess[bytes]") -> tuple[int, list[str], list[str]]:
    return done.returncode, done.stdout.decode().splitlines(), done.stderr.decode().splitlines()


def test_the_example_gets_in_whole(registry: Run) -> None:
    code, out, err = told(registry("import", str(EXAMPLES / "registry.csv")))
    assert (code, err) == (0, [])
    assert out == ["13 rows read: new 13", "Event 1. To take it back: urlguard registry undo 1"]
    kinds = {
        line.split(",")[2] for line in registry("export", "--format", "csv").stdout.decode().splitlines()[1:]
    }
    assert kinds == {"url", "host", "phone", "sms_sender", "email", "iban", "wallet", "handle", "app"}


def test_the_same_again_changes_nothing(registry: Run) -> None:
    registry("import", str(EXAMPLES / "registry.csv"))
    code, out, err = told(registry("import", str(EXAMPLES / "registry.csv"), "--lang", "ru"))
    assert (code, err) == (0, [])
    assert out == ["прочитано строк: 13: уже есть 13", "Ничего не изменилось."]


def test_a_dump_in_windows_1251_with_damage(registry: Run, tmp_path: Path) -> None:
    data = (EXAMPLES / "dump.csv").read_bytes().replace(b"\n", b"\r\n")
    (tmp_path / "dump.csv").write_bytes(data[:-60])
    code, out, err = told(registry("import", "dump.csv", "--rejects", "bad.csv"))
    assert code == 3
    assert out[0] == "7 rows read: new 6, refused 1"
    assert err[0] == "refused: 1, cannot be read"
    assert err[1].startswith("  line 7: ;lzhebroker[.]example;")
    rejected = (tmp_path / "bad.csv").read_text("utf-8").splitlines()
    assert rejected[0] == "line,value,code,reason,mend"
    assert rejected[1].startswith("7,;lzhebroker.example;")
    listed = registry("export", "--format", "csv").stdout.decode()
    assert "Мосгорсуд,3-0341/2026,2026-10-12" in listed
    assert ",gambling,list,ФНС," in listed


def test_a_trial_run_leaves_no_file(registry: Run, tmp_path: Path) -> None:
    code, out, _ = told(registry("import", str(EXAMPLES / "dump.csv"), "--dry-run"))
    assert (code, out) == (0, ["7 rows read: new 7", "Preview: nothing was entered."])
    assert not (tmp_path / "r.db").exists()


def test_a_trial_run_on_what_is_there(registry: Run) -> None:
    registry("import", "-", "--list", "a", stdin=b"one-kaspi.top\ntwo-kaspi.top\n")
    done = registry(
        "import", "-", "--list", "a", "--replace", "--dry-run", stdin=b"two-kaspi.top\nthree-kaspi.top\n"
    )
    assert told(done)[1] == [
        "2 rows read: new 1, already there 1, no longer on the list 1", "Preview: nothing was entered.",
    ]  # fmt: skip
    assert b"three-kaspi" not in registry("export", "--format", "csv").stdout


def test_a_whole_list_ends_what_it_holds_no_more_and_undo_brings_it_back(registry: Run) -> None:
    registry("import", "-", "--list", "a", stdin=b"one-kaspi.top\ntwo-kaspi.top\n")
    done = registry("import", "-", "--list", "a", "--replace", stdin=b"two-kaspi.top\nthree-kaspi.top\n")
    assert told(done)[1][0] == "2 rows read: new 1, already there 1, no longer on the list 1"
    assert _blocked(registry) == ["two-kaspi.top", "three-kaspi.top"]
    assert registry("undo", "2").returncode == 0
    assert _blocked(registry) == ["one-kaspi.top", "two-kaspi.top"]


def _blocked(registry: Run) -> list[str]:
    lines = registry("export", "--format", "domains").stdout.decode().splitlines()
    return [line for line in lines if not line.startswith("#")]


@pytest.mark.parametrize(
    ("arguments", "stdin", "problem"),
    [
        pytest.param(("-",), b"a.top\n", "name the list: --list NAME", id="stdin without a list"),
        pytest.param(
            ("-", "--list", "a", "--format", "csv"), b"domian\na.top\n", "unknown columns domian", id="header"
        ),
        pytest.param(
            ("-", "--list", "a"),
            b"some words, here\nand more; of them\n",
            "name it: --format",
            id="format cannot be told",
        ),
        pytest.param(("nowhere.txt",), b"", "nowhere.txt: No such file", id="missing file"),
        pytest.param(
            ("-", "--list", "a", "--state", "restrictd"), b"a.top\n", "did you mean restricted?", id="state"
        ),
        pytest.param(
            ("-", "--list", "a", "--category", "fishing"), b"a.top\n", "no category 'fishing'", id="category"
        ),
        pytest.param(
            ("-", "--list", "a", "--until", "22.11.2026"), b"a.top\n", "write it as 2026-11-22", id="date"
        ),
        pytest.param(
            ("-", "--list", "local", "--replace"), b"a.top\n", "entered by hand", id="replaces the local list"
        ),
        pytest.param(
            ("-", "--list", "a", "--replace", "--format", "domains"), b"", "would end all", id="empty list"
        ),
    ],
)
def test_what_cannot_be_done_enters_nothing(
    registry: Run, tmp_path: Path, arguments: tuple[str, ...], stdin: bytes, problem: str
) -> None:
    code, out, err = told(registry("import", *arguments, stdin=stdin))
    assert (code, out) == (2, [])
    assert problem in "\n".join(err)
    assert not (tmp_path / "r.db").exists() or registry("export", "--format", "jsonl").stdout == b""


def test_a_gzip_that_is_cut_off_enters_nothing(registry: Run, tmp_path: Path) -> None:
    import gzip  # noqa: PLC0415  (only here)

    (tmp_path / "l.txt.gz").write_bytes(
        gzip.compress(b"a-kaspi.top\n" * 5000 + os.urandom(500).hex().encode())[:-40]
    )
    code, _, err = told(registry("import", "l.txt.gz"))
    assert (code, "gzip is cut off" in err[0]) == (2, True)
    assert registry("export", "--format", "jsonl").stdout == b""


def test_what_would_hit_too_much_is_held_back_unless_forced(registry: Run) -> None:
    rows = b"kaspi-gift.top\nt.me\ngithub.io\nkz\n"
    code, out, err = told(registry("import", "-", "--list", "a", "--lang", "ru", stdin=rows))
    assert (code, out[0]) == (3, "прочитано строк: 4: новых 1, не принято 3")
    assert err[0] == "не принято: 3, задели бы лишнее, придержаны"
    assert err[1].startswith("  строка 2: t[.]me: общая площадка")
    done = registry("import", "-", "--list", "a", "--force", stdin=b"t.me\n")
    assert told(done)[:2] == (0, ["1 rows read: new 1", "Event 2. To take it back: urlguard registry undo 2"])


def test_nothing_personal_stays(registry: Run, tmp_path: Path) -> None:
    rows = b"value,note\nkaspi-gift.top,card 4111 1111 1111 1111\n880101300123,\n"
    done = registry("import", "-", "--list", "a", "--rejects", "bad.csv", stdin=rows)
    seen = done.stdout + done.stderr + (tmp_path / "bad.csv").read_bytes()
    seen += registry("export", "--format", "jsonl").stdout
    assert b"880101300123" not in seen
    assert b"4111 1111 1111 1111" not in seen


def test_a_hostile_row_moves_no_cursor(registry: Run) -> None:
    rows = 'value\nkaspi-gift.top\n"a\x1b[2J\u202eb c"\n'.encode()
    done = registry("import", "-", "--list", "a", stdin=rows)
    assert done.returncode == 3
    assert b"\x1b" not in done.stderr
    assert "\u202e".encode() not in done.stderr


def test_a_file_keeps_its_name_as_the_list(registry: Run, tmp_path: Path) -> None:
    (tmp_path / "My list.txt").write_bytes(b"kaspi-gift.top\n")
    assert registry("import", "My list.txt").returncode == 0
    assert registry("lists", "--format", "csv").stdout.decode().splitlines()[1].startswith("My-list,")
