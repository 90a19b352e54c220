"""Texts and links of a Polars frame, judged slice by slice."""

from collections.abc import Iterator
from typing import Any

import polars as pl

from urlguard import Guard

SLICE = 50_000
FINDING = {"level": pl.String, "score": pl.Int32, "brand": pl.String, "scheme": pl.String, "error": pl.String}
guard = Guard(lang="ru")


def findings(cells: list[str | None]) -> Iterator[dict[str, Any]]:
    """Yield what is found in each cell; an empty one has no level and says why."""
    for verdict in guard.check_many(cell or "" for cell in cells):
        yield {
            "level": verdict.level.label if verdict.level is not None else None,
            "score": verdict.score,
            "brand": verdict.brand,
            "scheme": verdict.scheme,
            "error": verdict.error.message if verdict.error else None,
        }


def judged(part: pl.DataFrame) -> pl.DataFrame:
    """Return a part with its findings; a text and the link beside it tell on each other, so they are one."""
    both = part.select(pl.concat_str("Текст", "Ссылка", separator="\n", ignore_nulls=True)).to_series()
    return part.hstack(pl.DataFrame(list(findings(both.to_list())), schema=FINDING))


frame = pl.read_csv("examples/list.csv", separator=";")
whole = pl.concat(judged(part) for part in frame.iter_slices(SLICE))
for row in whole.filter(pl.col("level") != "clear").to_dicts():
    print(row["level"], row["score"], row["Ссылка"] or row["Текст"])
