"""The engine: never raises, never changes, says the same everywhere, and takes own packs."""

import json
import pickle
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import FrozenInstanceError, fields
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from checks.made_links import REAL, anything, built, damaged
from checks.tables import guard, rules, score
from hypothesis import given, settings
from hypothesis import strategies as st

import urlguard
from urlguard import Guard, Level, Resource, Signal, UsageError, Verdict
from urlguard.guard import LANGUAGES, TEXT_LIMIT

# Never raises

HOSTILE = {
    "empty": "",
    "blank": " \t\r\n ",
    "NULs": "\x00" * 100,
    "NUL in a host": "https://kaspi\x00.kz/",
    "lone surrogates": "https://kaspi\ud800.kz/\udfff",
    "only surrogates": "\ud83d",
    "text directions": "https://kaspi.kz/\u202egpj.exe",
    "64 KiB of letters": "a" * 65_536,
    "64 KiB of dots": "." * 65_536,
    "64 KiB of hyphens": "https://" + "-" * 65_500,
    "64 KiB of labels": "https://" + "a." * 32_700 + "kz",
    "64 KiB of users": "https://" + "kaspi@" * 10_900,
    "64 KiB of slashes": "https:" + "/" * 65_500,
    "64 KiB of percents": "https://kaspi.kz/?" + "%25" * 21_000,
    "64 KiB of parameters": "https://example.com/?" + "url=https://a.b&" * 4_000,
    "64 KiB of links": "https://kaspi-bonus.top/ " * 2_600,
    "64 KiB of links inside links": "https://www.google.com/url?q=" * 2_200,
    "64 KiB of accents": "https://k" + "\u0301" * 65_000 + ".kz/",
    "64 KiB of one sign that unfolds into eighteen": "https://" + "\ufdfa" * 65_500,
    "64 KiB of Kazakh letters": "https://" + "қ" * 65_000 + ".қаз",
    "64 KiB of soft hyphens": "https://ka" + "\u00ad" * 65_000 + "spi.kz/",
    "64 KiB of brackets": "(" * 65_536,
    "64 KiB of defanged dots": "kaspi" + "[.]kz" * 13_000,
    "64 KiB of xn--": "https://" + "xn--" * 16_000,
    "64 KiB of brand names": "https://kaspi.kz/" + "kaspi" * 13_000,
    "braces that look like fields": "https://{brand}{real}{evidence}.kaspi-bonus.top/{0}",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_texts_are_judged_at_once(text: str) -> None:
    times = []
    for _ in range(2):
        start = time.perf_counter()
        guard().score(text)
        guard().check(text)
        times.append(time.perf_counter() - start)
    assert min(times) < 0.5  # two verdicts, each in under 250 ms


@given(anything)
@settings(max_examples=1_500)
def test_never_raises(text: str) -> None:
    assert (score(text).level is None) == (score(text).error is not None)
    assert (guard().check(text).level is None) == (guard().check(text).error is not None)


@given(st.text(st.characters(), max_size=40), st.lists(built | damaged, min_size=1, max_size=4))
def test_never_raises_on_links_among_words(words: str, links: list[str]) -> None:
    verdict = guard().check(f" {words} ".join(links))
    assert verdict.kind in {"link", "text"}


@given(anything)
def test_a_verdict_points_into_its_input(text: str) -> None:
    verdict = guard().check(text)
    assert verdict.input == text
    for resource in verdict.resources:
        if resource.span is not None:
            start, end = resource.span
            assert 0 <= start < end <= len(text)
    for signal in verdict.signals:
        assert signal.reason
        assert signal.resource is None or 0 <= signal.resource < len(verdict.resources)
        if len(signal.spans) == 1:
            assert text[slice(*signal.spans[0])] == signal.evidence
        for start, end in signal.spans:
            assert 0 <= start < end <= len(text)


@given(built | st.sampled_from(REAL))
def test_links_that_can_be_read_get_a_level(link: str) -> None:
    verdict = score(link)
    assert verdict.level is not None
    assert verdict.resources[0].raw == link


@pytest.mark.parametrize(
    "text", ["", "  ", "привет", "1.5", "...", "нет", "12 345"]
)
def test_what_is_neither_link_nor_text_has_an_error_and_no_level(text: str) -> None:
    verdict = guard().check(text)
    assert verdict.error is not None
    assert (verdict.level, verdict.score, verdict.error.code) == (None, 0, "no_link")


# What is longer than is read


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("https://kaspi.kz/" + "a" * TEXT_LIMIT, id="an official link"),
        pytest.param("https://kaspi.kz/ " + "слово " * TEXT_LIMIT, id="a text with an official link"),
        pytest.param("https://kaspi.kz/?" + "a=b&" * TEXT_LIMIT + "url=https://evil.top", id="its end"),
        pytest.param("слово " * TEXT_LIMIT + "https://kaspi.kz/", id="a link behind the limit"),
        pytest.param("a" * TEXT_LIMIT + ".kz", id="one word"),
    ],
)
def test_what_is_cut_is_never_clear(text: str) -> None:
    verdict = guard().check(text)
    assert len(verdict.input) == TEXT_LIMIT
    assert verdict.error is not None or verdict.level is not Level.CLEAR
    assert verdict.error is not None or "link-cut" in rules(verdict)


