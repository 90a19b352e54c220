"""What a list may look like: its content type, and a first look at its bytes.

A NUL byte is refused. No format of lists holds one: it means UTF-16, an archive, or the hole
that a crashed server left in its file; read on, it would end or split a name.
"""

import hashlib
import re
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final, NamedTuple

from urlguard.web.limits import PIECE
from urlguard.web.refusals import Refused, shown

TYPES: Final = (
    "text/plain", "text/csv", "text/tab-separated-values", "text/x-*",
    "application/json", "application/jsonl", "application/x-ndjson", "application/stix+json",
    "application/octet-stream", "binary/octet-stream",
    "application/gzip", "application/x-gzip", "application/x-gzip-compressed",
)  # fmt: skip
"""Accepted where a feed names none; `*` stands for any characters. No type at all is accepted too."""
GZIP_TYPES: Final = frozenset({"application/gzip", "application/x-gzip", "application/x-gzip-compressed"})
_PAGES: Final = frozenset({"text/html", "application/xhtml+xml", "application/xhtml"})
_PAGE: Final = re.compile(
    rb"(?:\s|<!--.{0,2000}?-->)*+<(?:!doctype\s+html|(?:html|head|body|meta|title|script)\b"
    rb"|\?xml[^>]{0,200}>\s*<(?:!doctype\s+html|html\b))",
    re.IGNORECASE | re.DOTALL,
)
_BOM: Final = b"\xef\xbb\xbf"


class Look(NamedTuple):
    """What is known of a complete list."""

    size: int
    """Bytes."""
    sha256: str


def check_type(header: str, types: tuple[str, ...]) -> str:
    """Return the media type of a `Content-Type` header in small letters, empty when there is none.

    `types` are those a feed names, or none for `TYPES`. Raises `Refused`.
    """
    media = header.partition(";")[0].strip().lower()
    if media in _PAGES:
        raise Refused("html", f"a page ({media}) was sent instead of a list")
    wanted = [kind.lower() for kind in types or TYPES]
    if media and not any(fnmatchcase(media, kind) for kind in wanted):
        raise Refused("type", f"the content type {shown(media)!r} is not one of a list")
    return media


def look(path: Path) -> Look:
    """Read a list once: size and SHA-256. Raises `Refused` when it is empty, a page or binary."""
    digest = hashlib.sha256()
    size = 0
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            if not size:
                refuse_page(piece)
            if b"\0" in piece:
                raise Refused("binary", "the list is no text: it holds a NUL byte")
            size += len(piece)
            digest.update(piece)
    if not size:
        raise Refused("empty", "an empty list was sent")
    return Look(size, digest.hexdigest())


def refuse_page(start: bytes) -> None:
    """Raise `Refused` when the first bytes of a list are those of an HTML page."""
    if _PAGE.match(start.removeprefix(_BOM)):
        raise Refused("html", "a page was sent instead of a list")
