"""What a rule's `options:` say, read once when the guard is built."""

from collections.abc import Callable, Mapping
from typing import Any

from urlguard.checks.facts import Facts
from urlguard.checks.knowledge import Knowledge

Options = Mapping[str, str | list[str]]
Check = Callable[[Facts], str | None]
"""Returns the evidence as written, or None."""


class BadOption(ValueError):
    """An option is missing or no number; the message names it."""


def whole(options: Options, name: str, default: int | None = None) -> int:
    """Read a whole number."""
    value = number(options, name, default)
    if value != int(value):
        message = f"option {name!r} must be a whole number"
        raise BadOption(message)
    return int(value)


def number(options: Options, name: str, default: float | None = None) -> float:
    """Read a number."""
    given = options.get(name)
    if given is None:
        if default is None:
            message = f"option {name!r} is missing"
            raise BadOption(message)
        return default
    try:
        return float(str(given))
    except ValueError:
        message = f"option {name!r} must be a number, not {given!r}"
        raise BadOption(message) from None


def classes(options: Options, name: str) -> frozenset[str]:
    """Read a list of names."""
    given = options.get(name)
    if given is None:
        message = f"option {name!r} is missing"
        raise BadOption(message)
    parts = given if isinstance(given, list) else given.split(",")
    return frozenset(part.strip() for part in parts)


def choice(options: Options, name: str, *allowed: str) -> str:
    """Read one of the allowed values."""
    given = options.get(name)
    if given not in allowed:
        message = f"option {name!r} must be one of {', '.join(allowed)}"
        raise BadOption(message)
    return str(given)


class _Read(dict[str, str | list[str]]):
    """Options that remember which of them were asked for."""

    def __init__(self, options: Options) -> None:
        super().__init__(options)
        self.asked: set[str] = set()

    def get(self, name: str, default: Any = None) -> Any:  # noqa: ANN401  (the signature of dict)
        self.asked.add(name)
        return super().get(name, default)


def built_check(builder: Callable[[Options, Knowledge], Check], options: Options, know: Knowledge) -> Check:
    """Build a check; raise `BadOption` for an option it does not know."""
    read = _Read(options)
    check = builder(read, know)
    unknown = set(options) - read.asked
    if unknown:
        known = f"; it knows {', '.join(sorted(read.asked))}" if read.asked else ""
        message = f"unknown option {min(unknown)!r}{known}"
        raise BadOption(message)
    return check
