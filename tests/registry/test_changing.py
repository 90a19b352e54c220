import random
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from registry.kept import Clock, bad, entries, fresh, take

from urlguard.errors import Refused
from urlguard.record import Ground, Row
from urlguard.registry.registry import Registry
from urlguard.registry.rows import Entry
from urlguard.registry.states import DISCARDED


@pytest.fixture
def kept(tmp_path: Path) -> Registry:
    opened = fresh(tmp_path)
    take(
        opened,
        [
            Row(1, "a.top", fields={"note": "first", "details": {"title": "A", "reach": {"posts": 1}}}),
            "b.top",
        ],
    )
    return opened


def ids(of: Registry) -> list[int]:
    return [entry.id for entry in entries(of)]


def states(of: Registry) -> list[str]:
    return [entry.state for entry in entries(of)]


# Steps


def test_a_step_leads_all_or_none(kept: Registry) -> None:
    first, second = ids(kept)
    kept.step([first], "expired", actor="anna")
    with pytest.raises(Refused, match="KN-2026-000001 is expired: it cannot become suspended_check"):
        kept.step([second, first], "suspended_check", actor="anna")
    assert states(kept) == ["expired", "restricted"]


def test_an_illegal_step_names_the_legal_ones(kept: Registry) -> None:
    with pytest.raises(Refused) as refused:
        kept.step(ids(kept)[:1], "lifted", actor="anna")
    assert all(step in refused.value.mend for step in ("expire", "annul", "suspend"))


def test_a_step_changes_fields_with_it_and_is_told(kept: Registry) -> None:
    number = ids(kept)[0]
    kept.step(
        [number, number],
        "expired",
        actor="anna",
        reason="over",
        document="N 5",
        fields={"until": "2026-11-01"},
    )
    entry = kept.searching().entry(number)
    assert (entry.state, entry.until) == ("expired", "2026-11-01")
    step = kept.searching().history(entry)[-1]
    assert (step.before, step.after, step.reason, step.document) == ("restricted", "expired", "over", "N 5")


def test_an_entry_that_is_not_there_is_refused(kept: Registry) -> None:
    with pytest.raises(Refused, match="there is no entry KN-2026-000099"):
        kept.step([202600000099], "expired", actor="anna")


# Edits


@pytest.mark.parametrize(
    ("fields", "name", "after"),
    [
        pytest.param({"note": "x"}, "note", "x", id="note"),
        pytest.param({"note": ""}, "note", "", id="no note"),
        pytest.param({"until": "2027-01-01"}, "until", "2027-01-01", id="last day"),
        pytest.param({"brand": "kaspi"}, "brand", "kaspi", id="brand"),
        pytest.param(
            {"ground": Ground("court", number="7")}, "ground", Ground("court", number="7"), id="ground"
        ),
        pytest.param({"note": "ИИН 900101300007"}, "note", "ИИН [IIN]", id="no personal number"),
        pytest.param(
            {"details": {"title": "B"}},
            "details",
            '{"reach":{"posts":1},"title":"B"}',
            id="one detail of several",
        ),
        pytest.param(
            {"details": {"title": ""}}, "details", '{"reach":{"posts":1}}', id="a detail taken away"
        ),
    ],
)
def test_an_edit_changes_a_field(kept: Registry, fields: dict[str, object], name: str, after: object) -> None:
    number = ids(kept)[0]
    kept.changing().edit([number], fields, actor="anna")
    assert getattr(kept.searching().entry(number), name) == after
    assert bad(kept) == []


@pytest.mark.parametrize("name", ["state", "key", "anchor", "id", "list", "born", "nonsense"])
def test_what_an_entry_covers_is_not_edited(kept: Registry, name: str) -> None:
    with pytest.raises(Refused, match=f"{name} cannot be edited"):
        kept.changing().edit(ids(kept), {name: "x"}, actor="anna")


# Undoing


def test_what_an_undone_event_entered_is_discarded(kept: Registry) -> None:
    undone = kept.undo(1, actor="anna")
    assert (undone.event, undone.discarded, undone.reverted, undone.kept) == (2, 2, 0, ())
    assert states(kept) == [DISCARDED, DISCARDED]


def test_undoing_twice_undoes_nothing_more(kept: Registry) -> None:
    kept.undo(1, actor="anna")
    assert kept.undo(1, actor="anna").event is None


def test_what_was_changed_since_stays(kept: Registry) -> None:
    first, second = ids(kept)
    kept.step([first], "expired", actor="anna")
    undone = kept.undo(1, actor="anna")
    assert (undone.discarded, undone.kept) == (1, (first,))
    assert states(kept) == ["expired", DISCARDED]
    assert second != first


@pytest.mark.parametrize("seq", [0, 2, 99, -1])
def test_an_event_that_is_not_there_is_refused(kept: Registry, seq: int) -> None:
    with pytest.raises(Refused, match=f"there is no event {seq}"):
        kept.undo(seq, actor="anna")


