"""`urlguard registry find`: what covers a pasted text, and why the rest does not."""

import json
from functools import partial
from pathlib import Path

import pytest
from cli.registry.group import Records

from urlguard.packs.book import load_book
from urlguard.record import Row
from urlguard.registry.filters import end_of_day
from urlguard.registry.importing import Terms
from urlguard.registry.registry import Registry

ANSWERS = {
    "en": """\
hxxps://kaspi-bonus[.]top/login
  blocks  KN-Y-000001  access restricted, since TODAY, without end
    covers the host kaspi-bonus[.]top and its subdomains
    prescription No 12-34/567 of 2025-11-20, Кибернадзор
    fraud and phishing; imitates Kaspi; list local
    note: calls as the bank
evil[.]top/other
  nothing entered for: evil[.]top/other
  KN-Y-000002 (submitted) does not cover it: entered is this one page: evil[.]top/login
nothing entered for: clear[.]top
""",
    "ru": """\
hxxps://kaspi-bonus[.]top/login
  блокирует  KN-Y-000001  доступ ограничен, с TODAY, бессрочно
    охватывает: хост kaspi-bonus[.]top и его поддомены
    предписание № 12-34/567 от 2025-11-20, Кибернадзор
    мошенничество и фишинг; подделка под Каспи; список local
    заметка: calls as the bank
evil[.]top/other
  не внесено: evil[.]top/other
  KN-Y-000002 (подано) сюда не относится: внесено другое — только эта страница: evil[.]top/login
не внесено: clear[.]top
""",
    "kk": """\
hxxps://kaspi-bonus[.]top/login
  бұғаттайды  KN-Y-000001  қолжетімділік шектелді, TODAY күнінен бастап, мерзімсіз
    қамтиды: kaspi-bonus[.]top хосты мен оның ішкі домендері
    нұсқама № 12-34/567 (2025-11-20), Кибернадзор
    алаяқтық пен фишинг; Kaspi көшірмесі; local тізімі
    ескертпе: calls as the bank
evil[.]top/other
  енгізілмеген: evil[.]top/other
  KN-Y-000002 (ұсынылды) бұған қатысты емес: енгізілгені — тек осы парақ: evil[.]top/login
енгізілмеген: clear[.]top
""",
}


@pytest.fixture
def filled(records: Records) -> Records:
    records(
        "add", "kaspi-bonus.top", "--prescription", "12-34/567", "--authority", "Кибернадзор", "--date",
        "2025-11-20", "--category", "fraud_phishing", "--brand", "kaspi", "--note", "calls as the bank",
    )  # fmt: skip
    records("add", "evil.top/login", "t.me/kaspi_help_bot", "+7 701 123 45 67", "4111 1111 1111 1111")
    return records


@pytest.mark.parametrize("lang", ["en", "ru", "kk"])
def test_every_record_and_why(filled: Records, lang: str) -> None:
    asked = ["https://kaspi-bonus.top/login", "evil.top/other", "clear.top"]
    assert filled.out("find", *asked, lang=lang, code=1) == ANSWERS[lang]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("8 (701) 123-45-67", "KN-Y-000004", id="a phone in another spelling"),
        pytest.param("https://wa.me/77011234567?text=hi", "KN-Y-000004", id="a phone in a link"),
        pytest.param("https://t.me/kaspi_help_bot?start=1", "KN-Y-000003", id="an account as a link"),
        pytest.param("телеграм: @Kaspi_Help_Bot", "KN-Y-000003", id="an account by its name"),
        pytest.param("4111-1111-1111-1111", "KN-Y-000005", id="a card"),
        pytest.param("hxxps://evil[.]top/login", "KN-Y-000002", id="a defanged link"),
        pytest.param("Сіз ұттыңыз! evil.top/login сілтемесіне кіріңіз", "KN-Y-000002", id="a text in Kazakh"),
        pytest.param("kn-%Y-1", "KN-Y-000001", id="an id"),
    ],
)
def test_finds_it_in_any_spelling(filled: Records, text: str, found: str) -> None:
    done = filled.any("find", text.replace("%Y", filled.year()), "-f", "jsonl")
    rows = json.loads(done.stdout)["resources"]
    assert [entry["id"].replace(filled.year(), "Y") for row in rows for entry in row["entries"]] == [found]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        pytest.param(["https://a.kaspi-bonus.top/"], 1, id="blocked"),
        pytest.param(["evil.top/login"], 0, id="only warned of"),
        pytest.param(["clear.top"], 0, id="nothing known"),
        pytest.param(["hello"], 3, id="nothing to look up"),
        pytest.param(["hello", "kaspi-bonus.top"], 1, id="a block outweighs an unreadable line"),
        pytest.param(["--kind", "phone", "kaspi-bonus.top"], 3, id="not of the kind that was named"),
        pytest.param(["--as-of", "2020-01-01", "kaspi-bonus.top"], 0, id="not there yet"),
        pytest.param(["--as-of", "yesterday", "kaspi-bonus.top"], 2, id="no date"),
        pytest.param(["--kind", "fone", "x"], 2, id="no kind"),
        pytest.param(["--file", "missing.txt"], 2, id="no file"),
        pytest.param(["KN-2026-999999"], 2, id="no such record"),
    ],
)
def test_exit_codes(filled: Records, arguments: list[str], code: int) -> None:
    assert filled.any("find", *arguments).returncode == code


