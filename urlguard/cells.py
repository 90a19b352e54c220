r"""Cells of CSV that no spreadsheet runs as a formula (OWASP, CSV injection).

An apostrophe in front makes a cell text. It also stands inside a cell, behind a `,` `;` tab or
line end: a spreadsheet set to another separator cuts the cell there, whatever quotes stand
around it. So a file written with `,` is safe where Excel expects `;`, as in Russian and Kazakh.

A sign with nothing but digits behind it stays: an amount, or the phone `+7 701 555 01 02`. It
holds no operator, name or reference; the worst that comes of it is a number.
"""

import re
from typing import Final

__all__ = ["bare", "inert", "inert_row", "inert_rows", "runs", "seen"]

_SIGNS: Final = "=+\\-@＝＋－＠"
_UNSEEN: Final = "\\s\x01-\x1f\x7f-\xa0\xad\u200b-\u200f\u2060-\u2064\ufeff"
"""What a reader may drop in front of a formula: blanks, controls, invisible characters."""
_ENDS: Final = ",;\t\r\n"
"""Where a reader with other settings cuts a cell."""
_NUMBER: Final = r"[+\-]\d[\d \xa0\u202f]*(?:[.,]\d+)?(?:[eE][+\-]?\d+)?%?"
_FIRST: Final = rf"""(?:['"{_UNSEEN}]*[{_SIGNS}|%]|['"]*[\t\r\n])"""
_INNER: Final = rf"""['"]*[{_SIGNS}]"""
_BEGINS: Final = re.compile(rf"(?={_FIRST})(?!(?:{_NUMBER}|-)\Z)")
_CUT: Final = re.compile(rf"[{_ENDS}](?={_INNER})(?!{_NUMBER}(?:[{_ENDS}]|\Z))")
"""Where an apostrophe is missing; where some stand already, it takes one more."""
_SHIELDED: Final = re.compile(rf"\A'(?={_FIRST})|(?<=[{_ENDS}])'(?={_INNER})")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_ROW_FIRST: Final = re.compile(rf"\0(?={_FIRST})(?!(?:{_NUMBER}|-)(?:\0|\Z))")
_ROW_CUT: Final = re.compile(rf"[{_ENDS}](?={_INNER})(?!{_NUMBER}(?:[\0{_ENDS}]|\Z))")


def inert(cell: str) -> str:
    """Return a cell that is text, or a plain number, to every spreadsheet; `bare` undoes it.

    NUL, which ends a file for some readers, and halves of characters are written as what they are.

    >>> inert("=1+1"), inert("-5"), inert("+77015550102"), inert("a;=1+1")
    ("'=1+1", '-5', '+77015550102', "a;'=1+1")
    """
    cell = seen(cell)
    if _CUT.search(cell):
        cell = _CUT.sub(r"\g<0>'", cell)
    return f"'{cell}" if _BEGINS.match(cell) else cell


def runs(cell: str) -> bool:
    """Whether a spreadsheet may take a cell for a formula when it is typed or read as text."""
    return _BEGINS.match(cell) is not None


def inert_row(cells: list[str]) -> list[str]:
    """Return `inert` of each cell: one look at all of them, because nearly always none needs it."""
    if _is_inert("\0" + "\0".join(cells), len(cells)):
        return cells
    return [inert(cell) if cell else "" for cell in cells]


def inert_rows(rows: list[list[str]]) -> list[list[str]]:
    """Return `inert_row` of each row: one look at some hundred rows costs less than one at each."""
    joined = "\0" + "\0".join(map("\0".join, rows))
    if _is_inert(joined, sum(map(len, rows))):
        return rows
    if len(rows) > 1:
        half = len(rows) // 2
        return [*inert_rows(rows[:half]), *inert_rows(rows[half:])]
    return [inert_row(row) for row in rows]


def _is_inert(joined: str, count: int) -> bool:
    """Tell whether none of `count` cells, each after a NUL, has to be changed."""
    if joined.count("\0") != count or _ROW_FIRST.search(joined) or _ROW_CUT.search(joined):
        return False
    try:
        joined.encode()
    except UnicodeEncodeError:
        return False
    return True


def bare(cell: str) -> str:
    """Return what `inert` made a cell of: each apostrophe that it sets is taken off."""
    return _SHIELDED.sub("", cell) if "'" in cell else cell


def seen(cell: str) -> str:
    r"""Write what no file of text can hold as its code point: NUL and lone surrogates.

    >>> seen("a\0\ud83d")
    'a<U+0000>\\ud83d'
    """
    if "\0" in cell:
        cell = cell.replace("\0", "<U+0000>")
    if cell.isascii() or not _SURROGATE.search(cell):
        return cell
    return cell.encode("utf-8", "backslashreplace").decode("utf-8")