def test_what_was_discarded_comes_back_with_the_next_list(kept: Registry) -> None:
    kept.undo(1, actor="anna")
    assert take(kept, ["a.top"]).changed == 1
    assert states(kept) == ["restricted", DISCARDED]


# Laws

ACTIONS = st.lists(
    st.tuples(st.sampled_from(["add", "step", "edit", "undo", "list"]), st.integers(0, 1 << 20)), max_size=9
)


def acted(on: Registry, action: str, number: int) -> None:
    """Do one thing, chosen by a number; what is refused changes nothing."""
    chance = random.Random(number)  # noqa: S311  (repeatable)
    known = ids(on) if on.path.exists() else []
    if action == "add" or not known:
        take(on, [f"h{chance.randrange(12)}.top" for _ in range(chance.randrange(1, 5))])
    elif action == "list":
        hosts = [f"h{chance.randrange(8)}.top" for _ in range(chance.randrange(1, 6))]
        take(on, hosts, list="feed", replace=True)
    elif action == "undo":
        on.undo(chance.choice([event.seq for event in on.searching().events()]), actor="anna")
    elif action == "edit":
        fields = {chance.choice(["note", "brand", "until"]): chance.choice(["", "2026-12-31", "x"])}
        on.changing().edit(chance.sample(known, min(2, len(known))), fields, actor="anna")
    else:
        entry = chance.choice(entries(on))
        if steps := on.states.after(entry.state):
            on.step([entry.id], chance.choice(steps), actor="anna")


def snapshot(of: Registry) -> dict[int, Entry]:
    return {entry.id: entry for entry in entries(of)}


@settings(max_examples=40)
@given(ACTIONS)
def test_whatever_is_done_it_verifies_and_every_moment_is_kept(actions: list[tuple[str, int]]) -> None:
    with TemporaryDirectory() as folder:
        clock = Clock()
        opened = fresh(Path(folder), clock)
        moments = []
        for action, number in actions:
            acted(opened, action, number)
            moments.append((clock(), snapshot(opened)))
        searching = opened.searching() if moments else None
        for at, right in moments:
            assert searching is not None
            assert {entry.id: entry for entry in searching.entries(end=at)} == right
        if searching is not None:
            for entry in searching.entries():
                history = searching.history(entry)
                assert history[-1].after == entry.state
            assert bad(opened) == []
        opened.close()


@settings(max_examples=40)
@given(ACTIONS, st.sampled_from(["step", "edit", "undo"]), st.integers(0, 1 << 20))
def test_an_undone_undo_gives_back_the_state(actions: list[tuple[str, int]], last: str, number: int) -> None:
    with TemporaryDirectory() as folder:
        opened = fresh(Path(folder))
        for action, chosen in [("add", 1), *actions, (last, number)]:
            acted(opened, action, chosen)
        seq = max(event.seq for event in opened.searching().events())
        before = snapshot(opened)
        undone = opened.undo(seq, actor="anna")
        if undone.event is not None:
            opened.undo(undone.event, actor="anna")
        assert snapshot(opened) == before
        assert bad(opened) == []
        opened.close()


def test_events_are_undone_one_after_the_other(tmp_path: Path) -> None:
    kept = fresh(tmp_path)
    take(kept, ["a.top", "b.top"], list="feed")
    take(kept, ["b.top", "c.top"], list="feed", replace=True)
    assert kept.undo(2, actor="t").kept == ()
    done = kept.undo(1, actor="t")
    assert (done.discarded, done.kept) == (2, ())
    assert {entry.state for entry in entries(kept)} == {"discarded"}
    assert bad(kept) == []


def test_what_was_undone_and_done_again_stands_in_the_way(tmp_path: Path) -> None:
    kept = fresh(tmp_path)
    take(kept, ["a.top"], list="feed")
    take(kept, ["c.top"], list="feed", replace=True)
    kept.undo(2, actor="t")
    kept.undo(3, actor="t")
    assert kept.undo(1, actor="t").kept == (entries(kept)[0].id,)
    assert [entry.state for entry in entries(kept)] == ["expired", "restricted"]


def test_an_event_larger_than_a_batch_is_undone_and_redone(tmp_path: Path) -> None:
    kept = fresh(tmp_path)
    take(kept, [f"h{number}.example.top" for number in range(11_000)])
    undone = kept.undo(1, actor="tests")
    assert (undone.discarded, undone.kept) == (11_000, ())
    assert kept.undo(2, actor="tests").reverted == 11_000
    assert {entry.state for entry in entries(kept)} == {"restricted"}
    assert bad(kept) == []


def test_a_last_day_before_the_first_is_refused(kept: Registry) -> None:
    number = ids(kept)[0]
    kept.changing().edit([number], {"since": "2026-11-20"}, actor="tests")
    with pytest.raises(Refused, match="its last day, 2026-11-19, is before its first, 2026-11-20"):
        kept.changing().edit([number], {"until": "2026-11-19"}, actor="tests")
    assert entries(kept)[0].until == ""
    report = take(kept, [Row(1, "c.top", fields={"since": "2026-11-20", "until": "2026-11-19"})])
    assert (report.new, report.rejected) == (0, 1)
