from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from urlguard.registry.journal import ChangesDigest, Event, broken_links, entry_hash, from_blob, to_blob

EMPTY = b"\0" * 16
FIELDS = 18
texts = st.text(max_size=12)
values = st.lists(st.one_of(st.none(), st.integers(0, 10**12), texts), min_size=FIELDS, max_size=FIELDS)


def chain(count: int = 4) -> list[Event]:
    """Return events that follow on each other."""
    events: list[Event] = []
    before = b""
    for seq in range(1, count + 1):
        event = Event(
            seq, 1_000 + seq, "anna", "add", "why", "N 1", "local", "restricted", None, 2, 0, EMPTY, EMPTY
        )
        event = replace(event, hash=event.sealed(before))
        events.append(event)
        before = event.hash
    return events


def test_events_that_follow_on_each_other_are_whole() -> None:
    assert broken_links(chain()) == []
    assert broken_links([]) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("at", 1, id="time"),
        pytest.param("actor", "boris", id="actor"),
        pytest.param("action", "import", id="action"),
        pytest.param("reason", "", id="reason"),
        pytest.param("document", "N 2", id="document"),
        pytest.param("list", "other", id="list"),
        pytest.param("state", "draft", id="state"),
        pytest.param("subject", 1, id="undone event"),
        pytest.param("born", 3, id="how many were entered"),
        pytest.param("changed", 1, id="how many were changed"),
        pytest.param("changes", b"\1" * 16, id="digest of the changes"),
        pytest.param("digest", b"\1" * 16, id="digest of the entries"),
        pytest.param("hash", b"\1" * 32, id="hash"),
    ],
)
def test_a_changed_event_breaks_the_chain(name: str, value: object) -> None:
    events = chain()
    events[1] = replace(events[1], **{name: value})  # type: ignore[arg-type]  # (each field by its name)
    assert broken_links(events)[0] == 2


@pytest.mark.parametrize(
    ("order", "broken"),
    [
        pytest.param([0, 2, 3], [3], id="one is missing"),
        pytest.param([1, 2, 3], [2], id="the first is missing"),
        pytest.param([0, 2, 1, 3], [3, 2, 4], id="two changed places"),
        pytest.param([0, 1, 1, 2, 3], [2, 3], id="one stands twice"),
    ],
)
def test_events_have_one_order(order: list[int], broken: list[int]) -> None:
    events = chain()
    assert broken_links([events[at] for at in order])[0] == broken[0]


@given(values, st.integers(0, FIELDS - 1), texts)
def test_an_entry_with_another_field_has_another_hash(
    fields: list[str | int | None], at: int, other: str
) -> None:
    changed = [*fields]
    changed[at] = other
    same = ("" if fields[at] is None else str(fields[at])) == other
    assert (entry_hash(tuple(fields)) == entry_hash(tuple(changed))) is same


@given(st.integers(0, 1 << 140))
def test_a_digest_reads_back(digest: int) -> None:
    assert from_blob(to_blob(digest)) == digest % (1 << 128)


@given(
    st.permutations(
        [(1, None, "restricted", None), (2, "restricted", "lifted", '{"note":"a"}'), (3, "a", "b", None)]
    )
)
def test_changes_add_up_in_any_order(rows: list[tuple[int, str | None, str, str | None]]) -> None:
    one, other = ChangesDigest(), ChangesDigest()
    for row in rows:
        one.add(*row)
    for row in sorted(rows):
        other.add(*row)
    assert (one.count, one.blob()) == (other.count, other.blob()) == (3, one.blob())
    other.add(3, "a", "b", None)
    assert one.blob() != other.blob()
