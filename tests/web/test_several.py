import asyncio
import os
import socket
import threading
import time
from pathlib import Path

import pytest
from web.servers import LIST, SHORT, Answers, Server, answer, drip, moved, serving, zipped

from urlguard.errors import UsageError
from urlguard.web.feeds import Feed, Fetched, fetch, fetch_all, fetch_lists, list_path
from urlguard.web.limits import AT_ONCE, Limits


def test_one_failure_harms_no_other(tmp_path: Path) -> None:
    said: Answers = {
        "/good": answer(),
        "/gone": answer(status="410 Gone"),
        "/half.gz": answer(zipped()[:-9]),
        "/loop": moved("/loop"),
        "/drip": drip(b"HTTP/1.1 200 OK\r\n\r\n", b"a.kz\n", 0.01),
        "/also-good": answer(),
    }

    async def scenario() -> list[Fetched]:
        async with serving(said) as server:
            feeds = [Feed(path, server.url(path)) for path in said]
            return await fetch_all(feeds, tmp_path, Limits(deadline_seconds=0.5))

    results = asyncio.run(scenario())
    assert [result.feed.name for result in results] == list(said)
    assert [result.code or result.status for result in results] == [
        "new", "status", "gzip", "loop", "deadline", "new"
    ]  # fmt: skip
    assert sorted(tmp_path.iterdir()) == sorted(result.path for result in results if result.path)


def test_at_most_eight_at_once(tmp_path: Path) -> None:
    now, most = 0, 0

    async def counted(writer: asyncio.StreamWriter) -> None:
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0.05)
        now -= 1
        writer.write(answer())

    async def scenario() -> list[Fetched]:
        async with serving(counted) as server:
            feeds = [Feed(str(number), server.url()) for number in range(AT_ONCE * 2)]
            return await fetch_all(feeds, tmp_path, SHORT)

    assert {result.status for result in asyncio.run(scenario())} == {"new"}
    assert most == AT_ONCE


def test_waiting_for_others_costs_nothing_of_the_deadline(tmp_path: Path) -> None:
    async def slow(writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.2)
        writer.write(answer())

    async def scenario() -> list[Fetched]:
        async with serving(slow) as server:
            feeds = [Feed(str(number), server.url()) for number in range(AT_ONCE * 2)]
            return await fetch_all(feeds, tmp_path, Limits(deadline_seconds=0.35))

    assert {result.code for result in asyncio.run(scenario())} == {""}


def test_two_feeds_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        fetch_lists([Feed("a", "http://127.0.0.1/"), Feed("a", "http://127.0.0.1/b")], tmp_path)


def test_none_at_all(tmp_path: Path) -> None:
    assert fetch_lists([], tmp_path) == []


@pytest.mark.parametrize(
    "name", ["../../evil", "a/b", ".", "", "Қара тізім", "CON", "x" * 500, "a\0b", "\ud800"]
)
def test_a_list_stays_in_its_folder_whatever_its_name(tmp_path: Path, name: str) -> None:
    path = list_path(tmp_path, name)
    assert path.parent == tmp_path
    path.write_bytes(LIST)
    assert path != list_path(tmp_path, f"{name} ")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_cancelled_download_leaves_nothing(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with serving(drip(b"HTTP/1.1 200 OK\r\n\r\n", b"a.kz\n", 0.01)) as server:
            task = asyncio.create_task(fetch(Feed("list", server.url()), tmp_path, limits=SHORT))
            await asyncio.sleep(0.1)
            assert names(tmp_path) != []
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

    asyncio.run(scenario())
    assert list(tmp_path.iterdir()) == []


def test_the_folder_is_made(tmp_path: Path) -> None:
    async def scenario() -> tuple[Server, Fetched]:
        async with serving(answer()) as server:
            return server, await fetch(Feed("list", server.url()), tmp_path / "a" / "b", limits=SHORT)

    assert asyncio.run(scenario())[1].status == "new"


def test_what_a_killed_process_left_is_removed_after_an_hour(tmp_path: Path) -> None:
    for name, age in (("old", 4_000), ("young", 3_000)):
        left = tmp_path / f".fetch-{name}"
        left.mkdir()
        (left / "sent").write_bytes(LIST)
        os.utime(left, (time.time() - age,) * 2)
    fetch_lists([Feed("list", "http://127.0.0.1:1/")], tmp_path)
    assert names(tmp_path) == [".fetch-young"]


def test_a_look_up_that_hangs_does_not_outlive_the_deadline(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = threading.Event()

    def hanging(*_args: object, **_named: object) -> list[object]:
        ended.wait(5)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", hanging)
    start = time.monotonic()
    [result] = fetch_lists([Feed("list", "http://lists.example/")], tmp_path, Limits(deadline_seconds=0.2))
    assert result.code == "deadline"
    assert time.monotonic() - start < 2
    ended.set()
