"""Pass rates on the external test vectors: browsers, IDNA, Safe Browsing, suffixes, IDN spoofs.

`run.py` of the vectors folder does the counting and takes this file as its adapter; it lies
beside the checkout or where `--vectors` says. Two counts are added: names too long for DNS,
and which links that browsers refuse are still given a verdict that says so.

    python bench/vectors.py
    python bench/vectors.py --vectors ../shared/vectors --failures
"""

import argparse
import importlib.util
import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

from urlguard import Guard, Verdict
from urlguard.letters import Letters
from urlguard.links import canonical as safe_browsing
from urlguard.links.link import Link
from urlguard.links.reading import Reader
from urlguard.links.suffixes import Suffixes

DEFAULT: Final = Path(__file__).resolve().parent.parent.parent / "shared" / "vectors"

SPOOF_RULES: Final = frozenset({
    "link-bad-punycode", "link-invisible", "link-mixed-script", "link-odd-letters",
    "link-reads-as-latin", "lookalike-homoglyph", "lookalike-whole-script",
})  # fmt: skip
"""Rules that say of a name: this could be read as another one."""

canonical = safe_browsing.canonical
expressions = safe_browsing.expressions


@cache
def _guard() -> Guard:
    return Guard()


@cache
def _suffixes() -> Suffixes:
    return Suffixes(_guard().book["suffixes"])


@cache
def _reader() -> Reader:
    return Reader(Letters(_guard().book["letters"]), _suffixes())


def host(url: str) -> str | None:
    """Return the host as a browser reads it, None when our link is marked malformed."""
    link = _reader().read(url)
    return _serialised(link) if link is not None and not link.malformed else None


def _serialised(link: Link) -> str:
    """Return the host with the dots a browser keeps at its end, as the link's key does."""
    authority = link.key.partition("://")[2].partition("/")[0].rpartition("@")[2]
    return link.host if authority.startswith("[") else authority.partition(":")[0]


def registrable(name: str) -> str | None:
    """Return the registrable domain of a host."""
    return None if name.startswith(".") else _suffixes().registrable(name)


def spoof(name: str) -> bool:
    """Tell whether any rule says that the name could be read as another one."""
    url = f"http://{name}"
    refused = bool(name) and host(url) is None
    return refused or any(signal.rule in SPOOF_RULES for signal in score(url).signals)


def score(text: str) -> Verdict:
    """Score a text as a link."""
    return _guard().score(text)


def _cases(path: Path) -> Iterator[Any]:
    return (case for case in json.loads(path.read_text("utf-8")) if isinstance(case, dict))


def _report(title: str, rows: list[Any], passed: Callable[[Any], bool]) -> None:
    failed = [row for row in rows if not passed(row)]
    good = len(rows) - len(failed)
    print(
        f"{title:48} {good:6}/{len(rows):<6} {100 * good / max(len(rows), 1):6.2f}%",
        [ascii(row)[:80] for row in failed[:2]],
    )


def _marked(url: str) -> bool:
    """Tell whether a link browsers refuse has a verdict that says so: a signal or an error."""
    verdict = score(url)
    return verdict.error is not None or bool(verdict.signals)


def _overlong(url: str) -> bool:
    link = _reader().read(url)
    return link is None or bool({"malformed", "overlong_name"} & link.tricks.keys())


def main() -> None:
    made = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    made.add_argument("--vectors", type=Path, default=DEFAULT, help="folder of the test vectors")
    made.add_argument("--failures", action="store_true", help="list every IDN name judged otherwise")
    options = made.parse_args()
    _runner(options.vectors).main(str(Path(__file__)))
    names = _cases(options.vectors / "ada_verifydnslength.json")
    long = [case["input"] for case in names if case.get("failure")]
    _report("names too long for DNS: marked", long, _overlong)
    refused = [
        case["input"]
        for name in ("wpt_urltestdata.json", "ada_urltestdata.json")
        for case in _cases(options.vectors / name)
        if case.get("failure") and not case.get("base") and ":" in case["input"]
    ]
    _report("WPT URLs refused: verdict says so", refused, _marked)
    if options.failures:
        _failures(options.vectors)


def _runner(folder: Path) -> Any:  # noqa: ANN401  (a module that is not ours)
    spec = importlib.util.spec_from_file_location("vectors_run", folder / "run.py")
    if spec is None or spec.loader is None or not (folder / "run.py").is_file():
        raise SystemExit(f"no run.py in {folder}: name the folder with --vectors")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _failures(folder: Path) -> None:
    data = json.loads((folder / "chromium_idn_spoof.json").read_text("utf-8"))
    for case in data["cases"] if isinstance(data, dict) else data:
        if spoof(case["input"]) == (case["expect"] == "safe"):
            name = case["input"]
            shown = ".".join(
                label[4:].encode().decode("punycode", "replace") if label.startswith("xn--") else label
                for label in name.split(".")
            )
            print(f"{case['expect']:8} {name}  {shown!r} {shown!a}")


if __name__ == "__main__":
    main()
