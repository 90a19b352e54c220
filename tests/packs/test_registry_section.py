from pathlib import Path
from typing import Any

import pytest
from checks.tables import book

from urlguard.checks.knowledge import Knowledge
from urlguard.detecting import Detector, Fired
from urlguard.errors import PackError, PackErrors
from urlguard.letters import Letters
from urlguard.links.suffixes import Suffixes
from urlguard.model import Level
from urlguard.packs.book import compile_book, slim
from urlguard.packs.source import read_pack
from urlguard.packs.where import shipped_rules

TABLES = ("states", "categories", "grounds", "articles")
TEXTS = "{en: a, ru: b, kk: c}"
MODEL = Path(__file__).resolve().parents[3] / "shared" / "kz" / "registry_model.yaml"


def states() -> dict[str, Any]:
    found: dict[str, Any] = book()["registry"]["states"]
    return found


def model() -> dict[str, Any]:
    if not MODEL.is_file():
        pytest.skip("no model of the registry in ../shared/kz")
    found: dict[str, Any] = read_pack(MODEL, "model").plain()
    return found


# The life of a record


def test_every_state_is_reached_from_a_draft() -> None:
    reached, ahead = set(), ["draft"]
    while ahead:
        name = ahead.pop()
        if name not in reached:
            reached.add(name)
            ahead += states()[name]["next"]
    assert reached == set(states())


def test_only_what_was_discarded_or_archived_stays_so() -> None:
    assert {name for name, state in states().items() if not state["next"]} == {"discarded", "archived"}


def test_every_state_but_the_first_has_a_command_of_its_own() -> None:
    commands = {name: state.get("command") for name, state in states().items()}
    assert [name for name, command in commands.items() if command is None] == ["draft"]
    assert len(set(commands.values())) == len(commands)


def test_no_state_leads_to_itself() -> None:
    assert [name for name, state in states().items() if name in state["next"]] == []


def test_states_and_steps_are_those_of_the_model() -> None:
    wanted = {name: (found if isinstance(found, list) else []) for name, found in model()["states"].items()}
    assert {name: sorted(state["next"]) for name, state in states().items()} == {
        name: sorted(found) for name, found in wanted.items()
    }


def test_what_blocks_and_what_warns_are_those_of_the_model() -> None:
    found = {
        effect: {name for name, state in states().items() if state["effect"] == effect}
        for effect in ("blocks", "warns")
    }
    assert found == {"blocks": set(model()["only_states_that_block"]), "warns": set(model()["warn_states"])}


def test_only_a_restriction_blocks() -> None:
    assert [name for name, state in states().items() if state["effect"] == "blocks"] == ["restricted"]


@pytest.mark.parametrize(("table", "key"), [("categories", "category"), ("articles", "offense_ref")])
def test_categories_and_articles_are_those_of_the_model(table: str, key: str) -> None:
    assert set(book()["registry"][table]) == set(model()["record"][key])


def test_grounds_are_those_of_the_model_and_a_list() -> None:
    assert set(book()["registry"]["grounds"]) == {*model()["record"]["ground"]["type"], "list"}


def test_what_a_body_decided_is_strong() -> None:
    strong = {name for name, ground in book()["registry"]["grounds"].items() if ground.get("strong")}
    assert {"court", "prescription"} <= strong
    assert not strong & {"internal", "list", "owner_request", "regulator"}


@pytest.mark.parametrize("table", TABLES)
def test_titles_are_there_in_three_languages_and_differ_between_rows(table: str) -> None:
    rows = book()["registry"][table]
    for language in ("en", "ru", "kk"):
        titles = [row["title"][language] for row in rows.values()]
        assert len(set(titles)) == len(titles)


def test_the_slim_book_has_the_whole_section() -> None:
    assert slim(book())["registry"] == book()["registry"]


# What is refused


PACK = f"""\
registry:
  states:
    frozen:
      title: {TEXTS}
      effect: warns
      command: freeze
      verb: {TEXTS}
      next: [archived]
"""
RULE = f"""\
rules:
- id: registry-frozen
  title: {TEXTS}
  group: registry
  points: '50'
  check: registry_state
  options: {{state: frozen}}
  reason: {TEXTS}
  examples: {{hit: [frozen], miss: [restricted]}}
"""


