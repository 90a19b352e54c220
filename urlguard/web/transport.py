"""The connection under a download: to checked addresses only, with bounded headers, every byte counted.

httpx lets a server send more than its `Content-Length` (the rest is dropped in silence) and up
to 100 KB of headers, which h11 counts only while they are incomplete; and it resolves names
itself, after any check of ours. httpcore's network backend is the public place to do better.
"""

import re
from collections.abc import AsyncIterator, Iterable
from contextlib import suppress
from ssl import SSLContext
from typing import Any, Final

import httpcore
import httpx

from urlguard.web.addresses import allow, resolve
from urlguard.web.limits import ADDRESS_SECONDS, EXCESS_SECONDS
from urlguard.web.refusals import Refused

_END: Final = re.compile(rb"\n\r?\n")
"""End of the headers, as h11 finds it."""
_INTERIM: Final = re.compile(rb"HTTP/1\.\d 1\d\d")
_END_BYTES: Final = 3


class Counted(httpcore.AsyncNetworkStream):
    """A stream that bounds the headers it carries and counts what follows them."""

    def __init__(self, inner: httpcore.AsyncNetworkStream, header_bytes: int) -> None:
        """Wrap `inner`; more than `header_bytes` before the body are refused."""
        self._inner = inner
        self._limit = header_bytes
        self._head: bytearray | None = bytearray()
        self._interim = 0
        self.body = 0
        """Bytes received after the headers."""

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109  httpcore's
        """Return what came. Raises `Refused` for too long headers."""
        data = await self._inner.read(max_bytes, timeout)
        if self._head is None:
            self.body += len(data)
        else:
            self._count(self._head, data)
        return data

    def _count(self, head: bytearray, data: bytes) -> None:
        start = max(0, len(head) - _END_BYTES)
        head += data
        while end := _END.search(head, start):
            start = 0
            size = end.end()
            if _INTERIM.match(head) is None:
                self._check(self._interim + size)
                self._head, self.body = None, len(head) - size
                return
            self._interim += size
            del head[:size]
        self._check(self._interim + len(head))

    def _check(self, size: int) -> None:
        if size > self._limit:
            raise Refused("headers", f"the headers of the answer exceed {self._limit:,} bytes")

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109  httpcore's
        """Send `buffer`."""
        await self._inner.write(buffer, timeout)

    async def aclose(self) -> None:
        """Close the connection."""
        await self._inner.aclose()

    async def start_tls(
        self,
        ssl_context: SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109  httpcore's
    ) -> httpcore.AsyncNetworkStream:
        """Return the encrypted stream, counted from its first byte."""
        inner = await self._inner.start_tls(ssl_context, server_hostname, timeout)
        return Counted(inner, self._limit)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401  httpcore's
        """Return what httpcore asks of the socket."""
        return self._inner.get_extra_info(info)


class Network(httpcore.AsyncNetworkBackend):
    """Connects to addresses that were resolved and checked here, so that no second look-up differs."""

    def __init__(self, named: frozenset[str], header_bytes: int) -> None:
        """`named` are the hosts that may have any address."""
        self._named = named
        self._header_bytes = header_bytes
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  httpcore's
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first address that answers. Raises `Refused` or httpcore's errors."""
        addresses = await resolve(host, port)
        allow(host, addresses, self._named)
        wait = ADDRESS_SECONDS if timeout is None else timeout
        last: Exception | None = None
        for address in addresses:
            try:
                stream = await self._inner.connect_tcp(address, port, wait, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
            else:
                return Counted(stream, self._header_bytes)
        raise last or httpcore.ConnectError("no address")


class Body(httpx.AsyncByteStream):
    """The body of an answer; what comes after its declared length is refused."""

    def __init__(self, answer: httpcore.Response) -> None:
        """Keep the stream and the declared length, if only that tells where the body ends."""
        self._answer = answer
        headers = httpx.Headers(answer.headers)
        told = answer.status == httpx.codes.OK and "transfer-encoding" not in headers
        length = headers.get("content-length", "") if told else ""
        self._length = int(length) if length.isdecimal() else None

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._answer.aiter_stream():
            yield part
        stream = self._answer.extensions.get("network_stream")
        if self._length is None or not isinstance(stream, Counted):
            return
        if stream.body <= self._length:
            with suppress(httpcore.ReadTimeout, httpcore.ReadError):
                await stream.read(1, EXCESS_SECONDS)
        if stream.body > self._length:
            raise Refused("length", f"more was sent than the declared {self._length:,} bytes")

    async def aclose(self) -> None:
        """Release the connection."""
        await self._answer.aclose()


class Transport(httpx.AsyncBaseTransport):
    """One connection at a time, none kept; raises httpcore's own errors."""

    def __init__(self, network: Network, tls: SSLContext, proxy: httpcore.Proxy | None) -> None:
        """Connect through `network`, by way of `proxy` if there is one."""
        self._pool = httpcore.AsyncConnectionPool(
            tls, proxy, max_connections=1, max_keepalive_connections=0, network_backend=network
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request without a body."""
        url = request.url
        target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        asked = httpcore.Request(
            request.method, target, headers=request.headers.raw, extensions=request.extensions
        )
        answer = await self._pool.handle_async_request(asked)
        return httpx.Response(
            answer.status, headers=answer.headers, stream=Body(answer), extensions=answer.extensions
        )

    async def aclose(self) -> None:
        """Close what is open."""
        await self._pool.aclose()
