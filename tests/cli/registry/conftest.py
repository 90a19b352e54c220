"""A registry of its own for each test of its commands."""

from collections.abc import Callable
from pathlib import Path

import pytest
from cli.registry.group import Records


@pytest.fixture
def records(run: Callable[..., object], tmp_path: Path, environment: dict[str, str]) -> Records:
    """Run the command group on a new registry."""
    return Records(run, tmp_path / "registry.db", environment)  # type: ignore[arg-type]  # (the same, less exactly)
