"""Where things lie on disk: the shipped rules, the suffix list, the user's cache."""

import os
import sys
from pathlib import Path
from typing import Final

from urlguard.errors import UsageError

SIZE_LIMIT: Final = 1 << 20
"""Largest pack file that is read, in bytes."""


def shipped_rules() -> Path:
    """Return the folder of the rules that came with this package.

    In a wheel they lie in `urlguard/rules`, in a checkout beside the package.
    """
    package = Path(__file__).resolve().parent.parent
    inside = package / "rules"
    return inside if inside.is_dir() else package.parent / "rules"


def suffix_snapshot() -> Path:
    """Return the public suffix list that `tldextract` bundles, without importing it.

    Importing it would load `requests` and cost about 100 ms a start; even asking the import
    system where it lies costs 3 ms, so the folders it would look in are tried first. Raises
    `UsageError` when the package is not installed.
    """
    for folder in sys.path:
        found = f"{folder}/tldextract/.tld_set_snapshot"
        if os.path.exists(found):  # noqa: PTH110  (start-up path)
            return Path(found)
    from importlib.util import find_spec  # noqa: PLC0415  (see above)

    spec = find_spec("tldextract")
    if spec is None or not spec.submodule_search_locations:
        message = "tldextract is not installed: reinstall urlguard to get the public suffix list"
        raise UsageError(message)
    return Path(next(iter(spec.submodule_search_locations))) / ".tld_set_snapshot"


def _home() -> Path:
    """Return the user's home; for a user without any, a place where nothing is and nothing can be written."""
    try:
        return Path.home()
    except RuntimeError:
        return Path(os.devnull)


def cache_folder() -> Path:
    """Return the user's cache folder for this program; it need not exist.

    `URLGUARD_CACHE` overrides the platform's place (XDG, Library/Caches, LOCALAPPDATA).
    Not `platformdirs`: it costs more to import than the rest of the start-up needs.
    """
    override = os.environ.get("URLGUARD_CACHE")
    if override:
        return Path(override)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or _home()) / "urlguard" / "Cache"
    if sys.platform == "darwin":
        return _home() / "Library" / "Caches" / "urlguard"
    return Path(os.environ.get("XDG_CACHE_HOME") or _home() / ".cache") / "urlguard"


def registry_file() -> Path:
    """Return the file of the registry when none is named; it need not exist.

    `URLGUARD_REGISTRY` overrides the platform's place for data (XDG, Library/Application
    Support, LOCALAPPDATA).
    """
    override = os.environ.get("URLGUARD_REGISTRY")
    if override:
        return Path(override)
    if sys.platform == "win32":
        folder = Path(os.environ.get("LOCALAPPDATA") or _home()) / "urlguard"
    elif sys.platform == "darwin":
        folder = _home() / "Library" / "Application Support" / "urlguard"
    else:
        folder = Path(os.environ.get("XDG_DATA_HOME") or _home() / ".local" / "share") / "urlguard"
    return folder / "registry.db"


def feeds_file() -> Path:
    """Return the configuration of lists from the web when none is named; it need not exist.

    `URLGUARD_FEEDS` overrides `feeds.yaml` in the platform's place for settings (XDG,
    Library/Application Support, APPDATA).
    """
    override = os.environ.get("URLGUARD_FEEDS")
    if override:
        return Path(override)
    if sys.platform == "win32":
        folder = Path(os.environ.get("APPDATA") or _home()) / "urlguard"
    elif sys.platform == "darwin":
        folder = _home() / "Library" / "Application Support" / "urlguard"
    else:
        folder = Path(os.environ.get("XDG_CONFIG_HOME") or _home() / ".config") / "urlguard"
    return folder / "feeds.yaml"
