"""Which columns of a table are judged: links, texts, phones, by what stands in them and above them."""

import re
from collections.abc import Mapping, Sequence
from typing import Final, Literal

from urlguard.errors import UsageError
from urlguard.tables.rows import Cell

Role = Literal["link", "text", "phone"]

SAMPLE: Final = 300
"""Rows of a table that are looked at."""
_SHOWN: Final = 20
"""Columns that a message names."""
_LONGEST: Final = 200
"""Characters of a name that a message shows."""
_DIGITS: Final = 6
"""Most digits of a column's number."""

_HEADERS: Final[Mapping[Role, re.Pattern[str]]] = {
    "link": re.compile(
        r"(?:url|uri|link|href|site|website|domain|host|landing|сс?ылк|сайт|домен|адрес сайта|сілтеме|сілте)"
    ),
    "text": re.compile(
        r"(?:text|message|body|content|\bads?\b|sms|caption|comment|subject|title"
        r"|текст|сообщ|объявлен|описан|жалоб|содержан|смс|коммент|\bобращение|\bсуть\b|ситуац|заголов|\bтема\b"
        r"|назначени\w* плат|мәтін|хабарлама|хабарландыру|сипаттама|шағым|мазмұн|пікір|тақырып|жағдай)"
    ),
    "phone": re.compile(
        r"(?:phone|mobile|msisdn|\btel\b|whatsapp|caller|contact|(?<![^\W_])тел|мобильн|в[ао]тсап|контакт|абонент"
        r"|номер (?:мошен|отправ|звон)|ұялы|байланыс|(?:алаяқ|жіберуші|қоңырау)\w* нөмір|\Aнөмірі?\Z)"
    ),
}
_ASIDE: Final = re.compile(r"comment|subject|title|коммент|заголов|тема|пікір|тақырып")
"""Above texts, but as often above a word or a number; judging a text costs ten times a link."""
_NUMBERED: Final = re.compile(r"(?<![^\W_])(?:и[ин]н|бин|жсн|бсн|iin|bin|inn)(?![^\W_])")
"""Above numbers of persons and firms, as long as phones."""
_OURS: Final = re.compile(
    r"client|customer|victim|applicant|employee|клиент|заявител|потерпевш|сотрудник|исполнител|менеджер|оператор"
    r"|жәбірленуші|өтініш беруші|қызметкер|орындаушы"
)
"""Above the phones of those who were written to, and of colleagues: no sign of a fraud."""
_LINK: Final = re.compile(
    r"(?:[a-z][a-z*+.-]{1,15}:(?://|\\\\)\S+|(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_][\w-]*[^\W_](?::\d+)?(?:[/?#]\S*)?)",
    re.IGNORECASE,
)
_DEFANGED: Final = re.compile(r"\[\.\]|\(\.\)|\{\.\}|\[dot\]|\(dot\)", re.IGNORECASE)
_PHONE: Final = re.compile(r"\+?\d[\d\s()\u00a0–-]{8,20}\d|\+?\d{10,13}")
_PLUS: Final = re.compile(r"\s*(?:\+|8[\s(-])")
_FILE: Final = re.compile(r"\.(?:pdf|docx?|xlsx?|png|jpe?g|gif|txt|csv|json|xml|mp[34]|log)\Z", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_]{2,}")

_MOST: Final = 0.5
"""Share of filled cells from which content alone makes a column one of links or phones."""
_SOME: Final = 0.05
"""Share from which content together with the header does."""
_FEW: Final = 2
"""Words a cell, on average, from which a column that may hold anything is one of texts."""
_WORDS: Final = 5
"""Words a cell, on average, from which a column without a telling header is one of texts."""


def judged_columns(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> dict[int, Role]:
    """Return the columns to judge, by their index, from the first rows of a table.

    A column is one of links or phones when most of its filled cells are, or some of them and
    its header says so; one of texts when its header says so or its cells are sentences. Where
    that finds nothing, every column in which a link stands is taken, and the only column of a
    table always. Phones of customers and colleagues are left alone where there is anything else:
    beside a text they would be judged as what it points at.
    """
    roles: dict[int, Role] = {}
    ours: dict[int, Role] = {}
    for at, name in enumerate(columns):
        filled = [str(row[at]) for row in rows[:SAMPLE] if row[at] is not None and str(row[at]).strip()]
        role = _role(name.lower(), filled)
        if role is not None:
            (ours if role == "phone" and _OURS.search(name.lower()) else roles)[at] = role
    if not roles:
        roles = {
            at: "link"
            for at in range(len(columns))
            if any(is_link(str(row[at])) for row in rows[:SAMPLE] if row[at] is not None)
        }
    roles = roles or ours
    if not roles and len(columns) == 1:
        roles[0] = "text"
    return roles


def named_columns(
    names: Sequence[str], columns: Sequence[str], rows: Sequence[Sequence[Cell]]
) -> dict[int, Role]:
    """Return the columns somebody named, by header or by number from 1; what they hold is seen from them.

    Raises `UsageError` for a name that no column has.
    """
    roles: dict[int, Role] = {}
    lowered = [column.strip().lower() for column in columns]
    for name in names:
        wanted = name.strip().lower()
        if wanted in lowered:
            at = lowered.index(wanted)
        elif wanted.isdecimal() and len(wanted) <= _DIGITS and 0 < int(wanted) <= len(columns):
            at = int(wanted) - 1
        else:
            known = ", ".join(columns[:_SHOWN])
            message = f"there is no column {name[:_LONGEST]!r}\n  mend: name one of {known}, or its number"
            raise UsageError(message)
        filled = [str(row[at]) for row in rows[:SAMPLE] if row[at] is not None and str(row[at]).strip()]
        roles[at] = _role(lowered[at], filled) or "text"
    return roles


def is_link(cell: str) -> bool:
    """Tell whether a cell is one link, also without scheme or defanged; files and numbers are none."""
    text = _DEFANGED.sub(".", cell.strip().strip("<>\"'«»()[]"))
    return _LINK.fullmatch(text) is not None and ("://" in text or not ("@" in text or _FILE.search(text)))


def _is_phone(cell: str) -> bool:
    return _PHONE.fullmatch(cell.strip()) is not None


def _role(header: str, filled: Sequence[str]) -> Role | None:
    """Return what a column holds, or None when it is not judged."""
    if not filled:
        return next((role for role, words in _HEADERS.items() if words.match(header)), None)
    links = sum(map(is_link, filled)) / len(filled)
    phones = sum(map(_is_phone, filled)) / len(filled)
    words = sum(len(_WORD.findall(cell)) for cell in filled) / len(filled)
    if links >= _MOST or (links >= _SOME and _HEADERS["link"].search(header)):
        return "link"
    plus = sum(1 for cell in filled if _PLUS.match(cell)) / len(filled)
    named = _HEADERS["phone"].search(header) and not _NUMBERED.search(header)
    if phones >= _MOST and (named or plus >= _MOST):
        return "phone"
    if phones >= _SOME and named and words < 1:
        return "phone"
    least = _FEW if _ASIDE.search(header) else 1
    if words >= _WORDS or (_HEADERS["text"].search(header) and words >= least):
        return "text"
    return None
