"""Pages that exist in several languages, reduced to what must be the same in all of them."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Final, NamedTuple

from docs.pages import PAGES

LANGUAGES: Final = ("kk", "ru")
TRANSLATED: Final = tuple(
    (page, page.with_suffix(f".{lang}.md"))
    for page in PAGES
    for lang in LANGUAGES
    if page.with_suffix(f".{lang}.md").exists()
)
"""Each page of which there are translations, with each of them."""

_COMMENT: Final = re.compile(r"<!--.*?-->\n?", re.DOTALL)
_TEXT: Final = re.compile(r"'[^']*[^\x00-\x7f’][^']*'|\"[^\"]*[^\x00-\x7f][^\"]*\"")
_LANG: Final = re.compile(r" --lang (?:kk|ru)\b")
_LINK: Final = re.compile(r"\]\(([^)]+)\)")
_CODE: Final = re.compile(r"`[^`]+`")
_THOUSANDS: Final = re.compile(r"(?<=\d)[,\u00a0 ](?=\d{3}\b)")
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)*")


class Section(NamedTuple):
    """What stands below one heading."""

    heading: str
    level: int
    parts: tuple[str, ...]
    """Its paragraphs, lists, tables and blocks, in order."""
    commands: tuple[str, ...]
    """Lines of shell, without `--lang`; texts that are no ASCII are left out."""
    options: tuple[str, ...]
    """What stands as code in the first column of tables."""
    rows: int
    """Rows of tables and points of lists."""
    links: tuple[str, ...]
    """Where links lead, those to translations as to the page itself; sorted, sentences differ in order."""
    numbers: tuple[str, ...]
    """Digits of the prose, sorted, without what separates thousands."""


def sections(page: Path) -> list[Section]:
    """Return the sections of a page in their order."""
    lines = _COMMENT.sub("", page.read_text("utf-8")).splitlines()
    kinds = list(zip(_kinds(lines), lines, strict=True))
    starts = [place for place, (kind, _) in enumerate(kinds) if kind == "heading"]
    return [_section(kinds[start:end]) for start, end in zip(starts, [*starts[1:], None], strict=True)]


def _kinds(lines: Iterable[str]) -> Iterator[str]:
    """Yield for each line what it belongs to; a block is named as it names itself."""
    block = ""
    for line in lines:
        if line.startswith("```"):
            yield block or line[3:]
            block = "" if block else line[3:]
        elif block:
            yield block
        elif line.startswith("#"):
            yield "heading"
        elif line.startswith("|"):
            yield "table"
        elif re.match(r"(?:[-*]|\d+\.) |  ", line):
            yield "list"
        else:
            yield "text" if line else ""


def _section(lines: list[tuple[str, str]]) -> Section:
    (_, heading), *rest = lines
    prose = [(kind, line) for kind, line in rest if kind in {"text", "list", "table"} and "·" not in line]
    first = [line.split("|")[1] for kind, line in prose if kind == "table"]
    text = "\n".join(line for _, line in prose)
    return Section(
        heading=heading.lstrip("# "),
        level=heading.index(" "),
        parts=tuple(kind for kind, _ in groupby(kind for kind, _ in rest) if kind),
        commands=tuple(_commands(rest)),
        options=tuple(code for cell in first for code in _CODE.findall(cell)),
        rows=sum(kind == "table" or not line.startswith(" ") for kind, line in prose if kind != "text"),
        links=tuple(sorted(re.sub(r"\.(?:kk|ru)\.", ".", link) for link in _LINK.findall(text))),
        numbers=tuple(sorted(_NUMBER.findall(_THOUSANDS.sub("", _LINK.sub("", text))))),
    )


def _commands(lines: Iterable[tuple[str, str]]) -> Iterator[str]:
    for kind, line in lines:
        if (kind == "sh" and not line.startswith("```")) or (kind == "console" and line.startswith("$ ")):
            yield _LANG.sub("", _TEXT.sub("…", line.removeprefix("$ ")))
