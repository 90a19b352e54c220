from pathlib import Path

import pytest

from urlguard import Guard
from urlguard.errors import PackError, PackErrors, UsageError
from urlguard.packs.book import compile_book
from urlguard.packs.sections import read_sections
from urlguard.packs.where import shipped_rules

TEXTS = "{en: a, ru: b, kk: c}"
RULE = f"""\
- id: own-rule
  title: {TEXTS}
  group: address
  points: '5'
  check: host_mask
  options: {{masks: ['own-*']}}
  reason: {TEXTS}
  examples: {{hit: ['https://own-x.top/'], miss: ['https://x.top/']}}
"""
BRAND = f"""\
- id: own_brand
  name: {TEXTS}
  sector: shop
  domains: [own-brand.kz]
  tokens: [ownbrand]
"""


def rule(**changes: str | None) -> str:
    """Return a pack of one rule with some lines changed, or taken out with None."""
    lines = RULE.splitlines()
    for key, value in changes.items():
        at = next(at for at, line in enumerate(lines) if line[2:].startswith(f"{key}:"))
        lines[at : at + 1] = [] if value is None else [f"{lines[at][:2]}{key}: {value}"]
    return "rules:\n" + "\n".join(lines) + "\n"


def write(folder: Path, text: str, name: str = "own.yaml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        pytest.param(rule(points=None) + "  wieght: 5\n", 9, "unknown key 'wieght'", id="unknown key"),
        pytest.param("rulez: []\n", 1, "unknown section 'rulez'", id="unknown section"),
        pytest.param(rule(points=None), 2, "the key 'points' is missing", id="missing key"),
        pytest.param(rule(points="1e2"), 5, "'1e2' is not a whole number", id="points in another notation"),
        pytest.param(
            rule(points="101"), 5, "'101' is not a whole number from -100 to 100", id="too many points"
        ),
        pytest.param(rule(points="[5]"), 5, "one value is wanted here", id="list for a value"),
        pytest.param(rule(points=""), 5, "'' is not a whole number", id="nothing for a number"),
        pytest.param(rule(id="Own Rule"), 2, "'Own Rule' is not an id", id="id with a space"),
        pytest.param(rule(reason="{en: a, ru: b}"), 8, "no text in kk", id="missing language"),
        pytest.param(
            rule(reason="{en: a, ru: b, kk: c, de: d}"), 8, "unknown language 'de'", id="unknown language"
        ),
        pytest.param(rule(reason="{en: a, ru: b, kk: ''}"), 8, "an empty value", id="empty text"),
        pytest.param(rule(reason="text"), 8, "keys with values are wanted", id="text for a mapping"),
        pytest.param(rule(examples="{hit: [], miss: [a]}"), 9, "'own-rule' has no hit example", id="no hit"),
        pytest.param(
            rule(examples="{hit: [a], miss: []}"), 9, "'own-rule' has no miss example", id="no miss"
        ),
        pytest.param(rule(examples="{hit: a, miss: [b]}"), 9, "a list is wanted here", id="text for a list"),
        pytest.param(rule() + "  floor: clear\n", 10, "'clear' is not known here", id="unknown level"),
        pytest.param("rules:\n" + RULE + RULE, 10, "the rule 'own-rule' exists already", id="repeated id"),
        pytest.param("rules: {a: b}\n", 1, "a list is wanted here", id="mapping of rules"),
        pytest.param(
            "brands:\n" + BRAND.replace("own-brand.kz", "https://own.kz/"), 5, "is not a host name", id="link"
        ),
        pytest.param(
            "brands:\n" + BRAND.replace("ownbrand", "own brand"), 6, "is not one lower-case word", id="words"
        ),
        pytest.param(
            "brands:\n" + BRAND.replace("ownbrand", "OWN"), 6, "is not one lower-case word", id="capitals"
        ),
        pytest.param(
            "brands:\n" + BRAND + "  real: other.kz\n", 7, "is not among the domains", id="foreign real"
        ),
        pytest.param("brands:\n" + BRAND + "  foreign: maybe\n", 7, "neither yes nor no", id="no flag"),
        pytest.param("hosting:\n- {kind: pages}\n", 2, "either 'suffix' or 'host'", id="hosting of nothing"),
        pytest.param("words: {money: [two words]}\n", 1, "is not one lower-case word", id="two words"),
        pytest.param(
            "overrides: {rules: {no-such: {off: yes}}}\n", 1, "no such id in rules", id="override of nothing"
        ),
        pytest.param(
            "overrides: {rules: {x: {weight: 5}}}\n", 1, "unknown key 'weight'", id="unknown override"
        ),
        pytest.param(
            "overrides: {policy: {levels: {danger: 5}}}\n", 1, "unknown key 'danger'", id="unknown level"
        ),
        pytest.param("- a\n", 1, "keys with values are wanted", id="list for a file"),
    ],
)
def test_refuses_with_file_and_line(tmp_path: Path, text: str, line: int, what: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(PackErrors) as caught:
        read_sections([tmp_path])
    assert caught.value.where == f"{path}:{line}"
    assert what in caught.value.what
    assert caught.value.mend


def test_reports_all_rows_of_all_files(tmp_path: Path) -> None:
    write(tmp_path, rule(points="x") + RULE.replace("own-rule", "Other"), "a.yaml")
    (tmp_path / "b").mkdir()
    write(tmp_path / "b", "x: &a 1\n", "b.yml")
    (tmp_path / "c.yaml").write_bytes(b"\xff")
    with pytest.raises(PackErrors) as caught:
        read_sections([tmp_path])
    assert [error.where.removeprefix(f"{tmp_path}/") for error in caught.value.errors] == [
        "a.yaml:5",
        "a.yaml:10",
        "b/b.yml:1",
        "c.yaml:1",
    ]
    assert str(caught.value).count("\n  mend: ") == len(caught.value.errors)


def test_names_files_as_they_were_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "packs"
    folder.mkdir()
    write(folder, "x: 1\n")
    monkeypatch.chdir(tmp_path)
    for given in ("packs", "packs/own.yaml"):
        with pytest.raises(PackErrors) as caught:
            read_sections([Path(given)])
        assert caught.value.where == "packs/own.yaml:1"


@pytest.mark.parametrize("name", ["nowhere", "empty", "notes.txt/x"])
def test_a_pack_that_is_not_there_is_an_error(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="no rule packs at"):
        read_sections([tmp_path / name])


def test_the_nursery_is_read_only_when_named(tmp_path: Path) -> None:
    nursery = tmp_path / "nursery"
    nursery.mkdir()
    write(nursery, rule())
    write(tmp_path, "ordinary: [word]\n")
    assert read_sections([tmp_path])["rules"] == []
    assert [row["id"] for row in read_sections([nursery])["rules"]] == ["own-rule"]


def test_unknown_checks_and_options_are_refused_where_the_rule_stands(tmp_path: Path) -> None:
    path = write(tmp_path, rule(check="no_such"))
    with pytest.raises(PackError, match="unknown check 'no_such'") as caught:
        Guard([tmp_path], cache=False)
    assert caught.value.where == f"{path}:2"


def test_the_shipped_packs_have_no_errors() -> None:
    sections = read_sections([shipped_rules()])
    assert sections["rules"]
    assert sections["brands"]
    assert all(row["where"].startswith("rules/") for row in sections["rules"])


# Own packs over the shipped ones.


def guard(folder: Path, text: str) -> Guard:
    write(folder, text)
    return Guard([folder], book=compile_book([shipped_rules(), folder]))


def points(engine: Guard, link: str) -> dict[str, int]:
    return {signal.rule: signal.weight for signal in engine.score(link).signals}


LINK = "https://kaspi.kz@zhana-portal.top/"


def test_own_rules_and_brands_are_added(tmp_path: Path) -> None:
    own = guard(tmp_path, rule() + "brands:\n" + BRAND)
    assert points(own, "https://own-x.example.com/") == {"own-rule": 5}
    assert own.score("https://www.own-brand.kz/").official == "own_brand"
    assert own.score("https://ownbrand-bonus.top/").brand == "own_brand"


def test_points_and_switches_of_shipped_rules(tmp_path: Path) -> None:
    before = points(Guard(), LINK)
    assert before["link-userinfo"] != 7
    own = guard(
        tmp_path, "overrides: {rules: {link-userinfo: {points: '7'}, lookalike-userinfo: {off: yes}}}\n"
    )
    after = points(own, LINK)
    assert after["link-userinfo"] == 7
    assert after.keys() == before.keys() - {"lookalike-userinfo"}


def test_thresholds_and_caps(tmp_path: Path) -> None:
    score = Guard().score("http://203.0.113.5/").score
    assert score
    own = guard(
        tmp_path, "overrides: {policy: {levels: {suspicious: 1, dangerous: 2}, caps: {address: 2}}}\n"
    )
    verdict = own.score("http://203.0.113.5/")
    assert (verdict.level is not None and verdict.level.name, verdict.score) == ("DANGEROUS", 2)


def test_floors_can_be_removed_and_set(tmp_path: Path) -> None:
    book = compile_book([shipped_rules()])
    floored = next((row["id"] for row in book["rules"] if "floor" in row), None)
    text = "overrides: {rules: {link-userinfo: {floor: suspicious}"
    text += f", {floored}: {{floor: none}}}}}}\n" if floored else "}}\n"
    write(tmp_path, text)
    rows = {row["id"]: row for row in compile_book([shipped_rules(), tmp_path])["rules"]}
    assert rows["link-userinfo"]["floor"] == "suspicious"
    assert floored is None or "floor" not in rows[floored]


def test_brands_can_be_changed_and_switched_off(tmp_path: Path) -> None:
    own = guard(tmp_path, "overrides: {brands: {kaspi: {domains: [kaspi.example]}, halyk: {off: yes}}}\n")
    assert own.score("https://kaspi.kz/").official is None
    assert own.score("https://kaspi.example/").official == "kaspi"
    assert own.score("https://kaspi-bonus.top/").real == "kaspi.example"
    assert own.score("https://halykbank.kz/").official is None


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("overrides: {policy: {levels: {dangerous: '10'}}}\n", "levels out of order"),
        ("overrides: {brands: {kaspi: {real: other.kz}}}\n", "is not among the domains"),
    ],
)
def test_overrides_that_break_the_whole_are_refused_where_they_stand(
    tmp_path: Path, text: str, what: str
) -> None:
    path = write(tmp_path, text)
    with pytest.raises(PackErrors, match=what) as caught:
        compile_book([shipped_rules(), tmp_path])
    assert caught.value.where == f"{path}:1"


def test_a_shipped_rule_cannot_be_replaced_by_accident(tmp_path: Path) -> None:
    path = write(tmp_path, rule(id="link-userinfo").replace("- id: own-rule", "- id: link-userinfo"))
    with pytest.raises(PackErrors, match="'link-userinfo' exists already") as caught:
        compile_book([shipped_rules(), tmp_path])
    assert caught.value.where == f"{path}:2"
    assert "rules/links/address.yaml" in caught.value.mend


def test_shipped_files_stay_as_they_are(tmp_path: Path) -> None:
    files = sorted(shipped_rules().rglob("*.yaml"))
    before = [path.read_bytes() for path in files]
    guard(tmp_path, rule() + "overrides: {rules: {link-userinfo: {off: yes}}}\n")
    assert [path.read_bytes() for path in files] == before
