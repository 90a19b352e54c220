"""Measured rules for a person: what each does on labelled rows, which rows went wrong, what changes.

Rows come as the plain tables that programs get; everything is cut to the width of the screen.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from urlguard.model import Verdict
from urlguard.reports.lists import number
from urlguard.reports.records import clean
from urlguard.reports.screen import fitted, padded, width, wrapped
from urlguard.reports.wording import LONGEST, Wording

OUTCOMES: Final = ("bad_suspicious", "bad_dangerous", "honest_suspicious", "honest_dangerous")
"""What is counted of all rows; the texts are `measure_<outcome>`."""
RULE_COLUMNS: Final = (
    "rule", "points", "bad", "bad_alone", "honest", "honest_alone", "precision", "recall", "share",
)  # fmt: skip
"""Of the table of rules; the texts are `measure_col_<column>`."""
_SHARES: Final = frozenset({"precision", "recall", "share"})
_SPARED: Final = ("share", "honest_alone", "bad_alone", "recall")
"""Columns of that table that go first when the screen is narrow."""
_SPARED_VALUES: Final = (6, 3)
"""The same of the table of values: how many are dangerous."""
_SMALL: Final = 0.01
"""Below it a share is told to two places: one false alarm in a thousand is many."""
_GAP: Final = 2
_LEAST: Final = 12
"""Columns of a name that stay readable."""
_MOST_DETAILS: Final = 12
"""Details of one difference that are shown."""
_SIGNS: Final = {"added": "+", "removed": "-", "changed": "~"}


def percent(share: float | None) -> str:
    """Return a share as a percentage; a dash of nothing.

    >>> percent(0.0196), percent(1.0), percent(None)
    ('2.0%', '100%', '–')
    """
    if share is None:
        return "–"
    if 0 < share < _SMALL:
        return f"{share * 100:.2f}%"
    return "100%" if share == 1 else f"{min(share * 100, 99.9):.1f}%"


def totals(texts: Mapping[str, str], row: Mapping[str, Any], columns: int | None) -> Iterator[str]:
    """Yield how many rows there were and what became of them."""
    yield from _rows(texts, row, columns)
    lines = [
        (texts[f"measure_{name}"], number(row[name]), percent(row[f"{name}_share"])) for name in OUTCOMES
    ]
    yield from grid(lines, columns, indent="  ")


def _rows(texts: Mapping[str, str], row: Mapping[str, Any], columns: int | None) -> Iterator[str]:
    """Yield how many rows there were."""
    names = ("rows", "bad", "honest")
    told = texts["measure_rows"].format(**{name: number(row[name]) for name in names})
    if row["unjudged"]:
        told += "; " + texts["measure_unjudged"].format(n=number(row["unjudged"]))
    yield from wrapped(told, columns or LONGEST)


def values(
    texts: Mapping[str, str], by: str, rows: Mapping[str, Mapping[str, Any]], columns: int | None, most: int
) -> Iterator[str]:
    """Yield the table of the values of a column, those with most bad rows first, at most `most` of them."""
    ranked = sorted(rows.items(), key=lambda item: (-item[1]["bad"], -item[1]["honest"], item[0]))
    heads = ("bad", "suspicious", "dangerous", "honest", "suspicious", "dangerous")
    lines = [(clean(by), *[texts[f"measure_col_{name}"] for name in heads])]
    for value, row in ranked[:most]:
        cells = (
            cell
            for side in ("bad", "honest")
            for cell in (
                number(row[side]),
                percent(row[f"{side}_suspicious_share"]),
                percent(row[f"{side}_dangerous_share"]),
            )
        )
        lines.append((clean(value) or texts["measure_none"], *cells))
    yield from grid(lines, columns, spared=_SPARED_VALUES)
    yield from more(texts, len(ranked) - most)


def rules(texts: Mapping[str, str], rows: Sequence[Mapping[str, Any]], columns: int | None) -> Iterator[str]:
    """Yield the table of rules, and what its columns mean."""
    lines = [tuple(texts[f"measure_col_{name}"] for name in RULE_COLUMNS)]
    lines += [tuple(_cell(name, row[name]) for name in RULE_COLUMNS) for row in rows]
    yield from grid(lines, columns, spared=[RULE_COLUMNS.index(name) for name in _SPARED])
    yield from wrapped(texts["measure_legend"], columns or LONGEST)


def _cell(name: str, value: Any) -> str:  # noqa: ANN401  (a cell is text, a count or a share)
    if name in _SHARES:
        return percent(value)
    if name == "points":
        return f"{value:+}"
    return clean(value) if name == "rule" else number(value)


def more(texts: Mapping[str, str], count: int) -> Iterator[str]:
    """Yield the line that says how many more there are, if there are any."""
    if count > 0:
        yield "  " + texts["measure_more"].format(n=number(count))


def heading(text: str, columns: int | None) -> Iterator[str]:
    """Yield an empty line and the title of what follows."""
    yield ""
    yield from wrapped(text, columns or LONGEST)


def missed(words: Wording, place: str, label: str, verdict: Verdict, columns: int | None) -> Iterator[str]:
    """Yield a row that went wrong: what it was taken for and where it stands, by which rules, its text."""
    head = _placed(f"  {clean(label)}: {words.level(verdict)} {verdict.score}", place, columns)
    fired = " ".join(signal.rule for signal in verdict.signals)
    if not fired or columns is None or width(head) + _GAP + width(fired) <= columns:
        yield f"{head}  {fired}".rstrip()
    else:
        yield head
        yield from (f"    {line}" for line in wrapped(fired, max(columns - 4, _LEAST)))
    yield _text(words, verdict, columns)


def shifted(
    words: Wording, place: str, label: str, verdicts: tuple[Verdict, Verdict], columns: int | None
) -> Iterator[str]:
    """Yield a row whose level changed: both levels and scores and where it stands, its text."""
    before, after = (f"{words.level(verdict)} {verdict.score}" for verdict in verdicts)
    yield _placed(f"  {clean(label)}: {before} -> {after}", place, columns)
    yield _text(words, verdicts[1], columns)


def _placed(head: str, place: str, columns: int | None) -> str:
    """Return what is said of a row and where it stands; of that the end is kept, which has the line."""
    head = fitted(head, columns or LONGEST)
    room = (columns or 2 * LONGEST) - width(head) - _GAP
    return f"{head}  {fitted(clean(place)[::-1], room)[::-1]}".rstrip()


def _text(words: Wording, verdict: Verdict, columns: int | None) -> str:
    return f"    {words.link(verdict, max((columns or LONGEST) - 4, _LEAST))}"


def shifts(texts: Mapping[str, str], counts: Mapping[str, int], columns: int | None) -> Iterator[str]:
    """Yield how many rows changed their level."""
    told = texts["measure_shifted"].format(**{name: number(count) for name, count in counts.items()})
    yield from wrapped(told, columns or LONGEST)


def differing(
    texts: Mapping[str, str], rows: Sequence[Mapping[str, Any]], columns: int | None
) -> Iterator[str]:
    """Yield what differs between two rule sets: a line for each rule, and one for each detail."""
    for row in rows:
        details = [clean(detail) for detail in row["details"]]
        hidden = len(details) - _MOST_DETAILS
        details = [*details[:_MOST_DETAILS], f"… {hidden}"] if hidden > 0 else details
        kind = row["kind"]
        named = clean(row["name"])
        if kind != "rule":
            named = texts[f"measure_kind_{kind}"] + f" {named}"
        head = f"  {_SIGNS[row['change']]} {named}"
        if len(details) == 1:
            yield fitted(f"{head}  {details[0]}", columns or LONGEST)
        else:
            yield fitted(head, columns or LONGEST)
            yield from (fitted(f"      {detail}", columns or LONGEST) for detail in details)


def moved(texts: Mapping[str, str], rows: Sequence[Mapping[str, Any]], columns: int | None) -> Iterator[str]:
    """Yield the table of rules that fire on more or fewer rows than before."""
    lines = [tuple(texts[f"measure_col_{name}"] for name in ("rule", "bad", "honest"))]
    lines += [(clean(row["rule"]), _step(row["bad"]), _step(row["honest"])) for row in rows]
    yield from grid(lines, columns)


def _step(pair: Sequence[int]) -> str:
    before, after = pair
    return f"{number(before)} -> {number(after)}" if before != after else number(after)


def both(
    texts: Mapping[str, str], before: Mapping[str, Any], after: Mapping[str, Any], columns: int | None
) -> Iterator[str]:
    """Yield what became of all rows before and after."""
    yield from _rows(texts, after, columns)
    lines = []
    for name in OUTCOMES:
        old, new = (f"{number(row[name])} ({percent(row[f'{name}_share'])})" for row in (before, after))
        change = after[name] - before[name]
        lines.append((texts[f"measure_{name}"], old, "->", new, f"{change:+,}" if change else "="))
    yield from grid(lines, columns, indent="  ")


def grid(
    lines: Sequence[tuple[str, ...]], columns: int | None, indent: str = "", spared: Sequence[int] = ()
) -> Iterator[str]:
    """Yield lines of cells one below the other: the first to the left, cut when need be, the others right.

    `spared` are the columns that go, one by one, when the screen is too narrow for all.
    """
    left = [*range(len(lines[0]))]
    for at in spared:
        if columns is None or len(indent) + _wide(lines) <= columns:
            break
        place = left.index(at)
        left.pop(place)
        lines = [(*cells[:place], *cells[place + 1 :]) for cells in lines]
    sizes = _sizes(lines)
    if columns is not None:
        over = len(indent) + _wide(lines) - columns
        sizes[0] = max(sizes[0] - max(over, 0), min(_LEAST, sizes[0]))
    for first, *others in lines:
        cells = [padded(fitted(first, sizes[0]), sizes[0])]
        cells += [" " * (size - width(cell)) + cell for cell, size in zip(others, sizes[1:], strict=True)]
        line = indent + (" " * _GAP).join(cells).rstrip()
        yield line if columns is None else fitted(line, columns)


def _sizes(lines: Sequence[tuple[str, ...]]) -> list[int]:
    return [max(map(width, cells)) for cells in zip(*lines, strict=True)]


def _wide(lines: Sequence[tuple[str, ...]]) -> int:
    sizes = _sizes(lines)
    return sum(sizes) + _GAP * (len(sizes) - 1)
