"""Whole lists in words: what an import did, what an export lost, which lists there are."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from urlguard.reports.records import clean
from urlguard.reports.screen import defanged_text, fitted, padded, width, wrapped

FIRST: Final = 10
"""Rows that are shown of those that were refused or lost."""
OUTCOMES: Final = ("new", "changed", "duplicate", "gone", "refused")
"""What became of rows, in the order it is told; the texts are `import_<outcome>`."""
COLUMNS: Final = ("name", "entries", "blocks", "warns", "allows", "held", "updated", "trust")
"""Of the table of lists; the texts are `lists_<column>`."""
_RIGHT: Final = frozenset({"entries", "blocks", "warns", "allows", "held"})
_SPARED: Final = ("allows", "updated", "trust", "warns", "held")
"""Columns that go first when the screen is narrow."""
_GAP: Final = 2
_SHOWN: Final = 60

Refusal = tuple[int, str, str, str, str]
"""Line, value, code, reason and mend of a row that was not taken."""


def number(count: int) -> str:
    """Return a count with no-break spaces between thousands."""
    return f"{count:,}".replace(",", "\u00a0")


def tally(texts: Mapping[str, str], counts: Mapping[str, int]) -> str:
    """Return what became of rows, in one line; what did not happen is left out.

    >>> tally({"import_new": "new", "import_gone": "gone"}, {"new": 3, "gone": 0})
    'new 3'
    """
    parts = [f"{texts[f'import_{name}']} {number(counts[name])}" for name in OUTCOMES if counts.get(name)]
    return ", ".join(parts)


def imported(
    texts: Mapping[str, str], counts: Mapping[str, int], *, event: int | None, preview: bool
) -> Iterator[str]:
    """Yield the lines that tell what an import did, or would do; `counts` also holds `read`."""
    rows = texts["import_rows"].format(n=number(counts["read"]))
    told = tally(texts, counts)
    yield f"{rows}: {told}" if told else rows
    if preview:
        yield texts["import_preview"]
    elif event is None:
        yield texts["import_unchanged"]
    else:
        yield texts["import_event"].format(event=event)


def refused(
    texts: Mapping[str, str], codes: Mapping[str, int], first: Sequence[Refusal], file: str = ""
) -> Iterator[str]:
    """Yield why rows were refused: how many for each reason, then the first of them."""
    for code, count in sorted(codes.items(), key=lambda item: (-item[1], item[0])):
        yield f"{texts['import_refused']}: {number(count)}, {_code(texts, code)}"
    for row in first[:FIRST]:
        place = texts["import_line"].format(line=row[0])
        value = fitted(clean(defanged_text(row[1], [row[1]])), _SHOWN)
        yield f"  {place}: {value}: {reason(texts, row)}"
    more = sum(codes.values()) - min(len(first), FIRST)
    if file and codes:
        yield "  " + texts["import_written"].format(file=file)
    elif more > 0:
        yield "  " + texts["import_more"].format(n=number(more))


def reason(texts: Mapping[str, str], row: Refusal) -> str:
    """Return why a row was refused. What a list asked for too much is told in the person's language."""
    _, _, code, why, mend = row
    if code == "held":
        name, _, evidence = why.partition(": ")
        return held(texts, name, evidence)
    return clean(f"{why}; {mend}" if mend else why)


def held(texts: Mapping[str, str], code: str, evidence: str) -> str:
    """Return what blocking a held back value would hit."""
    text = texts.get(f"poison_{code}", "{evidence}")
    return clean(text.replace("{evidence}", defanged_text(evidence, evidence.split(", "))))


def _code(texts: Mapping[str, str], code: str) -> str:
    return texts.get(f"refused_{code}", clean(code))


def table(texts: Mapping[str, str], rows: Sequence[Mapping[str, Any]], columns: int | None) -> Iterator[str]:
    """Yield the table of lists with its header; `columns` is the width of the screen, None without limit."""
    shown = [{name: _cell(texts, name, row[name]) for name in COLUMNS} for row in rows]
    heads = {name: texts[f"lists_{name}"] for name in COLUMNS}
    kept = [name for name in COLUMNS if name in _ALWAYS or any(row[name] for row in shown)]
    wide = {name: max(width(heads[name]), *(width(row[name]) for row in shown)) for name in kept}
    for spared in _SPARED:
        if columns is None or sum(wide.values()) + _GAP * (len(wide) - 1) <= columns:
            break
        wide.pop(spared, None)
    if columns is not None:
        others = sum(size for name, size in wide.items() if name != "name") + _GAP * (len(wide) - 1)
        wide["name"] = max(min(wide["name"], columns - others), _GAP)
    for row in (heads, *shown):
        cells = [_placed(name, fitted(row[name], size), size) for name, size in wide.items()]
        yield (" " * _GAP).join(cells).rstrip()


_ALWAYS: Final = frozenset({"name", "entries", "blocks"})


def _cell(texts: Mapping[str, str], name: str, value: object) -> str:
    if name in _RIGHT:
        return number(int(str(value))) if value or name in _ALWAYS else ""
    if name == "trust" and value:
        return texts.get(f"trust_{value}", clean(str(value)))
    return clean(str(value))[: 10 if name == "updated" else None]


def _placed(name: str, text: str, columns: int) -> str:
    return padded(text, columns) if name not in _RIGHT else " " * (columns - width(text)) + text


def details(texts: Mapping[str, str], row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield label and text of everything known of one list."""
    for name in ("name", "title", *COLUMNS[1:], "licence", "url"):
        value = row.get(name, "")
        text = clean(str(value)) if name == "updated" else _cell(texts, name, value)
        yield texts[f"lists_{name}"], clean(defanged_text(text, [text])) if name == "url" and text else text


def lost(
    texts: Mapping[str, str], title: str, reasons: Mapping[str, int], first: Sequence[tuple[str, str, str]],
    *, file: str = "", told: Callable[[str], str] = clean,
) -> Iterator[str]:  # fmt: skip
    """Yield what an export could not hold, by reason; `first` are id, value and reason of records to name."""
    yield title
    for why, count in sorted(reasons.items(), key=lambda item: (-item[1], item[0]))[:FIRST]:
        yield f"  {number(count)}: {told(why)}"
    for name, value, _ in first[:FIRST]:
        yield f"  {name}  {fitted(told(defanged_text(value, [value])), _SHOWN)}"
    more = sum(reasons.values()) - min(len(first), FIRST) if first else 0
    if file:
        yield "  " + texts["import_written"].format(file=file)
    elif more > 0:
        yield "  " + texts["export_more"].format(n=number(more))


def quarantine(
    texts: Mapping[str, str], held_back: Sequence[Mapping[str, Any]], columns: int | None
) -> Iterator[str]:
    """Yield what was held back, by list: value, and below it on narrow screens what it would hit."""
    named = ""
    for row in held_back:
        if row["list"] != named:
            named = row["list"]
            yield f"{clean(named)}:"
        value = clean(defanged_text(row["value"], [row["value"]]))
        line = f"  {value}: {held(texts, row['code'], row['hits'])}"
        if columns is None or width(line) <= columns:
            yield line
        else:
            yield f"  {fitted(value, columns - _GAP)}"
            yield from (
                f"    {part}" for part in wrapped(held(texts, row["code"], row["hits"]), max(columns - 4, 8))
            )
