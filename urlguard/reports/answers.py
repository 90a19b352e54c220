"""Answers to values that were entered by hand: a line each, and what to know about all of them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

from urlguard.record import Answer, Effect
from urlguard.reports.records import Words, clean, covered, hanging, state

REFUSED: Final = frozenset({"held", "refused", "iin"})
_NEW: Final = frozenset({"entered", "would"})
_PIECE: Final = 5
"""Characters of a piece of a phone, card or IBAN."""
_CHANGED: Final = frozenset({"changed", "would_change"})


def lines(words: Words, answer: Answer, columns: int | None) -> Iterator[str]:
    """Yield one answer; on one line where nothing limits it."""
    text = _text(words, answer)
    return iter([text]) if columns is None else hanging(text, columns)


def _text(words: Words, answer: Answer) -> str:
    texts, record = words.texts, answer.record
    if answer.status == "iin":
        return texts["add_iin"]
    if answer.status == "held":
        reason = texts[f"poison_{answer.code}"].replace("{evidence}", ", ".join(answer.evidence))
        return texts["add_held"].format(value=clean(answer.value), reason=clean(reason))
    if answer.status == "refused" or record is None:
        reason = texts[f"add_{answer.code}"]
        if record is not None:
            reason = reason.format(id=record.id, state=state(words, record, answer.now))
        return texts["add_refused"].format(value=clean(answer.value), reason=reason)
    return texts[f"add_{answer.status}"].format(
        id=record.id,
        covered=covered(words, record),
        line=answer.first,
        state=state(words, record, answer.now),
    )


def row(answer: Answer) -> dict[str, Any]:
    """Return one answer for programs."""
    record = answer.record if answer.status not in REFUSED else None
    return {
        "line": answer.line,
        "value": answer.value,
        "status": answer.status,
        "id": record.id or None if record else None,
        "kind": record.kind.value if record else None,
        "match": record.match.value if record else None,
        "key": record.key if record else None,
        "state": (answer.now or record.state) if record else None,
        "reason": answer.reason or None,
        "code": answer.code or None,
        "hits": list(answer.evidence),
    }


def notes(
    words: Words, answers: Sequence[Answer], event: int | None, today: str, *, preview: bool
) -> Iterator[str]:
    """Yield what to know about what was entered: the sum, what the records do, how to take it back."""
    texts = words.texts
    counts = Counter(answer.status for answer in answers)
    if len(answers) > 1:
        yield texts["add_sum"].format(
            new=sum(counts[name] for name in _NEW), changed=sum(counts[name] for name in _CHANGED),
            known=counts["known"] + counts["twice"], refused=sum(counts[name] for name in REFUSED),
        )  # fmt: skip
    if sum(_piece(answer) for answer in answers) > 1:
        yield texts["add_quotes"]
    fresh = [answer for answer in answers if answer.status in _NEW | _CHANGED]
    if fresh:
        yield from _effect(words, fresh[0], today)
    if preview:
        yield texts["add_dry"]
    elif event is not None:
        yield texts["add_undo"].format(event=event)


def _piece(answer: Answer) -> bool:
    """Tell a piece of a number that the shell cut at its spaces: `701`."""
    return answer.status == "refused" and len(answer.value) <= _PIECE and answer.value.strip("+()-").isdigit()


def _effect(words: Words, answer: Answer, today: str) -> Iterator[str]:
    texts, record = words.texts, answer.record
    if record is None:
        return
    if record.until and record.until < today:
        yield texts["add_over"].format(until=record.until)
    elif record.since and record.since > today:
        yield texts["add_later"].format(since=record.since)
    elif record.effect is Effect.ALLOW:
        yield texts["add_allows"].format(until=record.until)
    else:
        name = {"blocks": "add_blocks", "warns": "add_warns"}.get(answer.does, "add_idle")
        yield texts[name].format(state=state(words, record, answer.now))
