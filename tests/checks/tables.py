"""One guard for all tests that judge links, and short words for what a verdict says."""

from functools import cache
from typing import Any

from urlguard import Guard, Verdict
from urlguard.links.suffixes import a_label
from urlguard.packs.book import Book, full_book


@cache
def guard() -> Guard:
    return Guard()


@cache
def book() -> Book:
    """Return the whole book, with examples and all that is known of brands."""
    return full_book()


@cache
def full_guard() -> Guard:
    return Guard(book=book())


def brands() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = book()["brands"]
    return found


def score(link: str) -> Verdict:
    return guard().score(link)


def rules(verdict: Verdict) -> set[str]:
    return {signal.rule for signal in verdict.signals}


def kinds(verdict: Verdict) -> list[str]:
    """Return the kinds of imitation a verdict tells, the most telling first."""
    return [
        signal.rule.removeprefix("lookalike-")
        for signal in verdict.signals
        if signal.rule.startswith("lookalike-")
    ]


def ascii_host(host: str) -> str:
    return ".".join(a_label(label) for label in host.split("."))
