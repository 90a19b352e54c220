"""A scan from its first row to its last: order, duplicates, errors, and being cut off anywhere."""

import csv
import json
from pathlib import Path

import pytest
from scanning.scans import scanned

from urlguard.errors import UsageError
from urlguard.guard import Guard
from urlguard.scanning import checkpoints, outputs, running
from urlguard.scanning.checkpoints import checkpoint_file
from urlguard.scanning.judging import Judge, Judged
from urlguard.scanning.outputs import Outputs, forget
from urlguard.scanning.plan import Plan, Progress
from urlguard.scanning.running import Scan
from urlguard.scanning.workers import Rules
from urlguard.tables.rows import Finding

OUTPUTS = ("r.csv", "r.jsonl", "r.sarif", "r.html", "r.xlsx", "r.parquet")
BAD = "https://kaspi-bonus.top/login"


@pytest.fixture(scope="module")
def guard() -> Guard:
    return Guard()


@pytest.fixture
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches of ten rows: a run of some hundred rows has as many places to be cut off as a long one."""
    monkeypatch.setattr(running, "BATCH", 10)


def _list(folder: Path, rows: int = 200) -> Path:
    path = folder / "list.csv"
    lines = ["id;url;дата"]
    for at in range(rows):
        host = ("kaspi-bonus", "halyk-qorgau", "saryarqa-market", "kaspi-bonus")[at % 4]
        url = f"https://{host}{at % 7}.top/{at // 3}"
        lines.append(f"{at};{url};{at % 28 + 1:02}.11.2026" if at % 50 != 33 else f'{at};"{url};')
    path.write_text("\n".join(lines), "utf-8")
    return path


def _rows(path: Path) -> list[dict[str, str]]:
    lines = path.read_text("utf-8-sig").splitlines(keepends=True)
    return list(csv.DictReader(lines, delimiter=";" if ";level;" in lines[0] else ","))


@pytest.mark.usefixtures("_small")
def test_rows_stay_in_order_with_all_their_columns(guard: Guard, tmp_path: Path) -> None:
    outcome = scanned(guard, [_list(tmp_path)], [tmp_path / "r.csv"])
    rows = _rows(tmp_path / "r.csv")
    assert list(rows[0]) == [
        "id", "url", "дата", "level", "score", "brand", "scheme", "reasons", "entries", "advice", "error",
    ]  # fmt: skip
    assert [row["id"] for row in rows if not row["error"]] == [str(at) for at in range(200) if at % 50 != 33]
    assert outcome.rows == len(rows) == 200
    assert outcome.levels["error"] == 4


@pytest.mark.usefixtures("_small")
def test_equal_rows_are_judged_once(guard: Guard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "list.txt"
    path.write_text(f"{BAD}\nhttps://example.kz/\n" * 100)
    judged: list[str] = []
    real = Judge.find

    def find(self: Judge, row: Judged) -> Finding:
        judged.append(str(row))
        return real(self, row)

    monkeypatch.setattr(Judge, "find", find)
    outcome = scanned(guard, [path], [tmp_path / "r.csv"])
    assert judged == [BAD, "https://example.kz/"]
    assert (outcome.rows, outcome.duplicates) == (200, 198)
    assert {row["level"] for row in _rows(tmp_path / "r.csv")} == {"dangerous", "clear"}


@pytest.mark.usefixtures("_small")
@pytest.mark.parametrize("every", [1, 3, 7])
def test_a_run_that_is_cut_off_ends_with_the_same_bytes(guard: Guard, tmp_path: Path, every: int) -> None:
    file = _list(tmp_path)
    whole = [tmp_path / "whole" / name for name in OUTPUTS]
    cut = [tmp_path / "cut" / name for name in OUTPUTS]
    whole[0].parent.mkdir()
    cut[0].parent.mkdir()
    scanned(guard, [file], whole)
    plan = Plan(cut, Rules(), workers=1, checkpoint=0)
    times, past = 0, None
    while True:
        heard = 0

        def stop(scan: Scan, progress: Progress) -> None:
            nonlocal heard
            heard += progress.rows > (past.rows if past is not None else 0)  # noqa: B023
            if heard >= every:
                scan.stop()

        outcome = scanned(guard, [file], cut, past=past, told=stop, plan=plan)
        if not outcome.stopped:
            break
        times += 1
        for part in cut[0].parent.glob("*.part"):  # a crash leaves more behind than its checkpoint knows
            with part.open("ab") as out:
                out.write(b'rubbish,"' * 99)
        past = checkpoints.read(checkpoint_file(cut), {})
        assert past.rows % 10 == 0
    assert times >= 20 // every - 1
    for name, one, other in zip(OUTPUTS, whole, cut, strict=True):
        assert one.read_bytes() == other.read_bytes(), name
    assert sorted(path.name for path in cut[0].parent.iterdir()) == sorted(OUTPUTS)


@pytest.mark.usefixtures("_small")
def test_an_input_that_changed_is_not_gone_on_with(guard: Guard, tmp_path: Path) -> None:
    file = _list(tmp_path)
    out = [tmp_path / "r.csv"]
    scanned(guard, [file], out, told=lambda scan, progress: scan.stop() if progress.rows > 50 else None)
    past = checkpoints.read(checkpoint_file(out), {})
    file.write_text(file.read_text("utf-8").replace("halyk", "holyk"), "utf-8")
    with pytest.raises(UsageError, match="are not those that were scanned then"):
        scanned(guard, [file], out, past=past)


@pytest.mark.usefixtures("_small")
def test_a_run_cut_off_while_it_put_its_outputs_in_place_goes_on(
    guard: Guard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = _list(tmp_path)
    out = [tmp_path / "r.csv", tmp_path / "r.jsonl", tmp_path / "r.html"]
    real = Path.replace

    def fails(self: Path, target: Path) -> Path:
        if target == out[1]:
            raise OSError(5, "the plug was pulled", str(target))
        return real(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", fails)
        with pytest.raises(OSError, match="plug"):
            scanned(guard, [file], out)
    assert out[0].exists()
    assert not out[1].exists()
    past = checkpoints.read(checkpoint_file(out), {})
    assert past.rows == 200
    scanned(guard, [file], out, past=past)
    assert len(_rows(out[0])) == len(out[1].read_text("utf-8").splitlines()) == 200


@pytest.mark.usefixtures("_small")
def test_a_run_cut_off_when_all_was_in_place_goes_on(
    guard: Guard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = _list(tmp_path)
    out = [tmp_path / "r.csv", tmp_path / "r.xlsx"]

    real = Path.unlink

    def fails(self: Path, *, missing_ok: bool = False) -> None:
        if self == checkpoint_file(out):
            raise OSError(5, "the plug was pulled", str(self))
        real(self, missing_ok=missing_ok)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", fails)
        patched.setattr(Outputs, "close", lambda _: None)
        with pytest.raises(OSError, match="plug"):
            scanned(guard, [file], out)
    before = [path.read_bytes() for path in out]
    scanned(guard, [file], out, past=checkpoints.read(checkpoint_file(out), {}))
    assert [path.read_bytes() for path in out] == before
    assert sorted(path.name for path in tmp_path.iterdir()) == [file.name, "r.csv", "r.xlsx"]


@pytest.mark.usefixtures("_small")
@pytest.mark.parametrize(
    "names",
    [
        pytest.param(["r.csv"], id="a table"),
        pytest.param(["r.html"], id="a report"),
        pytest.param(["other.csv", "r.xlsx"], id="a book beside another table"),
    ],
)
def test_what_another_scan_writes_is_left_alone(guard: Guard, tmp_path: Path, names: list[str]) -> None:
    pytest.importorskip("fcntl")
    file = _list(tmp_path)
    outputs = [tmp_path / name for name in names]
    first = [tmp_path / "first.jsonl", outputs[-1]]
    refused: list[str] = []

    def meanwhile(_scan: Scan, progress: Progress) -> None:
        if progress.rows > 50 and not refused:
            for go in (lambda: forget(outputs), lambda: scanned(guard, [file], outputs)):
                with pytest.raises(UsageError) as error:
                    go()
                refused.append(str(error.value))

    assert scanned(guard, [file], first, told=meanwhile).rows == 200
    assert len(refused) == 2
    assert all(f"{names[-1]}.part: another scan is writing it" in message for message in refused)
    assert {path.name for path in tmp_path.iterdir()} == {file.name, "first.jsonl", names[-1]}


@pytest.mark.usefixtures("_small")
@pytest.mark.parametrize(
    ("limit", "sample", "least", "most"),
    [
        pytest.param(25, None, 25, 25, id="the first rows"),
        pytest.param(1000, None, 200, 200, id="more than there are"),
        pytest.param(None, 0.25, 40, 60, id="a quarter"),
        pytest.param(7, 0.25, 7, 7, id="the first of a quarter"),
    ],
)
def test_only_some_rows(
    guard: Guard, tmp_path: Path, *, limit: int | None, sample: float | None, least: int, most: int
) -> None:
    file, out = _list(tmp_path), [tmp_path / "r.csv"]
    plan = Plan(out, Rules(), 1, limit, sample)
    outcome = scanned(guard, [file], out, plan=plan)
    assert least <= outcome.rows <= most
    first = out[0].read_bytes()
    scanned(guard, [file], out, plan=plan)
    assert out[0].read_bytes() == first


def test_several_tables_become_one_with_all_their_columns(guard: Guard, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"url,level\n{BAD},3\n")
    (tmp_path / "b.jsonl").write_text(json.dumps({"note": "x", "url": "https://example.kz"}) + "\n")
    scanned(guard, [tmp_path / "a.csv", tmp_path / "b.jsonl"], [tmp_path / "r.csv"])
    rows = _rows(tmp_path / "r.csv")
    assert [(Path(row["source"]).name, row["url"], row["urlguard_level"]) for row in rows] == [
        ("a.csv", BAD, "dangerous"),
        ("b.jsonl", "https://example.kz", "clear"),
    ]
    assert rows[0]["level"] == "3"
    assert rows[1]["note"] == "x"


def test_a_sheet_without_anything_to_judge_is_left_out_beside_others(guard: Guard, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="writes the workbook")
    pytest.importorskip("python_calamine", reason="reads workbooks")
    book = openpyxl.Workbook()
    book.active.title = "Жалобы"
    for row in (["url"], [BAD], ["https://example.kz/"]):
        book.active.append(row)
    codes = book.create_sheet("Справочник")
    for row in (["Код", "Отделение"], ["1", "Алматы"], ["2", "Астана"]):
        codes.append(row)
    book.save(tmp_path / "book.xlsx")
    outcome = scanned(guard, [tmp_path / "book.xlsx"], [tmp_path / "r.csv"])
    assert outcome.failures == []
    assert [row["url"] for row in _rows(tmp_path / "r.csv")] == [BAD, "https://example.kz/"]
    assert len(outcome.left) == 1
    assert "Справочник" in outcome.left[0]


def test_a_table_that_breaks_off_is_written_as_far_as_it_goes(guard: Guard, tmp_path: Path) -> None:
    import gzip  # noqa: PLC0415  (beside its use)

    whole = gzip.compress(("url\n" + f"{BAD}\n" * 5_000).encode(), 0)
    (tmp_path / "a.csv.gz").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "b.csv").write_text(f"url\n{BAD}\n")
    outcome = scanned(guard, [tmp_path / "a.csv.gz", tmp_path / "b.csv"], [tmp_path / "r.csv"])
    rows = _rows(tmp_path / "r.csv")
    assert len(outcome.failures) == 1
    assert "a.csv.gz" in outcome.failures[0]
    assert rows[-1]["level"] == "dangerous"
    assert rows[-2]["error"]
    assert sum(row["level"] == "dangerous" for row in rows) > 1_000


@pytest.mark.parametrize(("name", "extra"), [("r.xlsx", "xlsx"), ("r.parquet", "parquet")])
def test_what_writes_an_output_is_looked_for_before_anything_is_judged(
    monkeypatch: pytest.MonkeyPatch, name: str, extra: str
) -> None:
    monkeypatch.setattr(outputs, "find_spec", lambda _name: None)
    with pytest.raises(UsageError, match=rf"urlguard\[{extra}\]"):
        outputs.kind_of(Path(name))
