"""What the registry knows of something pasted: every record that covers it, and why others do not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from urlguard.record import Record
from urlguard.reports.recordrows import row as record_row
from urlguard.reports.records import (
    PAGE,
    Words,
    clean,
    court,
    covered,
    ground,
    hanging,
    sorting,
    state,
    term,
)

MOST_NEAR: Final = 5
_COLOURS: Final[Mapping[str, str]] = {
    "blocks": "1;31",
    "warns": "33",
    "allows": "32",
    "overruled": "2",
    "none": "2",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A record that was looked at."""

    record: Record
    does: str
    """Its standing that day."""
    now: str
    """The state it is in that day."""
    since: str
    overruled_by: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """One resource that was looked up."""

    kind: str
    raw: str
    """As written; of a card only what may be known."""
    shown: str
    """The same as it may be shown on a screen."""
    hits: tuple[Found, ...] = ()
    """Most specific first."""
    near: tuple[Found, ...] = ()
    """Records close to it that do not cover it."""
    more: bool = False
    """There are more of those."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything about one line; `asked` is empty when there was nothing to look up in it."""

    text: str
    asked: tuple[Asked, ...]
    error: str = ""
    """Why not, when it is not for want of anything to look up."""

    @property
    def blocks(self) -> bool:
        """Whether something in force blocks a part of it."""
        return any(hit.does == "blocks" for asked in self.asked for hit in asked.hits)


def lines(words: Words, answer: Answer, columns: int | None, *, colour: bool) -> Iterator[str]:
    """Yield the lines of one answer."""
    width = columns or PAGE
    if not answer.asked:
        yield from hanging(
            f"{clean(answer.text)[:80]}: {answer.error or words.texts['find_unreadable']}", width
        )
        return
    known = [asked for asked in answer.asked if asked.hits or asked.near]
    for asked in known:
        yield from hanging(asked.shown, width)
        for hit in asked.hits:
            yield from _hit(words, hit, width, colour=colour)
        if not asked.hits:
            yield from hanging(words.texts["find_nothing"].format(names=asked.shown), width, "  ")
        for found in asked.near[:MOST_NEAR]:
            text = words.texts["find_near"]
            name = state(words, found.record, found.now)
            line = text.format(id=found.record.id, state=name, covered=covered(words, found.record))
            yield from hanging(line, width, "  ")
        if asked.more or len(asked.near) > MOST_NEAR:
            yield "  …"
    rest = [asked.shown for asked in answer.asked if asked not in known]
    if rest:
        yield from hanging(words.texts["find_nothing"].format(names=", ".join(rest)), width)


def _hit(words: Words, hit: Found, columns: int, *, colour: bool) -> Iterator[str]:
    record, texts = hit.record, words.texts
    does = texts[f"rec_standing_{hit.does}"]
    head = f"{record.id}  {state(words, record, hit.now)}, {term(words, record, hit.since)}"
    first, *rest = hanging(f"{does}  {head}", columns, "  ")
    if colour:
        first = first.replace(does, f"\x1b[{_COLOURS[hit.does]}m{does}\x1b[0m", 1)
    yield first
    yield from rest
    facts = [texts["rec_covers"].format(covered=covered(words, record))]
    paper = [ground(words, record), court(record), clean(record.ground.article)]
    sorts = sorting(words, record)
    facts += [f"{paper[0]}; {sorts}"] if not record.ground.number and not any(paper[1:]) else [*paper, sorts]
    if record.note:
        facts.append(texts["rec_note"].format(note=clean(record.note)))
    if hit.overruled_by:
        facts.append(texts["rec_overruled_by"].format(id=hit.overruled_by))
    for fact in facts:
        if fact:
            yield from hanging(fact, columns, "    ")


def row(answer: Answer) -> dict[str, Any]:
    """Return one answer for programs."""
    return {
        "input": answer.text,
        "blocks": answer.blocks,
        "resources": [
            {"kind": asked.kind, "raw": asked.raw, "entries": _rows(asked.hits), "near": _rows(asked.near)}
            for asked in answer.asked
        ],
        "error": None if answer.asked else answer.error or "nothing to look up",
    }


def _rows(found: Sequence[Found]) -> list[dict[str, Any]]:
    return [
        {**record_row(one.record, one.does, one.now, one.since), "overruled_by": one.overruled_by or None}
        for one in found
    ]
