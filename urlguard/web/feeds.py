"""Block lists from the web: one complete, checked file for each feed, or one line why not.

TLS certificates are always verified. The proxies of the environment are used (HTTP_PROXY,
HTTPS_PROXY, ALL_PROXY, NO_PROXY), and SSL_CERT_FILE or SSL_CERT_DIR where they are set. Behind a
proxy names are resolved by the proxy, so that only addresses written as numbers can be refused.
"""

import asyncio
import hashlib
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, time
from typing import Final

import httpx

from urlguard.errors import UsageError
from urlguard.web.contents import GZIP_TYPES, Look, look, refuse_page
from urlguard.web.download import Answer, Known, download, inflate
from urlguard.web.inflating import MAGIC
from urlguard.web.limits import AT_ONCE, LIMITS, PIECE, SIDECAR_BYTES, Limits
from urlguard.web.refusals import FAULTS, Refused, refusal
from urlguard.web.signatures import check_key, check_signature, check_sums, checksums, literal_sum

_STALE_SECONDS: Final = 3600.0
"""Age at which a folder of an unfinished download belongs to nobody: far beyond any deadline."""
_UNSAFE: Final = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Feed:
    """Where a list comes from, and how it is known to be the right one."""

    name: str
    url: str
    """http:// or https://. Its host, and those of the two addresses below, may be private ones."""
    content_types: tuple[str, ...] = ()
    """Media types it may be sent with, `*` for any characters; none: those usual for lists."""
    sha256: str = ""
    """Of the list as published, or as inflated."""
    checksum_url: str = ""
    """A file with that sum, bare or as `sha256sum` writes it."""
    signature_url: str = ""
    """Of the list as published; empty with a key: `url` with `.minisig` after its path."""
    public_key: str = ""
    """minisign's (`RW...`), or 32 bytes of Ed25519 in base64 for a detached signature of 64 bytes."""
    etag: str = ""
    """`Fetched.etag` of the last time; leave it empty to download the list in any case."""
    modified: str = ""
    """`Fetched.modified` of the last time."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of a feed."""

    feed: Feed
    status: str
    """`new`, `unchanged` or `failed`."""
    path: Path | None = None
    """The complete list, inflated; None unless it is new."""
    size: int = 0
    """Bytes of the list."""
    etag: str = ""
    modified: str = ""
    sha256: str = ""
    """Of the file at `path`."""
    code: str = ""
    """Why it failed: a key of `urlguard.web.refusals.MENDS`."""
    message: str = ""
    """Why it failed and how to mend it, on one line of English."""
    seconds: float = 0.0


async def fetch(feed: Feed, folder: Path, *, limits: Limits = LIMITS) -> Fetched:
    """Download one list into `folder`, which is made when it is missing. Never raises for a bad feed.

    The file appears complete or not at all, in place of the one of an earlier download.
    """
    start = monotonic()
    try:
        async with asyncio.timeout(limits.deadline_seconds):
            return await _fetched(feed, folder, limits, start)
    except TimeoutError:
        refused = Refused("deadline", f"not complete after {limits.deadline_seconds:g} seconds")
    except Refused as error:
        refused = error
    except FAULTS as fault:
        refused = refusal(fault, feed.name)
    took = monotonic() - start
    return Fetched(feed, "failed", code=refused.code, message=str(refused), seconds=took)


async def fetch_all(feeds: Iterable[Feed], folder: Path, limits: Limits = LIMITS) -> list[Fetched]:
    """Download lists, at most eight at once, and return what became of each, in their order.

    Raises `UsageError` when two have the same name: they would share a file.
    """
    wanted = list(feeds)
    if len({list_path(folder, feed.name) for feed in wanted}) != len(wanted):
        raise UsageError("two feeds have the same name; give each one of its own")
    places = asyncio.Semaphore(AT_ONCE)

    async def placed(feed: Feed) -> Fetched:
        async with places:
            return await fetch(feed, folder, limits=limits)

    return await asyncio.gather(*map(placed, wanted))


def fetch_lists(feeds: Iterable[Feed], folder: Path, limits: Limits = LIMITS) -> list[Fetched]:
    """Do as `fetch_all` in a program that has no event loop."""
    return asyncio.run(fetch_all(feeds, folder, limits))


def list_path(folder: Path, name: str) -> Path:
    """Return where the list of the feed `name` is kept: one file a name, whatever letters it has."""
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return folder / f"{_UNSAFE.sub('-', name.lower())[:40].strip('-')}-{digest}.list".removeprefix("-")


