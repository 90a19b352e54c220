"""Outputs that grow: the same bytes whatever the batches and wherever they were gone on with."""

from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tables.writing.scanned_rows import CLEAR, SCAM, UNREAD, head, scanned

from urlguard.errors import UsageError
from urlguard.tables.rows import Scanned
from urlguard.tables.writing.growing import Growing, csv_output, jsonl_output, sarif_output, spool_output

OUTPUTS = [csv_output, jsonl_output, sarif_output, spool_output]
HEAD = head("url", "text")
ROWS = [
    scanned(2, "https://kaspi.kz/", "привет\nвсем", finding=CLEAR),
    scanned(3, "=1+1", "a\0\ud83d\u2028", finding=SCAM),
    scanned(4, "", "", finding=UNREAD),
    scanned(5, None, {"а": [1, None]}, finding=CLEAR._replace(score=20)),
    scanned(6, 5.0, "x", finding=SCAM._replace(level="suspicious", score=40)),
]
Make = Callable[..., Growing]


def written(path: Path, make: Make, batches: Sequence[Sequence[Scanned]]) -> bytes:
    output = make(path, HEAD)
    for batch in batches:
        output.rows(batch)
    output.finish()
    return path.read_bytes()


@pytest.mark.parametrize("make", OUTPUTS)
def test_batches_leave_no_trace(make: Make, tmp_path: Path) -> None:
    at_once = written(tmp_path / "a", make, [ROWS])
    assert written(tmp_path / "b", make, [[row] for row in ROWS]) == at_once
    assert written(tmp_path / "c", make, [[], ROWS[:2], [], ROWS[2:]]) == at_once


@pytest.mark.parametrize("make", OUTPUTS)
@given(data=st.data())
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_resumed_output_is_the_same(make: Make, tmp_path: Path, data: Any) -> None:  # noqa: ANN401  (typed by hypothesis)
    rows = data.draw(st.lists(st.sampled_from(ROWS), max_size=6))
    cut = data.draw(st.integers(0, len(rows)))
    lost = data.draw(st.integers(cut, len(rows)))
    whole = written(tmp_path / "whole", make, [rows])
    part = tmp_path / "part"
    output = make(part, HEAD)
    output.rows(rows[:cut])
    size = output.sync()
    assert size == part.stat().st_size
    output.rows(rows[cut:lost])
    output.close()
    resumed = make(part, HEAD, at=size)
    resumed.rows(rows[cut:])
    resumed.finish()
    assert part.read_bytes() == whole


@pytest.mark.parametrize("make", OUTPUTS)
def test_a_file_that_lost_bytes_is_not_gone_on_with(make: Make, tmp_path: Path) -> None:
    path = tmp_path / "out.part"
    path.write_bytes(b"abc")
    with pytest.raises(UsageError, match=r"out\.part: 9 bytes of it were written, 3 are there\n  mend: "):
        make(path, HEAD, at=9)
    assert path.read_bytes() == b"abc"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("make", OUTPUTS)
def test_a_full_disk_is_named(make: Make) -> None:
    said = r"/dev/full: cannot be written: No space left.*\n  mend: make room"
    with pytest.raises(UsageError, match=said), closing(make(Path("/dev/full"), HEAD)) as output:
        output.rows(ROWS)


@pytest.mark.parametrize("make", OUTPUTS)
def test_no_folder_and_a_closed_file_are_named(make: Make, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nowhere.*No such file.*\n  mend: make the folder"):
        make(tmp_path / "nowhere" / "out", HEAD)
    output = make(tmp_path / "out", HEAD)
    output.close()
    for use in (lambda: output.rows(ROWS), output.sync, output.finish):
        with pytest.raises(UsageError, match="out: cannot be written"):
            use()
