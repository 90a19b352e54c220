"""The arithmetic of a verdict: the real address, the points that add up to the score, what to do."""

from collections.abc import Iterator
from typing import Final

from urlguard.model import Signal, Verdict
from urlguard.reports.screen import fitted_link, printable, width, wrapped
from urlguard.reports.wording import INDENT, LEAST, MOST_LINES, REGISTRY, Wording

_POINTS: Final = 5

_SPEAKING: Final = ("blocks", "warns")

Line = tuple[str, bool]
"""A line, and whether it is the one to look at first."""


def explained(words: Wording, verdict: Verdict, columns: int) -> Iterator[Line]:
    """Yield the lines below the link or text, each at most `columns` wide."""
    room = max(columns - len(INDENT) - _POINTS - 2, LEAST)
    if verdict.error is not None or not verdict.signals:
        yield from _block(words.reasons(verdict)[0], room)
    if verdict.kind == "link":
        yield from _imitated(words, verdict, room)
    yield from _layers(words, verdict, room)
    for signal in verdict.signals:
        yield from _signal(words, signal, verdict, room)
        if signal.group == REGISTRY:
            yield from _entries(words, verdict, room, history=False)
    if verdict.signals:
        yield from _sum(words, verdict, room)
    yield from _entries(words, verdict, room, history=True)
    if verdict.kind != "link":
        yield from _scheme(words, verdict, room)
        yield from _imitated(words, verdict, room)
    for advice in words.advice(verdict):
        yield from _block(f"→ {advice}", room)
    if verdict.kind != "link" and verdict.level and verdict.scheme is None:
        yield from _block(f"→ {words.texts['report_fraud']}", room)  # the advice on a scheme says it


def _imitated(words: Wording, verdict: Verdict, room: int) -> Iterator[Line]:
    for line, _ in _block(words.imitated(verdict), room):
        yield line, True


def _scheme(words: Wording, verdict: Verdict, room: int) -> Iterator[Line]:
    if verdict.scheme is not None:
        title = printable(words.schemes.get(verdict.scheme, verdict.scheme))
        yield from _block(f"{words.texts['scheme'].format(title=title)} [{verdict.scheme}]", room)


def _layers(words: Wording, verdict: Verdict, room: int) -> Iterator[Line]:
    """Return the links with their numbers when there are several; signals name the number."""
    if len(verdict.resources) == 1 and verdict.kind == "link":
        return
    for number, resource in enumerate(verdict.resources[:MOST_LINES], 1):
        inner = resource.span is None and number > 1
        note = f"  ({words.texts['layer']})" if inner else ""
        link = fitted_link(words.resource(resource), room - width(note))
        yield _row(f"#{number}", f"{link}{note}"), False
    if len(verdict.resources) > MOST_LINES:
        yield _row("…", ""), False


def _signal(words: Wording, signal: Signal, verdict: Verdict, room: int) -> Iterator[Line]:
    number = f"#{signal.resource + 1} " if len(verdict.resources) > 1 and signal.resource is not None else ""
    reason = f"{number}{words.clean(signal.reason, verdict)} [{signal.rule}]"
    if signal.points != signal.weight:
        reason += f" ({_limit(words, signal)})"
    first, *rest = wrapped(reason, room)
    yield _row(f"{signal.points:+d}" if signal.points or signal.weight > 0 else "-0", first), False
    for line in rest:
        yield _row("", line), False


def _limit(words: Wording, signal: Signal) -> str:
    """Say why a signal adds less than its rule is worth."""
    if signal.weight < 0:
        return words.texts["counter_limit"].format(weight=signal.weight)
    group = words.texts.get(f"group_{signal.group}", signal.group)
    return words.texts["group_limit"].format(weight=signal.weight, group=group)


def _entries(words: Wording, verdict: Verdict, room: int, *, history: bool) -> Iterator[Line]:
    """Return the records that speak, or those that only tell what was."""
    shown = [entry for entry in verdict.entries if (entry.standing not in _SPEAKING) == history]
    for entry in shown[:MOST_LINES]:
        number = f"#{entry.resource + 1} " if len(verdict.resources) > 1 else ""
        yield from _block(f"{number}{words.entry(entry)}", room)
    if len(shown) > MOST_LINES:
        yield _row("…", ""), False


def _sum(words: Wording, verdict: Verdict, room: int) -> Iterator[Line]:
    whole = sum(signal.points for signal in verdict.signals)
    note = f" ({whole}: {words.texts['cut_at_100']})" if whole > verdict.score else ""
    label = f"{words.texts['sum']}: {words.level(verdict)}{note}"
    first, *rest = wrapped(label, room)
    yield _row(f"={verdict.score}", first), False
    for line in rest:
        yield _row("", line), False
    if words.held(verdict):
        yield from _block(words.texts["too_few_agree"], room)
    raised = words.raised(verdict)
    if raised:
        yield from _block(words.texts["floor"].format(level=words.level(verdict), rule=raised), room)


def _block(text: str, room: int) -> Iterator[Line]:
    for line in wrapped(text, room) if text else ():
        yield _row("", line), False


def _row(points: str, text: str) -> str:
    return f"{INDENT}{points:>{_POINTS}}  {text}".rstrip()
