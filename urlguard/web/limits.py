"""What one download may cost."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one feed, whatever the server does."""

    deadline_seconds: float = 30.0
    """For all of it: name, connection, redirects, list, checksum and signature."""
    body_bytes: int = 64 * 1024 * 1024
    """Of a list, as sent and as inflated; a compressed one may exceed it in neither form."""
    header_bytes: int = 64 * 1024
    """Of the headers of one answer, interim answers (`103 Early Hints`) included."""
    redirects: int = 5


LIMITS: Final = Limits()

SIDECAR_BYTES: Final = 64 * 1024
"""Of a checksum file or a signature; a minisign signature has about 300."""
ADDRESS_SECONDS: Final = 8.0
"""For a connection to one of the addresses of a host, before the next one is tried."""
EXCESS_SECONDS: Final = 0.2
"""How long a complete answer is watched for bytes beyond its declared length."""
AT_ONCE: Final = 8
"""Feeds downloaded at the same time."""
PIECE: Final = 64 * 1024
"""Bytes that are read, inflated and written at a time."""
