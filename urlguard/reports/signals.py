"""Which signals of a verdict come first for a person, and where in the input they stand."""

from collections.abc import Sequence

from urlguard.model import Resource, Signal, Span, Verdict


def strongest(verdict: Verdict) -> Signal | None:
    """Return the signal to be named first: what speaks against a scam only where nothing else counts."""
    return next(iter(deciding(verdict)), None)


def deciding(verdict: Verdict) -> Sequence[Signal]:
    """Return the signals that made the score what it is, strongest first."""
    signals = verdict.signals
    kept = [hit for hit in signals if (hit.points > 0 if verdict.score else hit.weight < 0)]
    return kept or signals


def convincing(verdict: Verdict) -> list[Span]:
    """Return the places that speak for a scam, those of the strongest signal first."""
    return [
        span
        for signal in verdict.signals
        if signal.weight > 0
        for span in signal.spans or ((signal.span,) if signal.span else ())
    ]


def hiding(verdict: Verdict) -> Resource | None:
    """Return the link inside the link that the strongest signal is about."""
    first = strongest(verdict)
    at = first.resource if first is not None else 0
    return verdict.resources[at] if at and verdict.resources[at].span is None else None
