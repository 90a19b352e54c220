"""Campaigns: rows that belong together, each with what ties them and one of its texts."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from urlguard.reports.html.figures import count, day
from urlguard.reports.html.markup import Html, data, filled, joined, tag

_FIRST: Final = 10
"""Campaigns that are open from the start."""
_MOST: Final = 200


def campaigns(summary: Mapping[str, Any], texts: Mapping[str, str]) -> Iterator[Html]:
    """Yield the campaigns of a summary, in its order."""
    yield tag("p", texts["report_campaigns_what"], class_="quiet")
    items = [_campaign(summary, texts, row) for row in summary["campaigns"][:_MOST]]
    more = max(summary["campaigns_total"], len(summary["campaigns"])) - len(items)
    told = [tag("p", filled(texts["report_more"], n=count(more)), class_="quiet")] if more > 0 else []
    yield tag("ol", *items[:_FIRST], class_="campaigns")
    if len(items) > _FIRST:
        others = tag("ol", *items[_FIRST:], class_="campaigns", start=_FIRST + 1)
        name = filled(texts["report_all"], n=count(len(items) - _FIRST + more))
        yield tag("details", tag("summary", name), others, *told)
    else:
        yield from told
    if summary["campaigns_cut"]:
        yield tag("p", texts["report_campaigns_cut"], class_="quiet")


def _campaign(summary: Mapping[str, Any], texts: Mapping[str, str], row: Mapping[str, Any]) -> Html:
    """Return one campaign: what ties it, how large and bad it is, whom it uses and when, one text."""
    head = tag(
        "h3",
        tag("span", texts[f"report_kind_{row['kind']}"], class_="kind"),
        " ",
        data(row["shown"] or row["key"]) if row["kind"] != "text" else "",
    )
    size = tag(
        "p", tag("b", filled(texts["report_rows_count"], n=count(row["rows"]))), " ", _level(texts, row)
    )
    about = [
        *_names(row["brands"], summary["brand_names"]),
        *_names(row["schemes"], summary["scheme_titles"]),
    ]
    when = [
        tag("span", text)
        for text in dict.fromkeys(day(texts, row[end]) for end in ("since", "until"))
        if text
    ]
    place = filled(texts["report_first_row"], n=count(row["first"]))
    parts = [*about, *([joined(when, " – ")] if when else []), joined([place, data(row["source"])], ", ")]
    contacts = [
        tag(
            "li",
            tag("span", texts[f"report_kind_{contact['kind']}"], class_="kind"),
            " ",
            data(contact["shown"]),
        )
        for contact in row.get("contacts", ())
    ]
    sample = row["sample"] or row["shown"]
    quoted = [tag("blockquote", data(sample))] if row["kind"] == "text" or sample != row["shown"] else []
    listed = [tag("ul", *contacts, class_="contacts")] if contacts else []
    return tag("li", tag("div", head, size), tag("p", joined(parts, " · "), class_="quiet"), *listed, *quoted)


def _level(texts: Mapping[str, str], row: Mapping[str, Any]) -> Html:
    return tag("span", texts[f"level_{row['level']}"], class_=f"level l-{row['level']}")


def _names(ids: list[str], names: Mapping[str, str]) -> list[Html]:
    return [tag("strong", data(names.get(one, one))) for one in ids[:5]]
