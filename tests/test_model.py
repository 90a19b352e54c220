"""The nouns: immutable, ordered, and the laws of a verdict."""

import dataclasses
import pickle

import pytest

from urlguard import Level, check

TEXTS = [
    "https://kaspi-bonus.top/login", "kaspi.kz", "words", "words kaspi-bonus.top and kаspi.kz",
    "javascript:x",
]  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_points_add_up_and_level_is_none_only_with_an_error(text: str) -> None:
    verdict = check(text)
    assert verdict.score == min(max(sum(signal.points for signal in verdict.signals), 0), 100)
    assert (verdict.level is None) == (verdict.error is not None)
    assert all((signal.resource or 0) < max(len(verdict.resources), 1) for signal in verdict.signals)


@pytest.mark.parametrize("text", TEXTS)
def test_spans_point_at_what_is_written(text: str) -> None:
    for resource in check(text).resources:
        if resource.span is not None:
            assert text[slice(*resource.span)] == resource.raw


def test_verdicts_are_immutable_and_travel() -> None:
    verdict = check(TEXTS[0])
    with pytest.raises(dataclasses.FrozenInstanceError):
        verdict.score = 0  # type: ignore[misc]  # that it is refused is the point
    assert pickle.loads(pickle.dumps(verdict)) == verdict  # noqa: S301  (our own bytes)
    assert hash(verdict) == hash(check(TEXTS[0]))


def test_levels_are_in_order() -> None:
    assert [level.label for level in sorted(Level)] == ["clear", "suspicious", "dangerous", "blocked"]
