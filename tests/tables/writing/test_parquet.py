"""Parquet: types where all cells of a column have one, text elsewhere, nothing changed."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet
from tables.writing.hostile_cells import FORMULAS, NASTY, SCRIPTS
from tables.writing.scanned_rows import CLEAR, SCAM, UNREAD, head, scanned

from urlguard.errors import UsageError
from urlguard.tables.rows import Head, Scanned
from urlguard.tables.writing import parquet as writing
from urlguard.tables.writing.parquet import parquet_from
from urlguard.tables.writing.spool import spool_output

MOMENT = datetime(2026, 1, 2, 3, 4, 5)  # noqa: DTZ001  (a sheet knows no zone)
DAY = date(2026, 1, 2)
MIDNIGHT = datetime(2026, 1, 2)  # noqa: DTZ001  (as above)


def made(path: Path, head: Head, rows: list[Scanned]) -> Path:
    spool = path.with_suffix(".rows")
    output = spool_output(spool, head)
    output.rows(rows)
    output.finish()
    parquet_from(spool, path, head)
    return path


def test_whole(tmp_path: Path) -> None:
    rows = [scanned(2, "=1"), scanned(3, "", finding=SCAM), scanned(4, "", finding=UNREAD)]
    added = ("urlguard_level", "score", "brand", "scheme", "reasons", "entries", "advice", "error")
    table = parquet.read_table(made(tmp_path / "a", head("level", added=added), rows))
    assert [str(kind) for kind in table.schema.types] == ["string"] * 2 + ["int16"] + ["string"] * 6
    names = ("level", *added)
    assert table.to_pylist() == [
        dict(zip(names, ["=1", "clear", 0, None, None, "", "", CLEAR.advice, None], strict=True)),
        dict(zip(names, ["", "dangerous", 95, "kaspi", "bank", *SCAM[4:7], None], strict=True)),
        dict(zip(names, ["", None, None, None, None, "", "", "", UNREAD.error], strict=True)),
    ]


@pytest.mark.parametrize(
    ("cells", "kind", "values"),
    [
        ([1, None, -(2**63)], "int64", [1, None, -(2**63)]),
        ([1, 2**63], "string", ["1", str(2**63)]),
        ([1, 0.5], "double", [1.0, 0.5]),
        ([2**53 + 1, 0.5], "string", [str(2**53 + 1), "0.5"]),
        ([True, None], "bool", [True, None]),
        ([True, 1], "string", ["true", "1"]),
        ([DAY], "date32[day]", [DAY]),
        ([DAY, MOMENT], "timestamp[us]", [MIDNIGHT, MOMENT]),
        (
            [MOMENT, MOMENT.replace(tzinfo=UTC)],
            "string",
            ["2026-01-02 03:04:05", "2026-01-02 03:04:05+00:00"],
        ),
        ([time(6, 30)], "time64[us]", [time(6, 30)]),
        ([timedelta(hours=30)], "duration[us]", [timedelta(hours=30)]),
        ([{"a": 1}, None, [1]], "string", ['{"a":1}', None, "[1]"]),
        ([None, None], "string", [None, None]),
        ([], "string", []),
    ],
)
def test_types(tmp_path: Path, cells: list[Any], kind: str, values: list[Any]) -> None:
    rows = [scanned(at, cell) for at, cell in enumerate(cells)]
    column = parquet.read_table(made(tmp_path / "a", head("a"), rows)).column("a")
    assert str(column.type) == kind
    assert column.to_pylist() == values


def test_hostile_texts_are_whole(tmp_path: Path) -> None:
    texts = [*FORMULAS, *NASTY, *SCRIPTS]
    rows = [scanned(at, text, finding=CLEAR._replace(reasons=text)) for at, text in enumerate(texts)]
    table = parquet.read_table(made(tmp_path / "a", head("a\ud800"), rows))
    whole = [text.encode("utf-8", "backslashreplace").decode() for text in texts]
    assert table.column("a\\ud800").to_pylist() == table.column("reasons").to_pylist() == whole


def test_row_groups_are_of_one_size_and_bytes_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "GROUP", 4)
    rows = [scanned(at, f"n{at}") for at in range(9)]
    first = made(tmp_path / "a", head("a"), rows)
    read = parquet.ParquetFile(first)
    assert [read.metadata.row_group(at).num_rows for at in range(read.num_row_groups)] == [4, 4, 1]
    assert read.metadata.row_group(0).column(0).compression == "ZSTD"
    assert made(tmp_path / "b", head("a"), rows).read_bytes() == first.read_bytes()


def test_long_rows_are_held_in_smaller_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "_BATCH_CHARACTERS", 2_000)
    monkeypatch.setattr(writing, "_GROUP_BYTES", 5_000)
    rows = [scanned(at, "x" * 1_000) for at in range(9)]
    read = parquet.ParquetFile(made(tmp_path / "a", head("a"), rows))
    assert [read.metadata.row_group(at).num_rows for at in range(read.num_row_groups)] == [6, 3]
    assert read.read().column("a").to_pylist() == ["x" * 1_000] * 9


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_named(tmp_path: Path) -> None:
    spool = tmp_path / "rows"
    spool.touch()
    with pytest.raises(UsageError, match=r"/dev/full: cannot be written: .*\n  mend: make room"):
        parquet_from(spool, Path("/dev/full"), head("a"))
