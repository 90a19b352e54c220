"""Labelled inputs: every usual table, and rows that cannot be read."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from measuring.rows import read, texts

from urlguard.errors import ListError
from urlguard.measuring.labelled import Columns, Labelled

ROWS = [("scam", "kaspi-bonus.top"), ("ok", "Сәлем, kaspi.kz")]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("label\ttext\nscam\tkaspi-bonus.top\nok\tСәлем, kaspi.kz\n", id="TSV"),
        pytest.param('label,text\nscam,kaspi-bonus.top\nok,"Сәлем, kaspi.kz"\n', id="CSV"),
        pytest.param('"label";"text"\n"scam";"kaspi-bonus.top"\n"ok";"Сәлем, kaspi.kz"\n', id="semicolons"),
        pytest.param("text\tlabel\nkaspi-bonus.top\tscam\nСәлем, kaspi.kz\tok\n", id="another order"),
        pytest.param(
            "LABEL\tUrl\tlang\nscam\tkaspi-bonus.top\ten\n ok \tСәлем, kaspi.kz\tkk", id="other names"
        ),
        pytest.param("\n\nlabel\ttext\r\nscam\tkaspi-bonus.top\r\n\r\nok\tСәлем, kaspi.kz", id="empty lines"),
        pytest.param(
            '{"label": "scam", "link": "kaspi-bonus.top"}\n{"input": "Сәлем, kaspi.kz", "label": "ok"}\n',
            id="JSON lines",
        ),
    ],
)
def test_reads_every_usual_table(data: str) -> None:
    assert texts(data) == ROWS
    assert texts(data.encode("utf-8-sig")) == ROWS
    assert texts(data.encode("utf-16")) == ROWS


@pytest.mark.parametrize(
    ("line", "label"),
    [
        pytest.param('{"label": 1, "text": "a"}', "1", id="number"),
        pytest.param('{"label": true, "text": "a"}', "true", id="flag"),
        pytest.param('{"label": "x", "text": null}', "!", id="null is no text"),
        pytest.param('{"label": "x", "text": null, "url": "a"}', "x", id="null, but a link beside it"),
        pytest.param('{"label": ["x"], "text": "a"}', "!", id="list"),
        pytest.param('{"text": "a"}', "!", id="no label"),
        pytest.param('["x", "a"]', "!", id="no object"),
        pytest.param('{"a":' * 10_000, "!", id="brackets that never close"),
        pytest.param('{"label": 1' + "1" * 5_000 + ', "text": "a"}', "!", id="endless number"),
    ],
)
def test_reads_objects_of_json(line: str, label: str) -> None:
    assert texts(f'{{"label": "ok", "text": "b"}}\n{line}\n')[1][0] == label


def test_named_columns() -> None:
    data = "label\ttext\tclass\tmessage\n1\t2\tham\thello\n"
    assert texts(data, Columns("class", "message")) == [("ham", "hello")]


def test_other_columns_are_kept() -> None:
    found = read("label\ttext\tLang\nok\tb\tkk\n")[0]
    assert isinstance(found, Labelled)
    assert (found.place, found.cells) == ("rows:2", {"lang": "kk"})


@pytest.mark.parametrize(
    ("data", "what"),
    [
        pytest.param("", "rows: there are no rows in it", id="empty"),
        pytest.param("\n \n", "rows: there are no rows in it", id="blank"),
        pytest.param("a\tb\n1\t2\n", "rows:1: there is no column 'label'", id="no label"),
        pytest.param("label\tb\n1\t2\n", "rows:1: there is no column 'text'", id="no text"),
        pytest.param("label\ttext\tText\n", "rows:1: the column 'text' stands there twice", id="twice"),
    ],
)
def test_what_is_no_table_is_refused(data: str, what: str) -> None:
    with pytest.raises(ListError) as caught:
        read(data)
    assert caught.value.what == what
    assert caught.value.mend


def test_a_column_to_divide_by_must_be_there() -> None:
    with pytest.raises(ListError, match="no column 'scheme'"):
        read("label\ttext\nok\ta\n", Columns(groups=("scheme",)))


def test_bad_rows_are_named_and_the_rest_is_read() -> None:
    data = b'label,text\nscam\nok,"a\nok,\xff\n,b\nok,\nok,c\n'
    assert texts(data) == [
        ("!", "rows:2: 1 columns where the header has 2"),
        ("!", "rows:3: a quote in it is not closed, or closed too early"),
        ("!", "rows:4: this line is not utf-8"),
        ("!", "rows:5: there is no 'label' in this row"),
        ("!", "rows:6: there is no 'text' in this row"),
        ("ok", "c"),
    ]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        pytest.param('"Kaspi" банк', '"Kaspi" банк', id="quoted word first"),
        pytest.param('5" экран', '5" экран', id="inches"),
        pytest.param('"never closed', '"never closed', id="never closed"),
        pytest.param('"a ""b"" c"', 'a "b" c', id="quoted as CSV"),
        pytest.param('"two\nlines"', "two\nlines", id="two lines"),
    ],
)
def test_quotes_in_tsv(cell: str, text: str) -> None:
    assert texts(f"label\ttext\nok\t{cell}\nok\tlast\n") == [("ok", text), ("ok", "last")]


plain = st.text(
    st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffd"), min_size=1
).filter(str.strip)


@given(st.lists(st.tuples(plain.map(str.strip), plain), min_size=1), st.sampled_from(",;\t"))
def test_what_was_written_is_read_back(rows: list[tuple[str, str]], delimiter: str) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([("label", "text"), *rows])
    assert texts(out.getvalue()) == rows
    lines = [json.dumps({"label": label, "text": text}) for label, text in rows]
    assert texts("\n".join(lines)) == rows


@given(st.binary(max_size=200))
def test_garbage_never_raises_anything_else(data: bytes) -> None:
    for start in (b"label\ttext\n", b"{", b""):
        try:
            read(start + data)
        except ListError as error:
            assert error.what  # noqa: PT017  (not raising is as good)
