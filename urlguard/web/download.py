"""One address downloaded into a file: redirects by hand, every promise of the answer checked.

A body without a declared length and without chunks ends where the connection does; that it was
whole shows only in gzip's trailer, a checksum or a signature.
"""

import re
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from functools import lru_cache
from os import environ
from pathlib import Path
from ssl import SSLContext
from typing import Final, NamedTuple
from urllib.request import getproxies, proxy_bypass

import httpcore
import httpx

from urlguard.version import __version__
from urlguard.web.addresses import allow, literal
from urlguard.web.contents import check_type
from urlguard.web.inflating import Inflater, too_large
from urlguard.web.limits import PIECE, Limits
from urlguard.web.refusals import FAULTS, Refused, refusal, shown
from urlguard.web.transport import Network, Transport

_SCHEMES: Final = frozenset({"http", "https"})
_LAST_PORT: Final = 65535
_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_GZIP: Final = frozenset({"gzip", "x-gzip"})
_TAG: Final = re.compile(r'(?:W/)?"[!#-~]{0,250}"')
"""An entity tag (RFC 9110, 8.8.3), without the letters above ASCII it once allowed."""
_DATE: Final = re.compile(r"[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT")
_HEADERS: Final = {
    "User-Agent": f"urlguard/{__version__}",
    "Accept": "*/*",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}


class Known(NamedTuple):
    """What the last download said of the list, for a conditional request."""

    etag: str = ""
    modified: str = ""

    def headers(self) -> Iterator[tuple[str, str]]:
        """Yield request headers; what is no tag or no date is left out."""
        if _TAG.fullmatch(self.etag):
            yield "If-None-Match", self.etag
        if _DATE.fullmatch(self.modified):
            yield "If-Modified-Since", self.modified


class Answer(NamedTuple):
    """What a server sent."""

    fresh: bool
    """False: the list is unchanged, nothing was sent."""
    url: httpx.URL
    media: str
    """Media type in small letters, or empty."""
    encoded: bool
    """Sent with `Content-Encoding: gzip`, which is already undone."""
    known: Known


@lru_cache(maxsize=1)
def _tls(_file: str | None, _folder: str | None) -> SSLContext:
    return httpx.create_ssl_context()


def _proxy(url: httpx.URL) -> httpcore.Proxy | None:
    """Return the proxy that the environment names for `url`, by the same variables as curl."""
    proxies = getproxies()
    named = proxies.get(url.scheme) or proxies.get("all")
    if not named or proxy_bypass(url.host):
        return None
    try:
        proxy = _read(named if "://" in named else f"http://{named}")
    except Refused as refused:
        raise Refused("proxy", f"the environment names no usable proxy for {url.host}") from refused
    sign_in = (proxy.username, proxy.password) if proxy.username else None
    return httpcore.Proxy(str(proxy.copy_with(username=None, password=None)), auth=sign_in)


@asynccontextmanager
async def _asked(
    url: httpx.URL, headers: dict[str, str], named: frozenset[str], limits: Limits
) -> AsyncIterator[httpx.Response]:
    """Ask one address once, with a client of its own: no cookie outlives it."""
    proxy = _proxy(url)
    if proxy is not None:
        named |= {proxy.url.host.decode()}
    tls = _tls(environ.get("SSL_CERT_FILE"), environ.get("SSL_CERT_DIR"))
    transport = Transport(Network(named, limits.header_bytes), tls, proxy)
    client = httpx.AsyncClient(transport=transport, timeout=None)  # noqa: S113  the deadline is ours
    async with client, client.stream("GET", url, headers=headers) as response:
        yield response


