"""Charts as inline SVG that is stretched, with its words beside it as text: it stays readable on a phone."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from urlguard.reports.html.figures import count, moment, share
from urlguard.reports.html.markup import Html, data, filled, joined, tag
from urlguard.reports.html.periods import DRAWN, LEVELS, Course, Period, course

WORST_FIRST: Final = ("blocked", "dangerous", "suspicious", "weak", "clear", "error")
"""Levels in the order they are told."""
_WIDE: Final = 1_000
_LEAST: Final = 6
"""Width of the smallest part of `_WIDE`: three dangerous rows of a million must be seen."""
_FIRST: Final = 8
"""Bars of a ranking that are open from the start."""
_MOST: Final = 200
"""Bars of a ranking at all."""
_HIGH: Final = 100
_STEP: Final = 10
"""Width of a bar and the gap behind it."""


def levels(texts: Mapping[str, str], counts: Mapping[str, int]) -> Html:
    """Return how many rows have which level: a bar, and the numbers in words."""
    rows = sum(counts.values())
    present = [(level, counts[level]) for level in WORST_FIRST if counts.get(level)]
    items = [
        tag(
            "li",
            tag("span", texts[f"level_{level}"], class_=f"level l-{level}"),
            tag("b", count(counts.get(level, 0))),
            tag("span", share(texts, counts.get(level, 0), rows), class_="quiet"),
        )
        for level in WORST_FIRST
        if level not in {"weak", "error"} or counts.get(level)
    ]
    return joined([_bar(texts["report_levels"], _parts(present)), tag("ul", *items, class_="levels")])


def _parts(present: Sequence[tuple[str, int]]) -> list[tuple[str, float]]:
    """Return the widths of the parts of a bar; the small ones are widened at the cost of the others."""
    rows = sum(number for _, number in present)
    widths = {level: max(_WIDE * number / rows, _LEAST) for level, number in present}
    scale = _WIDE / sum(widths.values()) if widths else 1.0
    return [(level, width * scale) for level, width in widths.items()]


def _bar(title: str, parts: Sequence[tuple[str, float]]) -> Html:
    rects, at = [], 0.0
    for level, width in parts:
        drawn = max(width - (2 if len(parts) > 1 else 0), 1)
        rects.append(tag("rect", class_=f"f-{level}", x=f"{at:.2f}", width=f"{drawn:.2f}", height=_HIGH))
        at += width
    return tag(
        "svg", tag("title", title), *rects,
        class_="all", role="img", viewBox=f"0 0 {_WIDE} {_HIGH}", preserveAspectRatio="none",
    )  # fmt: skip


class Bar(NamedTuple):
    """One bar of a ranking."""

    name: str
    note: str
    """What is told besides; may be empty."""
    rows: int
    part: int
    """Rows among them that are worse."""


def ranking(
    texts: Mapping[str, str], bars: Sequence[Bar], part: str, worse: str = "dangerous", total: int = 0
) -> Html:
    """Return a list of bars in their order; `part` tells of the worse ones, with their number as `n`.

    `worse` is the level they have at least, and whose colour they get.
    `total` is how many there are where `bars` are not all.
    """
    longest = max((bar.rows for bar in bars), default=0)
    items = [_ranked(texts, bar, part, worse, longest) for bar in bars[:_MOST]]
    more = max(total, len(bars)) - len(items)
    told = [tag("p", filled(texts["report_more"], n=count(more)), class_="quiet")] if more > 0 else []
    first = tag("ol", *items[:_FIRST], class_="bars")
    if len(items) <= _FIRST:
        return joined([first, *told])
    others = tag("ol", *items[_FIRST:], class_="bars", start=_FIRST + 1)
    summary = tag("summary", filled(texts["report_all"], n=count(len(items) - _FIRST + more)))
    return joined([first, tag("details", summary, others, *told)])


def _ranked(texts: Mapping[str, str], bar: Bar, part: str, worse: str, longest: int) -> Html:
    width = _WIDE * bar.rows / max(longest, 1)
    inner = width * bar.part / max(bar.rows, 1)
    drawn = [tag("rect", class_="f-rest", width=f"{max(width, 1):.2f}", height=_HIGH)]
    about = [tag("small", filled(part, n=count(bar.part)))] if part else []
    if bar.part:
        drawn.append(tag("rect", class_=f"f-{worse}", width=f"{max(inner, 1):.2f}", height=_HIGH))
    if bar.note:
        about.append(tag("small", bar.note))
    return tag(
        "li",
        tag("span", data(bar.name)),
        tag("b", filled(texts["report_rows_count"], n=count(bar.rows))),
        *([tag("p", *about)] if about else []),
        tag("svg", *drawn, aria_hidden="true", viewBox=f"0 0 {_WIDE} {_HIGH}", preserveAspectRatio="none"),
    )


def over_time(texts: Mapping[str, str], days: Mapping[str, Mapping[str, int]], undated: int) -> Html:
    """Return the rows by day, week, month or year: a chart of those with signs, all numbers as a table."""
    found = course(days)
    parts: list[Html] = []
    if found.periods:
        parts += [_chart(texts, found), _numbers(texts, found)]
    if found.outside:
        parts.append(tag("p", filled(texts["report_outside"], n=count(found.outside)), class_="quiet"))
    if undated:
        parts.append(tag("p", filled(texts["report_undated"], n=count(undated)), class_="quiet"))
    return joined(parts)


def _chart(texts: Mapping[str, str], found: Course) -> Html:
    top = _top(max(period.height for period in found.periods))
    names = [moment(texts, period.first, found.unit) for period in found.periods]
    peak = max(found.periods, key=lambda period: period.height)
    told = filled(
        texts["report_time_told"], first=names[0], last=names[-1],
        peak=names[found.periods.index(peak)], n=count(peak.height),
    )  # fmt: skip
    bars = [
        _stack(at, name, period, top)
        for at, (name, period) in enumerate(zip(names, found.periods, strict=True))
    ]
    title = texts[f"report_by_{found.unit}"]
    svg = tag(
        "svg", tag("title", title, id="time-title"), tag("desc", told, id="time-desc"), *bars,
        role="img", aria_labelledby="time-title time-desc",
        viewBox=f"0 0 {len(bars) * _STEP} {_HIGH}", preserveAspectRatio="none",
    )  # fmt: skip
    scale = tag(
        "div", *[tag("span", count(value)) for value in (top, top // 2, 0)], class_="y", aria_hidden="true"
    )
    shown = dict.fromkeys([names[0], names[len(names) // 2], names[-1]])
    below = tag("div", *[tag("span", name) for name in shown], class_="x", aria_hidden="true")
    legend = [tag("span", texts[f"level_{level}"], class_=f"level l-{level}") for level in DRAWN[::-1]]
    return joined([
        tag("p", title, ". ", told, "."),
        tag("p", *legend, class_="legend"),
        tag("div", scale, svg, below, class_="chart"),
    ])  # fmt: skip


def _top(highest: int) -> int:
    """Return an even round number that is at least `highest`.

    >>> [_top(number) for number in (0, 1, 7, 38, 101)]
    [2, 2, 8, 40, 200]
    """
    size = 1
    while highest > size * 10:
        size *= 10
    return next(step * size for step in (2, 4, 6, 8, 10) if highest <= step * size)


def _stack(at: int, name: str, period: Period, top: int) -> Html:
    drawn, bottom = [], float(_HIGH)
    for level in DRAWN:
        high = _HIGH * period.counts[level] / top
        bottom -= high
        if high:
            drawn.append(tag(
                "rect", class_=f"f-{level}", x=at * _STEP + 1, y=f"{bottom:.2f}", width=_STEP - 2,
                height=f"{high:.2f}",
            ))  # fmt: skip
    return tag("g", tag("title", f"{name}: {count(period.height)}"), *drawn) if drawn else Html()


def _numbers(texts: Mapping[str, str], found: Course) -> Html:
    heads = [tag("th", texts["report_period"], scope="col")]
    heads += [tag("th", texts[f"level_{level}"], scope="col", class_="n") for level in LEVELS[::-1]]
    rows = [
        tag(
            "tr",
            tag("th", moment(texts, period.first, found.unit), scope="row"),
            *[tag("td", count(period.counts[level]), class_="n") for level in LEVELS[::-1]],
        )
        for period in found.periods
    ]
    caption = tag("caption", texts[f"report_by_{found.unit}"], class_="unseen")
    table = tag("table", caption, tag("thead", tag("tr", *heads)), tag("tbody", *rows), class_="plain")
    return tag(
        "details",
        tag("summary", texts["report_numbers"]),
        _scrolled(table, texts["report_numbers"]),
        class_="numbers",
    )


def _scrolled(table: Html, name: str) -> Html:
    """Return a table that is wider than a phone, to be moved by keys too."""
    return tag("div", table, class_="wide", tabindex=0, role="region", aria_label=name)


def named(rows: Sequence[Mapping[str, Any]], name: str, part: str) -> list[Bar]:
    """Return rows of a summary as bars, by the keys of the name and of how many are worse."""
    return [Bar(row[name], "", row["rows"], row.get(part, 0)) for row in rows]
