"""Words and their places: whatever a text is written with, a place is said in the text as it was given."""

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from words.own_terms import pieces

from urlguard.words.folding import Mask, Words, words_of

# What a word is read as, and the part of the text it is read from


@pytest.mark.parametrize(
    ("text", "words", "written"),
    [
        pytest.param("Код из СМС", ["код", "из", "смс"], ["Код", "из", "СМС"], id="plain"),
        pytest.param("к\u200bо\u200cд, да", ["код", "да"], ["к\u200bо\u200cд", "да"], id="zero width"),
        pytest.param("\u200bкод\u200b да", ["код", "да"], ["код", "да"], id="zero width around"),
        pytest.param("ко\u00adд да", ["код", "да"], ["ко\u00adд", "да"], id="soft hyphen"),
        pytest.param("к\u2060од\ufeff да", ["код", "да"], ["к\u2060од", "да"], id="word joiner and mark"),
        pytest.param("\u202eкод\u202c да", ["код", "да"], ["код", "да"], id="text direction"),
        pytest.param("к\u0301о\u0301д да", ["код", "да"], ["к\u0301о\u0301д", "да"], id="accents"),
        pytest.param(
            "к\u0336о\u0336д\u0336 да", ["код", "да"], ["к\u0336о\u0336д\u0336", "да"], id="struck through"
        ),
        pytest.param("мои\u0306 код", ["мой", "код"], ["мои\u0306", "код"], id="й in two characters"),
        pytest.param("счёт е\u0308лка", ["счёт", "ёлка"], ["счёт", "е\u0308лка"], id="ё in two characters"),
        pytest.param("ｋｏｄ да", ["kod", "да"], ["ｋｏｄ", "да"], id="full width"),
        pytest.param("𝐤𝐨𝐝 𝒌𝒐𝒅 𝗸𝗼𝗱", ["kod"] * 3, ["𝐤𝐨𝐝", "𝒌𝒐𝒅", "𝗸𝗼𝗱"], id="mathematical"),
        pytest.param("ⓚⓞⓓ 🄺🄾🄳", ["kod", "kod"], ["ⓚⓞⓓ", "🄺🄾🄳"], id="circled and squared"),
        pytest.param("🅺🅾🅳 🅚🅞🅓", ["kod", "kod"], ["🅺🅾🅳", "🅚🅞🅓"], id="white on black"),
        pytest.param("№5 и 10м²", ["no5", "и", "10м2"], ["№5", "и", "10м²"], id="a sign of two letters"),
        pytest.param("з@раб0ток", ["з@раб0ток"], ["з@раб0ток"], id="signs for letters"),
        pytest.param("don’t o'zbek 'код'", ["don’t", "o'zbek", "код"], ["don’t", "o'zbek", "код"],
                     id="apostrophes"),
        pytest.param("1️⃣ код", ["1", "код"], ["1", "код"], id="keycap"),
        pytest.param("СМС-код.Жду", ["смс", "код", "жду"], ["СМС", "код", "Жду"], id="glued by signs"),
    ],
)  # fmt: skip
def test_words_are_plain_and_places_those_of_the_text(
    text: str, words: list[str], written: list[str]
) -> None:
    read = words_of(text)
    assert (read.words, pieces(text, read)) == (words, written)


@pytest.mark.parametrize(
    ("text", "words", "written"),
    [
        pytest.param("дай к о д мне", ["дай", "код", "мне"], ["дай", "к о д", "мне"], id="spaces"),
        pytest.param("дай к.о.д мне", ["дай", "код", "мне"], ["дай", "к.о.д", "мне"], id="dots"),
        pytest.param("дай к-о*д мне", ["дай", "код", "мне"], ["дай", "к-о*д", "мне"], id="other signs"),
        pytest.param("К О Д  И З  С М С", ["код", "и", "з", "смс"], ["К О Д", "И", "З", "С М С"],
                     id="wider gaps part words"),
        pytest.param("к\u200b о д", ["код"], ["к\u200b о д"], id="hidden characters as well"),
        pytest.param("я и ты", ["я", "и", "ты"], ["я", "и", "ты"], id="two short words"),
        pytest.param("1 4 1 4", ["1", "4", "1", "4"], ["1", "4", "1", "4"], id="digits are no letters"),
        pytest.param("к   о   д", ["к", "о", "д"], ["к", "о", "д"], id="too far apart"),
    ],
)  # fmt: skip
def test_spaced_letters_are_one_word(text: str, words: list[str], written: list[str]) -> None:
    read = words_of(text)
    assert (read.words, pieces(text, read)) == (words, written)


