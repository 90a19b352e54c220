import pytest

from urlguard.errors import PackError
from urlguard.packs.source import DEPTH_LIMIT, parse_pack
from urlguard.packs.where import SIZE_LIMIT


@pytest.mark.parametrize(
    "value",
    [
        "no",
        "Yes",
        "0770",
        "+77010000000",
        "1_000",
        "1e3",
        "0x1F",
        "~",
        "null",
        "2026-01-01",
        "12:30:00",
        ".inf",
        "=",
        "1.0",
    ],
)
def test_every_scalar_is_text_as_written(value: str) -> None:
    assert parse_pack(f"a: {value}\n{value}: b\n".encode(), "p.yaml").plain() == {"a": value, value: "b"}


def test_every_value_knows_its_line() -> None:
    node = parse_pack(b"# comment\na: 1\nb:\n- c\n- d: 2\n", "p.yaml")
    second = node.mapping()["b"].items()[1].mapping()["d"]
    assert (node.mapping()["a"].where, second.where) == ("p.yaml:2", "p.yaml:5")


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        pytest.param("a: 1\nb: 2\na: 3\n", 3, "the key 'a' stands here twice", id="repeated key"),
        pytest.param("x:\n  a: 1\n  a: 1\n", 3, "the key 'a' stands here twice", id="repeated inner key"),
        pytest.param("a: 1\nb: &x [1]\n", 2, "anchors and aliases", id="anchor"),
        pytest.param("a: 1\nb: *x\n", 2, "anchors and aliases", id="alias"),
        pytest.param("a: !!int 5\n", 1, "the tag tag:yaml.org,2002:int", id="standard tag"),
        pytest.param(
            "a: !!python/object:os.system x\n", 1, "the tag tag:yaml.org,2002:python", id="Python tag"
        ),
        pytest.param("a: !own x\n", 1, "the tag !own", id="own tag"),
        pytest.param("a: !own [x]\n", 1, "the tag !own", id="tagged list"),
        pytest.param("a:\n  <<: {b: c}\n", 2, "merge keys", id="merge key"),
        pytest.param("a: 1\n---\nb: 2\n", 3, "a second document", id="second document"),
        pytest.param("? [a, b]\n: c\n", 1, "one value is wanted", id="list as a key"),
        pytest.param("a: [1\nb: 2\n", 2, "not valid YAML", id="open bracket"),
        pytest.param("a: 'x\n", 2, "not valid YAML", id="open quote"),
        pytest.param("a: 1\n\tb: 2\n", 2, "not valid YAML", id="tab for indentation"),
        pytest.param("a: \x07\n", 1, "not valid YAML", id="control character"),
        pytest.param("a: " + "[" * 25 + "]" * 25, 1, f"nested more than {DEPTH_LIMIT} deep", id="deep list"),
        pytest.param("a: " + "[" * 100_000, 1, f"nested more than {DEPTH_LIMIT} deep", id="endless list"),
        pytest.param("a: " + "{x: " * 25 + "1" + "}" * 25, 1, "nested more than", id="deep mapping"),
    ],
)
def test_refuses_what_packs_must_not_contain(text: str, line: int, what: str) -> None:
    with pytest.raises(PackError) as caught:
        parse_pack(text.encode(), "p.yaml")
    assert caught.value.where == f"p.yaml:{line}"
    assert what in caught.value.what


@pytest.mark.parametrize(
    "text", ["a: &x [1]\n", "a: !x 1\n", "a: 1\na: 2\n", "a: {<<: {b: c}}\n", "a: 1\n---\nb: 2\n"]
)
def test_says_how_to_mend_it(text: str) -> None:
    with pytest.raises(PackError) as caught:
        parse_pack(text.encode(), "p.yaml")
    assert caught.value.mend
    assert str(caught.value).startswith("p.yaml:")
    assert "\n  mend: " in str(caught.value)


def test_refuses_bytes_that_are_not_utf8_with_their_line() -> None:
    with pytest.raises(PackError, match="not UTF-8") as caught:
        parse_pack("a: 1\nb: Қазпошта\n".encode("utf-16-le"), "p.yaml")
    assert caught.value.where.startswith("p.yaml:")
    with pytest.raises(PackError, match="not UTF-8") as caught:
        parse_pack(b"a: 1\nb: \xd0\n", "p.yaml")
    assert caught.value.where == "p.yaml:2"


def test_refuses_files_that_are_too_large() -> None:
    with pytest.raises(PackError, match=f"larger than {SIZE_LIMIT} bytes"):
        parse_pack(b"#" * (SIZE_LIMIT + 1), "p.yaml")
    assert parse_pack(b"#" * SIZE_LIMIT, "p.yaml").plain() == {}


@pytest.mark.parametrize("text", ["", "# only a comment\n", "---\n"])
def test_an_empty_file_is_an_empty_pack(text: str) -> None:
    assert parse_pack(text.encode(), "p.yaml").plain() in ({}, "")


def test_a_byte_order_mark_is_no_content() -> None:
    assert parse_pack("\ufeffa: 1\n".encode(), "p.yaml").plain() == {"a": "1"}
