"""The report of a scan: whole, without anything live, whatever stands in the data."""

import base64
import hashlib
import re
from typing import Any, Final

import pytest
from reports.parts import made
from reports.scanned import empty, row, summary, texts

from urlguard.guard import LANGUAGES
from urlguard.reports.html.page import page
from urlguard.reports.html.table import PAGE

EN: Final = texts("en")


def test_the_policy_lets_one_script_and_one_style_run_and_nothing_else() -> None:
    found = made(summary())
    (policy,) = [
        dict(attrs)["content"]
        for tag, attrs in found.tags
        if ("http-equiv", "Content-Security-Policy") in attrs
    ]
    script = found.raw["script"][-1]
    rules = dict(rule.strip().split(" ", 1) for rule in (policy or "").split(";"))
    assert rules == {
        "default-src": "'none'", "script-src": _digest(script), "style-src": _digest(found.raw["style"][0]),
        "img-src": "data:", "base-uri": "'none'", "form-action": "'none'",
    }  # fmt: skip
    assert [len(found.raw["script"]), len(found.raw["style"])] == [2, 1]


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_nothing_in_it_is_live() -> None:
    found = made(summary())
    names = {name for _, attrs in found.tags for name, _ in attrs}
    assert not {name for name in names if name.startswith("on")} | names & {
        "style",
        "src",
        "srcset",
        "action",
    }
    links = found.values("href")
    assert links.count("data:,") == 1
    places = found.values("id")
    assert len(places) == len(set(places))
    assert {link for link in links if link != "data:,"} <= {f"#{place}" for place in places}
    assert not {"a", "link"} - {tag for tag, _ in found.tags}
    assert not {"form", "iframe", "img", "base", "object", "embed"} & {tag for tag, _ in found.tags}


def test_the_code_that_runs_makes_no_markup_of_texts() -> None:
    script = made(summary()).raw["script"][-1]
    assert not re.findall(
        r"innerHTML|outerHTML|insertAdjacent|document\.write|eval|Function\(|fetch|XMLHttp", script
    )


class Asked(dict[str, str]):
    """Texts that know which of them were looked up."""

    def __init__(self, lang: str) -> None:
        super().__init__(texts(lang))
        self.names: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.names.add(name)
        return super().__getitem__(name)


def _dated(days: list[str]) -> dict[str, Any]:
    return {"column": "date", "undated": 0, "days": {day: {"dangerous": 1} for day in days}}


def test_every_text_of_the_report_is_needed() -> None:
    asked = Asked("en")
    clear = {**empty(), "rows": 1, "levels": {**empty()["levels"], "clear": 1}}
    spans = [_dated([f"{year}-01-01", "2026-11-01"]) for year in (2026, 2024, 1999)]
    for of in (
        summary(),
        empty(),
        clear,
        *({**summary(1), "dates": span} for span in spans),
    ):
        "".join(page(of, asked, "en"))
    assert {
        name for name in EN if name.startswith("report_") and name != "report_fraud"
    } - asked.names == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_speaks_one_language(lang: str) -> None:
    found = made(summary(), lang)
    words = texts(lang)
    assert ("html", (("lang", lang),)) in found.tags
    assert words["report_not_safe"] in found.text
    assert words["level_dangerous"] in found.text


def test_the_headline_counts() -> None:
    told = made(summary()).text
    assert "Dangerous or blocked: 80 of 1\u202f000 rows (8.0%)" in told
    assert "Suspicious: 50 (5.0%). All rows: 1\u202f000." in told
    assert "Only a sample was judged: 1 % of the rows." in told


def test_a_file_without_rows_is_told_so() -> None:
    found = made(empty())
    assert EN["report_headline_nothing"] in found.text
    assert EN["report_rows_none"] in found.text
    assert "table" not in {tag for tag, _ in found.tags}
    assert len(found.raw["script"]) == 1


def test_huge_numbers_are_written_out() -> None:
    large = 10**18
    of = {**summary(1), "rows": large + 3, "levels": {**empty()["levels"], "clear": large, "dangerous": 3}}
    found = made(of)
    assert "3 of 1\u202f000\u202f000\u202f000\u202f000\u202f000\u202f003 rows (<0.01%)" in found.text
    widths = [float(value) for value in found.values("width")[:2]]
    assert widths[0] > 2, "three rows among so many are seen in the bar"


def test_the_same_scan_gives_the_same_bytes() -> None:
    assert "".join(page(summary(), EN, "en")) == "".join(page(summary(), EN, "en"))


def test_the_first_rows_stand_in_the_page_and_all_in_the_data() -> None:
    found = made(summary())
    assert [f"bonus-{at}[.]top" in found.text for at in (0, PAGE - 1, PAGE, 129)] == [
        True,
        True,
        False,
        False,
    ]
    data = found.rows
    names, rows = data["names"], [dict(zip(data["fields"], one, strict=True)) for one in data["rows"]]
    assert len(rows) == 130
    for at, one in enumerate(rows):
        given = row(at)
        told = {name: one[name] for name in ("row", "score", "input", "entries", "day")}
        told |= {name: names[name][one[name]] for name in ("source", "advice")}
        told["level"] = data["levels"][one["level"]][0]
        told["reasons"] = "; ".join(names["reasons"][place] for place in one["reasons"])
        told["brand"] = names["brand"][one["brand"]] if one["brand"] >= 0 else ""
        told["scheme"] = names["scheme"][one["scheme"]] if one["scheme"] >= 0 else ""
        given["brand"] = {"kaspi": "Kaspi", "halyk": "Халық банкі", "": ""}[given["brand"]]
        given["scheme"] = {"prize": "Prizes", "": ""}[given["scheme"]]
        assert told == given


def test_columns_without_anything_in_them_are_left_out() -> None:
    of = summary(3)
    for one in of["top"]:
        one |= {"day": "", "source": "a.csv"}
    assert made(of).values("data-column") == ["row", "level", "score", "input", "brand", "scheme"]
    assert made(summary(3)).values("data-column") == [
        "row", "source", "level", "score", "input", "brand", "scheme", "day",
    ]  # fmt: skip


def test_zones_are_told_by_their_suspicious_rows() -> None:
    told = made(summary(1)).text
    assert ".toprows: 12999.2% of 130 in all" in told
    assert ".kzrows" not in told, "none of its rows is suspicious"
    none = {**summary(1), "suffixes": [{"name": "kz", "rows": 9, "flagged": 0}]}
    assert EN["report_suffixes"] not in made(none).text
    hosted = {**summary(1), "suffixes": [{"name": "pages.dev", "rows": 3, "flagged": 3}]}
    assert EN["report_suffixes"] not in made(hosted).text, "it stands among the hosting"


def test_nothing_is_drawn_over_time_where_nothing_was_found() -> None:
    days = {"2026-11-01": {"clear": 3, "suspicious": 0, "dangerous": 0, "blocked": 0}}
    levels = {**empty()["levels"], "clear": 3}
    clear = {**empty(), "rows": 3, "levels": levels, "dates": {"column": "date", "undated": 0, "days": days}}
    assert EN["report_time"] not in made(clear).text
