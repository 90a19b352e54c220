"""Measure `Guard.check` on texts: one of 130 characters, ten thousand, and texts made to take long.

The first table has medians of several rounds, and their ratio to `Guard.score` of a link in the same
round. Texts are distinct: names, sums and times change, as they do in what people send. The second is
the real command, from its start to its end. The third has the slowest of a few rounds.

    python bench/texts_speed.py
"""

import argparse
import itertools
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from urlguard import Guard

NAMES = ("Айгүл", "Серік", "Ольга", "Данияр", "Наталья", "Ерлан", "Марина", "Бауыржан", "Камила", "Тимур")
TOWNS = ("Алматы", "Астана", "Шымкент", "Ақтөбе", "Орал", "Павлодар", "Семей", "Тараз", "Қостанай", "Атырау")
HONEST = (
    "{name}, завтра в {hour}:15 встречаемся на остановке, {town}: возьми тёплую куртку и термос",
    "{name}, ертең сағат {hour}:40 кездесеміз, {town} вокзалының алдында: кітабыңды ұмытпа",
    "{name} спрашивает, кто был в {town} летом, какая там погода и когда ({hour}:00) уходит поезд",
)
BAD = (
    "{name}, это служба безопасности банка, {town}: срочно до {hour}:00 назовите код из СМС",
    "{name}, құттықтаймыз! {town}: сыйлық ұттыңыз, сағат {hour}:00 дейін картаңыздың нөмірін жіберіңіз",
    "{name}, заработок от {hour}0 000 тг в день, {town}, без вложений: пиши wa.me/77011234567",
)
MORE = (
    "Вечером обещали сильный ветер и дождь, дорога займёт больше часа",
    "Балалар сені күтіп отыр, анаңа көп-көп сәлем айт, кешікпе",
    "Я ещё не решила, поеду или нет, напишу ближе к выходным",
    "Кеше көшеде ескі досымды кездестірдім, ұзақ әңгімелестік",
)
HOSTILE = {
    "64,000 combining marks": "а" + "\u0301" * 64_000 + " код",
    "marks on every letter": "к\u0301о\u0316д\u0301 " * 14_000,
    "100 kB without spaces": "а" * 50_000 + " " + "b" * 49_999,
    "nested brackets": "(" * 49_990 + " код да " + ")" * 49_990,
    "spaced letters": "к о д --- " * 10_000,
    "hidden characters": "к\u200bо\u200bд " * 14_000,
    "dressed letters": "𝐤𝐨𝐝 " * 25_000,
    "quotes": "«код " * 20_000,
    "one word": "код " * 25_000,
    "asks": "сообщите код из смс " * 5_000,
    "converbs": "кодты айтып жіберіңіз " * 4_500,
    "names and links": "kaspi https://a-b.site " * 4_300,
    "phones": "+77011234567 " * 7_500,
    "sums": "50 000 тг " * 10_000,
}


def filled(patterns: Sequence[str]) -> Iterator[str]:
    """Yield distinct texts of 130 characters without end."""
    parts = itertools.cycle(itertools.product(NAMES, TOWNS, patterns, MORE))
    for number, (name, town, pattern, more) in enumerate(parts):
        whole = pattern.format(name=f"{name}{number // 7}", town=town, hour=number % 23 + 1)
        yield f"{whole}. {more} {more}"[:130]


def seconds(work: Callable[[str], object], texts: Iterable[str]) -> float:
    begin = time.perf_counter()
    for text in texts:
        work(text)
    return time.perf_counter() - begin


def single(guard: Guard, many: int, rounds: int) -> None:
    links = [f"https://site-{number}.example.kz/news?id={number}" for number in range(many)]
    sets = {
        "130 characters, nothing found": list(itertools.islice(filled(HONEST), many)),
        "130 characters, asks and promises": list(itertools.islice(filled(BAD), many)),
    }
    print("| text | µs | link, µs | ratio | suspicious or worse |")
    print("|---|---:|---:|---:|---:|")
    for title, texts in sets.items():
        bad = sum((guard.check(text).level or 0) > 0 for text in texts)
        base, full = [], []
        for _ in range(rounds):
            base.append(seconds(guard.score, links))
            full.append(seconds(guard.check, texts))
        ratio = statistics.median(text / link for text, link in zip(full, base, strict=True))
        scale = 1e6 / many
        print(
            f"| {title} | {scale * statistics.median(full):.0f} | {scale * statistics.median(base):.1f} "
            f"| {ratio:.1f} | {bad / many:.0%} |"
        )


def command(many: int, rounds: int) -> None:
    lines = list(itertools.islice(filled((*HONEST, *HONEST, *BAD)), many))
    print("\n| `urlguard check FILE` | distinct lines | s |")
    print("|---|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.txt"
        path.write_text("".join(f"{line}\n" for line in dict.fromkeys(lines)), "utf-8")
        call = [sys.executable, "-m", "urlguard", "check", "--format", "jsonl", "--file", str(path)]
        taken = []
        for _ in range(rounds):
            begin = time.perf_counter()
            done = subprocess.run(call, check=False, capture_output=True)  # noqa: S603  (our own command)
            taken.append(time.perf_counter() - begin)
            if done.stdout.count(b"\n") != len(set(lines)):
                raise SystemExit(done.stderr.decode())
        print(f"| texts of 130 characters | {len(set(lines)):,} | {statistics.median(taken):.2f} |")


def hostile(guard: Guard, rounds: int) -> None:
    print("\n| made to take long | characters | slowest, ms |")
    print("|---|---:|---:|")
    for title, text in HOSTILE.items():
        taken = [seconds(guard.check, [text]) for _ in range(rounds)]
        print(f"| {title} | {len(text):,} | {1000 * max(taken):.0f} |")


def main() -> None:
    made = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--texts", type=int, default=2_000, help="distinct texts of each kind")
    made.add_argument("--lines", type=int, default=10_000, help="lines of the command's file")
    made.add_argument("--rounds", type=int, default=7, help="rounds to take the median of")
    options = made.parse_args()
    guard = Guard()
    guard.check(next(filled(BAD)))
    single(guard, options.texts, options.rounds)
    command(options.lines, min(options.rounds, 3))
    hostile(guard, min(options.rounds, 3))


if __name__ == "__main__":
    main()
