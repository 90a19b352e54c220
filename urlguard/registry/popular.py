"""Popular hosts: names that no list may block whole, in a form that a million rows can be held against.

Which lists count is knowledge (`registry.popular` of the rules); the lists themselves come with
the package `pymispwarninglists`, whose API would load all 60 MB of them, so its files are read
here. The union is compiled once into one file of the cache folder: names in buckets by their
CRC, so a look-up is one search through some two hundred bytes and nothing is unpacked at start.
Newer public suffixes come from `publicsuffixlist`, whose list is younger than the one that
`tldextract` bundles.
"""

import json
import os
import re
import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from hashlib import blake2b
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any, Final, NamedTuple
from zlib import crc32

from urlguard.errors import UsageError
from urlguard.links.suffixes import a_label
from urlguard.packs.where import cache_folder
from urlguard.version import __version__

FORMAT: Final = 1
"""Raise it when the form of the compiled file changes."""
POPULAR: Final = "popular"
SUFFIX: Final = "suffix"
_BUCKETS: Final = 1 << 14
_LAST: Final = _BUCKETS - 1
_ZERO: Final = ord("0")
_CRC: Final = 4
"""Octets of the checksum before everything else."""
_CACHED: Final = 3
_HOST: Final = re.compile(
    r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)+", re.ASCII
)
_TEXT: Final = re.compile(rb'"(?:www\.)?([^"\\\s]{4,253})"')
_SIEVE_BITS: Final = 27
"""16 MB: of a million names that only one of two lists has, seven thousand pass such a sieve."""


class Known(NamedTuple):
    """Why a host is popular."""

    what: str
    """`popular`, `hosting`, `shortener`, `suffix` or `mail`."""
    example: str
    """The popular host itself, or one below."""


class Popular:
    """The compiled union of the lists; look-ups take well under a microsecond."""

    __slots__ = ("_at", "_names", "_whats", "wildcards")

    def __init__(self, data: bytes) -> None:
        """Take what `compiled` made; raises `ValueError` and its kin for anything else."""
        head = json.loads(data[data.rindex(b"\n") :])
        self._names = data
        self._at = array("I")
        self._at.frombytes(data[_CRC : _CRC + self._at.itemsize * (_BUCKETS + 1)])
        if sys.byteorder == "big":
            self._at.byteswap()
        self._whats: list[str] = head["whats"]
        self.wildcards = frozenset(head["wildcards"])
        """Names whose children are public suffixes, `*.ck`; below a private rule a child is a tenant."""

    def find(self, host: str, *, above: bool) -> Known | None:
        """Return what makes a host (A-labels, no `www.`) popular; with `above` also what lies below it."""
        name = host.encode()
        bucket = crc32(name) & _LAST
        found = self._names.find(b"\n" + name + b"\t", self._at[bucket], self._at[bucket + 1])
        if found < 0:
            return None
        start = found + len(name) + 2
        example = self._names[start + 1 : self._names.index(b"\n", start)].decode()
        if example and not above:
            return None
        return Known(self._whats[self._names[start] - _ZERO], example or host)


def load_popular(tables: Mapping[str, Any], *, cache: bool = True) -> Popular:
    """Return the popular hosts by the table `registry.popular` of a rule book.

    Compiled once and then read from the cache folder. Raises `UsageError` when a package or a
    list that the table names is not there: a missing allow list must not pass for an empty one.
    """
    path = cache_folder() / f"popular-{_digest(tables)}.bin"
    if cache and (found := _cached(path)) is not None:
        return found
    data = compiled(tables)
    if cache:
        _store(path, data)
    return Popular(data)


def compiled(tables: Mapping[str, Any]) -> bytes:
    """Read the lists and return the compiled file.

    It is a checksum, where each bucket begins, the buckets (a line for each name: the name, a
    tab, a digit for what it is, and for a name above a popular host that host) and a line of JSON.
    """
    exact: dict[str, str] = {}
    wildcards = []
    for name, private in _newer_suffixes():
        if name.startswith("*.") and not private:
            wildcards.append(name[2:])
        exact[name.removeprefix("*.").removeprefix("!")] = SUFFIX
    for table in tables.values():
        what = table.get("what", POPULAR)
        for host in _hosts(table):
            exact.setdefault(host, what)
    whats = sorted(set(exact.values()))
    names, at = _bucketed(_rows(exact, {what: str(number) for number, what in enumerate(whats)}))
    head = json.dumps({"whats": whats, "wildcards": sorted(wildcards)})
    body = at + names + head.encode()
    return crc32(body).to_bytes(_CRC, "little") + body