async def _fetched(feed: Feed, folder: Path, limits: Limits, start: float) -> Fetched:
    _check_settings(feed)
    with _workshop(folder) as name:
        inside = Path(name)
        answer = await download(
            feed.url, inside / "sent", named=_named(feed), limits=limits,
            types=feed.content_types, known=Known(feed.etag, feed.modified),
        )  # fmt: skip
        if not answer.fresh:
            etag, modified = answer.known.etag or feed.etag, answer.known.modified or feed.modified
            return Fetched(feed, "unchanged", etag=etag, modified=modified, seconds=monotonic() - start)
        path, seen = await _checked(feed, answer, inside, limits)
        kept = path.replace(list_path(folder, feed.name))
    return Fetched(
        feed, "new", kept, seen.size, answer.known.etag, answer.known.modified, seen.sha256,
        seconds=monotonic() - start,
    )  # fmt: skip


def _check_settings(feed: Feed) -> None:
    if feed.public_key:
        check_key(feed.public_key)
    elif feed.signature_url:
        raise Refused("key", "the feed has a signature but no public key")
    if feed.sha256:
        literal_sum(feed.sha256)


def _workshop(folder: Path) -> TemporaryDirectory[str]:
    """Return a folder beside the lists, removed with all that is in it however the download ends."""
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob(".fetch-*"):  # by a process that was killed
        if time() - left.stat().st_mtime > _STALE_SECONDS:
            shutil.rmtree(left, ignore_errors=True)
    return TemporaryDirectory(prefix=".fetch-", dir=folder)


def _named(feed: Feed) -> frozenset[str]:
    """Return the hosts a feed names; an address that cannot be read names none, and fails later."""
    hosts = set()
    for text in (feed.url, feed.checksum_url, feed.signature_url):
        try:
            hosts.add(httpx.URL(text).raw_host.decode())
        except FAULTS:
            continue
    return frozenset(hosts - {""})


async def _checked(feed: Feed, answer: Answer, inside: Path, limits: Limits) -> tuple[Path, Look]:
    """Return the list as text, once its signature, form and checksum were found good."""
    sent = inside / "sent"
    if feed.public_key:
        url = feed.signature_url or _beside(feed.url, ".minisig")
        check_signature(sent, await _sidecar(feed, url, "signature", inside, limits), feed.public_key)
    path = _inflated(sent, answer, inside / "list", limits.body_bytes)
    seen = look(path)
    if feed.sha256 or feed.checksum_url:
        found = frozenset({seen.sha256, _sum(sent)})
        if feed.sha256:
            check_sums(literal_sum(feed.sha256), found)
        if feed.checksum_url:
            text = await _sidecar(feed, feed.checksum_url, "checksum", inside, limits)
            check_sums(checksums(text.decode("utf-8", "replace"), _name(feed.url)), found)
    return path, seen


def _inflated(sent: Path, answer: Answer, target: Path, cap: int) -> Path:
    """Return the list as text: `sent` itself, or what it holds when it was published as gzip."""
    with sent.open("rb") as file:
        begin = file.read(PIECE)
    refuse_page(begin)
    packed = answer.media in GZIP_TYPES or _name(str(answer.url)).endswith(".gz")
    if not begin or not packed or (answer.encoded and not begin.startswith(MAGIC)):
        return sent  # `Content-Encoding` has already undone what the name or the type speaks of
    inflate(sent, target, cap)
    return target


async def _sidecar(feed: Feed, url: str, what: str, inside: Path, limits: Limits) -> bytes:
    """Return a small file that belongs to the list; without it the list is refused."""
    path = inside / what
    small = Limits(body_bytes=SIDECAR_BYTES, header_bytes=limits.header_bytes, redirects=limits.redirects)
    try:
        await download(url, path, named=_named(feed), limits=small, types=("*",))
    except Refused as refused:
        raise Refused(what, f"no {what} of the list: {refused.what}") from refused
    return path.read_bytes()


def _beside(url: str, ending: str) -> str:
    """Return the address of the file beside the one at `url`, with the same query."""
    path, mark, query = url.partition("#")[0].partition("?")
    return f"{path}{ending}{mark}{query}"


def _name(url: str) -> str:
    """Return the file name at the end of an address."""
    return httpx.URL(url).path.rpartition("/")[2]


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
