"""What a start loads, and that judging needs neither the network nor anything slow to import."""

import os
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

SLOW = frozenset({
    "apsw", "asyncio", "concurrent", "cryptography", "email", "hashlib", "http", "httpcore", "httpx",
    "importlib.metadata", "jsonschema", "logging", "minisign", "multiprocessing", "openpyxl", "phonenumbers",
    "publicsuffixlist", "pydantic", "pymispwarninglists", "random", "rapidfuzz", "requests", "rich", "socket",
    "sqlite3", "ssl", "stix2", "subprocess", "tempfile", "tldextract", "typer", "unittest", "urllib.request",
    "yaml",
})  # fmt: skip
"""Modules that cost more than they give at the start of a command, or open sockets."""


def clean(cache_folder: Path) -> Mapping[str, str]:
    """Return an environment where nothing but the command itself imports anything."""
    dropped = ("COVERAGE", "URLGUARD")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    own = {"URLGUARD_CACHE": str(cache_folder), "URLGUARD_REGISTRY": str(cache_folder / "registry.db")}
    return kept | own | {"PYTHONIOENCODING": "utf-8"}


def python(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], env=clean(folder), check=False, capture_output=True, encoding="utf-8"
    )


def imported(folder: Path, *arguments: str) -> set[str]:
    """Return the modules a fresh interpreter imports for these arguments, without its own."""
    done = python(folder, "-X", "importtime", *arguments)
    assert done.returncode in {0, 1}, done.stderr
    rows = [line.split("|") for line in done.stderr.splitlines() if line.startswith("import time:")]
    return {row[2].strip() for row in rows[1:]} - bare()


@cache
def bare() -> frozenset[str]:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", "pass"],
        env=clean(Path()), check=True, capture_output=True, encoding="utf-8",
    )  # fmt: skip
    return frozenset(line.rpartition("|")[2].strip() for line in done.stderr.splitlines())


def slow(modules: set[str]) -> set[str]:
    return {name for name in modules if any(name == bad or name.startswith(f"{bad}.") for bad in SLOW)}


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a cache folder that holds the rule book."""
    folder = tmp_path_factory.mktemp("cache")
    assert python(folder, "-m", "urlguard", "check", "https://kaspi.kz/").returncode == 0
    return folder


def test_importing_the_package_loads_nothing_but_its_nouns(warm: Path) -> None:
    modules = imported(warm, "-c", "import urlguard")
    ours = {name for name in modules if name.startswith("urlguard")}
    assert ours == {"urlguard", "urlguard.errors", "urlguard.model", "urlguard.version"}
    assert slow(modules) == set()
    assert modules.isdisjoint({"click", "can_ada", "ahocorasick_rs", "json"})


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["check", "https://kaspi.kz/"], id="official"),
        pytest.param(["check", "https://kaspi-bonus.top/"], id="imitation"),
        pytest.param(["check", "--explain", "--lang", "kk", "https://қазақ-үні.қаз/"], id="explained"),
        pytest.param(["check", "--format", "jsonl", "https://kаspi.kz/"], id="jsonl"),
        pytest.param(["check", "--format", "csv", "Дивиденды: kazatomprom-invest.top"], id="csv"),
        pytest.param(["check", "https://www.google.com/url?q=https://t.me/kaspi_bonus"], id="wrapper"),
        pytest.param(["check", "--help"], id="help"),
    ],
)
def test_a_check_loads_nothing_slow(warm: Path, arguments: list[str]) -> None:
    modules = imported(warm, "-m", "urlguard", *arguments)
    assert "urlguard.cli" in modules
    assert slow(modules) == set()


def test_a_check_with_a_registry_loads_sqlite_and_little_else(warm: Path, tmp_path: Path) -> None:
    file = str(tmp_path / "registry.db")
    added = python(warm, "-m", "urlguard", "registry", "add", "kirpish-zauyt.example", "--registry", file)
    assert added.returncode == 0
    modules = imported(warm, "-m", "urlguard", "check", "https://kirpish-zauyt.example/", "--registry", file)
    assert slow(modules) == {"apsw"}
    ours = {name for name in modules if name.startswith("urlguard.registry.")}
    assert ours == {
        f"urlguard.registry.{name}"
        for name in (
            "anchors", "cardkey", "files", "hits", "lookup", "matching", "opening", "rows", "schema",
            "sqlite", "states", "store",
        )
    }  # fmt: skip


def test_scoring_from_a_program_loads_neither_click_nor_the_command_line(warm: Path) -> None:
    modules = imported(warm, "-c", "import urlguard; urlguard.score('https://kaspi-bonus.top/')")
    assert slow(modules) == set()
    assert not {name for name in modules if name.startswith(("click", "urlguard.cli", "urlguard.reports"))}


def test_the_second_reader_is_only_loaded_when_the_first_refuses(warm: Path) -> None:
    plain = imported(warm, "-m", "urlguard", "check", "https://kaspi-bonus.top/?a=%20", "http://0x7f.1/")
    assert "can_ada" in plain
    assert "ada_url" not in plain


def test_only_a_cold_start_reads_yaml(tmp_path: Path) -> None:
    command = ("-m", "urlguard", "check", "https://kaspi.kz/")
    assert "yaml" in imported(tmp_path, *command)
    assert "yaml" not in imported(tmp_path, *command)


@pytest.fixture(scope="module")
def entered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a rule book and a registry that holds something."""
    folder = tmp_path_factory.mktemp("entered")
    assert python(folder, "-m", "urlguard", "registry", "add", "bazar.example").returncode == 0
    return folder


OFFLINE = """
import runpy, sys

def refused(event, details):
    if event.startswith(("socket.", "urllib.", "subprocess.", "os.system", "os.exec", "os.posix_spawn")):
        raise SystemExit(f"{event} {details}")

sys.addaudithook(refused)
sys.argv = ["urlguard", *sys.argv[1:]]
runpy.run_module("urlguard", run_name="__main__")
"""


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["check", "https://kaspi-bonus.top/", "http://185.12.33.4/", "t.me/kaspi"], id="check"),
        pytest.param(["rules", "prove"], id="all examples of all rules"),
        pytest.param(["rules", "lint"], id="lint"),
        pytest.param(["brands", "show", "kaspi"], id="brand"),
        pytest.param(["--version"], id="version"),
        pytest.param(["registry", "add", "kirpish-zauyt.example", "+7 701 555 01 02"], id="enter"),
        pytest.param(["registry", "find", "https://kirpish-zauyt.example/, 8 701 555 01 02"], id="find"),
        pytest.param(["registry", "stats"], id="stats of the registry"),
        pytest.param(["registry", "verify"], id="verify the registry"),
    ],
)
def test_nothing_opens_a_socket_or_starts_a_program(entered: Path, arguments: list[str]) -> None:
    done = python(entered, "-c", OFFLINE, *arguments)
    said = "2 entered" if arguments[:2] == ["registry", "add"] else ""
    assert (done.stderr[: len(said) or None], done.stdout != "") == (said, True)
    assert done.returncode in {0, 1}


def test_the_guard_against_sockets_works(tmp_path: Path) -> None:
    code = OFFLINE.replace("runpy.run_module", "__import__('socket').getaddrinfo('example.com', 80) #")
    assert "socket.getaddrinfo" in python(tmp_path, "-c", code).stderr
