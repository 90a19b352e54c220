"""SARIF 2.1.0, which systems that collect findings read (OASIS, errata 01).

A result for each row that is suspicious or worse, and of kind `open` for each that could not be
judged. Results stand one a line, so that what the end says of them can be counted again.
"""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath
from typing import Any, Final
from urllib.parse import quote

from urlguard.tables.rows import Finding, Head, Scanned
from urlguard.tables.writing.appended import Appended
from urlguard.tables.writing.celltext import escaped

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Final = {"suspicious": "warning", "dangerous": "error", "blocked": "error"}
_REGISTRY: Final = "registry"
"""Rule of a row that stands in the registry while no rule has anything against it."""
_UNREAD: Final = "unread"
"""Rule of a row that could not be judged."""
_OPEN: Final = b'{"kind":"open"'
_SHEET: Final = re.compile(
    r"(?P<file>.+\.(?:xlsx|xlsm|xlsb|xls|ods))\[(?P<sheet>.*)\]", re.IGNORECASE | re.DOTALL
)


def sarif_output(path: Path, head: Head, *, at: int | None = None) -> Appended:
    """Return a SARIF log of all rows, to be written; `at` is the size to go on from.

    Raises `UsageError`.
    """
    rules = {**head.rules, _REGISTRY: head.texts["sarif_registry"], _UNREAD: head.texts["level_error"]}
    places = {rule: place for place, rule in enumerate(rules)}
    begin = _begin(head, rules)
    begun = at is not None and at > len(begin)
    unread = _counted(path, at) if begun and at else 0

    def encoded(rows: Sequence[Scanned]) -> bytes:
        nonlocal begun, unread
        results = [_json(_result(row, places)) for row in rows if row.finding.level != "clear"]
        if not results:
            return b""
        data = ((",\n" if begun else "\n") + ",\n".join(results)).encode()
        begun = True
        unread += sum(not row.finding.level for row in rows)
        return data

    def end() -> bytes:
        said = [_note(head.texts["sarif_unread"].format(n=unread))] if unread else []
        run = {"executionSuccessful": True, "toolExecutionNotifications": said}
        return f'\n],"invocations":[{_json(run)}]}}]}}\n'.encode()

    return Appended(path, begin, encoded, end, at=at)


def _begin(head: Head, rules: Mapping[str, str]) -> bytes:
    driver = {
        "name": "urlguard",
        "version": head.version,
        "language": head.lang,
        "rules": [{"id": rule, "shortDescription": {"text": title}} for rule, title in rules.items()],
    }
    run = f'{{"tool":{_json({"driver": driver})},"language":"{head.lang}","columnKind":"unicodeCodePoints"'
    return f'{{"$schema":"{_SCHEMA}","version":"2.1.0","runs":[{run},"results":['.encode()


def _result(row: Scanned, places: Mapping[str, int]) -> dict[str, Any]:
    finding = row.finding
    if finding.level:
        rule = next((rule for rule in finding.rules if rule in places), _REGISTRY)
        result: dict[str, Any] = {"level": _LEVELS[finding.level]}
        why = finding.reasons or finding.entries
    else:
        rule, result, why = _UNREAD, {"kind": "open", "level": "none"}, finding.error
    return {
        **result,
        "ruleId": rule,
        "ruleIndex": places[rule],
        "message": {"text": _message(f"{finding.shown}: {why}" if finding.shown else why)},
        "locations": [_location(row)],
        **({"properties": _properties(finding)} if finding.level else {}),
    }


def _properties(finding: Finding) -> dict[str, Any]:
    named: dict[str, Any] = {"level": finding.level, "score": finding.score}
    for name in ("brand", "scheme", "entries", "advice", "rules"):
        if value := getattr(finding, name):
            named[name] = value
    return named


def _location(row: Scanned) -> dict[str, Any]:
    hit = _SHEET.fullmatch(row.source)
    name = hit["file"] if hit else row.source
    place = {
        "physicalLocation": {
            "artifactLocation": {"uri": _uri(name)},
            "region": {"startLine": max(row.number, 1)},
        }
    }
    return {**place, "logicalLocations": [{"name": hit["sheet"]}]} if hit else place


def _uri(name: str) -> str:
    """Return the path of a file as a URI reference."""
    path = PurePath(name)
    if path.is_absolute():
        return path.as_uri()
    return quote(path.as_posix(), errors="backslashreplace")


def _message(text: str) -> str:
    """Return a text that is plain in SARIF: braces double, no `[...](...)`, which would be a link."""
    return text.replace("{", "{{").replace("}", "}}").replace("](", "] (")


def _note(text: str) -> dict[str, Any]:
    return {"level": "warning", "message": {"text": text}}


def _json(value: Any) -> str:  # noqa: ANN401  (JSON is any value)
    return escaped(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def _counted(path: Path, at: int) -> int:
    """Count the rows without a verdict in the first `at` bytes of a log."""
    count = 0
    with path.open("rb") as lines:
        for line in lines:
            at -= len(line)
            if at < 0:
                return count + line[:at].startswith(_OPEN)
            count += line.startswith(_OPEN)
    return count
