"""Measure `score()` against parsing and splitting alone, in the same run.

Prints medians of several rounds in microseconds a link, and their ratio. Links are distinct
hosts without a path, and ordinary links with paths; `--hosts N` many of each.

    python bench/score_speed.py
"""

import statistics
import time
from collections.abc import Callable, Iterable

import can_ada
from _data import lines, parser

from urlguard import Guard
from urlguard.links.suffixes import Suffixes, suffix_tree
from urlguard.packs.book import suffix_rules


def seconds(work: Callable[[str], object], links: Iterable[str]) -> float:
    begin = time.perf_counter()
    for link in links:
        work(link)
    return time.perf_counter() - begin


def main() -> None:
    made = parser(__doc__)
    made.add_argument("--hosts", type=int, default=10_000, help="links of each kind")
    made.add_argument("--rounds", type=int, default=9, help="rounds to take the median of")
    options = made.parse_args()
    guard = Guard()
    suffixes = Suffixes(suffix_tree(suffix_rules()[0]))

    def parsed(link: str) -> object:
        return suffixes.length(can_ada.parse(link).hostname.split("."))

    data = options.data
    sets = {
        "distinct hosts": [f"https://{host}/" for host in lines(data / "top100k.txt")][: options.hosts],
        "phishing hosts": [f"https://{host}/" for host in lines(data / "phish_hosts_train.txt.gz")][
            : options.hosts
        ],
        "links with paths": list(lines(data / "ordinary_urls_dev.txt"))[: options.hosts],
    }
    print("| links | parse and suffix, µs | score, µs | ratio |")
    print("|---|---:|---:|---:|")
    for title, links in sets.items():
        base, full, ratio = [], [], []
        for _ in range(options.rounds):
            base.append(seconds(parsed, links))
            full.append(seconds(guard.score, links))
            ratio.append(full[-1] / base[-1])
        scale = 1e6 / len(links)
        print(
            f"| {title} | {scale * statistics.median(base):.2f} | {scale * statistics.median(full):.1f} "
            f"| {statistics.median(ratio):.1f} |"
        )


if __name__ == "__main__":
    main()
