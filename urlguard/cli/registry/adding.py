"""`urlguard registry add`: what people enter by hand, one answer a value."""

from pathlib import Path
from typing import Any, Final

import click

from urlguard.cli.registry.given import checked, date, every_line
from urlguard.cli.registry.options import (
    actor_option,
    dry_run_option,
    format_option,
    lang_option,
    opened,
    packs_option,
    reason_option,
    registry_option,
)
from urlguard.cli.registry.words import json_line, stdout, words_of, write
from urlguard.cli.streams import tell
from urlguard.errors import UsageError
from urlguard.model import Kind
from urlguard.packs.book import Book
from urlguard.record import LOCAL, Effect, Ground, Match
from urlguard.registry.entering import Entering, Given
from urlguard.registry.importing import Terms
from urlguard.registry.matching import day
from urlguard.registry.store import now
from urlguard.reports import answers
from urlguard.reports.screen import wrapped

_KINDS: Final = tuple(kind.value for kind in Kind)
_PERMITS: Final = "allow"
"""The list of permissions: one list holds a thing once, and `local` may hold the record they overrule."""
_MATCHES: Final = tuple(match.value for match in Match)


@click.command("add", short_help="Enter links, phones, accounts ... by hand.")
@click.argument("values", nargs=-1)
@click.option(
    "--file",
    "files",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Read values from this file, one a line.",
)
@click.option(
    "--kind", type=click.Choice(_KINDS), help="What the values are; default: read off each of them."
)
@click.option(
    "--match",
    type=click.Choice(_MATCHES),
    help="What they cover; default: a bare host with its subdomains, a page only itself.",
)
@click.option(
    "--category",
    default="",
    metavar="ID",
    help="What is wrong with it: fraud_phishing, pyramid, gambling ...",
)
@click.option(
    "--prescription",
    default="",
    metavar="NO",
    help="The prescription all of them stand on (--ground prescription --number NO).",
)
@click.option(
    "--ground",
    "ground",
    default="",
    metavar="TYPE",
    help="The paper it stands on: court, prescription, regulator ...",
)
@click.option("--authority", default="", metavar="NAME", help="Who issued that paper.")
@click.option("--number", default="", metavar="NO", help="Its number.")
@click.option("--date", default="", metavar="DATE", callback=date, help="Its date, as 2026-11-22.")
@click.option("--court", default="", metavar="NAME", help="The court; --ground court.")
@click.option(
    "--court-date", default="", metavar="DATE", callback=date, help="The day of the court's decision."
)
@click.option("--article", default="", metavar="TEXT", help="The provision that was broken.")
@click.option("--brand", default="", metavar="ID", help="Whom it imitates: urlguard brands list.")
@click.option(
    "--since", default="", metavar="DATE", callback=date, help="First day in force; default: today."
)
@click.option(
    "--until", default="", metavar="DATE", callback=date, help="Last day in force; default: without end."
)
@click.option("--note", default="", metavar="TEXT", help="Why, in words.")
@click.option(
    "--list",
    "in_list",
    default="",
    metavar="NAME",
    help="The list it stands on; default: local, of --allow: allow.",
)
@click.option(
    "--state",
    default="",
    metavar="STATE",
    help="Default: restricted (blocks) with a document or --allow, else submitted (warns).",
)
@click.option("--severity", type=click.Choice(("red", "orange")), help="How urgent it is.")
@click.option("--allow", is_flag=True, help="Permit instead of blocking; needs --note and --until.")
@click.option(
    "--overrules",
    multiple=True,
    metavar="ID|NUMBER",
    help="With --allow: the court or prescription record it overrules; may be repeated.",
)
@click.option("--force", is_flag=True, help="Enter also what hits a whole brand, popular host or suffix.")
@reason_option
@actor_option
@dry_run_option
@format_option("table", "jsonl")
@registry_option
@lang_option
@packs_option
def command(values: tuple[str, ...], files: tuple[Path, ...], **said: Any) -> None:  # noqa: ANN401  (one option each)
    """Enter VALUES: links, hosts, masks, phones, accounts, cards, wallets, e-mails, IBANs.

    One value an argument, or one a line of a file or pipe; a number with spaces in it is one
    value: "+7 701 000 00 00". Of a card only its first six and last four digits are kept.

    Without a document a record begins as submitted: `urlguard check` warns and does not block.
    With --prescription, --number or --court, or with --state restricted, it blocks.

    \b
    urlguard registry add kaspi-bonus.top --category fraud_phishing --brand kaspi
    urlguard registry add "+7 701 000 00 00" @kaspi_manager --note "calls as the bank"
    urlguard registry add --prescription 12-34/567 --date 2026-11-20 < links.txt
    urlguard registry add evil.top/login --match prefix --state restricted
    urlguard registry add shop.kz --allow --until 2026-12-31 --note "checked, clean"
    urlguard registry add --dry-run < links.txt

    \b
    Exit codes: 0 all entered or there already; 2 wrong usage; 3 some were refused.
    """
    registry, book = opened(said["path"], said["packs"])
    given, terms = _wish(book, said)
    texts = every_line(values, files, what="links, phones, accounts ...")
    words = words_of(book, said["lang"])
    out, columns = stdout(said["form"])
    if not texts:
        tell(words.texts["add_empty"])
        return
    entering = Entering(registry, book, given, terms)
    found, event = entering.entered(texts)
    if said["form"] == "jsonl":
        write(out, (json_line(answers.row(answer)) for answer in found))
    else:
        for answer in found:
            write(out, answers.lines(words, answer, columns))
    for note in answers.notes(words, found, event, day(now()), preview=terms.preview):
        tell(note if columns is None else "\n".join(wrapped(note, columns)))
    if said["overrules"] and any(answer.status == "known" for answer in found):
        tell(words.texts["add_overrules_kept"])
    click.get_current_context().exit(3 if any(answer.status in answers.REFUSED for answer in found) else 0)


