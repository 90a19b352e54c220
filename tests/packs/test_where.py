"""Where things lie for a user who has no home."""

from pathlib import Path

import pytest

from urlguard.packs.where import cache_folder, feeds_file, registry_file


def _none() -> Path:
    raise RuntimeError("Could not determine home directory.")


@pytest.mark.parametrize("place", [cache_folder, feeds_file, registry_file])
def test_a_user_without_a_home_has_nothing_there(place: object, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("URLGUARD_CACHE", "URLGUARD_FEEDS", "URLGUARD_REGISTRY"):
        monkeypatch.delenv(name, raising=False)
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "LOCALAPPDATA", "APPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", _none)
    assert callable(place)
    found = place()
    assert not found.exists()
    with pytest.raises(OSError, match=r".+"):
        found.mkdir(parents=True)
