"""Links in texts as linkify-it has them: what is found, what is refused, and where ours differs on purpose.

The vectors lie beside the checkout or where `--vectors` says.

    python bench/linkify.py
    python bench/linkify.py --vectors ../shared/vectors
"""

import argparse
import json
import re
from pathlib import Path
from typing import Final

from urlguard import Guard
from urlguard.model import Kind

DEFAULT: Final = Path(__file__).resolve().parent.parent.parent / "shared" / "vectors"

NOT_OURS: Final = {
    r"//[\w.]+": "no public suffix and no address behind two slashes: it leads nowhere",
    r'.*".*"\S*@.*': "quoted names before @ are ways to write one mailbox differently",
    r'http.*".*': "a double quote ends a link: texts hold HTML",
}
"""Links of linkify-it that are not found, or shorter, on purpose: what they look like, and why."""
OURS: Final = {
    r"http://[.-].*": "browsers open a host that begins so",
    r"h[^t]\w+://.*": "a slip of the scheme is an evasion",
    r"///.*": "the host is judged: people add the scheme",
    r"_.*|.*_": "an underscore is Markdown",
    r".*:\d{6}.*": "judged, and said to be malformed",
}
"""What linkify-it refuses and we find on purpose."""


def main() -> None:
    """Print the two rates, and every difference that is not on purpose."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--vectors", type=Path, default=DEFAULT, help="folder of the vectors")
    folder: Path = parser.parse_args().vectors
    guard = Guard()
    links = json.loads((folder / "linkify_links.json").read_text("utf-8"))["cases"]
    others = json.loads((folder / "linkify_not_links.json").read_text("utf-8"))["cases"]
    missed = [case["text"] for case in links if case["expect"] not in _found(guard, case["text"])]
    wrong = [text for text in others if _found(guard, text)]
    _print("found", len(links), missed, NOT_OURS)
    _print("refused", len(others), wrong, OURS)


def _found(guard: Guard, text: str) -> list[str]:
    """Return links and mailboxes as they were written."""
    return [found.raw for found in guard.extract(text) if found.kind in {Kind.URL, Kind.EMAIL}]


def _print(what: str, count: int, differing: list[str], purposes: dict[str, str]) -> None:
    right = count - len(differing)
    why = {text: _reason(text, purposes) for text in differing}
    meant = sum(map(bool, why.values()))
    print(f"{what}: {right} of {count} ({right / count:.1%}); on purpose otherwise: {meant}")
    for text, reason in why.items():
        print(f"  {'ok' if reason else 'WRONG'}  {text}  {reason}".rstrip())


def _reason(text: str, purposes: dict[str, str]) -> str:
    """Return why this one differs on purpose; empty when it should not."""
    return next((reason for look, reason in purposes.items() if re.fullmatch(look, text)), "")


if __name__ == "__main__":
    main()
