"""The arithmetic: what a person adds up on the screen is the score, and nothing else decides."""

from typing import Any
from urllib.parse import quote

import pytest
from checks.made_links import REAL, anything, built, damaged
from checks.tables import book, brands, full_guard, guard, rules, score
from hypothesis import assume, given
from hypothesis import strategies as st

from urlguard import Guard, Level
from urlguard.extract.wrappers import DEPTH
from urlguard.policy import Policy, total

TABLE: dict[str, Any] = book()["policy"]
CAPS: dict[str, int] = TABLE["caps"]
POLICY = Policy(TABLE)
ROWS: dict[str, dict[str, Any]] = {rule["id"]: rule for rule in book()["rules"]}

WEIGHTS = st.tuples(st.sampled_from([*CAPS, "own"]), st.integers(-100, 100))
"""A group and what a rule of it is worth; `own` is a group without a limit."""


# The arithmetic alone


@given(st.lists(WEIGHTS, max_size=12))
def test_a_group_adds_no_more_than_its_limit(weights: list[tuple[str, int]]) -> None:
    added: dict[str, int] = {}
    for (group, weight), points in zip(weights, POLICY.share(weights), strict=True):
        if weight > 0:
            added[group] = added.get(group, 0) + points
            assert 0 <= points <= weight
        else:
            assert weight <= points <= 0
    assert all(points <= CAPS.get(group, 100) for group, points in added.items())


@given(st.lists(WEIGHTS, max_size=8), WEIGHTS, st.integers(0, 8))
def test_another_positive_signal_never_lowers_the_score(
    weights: list[tuple[str, int]], more: tuple[str, int], at: int
) -> None:
    group, weight = more
    longer = [*weights[:at], (group, abs(weight)), *weights[at:]]
    assert total(POLICY.share(longer)) >= total(POLICY.share(weights))


