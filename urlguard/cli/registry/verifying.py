"""`urlguard registry verify`: is the file what was written to it, one line a check."""

from collections.abc import Mapping
from pathlib import Path

import click

from urlguard.cli.registry.options import lang_option, language, opened, packs_option, registry_option
from urlguard.cli.streams import output, tell
from urlguard.reports.lists import number
from urlguard.reports.records import clean


@click.command("verify", short_help="Check that the file is what was written.")
@click.option("--head", "expected", default=None, metavar="HASH",
              help="Is this hash the head of this registry, or in its history?")  # fmt: skip
@registry_option
@lang_option
@packs_option
def command(expected: str | None, path: Path | None, lang: str | None, packs: tuple[Path, ...]) -> int:
    """Read the whole file: checksums of its pages, the chain of events, entries and their history.

    The head that is printed is the hash of the last event: written down elsewhere, it proves
    later, with --head, that the history up to there was not rewritten.

    \b
    Exit codes: 0 all is as it was written; 2 it is not: take the last good copy back
    (urlguard registry restore).
    """
    registry, book = opened(path, packs)
    texts = {key: names[language(lang)] for key, names in book["interface"].items()}
    out = output(for_eyes=True)
    good = True
    for finding in registry.verify():
        good = good and finding.good
        what = f": {clean(finding.what)}" if finding.what else ""
        mark = texts["verify_good" if finding.good else "verify_bad"]
        out.write(f"{mark}  {texts[f'verify_{finding.check}']}{what}\n")
    if not good:
        out.flush()
        tell(texts["verify_restore"])
        return 2
    searching = registry.searching()
    entries = sum(row[2] for row in searching.lists())
    hashes = [event.hash.hex() for event in searching.events()]
    counts = texts["verify_counts"].format(entries=number(entries), events=number(len(hashes)))
    out.write(f"{counts}\n{texts['verify_head']}  {hashes[-1] if hashes else '-'}\n")
    if expected is None:
        return 0
    out.flush()
    return _compared(hashes, expected.strip().lower(), texts)


def _compared(hashes: list[str], expected: str, texts: Mapping[str, str]) -> int:
    """Say where in the history the expected hash stands."""
    if expected not in hashes:
        tell(texts["verify_other"])
        return 2
    event = hashes.index(expected) + 1
    after = len(hashes) - event
    tell(texts["verify_grown"].format(event=event, n=number(after)) if after else texts["verify_same"])
    return 0
