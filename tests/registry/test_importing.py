from pathlib import Path
from typing import Any

import pytest
from registry.kept import bad, entries, fresh, no_poison, take

from urlguard.errors import RegistryError
from urlguard.model import Kind
from urlguard.record import BadRow, Change, Effect, Ground, Match, Row
from urlguard.registry.importing import Reject, Terms
from urlguard.registry.poison import Hit
from urlguard.registry.registry import Registry


@pytest.fixture
def kept(tmp_path: Path) -> Registry:
    return fresh(tmp_path)


def values(of: Registry, state: str = "restricted") -> list[str]:
    return [entry.value for entry in entries(of) if entry.state == state]


def test_rows_are_counted_as_new_known_and_rejected(kept: Registry) -> None:
    take(kept, ["a.top", "b.top"])
    report = take(kept, ["b.top", "c.top", "c.top", "not a link", BadRow(5, "?", "why", "so")])
    assert (report.read, report.new, report.changed, report.duplicate, report.rejected) == (5, 1, 0, 2, 2)
    assert report.codes == {"unreadable": 2}
    assert [reject.line for reject in report.rejects] == [4, 5]
    assert values(kept) == ["a.top", "b.top", "c.top"]


def test_an_import_is_one_event_and_nothing_new_is_none(kept: Registry) -> None:
    assert take(kept, ["a.top", "b.top"]).event == 1
    assert take(kept, ["a.top", "b.top"]).event is None
    assert [event.born for event in kept.searching().events()] == [2]


def test_rows_that_fail_in_the_middle_enter_nothing(kept: Registry) -> None:
    def rows() -> Any:  # noqa: ANN401  (rows, and an error)
        yield Row(1, "a.top")
        raise RegistryError("the list ends here", "")

    take(kept, ["z.top"])
    with pytest.raises(RegistryError, match="the list ends here"):
        kept.take(rows(), Terms(), poison=no_poison)
    assert values(kept) == ["z.top"]
    assert take(kept, ["b.top"]).new == 1


