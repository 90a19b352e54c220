"""`urlguard brands`: who is protected, and what is known to be theirs."""

import json
from pathlib import Path
from typing import Any

import click

from urlguard.cli.options import Suggesting, lang_option, language, packs_option
from urlguard.cli.rules import _named
from urlguard.errors import UsageError
from urlguard.packs.book import full_book


@click.group(cls=Suggesting, name="brands", short_help="List and show the brands that are protected.")
def command() -> None:
    """List and show the brands whose imitations are found."""


@command.command("list")
@click.option("--sector", default=None, help="Only brands of this sector.")
@click.option("--format", "form", type=click.Choice(("table", "jsonl")), default="table", show_default=True)
@lang_option
@packs_option
def list_brands(sector: str | None, form: str, lang: str | None, packs: tuple[Path, ...]) -> None:
    """List all brands: id, sector, name and real address."""
    book = full_book(packs)
    sectors = {brand["sector"] for brand in book["brands"]}
    if sector is not None and sector not in sectors:
        message = f"no sector {sector!r}: use one of {', '.join(sorted(sectors))}"
        raise UsageError(message)
    for brand in book["brands"]:
        if sector in {None, brand["sector"]}:
            if form == "jsonl":
                click.echo(json.dumps(brand, ensure_ascii=False))
            else:
                name = brand["name"][language(lang)]
                click.echo(f"{brand['id']:20} {brand['sector']:12} {brand.get('real', '–'):24} {name}")


@command.command("show")
@click.argument("brand_id", metavar="ID")
@lang_option
@packs_option
def show(brand_id: str, lang: str | None, packs: tuple[Path, ...]) -> None:
    """Show one brand, named by its id, a name or a domain.

    Prints its official addresses, phones and accounts, and what its imitations carry.
    """
    brands = full_book(packs)["brands"]
    brand = _by_name(brands, brand_id) or _named(brands, brand_id, "brand")
    click.echo(f"{brand['id']}  {brand['name'][language(lang)]}  ({brand['where']})")
    for key in ("sector", "real", "domains", "any_suffix", "unsure", "phones", "short_codes", "spellings",
                "tokens", "common", "not", "confidence", "note"):  # fmt: skip
        value = brand.get(key)
        if value:
            click.echo(f"  {key:12} {', '.join(value) if isinstance(value, list) else value}")
    for network, account in brand.get("handles", {}).items():
        click.echo(f"  {'handle':12} {network}: {account}")


def _by_name(brands: list[dict[str, Any]], wanted: str) -> dict[str, Any] | None:
    """Return the brand that people call so, or whose domain it is."""
    name = wanted.lower()
    for brand in brands:
        called = [brand["id"], *brand["name"].values(), *brand.get("spellings", ()), *brand["domains"]]
        if name in map(str.lower, called):
            return brand
    return None
