"""Which columns of a table are judged."""

import pytest

from urlguard.errors import UsageError
from urlguard.scanning.columns import is_link, judged_columns, named_columns

LINKS = ["https://kaspi-bonus.top/login", "qazpost-zhetkizu.click/tolem", "hxxps://halyk-app[.]net"]
TEXTS = ["Вам положена выплата 85 000 тенге, оформите заявку", "Здравствуйте, это банк, назовите код из SMS"]
PHONES = ["+7 700 000 01 17", "8 (700) 000-01-19"]

TABLES = [
    pytest.param(["url"], [[link] for link in LINKS], {0: "link"}, id="links under their name"),
    pytest.param(["x"], [[link] for link in LINKS], {0: "link"}, id="links under any name"),
    pytest.param(["x", "y"], [["a", text] for text in TEXTS], {1: "text"}, id="sentences"),
    pytest.param(["Хабарлама"], [["Кодты айтыңыз"], ["Сәлем"]], {0: "text"}, id="few words under their name"),
    pytest.param(["id", "тел."], [["1", "87000000117"], ["2", "7000000118"]], {1: "phone"}, id="digits"),
    pytest.param(["id", "x"], [["1", phone] for phone in PHONES], {1: "phone"}, id="phones as written"),
    pytest.param(["ИИН", "url"], [["000101300123", LINKS[0]]], {1: "link"}, id="twelve digits are no phone"),
    pytest.param(["ИИН получателя", "Заявитель", "url"], [["000101300123", "000101300123", LINKS[0]]],
                 {2: "link"}, id="nor are they beneath a word that holds the beginning of one"),
    pytest.param(["Телефон клиента", "Тел. исполнителя", "Номер мошенника", "СМС"],
                 [[PHONES[0], PHONES[1], "77000000117", TEXTS[1]]], {2: "phone", 3: "text"},
                 id="phones of customers and colleagues are left alone"),
    pytest.param(["Клиент", "Телефон клиента"], [["Айгүл", PHONES[0]]], {1: "phone"},
                 id="but where there is nothing else"),
    pytest.param(["Контакт", "Комментарий"], [["87000000117", "просят код"]], {0: "phone", 1: "text"},
                 id="contacts and comments"),
    pytest.param(["Назначение платежа", "Дата обращения", "Lead"], [["Безопасный счёт", "01.11.2026", "Ли"]],
                 {0: "text"}, id="what a payment is for"),
    pytest.param(["Өтініш нөмірі", "Мазмұны"], [["1234567890", "Кодты айтыңыз"]], {1: "text"},
                 id="numbers of cases are no phones"),
    pytest.param(["file", "url"], [["scan.pdf", LINKS[0]]], {1: "link"}, id="files are no links"),
    pytest.param(["date", "sum", "url"], [["01.11.2026", "12.50", "a.kz"]], {2: "link"}, id="dates and sums"),
    pytest.param(["note", "name"], [["see kaspi-bonus.top", "Айгүл"], ["kaspi.kz", "Ерлан"]], {0: "link"},
                 id="links among words where there is nothing else"),
    pytest.param(["url", "comment"], [[link, f"row {at}"] for at, link in enumerate(LINKS)], {0: "link"},
                 id="remarks of a word"),
    pytest.param(["anything"], [["hello"], ["salem"]], {0: "text"}, id="the only column"),
    pytest.param(["a", "b"], [["1", "x"], ["2", "y"]], {}, id="nothing to judge"),
    pytest.param(["url", "text"], [], {0: "link", 1: "text"}, id="no rows: by the names"),
]  # fmt: skip


@pytest.mark.parametrize(("columns", "rows", "roles"), TABLES)
def test_columns_are_found(columns: list[str], rows: list[list[str]], roles: dict[int, str]) -> None:
    assert judged_columns(columns, [list(row) for row in rows]) == roles


@pytest.mark.parametrize(
    ("names", "roles"),
    [
        pytest.param(["b"], {1: "text"}, id="by name"),
        pytest.param([" B "], {1: "text"}, id="whatever its case"),
        pytest.param(["3"], {2: "link"}, id="by number"),
        pytest.param(["b", "c"], {1: "text", 2: "link"}, id="several"),
    ],
)
def test_columns_are_named(names: list[str], roles: dict[int, str]) -> None:
    rows = [["1", "x", link] for link in LINKS]
    assert named_columns(names, ["a", "b", "c"], [list(row) for row in rows]) == roles


@pytest.mark.parametrize("name", ["nope", "0", "4", "-1", pytest.param("9" * 5_000, id="digits")])
def test_a_column_that_is_not_there_is_named_with_those_that_are(name: str) -> None:
    with pytest.raises(UsageError, match="a, b, c"):
        named_columns([name], ["a", "b", "c"], [])


@pytest.mark.parametrize("cell", [*LINKS, "<https://a.kz>", "tg://join?x", "қазақ.қаз", "a.kz:80/x?y"])
def test_links(cell: str) -> None:
    assert is_link(cell)


@pytest.mark.parametrize("cell", ["", "1.5", "01.11.2026", "a@b.kz", "a.pdf", "Hello. World", "v1.2.3", "…"])
def test_no_links(cell: str) -> None:
    assert not is_link(cell)
