"""Where the measuring data lies: beside the checkout, or where `--data` says."""

import argparse
import gzip
from collections.abc import Iterator
from pathlib import Path

DEFAULT = Path(__file__).resolve().parent.parent.parent / "shared" / "data"


def parser(doc: str | None) -> argparse.ArgumentParser:
    """Return a parser with `--data`, described by the script's docstring."""
    made = argparse.ArgumentParser(
        description=doc, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    made.add_argument("--data", type=Path, default=DEFAULT, help="folder of the measuring data")
    return made


def lines(path: Path) -> Iterator[str]:
    """Yield the non-empty lines of a text file, packed or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", errors="replace") as file:
        for line in file:
            text = line.strip()
            if text:
                yield text
