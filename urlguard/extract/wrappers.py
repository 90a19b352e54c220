"""Links that carry another link: redirectors, caches, app links. No network.

`rules/links/wrappers.yaml` says where the inner link stands; schemes that carry links are
read here. A host pattern is exact, `.x.com` (x.com and all below it) or `x.*` (under any
public suffix).
"""

import base64
import binascii
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final
from urllib.parse import parse_qsl, quote, unquote

from urlguard.identifiers.patterns import pattern
from urlguard.links.link import Link

DEPTH: Final = 5
"""How many links inside links are judged."""
BREADTH: Final = 3
"""How many links that one link carries are judged: `?q=` and `?url=` may lead to different sites."""
_WEB: Final = pattern(r"h(?:tt|xx)ps?:/{1,2}", re.IGNORECASE)
_ENCODED: Final = pattern(r"(?:h(?:tt|xx)ps?)?(?::|%(?:25)*3A)(?:/|%(?:25)*2F)", re.IGNORECASE)
_HOST: Final = pattern(r"(?:[^\W_][\w-]{0,62}\.){1,30}[^\W\d_][\w-]{1,62}(?=[/:?#]|$)")
_CARRIES: Final = pattern(r"h(?:tt|xx)ps?(?::|%(?:25)*3A)(?:/|%(?:25)*2F)", re.IGNORECASE)
_LINK: Final = pattern(r"h(?:tt|xx)ps?:/{1,2}[^\s\"'<>\\)(]{3,2048}", re.IGNORECASE)
_FIELDS: Final = 64
_FIELD_ENDS: Final = ("=", ":")
"""A text of `after` that ends so names a field of the path (`/RU=`), which may stand anywhere."""
_ENCODINGS: Final = 3
"""How often a link may be percent-encoded over again."""
_DASHED: Final = pattern(r"(?<!-)-(?!-)")
_MAILBOX: Final = pattern(r"@((?:[^\W_][\w-]{0,62}\.){1,9}[^\W\d_][\w-]{1,62})")
_PROOFPOINT: Final = pattern(r"-([0-9A-Fa-f]{2})")

Row = Mapping[str, Any]


class Wrappers:
    """The table of wrapping services, by host."""

    __slots__ = ("_below", "_everywhere", "_exact", "_names")

    def __init__(self, rows: Sequence[Row]) -> None:
        """Sort the compiled `wrappers` section by the kind of host pattern."""
        self._exact: dict[str, list[Row]] = {}
        self._below: dict[str, list[Row]] = {}
        self._everywhere: dict[str, list[Row]] = {}
        for row in rows:
            for host in row["hosts"]:
                if host.startswith("."):
                    self._below.setdefault(host[1:], []).append(row)
                elif host.endswith(".*"):
                    self._everywhere.setdefault(host[:-2], []).append(row)
                else:
                    self._exact.setdefault(host, []).append(row)
        hosts = [*self._exact, *self._below, *(f"{host}.x" for host in self._everywhere)]
        self._names = frozenset(name for host in hosts for name in host.split(".")[-3:-1])

    def inside(self, link: Link, *, known: bool) -> tuple[list[str], bool]:
        """Return the links a link carries, and whether a wrapping service does it.

        `known` hosts (a brand's own) are only unwrapped where the table names them: a
        search for a link is not a redirect to it. On any other host a whole link in the path
        or query is judged, whatever it is there for.
        """
        if not link.host:
            return _few_of(_carried(link)), False
        tail = link.tail
        found: list[str] = []
        if not self._names.isdisjoint(link.labels[-link.suffix_labels - 1 :]):
            rows = self._rows(link)
            found = [inner for row in rows for inner in _read(link, row) if inner]
        if found or known or not _CARRIES.search(tail):
            return (_few_of(found), True) if found else ([], False)
        return _few_of(_links_in(tail)), False

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
        at = tail.find(after) if after.endswith(_FIELD_ENDS) else 0
        if at >= 0 and tail.startswith(after, at):
            yield _after(tail[at + len(after) :].partition(row.get("until", "\0"))[0])
        return
    path, _, query = tail.partition("?")
    wanted = row.get("path", "/").rstrip("/")
    if wanted and path != wanted and not path.startswith(f"{wanted}/"):
        return
    params = [name.lower() for name in row.get("params", ())]
    for name, value in _fields(query):
        if name.lower() in params:
            yield _decoded(value.strip(), row)


