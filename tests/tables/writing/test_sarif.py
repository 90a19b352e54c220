"""SARIF 2.1.0: what collectors of findings read."""

import json
from pathlib import Path
from typing import Any

import pytest
from tables.writing.hostile_cells import FORMULAS, NASTY, SCRIPTS
from tables.writing.scanned_rows import CLEAR, SCAM, UNREAD, head, scanned

from urlguard.tables.rows import Scanned
from urlguard.tables.writing.sarif import sarif_output


def log(path: Path, rows: list[Scanned]) -> dict[str, Any]:
    output = sarif_output(path, head())
    output.rows(rows)
    output.finish()
    found: dict[str, Any] = json.loads(path.read_bytes())
    return found


def only(path: Path, row: Scanned) -> dict[str, Any]:
    (result,) = log(path, [row])["runs"][0]["results"]
    assert isinstance(result, dict)
    return result


def test_whole(tmp_path: Path) -> None:
    rows = [
        scanned(2, "a"), scanned(3, "b", finding=SCAM), scanned(4, "", finding=UNREAD),
        scanned(5, "c", finding=SCAM._replace(level="suspicious", rules=(), reasons="")),
    ]  # fmt: skip
    found = log(tmp_path / "a", rows)
    (run,) = found["runs"]
    assert found["version"] == "2.1.0"
    assert found["$schema"].endswith("sarif-2.1.0.json")
    assert run["tool"]["driver"]["name"] == "urlguard"
    assert run["tool"]["driver"]["version"] == "1.2.3"
    ids = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert ids == ["link-lookalike", "host-new", "registry", "unread"]
    assert all(rule["shortDescription"]["text"] for rule in run["tool"]["driver"]["rules"])
    assert [result.get("kind", "fail") for result in run["results"]] == ["fail", "open", "fail"]
    assert [result["level"] for result in run["results"]] == ["error", "none", "warning"]
    assert [ids[result["ruleIndex"]] for result in run["results"]] == ["link-lookalike", "unread", "registry"]
    assert all(ids[result["ruleIndex"]] == result["ruleId"] for result in run["results"])
    assert run["results"][0]["message"]["text"] == (
        "hxxps://kaspi-bonus[.]top/{{a}}: +75 Похоже на Kaspi; +20 Чужой адрес"
    )
    assert run["results"][1]["message"]["text"] == "яяя…: a.csv:4: longer than 65536 bytes"
    assert run["results"][2]["message"]["text"].endswith(": KN-2026-000001 blocks")
    assert run["results"][0]["properties"] == {
        "level": "dangerous", "score": 95, "brand": "kaspi", "scheme": "bank", "entries": SCAM.entries,
        "advice": SCAM.advice, "rules": ["link-lookalike", "host-new"],
    }  # fmt: skip
    assert [
        result["locations"][0]["physicalLocation"]["region"]["startLine"] for result in run["results"]
    ] == [3, 4, 5]
    (told,) = run["invocations"]
    assert told["executionSuccessful"] is True
    assert [note["message"]["text"] for note in told["toolExecutionNotifications"]] == [
        "Строк, которые не удалось оценить: 1"
    ]


def test_nothing_found(tmp_path: Path) -> None:
    (run,) = log(tmp_path / "a", [scanned(2, "a")])["runs"]
    assert run["results"] == []
    assert run["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]


@pytest.mark.parametrize(
    ("source", "uri", "sheet"),
    [
        ("a.csv", "a.csv", None), ("папка/a b.csv", "%D0%BF%D0%B0%D0%BF%D0%BA%D0%B0/a%20b.csv", None),
        ("/tmp/a#1.csv", "file:///tmp/a%231.csv", None), ("a[1].csv", "a%5B1%5D.csv", None),  # noqa: S108  (no file)
        ("q:1.csv", "q%3A1.csv", None), ("-", "-", None), ("a.xlsx[Лист [1]]", "a.xlsx", "Лист [1]"),
    ],
)  # fmt: skip
def test_places(tmp_path: Path, source: str, uri: str, sheet: str | None) -> None:
    (place,) = only(tmp_path / "a", scanned(7, "x", finding=SCAM, source=source))["locations"]
    assert place["physicalLocation"]["artifactLocation"] == {"uri": uri}
    assert [named["name"] for named in place.get("logicalLocations", [])] == ([sheet] if sheet else [])


def test_no_message_holds_a_link(tmp_path: Path) -> None:
    result = only(
        tmp_path / "a", scanned(2, "x", finding=SCAM._replace(shown="[x](https://evil.top)", reasons="y"))
    )
    assert result["message"]["text"] == "[x] (https://evil.top): y"


def test_hostile_texts_stay_within_their_line(tmp_path: Path) -> None:
    texts = [*FORMULAS, *NASTY, *SCRIPTS]
    rows = [scanned(at, "x", finding=SCAM._replace(advice=text, shown=text)) for at, text in enumerate(texts)]
    results = log(tmp_path / "a", rows)["runs"][0]["results"]
    assert [result["properties"].get("advice", "") for result in results] == texts
    assert len((tmp_path / "a").read_bytes().decode().splitlines()) == len(texts) + 2
    assert CLEAR.advice not in (tmp_path / "a").read_text("utf-8")