async def download(
    start: str, path: Path, *, named: frozenset[str], limits: Limits,
    types: tuple[str, ...] = (), known: Known | None = None,
) -> Answer:  # fmt: skip
    """Write what `start` leads to into `path`. Raises `Refused`; `path` is then of no use.

    `named` are hosts that may have an address outside the open internet.
    """
    asked = _HEADERS | dict((known or Known()).headers())
    seen: set[str] = set()
    url = _read(start)
    while len(seen) <= limits.redirects:
        seen.add(str(url))
        try:
            async with _asked(url, asked, named, limits) as response:
                if response.status_code not in _MOVED:
                    return await _received(response, path, types, limits, conditional=asked != _HEADERS)
                url = _next(url, response.headers.get("location", ""), named)
        except FAULTS as fault:
            raise refusal(fault, url.host) from fault
        if str(url) in seen:
            raise Refused("loop", f"{url.host} redirects in a circle")
    raise Refused("redirects", f"more than {limits.redirects} redirects, the last one to {url.host}")


def _read(text: str) -> httpx.URL:
    try:
        url = httpx.URL(text).copy_with(fragment=None)
    except FAULTS as fault:
        raise refusal(fault, "") from fault
    if not _on_the_web(url):
        raise Refused("scheme", f"{shown(text)!r} is no address on the web")
    return url


def _on_the_web(url: httpx.URL) -> bool:
    return url.scheme in _SCHEMES and bool(url.host) and (url.port is None or 0 < url.port <= _LAST_PORT)


def _next(url: httpx.URL, location: str, named: frozenset[str]) -> httpx.URL:
    if not location:
        raise Refused("redirect", f"{url.host} redirects without saying where")
    target = url.join(location).copy_with(fragment=None)
    if not _on_the_web(target):
        raise Refused("scheme", f"{url.host} redirects to {shown(target)!r}, which is no address on the web")
    if url.scheme == "https" and target.scheme == "http":
        raise Refused("downgrade", f"{url.host} redirects to {target.host} without encryption")
    address = literal(target.host)  # behind a proxy nobody else would look
    if address:
        allow(target.raw_host.decode(), (address,), named)
    return target


async def _received(
    response: httpx.Response, path: Path, types: tuple[str, ...], limits: Limits, *, conditional: bool
) -> Answer:
    url, headers = response.url, response.headers
    known = Known(_kept(_TAG, headers.get("etag", "")), _kept(_DATE, headers.get("last-modified", "")))
    if response.status_code == httpx.codes.NOT_MODIFIED and conditional:
        return Answer(fresh=False, url=url, media="", encoded=False, known=known)
    if response.status_code != httpx.codes.OK:
        told = shown(f"{response.status_code} {response.reason_phrase}")
        raise Refused("status", f"{url.host} answered {told}")
    media = check_type(headers.get("content-type", ""), types)
    encoding = headers.get("content-encoding", "").strip().lower()
    if encoding not in _GZIP | {"", "identity"}:
        raise Refused("encoding", f"{url.host} sent the list as {shown(encoding)!r}, which was not asked for")
    cap = limits.body_bytes
    length = headers.get("content-length", "")
    if length.isdecimal() and int(length) > cap:
        raise too_large(cap)
    await _save(response, path, Inflater(cap) if encoding in _GZIP else None, cap)
    return Answer(fresh=True, url=url, media=media, encoded=encoding in _GZIP, known=known)


def _kept(form: re.Pattern[str], header: str) -> str:
    return header if form.fullmatch(header) else ""


async def _save(response: httpx.Response, path: Path, inflater: Inflater | None, cap: int) -> None:
    size = 0
    with path.open("wb") as file:
        async for data in response.aiter_raw():
            size += len(data)
            if size > cap:
                raise too_large(cap)
            pieces: Iterable[bytes] = inflater.feed(data) if inflater else (data,)
            file.writelines(pieces)
    if inflater and size:
        inflater.finish()


def inflate(source: Path, target: Path, cap: int) -> None:
    """Inflate a gzip file that a list was published as. Raises `Refused`, `OSError`."""
    inflater = Inflater(cap)
    with source.open("rb") as packed, target.open("wb") as file:
        while data := packed.read(PIECE):
            file.writelines(inflater.feed(data))
    inflater.finish()
