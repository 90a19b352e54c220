"""The table of rows: the first hundred as plain HTML, all of them as data for the script of the page.

The script fills the same row, which stands once more, empty, in a `<template>`: what a row
looks like is said only here.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from urlguard.reports.html.figures import count, day
from urlguard.reports.html.listed import Listed, as_block, cells, listed
from urlguard.reports.html.markup import Html, data, filled, joined, tag

PAGE: Final = 100
"""Rows that stand in the page at once; also what is printed."""
_RIGHT: Final = frozenset({"row", "score"})
_EMPTY: Final = {
    "row": "", "source": "", "level": -1, "score": "", "input": "", "brand": "", "scheme": "", "day": "",
    "reasons": [], "entries": "", "advice": "",
}  # fmt: skip


def rows(summary: Mapping[str, Any], texts: Mapping[str, str]) -> Iterator[Html]:
    """Yield the table, its filter, and the data of all its rows."""
    found = listed(summary, texts)
    if not found.rows:
        yield tag("p", texts["report_rows_none"])
        return
    if summary["top_cut"]:
        yield tag("p", filled(texts["report_rows_cut"], n=count(summary["top_cut"])), class_="quiet")
    if len(found.rows) > PAGE:
        yield tag("p", filled(texts["report_rows_static"], n=count(PAGE)), id="static", class_="quiet")
    yield _filter(found, texts)
    yield _pager(texts, top=True)
    heads = _heads(texts)
    head = tag("tr", *[_head(column, heads[column]) for column in found.columns])
    body = [_row(found, texts, cells(found, row)) for row in found.rows[:PAGE]]
    yield tag(
        "table", tag("caption", texts["report_rows"], class_="unseen"), tag("thead", head),
        tag("tbody", *body), id="table", data_rows=len(found.rows), data_date=texts["report_date"],
    )  # fmt: skip
    yield tag("p", texts["report_no_match"], id="nothing", hidden="")
    yield _pager(texts, top=False)
    yield tag("template", _row(found, texts, _EMPTY), id="row")
    yield tag("script", as_block(found), type="application/json", id="data")


def _heads(texts: Mapping[str, str]) -> dict[str, str]:
    return {
        "row": texts["report_col_row"],
        "source": texts["report_col_source"],
        "level": texts["report_col_level"],
        "score": texts["report_col_score"],
        "input": texts["report_col_input"],
        "brand": texts["report_col_brand"],
        "scheme": texts["report_col_scheme"],
        "day": texts["report_col_day"],
    }


def _head(column: str, name: str) -> Html:
    return tag("th", name, scope="col", data_column=column, class_=f"c-{column}")


def _row(found: Listed, texts: Mapping[str, str], told: Mapping[str, Any]) -> Html:
    """Return a row; of the data only texts stand in it, each in the element with the field's name."""
    told = {**told, "day": day(texts, told["day"])}
    made = {column: _field("bdi", column, told[column]) for column in found.columns}
    made["row"] = _field("span", "row", count(told["row"]) if told["row"] != "" else "")
    made["level"] = _level(found, told["level"])
    made["input"] = joined([made["input"], _why(texts, told)])
    return tag("tr", *[tag("td", made[column], class_=f"c-{column}") for column in found.columns])


def _field(name: str, field: str, text: object) -> Html:
    return tag(name, str(text), data_field=field)


def _level(found: Listed, at: int) -> Html:
    level, name = found.levels[at] if at >= 0 else ("", "")
    return tag("span", name, class_=f"level l-{level}", data_field="level")


def _why(texts: Mapping[str, str], told: Mapping[str, Any]) -> Html:
    """Return the strongest reason, behind it all else on demand."""
    first, *others = told["reasons"] or ["–"]
    more = tag("span", f"+{len(others)}" if others else "", class_="quiet", data_field="more")
    summary = tag("summary", _field("bdi", "first", first), " ", more)
    reasons = tag("ul", *[tag("li", data(reason)) for reason in others], data_field="reasons")
    return tag(
        "details", summary, reasons,
        _part(texts["report_entries"], "entries", told["entries"]),
        _part(texts["report_do"], "advice", told["advice"]),
    )  # fmt: skip


def _part(name: str, field: str, text: str) -> Html:
    return tag(
        "p", tag("b", name, ": "), _field("bdi", field, text), class_=field, hidden=None if text else ""
    )


def _filter(found: Listed, texts: Mapping[str, str]) -> Html:
    """Return the controls; the script shows them, without it they would do nothing."""
    heads = _heads(texts)
    present = {row[2] for row in found.rows}
    levels = [(at, name) for at, (_, name) in enumerate(found.levels) if at in present]
    brands, schemes = (
        sorted(enumerate(found.names[field]), key=lambda item: item[1].casefold())
        for field in ("brand", "scheme")
    )
    find = tag("input", type="search", id="find", autocomplete="off", spellcheck="false")
    parts = [tag("p", tag("label", texts["report_search"], for_="find"), find)]
    for field, choices in (("level", levels), ("brand", brands), ("scheme", schemes)):
        if choices:
            parts.append(_choice(field, heads[field], texts["report_every"], choices))
    parts.append(tag("p", tag("button", texts["report_reset"], type="button", id="reset")))
    return tag("div", *parts, id="filter", role="search", aria_label=texts["report_filter"], hidden="")


def _choice(field: str, name: str, every: str, choices: Sequence[tuple[int, str]]) -> Html:
    options = [tag("option", every, value=""), *[tag("option", text, value=at) for at, text in choices]]
    label = tag("label", name, for_=f"by-{field}")
    return tag("p", label, tag("select", *options, id=f"by-{field}", data_by=field))


def _pager(texts: Mapping[str, str], *, top: bool) -> Html:
    told = tag("span", role="status" if top else None, class_="shown", data_text=texts["report_shown"])
    return tag(
        "p",
        tag("button", texts["report_previous"], type="button", data_step=-1),
        told,
        tag("button", texts["report_next"], type="button", data_step=1),
        class_="pager", hidden="",
    )  # fmt: skip
