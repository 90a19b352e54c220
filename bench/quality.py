"""Count how many honest links are hurt and how many known phishing links are caught.

For each file: rows, how many have an error, are suspicious or worse, are dangerous. Roots
(no path) and links with a path apart. `--rules` adds how often each rule fired.

    python bench/quality.py
    python bench/quality.py --rules --markdown > bench/quality.md
"""

from collections import Counter
from pathlib import Path

from _data import lines, parser

from urlguard import Guard, Level

FILES = (
    ("honest .kz hosts", "kz_hosts_legitimate.txt"),
    ("popular hosts", "top100k.txt"),
    ("ordinary links, development", "ordinary_urls_dev.txt"),
    ("ordinary links, training", "ordinary_urls_train.txt.gz"),
    ("phishing links, development", "phish_urls_dev.txt"),
    ("phishing links, training", "phish_urls_train.txt.gz"),
)


def measured(guard: Guard, path: Path, show: int) -> tuple[Counter[str], Counter[str]]:
    levels: Counter[str] = Counter()
    rules: Counter[str] = Counter()
    for text in lines(path):
        verdict = guard.check(text)
        levels["rows"] += 1
        if verdict.level is None:
            levels["error"] += 1
            continue
        shape = "root" if text.partition("://")[2].strip("/").count("/") == 0 else "path"
        levels[shape] += 1
        if verdict.level >= Level.SUSPICIOUS:
            levels["suspicious"] += 1
            levels[f"{shape} caught"] += 1
        if verdict.level >= Level.DANGEROUS:
            levels["dangerous"] += 1
        rules.update(signal.rule for signal in verdict.signals)
        if show and verdict.level >= Level.SUSPICIOUS:
            named = " ".join(f"{s.rule}:{s.points}" for s in verdict.signals)
            print(f"  {verdict.level.label:10} {verdict.score:3} {verdict.brand} {text[:90]} {named}")
    return levels, rules


def main() -> None:
    made = parser(__doc__)
    made.add_argument("--rules", action="store_true", help="add the table of hits by rule")
    made.add_argument("--show", action="store_true", help="print each row that is not clear")
    made.add_argument("--only", default="", help="part of a file name")
    options = made.parse_args()
    guard = Guard()
    counted = {}
    print("| data | rows | error | suspicious or worse | dangerous | roots caught | with path caught |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for title, name in FILES:
        if options.only not in name:
            continue
        levels, rules = measured(guard, options.data / name, options.show)
        counted[title] = (levels, rules)
        rows = levels["rows"]
        print(
            f"| {title} | {rows} | {levels['error']} | {_share(levels['suspicious'], rows)} "
            f"| {_share(levels['dangerous'], rows)} | {_share(levels['root caught'], levels['root'])} "
            f"| {_share(levels['path caught'], levels['path'])} |"
        )
    if options.rules:
        _rule_table(guard, counted)


def _share(part: int, whole: int) -> str:
    return f"{part} ({100 * part / whole:.3f} %)" if whole else "0"


def _rule_table(guard: Guard, counted: dict[str, tuple[Counter[str], Counter[str]]]) -> None:
    titles = list(counted)
    print(f"\n| rule | points | {' | '.join(titles)} |")
    print(f"|---|---:|{'---:|' * len(titles)}")
    for rule in guard.book["rules"]:
        shares = (
            f"{rules[rule['id']]} ({100 * rules[rule['id']] / max(levels['rows'], 1):.2f} %)"
            for levels, rules in counted.values()
        )
        print(f"| {rule['id']} | {rule['points']} | {' | '.join(shares)} |")


if __name__ == "__main__":
    main()
