"""CSV: columns, separators, quotes that are not closed."""
# ruff: noqa: E501  (lines of lists stand as they are written)

import pytest
from registry.formats.lists import read, source

from urlguard.errors import ListError
from urlguard.record import Ground
from urlguard.registry.formats.table import FORMATS


def test_csv_takes_any_order_separator_and_few_columns() -> None:
    rows, bad = read("csv", "sep=;\nReason;URL\nобман;a.top\n\n'=1+1;b.top\n;c.top;;\nlonely\n")
    assert [(row.line, row.value, row.fields) for row in rows] == [
        (3, "a.top", {"note": "обман"}), (5, "b.top", {"note": "=1+1"}), (6, "c.top", {}),
    ]  # fmt: skip
    assert [row.line for row in bad] == [7]


@pytest.mark.parametrize(
    ("body", "good", "wrong"),
    [
        pytest.param('"a.top","one\ntwo"\nb.top,x\n', ["a.top", "b.top"], [], id="a cell over two lines"),
        pytest.param(
            'a.top,"open\nb.top,x\nc.top,"y"\nd.top,z\n', ["b.top", "c.top", "d.top"], [2], id="never closed"
        ),
        pytest.param('a.top,"x"y\nb.top,x\n', ["b.top"], [2], id="closed too early"),
        pytest.param('a.top,5" pipe\nb.top,x\n', ["a.top", "b.top"], [], id="a quote inside of a cell"),
        pytest.param('a.top,"open\n\0\nb.top,"x"\n', ["b.top"], [2, 3], id="damage inside"),
        pytest.param('"a\nb",x\nb.top,x\n', ["b.top"], [2], id="a resource of two lines"),
    ],
)
def test_a_quote_costs_only_its_row(body: str, good: list[str], wrong: list[int]) -> None:
    rows, bad = read("csv", "value,note\n" + body)
    assert [row.value for row in rows] == good
    assert [row.line for row in bad] == wrong


@pytest.mark.parametrize(
    ("header", "message"),
    [
        pytest.param(
            "value,colour,shape",
            "list:1: unknown columns colour, shape\n  mend: name only .*ground_type",
            id="unknown",
        ),
        pytest.param("note,brand", "no column holds the resources", id="no value"),
        pytest.param("url,domain", "the column value stands there twice", id="twice"),
    ],
)
def test_a_wrong_header_is_one_error(header: str, message: str) -> None:
    with pytest.raises(ListError, match=message):
        list(FORMATS["csv"].read(source(f"{header}\na,b\n")))


def test_the_operators_columns_are_understood() -> None:
    header = "title;url;reason;object_type;resource_type;violation;language;group;screenshot;publications;subscribers;court_decision;source"
    row = "Бонус;http://a.top/;обман;Интернет-ресурс;Сайт;Интернет-мошенничество;Русский;красный;1.png;3;100;да;оператор"
    rows, bad = read("csv", f"{header}\n{row}\n".encode("utf-8-sig"))
    assert bad == []
    assert rows[0].value == "http://a.top/"
    assert rows[0].fields == {
        "note": "обман",
        "ground": Ground("court"),
        "details": {
            "title": "Бонус", "foreign": {"object_type": "Интернет-ресурс"}, "resource_type": "Сайт",
            "offense": "Интернет-мошенничество", "language": "Русский", "severity": "red",
            "evidence": [{"type": "screenshot", "path": "1.png"}], "reach": {"posts": 3, "members": 100},
            "source": {"reporter": "оператор"},
        },
    }  # fmt: skip
