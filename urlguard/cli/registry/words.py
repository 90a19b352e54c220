"""What the commands of the registry write with: the words of a language, the width of the screen, stdout."""

import json
import shutil
from collections.abc import Iterable, Mapping
from typing import Any, Final, TextIO

from urlguard.cli.options import language
from urlguard.cli.streams import output
from urlguard.packs.book import Book
from urlguard.reports.records import Words

MACHINE: Final = ("jsonl", "csv", "ids")


def words_of(book: Book, lang: str | None) -> Words:
    """Return the words for records in the language that is wanted."""
    wanted = language(lang)
    section = book["registry"]
    states, categories, grounds = (
        {name: row["title"][wanted] for name, row in section[table].items()}
        for table in ("states", "categories", "grounds")
    )
    texts = {name: names[wanted] for name, names in book["interface"].items()}
    brands = {brand["id"]: brand["name"][wanted] for brand in book["brands"]}
    return Words(texts, states, categories, grounds, brands)


def stdout(form: str) -> tuple[TextIO, int | None]:
    """Return stdout ready for a format, and the columns of the terminal it is; None for a file or pipe."""
    eyes = form not in MACHINE
    out = output(for_eyes=eyes)
    return out, shutil.get_terminal_size().columns if eyes and out.isatty() else None


def write(out: TextIO, lines: Iterable[str]) -> None:
    """Write lines as they come."""
    out.writelines(f"{line}\n" for line in lines)


def json_line(row: Mapping[str, Any]) -> str:
    """Return one object as one line that every reader takes whole: line separators are escaped."""
    text = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
    if any("\ud800" <= char <= "\udfff" for char in text):
        return json.dumps(row, separators=(",", ":"))
    for char in "\u2028\u2029\u0085\x7f":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text
