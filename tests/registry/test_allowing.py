"""What an allow record takes out of a list that is written for another program."""

from typing import Any

import pytest

from urlguard.model import Kind
from urlguard.record import Effect, Ground, Match
from urlguard.registry.allowing import Allowed
from urlguard.registry.rows import Entry, packed
from urlguard.scope import NO_GROUND


def entry(key: str, match: Match = Match.DOMAIN, kind: Kind = Kind.HOST, **other: Any) -> Entry:  # noqa: ANN401  (fields of Entry)
    made = Entry(
        key,
        202600000001,
        key,
        key,
        kind,
        match,
        "a",
        "restricted",
        Effect.BLOCK,
        "",
        "",
        "",
        NO_GROUND,
        "",
        "",
        "",
        "",
        1,
    )
    return made._replace(**other)


def allow(key: str, match: Match = Match.DOMAIN, kind: Kind = Kind.HOST, **other: Any) -> Entry:  # noqa: ANN401  (fields of Entry)
    return entry(key, match, kind, effect=Effect.ALLOW, **other)


COURT = Ground("court", number="2-17")


@pytest.mark.parametrize(
    ("allowed", "blocked", "overruled"),
    [
        pytest.param(allow("a.top"), entry("a.top"), True, id="the same host"),
        pytest.param(allow("a.top"), entry("b.a.top"), True, id="a host below"),
        pytest.param(allow("a.top"), entry("a.top/x", Match.EXACT, Kind.URL), True, id="a page of it"),
        pytest.param(allow("a.top"), entry("*.a.top", Match.MASK), True, id="a mask below"),
        pytest.param(allow("b.a.top"), entry("a.top"), False, id="only a part of it"),
        pytest.param(allow("a.top", Match.HOST), entry("b.a.top"), False, id="not its subdomains"),
        pytest.param(allow("a.top"), entry("aa.top"), False, id="another host with the same end"),
        pytest.param(allow("a.top/x", Match.EXACT, Kind.URL), entry("a.top"), False, id="one page of it"),
        pytest.param(
            allow("+77010000000", Match.EXACT, Kind.PHONE),
            entry("+77010000000", Match.EXACT, Kind.PHONE),
            True,
            id="a phone",
        ),
        pytest.param(allow("a.top"), entry("a.top", ground=COURT), False, id="a court"),
        pytest.param(
            allow("a.top", details=packed({"overrules": ["2-17"]})),
            entry("a.top", ground=COURT),
            True,
            id="a court, named",
        ),
        pytest.param(allow("a.top"), allow("a.top"), False, id="an allow record"),
    ],
)
def test_what_is_overruled(allowed: Entry, blocked: Entry, overruled: bool) -> None:  # noqa: FBT001  (pytest passes it)
    found = Allowed([allowed], ["court"]).by(blocked)
    assert found == (allowed if overruled else None)


def test_nothing_is_allowed() -> None:
    assert Allowed([], []).by(entry("a.top")) is None
