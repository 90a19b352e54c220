"""Batches judged in a Python worker of Spark."""

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from urlguard.errors import UsageError
from urlguard.guard import Guard
from urlguard.scanning.judging import Judge, Judged
from urlguard.scanning.merging import looked_at
from urlguard.scanning.workers import finding
from urlguard.spark.shipping import Rules
from urlguard.tables.rows import ADDED, Cell, Finding, Table
from urlguard.version import __version__

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark import Broadcast

_BROKEN: Final = "\udc80"
"""Stands for a cell that is no UTF-8: a lone surrogate, which no text of Arrow can hold."""
_GUARDS: Final = 2
"""Guards that a worker keeps: it serves all jobs of an application in turn."""

_guards: dict[tuple[str, ...], tuple[Judge, dict[str, str]]] = {}


def judged_batches(
    rules: "Broadcast[Rules]", picked: tuple[int, ...], batches: "Iterator[pa.RecordBatch]"
) -> "Iterator[pa.RecordBatch]":
    """Yield batches with what was found; rows of one batch that are equal are judged once."""
    judge, texts = judge_of(rules.value)
    names = tuple(f"c{at}" for at in picked)
    pick = looked_at(Table("", names, iter(()), plain=False), names).judged
    for batch in batches:
        rows = zip(*[_cells(batch.column(at)) for at in picked], strict=True)
        yield _with(batch, list(_findings(map(list, rows), pick, judge, texts)))


def judge_of(rules: Rules) -> tuple[Judge, dict[str, str]]:
    """Return the judge of this worker, and the texts of its language."""
    if rules.key not in _guards:
        if rules.version != __version__:
            message = f"this node has urlguard {__version__}, the driver {rules.version}"
            raise UsageError(f"{message}\n  mend: give all nodes the same environment")
        for old in list(_guards)[: 1 - _GUARDS]:
            del _guards[old]
        if rules.lookup is not None and rules.snapshot:
            from pyspark import SparkFiles  # noqa: PLC0415  (an extra)

            rules.lookup.path = Path(SparkFiles.get(rules.snapshot))
        guard = Guard(book=rules.book, lang=rules.lang, registry=rules.lookup)
        _guards[rules.key] = Judge(guard), guard.book_texts()
        gc.collect()
        gc.freeze()  # nothing of it is ever garbage: no need to look through it again and again
    return _guards[rules.key]


def _findings(
    rows: Iterable[list[Cell]],
    pick: Callable[[list[Cell]], Judged | None],
    judge: Judge,
    texts: dict[str, str],
) -> Iterator[Finding]:
    known: dict[Judged, Finding] = {}
    nothing = Finding("", 0, error=texts["nothing_in_row"])
    broken = Finding("", 0, error=texts["bad_encoding"])
    for cells in rows:
        judged = pick(cells)
        if judged is None:
            yield nothing
        elif _BROKEN in cells:
            yield broken
        else:
            found = known.get(judged)
            if found is None:
                found = known[judged] = finding(judge.find, judged)
            yield found


def _cells(column: "pa.Array") -> list[Cell]:
    """Return the cells of a column; Spark looks neither whether a text is UTF-8 nor at the year of a date."""
    try:
        cells: list[Cell] = column.to_pylist()
    except (ValueError, OverflowError):
        return [_cell(scalar) for scalar in column]
    return cells


def _cell(scalar: Any) -> Cell:  # noqa: ANN401  (pyarrow has no types)
    """Return one cell; None for a date after the year 9999, with which nobody is cheated."""
    try:
        cell: Cell = scalar.as_py()
    except UnicodeDecodeError:
        return _BROKEN
    except (ValueError, OverflowError):
        return None
    return cell


def _with(batch: "pa.RecordBatch", findings: Sequence[Finding]) -> "pa.RecordBatch":
    """Return a batch with the columns `ADDED`: null where there is nothing to say, as in JSON lines."""
    import pyarrow as pa  # noqa: PLC0415  (an extra)

    text = pa.string()
    added = [
        pa.array([one.level or None for one in findings], text),
        pa.array([one.score if one.level else None for one in findings], pa.int32()),
        pa.array([one.brand or None for one in findings], text),
        pa.array([one.scheme or None for one in findings], text),
        pa.array([one.reasons for one in findings], text),
        pa.array([one.entries for one in findings], text),
        pa.array([one.advice for one in findings], text),
        pa.array([one.error or None for one in findings], text),
    ]
    return pa.RecordBatch.from_arrays([*batch.columns, *added], [*batch.schema.names, *ADDED])
