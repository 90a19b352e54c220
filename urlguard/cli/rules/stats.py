"""`urlguard rules stats`: what each rule does on labelled inputs."""

import csv
import gc
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final, TextIO

import click

from urlguard.cells import inert
from urlguard.cli.options import lang_option, language, packs_option
from urlguard.cli.registry.words import json_line, stdout, write
from urlguard.cli.rules.rows import FIRST, Rows, rows_options
from urlguard.guard import Guard
from urlguard.measuring.counting import Measures, Miss, Totals
from urlguard.reports import measures as report
from urlguard.reports.lists import number
from urlguard.reports.wording import Wording

_RULE: Final = (
    "rule", "group", "points", "bad", "bad_alone", "honest", "honest_alone", "precision", "recall", "share",
)  # fmt: skip
_MISS: Final = ("file", "line", "label", "bad", "level", "score", "rules", "text")
_VALUE: Final = ("by", "value", *Totals().to_dict())


@click.command("stats", short_help="Measure rules on labelled texts: hits, precision, recall.")
@rows_options
@click.option("--by", multiple=True, metavar="COLUMN",
              help="Sum up for each value of this column too; may be repeated.")  # fmt: skip
@click.option("--misses", is_flag=True, help="List the bad rows left clear and the honest rows hit.")
@click.option("--all", "whole", is_flag=True, help="List rules that never fired too.")
@lang_option
@packs_option
def stats(  # noqa: PLR0917  (one parameter an option)
    by: tuple[str, ...],
    misses: bool,  # noqa: FBT001  (click passes flags by name)
    whole: bool,  # noqa: FBT001
    form: str,
    limit: int | None,
    lang: str | None,
    packs: tuple[Path, ...],
    **said: Any,  # noqa: ANN401  (what rows_options takes)
) -> None:
    """Judge labelled texts, and count for every rule how many of the bad and of the honest it hits.

    FILE is CSV or TSV with a header line, or JSON lines; it has a label and a text in each row.
    '-' is stdin. No registry is asked. A rule is "alone" on rows whose level would be another
    one were it switched off: that is how much it carries.

    jsonl has one object for each thing counted: "what" is miss, total, value or rule. csv has
    one table: of the rules, with --by of the values, with --misses of the rows.

    Exit codes: 0 done; 2 wrong usage or a file that cannot be read; 3 done, but some rows
    were unreadable.

    \b
    urlguard rules stats examples/labelled.tsv
    urlguard rules stats examples/labelled.tsv --by lang --misses
    urlguard rules stats texts.csv --text message --label class --bad smishing
    """
    if form == "csv" and misses and by:
        raise click.UsageError("csv holds one table: use --by or --misses, or --format jsonl for both")
    groups = tuple(dict.fromkeys(name.strip().lower() for name in by))
    guard = Guard(packs, lang=language(lang))
    gc.freeze()  # the rule book stays; what follows may be a long run
    gc.enable()
    rows = Rows(guard.book_texts(), said, groups)
    out, columns = stdout(form)
    counted = Measures(guard.book, groups)
    kept = _Kept(out, form, limit, wanted=misses)
    for row, bad in rows:
        miss = counted.add(row, guard.check(row.text), bad=bad)
        if miss is not None:
            kept.take(miss)
    if rows.count:
        if form == "table":
            write(out, _tables(guard, counted, kept, columns, limit or FIRST, whole=whole))
        else:
            _write_counts(out, form, counted, limit, misses=misses, whole=whole)
        out.flush()
    rows.tell_notes()
    click.get_current_context().exit(rows.exit_code())


class _Kept:
    """Rows that went wrong: for programs written at once, for a person the first are kept."""

    def __init__(self, out: TextIO, form: str, limit: int | None, *, wanted: bool) -> None:
        self._out = out
        self._form = form
        self._most = (limit or (FIRST if form == "table" else None)) if wanted else 0
        self.wanted = wanted
        self.rows: dict[bool, list[Miss]] = {True: [], False: []}
        self._taken = {True: 0, False: 0}

    def take(self, miss: Miss) -> None:
        if self._most is not None and self._taken[miss.bad] >= self._most:
            return
        self._taken[miss.bad] += 1
        if self._form == "table":
            self.rows[miss.bad].append(miss)
        elif self._form == "jsonl":
            write(self._out, [json_line({"what": "miss", **miss.to_dict()})])
        else:
            header = [_MISS] if sum(self._taken.values()) == 1 else []
            write_csv(self._out, [*header, cells(miss.to_dict(), _MISS)])


def cells(row: Mapping[str, Any], names: Iterable[str]) -> list[str]:
    """Return the cells of a row of CSV: flags as 1 and 0, lists with spaces, None as nothing."""
    return [_cell(row[name]) for name in names]


def _cell(value: Any) -> str:  # noqa: ANN401  (a cell of any column)
    if isinstance(value, list):
        return " ".join(value)
    if isinstance(value, str):
        return inert(value)
    return "" if value is None else str(int(value)) if isinstance(value, bool) else str(value)


def write_csv(out: TextIO, rows: Iterable[Iterable[str]]) -> None:
    """Write rows of CSV."""
    csv.writer(out, lineterminator="\n").writerows(rows)


def _write_counts(
    out: TextIO, form: str, counted: Measures, limit: int | None, *, misses: bool, whole: bool
) -> None:
    total = counted.totals.to_dict()
    values = [
        {"by": name, "value": value, **groups[value].to_dict()}
        for name, groups in counted.by.items()
        for value in sorted(groups)[:limit]
    ]
    if form == "jsonl":
        named = (
            *({"what": "value", **row} for row in values),
            *({"what": "rule", **row} for row in counted.rules(silent=whole)),
        )
        write(out, map(json_line, ({"what": "total", **total}, *named)))
    elif counted.by:
        rows = [{"by": "", "value": "", **total}, *values]
        write_csv(out, [_VALUE, *(cells(row, _VALUE) for row in rows)])
    elif not misses:
        write_csv(out, [_RULE, *(cells(row, _RULE) for row in counted.rules(silent=whole))])


def _tables(
    guard: Guard, counted: Measures, kept: _Kept, columns: int | None, most: int, *, whole: bool
) -> Iterable[str]:
    texts = guard.book_texts()
    total = counted.totals
    yield from report.totals(texts, total.to_dict(), columns)
    for name, groups in counted.by.items():
        yield ""
        table = {value: found.to_dict() for value, found in groups.items()}
        yield from report.values(texts, name, table, columns, most)
    rules = list(counted.rules(silent=whole))
    if rules:
        yield ""
        yield from report.rules(texts, rules, columns)
    if not kept.wanted:
        return
    words = Wording(texts, guard.brand_names())
    lists = (
        (texts["measure_missed"], True, total.bad - total.bad_suspicious),
        (texts["measure_hurt"], False, total.honest_suspicious),
    )
    for title, bad, count in lists:
        yield from report.heading(title.format(n=number(count)), columns)
        for miss in kept.rows[bad]:
            yield from report.missed(words, miss.row.place, miss.row.label, miss.verdict, columns)
        yield from report.more(texts, count - len(kept.rows[bad]))
