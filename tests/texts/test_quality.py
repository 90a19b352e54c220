"""How many composed frauds are caught, how many honest texts are hurt: floors that no change may fall below.

`ads.tsv` and `honest.tsv` were composed without sight of the rules; the half `written` was looked at
while rules were written, the half `kept` was not. `bench/texts.py` prints the figures.
"""

import csv
from collections import Counter
from functools import cache
from pathlib import Path

from checks.tables import guard

from urlguard.model import Level

HERE = Path(__file__).parent


@cache
def levels(table: str) -> list[tuple[str, str, Level]]:
    """Return half, language and level of every text of a table."""
    with (HERE / f"{table}.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    found = []
    for row in rows:
        level = guard().check(row["text"]).level
        assert level is not None, row["text"]
        found.append((row["half"], row["lang"], level))
    return found


def share(table: str, half: str, least: Level, *languages: str) -> float:
    """Return which share of the texts is at or above a level."""
    counted: Counter[bool] = Counter(
        level >= least
        for part, lang, level in levels(table)
        if part == half and (not languages or lang in languages)
    )
    return counted[True] / counted.total()


def test_most_frauds_are_caught() -> None:
    assert share("ads", "written", Level.SUSPICIOUS) >= 0.92
    assert share("ads", "kept", Level.SUSPICIOUS) >= 0.9
    assert share("ads", "kept", Level.DANGEROUS) >= 0.8


def test_few_honest_texts_are_hurt() -> None:
    assert share("honest", "written", Level.SUSPICIOUS) <= 0.03
    assert share("honest", "written", Level.DANGEROUS) <= 0.01
    assert share("honest", "kept", Level.SUSPICIOUS) <= 0.08
    assert share("honest", "kept", Level.DANGEROUS) <= 0.03


def test_kazakh_is_caught_as_well_as_russian() -> None:
    kazakh, russian = (share("ads", "kept", Level.SUSPICIOUS, lang) for lang in ("kk", "ru"))
    assert kazakh >= russian - 0.08
