"""The report of a scan: one HTML file that loads nothing, runs one script of ours and holds no live link."""

import base64
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import resources
from typing import Any, Final

from urlguard.reports.html import sections
from urlguard.reports.html.campaigns import campaigns
from urlguard.reports.html.figures import day
from urlguard.reports.html.markup import Html, safe, tag
from urlguard.reports.html.table import rows

_FILES: Final = resources.files(__package__)


def page(summary: Mapping[str, Any], texts: Mapping[str, str], lang: str) -> Iterator[str]:
    """Yield the report of a scan as HTML. The same summary gives the same bytes.

    `summary` is plain data; `texts` are those of the interface in the language `lang`. Everything of
    the data is escaped and shown as text; it has been defanged where it was made.
    """
    style, script = _file("page.css"), _file("page.js")
    yield "<!doctype html>\n"
    yield f'<html lang="{safe(lang)}">\n'
    title = f"{texts['report_title']} · {day(texts, summary['made']['day'])}"
    yield tag("head", *_head(title, style, script))
    yield "\n<body>\n"
    found = [(name, title, list(parts)) for name, title, parts in _sections(summary, texts)]
    yield tag("a", texts["report_skip"], href="#rows", class_="skip")
    yield sections.header(summary, texts, [(name, title) for name, title, _ in found])
    yield "\n<main>\n"
    for name, title, parts in found:
        yield tag("section", tag("h2", title), *parts, id=name)
        yield "\n"
    yield "</main>\n"
    yield tag("footer", tag("p", texts["report_offline"]))
    yield f"\n<script>{script}</script>\n</body>\n</html>\n"


def _file(name: str) -> str:
    return (_FILES / name).read_text("utf-8")


def _head(title: str, style: str, script: str) -> Iterator[Html]:
    """Yield what stands before the page: what a browser may do with it, which is very little."""
    policy = (
        f"default-src 'none'; script-src {_digest(script)}; style-src {_digest(style)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    yield tag("meta", charset="utf-8")
    # Not by `tag`: a browser compares the quotes of a policy after reading entities, people before.
    yield Html(f'<meta http-equiv="Content-Security-Policy" content="{policy}"/>')
    yield tag("meta", name="viewport", content="width=device-width, initial-scale=1")
    yield tag("meta", name="referrer", content="no-referrer")
    yield tag("meta", name="robots", content="noindex")
    yield tag("meta", name="format-detection", content="telephone=no, date=no, address=no, email=no")
    yield tag("meta", name="color-scheme", content="light dark")
    yield tag("link", rel="icon", href="data:,")  # else a browser asks a server for one
    yield tag("title", title)
    yield tag("style", Html(style))


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _sections(
    summary: Mapping[str, Any], texts: Mapping[str, str]
) -> Iterator[tuple[str, str, Iterator[Html]]]:
    """Yield the sections that have something in them: anchor, title and contents."""
    worse = any(summary["levels"][level] for level in ("blocked", "dangerous", "suspicious"))
    dated = worse and (summary["dates"]["days"] or summary["dates"]["undated"])
    shown: list[tuple[str, str, object, _Part]] = [
        ("do", texts["report_do"], True, sections.advice),
        ("brands", texts["report_brands"], summary["brands"], sections.brands),
        ("schemes", texts["report_schemes"], summary["schemes"], sections.schemes),
        ("campaigns", texts["report_campaigns"], summary["campaigns"], campaigns),
        ("time", texts["report_time"], dated, sections.time),
        ("suffixes", texts["report_suffixes"], _flagged(sections.zones(summary)), sections.suffixes),
        ("hosting", texts["report_hosting"], _flagged(summary["hosting"]), sections.hosting),
        ("rules", texts["report_rules"], summary["rules"], sections.rules),
        ("rows", texts["report_rows"], True, rows),
        ("unreadable", texts["report_unreadable"], summary["unreadable"], sections.unreadable),
        ("made", texts["report_made"], True, sections.made),
    ]
    for name, title, there, part in shown:
        if there:
            yield name, title, part(summary, texts)


def _flagged(rows: Sequence[Mapping[str, Any]]) -> bool:
    return any(row["flagged"] for row in rows)


_Part = Callable[[Mapping[str, Any], Mapping[str, str]], Iterator[Html]]
