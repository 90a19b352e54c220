"""Rows of a Parquet file through pyarrow, in a process with limits (`apart`).

pyarrow inflates one page after the other, whatever size a page claims, so only those limits
hold it back there.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from urlguard.errors import ListError, UsageError
from urlguard.tables.reading.batches import CELLS, Batch, Found, Head
from urlguard.tables.reading.delimited import COLUMNS
from urlguard.tables.reading.naming import names
from urlguard.tables.rows import Cell

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow import parquet

ROWS: Final = 1_000
"""Rows of a batch: pyarrow's own cost for each batch is a millisecond."""
MOST_ROWS: Final = 1_000_000
MOST_ROWS_PER_BYTE: Final = 200
"""So many rows a file may claim, and for each of its bytes: columns of one value take a byte for many."""
BUFFER: Final = 1 << 20
"""Bytes that are read ahead in each column."""
NAMES: Final = 16 << 20
"""Bytes of one text in the metadata."""


def row_groups(path: Path, name: str) -> Found:
    """Return the table of a Parquet file. Raises `ListError`, and `UsageError` without pyarrow."""
    try:
        import pyarrow as pa  # noqa: PLC0415  (an extra)
    except ImportError:
        raise UsageError(f"{name}: a Parquet file needs pyarrow: pip install 'urlguard[parquet]'") from None
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    file = _opened(path, name)
    columns, rows = file.schema_arrow.names, file.metadata.num_rows
    if not 0 < len(columns) <= COLUMNS or file.metadata.num_columns > COLUMNS:
        raise ListError(f"{name}: {len(columns):,} columns, not 1 to {COLUMNS:,}", "select fewer columns")
    if rows <= 0:
        raise ListError(f"{name}: has no rows", "check that it is the right file")
    if rows > MOST_ROWS + MOST_ROWS_PER_BYTE * path.stat().st_size:
        raise ListError(f"{name}: claims {rows:,} rows, which its size does not explain", "write it anew")
    return Found(
        Head(name, names(columns, len(columns)), titled=True, targets={}), partial(_batches, path, name)
    )


def _opened(path: Path, name: str) -> "parquet.ParquetFile":
    import pyarrow as pa  # noqa: PLC0415  (an extra)
    from pyarrow import parquet  # noqa: PLC0415  (an extra)

    with path.open("rb") as file:
        if file.read(4) == b"PARE":
            raise _encrypted(name)
    try:
        return parquet.ParquetFile(path, pre_buffer=False, buffer_size=BUFFER, thrift_string_size_limit=NAMES)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise _broken(name, error) from None


def _batches(path: Path, name: str) -> Iterator[Batch]:
    import pyarrow as pa  # noqa: PLC0415  (an extra)

    file = _opened(path, name)
    size = max(1, min(ROWS, CELLS // file.metadata.num_columns))
    done = 0
    try:
        for batch in file.iter_batches(size, use_threads=False):
            numbers = range(done + 1, done + batch.num_rows + 1)
            done += batch.num_rows
            if numbers:
                columns = [_cells(column) for column in batch.columns]
                yield Batch(done / file.metadata.num_rows, numbers, columns)
    except pa.ArrowMemoryError:
        raise MemoryError from None
    except (pa.ArrowException, OSError, ValueError, NotImplementedError) as error:
        raise _broken(f"{name}, behind row {done:,}", error) from None


def _cells(column: "pa.Array[Any]") -> Sequence[Cell]:
    """Return a column as cells: what Python cannot hold, as dates of the year 20000, as text."""
    import pyarrow as pa  # noqa: PLC0415  (an extra)

    kind = column.type
    cells: list[Any]
    try:
        cells = _microseconds(column).to_pylist()
    except (pa.ArrowException, ValueError, OverflowError):
        cells = column.cast(pa.string()).to_pylist()
    else:
        if pa.types.is_timestamp(kind) and kind.tz:
            zone = _zone(kind.tz)
            return [None if cell is None else cell.replace(tzinfo=UTC).astimezone(zone) for cell in cells]
    found: list[Any] = [cell if cell.__class__ in _PLAIN else _cell(cell) for cell in cells]
    return found


def _zone(name: str) -> tzinfo:
    """Return a time zone; UTC for one that is not known here."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, ZoneInfoNotFoundError):
        return UTC


_PLAIN: Final = frozenset({str, int, float, bool, datetime, date, time, timedelta, type(None)})


def _microseconds(column: "pa.Array[Any]") -> "pa.Array[Any]":
    """Return a column without nanoseconds, which Python's times do not have, and without its zone.

    For a zone pyarrow would load pandas, where it is installed: 50 MB.
    """
    import pyarrow as pa  # noqa: PLC0415  (an extra)

    kind = column.type
    if pa.types.is_timestamp(kind):
        if kind.tz:
            column = column.cast(pa.int64()).cast(pa.timestamp(kind.unit))
        return column.cast(pa.timestamp("us"), safe=False)
    if pa.types.is_time64(kind):
        return column.cast(pa.time64("us"), safe=False)
    if pa.types.is_duration(kind):
        return column.cast(pa.duration("us"), safe=False)
    return column


def _cell(value: object) -> Cell:
    """Return a value as JSON has it: decimals, dates in lists and what else there is as text."""
    if isinstance(value, dict):
        return {str(key): _cell(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_cell(item) for item in value]
    if isinstance(value, bytes):
        return value.decode("utf-8", "backslashreplace")
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _encrypted(name: str) -> ListError:
    return ListError(f"{name}: is encrypted", "have it written without encryption")


def _broken(name: str, error: Exception) -> ListError:
    if "encrypt" in str(error).lower() or "decrypt" in str(error).lower():
        return _encrypted(name)
    return ListError(
        f"{name}: broken: {str(error).splitlines()[0] if str(error) else error!r}", "write it anew"
    )
