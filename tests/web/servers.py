"""Servers that say exactly what a test tells them, byte for byte, and feeds that name them."""

import asyncio
import gzip
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from urlguard.web.feeds import Feed, Fetched, fetch
from urlguard.web.limits import Limits

LIST: Final = b"kaspi-bonus.top\negov-kz.site\n" * 20
SHORT: Final = Limits(deadline_seconds=5, body_bytes=100_000, header_bytes=10_000)
"""Bounds small enough to be hit soon; no good answer comes near them."""

Handler = Callable[[asyncio.StreamWriter], Awaitable[None]]
Answers = Mapping[str, bytes | Handler]


def answer(body: bytes = LIST, *headers: str, status: str = "200 OK", length: int | None = None) -> bytes:
    """Return a whole answer; `length` is declared instead of the right one, -1 for none."""
    lines = [f"HTTP/1.1 {status}", *headers]
    if length != -1:
        lines.append(f"Content-Length: {len(body) if length is None else length}")
    return "\r\n".join([*lines, "", ""]).encode() + body


def zipped(body: bytes = LIST) -> bytes:
    return gzip.compress(body, mtime=0)


def moved(where: str, status: int = 302) -> bytes:
    return answer(b"", f"Location: {where}", status=f"{status} Moved")


def drip(start: bytes, piece: bytes, pause: float) -> Handler:
    """Return a handler that sends `start`, then `piece` for as long as somebody listens."""

    async def dripping(writer: asyncio.StreamWriter) -> None:
        writer.write(start)
        while True:
            await writer.drain()
            await asyncio.sleep(pause)
            writer.write(piece)

    return dripping


def reset(start: bytes) -> Handler:
    """Return a handler that breaks the connection after `start`."""

    async def resetting(writer: asyncio.StreamWriter) -> None:
        writer.write(start)
        await writer.drain()
        await asyncio.sleep(0.02)
        writer.transport.abort()

    return resetting


@dataclass
class Server:
    """A server and what it was asked."""

    port: int
    asked: list[str] = field(default_factory=list)
    """Whole requests, in order."""

    def url(self, path: str = "/list.txt") -> str:
        return f"http://127.0.0.1:{self.port}{path}"


@asynccontextmanager
async def serving(
    answers: Answers | bytes | Handler, tls: ssl.SSLContext | None = None
) -> AsyncIterator[Server]:
    """Serve `answers` by path, or one answer for every path."""
    server = Server(0)
    tasks: set[asyncio.Task[object]] = set()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError, ssl.SSLError):
            request = (await reader.readuntil(b"\r\n\r\n")).decode()
            server.asked.append(request)
            said = answers if not isinstance(answers, Mapping) else answers[request.split(" ")[1]]
            if isinstance(said, bytes):
                writer.write(said)
                await writer.drain()
            else:
                await said(writer)
        writer.close()
        with suppress(ConnectionError, asyncio.CancelledError, ssl.SSLError):
            await writer.wait_closed()
        tasks.discard(task)

    listening = await asyncio.start_server(handle, "127.0.0.1", 0, ssl=tls)
    server.port = listening.sockets[0].getsockname()[1]
    async with listening:
        yield server
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def fetched(
    folder: Path,
    answers: Answers | bytes | Handler,
    *,
    path: str = "/list.txt",
    limits: Limits = SHORT,
    asked: list[str] | None = None,
    **named: object,
) -> Fetched:
    """Download one feed from a server of its own, which `{root}` stands for in the feed's settings."""

    async def scenario() -> Fetched:
        async with serving(answers) as server:
            told: dict[str, Any] = {key: _rooted(value, server.url("")) for key, value in named.items()}
            result = await fetch(Feed("list", server.url(path), **told), folder, limits=limits)
            if asked is not None:
                asked.extend(server.asked)
            return result

    return asyncio.run(scenario())


def _rooted(value: object, root: str) -> object:
    return value.replace("{root}", root) if isinstance(value, str) else value


def refused(folder: Path, result: Fetched, code: str) -> None:
    """Hold that a download failed for one reason, in one line, and left nothing behind."""
    assert (result.status, result.code) == ("failed", code), result.message
    assert result.path is None
    assert result.message.isprintable()
    assert "; " in result.message
    assert [path.name for path in folder.iterdir()] == []
