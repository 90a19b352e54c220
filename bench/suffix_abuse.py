"""Measure which public suffixes phishing uses: the table behind `suffix_abused`.

Prints `rules/links/suffix_abuse.yaml`. The share of a suffix is p / (p + o), where p is
its part of all phishing registrable domains and o its part of all popular ones (counts
increased by 1), so that 0.5 means no difference. Suffixes with fewer than `--least`
phishing domains, with a share below `--over`, or of the private section are left out.

    python bench/suffix_abuse.py > rules/links/suffix_abuse.yaml
"""

from collections import Counter
from pathlib import Path

from _data import lines, parser

from urlguard.links.suffixes import ICANN, Suffixes, suffix_tree
from urlguard.packs.book import suffix_rules

HEAD = """\
# Suffixes under which names are mostly phishing; made by bench/suffix_abuse.py.
suffix_abuse:
  measured: '{date}'
  source: >-
    {phishing:,} phishing registrable domains (Phishing.Database, CERT Polska, PhishTank) against
    {popular:,} popular ones (Cloudflare Radar top 100k); share = p / (p + o) of the relative frequencies
  shares:"""


def counted(path: Path, suffixes: Suffixes) -> Counter[str]:
    names = set()
    for host in lines(path):
        labels = host.split(".")
        count, section = suffixes.length(labels)
        if section == ICANN and len(labels) > count:
            names.add((".".join(labels[-count:]), labels[-count - 1]))
    return Counter(suffix for suffix, _ in names)


def main() -> None:
    made = parser(__doc__)
    made.add_argument("--date", default="2026-11-22", help="date to write into the table")
    made.add_argument("--least", type=int, default=40, help="fewest phishing domains")
    made.add_argument("--over", type=float, default=0.75, help="lowest share kept")
    options = made.parse_args()
    suffixes = Suffixes(suffix_tree(suffix_rules()[0]))
    phishing = counted(options.data / "phish_hosts_train.txt.gz", suffixes)
    popular = counted(options.data / "top100k.txt", suffixes)
    all_phishing, all_popular = phishing.total(), popular.total()
    print(HEAD.format(date=options.date, phishing=all_phishing, popular=all_popular))
    shares = {}
    for suffix, count in phishing.items():
        part, other = (count + 1) / all_phishing, (popular[suffix] + 1) / all_popular
        share = part / (part + other)
        if count >= options.least and share >= options.over:
            shares[suffix] = (share, count, popular[suffix])
    for suffix, (share, count, other) in sorted(shares.items(), key=lambda item: -item[1][0]):
        print(f"    \"{suffix}\": '{share:.2f}'  # {count} against {other}")


if __name__ == "__main__":
    main()
