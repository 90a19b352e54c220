import json
import multiprocessing
import os
import sys
from pathlib import Path

import pytest

from urlguard.errors import UsageError
from urlguard.packs import book as books
from urlguard.packs.book import load_book
from urlguard.packs.where import cache_folder, shipped_rules


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("URLGUARD_CACHE", str(folder))
    return folder


@pytest.fixture(scope="module")
def shipped() -> str:
    return json.dumps(books.compile_book([shipped_rules()]))


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch, shipped: str) -> list[int]:
    """How often the book was compiled, as the length of a list; the shipped one is only copied."""
    calls: list[int] = []
    compile_book = books.compile_book

    def counting(folders: list[Path]) -> books.Book:
        calls.append(len(folders))
        return compile_book(folders) if len(folders) > 1 else json.loads(shipped)

    monkeypatch.setattr(books, "compile_book", counting)
    return calls


def the_book(cache: Path) -> Path:
    (path,) = cache.glob("book-*.json")
    return path


def test_is_compiled_once_and_then_read_from_the_cache(cache: Path, compiled: list[int]) -> None:
    first = load_book()
    assert load_book() == first
    assert len(compiled) == 1
    assert [path.suffix for path in cache.iterdir()] == [".json"]


def test_without_cache_nothing_is_written(cache: Path, compiled: list[int]) -> None:
    load_book(cache=False)
    load_book(cache=False)
    assert len(compiled) == 2
    assert not cache.exists()


def test_an_edited_pack_makes_a_new_book(cache: Path, compiled: list[int], tmp_path: Path) -> None:
    pack = tmp_path / "own.yaml"
    for word in ("firstword", "otherword"):
        pack.write_text(f"ordinary: [{word}]\n", "utf-8")
        assert word in load_book([pack])["ordinary"]
        assert word in load_book([pack])["ordinary"]
    assert len(compiled) == 2
    assert len(list(cache.iterdir())) == 2


def test_the_same_content_elsewhere_is_another_book(compiled: list[int], cache: Path, tmp_path: Path) -> None:
    assert not cache.exists()
    for name in ("a", "b"):
        folder = tmp_path / name / "packs"
        folder.mkdir(parents=True)
        (folder / "own.yaml").write_text("ordinary: [word]\n", "utf-8")
        load_book([folder])
    assert len(compiled) == 2


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\x00\xff garbage", id="garbage"),
        pytest.param(b"[" * 100_000, id="deep nesting"),
        pytest.param(b"null", id="null"),
        pytest.param(b"[]", id="list"),
        pytest.param(b"{}", id="empty mapping"),
        pytest.param(b'{"digest": "other", "rules": []}', id="another digest"),
        pytest.param(None, id="cut in half"),
    ],
)
def test_a_damaged_cache_is_rebuilt(cache: Path, compiled: list[int], content: bytes | None) -> None:
    first = load_book()
    path = the_book(cache)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2] if content is None else content)
    assert load_book() == first
    assert len(compiled) == 2
    assert load_book() == first
    assert len(compiled) == 2, "the cache was written anew"


def test_a_book_of_another_shape_is_rebuilt(cache: Path, compiled: list[int]) -> None:
    first = load_book()
    links, texts = the_book(cache).read_bytes().split(b"\n")
    the_book(cache).write_bytes(links)
    assert load_book().keys() == first.keys(), "the line for texts was missing"
    for section in first.keys() - {"digest", "later"}:
        damaged = {key: value for key, value in json.loads(links).items() if key != section}
        the_book(cache).write_bytes(json.dumps(damaged).encode() + b"\n" + texts)
        assert load_book().keys() == first.keys(), section
    assert len(compiled) == len(first)


def test_a_cache_that_cannot_be_written_is_no_error(
    cache: Path, compiled: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    monkeypatch.setenv("URLGUARD_CACHE", str(tmp_path / "file"))
    assert load_book() == load_book()
    assert len(compiled) == 2
    assert not cache.exists()


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="nothing is unwritable for root")
def test_a_read_only_cache_folder_is_no_error(cache: Path) -> None:
    cache.mkdir(mode=0o500)
    assert load_book()["rules"]
    assert list(cache.iterdir()) == []


def test_a_write_that_fails_leaves_no_half_a_book(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_self: Path, _target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert load_book()["rules"]
    assert list(cache.iterdir()) == []


def test_old_books_are_forgotten(cache: Path, tmp_path: Path) -> None:
    load_book()
    path = the_book(cache)
    for number in range(12):
        other = cache / f"book-{number:032}.json"
        other.write_text("{}", "utf-8")
        os.utime(other, (number, number))
    draft = cache / "book-x.json.1.tmp"
    draft.write_text("", "utf-8")
    os.utime(draft, (1, 1))
    pack = tmp_path / "own.yaml"
    pack.write_text("ordinary: [word]\n", "utf-8")
    load_book([pack])
    assert path.exists()
    assert not draft.exists()
    assert len(list(cache.iterdir())) < 12


def test_a_missing_pack_is_an_error_with_and_without_a_cached_book(cache: Path, tmp_path: Path) -> None:
    pack = tmp_path / "own.yaml"
    pack.write_text("ordinary: [word]\n", "utf-8")
    load_book([pack])
    pack.unlink()
    assert list(cache.iterdir())
    for missing in (pack, tmp_path / "nowhere"):
        with pytest.raises(UsageError, match="no rule packs at"):
            load_book([missing])


def _load(folder: str) -> int:
    os.environ["URLGUARD_CACHE"] = folder
    return len(load_book()["rules"])


def test_processes_may_start_at_once(cache: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        counts = pool.map(_load, [str(cache)] * 8)
    assert len(set(counts)) == 1
    assert counts[0]
    assert [path.suffix for path in cache.iterdir()] == [".json"]


@pytest.mark.parametrize(
    ("platform", "variable", "end"),
    [("linux", "XDG_CACHE_HOME", "urlguard"), ("win32", "LOCALAPPDATA", "urlguard/Cache")],
)
def test_the_cache_lies_where_the_platform_keeps_caches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, platform: str, variable: str, end: str
) -> None:
    monkeypatch.delenv("URLGUARD_CACHE", raising=False)
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setenv(variable, str(tmp_path))
    assert cache_folder() == tmp_path / end