@given(st.lists(WEIGHTS, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_signals_does_not_matter(weights: list[tuple[str, int]], chance: Any) -> None:  # noqa: ANN401
    mixed = list(weights)
    chance.shuffle(mixed)
    assert sum(POLICY.share(mixed)) == sum(POLICY.share(weights))


@pytest.mark.parametrize(
    ("points", "score_"),
    [
        pytest.param([], 0, id="none"),
        pytest.param([40, 20], 60, id="sum"),
        pytest.param([80, 40, 20], 100, id="cut at 100"),
        pytest.param([10, -30], 0, id="cut at 0"),
        pytest.param([80, 80, -100], 60, id="cut after the sum"),
    ],
)
def test_total_is_the_sum_cut_to_0_and_100(points: list[int], score_: int) -> None:
    assert total(points) == score_


@pytest.mark.parametrize(
    ("points", "level"),
    [
        pytest.param(0, Level.CLEAR, id="0"),
        pytest.param(39, Level.CLEAR, id="39"),
        pytest.param(40, Level.SUSPICIOUS, id="40"),
        pytest.param(69, Level.SUSPICIOUS, id="69"),
        pytest.param(70, Level.DANGEROUS, id="70"),
        pytest.param(100, Level.DANGEROUS, id="100, for only the registry blocks"),
    ],
)
def test_levels_begin_at_their_thresholds(points: int, level: Level) -> None:
    assert POLICY.level(points) is level


def test_the_strongest_signals_of_a_group_count_first() -> None:
    verdict = score("https://kaspi.kz.evil-portal.com/")
    shown = {signal.rule: (signal.points, signal.weight) for signal in verdict.signals}
    assert shown["lookalike-embedded"] == (80, 80)
    assert shown["lookalike-subdomain"] == (CAPS["lookalike"] - 80, 70)


# The arithmetic of verdicts


@given(anything)
def test_shown_points_add_up_to_the_score(link: str) -> None:
    verdict = score(link)
    assert verdict.score == total(signal.points for signal in verdict.signals)


@given(anything)
def test_points_are_those_of_the_rules_after_the_limit(link: str) -> None:
    verdict = score(link)
    hits = [(signal.group, signal.weight) for signal in verdict.signals]
    assert [signal.points for signal in verdict.signals] == POLICY.share(hits)
    for signal in verdict.signals:
        row = ROWS[signal.rule]
        assert (signal.group, signal.weight) == (row["group"], row["points"])


@given(anything)
def test_a_rule_counts_once_and_the_strongest_stand_first(link: str) -> None:
    verdict = score(link)
    assert len(rules(verdict)) == len(verdict.signals)
    weights = [abs(signal.weight) for signal in verdict.signals]
    assert weights == sorted(weights, reverse=True)


@given(anything)
def test_the_level_is_that_of_the_score_or_the_highest_floor(link: str) -> None:
    verdict = score(link)
    if verdict.error is None:
        floors = [ROWS[name].get("floor") for name in rules(verdict)]
        least = max((Level[floor.upper()] for floor in floors if floor), default=Level.CLEAR)
        assert verdict.level is max(POLICY.level(verdict.score), least)
    else:
        assert verdict.level is None


def with_rule(points: int, group: str = "own") -> Guard:
    """Return a guard with one more rule, which fires on every host that is no brand's own."""
    text = dict.fromkeys(("en", "ru", "kk"), "everything")
    rule = {
        "id": "own-everything", "title": text, "group": group, "points": points, "check": "host_mask",
        "options": {"masks": ["*"]}, "reason": text, "where": "own.yaml:1",
    }  # fmt: skip
    return Guard(book={**book(), "rules": [*book()["rules"], rule]})


WITH = {points: with_rule(points, group) for points, group in ((1, "words"), (25, "own"), (100, "address"))}


@given(built | damaged, st.sampled_from(sorted(WITH)))
def test_another_rule_never_lowers_the_score_of_a_link(link: str, points: int) -> None:
    before, after = score(link), WITH[points].score(link)
    assert after.score >= before.score
    assert (after.level or 0) >= (before.level or 0)
    assert rules(after) >= rules(before)


@pytest.mark.parametrize("link", ["https://kaspi-bonus.com/", "https://zhana-portal.com/"])
def test_a_rule_that_speaks_against_a_scam_takes_back_nothing_of_a_link(link: str) -> None:
    verdict = with_rule(-30).score(link)
    assert verdict.score == score(link).score
    assert {signal.rule: signal.points for signal in verdict.signals}["own-everything"] == 0


# Floors


@pytest.mark.parametrize(
    ("link", "rule"),
    [
        pytest.param("https://xn--a/", "link-bad-punycode", id="letters that decode to nothing"),
        pytest.param("https://kaspi.kz:99999/", "link-malformed", id="what no browser opens"),
        pytest.param(f"https://{'a' * 64}.kz/", "link-name-too-long", id="a label of 64 letters"),
        pytest.param(f"https://example.com/{'a' * 17_000}", "link-cut", id="a link of 17 kB"),
    ],
)
def test_what_cannot_be_judged_whole_is_never_clear(link: str, rule: str) -> None:
    verdict = score(link)
    assert rule in rules(verdict)
    assert verdict.level is not None
    assert verdict.level >= Level.SUSPICIOUS


def test_a_floor_holds_without_any_points() -> None:
    loaded = {**book(), "rules": [{**row, "points": 0} for row in book()["rules"]]}
    verdict = Guard(book=loaded).score(f"https://{'a' * 64}.kz/")
    assert (verdict.score, verdict.level) == (0, Level.SUSPICIOUS)


# Official addresses


@given(st.sampled_from([domain for brand in brands() for domain in brand["domains"]]), damaged)
def test_official_addresses_hear_only_the_groups_that_speak_there(domain: str, scrap: str) -> None:
    verdict = score(f"https://{domain}/{scrap}")
    assume(verdict.official is not None)
    own = {signal.group for signal in verdict.signals if signal.resource == 0}
    assert own.isdisjoint(POLICY.silenced)


def test_spelling_tricks_speak_on_an_official_address() -> None:
    verdict = score("https://user@kaspi.kz/login")
    assert (verdict.official, rules(verdict)) == ("kaspi", {"link-userinfo"})
    assert verdict.score > 0


def test_official_silences_its_own_link_only() -> None:
    link = "https://kaspi-bonus.top/"
    alone, carried = score(link), score(f"https://www.google.com/url?q={link}")
    assert rules(carried) >= rules(alone)
    assert carried.level is Level.DANGEROUS
    assert carried.brand == "kaspi"


# Links inside links


def wrapped(link: str, depth: int) -> str:
    for _ in range(depth):
        link = f"https://www.google.com/url?q={quote(link, safe='')}"
    return link


@pytest.mark.parametrize("depth", range(DEPTH + 1))
def test_every_layer_is_judged(depth: int) -> None:
    verdict = score(wrapped("https://kaspi-bonus.top/", depth))
    assert len(verdict.resources) == depth + 1
    assert (verdict.brand, verdict.level) == ("kaspi", Level.DANGEROUS)
    strongest = verdict.signals[0].resource
    assert strongest is not None
    assert verdict.resources[strongest].key == "https://kaspi-bonus.top/"


@pytest.mark.parametrize("link", ["https://kaspi.kz/", "https://kaspi-bonus.top/", "https://zhana-portal.com/"])
@pytest.mark.parametrize("depth", [DEPTH + 1, DEPTH + 2, 3 * DEPTH])
def test_what_lies_too_deep_is_never_clear(link: str, depth: int) -> None:
    verdict = score(wrapped(link, depth))
    assert "link-too-many-layers" in rules(verdict)
    assert verdict.level is not None
    assert verdict.level >= Level.SUSPICIOUS


@pytest.mark.parametrize("depth", range(1, DEPTH + 1))
def test_honest_links_stay_clear_in_every_layer(depth: int) -> None:
    assert score(wrapped("https://kaspi.kz/", depth)).level is Level.CLEAR


@given(st.sampled_from(REAL[:5]) | built, st.integers(1, DEPTH))
def test_wrapping_a_link_never_hides_what_it_is(link: str, depth: int) -> None:
    inner = score(link)
    assume(inner.level is not None and "://" in link[:8] and link[:4] == "http")
    outer = score(wrapped(link, depth))
    assert rules(outer) >= rules(inner) or "link-too-many-layers" in rules(outer)


def test_the_full_book_and_the_cached_one_judge_alike() -> None:
    for link in REAL:
        assert full_guard().score(link) == guard().score(link)
