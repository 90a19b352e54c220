"""Records and lists that the tests of formats share; all hosts are invented."""

import io
from collections.abc import Iterable, Mapping
from typing import Any

from hypothesis import strategies as st

from urlguard.model import Kind
from urlguard.record import BadRow, Change, Effect, Ground, Match, Record, Row, Unexpressed
from urlguard.registry.formats.head import Head
from urlguard.registry.formats.table import FORMATS
from urlguard.tables.source import Source

HEAD = Head("Test\nlist", "2026-03-17T10:00:00Z", "0.3", ("local", "feed"))
DEFAULT = {Kind.HOST: Match.DOMAIN}
"""What the importer takes for a row without match; anything else is exact."""


def record(kind: Kind, match: Match, key: str, **named: Any) -> Record:  # noqa: ANN401  (fields of any type)
    return Record(kind, match, key, named.pop("value", key), named.pop("state", "restricted"), **named)


HOST = record(Kind.HOST, Match.HOST, "alone.kaspi-bonus.top", id="KN-2026-000001")
DOMAIN = record(Kind.HOST, Match.DOMAIN, "halyk-bonus.top", id="KN-2026-000002", value="Halyk-Bonus.top")
MASK = record(Kind.HOST, Match.MASK, "*.egov-pay.top", id="KN-2026-000003")
WIDE_MASK = record(Kind.HOST, Match.MASK, "kaspi*.top", id="KN-2026-000004")
LINK = record(Kind.URL, Match.EXACT, "https://forms.example/kaspi?id=1&x=it's#a", id="KN-2026-000005")
PREFIX = record(Kind.URL, Match.PREFIX, "https://sites.example/view/kaspi/", id="KN-2026-000006")
IP = record(Kind.IP, Match.EXACT, "203.0.113.7", id="KN-2026-000007")
IP6 = record(Kind.IP, Match.EXACT, "2001:db8::7", id="KN-2026-000008")
NETWORK = record(Kind.IP, Match.NETWORK, "198.51.100.0/24", id="KN-2026-000009")
NETWORK6 = record(Kind.IP, Match.NETWORK, "2001:db8:1::/48", id="KN-2026-000010")
PHONE = record(Kind.PHONE, Match.EXACT, "+77011234567", value="+7 (701) 123-45-67", id="KN-2026-000011")
EMAIL = record(Kind.EMAIL, Match.EXACT, "bonus@kaspi-bonus.top", id="KN-2026-000012")
IBAN = record(Kind.IBAN, Match.EXACT, "KZ000000000000000000", id="KN-2026-000013")
CARD = record(Kind.CARD, Match.EXACT, "h:4f2a", value="440043******1234", id="KN-2026-000014")
HANDLE = record(
    Kind.HANDLE, Match.EXACT, "telegram:kaspi_bonus", value="https://t.me/kaspi_bonus", id="KN-2026-000015"
)
SENDER = record(Kind.SMS_SENDER, Match.EXACT, "kaspi", value="KASPI", id="KN-2026-000016")
ALLOW = record(Kind.HOST, Match.DOMAIN, "kind.example", effect=Effect.ALLOW, id="KN-2026-000017")
LIFTED = record(Kind.HOST, Match.DOMAIN, "gone.example", state="lifted", id="KN-2026-000018")
BREAKOUT = record(Kind.HOST, Match.DOMAIN, "a.top\naddress=/kaspi.kz/", id="KN-2026-000019")
PAGE_MASK = record(Kind.URL, Match.MASK, "kaspi-*.top/pay*", id="KN-2026-000020")
PAGE = record(Kind.URL, Match.EXACT, "page.example/a%20b", value=" Page.example/a b", id="KN-2026-000021")
"""As the registry has it: the key without a scheme, the value as somebody typed it."""
EVERYTHING = (
    HOST, DOMAIN, MASK, WIDE_MASK, LINK, PREFIX, IP, IP6, NETWORK, NETWORK6, PHONE, EMAIL, IBAN, CARD, HANDLE,
    SENDER, ALLOW, LIFTED, BREAKOUT, PAGE_MASK, PAGE,
)  # fmt: skip


def written(name: str, records: Iterable[Record], head: Head = HEAD) -> tuple[str, list[Unexpressed]]:
    """Return what a format writes and what it says it cannot."""
    out = io.StringIO()
    lost = list(FORMATS[name].write(records, out, head))
    return out.getvalue(), lost


def source(data: bytes | str, **named: Any) -> Source:  # noqa: ANN401  (handed on)
    return Source(io.BytesIO(data.encode() if isinstance(data, str) else data), "list", **named)


def read(name: str, data: bytes | str) -> tuple[list[Row], list[BadRow]]:
    """Return the good and the bad rows."""
    rows = list(FORMATS[name].read(source(data)))
    return [row for row in rows if isinstance(row, Row)], [row for row in rows if isinstance(row, BadRow)]


def covers(row: Row) -> tuple[str, str]:
    """Return match and value of a row as the importer takes them."""
    match = row.match or (DEFAULT.get(row.kind) if row.kind else None)
    return (match or _guess(row.value)).value, row.value


def _guess(value: str) -> Match:
    bare = value.replace(".", "").replace("-", "")
    named = "." in value and bare.isalnum() and not bare.isdigit()
    return Match.DOMAIN if named else Match.EXACT


_TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffd"), max_size=30
)
_LINES = st.text(st.sampled_from("aқ\n\t'\"=;,+@-{[ 0|%é"), max_size=20)
_DAY = st.dates().map(str) | st.just("")
_JSON: st.SearchStrategy[Any] = st.recursive(
    _TEXT | st.integers() | st.booleans() | st.none() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXT, inner, max_size=3),
    max_leaves=5,
)
_DETAILS: st.SearchStrategy[Mapping[str, Any]] = st.fixed_dictionaries(
    {},
    optional={
        "title": _TEXT | _LINES,
        "reach": _JSON,
        "foreign": _JSON,
        "offense": _LINES,
        "rows": st.integers(),
    },
)
CHANGES = st.builds(Change, _TEXT, _TEXT, _TEXT, _TEXT, _TEXT, _TEXT, _TEXT)


def records(*, history: bool) -> st.SearchStrategy[Record]:
    """Return a strategy for records of every kind, with hostile texts."""
    notes = _TEXT | _LINES
    return st.builds(
        Record,
        kind=st.sampled_from(Kind),
        match=st.sampled_from(Match),
        key=_TEXT.filter(bool),
        value=(_TEXT | st.sampled_from(("+77011234567", "=1+1", "'=1", "@bonus", "'+7701"))).filter(
            str.strip
        ),
        state=_TEXT.filter(bool),
        effect=st.sampled_from(Effect),
        list=_TEXT.filter(bool),
        category=_TEXT,
        ground=st.builds(Ground, _TEXT.filter(bool), notes, notes, _DAY, notes, _DAY, notes),
        since=_DAY,
        until=_DAY,
        brand=_TEXT,
        note=notes,
        details=_DETAILS,
        id=_TEXT,
        history=st.lists(CHANGES, max_size=3).map(tuple) if history else st.just(()),
    )
