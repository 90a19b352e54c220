"""HTML put together so that no text can become markup by accident.

What is plain `str` is escaped wherever it is put in, what is `Html` is not: only `tag` and its
neighbours make one.
"""

import json
import re
from collections.abc import Iterable
from html import escape
from typing import Any, Final

from urlguard.reports.screen import printable

LONGEST: Final = 2_000
"""Characters of one text of the data that are shown."""
_PLAIN: Final = re.compile(
    "[ -~\u00a0-\u00ac\u00ae-\u02af\u0400-\u0482\u048a-\u052f\u2010-\u2027\u202f№₸"
    "\u4e00-\u9fff\U0001f300-\U0001f64f]*"
)
"""What needs no closer look, which is most texts: Latin, Cyrillic, Chinese, signs of print, faces."""
_LINE_ENDS: Final = re.compile(r"[\r\n]+")
_ENDED: Final = " ¶ "
_VOID: Final = frozenset({"meta", "link", "input", "rect", "line"})
"""Elements written without an end: nothing is inside."""


class Html(str):
    """Markup that is finished."""

    __slots__ = ()


def visible(text: str, most: int = LONGEST) -> str:
    r"""Return a text on one line, in which every control, bidirectional or unseen character is shown.

    What is longer than `most` characters is cut.

    >>> visible("a\u202eb\n\nc")
    'a<U+202E>b ¶ c'
    """
    shown = text[:most]
    if not _PLAIN.fullmatch(shown):
        lines = map(str.strip, _LINE_ENDS.split(shown))
        shown = printable(_ENDED.join(filter(None, lines)).replace("\t", " "))
    return shown if len(text) <= most and len(shown) <= most else f"{shown[: most - 1]}…"


def safe(text: str) -> Html:
    """Return a text as markup: as it is when it is finished, escaped otherwise.

    >>> safe("<b>&"), safe(Html("<b>"))
    ('&lt;b&gt;&amp;', '<b>')
    """
    return text if isinstance(text, Html) else Html(escape(visible(text)))


def tag(name: str, /, *children: str, **attributes: str | int | None) -> Html:
    """Return an element. `class_` is the attribute `class`, `aria_label` is `aria-label`; None is left out.

    >>> tag("p", "1 < 2", tag("br_", hidden=""), class_="a")
    '<p class="a">1 &lt; 2<br_ hidden=""></br_></p>'
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{safe(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in _VOID:
        return Html(f"<{name}{written}/>")
    return Html(f"<{name}{written}>{joined(children)}</{name}>")


def joined(parts: Iterable[str], between: str = "") -> Html:
    """Return texts and elements in a row."""
    return Html(safe(between).join(map(safe, parts)))


def data(text: str) -> Html:
    """Return a text of the data: its letters that run from right to left move nothing around it."""
    return tag("bdi", text)


def filled(template: str, **values: str) -> Html:
    """Return a text of the interface with values put in, those too as finished markup or as texts.

    >>> filled("{n} < {m}", n=tag("b", "1"), m="<")
    '<b>1</b> &lt; &lt;'
    """
    return Html(safe(template).format(**{name: safe(value) for name, value in values.items()}))


def block(value: Any) -> Html:  # noqa: ANN401  (JSON)
    """Return JSON that can stand inside `<script>`: no text in it can end the element or open another.

    Raises `UnicodeEncodeError` nowhere: lone surrogates are written as escapes.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Html(_INERT.sub(lambda hit: f"\\u{ord(hit[0]):04x}", text))


_INERT: Final = re.compile("[<>&\u2028\u2029\ud800-\udfff]")
