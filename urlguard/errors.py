"""What can go wrong, as one tree.

    UrlguardError
    ├── PackError          a rule pack is wrong: where, what, how to mend it
    │   └── PackErrors     all that is wrong with a set of packs, in one raise
    └── UsageError         a file, option or environment variable cannot be used

A link never raises: what no browser would open is a signal of the verdict, and a line
without any link is a verdict with an `error`.
"""


class UrlguardError(Exception):
    """Base of every error this package raises on purpose."""


class UsageError(UrlguardError):
    """Something the caller named cannot be used; the message says how to mend it."""


class PackError(UrlguardError):
    """One thing wrong with a rule pack."""

    def __init__(self, where: str, what: str, mend: str = "") -> None:
        """`where` is `file:line`, `what` one sentence, `mend` what to write instead."""
        super().__init__(where, what, mend)
        self.where = where
        self.what = what
        self.mend = mend

    def __str__(self) -> str:
        """Return `file:line: what`, and how to mend it on a line of its own."""
        text = f"{self.where}: {self.what}" if self.where else self.what
        return f"{text}\n  mend: {self.mend}" if self.mend else text


class PackErrors(PackError):
    """Everything that is wrong with a set of packs."""

    def __init__(self, errors: list[PackError]) -> None:
        """Keep `errors` (at least one) in the order they were found."""
        first = errors[0]
        super().__init__(first.where, first.what, first.mend)
        self.errors = tuple(errors)

    def __str__(self) -> str:
        """Return all of them, one after the other."""
        return "\n".join(str(error) for error in self.errors)