def _few_of(links: Iterable[str]) -> list[str]:
    return list(islice(dict.fromkeys(link for link in links if link), BREADTH))


def _after(rest: str) -> str:
    """Return the link in the rest of a path: from the first `http`, or from a host."""
    inner = _unquoted(rest) if "%" in rest[:12] else rest
    found = _WEB.search(inner)
    if found:
        return inner[found.start() :]
    return inner if _HOST.match(inner) else ""


def _fields(query: str) -> list[tuple[str, str]]:
    """Return the fields of a query; of hostile ones only the first, which is where links are."""
    if "=" not in query:
        return []
    return parse_qsl("&".join(query.split("&", _FIELDS)[:_FIELDS]))


def _unquoted(value: str) -> str:
    """Undo percent-encoding as often as it was done to a link, never of the link's own path."""
    for _ in range(_ENCODINGS):
        if _WEB.match(value) or not _ENCODED.match(value):
            break
        value = unquote(value)
    return value


def _decoded(value: str, row: Row) -> str:
    if row.get("proofpoint"):
        return _PROOFPOINT.sub(lambda hit: chr(int(hit[1], 16)), value).replace("_", "/")
    if row.get("base64"):
        return _based(value)
    value = _unquoted(value)
    if _WEB.match(value) or value.startswith("//") or _HOST.match(value):
        return value
    return next(iter(_links_in(value)), "")


def _links_in(text: str) -> list[str]:
    """Return the whole links in a text, percent-encoded or not."""
    for _ in range(_ENCODINGS):
        found: list[str] = _LINK.findall(text)
        if found or "%" not in text:
            return found
        text = unquote(text)
    return _LINK.findall(text)


def _based(value: str) -> str:
    """Undo base64url; Bing writes `a1` in front."""
    for trimmed in (value.removeprefix("a1"), value):
        try:
            found = base64.urlsafe_b64decode(trimmed + "=" * (-len(trimmed) % 4)).decode()
        except (binascii.Error, ValueError):
            continue
        if _WEB.match(found) or _HOST.match(found):
            return found
    return ""


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
        yield from (f"https://{domain}/" for domain in dict.fromkeys(_MAILBOX.findall(unquote(rest))))
    elif scheme == "tg":
        yield from _telegram(rest)
    elif scheme == "whatsapp":
        phone = _digits(_first_fields(rest).get("phone", ""))
        if phone:
            yield f"https://wa.me/{phone}"
        yield from _links_in(rest)
    elif scheme in {"intent", "android-app"}:
        yield from _intent(rest)
    else:
        yield from _links_in(_data(rest) if scheme == "data" else rest)


def _data(rest: str) -> str:
    """Return the text of a `data:` link."""
    head, _, body = rest.partition(",")
    if not head.lower().endswith(";base64"):
        return body
    try:
        return base64.b64decode(unquote(body) + "==").decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return body


def _first_fields(rest: str) -> dict[str, str]:
    return dict(reversed(_fields(rest.partition("?")[2].partition("#")[0])))


def _digits(phone: str) -> str:
    return re.sub(r"[^0-9]", "", phone)


def _telegram(rest: str) -> Iterator[str]:
    fields = _first_fields(rest)
    if "domain" in fields:
        yield f"https://t.me/{quote(fields['domain'], errors='replace')}"
    if "invite" in fields:
        yield f"https://t.me/+{quote(fields['invite'], errors='replace')}"
    if "phone" in fields:
        yield f"https://t.me/+{_digits(fields['phone'])}"
    if "url" in fields:
        yield fields["url"]


def _intent(rest: str) -> Iterator[str]:
    target, _, options = rest.partition("#Intent;")
    fields = dict(part.split("=", 1) for part in options.split(";") if "=" in part)
    if fields.get("scheme", "").lower() in {"http", "https"}:
        yield f"{fields['scheme'].lower()}:{target}"
    fallback = fields.get("S.browser_fallback_url")
    if fallback:
        yield unquote(fallback)
