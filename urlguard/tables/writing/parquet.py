"""Parquet for programs: a column has a type where all of its cells have that type, or else is text."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

from urlguard.errors import UsageError
from urlguard.tables.rows import ADDED, Finding, Head, Scanned
from urlguard.tables.writing.appended import unwritable
from urlguard.tables.writing.celltext import text_of
from urlguard.tables.writing.spool import spooled

GROUP: Final = 20_000
"""Most rows of a row group."""
_GROUP_BYTES: Final = 12 << 20
"""Bytes from which a group gets no more rows. Like all that follows it depends on nothing but the rows, so
that the same rows give the same file."""
_BATCH: Final = 1_000
"""Most rows that are held as Python's own objects."""
_BATCH_CELLS: Final = 200_000
_BATCH_CHARACTERS: Final = 4 << 20
_EXACT: Final = 2**53
"""Up to here a float64 holds every whole number."""
_LONG: Final = 2**63
_TEXT: Final = "string"
_MOMENT: Final = "timestamp[us]"
_TYPES: Final[Mapping[frozenset[str], str]] = {
    frozenset({"bool"}): "bool",
    frozenset({"int"}): "int64",
    frozenset({"long"}): "int64",
    frozenset({"int", "long"}): "int64",
    frozenset({"float"}): "float64",
    frozenset({"int", "float"}): "float64",
    frozenset({"date"}): "date32[day]",
    frozenset({"datetime"}): _MOMENT,
    frozenset({"date", "datetime"}): _MOMENT,
    frozenset({"time"}): "time64[us]",
    frozenset({"timedelta"}): "duration[us]",
}
"""Types of Arrow by the kinds of cells in a column; any other mixture is text."""


def parquet_from(spool: Path, path: Path, head: Head) -> None:
    """Make a Parquet file of all rows that `spool_output` has written.

    Raises `UsageError` when pyarrow is missing or the disk refuses.
    """
    pa, parquet = _library()
    kinds = [
        *_kinds(spooled(spool), len(head.columns)),
        *("int16" if name == "score" else _TEXT for name in ADDED),
    ]
    names = [_whole(name) for name in (*head.columns, *head.added)]
    schema = pa.schema([(name, pa.type_for_alias(kind)) for name, kind in zip(names, kinds, strict=True)])
    rows = spooled(spool)
    try:
        with path.open("wb") as out:
            with parquet.ParquetWriter(out, schema, compression="zstd") as writer:
                for group in _groups(_batches(pa, rows, schema)):
                    writer.write_table(pa.Table.from_batches(group, schema), row_group_size=GROUP)
            out.flush()
            os.fsync(out.fileno())
    except OSError as error:
        raise unwritable(path, error) from None


def _kinds(rows: Iterable[Scanned], columns: int) -> list[str]:
    """Return the type of each original column, by all of its cells."""
    found: list[set[str]] = [set() for _ in range(columns)]
    for row in rows:
        for kinds, cell in zip(found, row.cells, strict=True):
            kinds.add("str" if type(cell) is str else _kind(cell))
    return [_TYPES.get(frozenset(kinds - {"NoneType"}), _TEXT) for kinds in found]


def _kind(cell: object) -> str:
    if type(cell) is int:
        return "int" if abs(cell) <= _EXACT else "long" if -_LONG <= cell < _LONG else "huge"
    if isinstance(cell, datetime | time) and cell.tzinfo is not None:
        return "zoned"
    return type(cell).__name__


def _groups(batches: Iterable[Any]) -> Iterator[list[Any]]:
    """Yield the record batches of one row group after the other."""
    group: list[Any] = []
    rows = size = 0
    for batch in batches:
        if group and (rows + batch.num_rows > GROUP or size >= _GROUP_BYTES):
            yield group
            group, rows, size = [], 0, 0
        group.append(batch)
        rows += batch.num_rows
        size += batch.nbytes
    if group:
        yield group


def _batches(pa: Any, rows: Iterable[Scanned], schema: Any) -> Iterator[Any]:  # noqa: ANN401  (pyarrow has no types)
    """Yield the rows as record batches."""
    for batch in _held(rows, min(_BATCH, max(_BATCH_CELLS // len(schema), 1))):
        columns = list(zip(*[(*row.cells, *_found(row.finding)) for row in batch], strict=True))
        arrays = [_array(pa, cells, field.type) for cells, field in zip(columns, schema, strict=True)]
        yield pa.record_batch(arrays, schema=schema)


def _held(rows: Iterable[Scanned], most: int) -> Iterator[list[Scanned]]:
    """Yield rows, at most so many and so much text at once."""
    held: list[Scanned] = []
    size = 0
    for row in rows:
        held.append(row)
        size += sum([len(cell) for cell in row.cells if type(cell) is str])
        if len(held) == most or size >= _BATCH_CHARACTERS:
            yield held
            held, size = [], 0
    if held:
        yield held


def _found(finding: Finding) -> tuple[str | int | None, ...]:
    """Return the added cells; as in JSON lines, null where there is nothing."""
    return (
        finding.level or None,
        finding.score if finding.level else None,
        finding.brand or None,
        finding.scheme or None,
        finding.reasons,
        finding.entries,
        finding.advice,
        finding.error or None,
    )


def _array(pa: Any, cells: Sequence[Any], kind: Any) -> Any:  # noqa: ANN401  (pyarrow has no types)
    if str(kind) == _MOMENT:
        cells = [datetime.combine(cell, time()) if type(cell) is date else cell for cell in cells]
    if str(kind) != _TEXT:
        return pa.array(cells, kind)
    texts = [cell if cell is None or type(cell) is str else text_of(cell) for cell in cells]
    try:
        return pa.array(texts, kind)
    except UnicodeEncodeError:
        return pa.array([text if text is None else _whole(text) for text in texts], kind)


def _whole(text: str) -> str:
    """Write lone surrogates, which UTF-8 does not have, as their code points."""
    return text.encode("utf-8", "backslashreplace").decode()


def _library() -> tuple[Any, Any]:
    try:
        import pyarrow as pa  # noqa: PLC0415  (an extra)
        from pyarrow import parquet  # noqa: PLC0415  (an extra)
    except ImportError:
        message = "pyarrow is needed to write .parquet\n  mend: pip install 'urlguard[parquet]'"
        raise UsageError(message) from None
    return pa, parquet
