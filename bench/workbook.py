"""Compare reading a workbook with python-calamine alone, and tell the memory of both.

Makes a workbook of 200,000 rows: number, date, phone, sender, text, link, sum, branch. Each
reading is a process of its own, as it is in a scan; the two take turns.

    python bench/workbook.py                  # needs: pip install 'urlguard[xlsx]'
    python bench/workbook.py --rows 50000 --rounds 5
"""

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import xlsxwriter

HEADER = ("id", "date", "phone", "sender", "text", "url", "amount", "branch")
LETTERS = "абвгдежзиклмнопрст"
BEGIN = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)

ALONE = """
from python_calamine import CalamineWorkbook
sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
rows = sum(1 for _ in sheet.iter_rows())
"""
OURS = """
from pathlib import Path
from urlguard.tables.reading.workbook import tables_of_workbook
rows = sum(len(block) for table in tables_of_workbook(Path(path), path) for block in table.blocks)
"""
MEASURED = """
import resource, sys, time
path = sys.argv[1]
begin = time.perf_counter()
{code}
taken = time.perf_counter() - begin
used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(taken, sum(u.ru_utime + u.ru_stime for u in used), *(u.ru_maxrss // 1024 for u in used), rows)
"""


def make(path: Path, rows: int) -> None:
    chance = random.Random(1)  # noqa: S311  (a sample, no secret)
    words = ["".join(chance.choices(LETTERS, k=chance.randint(3, 9))) for _ in range(5000)]
    book = xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_urls": False})
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    sheet.write_row(0, 0, HEADER)
    for row in range(1, rows + 1):
        sheet.write_number(row, 0, row)
        sheet.write_datetime(row, 1, BEGIN + timedelta(minutes=row), day)
        sheet.write_number(row, 2, 77_010_000_000 + chance.randrange(10**7))
        sheet.write_string(row, 3, chance.choice(words))
        sheet.write_string(row, 4, " ".join(chance.choices(words, k=12)))
        sheet.write_string(row, 5, f"https://{chance.choice(words)}{row}.example/{chance.randrange(10**6)}")
        sheet.write_number(row, 6, chance.randrange(10**6) / 100)
        sheet.write_string(row, 7, f"Branch {chance.randrange(200)}")
    book.close()


def measured(code: str, path: Path) -> list[float]:
    command = [sys.executable, "-c", MEASURED.format(code=code), str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603  (our own code)
    return [float(word) for word in done.stdout.split()]


def main() -> None:
    made = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--rows", type=int, default=200_000, help="rows of the workbook")
    made.add_argument("--rounds", type=int, default=5, help="rounds to take the median of")
    options = made.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.xlsx"
        make(path, options.rows)
        print(f"{options.rows:,} rows, {path.stat().st_size / 1e6:.1f} MB\n")
        taken: dict[str, list[list[float]]] = {"python-calamine alone": [], "urlguard": []}
        for _ in range(options.rounds):
            for (_, rounds), code in zip(taken.items(), (ALONE, OURS), strict=True):
                rounds.append(measured(code, path))
    print("| reading | wall, s | against alone | processor, s | memory, MB | its reader's, MB |")
    print("|---|---:|---:|---:|---:|---:|")
    base = statistics.median(row[0] for row in taken["python-calamine alone"])
    for name, rounds in taken.items():
        wall, processor, own, child, _ = (statistics.median(column) for column in zip(*rounds, strict=True))
        print(f"| {name} | {wall:.2f} | {wall / base:.2f} | {processor:.2f} | {own:.0f} | {child:.0f} |")


if __name__ == "__main__":
    main()