@pytest.mark.parametrize("count", [5, 12_000], ids=["few", "many"])
def test_each_resource_is_entered_once(kept: Registry, count: int) -> None:
    report = take(kept, [f"h{number % (count // 2)}.example.top" for number in range(count)])
    assert (report.new, report.duplicate) == (count // 2, count - count // 2)
    assert bad(kept) == []


def test_few_rows_are_entered_in_their_order(kept: Registry) -> None:
    take(kept, ["z.top", "a.top", "m.top/page", "+7 701 000 00 00"])
    assert [entry.value for entry in entries(kept)] == ["z.top", "a.top", "m.top/page", "+7 701 000 00 00"]


def test_a_preview_counts_and_writes_nothing(kept: Registry) -> None:
    take(kept, ["a.top"])
    head = kept.head()
    report = take(kept, ["a.top", "b.top"], preview=True)
    assert (report.new, report.duplicate, report.event) == (1, 1, None)
    assert kept.head() == head


def test_what_a_whole_list_holds_no_more_expires(kept: Registry) -> None:
    take(kept, ["a.top", "b.top"], list="feed")
    take(kept, ["b.top"], list="other")
    report = take(kept, ["a.top", "c.top"], list="feed", replace=True)
    assert (report.new, report.gone, report.duplicate) == (1, 1, 1)
    assert [(entry.list, entry.value, entry.state) for entry in entries(kept)] == [
        ("feed", "a.top", "restricted"),
        ("feed", "b.top", "expired"),
        ("other", "b.top", "restricted"),
        ("feed", "c.top", "restricted"),
    ]


def test_what_expired_comes_back_with_the_list(kept: Registry) -> None:
    for hosts in (["a.top", "b.top"], ["a.top"], ["a.top", "b.top"]):
        take(kept, hosts, list="feed", replace=True)
    assert values(kept) == ["a.top", "b.top"]
    assert [step.after for step in kept.searching().history(entries(kept)[1])] == [
        "restricted",
        "expired",
        "restricted",
    ]


FIELDS: dict[str, Any] = {
    "state": "lifted",
    "category": "phishing",
    "brand": "kaspi",
    "note": "why",
    "since": "2026-01-01",
    "until": "2026-12-31",
    "effect": Effect.ALLOW,
    "ground": Ground("court", "A", "7", "2026-01-01", "B", "2026-01-02", "УК 190"),
}


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_of_a_row_is_kept(kept: Registry, name: str) -> None:
    take(kept, [Row(1, "a.top", fields={name: FIELDS[name]}), "b.top"])
    first, second = entries(kept)
    assert getattr(first, name) == FIELDS[name]
    assert getattr(second, name) != FIELDS[name]
    assert bad(kept) == []


@pytest.mark.parametrize("name", [name for name in FIELDS if name != "state"])
def test_terms_hold_for_rows_that_say_nothing(kept: Registry, name: str) -> None:
    take(kept, ["a.top"], **{name: FIELDS[name]})
    assert getattr(entries(kept)[0], name) == FIELDS[name]


def test_a_record_keeps_the_id_and_history_it_came_with(kept: Registry) -> None:
    history = (
        Change("2020-01-01T00:00:00Z", "anna", "add", "", "draft"),
        Change("2020-01-02T00:00:00Z", "anna", "step", "draft", "restricted"),
    )
    take(kept, [Row(1, "a.top", fields={"id": "KN-2020-000005", "history": history}), "b.top"])
    first, second = entries(kept)
    assert first.id == 202000000005
    assert second.id == 202600000001
    assert kept.searching().history(first)[:2] == history
    assert bad(kept) == []


def test_an_id_that_is_taken_is_given_anew(kept: Registry) -> None:
    for host in ("a.top", "b.top"):
        take(kept, [Row(1, host, fields={"id": "KN-2020-000005"})])
    assert [entry.id for entry in entries(kept)] == [202000000005, 202600000001]


def test_an_unknown_state_is_refused_with_the_known_ones(kept: Registry) -> None:
    report = take(kept, [Row(1, "a.top", fields={"state": "locked"}), "b.top"])
    assert (report.new, report.rejected) == (1, 1)
    assert "restricted" in report.rejects[0].mend


def test_a_state_that_cannot_follow_is_refused(kept: Registry) -> None:
    take(kept, [Row(1, "a.top", fields={"state": "archived"})])
    report = take(kept, [Row(1, "a.top", fields={"state": "restricted"})])
    assert report.codes == {"state": 1}
    assert values(kept, "archived") == ["a.top"]


def test_personal_numbers_are_never_stored(kept: Registry) -> None:
    report = take(
        kept,
        [
            "900101300007",
            Row(2, "a.top", fields={"note": "ИИН 900101300007", "details": {"title": "900101300007"}}),
        ],
    )
    assert report.codes == {"personal": 1}
    assert report.rejects[0].value == "[IIN]"
    kept.close()
    assert b"900101300007" not in b"".join(
        file.read_bytes() for file in kept.path.parent.iterdir() if file.is_file()
    )


def test_of_a_card_only_its_ends_are_stored(kept: Registry) -> None:
    take(kept, ["4111 1111 1111 1111"])
    assert values(kept) == ["411111******1111"]
    kept.close()
    content = b"".join(file.read_bytes() for file in kept.path.parent.iterdir() if file.is_file())
    assert b"4111111111111111" not in content
    assert b"4111 1111" not in content


def test_no_nul_is_stored(kept: Registry) -> None:
    take(
        kept,
        [Row(1, "https://a.top/x\0", fields={"note": "why\0"}), Row(2, "b.top", fields={"note": "so\0\0"})],
        note="n\0",
    )
    assert bad(kept) == []
    assert all("\0" not in entry.note + entry.value for entry in entries(kept))


def poison(kind: object, match: object, key: str) -> Hit | None:
    """Hold `t.me` back."""
    del kind, match
    return Hit("popular", ("t.me",)) if key == "t.me" else None


def test_what_would_hit_too_much_is_held_back_and_named(kept: Registry) -> None:
    rows = [Row(1, "a.top"), Row(2, "t.me")]
    told: list[Reject] = []
    report = kept.take(rows, Terms(list="feed"), poison=poison, told=told.append)
    assert (report.new, report.codes) == (1, {"held": 1})
    assert [(value, code) for value, code, _ in kept.searching().quarantine("feed")] == [("t.me", "popular")]
    assert told == report.rejects
    assert kept.take(rows, Terms(list="feed", force=True), poison=poison).new == 1
    assert kept.take([Row(1, "t.me", fields={"effect": Effect.ALLOW})], Terms(), poison=poison).new == 1


def test_a_match_that_is_asked_for_holds_for_hosts_only(kept: Registry) -> None:
    take(kept, ["a.top", Row(2, "+7 701 000 00 00", kind=Kind.PHONE)], match=Match.HOST)
    assert [entry.match.value for entry in entries(kept)] == ["host_only", "exact"]


def test_only_the_first_rejects_are_kept_and_all_are_told(kept: Registry) -> None:
    told: list[Reject] = []
    report = kept.take(
        [BadRow(line, "?", "why") for line in range(9)], Terms(keep=2), poison=no_poison, told=told.append
    )
    assert (len(report.rejects), len(told), report.rejected) == (2, 9, 9)


@pytest.mark.parametrize(
    ("code", "new"),
    [("mask", 0), ("suffix", 0), ("network", 0), ("single_label", 0), ("brand", 1), ("popular", 1)],
)
def test_a_permission_may_name_a_popular_site_and_not_half_the_web(
    kept: Registry, code: str, new: int
) -> None:
    report = kept.take(
        [Row(1, "a.top", fields={"effect": Effect.ALLOW})], Terms(), poison=lambda *_: Hit(code, ("x",))
    )
    assert (report.new, report.codes["held"]) == (new, 1 - new)


@pytest.mark.parametrize("text", ["zzz", "2020-02-30", "31.02.2020", "2026", "900101300007"])
@pytest.mark.parametrize("name", ["since", "until"])
def test_what_is_no_day_is_refused(kept: Registry, name: str, text: str) -> None:
    report = take(kept, [Row(1, "a.top", fields={name: text})])
    assert (report.new, report.codes) == (0, {"unreadable": 1})


def test_days_are_kept_as_they_are_compared(kept: Registry) -> None:
    take(kept, [Row(1, "a.top", fields={"since": "29.02.2024", "until": "2028-02-29T10:00:00Z"})])
    assert [(entry.since, entry.until) for entry in entries(kept)] == [("2024-02-29", "2028-02-29")]


@pytest.mark.parametrize("id_", ["KN-2026-99999999", "KN-9999-99999999", "KN-0000-000000"])
def test_an_id_that_a_list_brings_leaves_room_for_the_next(kept: Registry, id_: str) -> None:
    take(kept, [Row(1, "a.top", fields={"id": id_}), Row(2, "b.top", fields={"note": "x"}), "c.top"])
    assert take(kept, ["d.top", Row(2, "e.top", fields={"note": "x"})]).new == 2
    assert [entry.id % 100_000_000 for entry in entries(kept)] == [1, 2, 3, 4, 5]
    assert bad(kept) == []


def test_a_history_that_comes_along_is_masked(kept: Registry) -> None:
    change = Change("2026-01-01T00:00:00Z", "IIN 900101300007", "x", "", "restricted", "4111 1111 1111 1111")
    take(kept, [Row(1, "a.top", fields={"history": (change,), "brand": "4111111111111111"})])
    (entry,) = entries(kept)
    assert "900101300007" not in entry.past
    assert "1111 1111" not in entry.past
    assert entry.brand == "411111******1111"


def test_a_default_match_is_only_for_what_it_can_be_said_of(kept: Registry) -> None:
    report = take(kept, ["a.top", "+7 701 000 00 00"], match=Match.HOST)
    assert report.rejected == 0
    assert [(entry.kind, entry.match) for entry in entries(kept)] == [
        (Kind.HOST, Match.HOST), (Kind.PHONE, Match.EXACT),
    ]  # fmt: skip


def test_the_key_of_the_cards_is_made_for_the_first_card(kept: Registry) -> None:
    key = kept.path.with_name(f"{kept.path.name}.key")
    kept.take([Row(1, "a.top")], Terms(), poison=no_poison, cards=True)
    assert not key.exists()
    kept.take([Row(1, "4111 1111 1111 1111")], Terms(), poison=no_poison, cards=True)
    assert len(key.read_bytes()) == 32


def test_what_a_row_does_not_say_of_its_paper_is_said_of_all(kept: Registry) -> None:
    paper = Ground("prescription", "МКИ РК", "15-2/331")
    rows = [
        Row(1, "a.top", fields={"ground": Ground(date="21.11.2026")}),
        Row(2, "b.top", fields={"ground": Ground("court", number="7")}),
        Row(3, "c.top", fields={"ground": Ground(date="soon")}),
    ]
    report = take(kept, rows, ground=paper)
    assert [entry.ground for entry in entries(kept)] == [
        paper._replace(date="2026-11-21"), Ground("court", number="7"),
    ]  # fmt: skip
    assert [(reject.line, reject.code) for reject in report.rejects] == [(3, "unreadable")]


def test_a_second_key_of_the_cards_is_never_made(kept: Registry) -> None:
    take(kept, ["4111 1111 1111 1111"])
    kept.path.with_name(f"{kept.path.name}.key").unlink()
    with pytest.raises(RegistryError, match="put it back"):
        take(kept, ["5555 5555 5555 4444"])


def test_a_link_with_words_around_it_is_refused(kept: Registry) -> None:
    report = take(kept, ["https://a.top/15 \N{FIRE}", "https://a.top/15"])
    assert (report.new, report.rejected) == (1, 1)