def test_what_cannot_be_looked_up_is_said(filled: Records) -> None:
    assert filled.out("find", stdin="hello\n\nclear.top\n", code=3) == (
        "hello: nothing here that can be looked up: no link, phone, account, card, wallet or mailbox\n"
        "nothing entered for: clear[.]top\n"
    )
    done = filled.any("find", stdin="")
    assert (done.returncode, done.stderr) == (0, b"Nothing to look up: the input is empty.\n")


def test_a_registry_that_is_not_there(records: Records) -> None:
    done = records("find", "evil.top", code=2)
    assert b"there is no registry here\n  mend: add to it first" in done.stderr


@pytest.mark.parametrize(
    ("entered", "asked", "covers"),
    [
        (
            ["--match", "host_only", "only.top"],
            "only.top/a",
            "covers the host only[.]top, not its subdomains",
        ),
        (["--match", "prefix", "pre.top/a"], "pre.top/ab", "covers every link that begins like pre[.]top/a"),
        (["kaspi-*.xyz"], "kaspi-1.xyz/a", "covers what fits the mask kaspi-*[.]xyz"),
        (["45.77.1.0/24"], "http://45.77.1.9:8080/", "covers the addresses of 45[.]77[.]1[.]0/24"),
        (["--kind", "sms_sender", "KaspiB0nk"], "kaspib0nk", "covers SMS sender kaspib0nk"),
    ],
    ids=["host alone", "prefix", "mask", "network", "SMS sender"],
)
def test_why_it_matches(records: Records, entered: list[str], asked: str, covers: str) -> None:
    records("add", "--state", "restricted", *entered)
    assert covers in records.out("find", asked, code=1)


def test_an_account_without_a_platform_is_named_as_near(records: Records) -> None:
    records("add", "@kaspi_manager")
    for text in ("инста: @kaspi_manager", "https://t.me/kaspi_manager"):
        assert "KN-Y-000001 (submitted) does not cover it: entered is account @kaspi_manager" in records.out(
            "find", text
        )
    assert "covers account @kaspi_manager" in records.out("find", "пишите @kaspi_manager")


def test_pages_of_strangers_on_a_shared_host_are_not_named(records: Records) -> None:
    records("add", "https://github.io.example.top/a", "https://sites.google.com/view/evil")
    assert records.out("find", "https://sites.google.com/view/other") == (
        "nothing entered for: hxxps://sites[.]google[.]com/view/other\n"
    )


def _written(file: Path) -> None:
    """Write a record that is restricted on the 2nd of January 2026 until the 20th, annulled on the 10th."""
    book = load_book()
    for day, state in (("2026-01-02", "restricted"), ("2026-01-10", "annulled")):
        registry = Registry(file, book, clock=partial(end_of_day, day))
        if state == "restricted":
            terms = Terms(state=state, until="2026-01-20", actor="aliya", action="add")
            registry.take([Row(1, "evil.top")], terms, poison=lambda *_: None)
        else:
            registry.step([2026_0000_0001], state, actor="aliya", reason="court")
        registry.close()


@pytest.mark.parametrize(
    ("day", "said", "code"),
    [
        ("2026-01-01", "nothing entered for: evil[.]top", 0),
        ("2026-01-02", "blocks  KN-2026-000001  access restricted, since 2026-01-02", 1),
        ("2026-01-09", "blocks  KN-2026-000001  access restricted, since 2026-01-02", 1),
        ("2026-01-10", "no effect  KN-2026-000001  decision annulled", 0),
        ("2026-01-21", "no effect  KN-2026-000001", 0),
    ],
)
def test_as_of_a_day(records: Records, day: str, said: str, code: int) -> None:
    _written(records.file)
    assert said in records("find", "evil.top", "--as-of", day, code=code).stdout.decode()
    listed = records("list", "--as-of", day, "--standing", "blocks", "-f", "ids").stdout
    assert listed == (b"KN-2026-000001\n" if code else b"")
    blocking = records("stats", "--as-of", day, "--by", "standing", "-f", "csv").stdout
    assert (b"standing,blocks,1" in blocking) == bool(code)


def test_a_record_as_of_a_day(records: Records) -> None:
    _written(records.file)
    assert "annulled" not in records.out("show", "KN-2026-000001", "--as-of", "2026-01-05")
    assert "court" in records.out("show", "KN-2026-000001")
    assert b"was not there yet" in records("show", "KN-2026-000001", "--as-of", "2026-01-01", code=2).stderr


def test_a_narrow_screen(filled: Records) -> None:
    lines = filled.screen("find", "https://kaspi-bonus.top/login", "evil.top/other")
    assert max(map(len, lines)) <= 40
    assert lines[:3] == [
        "hxxps://kaspi-bonus[.]top/login",
        "  blocks  KN-Y-000001  access",
        "    restricted, since TODAY,",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "https://www.google.com/url?q=https%3A%2F%2Fkaspi-bonus.top%2Flogin",
        "https://vk.com/away.php?to=https://kaspi-bonus.top/login",
        "https://web.archive.org/web/2026/https://kaspi-bonus.top/login",
        "see https://l.instagram.com/?u=https%3A%2F%2Fvk.com%2Faway.php%3Fto%3Dhttps%3A%2F%2Fkaspi-bonus.top",
        "view-source:https://kaspi-bonus.top/login",
        "https://kaspi--bonus-top.translate.goog/login",
    ],
)
def test_a_link_inside_of_a_link_is_looked_up(records: Records, text: str) -> None:
    records("add", "--state", "restricted", "kaspi-bonus.top")
    assert "blocks  KN-Y-000001" in records.out("find", text, code=1)
    assert "blocks" not in records.out("find", text.replace("bonus", "bonuses"), code=0)
