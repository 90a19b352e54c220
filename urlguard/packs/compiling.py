"""Sections compiled into the plain tables of a rule book."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from urlguard.errors import PackError
from urlguard.letters import Letters
from urlguard.links.suffixes import ICANN, PRIVATE, a_label, suffix_tree
from urlguard.packs import register, shape
from urlguard.packs.book import suffix_rules
from urlguard.packs.index import brand_index
from urlguard.packs.sections import read_sections
from urlguard.packs.wording import wording

_RESERVED: Final = "example"
"""The suffix of invented hosts (RFC 2606): examples and drills are judged like the real thing."""
_LETTER_TABLES: Final = (
    "lookalike", "digits", "merge", "loose", "cyrillic_latin", "sound", "keyboard", "invisible",
    "bidi", "scripts", "scripts_together", "script_suffixes",
)  # fmt: skip


def compiled(folders: Sequence[Path]) -> dict[str, Any]:
    """Read the packs of `folders` and compile them. Raises `PackErrors`, `UsageError`."""
    sections = read_sections(folders)
    letters = letter_tables(sections["letters"])
    suffixes, dated = suffix_rules()
    hosting = sections["hosting"]
    registry = register.checked(sections["registry"])
    register.check_examples(sections["rules"], registry["states"])
    suffixes += [(row["suffix"], PRIVATE) for row in hosting if "suffix" in row]
    suffixes.append((_RESERVED, ICANN))
    registry["official"] = register.official(sections["brands"], registry["numbers"])
    return {
        "policy": _policy(sections["policy"]),
        "rules": sections["rules"],
        "brands": sections["brands"],
        "words": sections["words"],
        "ordinary": sorted(set(sections["ordinary"])),
        "shorteners": sorted(set(sections["shorteners"])),
        "tenants": {_ascii(row["suffix"]): row["kind"] for row in hosting if "suffix" in row},
        "tenant_paths": {
            _ascii(row["host"]): [row["kind"], row.get("tenant", 1), row.get("after", [])]
            for row in hosting
            if "host" in row
        },
        "wrappers": sections["wrappers"],
        "suffix_abuse": sections["suffix_abuse"].get("shares", {}),
        "letter_pairs": _letter_pairs(sections["letter_pairs"].get("rows", {})),
        "letters": letters,
        "interface": sections["interface"],
        "suffixes": suffix_tree(suffixes),
        "suffix_date": dated,
        "index": brand_index(sections["brands"], Letters(letters)),
        "registry": registry,
        "wording": wording(sections),
        "schemes": sections["schemes"],
    }


def _policy(policy: Mapping[str, Any]) -> Mapping[str, Any]:
    missing = {"version", "levels", "caps", "official_silences", "counter_offsets", "agreement"} - set(policy)
    if missing:
        raise PackError("policy.yaml", f"the policy lacks {', '.join(sorted(missing))}", "add it")
    levels = policy["levels"]
    if not shape.in_order(levels):
        raise PackError("policy.yaml", f"levels out of order: {levels}", shape.ORDER)
    return policy


def letter_tables(given: Mapping[str, Any]) -> dict[str, Any]:
    """Check and unfold the `letters` section: `U+XXXX` ranges become characters and pairs."""
    missing = [name for name in _LETTER_TABLES if name not in given]
    if missing:
        raise PackError("letters.yaml", f"the tables {', '.join(missing)} are missing", "add them")
    tables = dict(given)
    for name in ("invisible", "bidi"):
        spans = [_span(text) for text in given[name]]
        tables[name] = "".join(chr(point) for first, last in spans for point in range(first, last + 1))
    tables["scripts"] = [
        [*_span(text), script] for script, texts in given["scripts"].items() for text in texts
    ]
    return tables


def _span(text: str) -> tuple[int, int]:
    first, _, last = text.partition("-")
    try:
        start = int(first.removeprefix("U+"), 16)
        return start, int(last.removeprefix("U+"), 16) if last else start
    except ValueError:
        mend = "write U+0400 or U+0400-U+04FF"
        raise PackError("letters.yaml", f"{text!r} is no range of characters", mend) from None


def _letter_pairs(rows: Mapping[str, str]) -> dict[str, float]:
    """Unfold `a: "b2.1 c5.0 ..."` into `{"ab": 2.1, ...}`, in bits."""
    return {
        first + cell[0]: float(cell[1:]) for first, cells in rows.items() for cell in cells.split()
    }


def _ascii(host: str) -> str:
    return ".".join(a_label(label) for label in host.split("."))
