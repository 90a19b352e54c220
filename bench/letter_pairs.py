"""Count letter pairs in popular host names: the table behind `random_label`.

Prints `rules/links/letter_pairs.yaml`. For each letter the table gives, for each letter
that follows it, the information of that step in bits: -log2 of the share with which it
follows, 0.5 added to each count. Names are the labels left of the public suffix of the
popular hosts, each counted once.

    python bench/letter_pairs.py > rules/links/letter_pairs.yaml
"""

import math
import re
import string
from collections import Counter

from _data import lines, parser

from urlguard.links.suffixes import Suffixes, suffix_tree
from urlguard.packs.book import suffix_rules

HEAD = """\
# How improbable each letter pair is in a name, in bits; made by bench/letter_pairs.py.
letter_pairs:
  measured: '{date}'
  source: labels of the {count} most popular host names (Cloudflare Radar top 100k), each once
  rows:"""


def main() -> None:
    made = parser(__doc__)
    made.add_argument("--date", default="2026-11-22", help="date to write into the table")
    options = made.parse_args()
    suffixes = Suffixes(suffix_tree(suffix_rules()[0]))
    names: set[str] = set()
    for host in lines(options.data / "top100k.txt"):
        labels = host.split(".")
        count, _ = suffixes.length(labels)
        names.update(label for label in labels[:-count] if not label.startswith("xn--"))
    pairs = Counter(
        run[at : at + 2]
        for name in sorted(names)
        for run in re.findall("[a-z]+", name)
        for at in range(len(run) - 1)
    )
    print(HEAD.format(date=options.date, count=f"{len(names):,}"))
    for first in string.ascii_lowercase:
        total = sum(pairs[first + second] + 0.5 for second in string.ascii_lowercase)
        cells = (
            f"{second}{-math.log2((pairs[first + second] + 0.5) / total):.1f}"
            for second in string.ascii_lowercase
        )
        print(f"    \"{first}\": {' '.join(cells)}")


if __name__ == "__main__":
    main()
