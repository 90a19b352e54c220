"""The rule book: all packs, the suffix rules and the brand index as one plain table.

YAML is for people. At run time the book is read from a cache, a line of JSON for links and one for
texts, whose name is a digest of everything it was made from; it is rebuilt silently when it is
missing, stale, corrupt or cannot be written.
"""

import json
import os
import re
import time
from _thread import get_ident
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from urlguard.errors import PackError
from urlguard.packs.where import SIZE_LIMIT, cache_folder, shipped_rules, suffix_snapshot
from urlguard.version import __version__

FORMAT: Final = 3
"""Raise it when the shape of the book changes."""

_LARGE: Final = 40_000
"""Bytes of a pack file above which its size and time are noted in place of its content."""
_CACHED_BOOKS: Final = 8

WORDS: Final = "words"
"""The check that looks at the words of a text; its rules say which in `when`."""

KEYS: Final = frozenset({
    "format", "version", "digest", "policy", "rules", "brands", "words", "ordinary", "shorteners", "tenants",
    "tenant_paths", "wrappers", "suffix_abuse", "letter_pairs", "letters", "interface", "suffixes",
    "suffix_date", "index", "registry", "later",
})  # fmt: skip
"""What a cached book must have; anything else in its place is rebuilt."""

Book = dict[str, Any]

try:  # `hashlib` loads OpenSSL, which costs as much time as reading all packs
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b


def load_book(packs: Iterable[Path] = (), *, cache: bool = True) -> Book:
    """Return the compiled rule book of the shipped rules with `packs` laid over them.

    It holds what judging needs; `full_book` also holds what people look up.
    Raises `PackErrors` when a pack is wrong and `UsageError` when one is missing.
    """
    folders = [shipped_rules(), *packs]
    digest = _digest(folders)
    path = cache_folder() / f"book-{digest[:32]}.json"
    if cache and (book := _cached(path, digest)) is not None:
        return book
    book = slim(compile_book(folders))
    book["digest"] = digest
    if cache:
        _store(path, book)
    return book


def full_book(packs: Iterable[Path] = ()) -> Book:
    """Return the book with titles, examples and all facts about brands, compiled anew.

    Raises `PackErrors` when a pack is wrong and `UsageError` when one is missing.
    """
    return compile_book([shipped_rules(), *packs])


_RULE_KEYS: Final = (
    "id", "title", "group", "points", "check", "options", "floor", "reason", "advice", "where", "words",
    "scheme",
)  # fmt: skip
_BRAND_KEYS: Final = ("id", "name", "real", "domains", "foreign", "abroad", "where")


def slim(book: Book) -> Book:
    """Return a book as it is cached: without what is only looked up by people, half the time to load.

    What only texts need stands under `later` as bytes of JSON, which cost next to nothing until
    somebody asks for them (`later`).
    """
    rules = [{key: row[key] for key in _RULE_KEYS if key in row} for row in book["rules"]]
    texts = {
        "rules": [row for row in rules if row["check"] == WORDS],
        "wording": book["wording"],
        "schemes": book["schemes"],
    }
    kept = {key: value for key, value in book.items() if key not in texts}
    return {
        **kept,
        "rules": [row for row in rules if row["check"] != WORDS],
        "brands": [{key: row[key] for key in _BRAND_KEYS if key in row} for row in book["brands"]],
        "later": _json(texts),
    }


def later(book: Book) -> Book:
    """Return what only texts need of a book: `rules` about words, `wording`, `schemes`."""
    part: Book | bytes = book.get("later", book)
    if isinstance(part, bytes):
        part = book["later"] = dict(json.loads(part))
    return part


def every_rule(book: Book) -> list[dict[str, Any]]:
    """Return the rules of a book, those about links and those about words."""
    part = later(book)
    rules: list[dict[str, Any]] = book["rules"]
    return rules if part is book else rules + part["rules"]


def compile_book(folders: Sequence[Path]) -> Book:
    """Read, check and compile the packs of `folders` into a book."""
    from urlguard.packs import compiling  # noqa: PLC0415  (YAML: not on the start-up path)

    return {"format": FORMAT, "version": __version__, **compiling.compiled(folders)}


