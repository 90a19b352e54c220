"""`urlguard rules diff`: what a change of rules does to labelled inputs."""

import gc
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final, TextIO

import click

from urlguard.cli.options import lang_option, language, packs_option
from urlguard.cli.registry.words import json_line, stdout, write
from urlguard.cli.rules.rows import FIRST, Rows, rows_options
from urlguard.cli.rules.stats import cells, write_csv
from urlguard.guard import Guard
from urlguard.measuring.comparing import Comparison, Difference, Shift, book_of, differences, folders_of
from urlguard.packs.sections import read_sections
from urlguard.packs.where import shipped_rules
from urlguard.reports import measures as report
from urlguard.reports.wording import Wording

_SHIFT: Final = (
    "file", "line", "label", "bad", "level_before", "score_before", "rules_before",
    "level_after", "score_after", "rules_after", "text",
)  # fmt: skip


@click.command("diff", short_help="Compare two sets of rules on labelled texts.")
@rows_options
@click.option("--against", multiple=True, type=click.Path(path_type=Path), metavar="PACKS",
              help="Where to start from: own packs laid over the shipped ones, or a folder with policy.yaml "
              "in their place; may be repeated. Default: the shipped rules.")  # fmt: skip
@lang_option
@packs_option
def diff(
    against: tuple[Path, ...],
    form: str,
    limit: int | None,
    lang: str | None,
    packs: tuple[Path, ...],
    **said: Any,  # noqa: ANN401  (what rows_options takes)
) -> None:
    """Judge labelled texts by two sets of rules, and show what changes from one to the other.

    It goes from --against to --rules: from the shipped rules to those with your packs laid
    over, or from last month's folder of rules to the shipped ones. FILE is as for
    'urlguard rules stats'. No registry is asked.

    jsonl has one object for each thing: "what" is row, difference, total or rule. csv has the
    rows whose level changed.

    Exit codes: 0 done, whatever changed; 2 wrong usage or a file that cannot be read; 3 done,
    but some rows were unreadable.

    \b
    urlguard rules diff examples/labelled.tsv --rules examples/own-rules
    urlguard rules diff examples/labelled.tsv --against old/rules
    """
    if not against and not packs:
        raise click.UsageError("name the other rules with --rules or --against")
    wanted = language(lang)
    folders = folders_of(against), [shipped_rules(), *packs]
    before, after = (Guard(book=book_of(each), lang=wanted) for each in folders)
    changes = list(differences(*map(read_sections, folders)))
    gc.freeze()  # the rule books stay; what follows may be a long run
    gc.enable()
    rows = Rows(after.book_texts(), said)
    out, columns = stdout(form)
    compared = Comparison(before.book, after.book)
    kept = _Kept(out, form, limit)
    for row, bad in rows:
        shift = compared.add(row, before.check(row.text), after.check(row.text), bad=bad)
        if shift is not None:
            kept.take(shift)
    if rows.count:
        if form == "table":
            write(out, _tables(after, compared, changes, kept, columns))
        elif form == "jsonl":
            write(out, map(json_line, _objects(compared, changes)))
        out.flush()
    rows.tell_notes()
    click.get_current_context().exit(rows.exit_code())


class _Kept:
    """Rows whose level changed: for programs written at once, for a person the first are kept."""

    def __init__(self, out: TextIO, form: str, limit: int | None) -> None:
        self._out = out
        self._form = form
        self._most = limit or (FIRST if form == "table" else None)
        self.rows: list[Shift] = []
        self._taken = 0
        if form == "csv":
            write_csv(out, [_SHIFT])

    def take(self, shift: Shift) -> None:
        if self._most is not None and self._taken >= self._most:
            return
        self._taken += 1
        if self._form == "table":
            self.rows.append(shift)
        elif self._form == "jsonl":
            write(self._out, [json_line({"what": "row", **shift.to_dict()})])
        else:
            write_csv(self._out, [cells(_flat(shift.to_dict()), _SHIFT)])


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    sides = {f"{name}_{side}": value for side in ("before", "after") for name, value in row[side].items()}
    return {**row, **sides}


def _objects(compared: Comparison, changes: Iterable[Difference]) -> Iterable[dict[str, Any]]:
    yield from ({"what": "difference", **change.to_dict()} for change in changes)
    for side, counted in (("before", compared.before), ("after", compared.after)):
        yield {"what": "total", "side": side, **counted.totals.to_dict()}
    yield from ({"what": "rule", **row} for row in compared.rules())


def _tables(
    guard: Guard, compared: Comparison, changes: list[Difference], kept: _Kept, columns: int | None
) -> Iterable[str]:
    texts = guard.book_texts()
    old, new = compared.before.totals.to_dict(), compared.after.totals.to_dict()
    yield from report.both(texts, old, new, columns)
    title = texts["measure_differing"].format(n=len(changes)) if changes else texts["measure_same"]
    yield from report.heading(title, columns)
    yield from report.differing(texts, [change.to_dict() for change in changes], columns)
    moved = list(compared.rules())
    if moved:
        yield from report.heading(texts["measure_moved"].format(n=len(moved)), columns)
        yield from report.moved(texts, moved, columns)
    yield ""
    yield from report.shifts(texts, _counts(compared), columns)
    words = Wording(texts, guard.brand_names())
    for shift in kept.rows:
        verdicts = (shift.before, shift.after)
        yield from report.shifted(words, shift.row.place, shift.row.label, verdicts, columns)
    yield from report.more(texts, compared.shifted.total() - len(kept.rows))


def _counts(compared: Comparison) -> dict[str, int]:
    """Return how many rows went up and down, by the names of the text that tells it."""
    sides = (("bad", True), ("honest", False))
    ways = (("up", True), ("down", False))
    counts = {f"{side}_{way}": compared.shifted[bad, up] for side, bad in sides for way, up in ways}
    return {"n": compared.shifted.total(), **counts}
