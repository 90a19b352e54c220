"""What a record covers, what it does, and what it stands on.

Apart from `record`, as every lookup needs these three and nothing else of it.
"""

from enum import StrEnum
from typing import Final, NamedTuple


class Match(StrEnum):
    """What a record covers, most specific first."""

    EXACT = "exact"
    """This link, phone, account ... alone."""
    PREFIX = "prefix"
    """Every link that begins like this one."""
    HOST = "host_only"
    """Every link of this host, not of its subdomains."""
    DOMAIN = "host_and_subdomains"
    MASK = "mask"
    """A host, with or without a path, in which `*` stands for any characters."""
    NETWORK = "network"
    """The IP addresses of a CIDR block."""


class Effect(StrEnum):
    """What a record in force does."""

    BLOCK = "block"
    ALLOW = "allow"
    """Overrules the records of lists, until its end date."""


class Ground(NamedTuple):
    """The document a record stands on; one covers many records."""

    type: str = "internal"
    """One of the ground types of the rules: `court`, `prescription` ..."""
    authority: str = ""
    number: str = ""
    date: str = ""
    """`YYYY-MM-DD`, or empty."""
    court: str = ""
    court_date: str = ""
    article: str = ""
    """The provision that was broken, as written: `УК 190`."""


NO_GROUND: Final = Ground()
"""What a record without a document stands on: the word of who entered it."""
