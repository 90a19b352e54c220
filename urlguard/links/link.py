"""A link as a browser reads it, with what was odd in its spelling."""

from collections.abc import Mapping
from typing import Final

LINK_LIMIT: Final = 16_384
"""Longest link that is read whole, in characters; browsers differ between 2 k and 2 M."""

NO_TRICKS: Final[Mapping[str, str]] = {}


class Link:
    """One link, read once; everything later looks only at this.

    Not a dataclass: one is made for every row of a scan, and this is the cheapest
    constructor there is. Treat it as read-only.
    """

    __slots__ = (
        "host",
        "is_ip",
        "key",
        "labels",
        "malformed",
        "port",
        "raw",
        "scheme",
        "section",
        "span",
        "suffix_labels",
        "tail",
        "tricks",
        "userinfo",
        "via",
    )

    def __init__(  # noqa: PLR0917  (made for every row: names cost time)
        self,
        raw: str,
        key: str,
        scheme: str,
        host: str,
        tail: str,
        tricks: Mapping[str, str] = NO_TRICKS,
    ) -> None:
        """Keep the parts; the reader fills in the rest."""
        self.raw = raw
        """As written."""
        self.key = key
        """WHATWG serialisation without fragment; equal keys are the same link."""
        self.scheme = scheme
        """Lower case, without the colon."""
        self.host = host
        """ASCII, lower case, no trailing dot; empty when the link has none."""
        self.tail = tail
        """Path and query, serialised; `/` at least for web links."""
        self.tricks = tricks
        """Spelling trick -> evidence as written."""
        self.labels: list[str] = []
        self.suffix_labels = 0
        """How many labels the public suffix has."""
        self.section = 0
        """Section of the public suffix list: 0 unlisted, 1 ICANN, 2 private."""
        self.is_ip = False
        self.port = ""
        """As serialised: empty for the scheme's own port."""
        self.userinfo = ""
        self.malformed = False
        """No browser opens it as written; `host` was found leniently."""
        self.span: tuple[int, int] | None = None
        """Where it stands in the input."""
        self.via = ""
        """The wrapper this link was taken out of; empty for the outermost."""

    @property
    def registrable(self) -> str:
        """Registrable domain (eTLD+1), or the host when it has none."""
        if self.is_ip or len(self.labels) <= self.suffix_labels:
            return self.host
        return ".".join(self.labels[-self.suffix_labels - 1 :])

    @property
    def suffix(self) -> str:
        """Public suffix; empty for IP addresses."""
        return "" if self.is_ip else ".".join(self.labels[-self.suffix_labels :])
