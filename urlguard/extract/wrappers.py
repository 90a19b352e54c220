"""Links that carry another link: redirectors, caches, app links. No network.

`rules/links/wrappers.yaml` says where the inner link stands; schemes that carry links are
read here. A host pattern is exact, `.x.com` (x.com and all below it), `x.*` (under any
public suffix) or `*` (any host that is no brand's own).
"""

import base64
import binascii
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import parse_qsl, unquote

from urlguard.links.link import Link

DEPTH: Final = 5
"""How many links inside links are judged."""
_WEB: Final = re.compile(r"https?:/{1,2}", re.IGNORECASE)
_CARRIES: Final = re.compile(r"=(?:https?(?::|%3A)|//|%2F%2F)", re.IGNORECASE)
_FIELDS: Final = 64
_DASHED: Final = re.compile(r"(?<!-)-(?!-)")
_PROOFPOINT: Final = re.compile(r"-([0-9A-Fa-f]{2})")

Row = Mapping[str, Any]


class Wrappers:
    """The table of wrapping services, by host."""

    __slots__ = ("_any", "_below", "_everywhere", "_exact", "_names")

    def __init__(self, rows: Sequence[Row]) -> None:
        """Sort the compiled `wrappers` section by the kind of host pattern."""
        self._exact: dict[str, list[Row]] = {}
        self._below: dict[str, list[Row]] = {}
        self._everywhere: dict[str, list[Row]] = {}
        self._any: list[Row] = []
        for row in rows:
            for host in row["hosts"]:
                if host == "*":
                    self._any.append(row)
                elif host.startswith("."):
                    self._below.setdefault(host[1:], []).append(row)
                elif host.endswith(".*"):
                    self._everywhere.setdefault(host[:-2], []).append(row)
                else:
                    self._exact.setdefault(host, []).append(row)
        hosts = [*self._exact, *self._below, *(f"{host}.x" for host in self._everywhere)]
        self._names = frozenset(label for host in hosts for label in host.split(".")[:-1])

    def inside(self, link: Link, *, known: bool) -> tuple[list[str], bool]:
        """Return the links a link carries, and whether a wrapping service does it.

        `known` hosts (a brand's own) are only unwrapped where the table names them: a
        search for a link is not a redirect to it.
        """
        if not link.host:
            return list(_carried(link)), False
        tail = link.tail
        found: list[str] = []
        if not self._names.isdisjoint(link.labels):
            rows = self._rows(link)
            found = [inner for row in rows for inner in _read(link, row) if inner]
        if found or known or "?" not in tail or not _CARRIES.search(tail):
            return found[:1], bool(found)
        carried = [inner for row in self._any for inner in _read(link, row) if _WEB.match(inner)]
        return carried[:1], False

    def _rows(self, link: Link) -> Iterator[Row]:
        host = link.host.removeprefix("www.")
        yield from self._exact.get(host, ())
        if self._everywhere:
            before = ".".join(link.labels[: -link.suffix_labels]).removeprefix("www.")
            yield from self._everywhere.get(before, ())
        rest = host
        while rest:
            if rest in self._below:
                yield from self._below[rest]
            rest = rest.partition(".")[2]


def _read(link: Link, row: Row) -> Iterator[str]:
    tail = link.tail
    if row.get("dashed"):
        yield _undashed(link)
        return
    after = row.get("after")
    if after is not None:
        if tail.startswith(after):
            yield _after(tail[len(after) :].partition(row.get("until", "\0"))[0])
        return
    path, _, query = tail.partition("?")
    wanted = row.get("path", "/").rstrip("/")
    if wanted and path != wanted and not path.startswith(f"{wanted}/"):
        return
    params = row.get("params", ())
    for name, value in parse_qsl(query, max_num_fields=None) if _few(query) else ():
        if name.lower() in params:
            yield _decoded(value.strip(), row)


def _after(rest: str) -> str:
    """Return the link in the rest of a path: from the first `http`, or from a host."""
    inner = unquote(rest) if "%" in rest[:12] else rest
    found = _WEB.search(inner)
    if found:
        return inner[found.start() :]
    return inner if "." in inner.partition("/")[0] else ""


def _few(query: str) -> bool:
    return 0 < query.count("&") + 1 <= _FIELDS and "=" in query


def _decoded(value: str, row: Row) -> str:
    if row.get("proofpoint"):
        return _PROOFPOINT.sub(lambda hit: chr(int(hit[1], 16)), value).replace("_", "/")
    if row.get("base64"):
        trimmed = value.removeprefix("a1")
        try:
            return base64.urlsafe_b64decode(trimmed + "=" * (-len(trimmed) % 4)).decode()
        except (binascii.Error, ValueError):
            return ""
    if not _WEB.match(value) and not value.startswith("//") and "." not in value.partition("/")[0]:
        return ""
    return value


def _undashed(link: Link) -> str:
    """`kaspi-kz.translate.goog` stands for `kaspi.kz`; `--` is a hyphen of the name."""
    label = link.labels[0]
    host = _DASHED.sub(".", label).replace("--", "-")
    return f"https://{host}{link.tail}" if "." in host else ""


def _carried(link: Link) -> Iterator[str]:
    """Return what links of other schemes lead to."""
    rest = link.key.partition(":")[2]
    scheme = link.scheme
    if scheme in {"view-source", "blob"}:
        yield rest
    elif scheme == "mailto":
        address = unquote(rest.partition("?")[0])
        if "@" in address:
            yield f"http://{address.rpartition('@')[2]}/"
    elif scheme == "tg":
        yield from _telegram(rest)
    elif scheme == "whatsapp":
        phone = dict(parse_qsl(rest.partition("?")[2])).get("phone", "") if _few(rest) else ""
        if phone:
            yield f"https://wa.me/{re.sub(r'[^0-9]', '', phone)}"
    elif scheme in {"intent", "android-app"}:
        yield from _intent(rest)


def _telegram(rest: str) -> Iterator[str]:
    query = rest.partition("?")[2]
    fields = dict(parse_qsl(query)) if _few(query) else {}
    if "domain" in fields:
        yield f"https://t.me/{fields['domain']}"
    elif "invite" in fields:
        yield f"https://t.me/+{fields['invite']}"
    elif "phone" in fields:
        yield f"https://t.me/+{re.sub(r'[^0-9]', '', fields['phone'])}"
    elif "url" in fields:
        yield fields["url"]


def _intent(rest: str) -> Iterator[str]:
    target, _, options = rest.partition("#Intent;")
    fields = dict(part.split("=", 1) for part in options.split(";") if "=" in part)
    if fields.get("scheme") in {"http", "https"}:
        yield f"{fields['scheme']}:{target}"
    fallback = fields.get("S.browser_fallback_url")
    if fallback:
        yield unquote(fallback)
