"""What is held back of names that nobody may block whole, and of block lists.

Prints for each list of the vectors (`poison_hosts.json`) how many of its names would become
active entries, which should be none; for the block lists of the measuring data how many rows
would be held back, which should be few; and what each table of `registry.popular` holds back of
those by itself. `--names` shows the names behind the numbers.

    python bench/poison.py
    python bench/poison.py --names --tables
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from _data import lines, parser

from urlguard.links.suffixes import Suffixes, a_label
from urlguard.model import Kind
from urlguard.packs.book import load_book
from urlguard.record import Match
from urlguard.registry.poison import Poison
from urlguard.registry.popular import load_popular

VECTORS: Final = Path(__file__).resolve().parent.parent.parent / "shared" / "vectors"
LISTS: Final = ("hosts_1m.txt.gz", "phish_hosts_train.txt.gz")
SHOWN: Final = 20


def main() -> None:
    options = parser(__doc__)
    options.add_argument("--vectors", type=Path, default=VECTORS, help="folder of the vectors")
    options.add_argument("--names", action="store_true", help="show some of the names")
    options.add_argument("--tables", action="store_true", help="each table of popular hosts by itself")
    given = options.parse_args()
    book = load_book()
    start = perf_counter()
    popular = load_popular(book["registry"]["popular"])
    loaded = perf_counter()
    poison = Poison(book, Suffixes(book["suffixes"]), popular)
    print(f"popular hosts read in {(loaded - start) * 1e3:.0f} ms, ", end="")
    print(f"the rest in {(perf_counter() - loaded) * 1e3:.0f} ms")
    vectors = given.vectors / "poison_hosts.json"
    if vectors.is_file():
        _show_vectors(poison, json.loads(vectors.read_text("utf-8")), names=given.names)
    found = [(name, given.data / name) for name in LISTS if (given.data / name).is_file()]
    for name, path in found:
        _show_list(poison, name, path, names=given.names)
    if given.tables:
        _show_tables(book["registry"]["popular"], found)


def _show_vectors(poison: Poison, lists: dict[str, list[str]], *, names: bool) -> None:
    print(f"\n{'vectors':24}{'names':>8}{'active':>8}{'as host only':>14}")
    for name, rows in lists.items():
        active = {match: list(_active(poison, rows, match)) for match in (Match.DOMAIN, Match.HOST)}
        print(f"{name:24}{len(rows):8,}{len(active[Match.DOMAIN]):8,}{len(active[Match.HOST]):14,}")
        if names and active[Match.DOMAIN]:
            print(f"    {' '.join(active[Match.DOMAIN][:SHOWN])}")


def _active(poison: Poison, rows: Iterable[str], match: Match) -> Iterator[str]:
    """Yield the names that would become entries: written as a list would write them."""
    for row in rows:
        key = ".".join(map(a_label, row.lower().strip("!.").split(".")))
        if poison.hits(Kind.HOST, Match.MASK if "*" in key else match, key) is None:
            yield row


def _show_list(poison: Poison, name: str, path: Path, *, names: bool) -> None:
    rows = list(lines(path))
    codes: Counter[str] = Counter()
    examples: dict[str, list[str]] = {}
    start = perf_counter()
    for row in rows:
        hit = poison.hits(Kind.HOST, Match.DOMAIN, row)
        if hit is not None:
            codes[hit.code] += 1
            examples.setdefault(hit.code, []).append(row)
    seconds = perf_counter() - start
    print(f"\n{name}: {len(rows):,} rows, {seconds / len(rows) * 1e6:.1f} µs a row")
    print(f"    held back {sum(codes.values()):,} ({sum(codes.values()) / len(rows):.3%})")
    for code, count in codes.most_common():
        print(f"    {code:16}{count:8,}")
        if names:
            print(f"        {' '.join(examples[code][:: max(1, count // SHOWN)][:SHOWN])}")


def _show_tables(tables: dict[str, Any], found: list[tuple[str, Path]]) -> None:
    """Show what each table adds to the younger suffix list, which every compilation has."""
    hosts = {name: set(lines(path)) for name, path in found}
    none = load_popular({}, cache=False)
    print(f"\n{'table':24}" + "".join(f"{name.partition('.')[0]:>20}" for name in hosts))
    for key, table in {"(suffixes alone)": {}, **tables}.items():
        only = load_popular({key: table} if table else {}, cache=False)
        held = [
            sum(
                only.find(host, above=True) is not None and (not table or none.find(host, above=True) is None)
                for host in rows
            )
            for rows in hosts.values()
        ]
        print(f"{key:24}" + "".join(f"{count:20,}" for count in held))


if __name__ == "__main__":
    main()