def test_the_beginning_of_something_longer_is_never_clear() -> None:
    assert guard().check("https://kaspi.kz/").level is Level.CLEAR
    verdict = guard().check("https://kaspi.kz/", cut=True)
    assert verdict.level is Level.SUSPICIOUS
    assert rules(verdict) == {"link-cut"}


# The same everywhere

MANY = [f"{link}#{number}" for number in range(10) for link in REAL]


def test_threads_share_a_guard() -> None:
    alone = [guard().score(link) for link in MANY]
    fresh = Guard()
    with ThreadPoolExecutor(8) as pool:
        for _ in range(3):
            assert list(pool.map(fresh.score, MANY)) == alone


def test_processes_are_sent_a_guard() -> None:
    sent = Guard(lang="ru")
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        assert list(pool.map(sent.check, REAL)) == [sent.check(link) for link in REAL]


def test_a_guard_comes_back_from_a_pickle() -> None:
    again = pickle.loads(pickle.dumps(Guard(lang="kk")))  # noqa: S301  (our own bytes)
    assert again.lang == "kk"
    assert [again.score(link) for link in REAL] == [Guard(lang="kk").score(link) for link in REAL]


@given(anything)
def test_a_verdict_comes_back_from_a_pickle(text: str) -> None:
    verdict = guard().check(text)
    assert pickle.loads(pickle.dumps(verdict)) == verdict  # noqa: S301  (our own bytes)


def test_many_are_judged_one_by_one() -> None:
    seen: list[str] = []

    def lines() -> Any:  # noqa: ANN401  (a generator)
        for link in REAL:
            seen.append(link)
            yield link

    verdicts = guard().check_many(lines())
    assert seen == []
    assert next(iter(verdicts)).input == REAL[0]
    assert seen == [REAL[0]]
    assert [verdict.input for verdict in verdicts] == list(REAL[1:])


def test_judging_one_link_does_not_change_the_next() -> None:
    fresh = Guard()
    first = [fresh.score(link) for link in REAL]
    assert [fresh.score(link) for link in reversed(REAL)] == first[::-1]


def test_the_functions_of_the_package_use_one_guard() -> None:
    link = "https://kaspi-bonus.top/"
    assert urlguard.score(link) == guard().score(link)
    assert urlguard.check(link) == guard().check(link)
    assert urlguard.score(link, guard=Guard(lang="ru")).advice == Guard(lang="ru").score(link).advice


# Verdicts


@pytest.mark.parametrize(
    "thing",
    [
        pytest.param(score("https://kaspi-bonus.top/"), id="verdict"),
        pytest.param(score("https://kaspi-bonus.top/").signals[0], id="signal"),
        pytest.param(score("https://kaspi-bonus.top/").resources[0], id="resource"),
        pytest.param(score("нет").error, id="problem"),
    ],
)
def test_results_cannot_be_changed_and_can_be_keys(thing: Verdict | Signal | Resource) -> None:
    for field in fields(thing):
        with pytest.raises(FrozenInstanceError):
            setattr(thing, field.name, None)
    assert {thing: 1}[pickle.loads(pickle.dumps(thing))] == 1  # noqa: S301  (our own bytes)


