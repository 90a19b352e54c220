"""Whether a record covers a link, what it does today, and which of several comes first."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from functools import lru_cache
from typing import Final

from urlguard.registry.anchors import unslashed
from urlguard.scope import Effect, Match

KAZAKHSTAN: Final = timezone(timedelta(hours=5))
"""The one time zone of the country since 01.03.2024; days begin and end in it."""
RANK: Final[Mapping[Match, int]] = {match: rank for rank, match in enumerate(Match)}


class Standing(StrEnum):
    """What a record does to what it covers, on a given day."""

    BLOCKS = "blocks"
    WARNS = "warns"
    ALLOWS = "allows"
    OVERRULED = "overruled"
    """It would block, but an allow record in force says otherwise."""
    NONE = "none"
    """Over, lifted, or not yet in force: history."""


@lru_cache(maxsize=1024)
def day(at: int) -> str:
    """Return the day of a moment (seconds since 1970) in Kazakhstan, `YYYY-MM-DD`."""
    return datetime.fromtimestamp(at, KAZAKHSTAN).strftime("%Y-%m-%d")


@lru_cache(maxsize=1024)
def moment(at: int) -> str:
    """Return a moment in UTC, `YYYY-MM-DDTHH:MM:SSZ`."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def standing(  # noqa: PLR0917  (asked for every record that is found: names cost time)
    effects: Mapping[str, str], state: str, effect: Effect, since: str, until: str, today: str
) -> tuple[str, Standing]:
    """Return the state a record is in today, and what it does.

    `effects` says what each state does: `blocks`, `warns` or `none`. A record whose last day is
    over is `expired` without anybody having written it down.
    """
    does = effects.get(state, "none")
    if until and until < today and does != "none":
        return "expired", Standing.NONE
    if does == "none" or (since and since > today):
        return state, Standing.NONE
    if effect is Effect.ALLOW:
        return state, Standing.ALLOWS if does == "blocks" else Standing.NONE
    return state, Standing(does)


def covers(match: Match, anchor: str, key: str, host: str, page: str) -> bool:
    """Tell whether a record found under `anchor` covers a link; `page` as `Anchors.page` returns it."""
    if match is Match.DOMAIN:
        return host == anchor or host.endswith("." + anchor)
    if match is Match.HOST:
        return anchor in {host, host.removeprefix("www."), f"www.{host}"}
    if match is Match.EXACT:
        page = unslashed(page)
        return anchor.startswith("ip:") or key in {page, page.partition("?")[0]}
    if match is Match.PREFIX:
        return page.startswith(key)
    if match is Match.MASK:
        tail = page[page.find("/") :]
        return fits(key, f"{host}{tail}") or fits(key, page) if "/" in key else fits(key, host)
    return True  # a network: it was asked for because the address lies in it


def fits(mask: str, text: str) -> bool:
    """Tell whether a mask with stars fits a whole text, in linear time.

    >>> fits("kaspi-*.top", "kaspi-bonus.top"), fits("*.evil.top", "evil.top")
    (True, False)
    """
    first, *middle = mask.split("*")
    if not middle:
        return mask == text
    *middle, last = middle
    if not text.startswith(first) or len(text) < len(first) + len(last) or not text.endswith(last):
        return False
    at, end = len(first), len(text) - len(last)
    for piece in middle:
        at = text.find(piece, at, end)
        if at < 0:
            return False
        at += len(piece)
    return True
