import os
import shutil
from pathlib import Path

import pytest
from registry.kept import bad, covering, entries, fresh, rules, take

from urlguard.errors import RegistryError
from urlguard.model import Kind, Resource
from urlguard.registry import backups
from urlguard.registry.opening import lookup_of
from urlguard.registry.registry import Registry


@pytest.fixture
def kept(tmp_path: Path) -> Registry:
    opened = fresh(tmp_path)
    take(opened, ["a.top"])
    opened.close()
    return opened


def copies(of: Registry) -> list[str]:
    return sorted(path.name.rpartition("-")[0][:5] for path in backups.backups(of.path))


def test_one_copy_a_day_is_made_before_the_first_change(kept: Registry) -> None:
    assert copies(kept) == []
    for host in ("b.top", "c.top"):
        take(kept, [host])
        kept.close()
    (copy,) = backups.backups(kept.path)
    assert copy.name.startswith("daily-")
    assert [entry.value for entry in entries(Registry(copy, kept._book))] == ["a.top"]  # noqa: SLF001


def test_daily_copies_of_three_days_are_kept_and_all_others(kept: Registry) -> None:
    asked = kept.back_up().path
    for day in ("20200101", "20200102", "20200103"):
        for number in (1, 2):
            shutil.copyfile(asked, backups.folder(kept.path) / f"daily-{day}-00000{number}-event1.db")
    take(kept, ["b.top"])
    names = sorted(path.name[:14] for path in backups.backups(kept.path) if path != asked)
    assert asked.exists()
    assert names[:4] == ["daily-20200102", "daily-20200102", "daily-20200103", "daily-20200103"]
    assert len(names) == 5


def test_a_half_made_copy_of_long_ago_is_swept(kept: Registry) -> None:
    folder = backups.folder(kept.path)
    folder.mkdir()
    for name, age in (("old.db.1.part", 7_200), ("now.db.2.part", 0)):
        (folder / name).touch()
        at = (folder / name).stat().st_mtime - age
        os.utime(folder / name, (at, at))
    take(kept, ["b.top"])
    assert [path.name for path in folder.glob("*.part")] == ["now.db.2.part"]


def test_a_damaged_registry_is_not_copied_over_good_ones(kept: Registry) -> None:
    for number in range(300):
        take(kept, [f"h{number}.example.top"])
    kept.close()
    for path in backups.backups(kept.path):
        path.unlink()
    content = bytearray(kept.path.read_bytes())
    one, other = 4_096 * 14, 4_096 * 16
    content[one : one + 4_096], content[other : other + 4_096] = (
        content[other : other + 4_096],
        content[one : one + 4_096],
    )
    kept.path.write_bytes(content)
    for _ in range(2):
        with pytest.raises(RegistryError, match="urlguard registry restore"):
            take(kept, ["b.top"])
    assert backups.backups(kept.path) == []


def test_a_copy_is_not_written_over_a_file(kept: Registry, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine", "utf-8")
    with pytest.raises(RegistryError, match="a file of this name is there already"):
        kept.back_up(tmp_path / "mine")
    assert (tmp_path / "mine").read_text("utf-8") == "mine"


def test_going_back_puts_aside_what_stood_there(kept: Registry) -> None:
    take(kept, ["b.top"])
    (made,) = backups.backups(kept.path)
    copy, aside = kept.restore()
    assert copy == made
    assert [entry.value for entry in entries(kept)] == ["a.top"]
    assert bad(kept) == []
    assert aside is not None
    assert [entry.value for entry in entries(Registry(aside, kept._book))] == ["a.top", "b.top"]  # noqa: SLF001


def test_going_back_twice_in_a_second_loses_nothing(kept: Registry) -> None:
    copy = kept.back_up().path
    asides = [kept.restore(copy)[1] for _ in range(4)]
    assert len(set(asides)) == 4
    assert all(aside is not None and aside.exists() for aside in asides)


def test_a_bad_copy_is_passed_over_and_a_named_one_is_taken(kept: Registry) -> None:
    good = kept.back_up().path
    newer = good.with_name("newer.db")
    newer.write_bytes(good.read_bytes()[:-4_096])
    os.utime(newer, (good.stat().st_mtime + 10,) * 2)
    assert backups.backups(kept.path) == [newer, good]
    take(kept, ["b.top"])
    assert kept.restore()[0] != newer
    assert bad(kept) == []
    take(kept, ["b.top"])
    with pytest.raises(RegistryError):
        kept.restore(newer)
    assert covering(kept, "b.top") == ["b.top"]


def test_without_a_copy_there_is_nothing_to_go_back_to(kept: Registry) -> None:
    with pytest.raises(RegistryError, match="there is no good copy to go back to"):
        kept.restore()
    assert covering(kept, "a.top") == ["a.top"]


def test_a_registry_behind_a_symbolic_link_is_the_same_one(kept: Registry, tmp_path: Path) -> None:
    named = tmp_path / "elsewhere"
    named.mkdir()
    (named / "link.db").symlink_to(kept.path)
    linked = Registry(named / "link.db", rules())
    take(linked, ["4111111111111111"])
    linked.back_up()
    linked.restore()
    linked.close()
    assert [path.name for path in named.iterdir()] == ["link.db"]
    assert (named / "link.db").is_symlink()
    card = Resource(Kind.CARD, "", "4111111111111111", None)
    for path in (kept.path, named / "link.db"):
        assert [hit.entry.kind for hit in lookup_of(path, rules()).found((), [card])] == [Kind.CARD]