def _wish(book: Book, said: dict[str, Any]) -> tuple[Given, Terms]:
    """Return what is asked for, by option. Raises `UsageError`."""
    section = book["registry"]
    ground = _ground(section["grounds"], said)
    state = checked(said["state"], section["states"], "state")
    paper = bool(ground.number or ground.court)
    effect = Effect.ALLOW if said["allow"] else Effect.BLOCK
    if said["allow"] and not (said["note"] and said["until"]):
        raise UsageError("--allow needs --note TEXT and --until 2026-12-31: why, and until when")
    if said["overrules"] and not said["allow"]:
        raise UsageError("--overrules goes with --allow")
    if said["since"] and said["until"] and said["until"] < said["since"]:
        raise UsageError(f"--until {said['until']} is before --since {said['since']}")
    details = {"severity": said["severity"], "overrules": list(said["overrules"])}
    given = Given(
        Kind(said["kind"]) if said["kind"] else None,
        Match(said["match"]) if said["match"] else None,
        {name: value for name, value in details.items() if value},
        state,
        force=said["force"],
    )
    terms = Terms(
        list=_list_name(said["in_list"] or (_PERMITS if said["allow"] else LOCAL)),
        state=state or ("restricted" if paper or said["allow"] else "submitted"),
        category=checked(said["category"], section["categories"], "category"),
        ground=ground,
        since=said["since"],
        until=said["until"],
        brand=checked(said["brand"], (row["id"] for row in book["brands"]), "brand"),
        note=said["note"],
        effect=effect,
        preview=said["dry_run"],
        action="add",
        actor=said["actor"],
        reason=said["reason"],
        document=ground.number,
        force=True,
    )
    return given, terms


def _ground(known: dict[str, Any], said: dict[str, Any]) -> Ground:
    type_, number = checked(said["ground"], known, "ground"), said["number"]
    if said["prescription"]:
        if type_ not in {"", "prescription"} or number not in {"", said["prescription"]}:
            raise UsageError("--prescription says ground and number already: leave --ground and --number out")
        type_, number = "prescription", said["prescription"]
    if said["court"] and not type_:
        type_ = "court"
    if number and not type_:
        raise UsageError(
            f"--number {number!r}: of what? Say --ground {'|'.join(known)}, or --prescription NO"
        )
    return Ground(
        type_ or "internal",
        said["authority"],
        number,
        said["date"],
        said["court"],
        said["court_date"],
        said["article"],
    )


def _list_name(name: str) -> str:
    if not name or len(name) > 64 or not name.replace("-", "").replace("_", "").replace(".", "").isalnum():  # noqa: PLR2004
        raise UsageError(f"{name[:80]!r} is no name of a list\n  mend: use letters, digits, '.', '-' and '_'")
    return name