def _rows(exact: Mapping[str, str], marks: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield what is written behind each name: of the popular hosts and of all names above them."""
    seen: set[str] = set()
    for host, what in exact.items():
        yield host, f"\t{marks[what]}"
        above = host.partition(".")[2]
        while "." in above and above not in exact and above not in seen:
            seen.add(above)
            yield above, f"\t{marks[what]}{host}"
            above = above.partition(".")[2]


def _bucketed(rows: Iterable[tuple[str, str]]) -> tuple[bytes, bytes]:
    """Return the rows sorted into buckets, and where in the file each bucket begins."""
    buckets = [bytearray() for _ in range(_BUCKETS)]
    for host, rest in rows:
        name = host.encode()
        buckets[crc32(name) & _LAST] += b"\n" + name + rest.encode()
    at = array("I", [0])
    at[0] = _CRC + at.itemsize * (_BUCKETS + 1)
    for bucket in buckets:
        at.append(at[-1] + len(bucket))
    if sys.byteorder == "big":
        at.byteswap()
    return b"".join(buckets) + b"\n", at.tobytes()


def _hosts(table: Mapping[str, Any]) -> Iterator[str]:
    """Yield the hosts of one row of the table, without `www.`, as A-labels."""
    lists = [_list_file(name) for name in table.get("lists", ())]
    found: Iterable[str]
    if table.get("every") and len(lists) > 1:
        found = _in_all(lists)
    else:
        found = (text for path in lists for text in _texts(path))
    for text in (*table.get("hosts", ()), *found):
        host = _host(text)
        if host:
            yield host


def _host(text: str) -> str:
    host = text.strip().lower().strip(".").removeprefix("*.")
    if host.startswith("www.") and host.count(".") > 1:
        host = host[4:]
    if not host.isascii():
        host = ".".join(a_label(label) for label in host.split("."))
    return host if _HOST.fullmatch(host) and not host.rpartition(".")[2].isdigit() else ""


def _texts(path: Path) -> list[str]:
    try:
        found = json.loads(path.read_bytes())["list"]
    except (OSError, ValueError, KeyError) as error:
        raise UsageError(f"the list {path} cannot be read: reinstall pymispwarninglists") from error
    return [text for text in found if isinstance(text, str)]


def _in_all(paths: Sequence[Path]) -> Iterator[str]:
    """Yield what stands in all of these (long) lists, without `www.`, in some dozens of megabytes."""
    first, *others = paths
    sieve = bytearray(1 << (_SIEVE_BITS - 3))
    for name in _names(first):
        mark = crc32(name) >> (32 - _SIEVE_BITS)
        sieve[mark >> 3] |= 1 << (mark & 7)
    kept: set[bytes] = set()
    for number, path in enumerate(others):
        if number:
            kept.intersection_update(_names(path))
            continue
        for name in _names(path):
            mark = crc32(name) >> (32 - _SIEVE_BITS)
            if sieve[mark >> 3] & 1 << (mark & 7):
                kept.add(name)
    for name in _names(first):
        if name in kept:
            kept.remove(name)
            yield name.decode()


def _names(path: Path) -> Iterator[bytes]:
    """Yield the names of a list without building it: it may have a million of them."""
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
        for found in _TEXT.finditer(data):
            yield found[1]


def _newer_suffixes() -> Iterator[tuple[str, bool]]:
    """Yield the rules of the younger suffix list, as A-labels, and whether each is a private one."""
    private = False
    for line in (_package("publicsuffixlist") / "public_suffix_list.dat").read_text("utf-8").splitlines():
        private = private or line.startswith("// ===BEGIN PRIVATE")
        if line and not line.startswith("//"):
            yield ".".join(a_label(label) for label in line.split()[0].lower().split(".")), private


def _list_file(name: str) -> Path:
    path = _package("pymispwarninglists") / "data" / "misp-warninglists" / "lists" / name / "list.json"
    if not path.is_file():
        known = sorted(folder.name for folder in path.parent.parent.iterdir() if folder.is_dir())
        close = ", ".join(other for other in known if other[:3] == name[:3]) or ", ".join(known[:5])
        raise UsageError(f"registry.popular names the list {name!r}, which is none: perhaps {close}")
    return path


def _package(name: str) -> Path:
    """Return the folder of an installed package without importing it."""
    for folder in sys.path:
        found = f"{folder}/{name}"
        if os.path.isdir(found):  # noqa: PTH112  (asked of every folder at every start)
            return Path(found)
    raise UsageError(f"{name} is not installed: reinstall urlguard to get the lists of popular hosts")


# The cache


def _digest(tables: Mapping[str, Any]) -> str:
    """Return a digest of everything the compiled file is made from."""
    whole = blake2b(f"{FORMAT} {__version__} ".encode(), digest_size=16)
    whole.update(json.dumps(tables).encode())
    files = [__file__, str(_package("publicsuffixlist") / "public_suffix_list.dat")]
    for table in tables.values():
        files += [str(_list_file(name)) for name in table.get("lists", ())]
    for file in files:
        state = os.stat(file)  # noqa: PTH116  (thirty files at every start)
        whole.update(f"\0{file} {state.st_size} {state.st_mtime_ns}".encode())
    return whole.hexdigest()


def _cached(path: Path) -> Popular | None:
    """Read the compiled file; None when it is missing or not what was written."""
    try:
        data = path.read_bytes()
        if crc32(memoryview(data)[_CRC:]) != int.from_bytes(data[:_CRC], "little"):
            return None
        return Popular(data)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _store(path: Path, data: bytes) -> None:
    """Write the cache atomically; a cache that cannot be written is no error."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft.write_bytes(data)
        draft.replace(path)
        stale = sorted(path.parent.glob("popular-*.bin"), key=lambda file: file.stat().st_mtime, reverse=True)
        for old in stale[_CACHED:]:
            old.unlink(missing_ok=True)
    except OSError:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
