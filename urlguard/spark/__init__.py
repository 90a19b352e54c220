"""A Spark DataFrame scored on all its executors: the rows and columns of `urlguard scan`.

The rule book goes out as a broadcast, a registry as a file of the application. Every Python worker
makes one guard of them and keeps it from task to task. Rows pass through `mapInArrow` with all
their columns, in their order and in their partitions.
"""

from collections.abc import Iterable, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from urlguard.errors import UsageError
from urlguard.guard import Guard
from urlguard.scanning.merging import looked_at, merged
from urlguard.spark.batches import judged_batches
from urlguard.spark.shipping import shipped
from urlguard.tables.rows import ADDED, Table

if TYPE_CHECKING:
    from pyspark import SparkContext
    from pyspark.sql import DataFrame
    from pyspark.sql.types import StructType

__all__ = ["scored"]


def scored(
    frame: "DataFrame",
    columns: str | Sequence[str],
    *,
    packs: Iterable[str | Path] = (),
    lang: str = "en",
    registry: str | Path | None = None,
    ship: bool = True,
) -> "DataFrame":
    """Return a DataFrame with what was found in `columns` beside all that it had.

    Adds `level`, `score`, `brand`, `scheme`, `reasons`, `entries`, `advice` and `error`, all of them
    with `urlguard_` before it where one of these names is taken. Of several columns the worst decides,
    and a text is judged together with the links and phones beside it. A row that cannot be judged has
    a null `level` and an `error`; it fails no job.

    `packs`, `lang` and `registry` are those of `Guard`. The registry is sent to all nodes as it is at
    this moment; with `ship=False` each node opens the file at that path for itself.

    Raises `UsageError` for a column that is not there or cannot be read, `PackErrors` for wrong packs
    and `RegistryError` for a registry that cannot be read, before any job starts. In a job,
    `UsageError` and `RegistryError` end it: without the rules or the registry nothing is clear.
    """
    from pyspark.errors import PySparkNotImplementedError  # noqa: PLC0415  (an extra)
    from pyspark.sql.types import IntegerType, StringType, StructField, StructType  # noqa: PLC0415  (an extra)

    _need_libraries()
    table = Table("the DataFrame", tuple(frame.columns), iter(()), plain=False)
    picked = sorted(looked_at(table, _named(columns)).roles)
    _refuse_unjudged(frame.schema, picked)
    guard = Guard(packs, lang=lang)
    context = _context_of(frame)
    rules = shipped(context, guard, registry, ship=ship)
    added = [
        StructField(name, IntegerType() if what == "score" else StringType())
        for what, name in zip(ADDED, merged([table]).added, strict=True)
    ]
    # A name with a dot or one that stands twice cannot be asked for; a place can.
    placed = frame.toDF(*[f"c{at}" for at in range(len(frame.columns))])
    judging = partial(judged_batches, context.broadcast(rules), tuple(picked))
    try:
        return placed.mapInArrow(judging, StructType([*frame.schema.fields, *added]))
    except PySparkNotImplementedError as error:
        message = f"a column is of a type that Arrow does not carry: {error}"
        raise UsageError(f"{message}\n  mend: drop that column, or cast it to a string") from None


def _named(columns: str | Sequence[str]) -> list[str]:
    names = [columns] if isinstance(columns, str) else list(columns)
    if not names:
        raise UsageError("no column to judge is named\n  mend: name those that hold links, texts or phones")
    return names


def _refuse_unjudged(schema: "StructType", picked: Sequence[int]) -> None:
    """Raise `UsageError` for a column of bytes, and for one whose name another has, too."""
    names = [field.name.lower() for field in schema.fields]
    for at in picked:
        name, kind = schema.fields[at].name, schema.fields[at].dataType.typeName()
        if names.count(names[at]) > 1:
            message = f"two columns are named {name!r}\n  mend: give each a name of its own, with toDF"
            raise UsageError(message)
        if kind == "binary":
            message = f"the column {name!r} holds bytes\n  mend: make it text first, with cast('string')"
            raise UsageError(message)


def _need_libraries() -> None:
    """Raise `UsageError` when what `mapInArrow` needs is not there; it asks for pandas, too."""
    missing = [name for name in ("pandas", "pyarrow") if find_spec(name) is None]
    if missing:
        message = f"{' and '.join(missing)} is not installed\n  mend: pip install 'urlguard[spark]'"
        raise UsageError(message)


def _context_of(frame: "DataFrame") -> "SparkContext":
    try:
        return frame.sparkSession.sparkContext
    except AttributeError:
        raise UsageError(
            "this DataFrame is one of Spark Connect, which sends no broadcasts\n"
            "  mend: run the program where the driver is, as spark-submit does"
        ) from None
