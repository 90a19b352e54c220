"""Links judged inside a DuckDB query, by a function that returns a struct."""

from typing import Any

import duckdb

from urlguard import Guard

FINDING = {
    "level": "VARCHAR", "score": "INTEGER", "brand": "VARCHAR", "scheme": "VARCHAR", "reasons": "VARCHAR",
    "error": "VARCHAR",
}  # fmt: skip
QUERY = """
    SELECT link, found.*
    FROM (SELECT "Ссылка" AS link, judged("Ссылка") AS found
          FROM read_csv('examples/list.csv', delim=';', header=true))
    WHERE found.level <> 'clear'
    ORDER BY found.score DESC
"""
guard = Guard(lang="ru")


def judged(link: str) -> dict[str, Any]:
    """Return what is found in one cell; DuckDB itself passes over NULL."""
    verdict = guard.check(link)
    return {
        "level": verdict.level.label if verdict.level is not None else None,
        "score": verdict.score,
        "brand": verdict.brand,
        "scheme": verdict.scheme,
        "reasons": "; ".join(signal.reason for signal in verdict.signals),
        "error": verdict.error.message if verdict.error else None,
    }


with duckdb.connect() as connection:
    connection.create_function("judged", judged, ["VARCHAR"], connection.struct_type(FINDING))
    for link, level, score, *_ in connection.sql(QUERY).fetchall():
        print(level, score, link)
