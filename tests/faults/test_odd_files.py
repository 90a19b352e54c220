"""Files that are no registry, or one of another time."""

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from faults.made import NAMES_THE_WAY_BACK, add, covered, registry

from urlguard.errors import Damaged, RegistryError

FIRST = "known.example.top"
WAYS: dict[str, Callable[[Path], object]] = {
    "lookup": lambda path: covered(registry(path), [FIRST]),
    "list": lambda path: list(registry(path).searching().entries()),
    "add": lambda path: add(registry(path), [FIRST]),
}


def database(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE diary(day TEXT)")
    other.close()


MAKERS: dict[str, tuple[Callable[[Path], object], str]] = {
    "another program's database": (database, "no registry of urlguard"),
    "a text": (lambda path: path.write_text("just some words\n" * 400, "utf-8"), "this is no registry"),
    "a short text": (lambda path: path.write_text("hi", "utf-8"), "this is no registry"),
    "a folder": (lambda path: path.mkdir(), "this is a folder"),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize(("make", "said"), MAKERS.values(), ids=MAKERS)
def test_what_is_no_registry_is_refused_and_left_alone(
    tmp_path: Path, make: Callable[[Path], object], said: str, way: Callable[[Path], object]
) -> None:
    path = tmp_path / "r.db"
    make(path)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(RegistryError, match=said) as refused:
        way(path)
    assert "--registry" in refused.value.mend
    assert (path.read_bytes() if path.is_file() else b"") == before
    assert [file.name for file in tmp_path.iterdir()] == ["r.db"]


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes")
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_pipe_is_refused_without_waiting(tmp_path: Path, way: Callable[[Path], object]) -> None:
    os.mkfifo(tmp_path / "r.db")
    with pytest.raises(RegistryError, match="no ordinary file"):
        way(tmp_path / "r.db")


def test_an_empty_file_is_begun_by_a_writer_and_empty_for_a_reader(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    path.touch()
    with pytest.raises(RegistryError, match="the registry is empty"):
        covered(registry(path), [FIRST])
    add(registry(path), [FIRST])
    assert covered(registry(path), [FIRST]) == [True]


def test_an_emptied_registry_that_has_copies_is_not_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    opened = registry(path)
    add(opened, [FIRST])
    opened.back_up()
    opened.close()
    path.write_bytes(b"")
    for way in WAYS.values():
        with pytest.raises(Damaged, match=NAMES_THE_WAY_BACK):
            way(path)
    opened.restore()
    assert covered(registry(path), [FIRST]) == [True]


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_newer_registry_asks_for_an_update(tmp_path: Path, way: Callable[[Path], object]) -> None:
    path = tmp_path / "r.db"
    opened = registry(path)
    add(opened, [FIRST])
    with opened.store(write=True).writing():
        opened.store().run("PRAGMA user_version=99")
    opened.close()
    with pytest.raises(RegistryError, match="update urlguard"):
        way(path)


def test_a_folder_that_is_missing_is_made_and_one_that_is_a_file_is_said(tmp_path: Path) -> None:
    add(registry(tmp_path / "a" / "b" / "r.db"), [FIRST])
    (tmp_path / "c").touch()
    with pytest.raises(RegistryError, match="mend: "):
        add(registry(tmp_path / "c" / "r.db"), [FIRST])


def test_a_restore_behind_a_writers_back_is_not_written_over(tmp_path: Path) -> None:
    """The file the writer has open was put aside: what it writes there would be lost."""
    path = tmp_path / "r.db"
    opened, other = registry(path), registry(path)
    add(opened, [FIRST])
    copy = opened.back_up().path
    add(opened, ["second.example.top"])
    other.restore(copy)
    with pytest.raises(RegistryError, match="another file lies here now"):
        add(opened, ["third.example.top"])
    opened.close()
    add(opened, ["fourth.example.top"])
    asked = [FIRST, "second.example.top", "third.example.top", "fourth.example.top"]
    assert covered(registry(path), asked) == [True, False, False, True]


def test_a_copied_registry_is_a_registry(tmp_path: Path) -> None:
    opened = registry(tmp_path / "r.db")
    add(opened, [FIRST])
    opened.close()
    shutil.copyfile(tmp_path / "r.db", tmp_path / "#%?é.db")
    assert covered(registry(tmp_path / "#%?é.db"), [FIRST]) == [True]
