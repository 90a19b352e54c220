"""Show that the cost of a look-up does not grow with the number of brands.

Builds rule books with 200, 2,000 and 20,000 made-up brands (names of syllables, two tokens
each, one official domain) beside the shipped ones, and scores the same distinct hosts with
each; also prints how long such a book takes to build and to load.

    python bench/brand_scale.py
"""

import random
import statistics
import time

from _data import lines, parser

from urlguard import Guard
from urlguard.letters import Letters
from urlguard.packs.book import full_book, slim
from urlguard.packs.index import brand_index

SIZES = (200, 2_000, 20_000)
ENDINGS = ("a", "e", "i", "o", "u", "an", "or", "il")
SYLLABLES = [first + ending for first in "bdfgklmnprstvz" for ending in ENDINGS]


def brands(count: int, chance: random.Random) -> list[dict[str, object]]:
    names: dict[str, None] = {}
    while len(names) < count:
        names["".join(chance.choices(SYLLABLES, k=chance.choice((3, 3, 4, 4, 5))))] = None
    return [
        {
            "id": name,
            "name": dict.fromkeys(("en", "ru", "kk"), name),
            "domains": [f"{name}.kz"],
            "real": f"{name}.kz",
            "tokens": [name, f"{name}bank"],
            "where": "made",
        }
        for name in names
    ]


def main() -> None:
    made = parser(__doc__)
    made.add_argument("--hosts", type=int, default=10_000, help="hosts to score")
    made.add_argument("--rounds", type=int, default=5, help="rounds to take the median of")
    options = made.parse_args()
    links = [f"https://{host}/" for host in lines(options.data / "top100k.txt")][: options.hosts]
    book = full_book()
    letters = Letters(book["letters"])
    guards = {}
    build, load = {}, {}
    for size in SIZES:
        made_up = brands(size, random.Random(size))  # noqa: S311  (a sample, no secret)
        all_brands = [*book["brands"], *made_up] if size > len(book["brands"]) else made_up
        begin = time.perf_counter()
        index = brand_index(all_brands, letters)
        build[size] = time.perf_counter() - begin
        begin = time.perf_counter()
        guards[size] = Guard(book=slim({**book, "brands": all_brands, "index": index}))
        load[size] = time.perf_counter() - begin
    taken: dict[int, list[float]] = {size: [] for size in SIZES}
    for _ in range(options.rounds):
        for size, guard in guards.items():
            begin = time.perf_counter()
            for link in links:
                guard.score(link)
            taken[size].append(time.perf_counter() - begin)
    print("| brands | score, µs a host | against 200 | index built, s | guard built, ms |")
    print("|---:|---:|---:|---:|---:|")
    base = statistics.median(taken[SIZES[0]])
    for size in SIZES:
        median = statistics.median(taken[size])
        print(
            f"| {size} | {1e6 * median / len(links):.1f} | {median / base:.2f} | {build[size]:.2f} "
            f"| {1e3 * load[size]:.0f} |"
        )


if __name__ == "__main__":
    main()
