"""What pages say of the commands is what the commands do."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import click
import pytest
from docs.pages import PAGES
from docs.reference import PAGE, Named, every_command, options, reference

COMMANDS = {named.name: named for named in every_command()}
_NAMES_A_COMMAND = re.compile(r"^## (?=[^\n]*`(urlguard [a-z -]+)`)", re.MULTILINE)
_TABLE = re.compile(r"^\|[^|\n]*\|[^|\n]*\|\n\|---\|---\|\n((?:\|.*\n)+)", re.MULTILINE)
_ROW = re.compile(r"^\| (.*?) \| (.*) \|$", re.MULTILINE)
_CODE = re.compile(r"`([^`]+)`")
_DEFAULT = re.compile(r"`([^`]+)` \((?:default|по умолчанию|әдепкі)\)")


class Told(NamedTuple):
    """A table of options that people wrote, under a heading that names the command."""

    where: str
    command: Named
    rows: dict[str, str]
    """First cell -> second."""

    def row(self, option: click.Option) -> str:
        """Return what is said of an option; empty when nothing is."""
        for names, text in self.rows.items():
            if set(_names(option)) & {code.split()[0] for code in _CODE.findall(names)}:
                return text
        return ""


def _names(option: click.Option) -> list[str]:
    return [*option.opts, *option.secondary_opts]


def _told() -> Iterator[Told]:
    for page in PAGES:
        if page != PAGE:
            parts = _NAMES_A_COMMAND.split(page.read_text("utf-8"))[1:]
            for name, text in zip(parts[::2], parts[1::2], strict=True):
                table = _TABLE.search(text.partition("\n## ")[0])
                if table is not None:
                    yield Told(page.name, COMMANDS[name], dict(_ROW.findall(table[1])))


TOLD = [pytest.param(told, id=f"{told.where}: {told.command.name}") for told in _told()]


def _parameters(told: Told) -> list[click.Option]:
    every = told.command.command.params  # which has no --help
    return [parameter for parameter in every if isinstance(parameter, click.Option)]


def _default(option: click.Option, told: Told) -> Any:  # noqa: ANN401  (whatever type the option has)
    return option.get_default(told.command.context)


# The page of all commands


def test_every_command_is_on_the_page_with_its_options_in_the_words_of_its_help() -> None:
    there, wanted = (
        dict(re.findall(r"^## (.+)\n((?:(?!## ).*\n)*)", text, re.MULTILINE))
        for text in (PAGE.read_text("utf-8"), reference())
    )
    assert list(there) == list(wanted)
    assert [heading for heading in wanted if there[heading] != wanted[heading]] == [], (
        "their options or help have changed; to write the page anew: python tests/docs/reference.py"
    )
    assert {f"`{name}`" for name in COMMANDS} < set(there)


@pytest.mark.parametrize("named", [pytest.param(named, id=name) for name, named in COMMANDS.items()])
def test_help_says_what_a_command_and_each_of_its_options_does(named: Named) -> None:
    assert named.command.help
    assert [option for option, text in options(named).items() if not text] == []


# Tables that people wrote


def test_the_most_used_commands_have_a_table_in_every_readme() -> None:
    assert {(told.where, told.command.name) for told in _told()} >= {
        (f"README{language}.md", f"urlguard {name}")
        for language in ("", ".kk", ".ru")
        for name in ("check", "scan")
    }


@pytest.mark.parametrize("told", TOLD)
def test_a_table_has_every_option_of_its_command_and_no_other(told: Told) -> None:
    names = {code.split()[0] for cell in told.rows for code in _CODE.findall(cell) if code.startswith("--")}
    assert names - {"--help"} <= {name for option in _parameters(told) for name in _names(option)}
    assert [option.opts for option in _parameters(told) if not told.row(option)] == []


@pytest.mark.parametrize("told", TOLD)
def test_choices_and_defaults_in_a_table_are_those_of_the_command(told: Told) -> None:
    for option in _parameters(told):
        if isinstance(option.type, click.Choice):
            codes = _CODE.findall(told.row(option))
            assert [choice for choice in option.type.choices if choice not in codes] == [], option.opts
    for text in told.rows.values():
        own = [option for option in _parameters(told) if told.row(option) == text]
        assert set(_DEFAULT.findall(text)) <= {str(_default(option, told)) for option in own}, text
