"""Runs the real command, as a shell would."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

COMMAND = [sys.executable, "-m", "urlguard"]
Run = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the command sees of the outside: nothing that would change its output."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("URLGUARD", "LC_", "LANG", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "PYTHONUNB"))
    }
    folder = str(tmp_path_factory.mktemp("cache"))
    return kept | {"URLGUARD_CACHE": folder, "LC_ALL": "C.UTF-8", "TERM": "xterm-256color"}


@pytest.fixture
def run(environment: dict[str, str], tmp_path: Path) -> Run:
    """Run `urlguard ARGUMENTS` in an empty folder and wait for it."""

    def runs(
        *arguments: str | bytes, stdin: bytes = b"", env: dict[str, str] | None = None, **options: Any,  # noqa: ANN401  (what subprocess.run takes)
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [*COMMAND, *arguments],
            input=stdin,
            capture_output=True,
            env=environment | (env or {}),
            cwd=tmp_path,
            timeout=20,
            check=False,
            **options,
        )

    return runs


@pytest.fixture
def start(environment: dict[str, str]) -> Callable[[Sequence[str]], subprocess.Popen[bytes]]:
    """Start `urlguard ARGUMENTS` with pipes on all sides."""

    def starts(arguments: Sequence[str]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [*COMMAND, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
        )

    return starts
