"""The parts of the report but its table of rows and its campaigns: each from the whole summary."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from urlguard.reports.html.charts import Bar, levels, named, over_time, ranking
from urlguard.reports.html.figures import count, day, share
from urlguard.reports.html.markup import Html, data, filled, joined, tag

Summary = Mapping[str, Any]
Texts = Mapping[str, str]
_FILES: Final = 3
"""Files named in the head; all of them stand at the end."""


def header(summary: Summary, texts: Texts, contents: Sequence[tuple[str, str]]) -> Html:
    """Return the head of the report: how bad it is, in one sentence, one bar and the numbers."""
    made, rows = summary["made"], summary["rows"]
    files = joined([data(name) for name in made["files"][:_FILES]], ", ")
    if len(made["files"]) > _FILES:
        files = joined([files, filled(texts["report_more"], n=count(len(made["files"]) - _FILES))], " ")
    links = [tag("li", tag("a", title, href=f"#{name}")) for name, title in contents]
    return tag(
        "header",
        tag("h1", texts["report_title"]),
        tag("p", day(texts, made["day"]), " · ", filled(texts["report_files"], files=files), class_="quiet"),
        _headline(summary, texts),
        *([levels(texts, summary["levels"])] if rows else []),
        tag("p", tag("strong", texts["report_not_safe"]), class_="note"),
        *_notes(summary, texts),
        tag("nav", tag("ul", *links), aria_label=texts["report_contents"]),
    )


def _headline(summary: Summary, texts: Texts) -> Html:
    rows, bad, odd = summary["rows"], _bad(summary), summary["levels"]["suspicious"]
    if not rows:
        return tag("p", texts["report_headline_nothing"], class_="headline")
    told = Html()
    if bad:
        told = filled(
            texts["report_headline"],
            n=tag("strong", count(bad)), rows=count(rows), share=share(texts, bad, rows),
        )  # fmt: skip
    second = [filled(texts["report_suspicious"], n=count(odd), share=share(texts, odd, rows))] if odd else []
    second.append(filled(texts["report_total"], n=count(rows)))
    return joined([
        tag("p", told or texts["report_headline_none"], class_="headline"),
        tag("p", joined(second, " "), class_="second"),
    ])  # fmt: skip


def _bad(summary: Summary) -> int:
    return int(summary["levels"]["dangerous"] + summary["levels"]["blocked"])


def _notes(summary: Summary, texts: Texts) -> Iterator[Html]:
    """Yield what the numbers leave out."""
    notes = []
    if summary["sampled"]:
        notes.append(filled(texts["report_sampled"], share=summary["sampled"]))
    if summary["limited"]:
        notes.append(filled(texts["report_limited"], n=count(summary["limited"])))
    if summary["duplicates"]:
        notes.append(filled(texts["report_duplicates"], n=count(summary["duplicates"])))
    if notes:
        yield tag("p", joined(notes, " "), class_="quiet")


def advice(summary: Summary, texts: Texts) -> Iterator[Html]:
    """Yield what the desk does about what was found."""
    bad, odd = _bad(summary), summary["levels"]["suspicious"]
    steps = []
    if bad:
        steps.append((texts["report_do_block"], filled(texts["report_do_block_how"], n=count(bad))))
    if odd:
        steps.append((texts["report_do_check"], filled(texts["report_do_check_how"], n=count(odd))))
    if bad:
        steps.append((texts["report_do_call"], filled(texts["report_do_call_how"])))
        steps.append((texts["report_do_report"], filled(texts["report_do_report_how"])))
    if steps:
        yield tag("ol", *[tag("li", tag("h3", name), tag("p", how)) for name, how in steps], class_="steps")
    else:
        yield tag("p", texts["advice_clear"])


def brands(summary: Summary, texts: Texts) -> Iterator[Html]:
    """Yield the brands that are imitated."""
    bars = [
        Bar(
            row["name"],
            filled(texts["report_real"], real=data(row["real"])) if row["real"] else "",
            row["rows"],
            row["dangerous"],
        )
        for row in summary["brands"]
    ]
    yield ranking(texts, bars, texts["report_of_dangerous"], total=summary["brands_total"])


def schemes(summary: Summary, texts: Texts) -> Iterator[Html]:
    """Yield the schemes of fraud."""
    yield ranking(texts, named(summary["schemes"], "title", "dangerous"), texts["report_of_dangerous"])


def rules(summary: Summary, texts: Texts) -> Iterator[Html]:
    """Yield the rules that fired most."""
    yield ranking(texts, named(summary["rules"], "title", ""), "")


def suffixes(summary: Summary, texts: Texts) -> Iterator[Html]:
    """Yield the public suffixes of links."""
    yield from _flagged(texts, [{**row, "name": f".{row['name']}"} for row in zones(summary)])


def zones(summary: Summary) -> list[Mapping[str, Any]]:
    """Return the suffixes but for those that are told about as shared hosting, such as `t.me`."""
    hosts = {row["name"] for row in summary["hosting"]}
    return [row for row in summary["suffixes"] if row["name"] not in hosts]


def hosting(summary: Summary, texts: Texts) -> Iterator[Html]:
    """Yield the shared hosting that links lie on."""
    yield from _flagged(texts, summary["hosting"])


def _flagged(texts: Texts, rows: Sequence[Mapping[str, Any]]) -> Iterator[Html]:
    """Yield where rows that are suspicious or worse come from, and what share of all from there they are."""
    bars = []
    for row in rows:
        if flagged := row["flagged"]:
            part = share(texts, flagged, row["rows"])
            told = filled(texts["report_of_all"], n=count(row["rows"]), share=part)
            bars.append(Bar(row["name"], told, flagged, flagged))
    yield tag("p", texts["report_flagged"], class_="quiet")
    yield ranking(texts, bars, "", "suspicious")


def time(summary: Summary, texts: Texts) -> Iterator[Html]:
    """Yield the rows over time."""
    yield over_time(texts, summary["dates"]["days"], summary["dates"]["undated"])


def unreadable(summary: Summary, texts: Texts) -> Iterator[Html]:
    """Yield the rows that were not read."""
    found = summary["unreadable"]
    told = {"n": count(max(summary["unread"], len(found))), "shown": count(len(found))}
    yield tag("p", filled(texts["report_unreadable_what"], **told), class_="quiet")
    heads = (texts["report_col_row"], texts["report_col_source"], texts["report_col_error"])
    rows = [
        tag(
            "tr",
            tag("td", count(row["row"]), class_="n"),
            tag("td", data(row["source"])),
            tag("td", data(row["error"].removeprefix(f"{row['source']}:{row['row']}: "))),
        )
        for row in found
    ]
    yield tag(
        "table",
        tag("caption", texts["report_unreadable"], class_="unseen"),
        tag("thead", tag("tr", *[tag("th", head, scope="col") for head in heads])),
        tag("tbody", *rows),
        class_="plain",
    )


def made(summary: Summary, texts: Texts) -> Iterator[Html]:
    """Yield what the report was made with and from."""
    about = summary["made"]
    facts = [
        (texts["report_made_day"], data(day(texts, about["day"]))),
        (texts["report_made_files"], _list(about["files"])),
        (texts["report_made_columns"], _list(_columns(about["columns"], texts))),
        (texts["report_made_dates"], _list([summary["dates"]["column"]])),
        (texts["report_made_version"], data(f"urlguard {about['version']}")),
        (texts["report_made_rules"], data(about["rules"])),
        (texts["report_made_packs"], _list(about["packs"])),
        (texts["report_made_registry"], _registry(about["registry"], texts)),
        (texts["report_made_suffixes"], data(day(texts, about["suffixes"]))),
    ]
    yield tag("dl", *[tag("div", tag("dt", name), tag("dd", fact)) for name, fact in facts if fact])


def _columns(roles: Mapping[str, str], texts: Texts) -> list[str]:
    """Return the judged columns with what each holds."""
    told = {
        "link": texts["scan_role_link"],
        "text": texts["scan_role_text"],
        "phone": texts["scan_role_phone"],
    }
    return [f"{name} ({told.get(role, role)})" for name, role in roles.items()]


def _list(names: Sequence[str]) -> Html:
    return joined([data(name) for name in names if name], ", ")


def _registry(about: Mapping[str, Any] | None, texts: Texts) -> Html:
    if not about:
        return filled(texts["report_made_without"])
    return filled(
        texts["report_made_records"],
        name=data(about["name"]), n=count(about["records"]), day=day(texts, about["changed"]),
    )  # fmt: skip
