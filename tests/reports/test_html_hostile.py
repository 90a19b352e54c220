"""Whatever stands in the data stays a text, in the page and in what its script reads."""

import json
import re
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reports.parts import made
from reports.scanned import replaced, summary, texts

from urlguard.reports.html.page import page

HOSTILE: Final = (
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    "</style></title></template><svg onload=alert(1)>",
    "<!--<script>",
    "-->]]><b>",
    '" autofocus onfocus="alert(1)',
    "' onclick='alert(1)",
    "&lt;b&gt;&#60;b&#62;&amp;",
    "a\u202eb\u2066c\u200f",
    "\x00\x1b[31m\x08\x85",
    "a\u2028b\u2029c\r\n\r\nd\te",
    "\ud800 and \udfff",
    "{n} {0.__class__} {missing} %s",
    "javascript:alert(1)",
    "=HYPERLINK(1)",
    "שלום عالم",
    "é" + "\u0301" * 50,
)


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_no_text_of_the_data_becomes_markup(text: str) -> None:
    harmless = made(replaced(summary(12), lambda _: "x"))
    hostile = made(replaced(summary(12), lambda _: text))
    assert hostile.tags == harmless.tags
    assert hostile.raw["script"][-1] == harmless.raw["script"][-1]


@settings(max_examples=15)
@given(st.text(max_size=40))
def test_whatever_the_text_is(text: str) -> None:
    harmless = made(replaced(summary(3), lambda _: "x"))
    assert made(replaced(summary(3), lambda _: f"x{text}")).tags == harmless.tags


def test_no_sign_of_markup_stands_in_the_data_for_the_script() -> None:
    source = "".join(page(replaced(summary(12), lambda _: "<&>"), texts("en"), "en"))
    (block,) = re.findall(r'type="application/json"[^>]*>([^<]*)</script>', source)
    assert not set("<>&") & set(block)
    assert json.loads(block)["rows"]


def test_a_text_is_shown_as_it_is_written() -> None:
    shown = made(replaced(summary(3), lambda _: "<b> & \"c\"\n\u202e'd'"))
    assert "<b> & \"c\" ¶ <U+202E>'d'" in shown.text
    assert shown.rows["names"]["advice"] == ["<b> & \"c\" ¶ <U+202E>'d'"]
