"""What can go wrong, as one tree.

    UrlguardError
    ├── PackError          a rule pack is wrong: where, what, how to mend it
    │   └── PackErrors     all that is wrong with a set of packs, in one raise
    ├── RegistryError      the registry cannot do that: what, and how to mend it
    │   ├── Refused        a change the model does not allow; the message names what is allowed
    │   └── Damaged        the file is not what was written; nothing of it is answered
    ├── ListError          a list of resources cannot be read any further
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


class _Mendable(UrlguardError):
    """One sentence about what is wrong, and how to mend it."""

    def __init__(self, what: str, mend: str = "") -> None:
        """Keep `what` is wrong, with file and place, and how to `mend` it."""
        super().__init__(what, mend)
        self.what = what
        self.mend = mend

    def __str__(self) -> str:
        """Return what is wrong, and how to mend it on a line of its own."""
        return f"{self.what}\n  mend: {self.mend}" if self.mend else self.what


class RegistryError(_Mendable):
    """The registry cannot be opened, read or written."""


class Refused(RegistryError):
    """A change that the model does not allow."""


class Damaged(RegistryError):
    """The registry's file is not what was written to it."""


class ListError(_Mendable):
    """A list of resources cannot be read any further; the rows before it were read."""
