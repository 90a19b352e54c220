"""The package as it is installed: its data, its command, what it says of itself."""

import re
import subprocess
import sys
import sysconfig
from importlib import metadata
from pathlib import Path

import pytest

import urlguard
from urlguard.packs.where import shipped_rules, suffix_snapshot

PACKAGE = Path(urlguard.__file__).parent
INSTALLED = any(metadata.distributions(name="urlguard"))
needs_metadata = pytest.mark.skipif(not INSTALLED, reason="imported from a folder, not installed")
SCRIPT = Path(sysconfig.get_path("scripts")) / ("urlguard.exe" if sys.platform == "win32" else "urlguard")


def test_the_rules_came_along() -> None:
    names = {path.relative_to(shipped_rules()).as_posix() for path in shipped_rules().rglob("*.yaml")}
    sections = {"policy.yaml", "letters.yaml", "interface.yaml", "links/lookalike.yaml", "links/hosting.yaml"}
    assert names >= sections
    assert sum(name.startswith("brands/") for name in names) >= 5


def test_no_rule_is_left_behind() -> None:
    """Hold that a checkout and a wheel find the same kind of folder: rules, and nothing that runs."""
    assert [path for path in shipped_rules().rglob("*") if path.suffix in {".py", ".pyc", ".json"}] == []


def test_other_data_came_along() -> None:
    assert (PACKAGE / "reports" / "verdict.schema.json").is_file()
    assert suffix_snapshot().is_file()


@needs_metadata
def test_the_version_is_the_same_everywhere() -> None:
    assert metadata.version("urlguard") == urlguard.__version__


def test_nothing_of_ours_is_named_like_the_rules() -> None:
    """`urlguard/rules` is the folder of the wheel; a module of that name would hide it."""
    assert not (PACKAGE / "rules.py").exists()
    assert not (PACKAGE / "rules" / "__init__.py").exists()


@needs_metadata
def test_the_command_is_installed() -> None:
    (entry,) = metadata.entry_points(group="console_scripts", name="urlguard")
    assert entry.value == "urlguard.cli:main"
    assert callable(entry.load())


@pytest.mark.parametrize(
    "command",
    [
        pytest.param([str(SCRIPT)], id="urlguard", marks=needs_metadata),
        pytest.param([sys.executable, "-m", "urlguard"], id="python -m urlguard"),
    ],
)
def test_the_command_runs_anywhere(command: list[str], tmp_path: Path) -> None:
    done = subprocess.run(
        [*command, "--version"], cwd=tmp_path, check=True, capture_output=True, encoding="utf-8"
    )
    assert urlguard.__version__ in done.stdout


@needs_metadata
def test_what_is_needed_is_declared() -> None:
    declared = {line.split(";")[0] for line in metadata.requires("urlguard") or () if "extra ==" not in line}
    names = {re.split(r"[<>=!~ ]", line)[0].lower().replace("-", "_") for line in declared}
    assert names == {
        "ada_url", "ahocorasick_rs", "apsw", "can_ada", "click", "cryptography", "httpcore", "httpx",
        "phonenumbers", "publicsuffixlist", "py_minisign", "pymispwarninglists", "pyyaml", "stix2",
        "tldextract",
    }  # fmt: skip