def compiled(folder: Path, text: str) -> dict[str, Any]:
    (folder / "own.yaml").write_text(text, "utf-8")
    return compile_book([shipped_rules(), folder])


def test_a_pack_adds_a_state_and_its_rule(tmp_path: Path) -> None:
    found = compiled(tmp_path, PACK + RULE)
    assert found["registry"]["states"].keys() - states().keys() == {"frozen"}
    hits: list[Fired] = []
    detector(found).fire_entry("frozen", "evil.top", 0, hits)
    assert [(hit.rule.id, hit.evidence) for hit in hits] == [("registry-frozen", "evil.top")]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        pytest.param(PACK.replace("warns", "warn"), 5, "'warn' is not known here", id="effect"),
        pytest.param(PACK.replace("[archived]", "[nowhere]"), 4, "leads to 'nowhere'", id="next"),
        pytest.param(PACK.replace("[archived]", "archived"), 8, "a list is wanted here", id="next no list"),
        pytest.param(PACK.replace("freeze", "lift"), 4, "is that of 'lifted'", id="command taken"),
        pytest.param(PACK.replace("freeze", "Freeze it"), 6, "'Freeze it' is not an id", id="command"),
        pytest.param(PACK.replace("      command: freeze\n", ""), 4, "a command and a verb", id="verb alone"),
        pytest.param(PACK.replace("frozen:", "Frozen State:"), 4, "'Frozen State' is not an id", id="id"),
        pytest.param(PACK.replace("states", "stats"), 3, "unknown key 'stats'", id="table"),
        pytest.param(PACK.replace("next:", "nexd:"), 8, "unknown key 'nexd'", id="key"),
        pytest.param(
            "registry: {categories: {x: {title: {en: a, ru: b}}}}\n", 1, "no text in kk", id="language"
        ),
        pytest.param(
            f"registry: {{grounds: {{x: {{title: {TEXTS}, strong: maybe}}}}}}\n",
            1, "neither yes nor no", id="strong",
        ),
        pytest.param(
            RULE.replace("[frozen]", "[frozn]"), 2, "the example 'frozn' of 'registry-frozen'", id="example"
        ),
        pytest.param(
            RULE.replace("registry_state", "shortener") + "  floor: blocked\n",
            10, "only a record of the registry blocks", id="floor of a rule about links",
        ),
    ],
)  # fmt: skip
def test_a_wrong_section_is_refused_with_its_place(tmp_path: Path, text: str, line: int, what: str) -> None:
    with pytest.raises(PackError, match=what) as caught:
        compiled(tmp_path, text)
    error = caught.value.errors[0] if isinstance(caught.value, PackErrors) else caught.value
    assert error.where == f"{tmp_path / 'own.yaml'}:{line}"
    assert error.mend


def detector(found: dict[str, Any]) -> Detector:
    know = Knowledge(found, Letters(found["letters"]), Suffixes(found["suffixes"]))
    return Detector(found, know, "en", frozenset())


@pytest.mark.parametrize(
    ("text", "what"),
    [
        pytest.param(RULE.replace("{state: frozen}", "{state: lifted}"), "is no state", id="history"),
        pytest.param(RULE.replace("{state: frozen}", "{state: submitted}"), "already speaks", id="taken"),
        pytest.param(RULE + "  floor: blocked\n", "the state 'frozen' warns", id="blocks"),
        pytest.param(RULE.replace("  options: {state: frozen}\n", ""), "is no state", id="no option"),
    ],
)  # fmt: skip
def test_a_rule_about_records_is_bound_to_one_state(tmp_path: Path, text: str, what: str) -> None:
    found = compiled(tmp_path, PACK + text)
    with pytest.raises(PackError, match=what):
        detector(found)


def test_rules_fire_on_the_states_that_act_and_on_no_other() -> None:
    fires = detector(slim(book())).fire_entry
    for name, state in states().items():
        hits: list[Fired] = []
        fires(name, "evil.top", 3, hits)
        assert len(hits) == (state["effect"] != "none"), name
        for hit in hits:
            assert (hit.rule.floor == Level.BLOCKED) == (state["effect"] == "blocks"), name
            assert (hit.evidence, hit.layer) == ("evil.top", 3)
