import pytest
from hypothesis import given
from hypothesis import strategies as st

from urlguard.errors import Damaged
from urlguard.model import Kind
from urlguard.record import Change, Match
from urlguard.registry.numbers import Numbers
from urlguard.registry.rows import (
    Entry,
    Names,
    ground_text,
    history_of,
    packed,
    packed_history,
    read_id,
    shapes,
    shown_id,
)
from urlguard.registry.store import Store
from urlguard.scope import NO_GROUND, Effect, Ground

texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=10)
grounds = st.one_of(st.just(NO_GROUND), st.builds(Ground, texts, texts, texts, texts, texts, texts, texts))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store(tmp_path_factory.mktemp("rows") / "r.db", write=True)


@given(st.integers(1970, 9999), st.integers(1, 99_999_999))
def test_a_shown_id_reads_back(year: int, number: int) -> None:
    assert read_id(shown_id(year * 100_000_000 + number)) == year * 100_000_000 + number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        pytest.param("KN-2026-000017", 202600000017, id="as shown"),
        pytest.param(" kn-2026-17 ", 202600000017, id="as typed"),
        pytest.param("KN-2026-12345678", 202612345678, id="the largest"),
        pytest.param("KN-2026-123456789", None, id="too large"),
        pytest.param("KN-26-1", None, id="a short year"),
        pytest.param("KN-2026-", None, id="no number"),
        pytest.param("KN-2026-١٧", None, id="other digits"),
        pytest.param("XX-2026-17", None, id="another register"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_ids_are_read_as_people_type_them(text: str, number: int | None) -> None:
    assert read_id(text) == number


entry_of = st.builds(
    lambda bare, anchor, value, **fields: Entry(
        anchor if bare else f"handle:{anchor}",
        202600000001,
        anchor,
        value or anchor,
        Kind.HOST if bare else Kind.HANDLE,
        Match.DOMAIN,
        "local",
        "restricted",
        since="",
        details="",
        past="",
        born=1,
        **fields,
    ),
    st.booleans(),
    texts.filter(bool),
    texts,
    effect=st.sampled_from(list(Effect)),
    until=texts,
    category=texts,
    ground=grounds,
    brand=texts,
    note=texts,
)


@given(entry=entry_of)
def test_an_entry_reads_back_as_it_was_written(store: Store, entry: Entry) -> None:
    with store.writing():
        row = Numbers(store).row(entry)
    assert Names(store).entry(row) == entry


ROW = ("a.top", 202600000001, None, None, 1, 3, 1, 1, None, None, None, None, None, None, None, None, None, 1)
_NAMES = (
    "anchor",
    "id",
    "key",
    "value",
    "kind",
    "match",
    "list",
    "state",
    "effect",
    "since",
    "until",
    "category",
    "ground",
    "brand",
    "note",
    "details",
    "past",
    "born",
)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        pytest.param("state", 99, id="a word that is not there"),
        pytest.param("brand", 99, id="a brand that is not there"),
        pytest.param("list", 99, id="a list that is not there"),
        pytest.param("ground", 99, id="a ground that is not there"),
        pytest.param("kind", None, id="no kind"),
        pytest.param("match", 99, id="an unknown match"),
        pytest.param("note", "why\0\0\0", id="zeros behind a note"),
        pytest.param("details", '{"title":"A\0\0', id="zeros in the details"),
        pytest.param("value", "https://a.top/\0", id="zeros behind the value"),
    ],
)
def test_a_row_that_was_not_written_so_is_damage(store: Store, field: str, value: object) -> None:
    with store.writing():
        numbers = Numbers(store)
        numbers.number("restricted")
        numbers.list_number("local")
    row = tuple(value if name == field else held for name, held in zip(_NAMES, ROW, strict=True))
    assert Names(store).entry(ROW).anchor == "a.top"
    with pytest.raises(Damaged, match="urlguard registry restore"):
        Names(store).entry(row)


def test_the_moment_of_an_event_that_is_not_there_is_damage(store: Store) -> None:
    with pytest.raises(Damaged, match="the event 99 is not there"):
        Names(store).born_at(99)


def test_an_empty_registry_holds_no_kind_of_entry(store: Store) -> None:
    assert shapes(store) == {}


@given(grounds, grounds)
def test_grounds_are_equal_when_their_texts_are(one: Ground, other: Ground) -> None:
    joined = any("\x01" in text for ground in (one, other) for text in ground)
    assert joined or (one == other) is (ground_text(one) == ground_text(other))


@given(st.lists(st.builds(Change, texts, texts, texts, texts, texts, texts, texts), max_size=3).map(tuple))
def test_a_history_reads_back(history: tuple[Change, ...]) -> None:
    assert history_of(packed_history(history)) == history


def test_details_are_stored_in_one_order() -> None:
    assert packed({"b": "ә", "a": [1]}) == packed({"a": [1], "b": "ә"}) == '{"a":[1],"b":"ә"}'
    assert packed({}) == ""
