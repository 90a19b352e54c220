from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from registry.kept import rules

from urlguard.record import Effect, Match
from urlguard.registry.matching import Standing, covers, day, fits, moment, standing
from urlguard.registry.states import States


@cache
def oracle(mask: str, text: str) -> bool:
    """Say it the slow way: a star stands for any characters, also for none."""
    if not mask:
        return not text
    if mask[0] == "*":
        return oracle(mask[1:], text) or (bool(text) and oracle(mask, text[1:]))
    return bool(text) and mask[0] == text[0] and oracle(mask[1:], text[1:])


@given(st.text("ab*", max_size=7), st.text("ab", max_size=8))
def test_a_mask_fits_as_the_slow_way_says(mask: str, text: str) -> None:
    assert fits(mask, text) is oracle(mask, text)


def test_a_mask_of_many_stars_is_not_slow() -> None:
    assert not fits("*a" * 4_000 + "b", "a" * 16_000)


EFFECTS = States(rules()["registry"]["states"]).effects
TODAY = "2026-11-22"


@pytest.mark.parametrize(
    ("state", "effect", "since", "until", "right"),
    [
        pytest.param("restricted", "block", "", "", ("restricted", "blocks"), id="in force"),
        pytest.param("restricted", "block", "", TODAY, ("restricted", "blocks"), id="on its last day"),
        pytest.param("restricted", "block", "", "2026-11-21", ("expired", "none"), id="a day after its last"),
        pytest.param("restricted", "block", TODAY, "", ("restricted", "blocks"), id="on its first day"),
        pytest.param(
            "restricted", "block", "2026-11-23", "", ("restricted", "none"), id="a day before its first"
        ),
        pytest.param("restricted", "allow", "", "", ("restricted", "allows"), id="allows"),
        pytest.param(
            "restricted", "allow", "", "2026-11-21", ("expired", "none"), id="allowed until yesterday"
        ),
        pytest.param("suspended_check", "block", "", "", ("suspended_check", "warns"), id="pending"),
        pytest.param(
            "suspended_check", "allow", "", "", ("suspended_check", "none"), id="allowing is not yet decided"
        ),
        pytest.param("lifted", "block", "", "", ("lifted", "none"), id="lifted"),
        pytest.param("lifted", "block", "", "2020-01-01", ("lifted", "none"), id="lifted, and long over"),
    ],
)
def test_what_a_record_does_today(
    state: str, effect: str, since: str, until: str, right: tuple[str, str]
) -> None:
    found, does = standing(EFFECTS, state, Effect(effect), since, until, TODAY)
    assert (found, does.value) == right


@pytest.mark.parametrize(
    ("match", "anchor", "key", "host", "page", "right"),
    [
        pytest.param(Match.DOMAIN, "evil.top", "evil.top", "evil.top", "", True, id="the host itself"),
        pytest.param(Match.DOMAIN, "evil.top", "evil.top", "a.b.evil.top", "", True, id="far below it"),
        pytest.param(Match.DOMAIN, "evil.top", "evil.top", "notevil.top", "", False, id="only ends alike"),
        pytest.param(Match.HOST, "evil.top", "evil.top", "www.evil.top", "", True, id="www is the same host"),
        pytest.param(
            Match.HOST, "www.evil.top", "www.evil.top", "evil.top", "", True, id="also the other way"
        ),
        pytest.param(Match.HOST, "evil.top", "evil.top", "a.evil.top", "", False, id="not below it"),
        pytest.param(Match.EXACT, "e.top/a", "e.top/a", "e.top", "e.top/a", True, id="the page"),
        pytest.param(
            Match.EXACT, "e.top/a", "e.top/a", "e.top", "e.top/a/", True, id="the page with a slash"
        ),
        pytest.param(
            Match.EXACT, "e.top/a", "e.top/a", "e.top", "e.top/a?b=1", True, id="the page with a query"
        ),
        pytest.param(
            Match.EXACT, "e.top/a?b=1", "e.top/a?b=1", "e.top", "e.top/a", False, id="without its query"
        ),
        pytest.param(Match.EXACT, "e.top/a", "e.top/a", "e.top", "e.top/ab", False, id="another page"),
        pytest.param(Match.PREFIX, "e.top/", "e.top/a", "e.top", "e.top/abc/d", True, id="begins so"),
        pytest.param(Match.PREFIX, "e.top/", "e.top/a", "e.top", "e.top/b", False, id="begins otherwise"),
        pytest.param(Match.MASK, "top", "e-*.top", "e-1.top", "e-1.top/", True, id="mask of a host"),
        pytest.param(
            Match.MASK, "e.top", "*.e.top", "e.top", "e.top/", False, id="mask asks for a subdomain"
        ),
        pytest.param(Match.MASK, "e.top", "e.top/a*", "e.top", "e.top/abc", True, id="mask of a page"),
        pytest.param(Match.MASK, "e.top", "www.e.top/a*", "www.e.top", "e.top/abc", True, id="mask with www"),
    ],
)
def test_what_a_record_covers(
    match: Match, anchor: str, key: str, host: str, page: str, *, right: bool
) -> None:
    assert covers(match, anchor, key, host, page) is right


@pytest.mark.parametrize(
    ("at", "days", "moments"),
    [
        pytest.param(0, "1970-01-01", "1970-01-01T00:00:00Z", id="the beginning"),
        pytest.param(1_767_207_600, "2026-01-01", "2025-12-31T19:00:00Z", id="midnight in Kazakhstan"),
        pytest.param(1_767_207_599, "2025-12-31", "2025-12-31T18:59:59Z", id="a second before"),
    ],
)
def test_days_are_those_of_kazakhstan(at: int, days: str, moments: str) -> None:
    assert (day(at), moment(at)) == (days, moments)


def test_every_effect_of_a_state_is_a_standing() -> None:
    assert {Standing(effect) for effect in EFFECTS.values()} <= set(Standing)
