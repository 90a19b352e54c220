"""JSON lines: keys, values, and lines that are none."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tables.reading.files import opened, read, rows, written

from urlguard.errors import ListError
from urlguard.record import BadRow
from urlguard.tables.reading import OTHER

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


@pytest.mark.parametrize(
    ("data", "columns", "expected"),
    [
        pytest.param('{"b":1,"a":"x"}\n\n{"b":2,"a":null}\n', ("b", "a"), [(1, [1, "x"]), (3, [2, None])],
                     id="order of keys, blank lines"),
        pytest.param('{"a":1}\n{"c":3,"a":2}\n', ("a", "c"), [(1, [1, None]), (2, [2, 3])], id="a later key"),
        pytest.param('\ufeff{"a":1}\r\n  {"a":2} \r\n', ("a",),
                     [(1, [1]), (2, [2])], id="mark, CRLF, spaces"),
        pytest.param('{"":1,"a":2,"column 1":3}\n', ("column 1 2", "a", "column 1"), [(1, [1, 2, 3])],
                     id="an empty key"),
        pytest.param('{"a":{"b":[1,{"c":null}]},"d":true}\n', ("a", "d"),
                     [(1, [{"b": [1, {"c": None}]}, True])], id="nested values"),
        pytest.param('{"a":12345678901234567890123456789,"b":0.1}\n', ("a", "b"),
                     [(1, [12345678901234567890123456789, 0.1])], id="a huge number"),
        pytest.param('{"a":"\\ud83d\\ude00 \\ud800 \\\\ud800"}\n', ("a",),
                     [(1, ["😀 \ufffd \\ud800"])], id="half a surrogate pair"),
        pytest.param('{"a":"x\\u0000y\\u001b"}\n', ("a",),
                     [(1, ["x\0y\x1b"])], id="control characters escaped"),
        pytest.param("{}\n", (), [(1, [])], id="no keys"),
    ],
)  # fmt: skip
def test_objects_as_rows(tmp_path: Path, data: str, columns: tuple[str, ...], expected: list[Any]) -> None:
    assert read(tmp_path, data, "a.jsonl") == (columns, expected)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        pytest.param("[1]", "no JSON object", id="array"),
        pytest.param("17", "no JSON object", id="number"),
        pytest.param("hello", "no JSON", id="words"),
        pytest.param('{"a":1', "no JSON: Expecting ',' delimiter at character 7", id="cut off"),
        pytest.param('{"a":1}{"a":2}', "no JSON: Extra data at character 8", id="two objects"),
        pytest.param('{"a":1,"a":2}', "the key 'a' stands twice in it", id="doubled key"),
        pytest.param('{"a":{"b":1,"b":2}}', "the key 'b' stands twice in it", id="doubled key within"),
        pytest.param('{"\\ud800":1,"\\ud801":2}', "the key '\ufffd' stands twice in it", id="half pairs"),
        pytest.param('{"a":1e999}', "the number 1e999 is too large", id="infinite"),
        pytest.param('{"a":' + "9" * 5000 + "}", "a number in it has too many digits", id="5,000 digits"),
        pytest.param('{"a":' + "[" * 60 + "]" * 60 + "}", "nested too deep", id="60 deep"),
        pytest.param('{"a":' + "[" * 100_000, "nested too deep", id="100,000 deep"),
        pytest.param('{"a":"x\0"}', "damaged: the character U+0000 stands in it", id="NUL"),
    ],
)
def test_a_line_that_is_no_object_costs_itself(tmp_path: Path, line: str, reason: str) -> None:
    _, found = read(tmp_path, f'{{"a":1}}\n{line}\n{{"a":2}}\n', "a.jsonl")
    assert found == [(1, [1]), (2, reason), (3, [2])]


def test_not_a_number_is_kept(tmp_path: Path) -> None:
    _, [(_, [value])] = read(tmp_path, '{"a":NaN}', "a.jsonl")
    assert value != value  # noqa: PLR0124  (that is what NaN is)


def test_a_key_that_comes_late_is_not_lost(tmp_path: Path) -> None:
    data = '{"a":1,"other":2}\n' * 5000 + '{"a":3,"late":[4]}\n{"a":5,"other":6}\n'
    table = opened(written(tmp_path, data, "a.jsonl"))
    found = rows(table)
    assert table.columns == ("a", "other", f"{OTHER} 2")
    assert not table.plain
    assert [row.cells for row in found[-2:] if not isinstance(row, BadRow)] == [
        [3, None, {"late": [4]}],
        [5, 6, None],
    ]


def test_thousands_of_keys_do_not_become_columns(tmp_path: Path) -> None:
    data = "".join(json.dumps({f"k{row}.{key}": key for key in range(100)}) + "\n" for row in range(50))
    table = opened(written(tmp_path, data, "a.jsonl"))
    assert len(table.columns) == 1001
    last = rows(table)[-1]
    assert not isinstance(last, BadRow)
    assert last.cells[-1] == {f"k49.{key}": key for key in range(100)}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param('[{"a":1}]', r"a JSON array, .*\n.*jq -c '\.\[\]' FILE", id="array"),
        pytest.param(
            '\n[\n{"a":1},\n{"a":2}\n]\n', r"a JSON array, .*\n.*jq -c '\.\[\]' FILE", id="array over lines"
        ),
        pytest.param('{\n "a":1\n}\n', r"no line of it is a JSON object\n.*jq -c '\.' FILE", id="over lines"),
    ],
)
@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
def test_json_that_is_not_by_lines_is_refused_with_a_mend(
    tmp_path: Path, data: str, message: str, name: str
) -> None:
    with pytest.raises(ListError, match=message):
        opened(written(tmp_path, data, name))


@given(st.lists(st.dictionaries(st.text(max_size=3), JSON, min_size=1, max_size=4), min_size=1, max_size=5))
def test_nothing_is_lost(tmp_path_factory: pytest.TempPathFactory, objects: list[dict[str, Any]]) -> None:
    data = "".join(json.dumps(each) + "\n" for each in objects)
    table = opened(written(tmp_path_factory.getbasetemp(), data, "a.jsonl"))
    keys = list(dict.fromkeys(key for each in objects for key in each))
    found = [row.cells for row in rows(table) if not isinstance(row, BadRow)]
    assert found == [[each.get(key) for key in keys] for each in objects]