SCHEMA = json.loads((Path(urlguard.__file__).parent / "reports/verdict.schema.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


@given(anything)
def test_the_public_shape_is_the_one_of_the_schema(text: str) -> None:
    for verdict in (guard().check(text), score(text)):
        row = json.loads(json.dumps(verdict.to_dict()))
        assert row == verdict.to_dict()
        VALIDATOR.validate(row)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_verdicts_of_hostile_texts_have_the_public_shape(text: str) -> None:
    VALIDATOR.validate(guard().check(text).to_dict())


def test_the_schema_refuses_what_is_no_verdict() -> None:
    row = score("https://kaspi-bonus.top/").to_dict()
    wrongs: list[dict[str, Any]] = [
        {"score": 101}, {"level": "safe"}, {"signals": [{}]}, {"colour": "red"}, {"input": None},
    ]  # fmt: skip
    for wrong in wrongs:
        with pytest.raises(jsonschema.ValidationError):
            VALIDATOR.validate(row | wrong)


# Languages

LANGS = {lang: Guard(lang=lang) for lang in LANGUAGES}


@given(anything)
def test_the_language_changes_words_and_nothing_else(text: str) -> None:
    rows = []
    for one in LANGS.values():
        row = one.check(text).to_dict()
        row["error"] = row["error"] and row["error"]["code"]
        del row["advice"]
        for signal in row["signals"]:
            del signal["reason"]
        rows.append(row)
    assert rows[0] == rows[1] == rows[2]


def test_each_language_has_its_own_words() -> None:
    verdicts = [one.score("https://kaspi-bonus.top/") for one in LANGS.values()]
    assert len({verdict.advice for verdict in verdicts}) == 3
    assert len({verdict.signals[0].reason for verdict in verdicts}) == 3


@given(damaged)
def test_reasons_quote_the_link_and_leave_no_field_open(link: str) -> None:
    for signal in score(link).signals:
        for text in (signal.reason, signal.advice):
            quoted = text.replace(signal.evidence, "") if signal.evidence else text
            assert "{evidence}" not in quoted.replace("{evidence}", "") or "{" in link
            assert "{" in link or "{" not in text


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(UsageError, match="unknown language 'de': use one of en, ru, kk"):
        Guard(lang="de")


# Own packs

RULE = """
rules:
- id: own-parcels
  title: {en: Parcels, ru: Посылки, kk: Сәлемдемелер}
  group: address
  points: '40'
  check: host_mask
  options: {masks: ['parcel-*-kz.*']}
  reason: {en: "{evidence} is ours", ru: "{evidence} наше", kk: "{evidence} біздікі"}
  advice: {en: Delete it., ru: Удалите., kk: Жойыңыз.}
  examples: {hit: ['https://parcel-almaty-kz.site/'], miss: ['https://parcel.site/']}
"""
BRAND = """
brands:
- id: saryarqa_market
  name: {en: Saryarqa Market, ru: Сарыарка Маркет, kk: Сарыарқа Маркет}
  sector: shop
  real: saryarqa-market.kz
  domains: [saryarqa-market.kz]
  tokens: [saryarqamarket]
"""


def with_pack(folder: Path, text: str, *, lang: str = "en") -> Guard:
    (folder / "own.yaml").write_text(text, "utf-8")
    return Guard([folder], lang=lang, cache=False)


def test_an_own_rule_fires(tmp_path: Path) -> None:
    own = with_pack(tmp_path, RULE, lang="ru")
    verdict = own.score("https://parcel-almaty-kz.com/")
    signal = next(signal for signal in verdict.signals if signal.rule == "own-parcels")
    assert (signal.points, signal.reason) == (40, "parcel-almaty-kz.com наше")
    assert verdict.level is not None
    assert verdict.level >= Level.SUSPICIOUS
    assert "own-parcels" not in rules(own.score("https://parcel.com/parcel-almaty-kz.com"))
    assert "own-parcels" not in rules(score("https://parcel-almaty-kz.com/"))


def test_an_own_brand_is_known(tmp_path: Path) -> None:
    own = with_pack(tmp_path, BRAND)
    assert own.score("https://www.saryarqa-market.kz/").official == "saryarqa_market"
    verdict = own.score("https://saryarqamarket-bonus.top/")
    assert (verdict.brand, verdict.level) == ("saryarqa_market", Level.DANGEROUS)
    assert verdict.real == "saryarqa-market.kz"
    assert own.brand_names()["saryarqa_market"] == "Saryarqa Market"
    assert own.score("https://kaspi-bonus.top/") == score("https://kaspi-bonus.top/")


@pytest.mark.parametrize(
    ("pack", "link", "points", "level"),
    [
        pytest.param("rules: {lookalike-combo: {points: '45'}}", "https://kaspi-tolem.com/", 50,
                     Level.SUSPICIOUS, id="points of a rule"),
        pytest.param("rules: {lookalike-combo: {off: yes}}", "https://kaspi-tolem.com/", 5,
                     Level.CLEAR, id="a rule switched off"),
        pytest.param("rules: {link-ip-literal: {floor: dangerous}}", "http://185.12.33.4/", 40,
                     Level.DANGEROUS, id="floor of a rule"),
        pytest.param("brands: {kaspi: {off: yes}}", "https://kaspi-tolem.com/", 5,
                     Level.CLEAR, id="a brand switched off"),
        pytest.param("policy: {levels: {dangerous: '90'}}", "https://kaspi-tolem.com/", 80,
                     Level.SUSPICIOUS, id="threshold of dangerous"),
        pytest.param("policy: {levels: {suspicious: '5'}}", "https://tolem.com/", 5,
                     Level.SUSPICIOUS, id="threshold of suspicious"),
        pytest.param("policy: {caps: {lookalike: '30'}}", "https://kaspi-tolem.com/", 35,
                     Level.CLEAR, id="limit of a group"),
    ],
)  # fmt: skip
def test_overrides_change_the_sum(
    tmp_path: Path, pack: str, link: str, points: int, level: Level
) -> None:
    name, _, rest = pack.partition(": ")
    verdict = with_pack(tmp_path, f"overrides:\n  {name}: {rest}\n").score(link)
    assert (verdict.score, verdict.level) == (points, level)


def test_overrides_leave_other_guards_alone(tmp_path: Path) -> None:
    link = "https://kaspi-tolem.com/"
    before = score(link)
    with_pack(tmp_path, "overrides: {rules: {lookalike-combo: {off: yes}}}\n").score(link)
    assert score(link) == Guard().score(link) == before


def test_a_pack_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nowhere"):
        Guard([tmp_path / "nowhere"])


@pytest.mark.parametrize(
    "line",
    [
        pytest.param('3,https://halyk-bonus.top,"x', id="unbalanced quote"),
        pytest.param('2;https://halyk-bonus.top;"ok"', id="semicolons"),
        pytest.param('"3","https://halyk-bonus.top","x"', id="quoted cells"),
        pytest.param("3,https://halyk-bonus.top,note", id="bare cells"),
    ],
)
def test_links_in_rows_of_a_table_are_judged(line: str) -> None:
    verdict = guard().check(line)
    assert (verdict.kind, verdict.level, verdict.brand) == ("text", Level.DANGEROUS, "halyk")


HOSTS = ("saryarqa-shop.kz", "almaty-news.org", "kaspi-bonus.top", "a.pages.dev", "t.me", "xn--p1ai.kz")
TAILS = ("/", "/login", "/kaspi/", "/a.apk", "/?u=https://kaspi-bonus.top/", "/77011234567", "/%2e%2e/x")


def test_a_host_that_is_remembered_changes_no_verdict() -> None:
    links = [f"{scheme}://{host}{tail}" for host in HOSTS for scheme in ("https", "http") for tail in TAILS]
    remembering = Guard()
    for link in links:
        remembering.check(link)
    for link in links:
        assert remembering.check(link) == Guard(book=remembering.book).check(link)


def test_a_link_without_signs_is_told_as_one_with() -> None:
    guard = Guard()
    for link in ("https://almaty-news.org/a", "https://kaspi-bonus.top/login"):
        found = guard.plain(link)
        assert found is not None
        assert guard.told(link, found) == guard.check(link)
    assert guard.plain("https://kaspi.kz@evil.top/") is None
    assert guard.plain("hxxps://evil[.]top") is None
