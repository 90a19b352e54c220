"""How words, links and warnings add up: no warning makes a bad link better."""

import pytest
from checks.tables import book, guard, rules
from hypothesis import example, given, settings
from hypothesis import strategies as st
from words.made_texts import ASKS, TEXTS, WARNING, WARNINGS

from urlguard import Level, Verdict
from urlguard.policy import Policy, total

TABLE = book()["policy"]
POLICY = Policy(TABLE)
OFFSET = frozenset(TABLE["counter_offsets"])
"""Groups that counter-signals may take back from."""


def check(text: str) -> Verdict:
    return guard().check(text)


# The arithmetic alone

WEIGHTS = st.lists(
    st.tuples(st.sampled_from([*TABLE["caps"], "own", "counter"]), st.integers(-100, 100)), max_size=9
)


@given(WEIGHTS)
@example([("registry", 100), ("ask", 30), ("counter", -60)])
def test_negative_points_take_back_what_wording_added_and_no_more(weights: list[tuple[str, int]]) -> None:
    points = POLICY.share(weights)
    kept = sum(
        added for (group, _), added in zip(weights, points, strict=True) if added > 0 and group not in OFFSET
    )
    wording = sum(
        added for (group, _), added in zip(weights, points, strict=True) if added > 0 and group in OFFSET
    )
    taken = -sum(added for added in points if added < 0)
    wanted = -sum(weight for _, weight in weights if weight < 0)
    assert taken == min(wording, wanted)
    assert total(points) >= min(kept, 100)


@given(WEIGHTS)
def test_negative_points_change_no_positive_ones(weights: list[tuple[str, int]]) -> None:
    positive = [pair for pair in weights if pair[1] > 0]
    shown = [points for (_, weight), points in zip(weights, POLICY.share(weights), strict=True) if weight > 0]
    assert shown == POLICY.share(positive)


@pytest.mark.parametrize(
    ("weights", "points"),
    [
        pytest.param([("ask", 45), ("counter", -30)], [45, -30], id="part"),
        pytest.param([("counter", -70), ("ask", 45)], [-45, 45], id="all, the warning first"),
        pytest.param([("counter", -70), ("counter", -60), ("ask", 45)], [-45, 0, 45], id="two warnings"),
        pytest.param([("lookalike", 80), ("counter", -70)], [80, 0], id="nothing of a link"),
        pytest.param([("lookalike", 80), ("ask", 45), ("counter", -70)], [80, 45, -45], id="only the words"),
        pytest.param(
            [("ask", 45), ("ask", 45), ("counter", -70)], [45, 15, -60], id="what the limit let through"
        ),
        pytest.param([("counter", -70)], [0], id="a warning alone"),
    ],
)
def test_what_a_counter_signal_takes_back(weights: list[tuple[str, int]], points: list[int]) -> None:
    assert TABLE["caps"]["ask"] == 60
    assert POLICY.share(weights) == points


# Texts


@given(TEXTS)
@settings(max_examples=300)
def test_the_shown_points_are_the_score(text: str) -> None:
    verdict = check(text)
    assert verdict.score == total(signal.points for signal in verdict.signals)
    shares = POLICY.share([(signal.group, signal.weight) for signal in verdict.signals])
    assert [signal.points for signal in verdict.signals] == shares


@given(TEXTS)
@settings(max_examples=200)
def test_nothing_takes_back_what_links_and_records_say(text: str) -> None:
    verdict = check(text)
    kept = sum(
        signal.points for signal in verdict.signals if signal.group not in OFFSET and signal.points > 0
    )
    assert verdict.score >= min(kept, 100)


@pytest.mark.parametrize(
    "link", ["https://kaspi-bonus.top/login", "kaspi.kz@evil-portal.top", "http://185.12.33.4/kaspi.apk"]
)
def test_a_warning_makes_no_link_better(link: str) -> None:
    alone, warned = guard().score(link), check(f"{WARNING} Подробнее: {link}")
    assert warned.score >= alone.score
    assert warned.level is not None
    assert alone.level is not None
    assert warned.level >= alone.level
    assert rules(warned) >= rules(alone)


@pytest.mark.parametrize("ask", ASKS.values(), ids=ASKS.keys())
@pytest.mark.parametrize("warning", WARNINGS.values(), ids=WARNINGS.keys())
def test_a_live_ask_is_heard_whatever_warnings_stand_around(ask: str, warning: str) -> None:
    for text in (f"{warning} {ask}", f"{ask}. {warning}"):
        verdict = check(text)
        assert [signal.rule for signal in verdict.signals if signal.points < 0] == []
        assert verdict.level is not None
        assert verdict.level >= Level.SUSPICIOUS


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Мошенники звонят и говорят: «Назовите код из СМС». Кладите трубку.", id="Russian"),
        pytest.param("Алаяқтар «СМС-тегі кодты айтыңыз» дейді. Сақ болыңыз.", id="Kazakh"),
        pytest.param(
            'Scammers say "tell me the code you received". Hang up and call the police.', id="English"
        ),
    ],
)
def test_a_quoted_ask_in_a_report_is_not_one(text: str) -> None:
    verdict = check(text)
    assert verdict.level is Level.CLEAR
    assert any(signal.weight < 0 for signal in verdict.signals)


def test_quotes_alone_silence_nothing() -> None:
    assert "text-asks-code" in rules(check("«Назовите код из СМС»"))
