"""What says that the files of a run are those of the run that was cut off."""

import os
from pathlib import Path

from urlguard.cli.resuming import stamp


def test_a_folder_is_known_by_its_tables_and_not_by_the_outputs_in_it(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("a")
    outputs = [tmp_path / "r.csv"]
    before = stamp(tmp_path, outputs)
    for name in ("r.csv", "r.csv.part", "r.csv.checkpoint"):
        (tmp_path / name).write_text("b")
    os.utime(tmp_path, (0, 0))
    assert stamp(tmp_path, outputs) == before
    (tmp_path / "list.csv").write_text("longer")
    changed = stamp(tmp_path, outputs)
    assert changed != before
    (tmp_path / "more.csv").write_text("a")
    assert stamp(tmp_path, outputs) not in (before, changed)