def test_what_follows_spaced_letters_is_as_near_as_after_a_word() -> None:
    assert words_of("сообщите к о д из с м с сейчас").places == words_of("сообщите код из смс сейчас").places


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        pytest.param("к\u200bод из смс", ["к\u200bод"], id="zero width"),
        pytest.param("к о д из смс", ["к о д"], id="spaced"),
        pytest.param("𝐤𝐨𝐝 из ｋｏｄ", ["𝐤𝐨𝐝", "ｋｏｄ"], id="dressed up"),
        pytest.param("ко\u0335д", ["ко\u0335д"], id="marks"),
        pytest.param(
            "а" + "\u0301\u0316" * 5_000 + "б", ["а" + "\u0301\u0316" * 5_000 + "б"], id="many marks"
        ),
        pytest.param("мои\u0306 заи\u0306м и е\u0308лка", [], id="dots of letters apart"),
        pytest.param("за\u0301мок и замо\u0301к", [], id="stress"),
        pytest.param("ин\u00adве\u00adсти\u00adции", [], id="soft hyphens of web pages"),
        pytest.param("№5, 10 м², ™ и 2️⃣ ❤️код", [], id="signs that everybody writes"),
        pytest.param("\u200bкод\u200b \ufeffиз", [], id="hidden between words"),
    ],
)
def test_words_that_hide_something_are_noted(text: str, hidden: list[str]) -> None:
    read = words_of(text)
    assert [pieces(text, read)[at] for at in sorted(set(read.disguised))] == hidden


# Masks


def test_what_a_mask_covers_is_one_word_without_letters() -> None:
    text = "ко\u200bд на https://a.b/код-код тут +7 701 123-45-67!"
    link, phone = text.index("https"), text.index("+7")
    masks = [Mask(link, text.index(" тут"), "link"), Mask(phone, len(text) - 1, "phone foreign_phone")]
    read = words_of(text, masks)
    assert read.words == ["код", "на", "", "тут", ""]
    assert pieces(text, read)[2:] == ["https://a.b/код-код", "тут", "+7 701 123-45-67"]
    assert read.tags == {"link": [2], "phone": [4], "foreign_phone": [4]}


def test_masks_keep_their_words_when_letters_are_joined() -> None:
    text = "к о д https://a.b к о д 5 тг? да"
    read = words_of(text, [Mask(6, 17, "link"), Mask(24, 28, "amount")])
    assert read.words == ["код", "", "код", "", "да"]
    assert (read.tags["link"], read.tags["amount"]) == ([1], [3])
    assert pieces(text, read) == ["к о д", "https://a.b", "к о д", "5 тг", "да"]


def test_a_mask_parts_letters() -> None:
    assert words_of("к о https://a.b д", [Mask(4, 15, "link")]).words == ["к", "о", "", "д"]


def test_a_mask_inside_hidden_characters_and_an_empty_one() -> None:
    text = "да \u200bhttps://a.b\u200b нет"
    read = words_of(text, [Mask(0, 0, "link"), Mask(4, 15, "link")])
    assert (read.words, read.tags) == (["да", "", "нет"], {"link": [1]})
    assert pieces(text, read)[1] == "https://a.b"


# Sentences and quotes


