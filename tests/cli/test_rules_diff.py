"""`urlguard rules diff`."""

import json
import subprocess  # noqa: TC003  (a type alias names it at run time)
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]
ROWS = (
    "label,text\nscam,https://kaspi-bonus.top/login\nham,https://kaspi.kz/\nscam,https://kaspi-money.top/\n"
)
OLD = "overrides: {rules: {lookalike-combo: {points: '5'}}}\n"


@pytest.fixture(autouse=True)
def files(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text(ROWS)
    (tmp_path / "old.yaml").write_text(OLD)


def test_the_whole_report(run: Run) -> None:
    done = run("rules", "diff", "rows.csv", "--against", "old.yaml", "--limit", "1")
    assert done.returncode == 0
    totals, differing, shifted = done.stdout.decode().split("\n\n")
    assert totals.splitlines()[0] == "rows 3: bad 2, honest 1"
    assert totals.splitlines()[2] == "  bad, dangerous                0 (0.0%)  ->  2 (100%)  +2"
    assert differing == "What differs in the rules: 1\n  ~ lookalike-combo  points: 5 -> 75"
    first, head, text, more = shifted.splitlines()
    assert first == "Rows whose level changed: 2; bad: 2 up, 0 down; honest: 0 up, 0 down"
    assert head.endswith(" -> dangerous 100  rows.csv:2")
    assert text == "    hxxps://kaspi-bonus[.]top/login"
    assert more == "  and 1 more (--limit)"


def test_the_other_way_round(run: Run) -> None:
    done = run("rules", "diff", "rows.csv", "--rules", "old.yaml", "--format", "jsonl")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["what"] for row in found] == ["row", "row", "difference", "total", "total"]
    assert found[0]["before"]["level"] == "dangerous"
    assert found[2]["details"] == ["points: 75 -> 5"]
    assert [row["bad_dangerous"] for row in found[3:]] == [2, 0]


def test_rows_for_a_spreadsheet(run: Run) -> None:
    done = run("rules", "diff", "rows.csv", "--rules", "old.yaml", "--format", "csv")
    header, *rows = done.stdout.decode().splitlines()
    assert header.startswith("file,line,label,bad,level_before,")
    assert [row.split(",")[:5] for row in rows] == [
        ["rows.csv", "2", "scam", "1", "dangerous"],
        ["rows.csv", "4", "scam", "1", "dangerous"],
    ]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        pytest.param((), "name the other rules", id="nothing to compare"),
        pytest.param(("--against", "nowhere"), "no rule packs at nowhere", id="missing"),
        pytest.param(("--rules", "rows.csv"), "rows.csv", id="no pack"),
    ],
)
def test_wrong_usage(run: Run, options: tuple[str, ...], told: str) -> None:
    done = run("rules", "diff", "rows.csv", *options)
    assert (done.returncode, done.stdout) == (2, b"")
    assert told in done.stderr.decode()
