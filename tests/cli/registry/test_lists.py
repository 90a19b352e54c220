"""`urlguard registry export`, `lists`, `verify`, `backup` and `restore` by the real command."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Done = subprocess.CompletedProcess
Run = Callable[..., "Done[bytes]"]

EXAMPLES = Path(__file__).parents[3] / "examples"


@pytest.fixture
def registry(run: Run) -> Run:
    """Run `urlguard registry COMMAND ...` on a registry that holds the examples."""

    def runs(command: str, *arguments: str, **options: object) -> "Done[bytes]":
        return run("registry", command, "--registry", "r.db", *arguments, **options)

    assert runs("import", str(EXAMPLES / "registry.csv"), "--actor", "damir").returncode == 0
    assert runs("import", str(EXAMPLES / "dump.csv"), "--actor", "damir").returncode == 0
    return runs


def lines(data: bytes) -> list[str]:
    return [line for line in data.decode().splitlines() if not line.startswith("#")]


# export


def test_hosts_get_what_blocks_today_and_the_rest_is_told(registry: Run, tmp_path: Path) -> None:
    done = registry("export", "hosts.txt", "--format", "hosts", "--unexpressed", "lost.csv")
    assert (done.returncode, done.stdout) == (0, b"")
    written = lines((tmp_path / "hosts.txt").read_bytes())
    assert written == [
        "0.0.0.0 egov-tolem.example", "0.0.0.0 kazino-altyn.example", "0.0.0.0 soli-magazin.example",
    ]  # fmt: skip
    told = done.stderr.decode()
    assert told.startswith("3 records written: hosts.txt\n")
    assert "+77000000102" in told.replace(" ", "")
    lost = (tmp_path / "lost.csv").read_text("utf-8").splitlines()
    assert lost[0] == "id,value,reason,partly"
    assert sum(line.endswith(",no") for line in lost) + 3 == 15  # all that blocks
    assert not list(tmp_path.glob("*.part"))


def test_what_is_written_is_the_same_each_time(registry: Run) -> None:
    for form in ("hosts", "rpz", "stix", "jsonl", "csv"):
        first, second = (registry("export", "--format", form).stdout for _ in range(2))
        assert first
        assert first == second


def test_jsonl_goes_into_another_registry_and_comes_out_equal(
    registry: Run, run: Run, tmp_path: Path
) -> None:
    assert registry("export", "all.jsonl", "--list", "registry").returncode == 0
    assert run("registry", "import", "all.jsonl", "--list", "registry", "--registry", "s.db").returncode == 0
    again = run("registry", "export", "--format", "jsonl", "--registry", "s.db").stdout
    assert [json.loads(line) for line in again.splitlines()] == [
        json.loads(line) for line in (tmp_path / "all.jsonl").read_bytes().splitlines()
    ]


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        pytest.param(("--list", "dump", "--kind", "host"), 3, id="list and kind"),
        pytest.param(("--category", "pyramid"), 2, id="category"),
        pytest.param(("--state", "lifted"), 1, id="state"),
        pytest.param(("--number", "KN-77"), 2, id="number of the document"),
        pytest.param(("--standing", "warns"), 4, id="standing"),
        pytest.param(("--brand", "kaspi"), 2, id="brand"),
        pytest.param(("--as-of", "2020-01-01"), 0, id="before it was entered"),
    ],
)
def test_only_some_records(registry: Run, arguments: tuple[str, ...], found: int) -> None:
    assert len(registry("export", "--format", "jsonl", *arguments).stdout.splitlines()) == found


def test_a_lifted_record_leaves_the_list_of_today_but_not_that_of_the_day_before(registry: Run) -> None:
    before = lines(registry("export", "--format", "domains").stdout)
    assert registry("undo", "2").returncode == 0
    assert len(lines(registry("export", "--format", "domains").stdout)) < len(before)


def test_what_is_allowed_is_not_written_into_a_block_list(registry: Run) -> None:
    rows = (
        "value,match,effect,until,note\n"
        "kazino-altyn.example,host_and_subdomains,allow,2099-01-01,it is a museum now\n"
        "egov-tolem.example,host_and_subdomains,allow,2099-01-01,a court is not overruled\n"
    )
    assert registry("import", "-", "--list", "ours", stdin=rows.encode()).returncode == 0
    done = registry("export", "--format", "hosts")
    assert lines(done.stdout) == ["0.0.0.0 egov-tolem.example", "0.0.0.0 soli-magazin.example"]
    assert "2: the allow record KN-" in done.stderr.decode()


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        pytest.param(("x.txt",), "name it: --format", id="ending of several formats"),
        pytest.param(("nowhere/x.rpz",), "nowhere/x.rpz: No such file", id="no such folder"),
        pytest.param(("--format", "csv", "--list", "dumb"), "did you mean dump?", id="list"),
        pytest.param(("--format", "csv", "--as-of", "1.1.2026"), "write it as 2026-11-22", id="date"),
    ],
)
def test_what_cannot_be_exported(registry: Run, arguments: tuple[str, ...], problem: str) -> None:
    done = registry("export", *arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert problem in done.stderr.decode()


def test_a_file_that_was_there_stays_when_the_export_fails(registry: Run, tmp_path: Path) -> None:
    (tmp_path / "old.rpz").write_text("old")
    assert registry("export", "old.rpz", "--state", "nonsense").returncode == 2
    assert (tmp_path / "old.rpz").read_text() == "old"


# lists


def test_lists(registry: Run) -> None:
    registry("import", "-", "--list", "held", stdin=b"kaspi-gift.top\nt.me\n")
    assert registry("lists").stdout.decode().splitlines() == [
        "list      entries  blocking  warning  held back",
        "dump            7         7",
        "held            1         1                   1",
        "registry       13         8        4",
    ]
    done = registry("lists", "held", "--lang", "ru")
    assert "Что придержано и почему: urlguard registry lists held --quarantine" in done.stderr.decode()
    held = registry("lists", "held", "--quarantine", "--lang", "ru").stdout.decode()
    assert held.startswith("held:\n  t[.]me: общая площадка многих людей")
    found = json.loads(registry("lists", "held", "--quarantine", "--format", "json").stdout)
    assert [(row["value"], row["code"]) for row in found] == [("t.me", "hosting")]


def test_a_list_that_is_not_there(registry: Run) -> None:
    done = registry("lists", "registri")
    assert (done.returncode, "did you mean registry?" in done.stderr.decode()) == (2, True)


# verify, backup, restore


def test_a_good_registry_and_its_head(registry: Run) -> None:
    done = registry("verify")
    assert (done.returncode, done.stderr) == (0, b"")
    *checks, counts, head = done.stdout.decode().splitlines()
    assert [line.partition("  ")[0] for line in checks] == ["good"] * 5
    assert counts == "20 entries, 2 events"
    proof = head.partition("  ")[2]
    registry("import", "-", "--list", "a", stdin=b"kaspi-gift.top\n")
    done = registry("verify", "--head", proof)
    assert (
        done.returncode,
        "is event 2 of this registry, 1 events have followed" in done.stderr.decode(),
    ) == (0, True)
    done = registry("verify", "--head", "0" * 64, "--lang", "kk")
    assert (done.returncode, "аталған хеш ешбір оқиғада жоқ" in done.stderr.decode()) == (2, True)


def test_a_flipped_byte_is_found_and_a_copy_brings_it_back(registry: Run, tmp_path: Path) -> None:
    before = registry("export", "--format", "jsonl").stdout
    assert registry("backup", "copy.db").stdout == b"Copied up to event 2: copy.db\n"
    file = tmp_path / "r.db"
    data = bytearray(file.read_bytes())
    at = data.rindex(b"egov-tolem")
    data[at] ^= 1
    file.write_bytes(data)
    done = registry("verify")
    assert (done.returncode, "urlguard registry restore" in done.stderr.decode()) == (2, True)
    done = registry("restore", "copy.db")
    assert done.returncode == 0
    assert done.stdout.startswith(
        b"Restored, up to event 2: copy.db\nWhat stood there was put aside: r.db.before-restore-"
    )
    assert registry("export", "--format", "jsonl").stdout == before


def test_going_back_names_what_is_lost_and_loses_nothing(registry: Run, tmp_path: Path) -> None:
    assert registry("backup").returncode == 0
    registry(
        "import",
        "-",
        "--list",
        "late",
        "--actor",
        "damir",
        "--reason",
        "it was urgent",
        stdin=b"kaspi-gift.top\n",
    )
    done = registry("restore")
    assert done.returncode == 0
    lost = done.stderr.decode().splitlines()
    assert lost[0] == "1 later events are only in the file put aside:"
    assert lost[1].endswith("  damir  imported late it was urgent")
    assert b"kaspi-gift.top" not in registry("export", "--format", "jsonl").stdout
    (aside,) = (path for path in tmp_path.glob("r.db.before-restore-*") if path.name[-1].isdigit())
    assert registry("restore", aside.name).returncode == 0
    assert b"kaspi-gift.top" in registry("export", "--format", "jsonl").stdout


def test_copies_are_listed_and_bad_ones_refused(registry: Run, tmp_path: Path) -> None:
    registry("backup")
    shown = registry("restore", "--list").stdout.decode().splitlines()
    assert "  up to event 2  r.db.backups/backup-" in shown[0]
    (tmp_path / "bad.db").write_bytes(b"SQLite format 3\x00" + bytes(5000))
    for name in ("bad.db", "nowhere.db"):
        done = registry("restore", name)
        assert (done.returncode, name in done.stderr.decode()) == (2, True)
    assert registry("verify").returncode == 0
    assert registry("backup", "bad.db").returncode == 2


def test_a_reader_that_has_seen_enough_is_no_error(
    run: Run, environment: dict[str, str], tmp_path: Path
) -> None:
    rows = "".join(f"kaspi-bonus{number}.top\n" for number in range(20_000))
    done = run("registry", "import", "-", "--registry", "r.db", "--list", "a", stdin=rows.encode())
    assert done.returncode == 0
    command = [*["-m", "urlguard", "registry", "export", "--registry", "r.db", "--format", "domains"]]
    with subprocess.Popen(
        [sys.executable, *command], cwd=tmp_path, env=environment,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == b"# Title: urlguard registry\n"
        process.stdout.close()
        assert (process.stderr.read(), process.wait(20)) == (b"", 0)