def _digest(folders: Sequence[Path]) -> str:
    """Return a digest of the content of every file the book is made from."""
    whole = blake2b(f"{FORMAT} {__version__}".encode(), digest_size=20)
    for folder in folders:
        whole.update(f"\0{folder}".encode())
        for name, path in _yaml_files(folder):
            whole.update(f"\0{name}\0".encode())
            try:
                state = os.stat(path)  # noqa: PTH116  (start-up path)
                if state.st_size > _LARGE:  # its time stands for what is in it
                    whole.update(f"{state.st_size} {state.st_mtime_ns} {state.st_ino}".encode())
                    continue
                with open(path, "rb") as file:  # noqa: PTH123  (Path.open costs twice as much, 30 times)
                    whole.update(file.read(SIZE_LIMIT + 1))
            except OSError as error:
                raise PackError(name, f"the file cannot be read: {error.strerror}") from error
    for path in (str(suffix_snapshot()), *_compilers()):
        state = os.stat(path)  # noqa: PTH116  (start-up path)
        whole.update(f"\0{state.st_size} {state.st_mtime_ns}".encode())
    return whole.hexdigest()


def _compilers() -> list[str]:
    """List the modules that make the book: an edited compiler makes another book."""
    folder = os.path.dirname(__file__)  # noqa: PTH120  (start-up path)
    names = ("book", "compiling", "forms", "index", "register", "sections", "shape", "source", "wording")
    return [f"{folder}/{name}.py" for name in names] + [f"{folder}/../letters.py"]


def _yaml_files(folder: Path) -> list[tuple[str, str]]:
    """List pack files by `os.walk`: `pathlib` globbing is slower than reading them."""
    if not os.path.isdir(folder):  # noqa: PTH112  (as above)
        return [(str(folder), str(folder))] if os.path.isfile(folder) else []  # noqa: PTH113
    found = []
    for root, _, names in os.walk(folder):
        found += [
            (f"{root[len(str(folder)) :]}/{name}", f"{root}/{name}")
            for name in names
            if name.endswith((".yaml", ".yml"))
        ]
    return sorted(found)


def _cached(path: Path, digest: str) -> Book | None:
    try:
        with open(path, "rb") as file:  # noqa: PTH123  (start-up path)
            links, _, texts = file.read().partition(b"\n")
        book = json.loads(links)
    except (OSError, ValueError, RecursionError):
        return None
    known = isinstance(book, dict) and book.get("digest") == digest and book.keys() == KEYS
    if known and book["later"] == len(texts):
        book["later"] = texts
        return dict(book)
    return None


def _json(value: Book) -> bytes:
    """Return one line of JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _store(path: Path, book: Book) -> None:
    """Write the cache atomically; a cache that cannot be written is no error."""
    draft = path.with_name(f"{path.name}.{os.getpid()}-{get_ident()}.tmp")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft.write_bytes(_json({**book, "later": len(book["later"])}) + b"\n" + book["later"])
        draft.replace(path)
        _forget_old(path.parent)
    except OSError:
        _forget(draft)


def _forget(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return


def _forget_old(folder: Path) -> None:
    """Keep the newest few books: each edit of a pack makes another one."""
    books = sorted(folder.glob("book-*.json"), key=lambda file: file.stat().st_mtime, reverse=True)
    for stale in books[_CACHED_BOOKS:]:
        _forget(stale)
    for draft in folder.glob("book-*.tmp"):
        if time.time() - draft.stat().st_mtime > 3_600:  # noqa: PLR2004  (an hour: its writer is gone)
            _forget(draft)


def suffix_rules() -> tuple[list[tuple[str, int]], str]:
    """Return the `(rule, section)` pairs of the bundled suffix list, and its date."""
    from urlguard.links.suffixes import ICANN, PRIVATE  # noqa: PLC0415  (compile only)

    content = suffix_snapshot().read_text("utf-8")
    section, rules = ICANN, []
    for line in content.splitlines():
        if line.startswith("// ===BEGIN PRIVATE"):
            section = PRIVATE
        elif line and not line.startswith("//"):
            rules.append((line.split()[0], section))
    stamp = re.search(r"// VERSION: (\d{4}-\d{2}-\d{2})", content)
    return rules, stamp[1] if stamp else "unknown"