@pytest.mark.parametrize(
    ("text", "gap"),
    [
        pytest.param("дай код", 1, id="neighbours"),
        pytest.param("дай, код", 1, id="comma"),
        pytest.param("дай - код", 1, id="dash"),
        pytest.param("сайт.код", 1, id="a dot inside"),
        pytest.param("дай. Код", 4, id="full stop"),
        pytest.param("дай!!! Код", 4, id="exclamation"),
        pytest.param("дай… код", 4, id="dots"),
        pytest.param("дай\nкод", 4, id="line"),
        pytest.param("дай; код", 4, id="semicolon"),
        pytest.param("дай | код", 4, id="bar"),
        pytest.param("дай\n\n\nкод", 9, id="blank lines"),
        pytest.param("дай\r\nкод", 4, id="line of another system"),
        pytest.param("дай.\nкод", 7, id="full stop and line"),
    ],
)
def test_a_new_sentence_is_farther_away(text: str, gap: int) -> None:
    before, after = words_of(text).places
    assert after - before == gap


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        pytest.param("просят «дай код» и всё", ["дай", "код"], id="guillemets"),
        pytest.param("просят „дай код“ и всё", ["дай", "код"], id="German"),
        pytest.param("просят “дай код” и всё", ["дай", "код"], id="English"),
        pytest.param('просят "дай код" и всё', ["дай", "код"], id="straight"),
        pytest.param('просят «дай код" и всё', ["дай", "код"], id="closed otherwise"),
        pytest.param("просят дай код» и всё", [], id="only closed"),
        pytest.param("просят «дай код и всё", [], id="never closed"),
        pytest.param("«дай» код «и» всё", ["дай", "и"], id="two"),
        pytest.param("«" + "слово " * 81 + "» код", [], id="too long"),
        pytest.param("« «» » код", [], id="nothing inside"),
    ],
)
def test_what_stands_in_quotes(text: str, quoted: list[str]) -> None:
    read = words_of(text)
    assert [word for word, inside in zip(read.words, read.quoted, strict=True) if inside] == quoted


# Laws

LETTERS = "аяёйқікодkod09 .,!?\n«»\"'„“\u200b\u00ad\u0301\u0306ｋ𝐤ⓚ🅺№²ﷺİß@$-"
TEXTS = st.one_of(
    st.text(st.sampled_from(LETTERS), max_size=60),
    st.text(max_size=40),
    st.text("к о\u0301\u200b.", max_size=30),
)


def lengths(read: Words) -> set[int]:
    return {len(read.starts), len(read.ends), len(read.places), len(read.quoted), len(read.paused)}


@given(TEXTS)
@example("к о д")
@example("\u0301к\u0301 о\u200b д")
@settings(max_examples=600)
def test_places_ascend_and_lie_in_the_text(text: str) -> None:
    read = words_of(text)
    assert lengths(read) == {len(read.words)}
    last = 0
    for start, end in zip(read.starts, read.ends, strict=True):
        assert last <= start < end <= len(text)
        last = end
    assert all(before < after for before, after in zip(read.places, read.places[1:], strict=False))
    assert all(0 <= at < len(read.words) for at in read.disguised)


@given(TEXTS, st.lists(st.integers(0, 60), max_size=8))
@settings(max_examples=400)
def test_masks_stand_for_their_part_of_the_text(text: str, cuts: list[int]) -> None:
    cuts = sorted({cut for cut in cuts if cut <= len(text)})
    spans = [(start, end) for start, end in zip(cuts[::2], cuts[1::2], strict=False)]
    read = words_of(text, [Mask(start, end, "link") for start, end in spans])
    assert lengths(read) == {len(read.words)}
    assert len(read.tags.get("link", [])) == len(spans)
    assert all(read.words[at] == "" for at in read.tags.get("link", []))
    assert all(0 <= start <= end <= len(text) for start, end in zip(read.starts, read.ends, strict=True))


@given(
    st.lists(st.sampled_from(["код", "из", "смс", "Қазір"]), max_size=9),
    st.sampled_from("\u200b\u0301\u2060"),
)
def test_hidden_characters_change_no_word(words: list[str], hidden: str) -> None:
    plain = words_of(" ".join(words))
    dressed = words_of(" ".join(hidden.join(word) for word in words))
    assert (dressed.words, dressed.places) == (plain.words, plain.places)


# Time

LONG = {
    "marks": "а" + "\u0301\u0316" * 50_000,
    "hidden characters": "к\u200b" * 50_000,
    "one word": "а" * 100_000,
    "spaced letters": "к о д " * 16_000,
    "runs of spaced letters": "к о д --- " * 10_000,
    "quotes": "«а " * 33_000,
    "quotes that do not close": "„" * 100_000,
    "apostrophes": "а'" * 50_000,
    "dressed letters": "𝐤" * 100_000,
    "lines": "а\n\n" * 33_000,
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG.keys())
def test_long_texts_are_read_at_once(text: str) -> None:
    begin = time.perf_counter()
    words_of(text)
    taken = time.perf_counter() - begin
    print(f"{taken * 1000:.0f} ms")  # noqa: T201  (what it takes, when asked for)
    assert taken < 2
