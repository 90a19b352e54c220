"""urlguard: is this link or text, sent to somebody in Kazakhstan, a trap?

>>> from urlguard import score
>>> score("https://kaspi-bonus.top/").brand
'kaspi'
"""

from functools import cache
from typing import TYPE_CHECKING

from urlguard.errors import PackError, PackErrors, UrlguardError, UsageError
from urlguard.model import Entry, Kind, Level, Problem, Resource, Signal, Verdict
from urlguard.version import __version__

if TYPE_CHECKING:
    from urlguard.guard import Guard

__all__ = [
    "Entry",
    "Guard",
    "Kind",
    "Level",
    "PackError",
    "PackErrors",
    "Problem",
    "Resource",
    "Signal",
    "UrlguardError",
    "UsageError",
    "Verdict",
    "__version__",
    "check",
    "score",
]


def score(url: str, *, guard: "Guard | None" = None) -> Verdict:
    """Score one link without opening it.

    Never raises on any text: what no browser would open carries a `malformed` signal, and
    a text without a link gives a verdict with `error` and no level.

    >>> score("https://kaspi.kz/").level
    <Level.CLEAR: 0>
    """
    return (guard or _shared()).score(url)


def check(text: str, *, guard: "Guard | None" = None) -> Verdict:
    """Score what a person pasted: a link, or a text with all that it says and points at.

    Never raises on any text. What holds nothing to judge, neither a link nor a few words,
    gives a verdict with `error` and no level.

    >>> check("Дивиденды ждут: kazatomprom-invest.top").brand
    'kazatomprom'
    >>> check("Банктен қоңырау шалып тұрмын, SMS кодты айтыңыз").kind
    'text'
    """
    return (guard or _shared()).check(text)


@cache
def _shared() -> "Guard":
    from urlguard.guard import Guard  # noqa: PLC0415  (`import urlguard` stays cheap)

    return Guard()


def __getattr__(name: str) -> object:
    """Load `Guard` when it is first asked for."""
    if name == "Guard":
        from urlguard.guard import Guard  # noqa: PLC0415  (as above)

        return Guard
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
