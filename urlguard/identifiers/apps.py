"""Mobile apps: store links, package names and APK files."""

import re
from typing import Final

from urlguard.identifiers.glyphs import plain
from urlguard.identifiers.patterns import pattern
from urlguard.links.link import Link

_GOOGLE: Final = frozenset({"play.google.com", "market.android.com"})
_APPLE: Final = frozenset({"apps.apple.com", "itunes.apple.com"})
_ID: Final = pattern(r"[?&]id=([\w.]{3,200})(?=[&#]|$)", re.ASCII)
_APPLE_ID: Final = pattern(r"/(?:id)?(\d{6,12})(?=[/?#]|$)", re.ASCII)
_PACKAGE: Final = pattern(r"[A-Za-z]\w*(?:\.[A-Za-z]\w*)+", re.ASCII)
_LONGEST: Final = 1_000
_PACKAGE_LIMIT: Final = 150
_APK: Final = pattern(r"[^\s/\\?#]{1,120}\.(?:apk|xapk|apks|apkm)", re.IGNORECASE)
_KEY: Final = pattern(
    r"android:[a-z]\w*(?:\.[a-z]\w*)+|ios:id\d{6,12}|apk:[^\s/\\?#]{1,130}", re.ASCII | re.IGNORECASE
)
_LINK: Final = pattern(r"(?:(https?|market)://)?([a-z0-9.-]+)(/?[^#]*)(?:#.*)?", re.IGNORECASE | re.DOTALL)


def app_key(text: str) -> str | None:
    """Return `android:PACKAGE`, `ios:idNUMBER` or `apk:NAME` for a store link, a package or a file name.

    >>> app_key("https://play.google.com/store/apps/details?id=kz.kaspi.mobile&hl=ru")
    'android:kz.kaspi.mobile'
    >>> app_key("kz.kaspi.mobile"), app_key("Kaspi_Bonus.apk")
    ('android:kz.kaspi.mobile', 'apk:kaspi_bonus.apk')
    """
    if len(text) > _LONGEST:
        return None
    written = plain(text)
    if _KEY.fullmatch(written):
        return written.lower()
    return app_of_address(written) or _apk(written) or _package(written)


def app_of_link(link: Link) -> str | None:
    """Return the key of the app whose store page a link is; cheap for other links."""
    if link.host:
        if link.host in _GOOGLE or link.host in _APPLE:
            return _of_store(link.host, link.tail)
        return None
    return app_of_address(link.key) if link.scheme == "market" else None


def app_of_address(text: str) -> str | None:
    """Return the key for a link to a store as it is pasted, or None."""
    found = _LINK.fullmatch(text[:_LONGEST])
    if found is None:
        return None
    scheme, host, tail = found.groups()
    if scheme and scheme.lower() == "market":
        asked = _ID.search(tail)
        return _package(asked[1]) if asked and host.lower() == "details" else None
    return _of_store(host.lower().removeprefix("www."), tail)


def _of_store(host: str, tail: str) -> str | None:
    if host in _GOOGLE:
        found = _ID.search(tail) if "details" in tail else None
        return _package(found[1]) if found else None
    if host in _APPLE:
        found = _APPLE_ID.search(tail)
        return f"ios:id{found[1]}" if found else None
    return None


def _package(text: str) -> str | None:
    """Package names differ by letter case, and only by it do two real apps never differ."""
    if len(text) > _PACKAGE_LIMIT or not _PACKAGE.fullmatch(text):
        return None
    return f"android:{text.lower()}"


def _apk(text: str) -> str | None:
    name = text.rpartition("/")[2]
    return f"apk:{name.lower()}" if _APK.fullmatch(name) else None
