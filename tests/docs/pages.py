"""The pages for users: their fenced blocks, and a place where the commands in them run.

python tests/docs/pages.py            writes the real output into every console block, and the schemes
python tests/docs/pages.py PAGE ...   only into these pages
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

from urlguard import check
from urlguard.packs.book import later, load_book
from urlguard.packs.where import shipped_rules
from urlguard.registry.matching import KAZAKHSTAN

ROOT: Final = Path(__file__).parents[2]
README: Final = ROOT / "README.md"
RULES: Final = shipped_rules() / "README.md"
PAGES: Final = (*sorted(ROOT.glob("README*.md")), *sorted((ROOT / "docs").glob("*.md")), RULES)

_SCHEMES: Final = re.compile(r"^\| scheme \|.*\n\|---.*\n(?:\|.*\n)*", re.MULTILINE)
_BLOCK: Final = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SPAN: Final = re.compile(r"\[\s+(\d+),\s+(\d+)\s+\]")
_PAIR: Final = re.compile(r"\[\d+, \d+\]")
_SPANS: Final = re.compile(rf"\[\s+{_PAIR.pattern}(?:,\s+{_PAIR.pattern})*\s+\]")
_OWN_SETTINGS: Final = (
    "URLGUARD_LANG", "URLGUARD_RULES", "URLGUARD_REGISTRY", "URLGUARD_FEEDS", "XDG_DATA_HOME",
    "XDG_CONFIG_HOME", "NO_COLOR", "FORCE_COLOR",
)  # fmt: skip
_SHOWN_DAY: Final = "2026-11-22"
"""The day on which the pages were written: records are entered today, whenever that is."""
_TIME: Final = re.compile(rf"(?<={_SHOWN_DAY}[ T])\d\d:\d\d(?::\d\d)?")
_HEX: Final = re.compile(r"\b[0-9a-f]{64}\b")
_STAMP: Final = re.compile(r"\b\d{8}-\d{6}\b")


class Block(NamedTuple):
    page: Path
    language: str
    text: str

    @property
    def name(self) -> str:
        return f"{self.page.parent.name}/{self.page.name}: {self.text.splitlines()[0][:60]}"


class Command(NamedTuple):
    line: str
    output: str
    """What the page shows for it."""


def blocks(language: str) -> list[Block]:
    found = [Block(page, *hit.groups()) for page in PAGES for hit in _BLOCK.finditer(page.read_text("utf-8"))]
    return [block for block in found if block.language == language]


def commands(console: str) -> Iterator[Command]:
    for part in re.split(r"^\$ ", console, flags=re.MULTILINE)[1:]:
        line, _, output = part.partition("\n")
        yield Command(line, output)


class Shell:
    """A folder with the examples in which `urlguard` is the program under test, and its own registry.

    Shells may share the cache of compiled rules.
    """

    def __init__(self, folder: Path, cache: Path) -> None:
        self._folder = folder
        self._cache = cache
        shutil.copytree(ROOT / "examples", folder / "examples")
        program = folder / "bin" / "urlguard"
        program.parent.mkdir()
        program.write_text(
            f'#!/bin/sh\n{shlex.quote(sys.executable)} -m urlguard "$@"\n'
            'code=$?\necho $code >> "$URLGUARD_CODES"\nexit $code\n'
        )
        program.chmod(0o755)

    def run(self, line: str) -> tuple[str, list[int]]:
        """Return what a line of shell writes, and the exit code of every urlguard in it.

        What a scan says on its way goes to stderr, and a page shows it.
        """
        codes = tempfile.NamedTemporaryFile("r", dir=self._folder, suffix=".codes")  # noqa: SIM115
        environ = {name: value for name, value in os.environ.items() if name not in _OWN_SETTINGS}
        environ |= {
            "HOME": str(self._folder),
            "LC_ALL": "C.UTF-8",
            "PATH": f"{self._folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "URLGUARD_CACHE": str(self._cache),
            "URLGUARD_CODES": codes.name,
            "URLGUARD_ACTOR": "moderator",
        }
        with codes:
            ran = subprocess.run(
                ["bash", "-c", line],  # noqa: S607  (whichever bash there is)
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT if "urlguard scan" in line else subprocess.DEVNULL,
                check=False, cwd=self._folder, encoding="utf-8", env=environ,
            )  # fmt: skip
            assert "Traceback (most recent call last)" not in ran.stdout, ran.stdout
            return _of_that_day(ran.stdout), [int(code) for code in codes]


def _of_that_day(text: str) -> str:
    """Return an output as it was on the day the pages were written."""
    for zone in (UTC, KAZAKHSTAN):
        today = datetime.now(zone)
        text = text.replace(f"{today:%Y-%m-%d}", _SHOWN_DAY).replace(
            f"KN-{today:%Y}-", f"KN-{_SHOWN_DAY[:4]}-"
        )
    text = _TIME.sub(lambda found: "12:00:00"[: len(found[0])], text)
    return _STAMP.sub("20261122-120000", _HEX.sub("3f" * 32, text))


def scheme_table() -> str:
    """Return the fraud schemes of the rules with their titles, as a page shows them."""
    rows = ["| scheme | English | Russian | Kazakh |", "|---|---|---|---|"]
    for name, scheme in later(load_book())["schemes"].items():
        rows.append("| `{}` | {en} | {ru} | {kk} |".format(name, **scheme["title"]))
    return "".join(f"{row}\n" for row in rows)


def rewritten(page: str, shell: Shell) -> str:
    """Return a page with the real output in its console and verdict blocks, and the real schemes."""

    def block(found: re.Match[str]) -> str:
        language, text = found.groups()
        if language == "console":
            text = "".join(f"$ {line}\n{shell.run(line)[0]}" for line, _ in commands(text))
        elif language == "json":
            verdict = check(json.loads(text)["input"]).to_dict()
            text = _SPAN.sub(r"[\1, \2]", json.dumps(verdict, ensure_ascii=False, indent=2)) + "\n"
            text = _SPANS.sub(lambda found: "[" + ", ".join(_PAIR.findall(found[0])) + "]", text)
        return f"```{language}\n{text}```"

    return _BLOCK.sub(block, _SCHEMES.sub(lambda _: scheme_table(), page))


def _write(pages: Sequence[Path], cache: Path) -> None:
    for page in pages:
        with tempfile.TemporaryDirectory() as folder:
            page.write_text(rewritten(page.read_text("utf-8"), Shell(Path(folder), cache)), "utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        _write([Path(name).resolve() for name in sys.argv[1:]] or PAGES, Path(folder))
