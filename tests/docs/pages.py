"""The pages for users: their fenced blocks, and a place where the commands in them run.

python tests/docs/pages.py     writes the real output into every console block
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from urlguard import check
from urlguard.packs.where import shipped_rules

ROOT: Final = Path(__file__).parents[2]
README: Final = ROOT / "README.md"
RULES: Final = shipped_rules() / "README.md"
PAGES: Final = (README, *sorted((ROOT / "docs").glob("*.md")), RULES)

_BLOCK: Final = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SPAN: Final = re.compile(r"\[\s+(\d+),\s+(\d+)\s+\]")
_OWN_SETTINGS: Final = ("URLGUARD_LANG", "URLGUARD_RULES", "NO_COLOR", "FORCE_COLOR")


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
    """A folder with the examples in which `urlguard` is the program under test."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        shutil.copytree(ROOT / "examples", folder / "examples")
        program = folder / "bin" / "urlguard"
        program.parent.mkdir()
        program.write_text(
            f'#!/bin/sh\n{shlex.quote(sys.executable)} -m urlguard "$@"\n'
            'code=$?\necho $code >> "$URLGUARD_CODES"\nexit $code\n'
        )
        program.chmod(0o755)

    def run(self, line: str) -> tuple[str, list[int]]:
        """Return what a line of shell writes, and the exit code of every urlguard in it."""
        codes = tempfile.NamedTemporaryFile("r", dir=self._folder, suffix=".codes")  # noqa: SIM115
        environ = {name: value for name, value in os.environ.items() if name not in _OWN_SETTINGS}
        environ |= {
            "HOME": str(self._folder),
            "LC_ALL": "C.UTF-8",
            "PATH": f"{self._folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "URLGUARD_CACHE": str(self._folder / "cache"),
            "URLGUARD_CODES": codes.name,
        }
        with codes:
            ran = subprocess.run(
                ["bash", "-c", line],  # noqa: S607  (whichever bash there is)
                capture_output=True, check=False, cwd=self._folder, encoding="utf-8", env=environ,
                stdin=subprocess.DEVNULL,
            )  # fmt: skip
            return ran.stdout, [int(code) for code in codes]


def rewritten(page: str, shell: Shell) -> str:
    """Return a page with the real output in its console and verdict blocks."""

    def block(found: re.Match[str]) -> str:
        language, text = found.groups()
        if language == "console":
            text = "".join(f"$ {line}\n{shell.run(line)[0]}" for line, _ in commands(text))
        elif language == "json":
            verdict = check(json.loads(text)["input"]).to_dict()
            text = _SPAN.sub(r"[\1, \2]", json.dumps(verdict, ensure_ascii=False, indent=2)) + "\n"
        return f"```{language}\n{text}```"

    return _BLOCK.sub(block, page)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        shell = Shell(Path(folder))
        for page in PAGES:
            page.write_text(rewritten(page.read_text("utf-8"), shell), "utf-8")
