"""Checkpoints that are read back, and those that are not what was written."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from urlguard.errors import UsageError
from urlguard.scanning import checkpoints
from urlguard.scanning.checkpoints import Checkpoint

PLAN: Final = {"the files": [["a\ud800.csv", 5, 7]], "--limit": None}
WRITTEN: Final = Checkpoint(PLAN, 10, 123, 2, 9, {"clear": 9}, {"sizes": {"r.csv.part": 70}}, "2026-11-22")


def _file(folder: Path) -> Path:
    checkpoints.write(folder / "r.csv.checkpoint", WRITTEN)
    return folder / "r.csv.checkpoint"


def test_what_was_written_is_read(tmp_path: Path) -> None:
    assert checkpoints.read(_file(tmp_path), PLAN) == WRITTEN
    assert [path.name for path in tmp_path.iterdir()] == ["r.csv.checkpoint"]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda _: b"", id="empty"),
        pytest.param(lambda _: b"5", id="no object"),
        pytest.param(lambda _: b"{}", id="an object of nothing"),
        pytest.param(lambda _: b"[" * 100_000, id="nested endlessly"),
        pytest.param(lambda _: bytes(4096), id="zeros after a power cut"),
        pytest.param(lambda data: data[:-1], id="cut off"),
        pytest.param(lambda data: data + b"\n", id="something behind it"),
        pytest.param(lambda data: re.sub(rb',"sha256":.*', b"}", data), id="without its sum"),
        pytest.param(lambda data: data.replace(b'"rows":9', b'"rows":-9'), id="another number"),
        pytest.param(lambda data: data.replace(b'"taken":10', b'"taken":"x"'), id="another type"),
        pytest.param(lambda data: data.replace(b"70", b"10"), id="another size"),
    ],
)
def test_a_checkpoint_that_was_changed_is_refused(tmp_path: Path, change: Callable[[bytes], bytes]) -> None:
    file = _file(tmp_path)
    data = file.read_bytes()
    assert change(data) != data
    file.write_bytes(change(data))
    with pytest.raises(UsageError, match=r"(?s)cannot be read .*mend: begin anew with --restart"):
        checkpoints.read(file, PLAN)


def test_a_pipe_instead_of_a_checkpoint_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "r.csv.checkpoint")
    with pytest.raises(UsageError, match="no file that a scan has written"):
        checkpoints.read(tmp_path / "r.csv.checkpoint", PLAN)


@pytest.mark.parametrize("name", ["r.csv.checkpoint", "r.csv.checkpoint.new"])
def test_a_link_is_replaced_and_not_written_through(tmp_path: Path, name: str) -> None:
    precious = tmp_path / "precious"
    precious.write_text("all there is")
    (tmp_path / name).symlink_to(precious)
    assert checkpoints.read(_file(tmp_path), PLAN) == WRITTEN
    assert precious.read_text() == "all there is"
