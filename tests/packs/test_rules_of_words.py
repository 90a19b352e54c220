"""Rules about words: what is refused, with file and line and a mend, and what packs may change."""

from pathlib import Path

import pytest
from checks.tables import guard

from urlguard import Guard, Level
from urlguard.errors import PackError, PackErrors
from urlguard.packs.book import compile_book
from urlguard.packs.sections import read_sections
from urlguard.packs.where import shipped_rules
from urlguard.packs.wording import wording

RULE = """\
rules:
- id: own-words
  title: {en: a, ru: b, kk: c}
  group: ask
  points: '50'
  when: [own_thing]
  reason: {en: "wants {evidence}", ru: "хочет {evidence}", kk: "{evidence} керек"}
  examples: {hit: {ru: [куздра]}, miss: {ru: [кот]}}
terms:
  own_thing: {ru: [куздр], kk: [жақпақ]}
"""


OF_LINKS = "{hit: [a], miss: [b]}"


def changed(**lines: str | None) -> str:
    """Return the rule with some lines changed, added before `reason`, or taken out with None."""
    rows = RULE.splitlines()
    for key, value in lines.items():
        at = next((at for at, row in enumerate(rows) if row[2:].startswith(f"{key}:")), None)
        if at is not None:
            rows[at : at + 1] = [] if value is None else [f"{rows[at][:2]}{key}: {value}"]
        else:
            rows.insert(6, f"  {key}: {value}")
    return "\n".join(rows) + "\n"


def read(folder: Path, text: str) -> None:
    (folder / "own.yaml").write_text(text, "utf-8")
    wording(read_sections([folder]))


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        pytest.param(changed(when="own_thing"), 6, "a list is wanted here", id="a text for sets"),
        pytest.param(changed(when="[]"), 6, "no set is named here", id="no set"),
        pytest.param(changed(when=None, check="words", examples=OF_LINKS), 7, "does not say", id="no words"),
        pytest.param(changed(check="host_mask"), 7, "'host_mask' is not known here", id="another check"),
        pytest.param(changed(options="{masks: [a]}"), 7, "unknown key 'options'", id="options"),
        pytest.param(changed(within="near"), 7, "'near' is not a whole number", id="distance in words"),
        pytest.param(changed(within="'-1'"), 7, "nothing is -1 words away", id="a distance below zero"),
        pytest.param(changed(ordered="perhaps"), 7, "neither yes nor no", id="no flag"),
        pytest.param(changed(floor="blocked"), 7, "'blocked' is not known here", id="words never block"),
        pytest.param(changed(points="'101'"), 5, "not a whole number from -100 to 100", id="too many points"),
        pytest.param(changed(scheme="Own Scheme"), 7, "'Own Scheme' is not an id", id="no id"),
        pytest.param(changed(reason="{en: a, ru: b}"), 7, "no text in kk", id="a language missing"),
        pytest.param(changed(examples="{hit: {ru: [a]}}"), 8, "the key 'miss' is missing", id="no misses"),
        pytest.param(changed(examples="{hit: [a], miss: [b]}"), 8, "keys with values are wanted",
                     id="examples without languages"),
        pytest.param(changed(examples="{hit: {fr: [a]}, miss: {fr: [b]}}"), 8, "unknown language 'fr'",
                     id="examples in another language"),
        pytest.param(changed(examples="{hit: {}, miss: {}}"), 8, "'own-words' has no hit example", id="none"),
        pytest.param(changed(examples="{hit: {ru: []}, miss: {ru: []}}"), 8, "'own-words' has no hit example",
                     id="empty ones"),
        pytest.param(changed(examples="{hit: {ru: [a]}, miss: {}}"), 8, "claims ru and has no miss example",
                     id="a language without a miss"),
        pytest.param(changed(examples="{hit: {ru: [a]}, miss: {ru: [b], kk: [c]}}"), 8,
                     "claims kk and has no hit example", id="a language without a hit"),
        pytest.param(changed(examples="{hit: {ru: [a], mixed: [d]}, miss: {ru: [b]}}"), 8,
                     "claims mixed and has no miss example", id="the mixture is a language too"),
    ],
)  # fmt: skip
def test_rules_are_refused_with_file_and_line(tmp_path: Path, text: str, line: int, what: str) -> None:
    with pytest.raises(PackErrors) as caught:
        read(tmp_path, text)
    assert what in caught.value.what
    assert caught.value.where == f"{tmp_path}/own.yaml:{line}"
    assert caught.value.mend


