"""Records of the registry in words: what they cover, what they do, on what ground."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from urlguard.model import Kind
from urlguard.record import Effect, Match, Record
from urlguard.reports.screen import defanged, fitted, padded, printable, unlinked, width, wrapped

LONGEST: Final = 1_000
"""Characters of a text that are shown; programs read it whole as JSON."""
PAGE: Final = 100
"""Columns where nothing limits the line: in files and pipes."""
LEAST: Final = 20
_LINKED: Final = frozenset({Kind.URL, Kind.HOST, Kind.IP, Kind.EMAIL})
_BLANK: Final = str.maketrans({"\n": " ", "\t": " ", "\r": " "})


@dataclass(frozen=True, slots=True)
class Words:
    """The words for records in one language."""

    texts: Mapping[str, str]
    states: Mapping[str, str]
    """Titles by id, as in the three tables below."""
    categories: Mapping[str, str]
    grounds: Mapping[str, str]
    brands: Mapping[str, str]


def clean(text: str) -> str:
    """Return a text that people wrote as it may be shown: one line, no link to click, no control."""
    return printable(unlinked(text[:LONGEST].translate(_BLANK).strip()))


def subject(record: Record) -> str:
    """Return what a record is about as it may be shown: the key; of a card only what may be known."""
    text = record.value if record.kind is Kind.CARD else record.key
    text = text[:LONGEST]
    return printable(defanged(text) if record.kind in _LINKED else unlinked(text))


def covered(words: Words, record: Record) -> str:
    """Say what a record covers: `the host evil[.]top and its subdomains`."""
    name = "this" if record.match is Match.EXACT and record.kind is not Kind.URL else record.match.value
    kind = words.texts[f"rec_kind_{record.kind.value}"]
    return words.texts[f"rec_covers_{name}"].format(key=subject(record), kind=kind)


def state(words: Words, record: Record, now: str = "") -> str:
    """Name the state of a record; `now` is the one it is in that day, where that differs."""
    name = now or record.state
    if record.effect is Effect.ALLOW and name == "restricted":
        return words.texts["rec_allowed"]
    return words.states.get(name, printable(name))


def ground(words: Words, record: Record) -> str:
    """Name the document a record stands on: `prescription No 12 of 2026-11-01, Kibernadzor`."""
    found = record.ground
    parts = [words.grounds.get(found.type, clean(found.type))]
    if found.number:
        parts.append(words.texts["rec_number"].format(number=clean(found.number)))
    if found.date:
        parts.append(words.texts["rec_dated"].format(date=clean(found.date)))
    text = " ".join(parts)
    return f"{text}, {clean(found.authority)}" if found.authority else text


def court(record: Record) -> str:
    """Name the court and its day; empty when there is none."""
    return ", ".join(clean(text) for text in (record.ground.court, record.ground.court_date) if text)


def term(words: Words, record: Record, since: str) -> str:
    """Say from when until when a record is in force."""
    begin = words.texts["rec_since"].format(since=clean(since))
    end = words.texts["rec_until"].format(until=clean(record.until)) if record.until else ""
    return f"{begin}, {end or words.texts['rec_no_end']}"


def sorting(words: Words, record: Record) -> str:
    """Say category, imitated brand and list."""
    parts = []
    if record.category:
        parts.append(words.categories.get(record.category, clean(record.category)))
    if record.brand:
        parts.append(
            words.texts["rec_brand"].format(brand=words.brands.get(record.brand, clean(record.brand)))
        )
    parts.append(words.texts["rec_list"].format(list=clean(record.list)))
    return "; ".join(parts)


def whole(
    words: Words, record: Record, *, does: str, now: str, since: str, steps: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """Yield label and text of everything a record says. `does` is its standing, `now` its state that day."""
    label = {name: words.texts[f"rec_label_{name}"] for name in _LABELS}
    yield label["state"], f"{state(words, record, now)} ({words.texts[f'rec_standing_{does}']})"
    yield label["covers"], covered(words, record)
    given = clean(defanged(record.value) if record.kind in _LINKED else record.value)
    if given != subject(record):
        yield label["value"], given
    yield label["term"], term(words, record, since)
    yield label["category"], words.categories.get(record.category, clean(record.category))
    yield label["ground"], ground(words, record)
    yield label["court"], court(record)
    yield label["article"], clean(record.ground.article)
    yield label["list"], clean(record.list)
    yield label["brand"], words.brands.get(record.brand, clean(record.brand))
    yield label["note"], clean(record.note)
    for name, value in record.details.items():
        yield words.texts.get(f"rec_detail_{name}", clean(name)), plain(words, value)
    yield label["next"], ", ".join(steps) or words.texts["rec_step_none"]


_LABELS: Final = (
    "state",
    "covers",
    "value",
    "term",
    "category",
    "ground",
    "court",
    "article",
    "list",
    "brand",
    "note",
    "next",
)


def plain(words: Words, value: Any) -> str:  # noqa: ANN401  (plain JSON)
    """Return plain JSON as a line for people: `basis: owner request, checked by: A. S.`."""
    if isinstance(value, Mapping):
        named = (
            (words.texts.get(f"rec_detail_{name}", clean(str(name))), inner) for name, inner in value.items()
        )
        return ", ".join(f"{name}: {plain(words, inner)}" for name, inner in named)
    if isinstance(value, list | tuple):
        return "; ".join(plain(words, inner) for inner in value)
    return clean(str(value))


def labelled(rows: Sequence[tuple[str, str]], columns: int, indent: str = "  ") -> Iterator[str]:
    """Yield the lines of labels and texts, in two columns where there is room, empty texts left out."""
    rows = [row for row in rows if row[1]]
    first = max((width(label) for label, _ in rows), default=0)
    room = columns - len(indent) - first - 2
    if room < 2 * LEAST:
        for label, text in rows:
            yield from hanging(f"{label}: {text}", columns, indent)
        return
    for label, text in rows:
        head, *rest = wrapped(text, room)
        yield f"{indent}{padded(label, first)}  {head}"
        for line in rest:
            yield f"{indent}{' ' * first}  {line}"


def hanging(text: str, columns: int, indent: str = "") -> Iterator[str]:
    """Yield a text in lines of at most `columns`, all but the first two spaces further in."""
    room = max(columns - len(indent) - 2, LEAST)
    head, *rest = wrapped(text, room + 2)
    yield f"{indent}{head}"
    if rest:
        for line in wrapped(" ".join(rest), room):
            yield f"{indent}  {line}"


def row(words: Words, record: Record, now: str, columns: int | None) -> Iterator[str]:
    """Yield a record as a row of a table; two lines where the screen is narrow."""
    head = f"{record.id}  "
    name = state(words, record, now)
    facts = "; ".join(_facts(words, record))
    if columns is not None and columns < _NARROW:
        yield fitted(f"{head}{name}", columns)
        yield fitted(f"  {extent(words, record)}", columns)
        yield fitted(f"  {facts}", columns)
        return
    line = f"{head}{padded(name, _states_width(words))}  {extent(words, record)}  {facts}"
    yield fitted(line, columns) if columns is not None else line


def extent(words: Words, record: Record) -> str:
    """Return what a record covers in few signs: `evil[.]top`, `evil[.]top/login*`, `phone +7701...`."""
    shown = subject(record)
    if record.kind in {Kind.URL, Kind.HOST, Kind.IP, Kind.EMAIL, Kind.IBAN}:
        marks = {Match.PREFIX: f"{shown}*", Match.DOMAIN: f"{shown} (+ *.)"}
        return marks.get(record.match, shown)
    return f"{words.texts[f'rec_kind_{record.kind.value}']} {shown}"


def _states_width(words: Words) -> int:
    return max(width(title) for title in words.states.values())


def _facts(words: Words, record: Record) -> Iterator[str]:
    if record.category:
        yield words.categories.get(record.category, clean(record.category))
    if record.ground.number or record.ground.type not in {"internal", "list"}:
        yield ground(words, record)
    if record.until:
        yield words.texts["rec_until"].format(until=clean(record.until))
    if record.brand:
        yield words.brands.get(record.brand, clean(record.brand))
    yield clean(record.list)


_NARROW: Final = 72
"""On a narrower screen a row takes several lines."""
