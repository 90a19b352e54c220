"""Translations say what the page says: same sections, commands, options, links and numbers."""

from pathlib import Path

import pytest
from docs.pages import README
from docs.translations import LANGUAGES, TRANSLATED, Section, sections

PAIRS = [pytest.param(*pair, id=pair[1].name) for pair in TRANSLATED]
LINES = [
    pytest.param(translated, theirs, ours, id=f"{translated.name}: {ours.heading}")
    for page, translated in TRANSLATED
    for ours, theirs in zip(sections(page), sections(translated), strict=False)
]


def test_the_readme_is_there_in_all_languages() -> None:
    for language in LANGUAGES:
        assert (README, README.with_suffix(f".{language}.md")) in TRANSLATED


@pytest.mark.parametrize(("page", "translated"), PAIRS)
def test_the_sections_are_the_same(page: Path, translated: Path) -> None:
    ours, theirs = sections(page), sections(translated)
    bodies = {section[1:] for section in ours}, {section[1:] for section in theirs}
    missing = [section.heading for section in ours if section[1:] not in bodies[1]]
    odd = [section.heading for section in theirs if section[1:] not in bodies[0]]
    assert [section.level for section in theirs] == [section.level for section in ours], (
        f"look in {translated.name} for {missing} of {page.name}; only there: {odd}"
    )


@pytest.mark.parametrize(("translated", "theirs", "ours"), LINES)
def test_a_section_says_the_same(translated: Path, theirs: Section, ours: Section) -> None:
    for what in ("commands", "options", "links", "numbers", "parts", "rows"):
        here, there = getattr(theirs, what), getattr(ours, what)
        assert here == there, (
            f"{translated.name}, “{theirs.heading}”: its {what} are not those of “{ours.heading}” in English"
        )


@pytest.mark.parametrize(("page", "translated"), PAIRS)
def test_each_language_leads_to_the_others(page: Path, translated: Path) -> None:
    family = {page, *(other for own, other in TRANSLATED if own == page)}
    for one in (page, translated):
        head = one.read_text("utf-8")[:400]
        assert not [other.name for other in family - {one} if f"]({other.name})" not in head], one.name
