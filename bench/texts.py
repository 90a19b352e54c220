"""Quality on texts: how many frauds are caught, how many honest texts are hurt.

Reads tables with the columns label, lang, scheme and text (tab separated): the project's own
`tests/texts/*.tsv`, whose half `kept` was never looked at while rules were written, and the texts
composed for development beside the checkout, when they are there. Other files may be named.

    python bench/texts.py
    python bench/texts.py --by scheme tests/texts/ads.tsv
"""

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from _data import parser

from urlguard.guard import Guard
from urlguard.model import Level

OWN: Final = Path(__file__).resolve().parent.parent / "tests" / "texts"
COMPOSED: Final = Path(__file__).resolve().parent.parent.parent / "shared" / "kz"
QUOTE: Final = "quote"
"""Of the quoted texts only whole quotes count, no phrases or retold ones."""


class Row(NamedTuple):
    """One text with what a table says of it."""

    table: str
    label: str
    values: dict[str, str]


def main() -> None:
    options = parser(__doc__)
    options.add_argument("files", nargs="*", type=Path, help="tables to measure on")
    options.add_argument("--by", default="lang", help="column to count apart: lang, scheme, tags, half")
    given = options.parse_args()
    files = given.files or [path for path in _usual() if path.is_file()]
    guard = Guard()
    counts: dict[tuple[str, str, str], Counter[str]] = {}
    for path in files:
        for row in _rows(path):
            level = guard.check(row.values["text"]).level
            for key in ("all", row.values.get(given.by) or "-"):
                count = counts.setdefault((row.table, row.label, key), Counter())
                count["rows"] += 1
                count["suspicious"] += level is not None and level >= Level.SUSPICIOUS
                count["dangerous"] += level is not None and level >= Level.DANGEROUS
    print(f"| texts | label | {given.by} | rows | suspicious or worse | dangerous |")
    print("|---|---|---|---:|---:|---:|")
    for names, count in counts.items():
        cells = (*names, str(count["rows"]), _of(count, "suspicious"), _of(count, "dangerous"))
        print(f"| {' | '.join(cells)} |")


def _of(count: Counter[str], what: str) -> str:
    return f"{count[what]} ({100 * count[what] / count['rows']:.1f} %)"


def _usual() -> list[Path]:
    return [
        *sorted(OWN.glob("*.tsv")),
        *(COMPOSED / name for name in ("texts_composed.tsv", "texts_quoted.tsv")),
    ]


def _rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        for values in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if values["label"] == "scam" and "quoted" in path.name and values["kind"].strip() != QUOTE:
                continue
            half = values.get("half")
            yield Row(f"{path.stem}, {half}" if half else path.stem, values["label"], values)


if __name__ == "__main__":
    main()
