"""`urlguard registry list` and `stats`: many records, for eyes and programs."""

import csv
import io
import json
import subprocess
import sys

import pytest
from cli.registry.group import COMMAND, Records


@pytest.fixture
def filled(records: Records) -> Records:
    records(
        "add", "--prescription", "12-3", "--category", "fraud_phishing", "--brand", "kaspi", "kaspi-a.top"
    )
    records("add", "--category", "pyramid", "--list", "own", "+7 701 123 45 67")
    records("add", "--allow", "--note", "=1+1", "--until", "2099-12-31", "good.kz")
    return records


def test_a_table(filled: Records) -> None:
    assert (
        filled.out("list")
        == """\
KN-Y-000001  access restricted             kaspi-a[.]top (+ *.)  \
fraud and phishing; prescription No 12-3; Kaspi; local
KN-Y-000002  submitted                     phone +77011234567  financial pyramid; own
KN-Y-000003  allowed                       good[.]kz (+ *.)  until 2099-12-31; allow
"""
    )


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (["--list", "own"], "2"),
        (["--state", "restricted"], "13"),
        (["--standing", "allows"], "3"),
        (["--standing", "warns"], "2"),
        (["--category", "pyramid"], "2"),
        (["--kind", "host"], "13"),
        (["--brand", "kaspi"], "1"),
        (["--number", "12-3"], "1"),
        (["--event", "3"], "3"),
        (["--kind", "host", "--standing", "blocks"], "1"),
        (["--limit", "2"], "12"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else value,
)
def test_filters(filled: Records, asked: list[str], found: str) -> None:
    assert filled.out("list", "-f", "ids", *asked) == "".join(f"KN-Y-00000{number}\n" for number in found)


def test_for_programs(filled: Records) -> None:
    rows = list(csv.DictReader(io.StringIO(filled.out("list", "-f", "csv"))))
    assert [(row["id"], row["value"], row["standing"], row["note"]) for row in rows] == [
        ("KN-Y-000001", "kaspi-a.top", "blocks", ""),
        ("KN-Y-000002", "+7 701 123 45 67", "warns", ""),
        ("KN-Y-000003", "good.kz", "allows", "'=1+1"),
    ]
    first = json.loads(filled.out("list", "-f", "jsonl").splitlines()[0])
    assert first["ground"]["number"] == "12-3"
    assert (first["standing"], first["state_now"], first["kind"], first["key"]) == (
        "blocks", "restricted", "host", "kaspi-a.top",
    )  # fmt: skip


def test_none(filled: Records) -> None:
    done = filled("list", "--brand", "halyk")
    assert (done.stdout, done.stderr) == (b"", b"No such records.\n")


@pytest.mark.parametrize("columns", [40, 60])
def test_a_narrow_screen(filled: Records, columns: int) -> None:
    lines = filled.screen("list", columns=columns)
    assert max(map(len, lines)) <= columns
    assert lines[:3] == [
        "KN-Y-000001  access restricted", "  kaspi-a[.]top (+ *.)", lines[2],
    ]  # fmt: skip
    assert lines[2].startswith("  fraud and phishing; prescription")


def test_stats(filled: Records) -> None:
    full = "█" * 50
    assert (
        filled.out("stats", "--by", "standing", "--by", "brand", "--by", "kind")
        == f"""\
records: 3

what they do
  allows  1  {full}
  blocks  1  {full}
  warns   1  {full}

kind
  host   2  {full}
  phone  1  {"█" * 25}

brand
  Kaspi  1  {full}
"""
    )


@pytest.mark.parametrize(
    ("lang", "said"), [("ru", "записей: 3\n\nкатегория\n"), ("kk", "жазба саны: 3\n\nсанаты\n")]
)
def test_stats_in(filled: Records, lang: str, said: str) -> None:
    assert filled.out("stats", "--by", "category", lang=lang).startswith(said)


def test_months_stand_in_the_order_of_time(records: Records) -> None:
    for month, count in (("2026-03", 1), ("2025-11", 3), ("2026-01", 2)):
        records("add", "--since", f"{month}-05", *(f"{month}-{at}.top" for at in range(count)))
    assert records("stats", "--by", "month", "-f", "csv").stdout == (
        b"by,name,count\nmonth,2025-11,3\nmonth,2026-01,2\nmonth,2026-03,1\n"
    )


def test_stats_where_no_blocks_can_be_drawn(filled: Records) -> None:
    filled_env = filled.env() | {"PYTHONIOENCODING": "ascii"}
    done = subprocess.run(
        [sys.executable, "-m", "urlguard", "registry", "stats", "--by", "kind"],
        env=filled.environment | filled_env, capture_output=True, timeout=20, check=True,
    )  # fmt: skip
    assert done.stdout.decode("ascii").endswith(f"host   2  {'#' * 50}\n  phone  1  {'#' * 25}\n")


def test_stats_fit_a_narrow_screen(filled: Records) -> None:
    assert max(map(len, filled.screen("stats", columns=40))) <= 40


def test_a_reader_that_leaves_early(filled: Records) -> None:
    command = f"{' '.join(COMMAND)} registry list -f ids | head -n 1"
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        env=filled.environment | filled.env(),
        capture_output=True,
        timeout=20,
        check=True,
    )
    assert (done.stdout.count(b"\n"), done.stderr) == (1, b"")


@pytest.mark.parametrize(
    "asked", [("list", "--limit"), ("list", "--event"), ("history", "--limit"), ("undo",)]
)
def test_a_number_larger_than_any_is_wrong_usage(filled: Records, asked: tuple[str, ...]) -> None:
    assert "is not in the range" in filled.err(*asked, "99999999999999999999", code=2)


@pytest.mark.parametrize("command", ["list", "stats"])
def test_a_slip_in_the_name_of_a_list_is_told(filled: Records, command: str) -> None:
    assert "did you mean local?" in filled.err(command, "--list", "lcal", code=2)
