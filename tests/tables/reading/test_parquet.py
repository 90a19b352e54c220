from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest
from pyarrow import parquet

from urlguard.errors import ListError, UsageError
from urlguard.record import BadRow
from urlguard.tables.reading.parquet import table_of_parquet
from urlguard.tables.rows import Numbered

MOMENT = datetime(2026, 1, 2, 3, 4, 5, 678_901)  # noqa: DTZ001  (as the column has it)
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  (as above)


def written(path: Path, columns: dict[str, Any], rows: int = 1000) -> Path:
    parquet.write_table(
        pa.table(columns), path, row_group_size=rows, compression="zstd", write_statistics=False
    )
    return path


def rows(path: Path) -> list[Numbered | BadRow]:
    return [row for block in table_of_parquet(path, path.name).blocks for row in block]


VALUES: dict[str, tuple[Any, list[Any]]] = {
    "text": (pa.array(["x", None]), ["x", None]),
    "empty text": (pa.array(["", "\0"]), ["", "\0"]),
    "whole": (pa.array([2**63 - 1, None]), [2**63 - 1, None]),
    "float": (pa.array([2.0, 0.5]), [2.0, 0.5]),
    "flag": (pa.array([True, None]), [True, None]),
    "decimal": (pa.array([Decimal("1.10"), None]), ["1.10", None]),
    "bytes": (pa.array([b"abc", b"\xff"]), ["abc", "\\xff"]),
    "day": (pa.array([date(2026, 1, 2), None]), [date(2026, 1, 2), None]),
    "hour": (pa.array([1_000_000_001, 0], pa.time64("ns")), [time(0, 0, 1), time(0)]),
    "span": (pa.array([1_001, None], pa.duration("ns")), [timedelta(microseconds=1), None]),
    "moment": (pa.array([MOMENT, MOMENT]), [MOMENT, MOMENT]),
    "nanoseconds": (pa.array([1_001, None], pa.timestamp("ns")), [EPOCH.replace(microsecond=1), None]),
    "zone": (
        pa.array([datetime(2026, 1, 1, tzinfo=UTC), None], pa.timestamp("us", "Asia/Almaty")),
        [datetime(2026, 1, 1, 5, tzinfo=ZoneInfo("Asia/Almaty")), None],
    ),
    "no zone": (pa.array([0, 0], pa.timestamp("us", "Nowhere/At")), [EPOCH.replace(tzinfo=UTC)] * 2),
    "far future": (
        pa.array([2**62, 0], pa.timestamp("us")),
        ["<value out of range: 4611686018427387904>", "1970-01-01 00:00:00.000000"],
    ),
    "structure": (
        pa.array([{"k": [1, 2], "at": date(2026, 1, 2)}, None]),
        [{"k": [1, 2], "at": "2026-01-02"}, None],
    ),
    "map": (pa.array([[("k", b"v")], None], pa.map_(pa.string(), pa.binary())), [[["k", "v"]], None]),
    "dictionary": (pa.array(["p", "q"]).dictionary_encode(), ["p", "q"]),
}  # fmt: skip


def test_keeps_values_of_all_kinds(tmp_path: Path) -> None:
    path = written(tmp_path / "a.parquet", {name: array for name, (array, _) in VALUES.items()})
    table = table_of_parquet(path, "a.parquet")
    assert (table.columns, table.titled, table.plain, table.targets) == (tuple(VALUES), True, False, {})
    first, second = next(table.blocks)
    assert first[1] == [cells[0] for _, cells in VALUES.values()]
    assert second[1] == [cells[1] for _, cells in VALUES.values()]


def test_numbers_rows_over_row_groups(tmp_path: Path) -> None:
    path = written(tmp_path / "a.parquet", {"n": range(2500)}, rows=700)
    assert rows(path) == [Numbered(n + 1, [n]) for n in range(2500)]


def test_names_of_columns_are_different(tmp_path: Path) -> None:
    table = pa.Table.from_arrays([pa.array([1])] * 3, names=["a", "a", ""])
    parquet.write_table(table, tmp_path / "a.parquet")
    assert table_of_parquet(tmp_path / "a.parquet", "a").columns == ("a", "a 2", "column 3")


def refused(path: Path) -> str:
    with pytest.raises(ListError) as error:
        rows(path)
    assert str(error.value).startswith(path.name)
    assert error.value.mend
    return str(error.value)


def hostile(path: Path, kind: str) -> Path:
    if kind == "page":
        return written(path, {"s": ["a" * (48 << 20)]})
    if kind == "dictionary":
        again = pa.DictionaryArray.from_arrays(pa.array([0] * 1000, pa.int32()), ["a" * (1 << 20)])
        return written(path, {"s": again})
    if kind == "rows":
        return written(path, {"s": pa.nulls(20_000_000, pa.int8())}, 20_000_000)
    if kind == "none":
        return written(path, {"s": pa.array([], pa.int8())})
    if kind == "encrypted":
        path.write_bytes(b"PARE" + bytes(100) + b"PARE")
    if kind == "footer":
        path.write_bytes(b"PAR1" + bytes(100) + (2**31 - 1).to_bytes(4, "little") + b"PAR1")
    return path


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        ("page", "of memory"),
        ("dictionary", "of memory"),
        ("rows", "claims 20,000,000 rows"),
        ("none", "has no rows"),
        ("encrypted", "is encrypted"),
        ("footer", "broken"),
    ],
)
def test_refuses_what_is_broken_or_a_trap(tmp_path: Path, kind: str, what: str) -> None:
    assert what in refused(hostile(tmp_path / "a.parquet", kind))


def test_rows_before_the_damage_are_read(tmp_path: Path) -> None:
    path = written(tmp_path / "a.parquet", {"n": [f"{n}" for n in range(3000)]})
    begin = parquet.read_metadata(path).row_group(2).column(0).dictionary_page_offset
    data = path.read_bytes()
    path.write_bytes(data[:begin] + b"\xff" * 40 + data[begin + 40 :])
    blocks = table_of_parquet(path, "a.parquet").blocks
    assert [row[0] for row in [*next(blocks), *next(blocks)]] == list(range(1, 2001))
    with pytest.raises(ListError, match=r"a\.parquet, behind row 2,000: broken"):
        next(blocks)


def test_says_what_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"a\.parquet: cannot be opened"):
        table_of_parquet(tmp_path / "a.parquet", "a.parquet")
