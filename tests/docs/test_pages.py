"""What the pages for users say is so."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from docs.pages import PAGES, README, ROOT, RULES, Block, Shell, blocks, commands, scheme_table
from docs.reference import every_command, options

from urlguard import Guard, Level, PackErrors, check
from urlguard.detecting import check_names
from urlguard.packs.book import WORDS as WORDED
from urlguard.packs.sections import read_sections
from urlguard.packs.where import shipped_rules
from urlguard.reports.machine import CSV_COLUMNS
from urlguard.tables.rows import ADDED

JUDGES = ROOT / "docs" / "how-it-judges.md"
VERDICT = ROOT / "docs" / "verdict.md"
WORDS = ROOT / "docs" / "texts.md"
TEXTS = {page: page.read_text("utf-8") for page in PAGES}
ALL = "\n".join(TEXTS.values())
REFRESH = "to write the new output into the pages: python tests/docs/pages.py"

SHELL_LINES = list(
    dict.fromkeys(  # translations show the same commands
        line
        for block in blocks("sh")
        for line in block.text.splitlines()
        if "urlguard" in line and ".venv" not in line and "pip install" not in line
    )
)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Shell:
    return Shell(tmp_path_factory.mktemp("pages"), cache)


@pytest.fixture(scope="module")
def guard() -> Guard:
    return Guard()


# Commands


@pytest.mark.parametrize("page", [pytest.param(page, id=f"{page.parent.name}/{page.name}") for page in PAGES])
def test_the_output_shown_is_the_output_there_is(page: Path, tmp_path: Path, cache: Path) -> None:
    shell = Shell(tmp_path, cache)  # what one command of a page enters into the registry, the next ones find
    for block in blocks("console"):
        if block.page == page:
            for command in commands(block.text):
                assert shell.run(command.line)[0] == command.output, REFRESH


@pytest.mark.parametrize("line", SHELL_LINES)
def test_a_command_shown_runs(line: str, shell: Shell) -> None:
    codes = shell.run(line)[1]
    assert codes
    assert set(codes) <= {0, 1, 3}


def test_the_first_command_of_the_readme_scores_the_example_links_and_texts() -> None:
    first, tests = (text for text in _set_up(TEXTS[README]) if "venv" in text)
    assert first.endswith(
        ".venv/bin/urlguard check --exit-zero --file examples/links.txt --file examples/ads.txt"
    )
    assert tests.endswith(".venv/bin/python -m pytest -n auto --dist loadfile")
    assert f"<!-- tests -->\n```sh\n{tests}\n```" in TEXTS[README]


def _set_up(text: str) -> list[str]:
    return re.findall(r"^```sh\n(python3 .*)\n```$", text, re.MULTILINE)


@pytest.mark.parametrize("block", [pytest.param(block, id=block.name) for block in blocks("python")])
def test_a_script_shown_runs(block: Block, tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(block.text, "utf-8")
    ran = subprocess.run(
        [sys.executable, "-X", "utf8", script], capture_output=True, check=True, cwd=ROOT, encoding="utf-8"
    )
    assert "kaspi-bonus.top" in ran.stdout


# Options, checks, sections, fields


def test_every_option_is_on_a_page_and_every_option_on_a_page_exists() -> None:
    ours = [line for line in ALL.splitlines() if "pip install" not in line and "python bench/" not in line]
    shown = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", "\n".join(ours)))
    known = "\n".join(option for command in every_command() for option in options(command))
    assert shown == {"--help", *re.findall(r"--[a-z][a-z-]+", known)}


def test_every_check_is_in_the_table_with_the_options_its_rules_use(guard: Guard) -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*?) \|", TEXTS[RULES].partition("## Checks")[2], re.MULTILINE))
    assert sorted(rows) == sorted([*check_names(), WORDED])
    for rule in guard.book["rules"]:
        for option in rule.get("options", {}):
            assert f"`{option}`" in rows[rule["check"]], rule["id"]


def test_every_section_is_named(tmp_path: Path) -> None:
    pack = tmp_path / "odd.yaml"
    pack.write_text("sectoins: {}\n")
    with pytest.raises(PackErrors, match="use one of rules, ") as refused:
        Guard([pack], cache=False)
    sections = refused.value.mend.removeprefix("use one of ").split(", ")
    table = TEXTS[RULES].partition("## Sections")[2].partition("\n## ")[0]
    assert not [section for section in sections if f"`{section}`" not in table]


def test_every_key_of_a_brand_is_named(tmp_path: Path) -> None:
    pack = tmp_path / "odd.yaml"
    pack.write_text("brands: [{reel: kaspi.kz}]\n")
    with pytest.raises(PackErrors, match="use one of ") as refused:
        Guard([pack], cache=False)
    keys = refused.value.mend.removeprefix("use one of ").split(", ")
    table = TEXTS[RULES].partition("## Brands")[2].partition("\n## ")[0]
    assert not [key for key in keys if not re.search(rf"`{key}\b", table)]


def test_every_class_of_words_and_kind_of_hosting_is_named() -> None:
    sections = read_sections([shipped_rules()])
    names = {*sections["words"], *(row["kind"] for row in sections["hosting"])}
    assert not [name for name in names if f"`{name}`" not in TEXTS[RULES]]


def test_every_field_and_column_is_described() -> None:
    verdict = check("https://kaspi-bonus.kz/").to_dict()
    fields = {*verdict, *verdict["signals"][0], *verdict["resources"][0], *CSV_COLUMNS}
    assert not [field for field in fields if f"`{field}`" not in TEXTS[VERDICT]]


@pytest.mark.parametrize("block", [pytest.param(block, id=block.name) for block in blocks("json")])
def test_a_verdict_shown_is_the_verdict_there_is(block: Block) -> None:
    shown = json.loads(block.text)
    assert check(shown["input"]).to_dict() == shown, REFRESH


@pytest.mark.parametrize(("page", "lang"), [("bank.md", "en"), ("bank.ru.md", "ru"), ("bank.kk.md", "kk")])
def test_the_guide_names_the_columns_as_a_workbook_does(page: str, lang: str) -> None:
    heads = Guard(lang=lang).book_texts()
    rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \|", TEXTS[ROOT / "docs" / page], re.MULTILINE)
    assert rows == [(name, heads[f"column_{name}"]) for name in ADDED]


# Rules and judgements


@pytest.mark.parametrize("block", [pytest.param(block, id=block.name) for block in blocks("yaml")])
def test_a_pack_shown_is_a_good_pack(block: Block, tmp_path: Path, shell: Shell) -> None:
    pack = tmp_path / "shown.yaml"
    pack.write_text(block.text, "utf-8")
    output, codes = shell.run(f"urlguard rules lint {pack}")
    assert codes in ([0], [1])
    assert "shown.yaml" not in output


def test_the_guide_shows_the_rule_that_lies_in_the_examples() -> None:
    pack = ROOT / "examples" / "first-rule" / "nursery" / "found-pet.yaml"
    _, _, shown = pack.read_text("utf-8").partition("\n")  # without its comment
    assert f"```yaml\n{shown}```" in TEXTS[ROOT / "docs" / "writing-rules.md"]


def test_thresholds_and_limits_are_those_of_the_policy(guard: Guard) -> None:
    policy, text = guard.book["policy"], TEXTS[JUDGES]
    suspicious, dangerous = (policy["levels"][level] for level in ("suspicious", "dangerous"))
    shown = {group: int(limit) for group, limit in re.findall(r"^\| `(\w+)` \| (\d+) \|", text, re.MULTILINE)}
    assert shown == policy["caps"]
    assert f"From {suspicious} points a link is suspicious, from {dangerous} dangerous." in text
    assert f"from {suspicious} |" in TEXTS[README]
    assert f"from {dangerous} |" in TEXTS[README]


def test_every_kind_of_imitation_is_shown_with_an_example_that_is_one(guard: Guard) -> None:
    shown = re.findall(r"^\| `(\S+)` \| `(lookalike-\S+)` \|", TEXTS[JUDGES], re.MULTILINE)
    kinds = {rule["id"] for rule in guard.book["rules"] if rule["check"] == "lookalike"}
    assert {rule for _, rule in shown} == kinds
    for link, rule in shown:
        assert rule in {signal.rule for signal in guard.score(link).signals}, link


def test_links_called_honest_are_clear(guard: Guard) -> None:
    honest = TEXTS[JUDGES].partition("| honest link |")[2].partition("\n## ")[0]
    links = re.findall(r"^\| `(\S+)` \|", honest, re.MULTILINE)
    assert links
    assert [link for link in links if guard.score(link).level != Level.CLEAR] == []


@pytest.mark.parametrize("name", ["links.txt", "ads.txt"])
def test_examples_show_every_level_there_is(name: str, guard: Guard) -> None:
    lines = (ROOT / "examples" / name).read_text("utf-8").splitlines()
    assert {guard.check(line).level for line in lines} == {Level.CLEAR, Level.SUSPICIOUS, Level.DANGEROUS}


def test_texts_called_honest_are_clear(guard: Guard) -> None:
    honest = TEXTS[WORDS].partition("| honest text |")[2].partition("\n\n")[0]
    texts = re.findall(r"^\| `(.+?)` \|", honest, re.MULTILINE)
    assert texts
    assert [text for text in texts if guard.check(text).level != Level.CLEAR] == []


def test_every_scheme_is_listed_and_counted() -> None:
    table = scheme_table()
    assert table in TEXTS[WORDS], REFRESH
    assert f"It knows {table.count('`') // 2} schemes of fraud" in TEXTS[README]


# Promises


def test_no_socket_is_made() -> None:
    script = (
        "import sys\n"
        "def hook(event, _arguments):\n"
        "    if event.startswith('socket.'):\n"
        "        sys.exit(event)\n"
        "sys.addaudithook(hook)\n"
        "from urlguard import check\n"
        "for line in open('examples/links.txt', encoding='utf-8'):\n"
        "    check(line)\n"
        "print('socket' in sys.modules)\n"
    )
    # Measuring coverage would itself load `socket` into the child.
    plain = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    command = [sys.executable, "-c", script]
    ran = subprocess.run(command, capture_output=True, check=True, cwd=ROOT, text=True, env=plain)
    assert ran.stdout == "False\n"


def test_files_that_pages_lead_to_exist() -> None:
    if not (ROOT / "LICENSE").exists():
        pytest.skip("only the checkout has all of them")
    for page, text in TEXTS.items():
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", text):
            assert (page.parent / target).exists(), f"{page}: {target}"
