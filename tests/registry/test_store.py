from pathlib import Path

import pytest

from urlguard.errors import Damaged, RegistryError
from urlguard.registry.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "r.db", write=True)


def words(store: Store) -> list[str]:
    return [name for (name,) in store.rows("SELECT name FROM names ORDER BY id")]


def write(store: Store, *names: str) -> None:
    with store.writing():
        store.run_many("INSERT INTO names(name) VALUES(?)", [(name,) for name in names])


def test_what_a_block_wrote_is_kept_whole(store: Store) -> None:
    write(store, "a", "b")
    with pytest.raises(ZeroDivisionError), store.writing():  # noqa: PT012  (it is the block that fails)
        store.run("INSERT INTO names(name) VALUES('c')")
        _ = 1 / 0
    assert words(Store(store.path)) == ["a", "b"]


def test_one_and_all_and_the_last_row_id(store: Store) -> None:
    with store.writing():
        assert store.run("INSERT INTO names(name) VALUES('a')") == 1
        assert store.run("INSERT INTO names(name) VALUES('b')") == 2
    assert store.one("SELECT name FROM names WHERE id = ?", (2,)) == ("b",)
    assert store.one("SELECT name FROM names WHERE id = ?", (3,)) is None
    assert store.all("SELECT name FROM names ORDER BY id") == [("a",), ("b",)]


def test_a_reader_sees_a_write_when_it_is_done(store: Store) -> None:
    reader = Store(store.path)
    with store.writing():
        store.run("INSERT INTO names(name) VALUES('a')")
        assert words(reader) == []
    assert words(reader) == ["a"]


def test_a_snapshot_stays_as_it_is(store: Store) -> None:
    reader = Store(store.path)
    with reader.snapshot():
        assert words(reader) == []
        write(store, "a")
        assert words(reader) == []
    assert words(reader) == ["a"]


def test_a_reader_cannot_write(store: Store) -> None:
    with pytest.raises(RegistryError, match="cannot be written here"):
        Store(store.path).run("INSERT INTO names(name) VALUES('a')")


@pytest.mark.parametrize("sql", ["SELECT * FROM nothing", "SELECT nothing FROM names", "nonsense"])
def test_a_statement_whose_tables_are_gone_is_damage(store: Store, sql: str) -> None:
    with pytest.raises(Damaged, match="urlguard registry restore"):
        store.all(sql)
    with pytest.raises(Damaged, match="urlguard registry restore"):
        list(store.rows(sql))


def test_text_that_is_no_utf_8_is_damage(store: Store) -> None:
    with pytest.raises(Damaged, match="the file is damaged"):
        store.all("SELECT CAST(x'ff41' AS TEXT)")


def test_every_page_carries_a_checksum_and_the_log_is_ahead(store: Store) -> None:
    write(store, *(f"word {number} " * 20 for number in range(200)))
    assert store.one("PRAGMA journal_mode") == ("wal",)
    store.close()
    content = bytearray(store.path.read_bytes())
    assert content[20] == 8
    content[3 * 4_096 + 2_000] ^= 1
    store.path.write_bytes(content)
    assert Store(store.path).faults() != []


@pytest.mark.parametrize("rows", [3, 30_000], ids=["a few pages", "more pages than fit in memory"])
def test_a_copy_is_complete_and_carries_checksums(store: Store, tmp_path: Path, rows: int) -> None:
    """A large one too: pages of it are written before its first page, which says that there are checksums."""
    write(store, *(f"word number {number} of many words" for number in range(rows)))
    store.copy_to(tmp_path / "copy.db")
    copy = Store(tmp_path / "copy.db")
    assert copy.faults() == []
    assert len(words(copy)) == rows
    assert {file.name for file in tmp_path.iterdir() if file.name.startswith("copy")} == {"copy.db"}


def test_a_restored_registry_gets_its_log_back(store: Store, tmp_path: Path) -> None:
    store.copy_to(tmp_path / "copy.db")
    assert Store(tmp_path / "copy.db").one("PRAGMA journal_mode") == ("delete",)
    assert Store(tmp_path / "copy.db", write=True).one("PRAGMA journal_mode") == ("wal",)
