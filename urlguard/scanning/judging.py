"""Rows judged: what stands in the judged columns of one row in, a finding out.

Runs in every worker. A finding depends on nothing but the row, the rules and the registry.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from urlguard.extract.lines import bare, has_words
from urlguard.guard import Guard
from urlguard.links.link import Link
from urlguard.model import Level, Verdict
from urlguard.reports.screen import fitted
from urlguard.reports.signals import deciding
from urlguard.scanning.marks import Marks
from urlguard.tables.rows import Finding
from urlguard.worded import wording_of

Part = str | tuple[str, str]
"""A cell, or what a hyperlink shows and where it leads."""
Judged = str | tuple[Part, ...]
"""What is judged of one row: its only such cell, or all of them in the order of the columns."""

_SHOWN: Final = 300
"""Columns of an input that a report shows."""
_ANCHOR: Final = re.compile(r'<a href="([^"<>]{1,2000})">([^<>]{0,1000})</a>')
"""A hyperlink as `_written` puts it."""
_CLEAR: Final = Level.CLEAR


@lru_cache(8_192)
def unsigned(suffix: str, hosting: str) -> Finding:
    """Return the finding on a row without any signs: one object for all on the same suffix and hosting."""
    return Finding(_CLEAR.label, 0, suffix=suffix, hosting=hosting)


class Judge:
    """Judges rows by one guard."""

    def __init__(self, guard: Guard) -> None:
        """Take the guard; its language is that of the findings."""
        self._guard = guard
        self._words = wording_of(guard)
        self._marks = Marks(guard.book, guard.knowledge).of

    def find(self, judged: Judged) -> Finding:
        """Return the finding on one row; never raises but `RegistryError`.

        Of several cells each is judged, and the worst one decides; where one of them is a text,
        all are judged as one, because a text and the link beside it tell on each other.
        """
        guard = self._guard
        if isinstance(judged, str):
            plain = guard.plain(judged)
            if plain is None:
                return self._finding(*guard.judged(judged))
            if not plain.fired:
                return unsigned(*guard.standing(plain.links[0]))
            return self._finding(guard.told(judged, plain), plain.links)
        if any(isinstance(part, tuple) or has_words(bare(part).text) for part in judged):
            return self._finding(*self._guard.judged("\n".join(map(_written, judged))))
        answers = [self._guard.judged(part) for part in judged if isinstance(part, str)]
        worst = max(answers, key=_badness)
        others = [mark for answer in answers if answer is not worst for mark in self._marks(*answer)]
        found = self._finding(*worst)
        return found._replace(marks=tuple(dict.fromkeys((*found.marks, *others)))) if others else found

    def _finding(self, verdict: Verdict, links: Sequence[Link]) -> Finding:
        level = verdict.level
        if level is None:
            error = verdict.error.message if verdict.error else ""
            return Finding("", 0, error=error, shown=self._shown(verdict))
        link = _deciding(verdict, links)
        suffix, hosting = self._guard.standing(link) if link is not None else ("", "")
        if not verdict.signals and not verdict.entries:
            return unsigned(suffix, hosting)
        words = self._words
        # Where nothing counts, what was found all the same tells why: "tells of others" adds no point.
        counted = [signal for signal in deciding(verdict) if signal.points or not verdict.score]
        entries = "; ".join(f"{entry.id} {words.entry(entry)}" for entry in verdict.entries)
        reasons = "; ".join(f"({hit.points:+d}) {words.clean(hit.reason, verdict)}" for hit in counted)
        if level is _CLEAR:
            return Finding(
                level.label, verdict.score, reasons=reasons, entries=entries, suffix=suffix, hosting=hosting
            )
        return Finding(
            level.label, verdict.score, verdict.brand or "", verdict.scheme or "", reasons, entries,
            " ".join(words.advice(verdict)), "", self._shown(verdict),
            tuple([hit.rule for hit in counted]), link.registrable if link is not None else "",
            suffix, hosting, self._marks(verdict, links),
        )  # fmt: skip

    def _shown(self, verdict: Verdict) -> str:
        shown = self._words.shown(verdict)
        if "<a href=" in shown:
            shown = _ANCHOR.sub(r"\2 → \1", shown)
        return fitted(shown, _SHOWN)


def _written(part: Part) -> str:
    """Return a cell as text; a hyperlink as markup, which tells what it shows from where it leads."""
    if isinstance(part, str):
        return part
    shown, target = part
    return f'<a href="{target.replace(chr(34), "%22")}">{shown}</a>'


def _badness(answer: tuple[Verdict, Sequence[Link]]) -> tuple[int, int]:
    verdict = answer[0]
    return (-1 if verdict.level is None else verdict.level, verdict.score)


def _deciding(verdict: Verdict, links: Sequence[Link]) -> Link | None:
    """Return the link that the strongest signal about one is about, else the first."""
    for signal in verdict.signals:
        at = signal.resource
        if at is not None and at < len(links):
            return links[at]
    return links[0] if links else None