@pytest.mark.parametrize(
    ("text", "what"),
    [
        pytest.param(changed(when="[own_things]"), "no set of terms is called 'own_things'", id="when"),
        pytest.param(changed(when="[own_thing, no other]"), "no set of terms is called 'other'", id="denied"),
        pytest.param(changed(unless="['@links']"), "no set of terms is called '@links'", id="unless"),
        pytest.param(
            changed(scheme="own_scheme"), "'own-words': no scheme is called 'own_scheme'", id="scheme"
        ),
    ],
)
def test_names_that_nothing_has_are_told_where_the_rule_stands(tmp_path: Path, text: str, what: str) -> None:
    with pytest.raises(PackError) as caught:
        read(tmp_path, text)
    assert what in caught.value.what
    assert caught.value.where == f"{tmp_path}/own.yaml:2"
    assert caught.value.mend


def test_all_rules_of_a_pack_are_told_at_once(tmp_path: Path) -> None:
    second = changed(points="x").split("\n", 1)[1].split("terms:")[0].replace("own-words", "own-other")
    with pytest.raises(PackErrors) as caught:
        read(tmp_path, changed(within="x").replace("terms:\n", f"{second}terms:\n"))
    assert [error.where.rpartition(":")[2] for error in caught.value.errors] == ["7", "13"]


def test_a_scheme_may_come_with_the_rule(tmp_path: Path) -> None:
    scheme = "schemes: {own_scheme: {title: {en: a, ru: b, kk: c}, advice: {en: d, ru: e, kk: f}}}\n"
    read(tmp_path, changed(scheme="own_scheme") + scheme)


def test_every_language_of_the_examples_is_claimed(tmp_path: Path) -> None:
    examples = "{hit: {kk: [a], ru: [b, c]}, miss: {kk: [d], ru: [e]}}"
    (tmp_path / "own.yaml").write_text(changed(examples=examples), "utf-8")
    rule = read_sections([tmp_path])["rules"][0]
    assert (rule["claims"], rule["check"]) == (["kk", "ru"], "words")
    assert rule["examples"] == {"hit": ["a", "b", "c"], "miss": ["d", "e"]}


# Own packs over the shipped rules


OWN = f"""\
{RULE}
  code: {{ru: [куздр]}}
  sms_code: {{ru: [куздр .. придёт]}}
overrides: {{rules: {{text-asks-code: {{points: '41'}}, text-asks-docs: {{off: yes}}}}}}
"""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Guard:
    """Return a guard with a pack that adds a rule, words to shipped sets, and changes shipped rules."""
    folder = tmp_path_factory.mktemp("own")
    (folder / "own.yaml").write_text(OWN, "utf-8")
    return Guard(book=compile_book([shipped_rules(), folder]), lang="ru")


def points(guard: Guard, text: str) -> dict[str, int]:
    return {signal.rule: signal.weight for signal in guard.check(text).signals}


def test_an_own_rule_with_own_words_fires(own: Guard) -> None:
    verdict = own.check("Вот и куздры пришли")
    assert (verdict.level, verdict.score, verdict.kind) == (Level.SUSPICIOUS, 50, "text")
    assert verdict.signals[0].reason == "хочет куздры"
    assert points(own, "жақпағыңыз бар ма екен") == {"own-words": 50}
    assert points(own, "просто пришли домой") == points(guard(), "просто пришли домой")


def test_own_words_are_added_to_shipped_sets_and_shipped_rules_are_overridden(own: Guard) -> None:
    text = "Назовите куздру, которая сейчас придёт"
    assert "text-asks-code" not in points(guard(), text)
    assert points(own, text)["text-asks-code"] == 41


def test_a_shipped_rule_about_words_can_be_switched_off(own: Guard) -> None:
    text = "Пришлите фото удостоверения с двух сторон"
    assert "text-asks-docs" in points(guard(), text)
    assert "text-asks-docs" not in points(own, text)
