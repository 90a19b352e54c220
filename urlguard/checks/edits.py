"""One edit between two words: which one, and where."""

from typing import Final, NamedTuple


class Edit(NamedTuple):
    """The single edit that turns a real name into the one written."""

    kind: str
    """`insertion`, `omission`, `replacement` or `transposition`."""
    start: int
    """Where the fake letters begin in the written name."""
    end: int
    """Where they end; equal to `start` when a letter is missing there."""


_NONE: Final = None


def one_edit(written: str, real: str) -> Edit | None:
    """Return the single edit (optimal string alignment distance 1) or None.

    >>> one_edit("kapsi", "kaspi")
    Edit(kind='transposition', start=2, end=4)
    """
    longer = len(written) - len(real)
    if not -1 <= longer <= 1 or written == real:
        return _NONE
    at, end = 0, min(len(written), len(real))
    while at < end and written[at] == real[at]:
        at += 1
    if longer == 1:
        same = written[at + 1 :] == real[at:]
        return Edit("insertion", at, at + 1) if same else None
    if longer == -1:
        return Edit("omission", at, at) if written[at:] == real[at + 1 :] else None
    if written[at + 1 :] == real[at + 1 :]:
        return Edit("replacement", at, at + 1)
    swapped = written[at : at + 2] == real[at : at + 2][::-1]
    if swapped and written[at + 2 :] == real[at + 2 :]:
        return Edit("transposition", at, at + 2)
    return None


def marked(written: str, start: int, end: int) -> str:
    """Return the name with the fake letters in brackets: `k‹а›spi`."""
    return f"{written[:start]}‹{written[start:end]}›{written[end:]}"
