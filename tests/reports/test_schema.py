"""Every verdict fits its published shape."""

import json
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, ValidationError

from urlguard import check
from urlguard.guard import Guard
from urlguard.model import Kind, Level
from urlguard.reports.machine import csv_line, json_line

SCHEMA = json.loads((files("urlguard") / "reports" / "verdict.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    "text",
    [
        "https://kaspi-bonus.top/login", "kaspi.kz", "нет ссылки", "слова и kaspi-bonus.top",
        "https://www.google.com/url?q=https://kaspi-bonus.top/", "javascript:alert(1)", "tg://resolve?domain=a_bot",
        "http://[::1]/", "http://\ud800.kz", "x" * 70_000, "https://t.me/kaspi_bonus_bot",
    ],
)  # fmt: skip
@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_verdicts_fit(text: str, lang: str) -> None:
    VALIDATOR.validate(json.loads(json_line(Guard(lang=lang).check(text))))


@given(st.text() | st.text(st.sampled_from("kaspi.kz/:@?#htps-top\u2028\u0085\x7f\ud800\"'=,")))
def test_every_text_is_one_line_of_json_and_fits(text: str) -> None:
    verdict = check(text)
    line = json_line(verdict)
    assert len(line.splitlines()) == 1
    VALIDATOR.validate(json.loads(line))
    assert json.loads(line)["input"] == verdict.input
    csv_line(verdict).encode()


def test_an_unreadable_row_has_an_error_and_no_level() -> None:
    row = check("words").to_dict()
    assert "level" not in row
    for wrong in (row | {"level": "clear"}, row | {"error": None}, row | {"more": 1}):
        with pytest.raises(ValidationError):
            VALIDATOR.validate(wrong)


def test_levels_and_kinds_are_those_of_the_program() -> None:
    properties: dict[str, Any] = SCHEMA["properties"]
    assert properties["level"]["enum"] == [level.label for level in Level]
    assert SCHEMA["$defs"]["resource"]["properties"]["kind"]["enum"] == [kind.value for kind in Kind]
