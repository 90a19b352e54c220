"""`urlguard rules`: what is judged by, and whether it does what it says."""

import json
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import click

from urlguard.cli.options import Suggesting, lang_option, language, packs_option
from urlguard.errors import PackError, UsageError
from urlguard.packs.book import full_book

_DIR = click.argument("packs", nargs=-1, type=click.Path(path_type=Path), metavar="[DIR]...")


_MEASURING: Final = {"stats": "urlguard.cli.rules.stats", "diff": "urlguard.cli.rules.diff"}
"""Commands that load the whole engine, and the modules that hold them under their own names."""


class _Commands(Suggesting):
    """Loads what measures rules only when it runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*super().list_commands(ctx), *_MEASURING]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _MEASURING:
            return super().get_command(ctx, cmd_name)
        command: click.Command = getattr(import_module(_MEASURING[cmd_name]), cmd_name)
        return command


@click.group(cls=_Commands, name="rules", short_help="List, show, prove, lint and measure rules.")
def command() -> None:
    """List, show, prove, lint and measure the rules that are judged by."""


@command.command("list")
@click.option("--group", default=None, help="Only rules of this group.")
@click.option("--format", "form", type=click.Choice(("table", "jsonl")), default="table", show_default=True)
@lang_option
@packs_option
def list_rules(group: str | None, form: str, lang: str | None, packs: tuple[Path, ...]) -> None:
    """List all rules: points, id and title."""
    book = full_book(packs)
    groups = {rule["group"] for rule in book["rules"]}
    if group is not None and group not in groups:
        message = f"no group {group!r}: use one of {', '.join(sorted(groups))}"
        raise UsageError(message)
    for rule in book["rules"]:
        if group in {None, rule["group"]}:
            if form == "jsonl":
                click.echo(json.dumps(rule, ensure_ascii=False))
            else:
                title = rule["title"][language(lang)]
                click.echo(f"{rule['points']:+4}  {rule['group']:10} {rule['id']:32} {title}")


@command.command("show")
@click.argument("rule_id", metavar="ID")
@lang_option
@packs_option
def show(rule_id: str, lang: str | None, packs: tuple[Path, ...]) -> None:
    """Show one rule with its reason, advice and examples."""
    book = full_book(packs)
    rule = _named(book["rules"], rule_id, "rule")
    wanted = language(lang)
    click.echo(f"{rule['id']}  {rule['points']:+d}  group {rule['group']}  ({rule['where']})")
    click.echo(f"  {rule['title'][wanted]}")
    click.echo(f"  {rule['reason'][wanted]}")
    if "advice" in rule:
        click.echo(f"  → {rule['advice'][wanted]}")
    options = " ".join(f"{key}={_text(value)}" for key, value in rule.get("options", {}).items())
    click.echo(f"  check: {rule['check']} {options}".rstrip())
    if "floor" in rule:
        click.echo(f"  floor: {rule['floor']}")
    for kind in ("hit", "miss"):
        for example in rule["examples"][kind]:
            click.echo(f"  {kind + ':':5} {_shown(example)}")


@command.command("prove")
@_DIR
def prove(packs: tuple[Path, ...]) -> None:
    """Run every rule's own examples; with DIR, the shipped rules with those packs laid over."""
    from urlguard.guard import Guard  # noqa: PLC0415  (beside its use)
    from urlguard.proving import proved  # noqa: PLC0415

    count, failures = proved(Guard(book=full_book(packs)))
    for failure in failures:
        verb = "does not fire on" if failure.wanted == "hit" else "fires on"
        click.echo(f"{failure.where}: {failure.rule} {verb} {_shown(failure.example)}")
    click.echo(f"{count - len(failures)} of {count} examples hold")
    click.get_current_context().exit(1 if failures else 0)


@command.command("lint")
@_DIR
def lint(packs: tuple[Path, ...]) -> None:
    """Check packs for mistakes (exit 2) and doubts (exit 1), each with file, line and mend."""
    from urlguard.guard import Guard  # noqa: PLC0415  (beside its use)
    from urlguard.proving import lints  # noqa: PLC0415

    try:
        guard = Guard(book=full_book(packs))
    except PackError as error:
        click.echo(str(error))
        click.get_current_context().exit(2)
    found = list(lints(guard.book))
    for doubt in found:
        click.echo(f"{doubt.where}: {doubt.what} [{doubt.name}]\n  mend: {doubt.mend}")
    click.echo(f"{len(guard.book['rules'])} rules, {len(guard.book['brands'])} brands, {len(found)} doubts")
    click.get_current_context().exit(1 if found else 0)


def _named(found: list[dict[str, Any]], wanted: str, what: str) -> dict[str, Any]:
    """Return the row with an id; raise `UsageError` that names the closest ones."""
    import difflib  # noqa: PLC0415  (only when something is wrong, or once)

    for row in found:
        if row["id"] == wanted:
            return row
    close = difflib.get_close_matches(wanted, [row["id"] for row in found], n=3)
    hint = f"did you mean {', '.join(close)}?" if close else f"see 'urlguard {what}s list'"
    message = f"no {what} {wanted!r}: {hint}"
    raise UsageError(message)


def _text(value: str | list[str]) -> str:
    return ",".join(value) if isinstance(value, list) else value


def _shown(example: str) -> str:
    from urlguard.reports.screen import defanged, printable  # noqa: PLC0415  (beside its use)

    return printable(defanged(example))
