"""`urlguard registry add`: one answer a value, and nothing that must not be kept."""

import json
from pathlib import Path

import pytest
from cli.registry.group import Records, shown

PASTE = """\
kaspi-bonus.top
https://kaspi-bonus.top/login?utm_source=x
8 (701) 123-45-67
4111 1111 1111 1111
t.me
880101300123
ни то ни сё
http://KASPI-bonus.top/
"""
ANSWERS = {
    "en": """\
entered as KN-Y-000001: the host kaspi-bonus[.]top and its subdomains
entered as KN-Y-000002: this one page: kaspi-bonus[.]top/login
entered as KN-Y-000003: phone +77011234567
entered as KN-Y-000004: bank card 411111******1111
refused: t.me: shared by many strangers: t.me. \
Enter only what is bad: the page, account or address; --force enters even this
refused: a personal number (IIN) is never entered
refused: ни то ни сё: not recognized as a link, phone, account or anything else that can be entered; \
check it for a slip, or name its --kind
already in line 1: the host kaspi-bonus[.]top and its subdomains
""",
    "ru": """\
внесено как KN-Y-000001: хост kaspi-bonus[.]top и его поддомены
внесено как KN-Y-000002: только эта страница: kaspi-bonus[.]top/login
внесено как KN-Y-000003: телефон +77011234567
внесено как KN-Y-000004: банковская карта 411111******1111
отказано: t.me: общая площадка многих людей: t.me. \
Внесите только вредное: страницу, аккаунт или адрес; --force внесёт и это
отказано: персональный номер (ИИН) не вносится никогда
отказано: ни то ни сё: не распознано: ни ссылка, ни телефон, ни аккаунт, ни что-либо ещё, что можно внести; \
проверьте, нет ли опечатки, или укажите --kind
уже есть в строке 1: хост kaspi-bonus[.]top и его поддомены
""",
    "kk": """\
KN-Y-000001 болып енгізілді: kaspi-bonus[.]top хосты мен оның ішкі домендері
KN-Y-000002 болып енгізілді: тек осы парақ: kaspi-bonus[.]top/login
KN-Y-000003 болып енгізілді: телефон +77011234567
KN-Y-000004 болып енгізілді: банк картасы 411111******1111
қабылданбады: t.me: көп адамға ортақ алаң: t.me. \
Тек зияндысын енгізіңіз: парақты, аккаунтты не мекенжайды; --force мұны да енгізеді
қабылданбады: жеке нөмір (ЖСН) ешқашан енгізілмейді
қабылданбады: ни то ни сё: танылмады: сілтеме, телефон, аккаунт не енгізуге болатын басқа нәрсе емес; \
қатесі жоқ па, тексеріңіз не --kind көрсетіңіз
1-жолда бұрыннан бар: kaspi-bonus[.]top хосты мен оның ішкі домендері
""",
}


@pytest.mark.parametrize("lang", ["en", "ru", "kk"])
def test_answers_each_line_of_a_paste(records: Records, lang: str) -> None:
    assert records.out("add", stdin=PASTE, lang=lang, code=3) == ANSWERS[lang]


def test_says_what_the_records_do_and_how_to_take_them_back(records: Records) -> None:
    assert records.err("add", "evil.top", "evil2.top") == (
        "2 entered, 0 changed, 0 there already, 0 refused\n"
        "State “submitted”: it warns and does not block. To block at once: add it again with --state "
        "restricted. By steps: urlguard registry review, prescribe, restrict.\n"
        "To take it back: urlguard registry undo 1\n"
    )
    assert records.err("add", "--state", "restricted", "evil3.top") == (
        "State “access restricted”: it blocks.\nTo take it back: urlguard registry undo 2\n"
    )


def test_what_is_there_is_named_and_a_paper_takes_it_further(records: Records) -> None:
    records("add", "evil.top")
    assert records.out("add", "http://evil.top/", "--note", "other") == (
        "already entered as KN-Y-000001, submitted: the host evil[.]top and its subdomains\n"
    )
    assert records.out("add", "evil.top", "--prescription", "12-3", "--authority", "Кибернадзор") == (
        "already entered as KN-Y-000001, now access restricted: the host evil[.]top and its subdomains\n"
    )
    assert "prescription No 12-3, Кибернадзор" in records.out("show", shown(1))
    assert records.out("add", "evil.top", "--state", "draft", code=3) == (
        "refused: evil.top: it stands there as KN-Y-000001, access restricted, and that step does not follow:"
        " urlguard registry show KN-Y-000001\n"
    )
    assert "already entered" in records.out("add", "evil.top")


def test_one_prescription_covers_every_line_of_stdin(records: Records) -> None:
    records("add", "--prescription", "12-34/567", stdin="a-evil.top\nb-evil.top\n+7 701 123 45 67\n")
    listed = records.out("list", "--number", "12-34/567", "--standing", "blocks", "--format", "ids")
    assert listed == "KN-Y-000001\nKN-Y-000002\nKN-Y-000003\n"


def test_a_preview_writes_nothing(records: Records) -> None:
    assert records.out("add", "--dry-run", "evil.top", "4111111111111111") == (
        "would be entered: the host evil[.]top and its subdomains\n"
        "would be entered: bank card 411111******1111\n"
    )
    assert list(records.file.parent.iterdir()) == []
    records("add", "evil.top")
    assert records.out("add", "-n", "--state", "restricted", "evil.top") == (
        "already entered as KN-Y-000001, would become access restricted: "
        "the host evil[.]top and its subdomains\n"
    )
    assert "submitted" in records.out("list")


def test_force_takes_what_is_shared(records: Records) -> None:
    records("add", "t.me", code=3)
    assert "entered as" in records.out("add", "--force", "t.me")


def test_a_permission_overrules_only_what_it_names(records: Records) -> None:
    records("add", "--prescription", "12-3", "a.top")
    records("add", "--state", "restricted", "b.top")
    records("add", "--allow", "--note", "checked", "--until", "2099-12-31", "a.top", "b.top")
    assert "blocks" in records.out("find", "a.top", code=1)
    assert "overruled by KN-Y-000004" in records.out("find", "b.top")
    records(
        "add", "--allow", "--note", "appeal", "--until", "2099-12-31", "--overrules", "12-3", "www2.a.top"
    )
    assert "overruled by KN-Y-000005" in records.out("find", "www2.a.top")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["--category", "fraud_fishing"], "did you mean fraud_phishing?", id="category"),
        pytest.param(["--brand", "kaspy"], "did you mean kaspi?", id="brand"),
        pytest.param(["--state", "restrictd"], "did you mean restricted?", id="state"),
        pytest.param(["--ground", "curt"], "did you mean court?", id="ground"),
        pytest.param(["--number", "5"], "--number '5': of what?", id="a number without a ground"),
        pytest.param(["--until", "31.12.2026"], "'31.12.2026' is no date", id="date"),
        pytest.param(["--since", "2027-02-01", "--until", "2027-01-01"], "is before --since", id="term"),
        pytest.param(
            ["--allow"], "--allow needs --note TEXT and --until", id="a permission without reason and end"
        ),
        pytest.param(["--overrules", "5"], "--overrules goes with --allow", id="overrules alone"),
        pytest.param(["--list", "a b"], "is no name of a list", id="list"),
        pytest.param(["--kind", "fone"], "'fone' is not one of", id="kind"),
        pytest.param(["--file", "missing.txt"], "missing.txt: No such file", id="a missing file"),
    ],
)
def test_wrong_usage_is_named_and_enters_nothing(records: Records, arguments: list[str], said: str) -> None:
    done = records("add", "evil.top", *arguments, code=2)
    assert said in done.stderr.decode()
    assert done.stdout == b""
    assert not records.file.exists()


def test_empty_input(records: Records) -> None:
    done = records("add", stdin="\n \n")
    assert (done.stdout, done.stderr) == (b"", b"Nothing to enter: the input is empty.\n")


def test_answers_for_programs(records: Records) -> None:
    rows = [
        json.loads(line)
        for line in records.out("add", "-f", "jsonl", "evil.top", "t.me", code=3).splitlines()
    ]
    assert rows[0] == {
        "line": 1, "value": "evil.top", "status": "entered", "id": "KN-Y-000001", "kind": "host",
        "match": "host_and_subdomains", "key": "evil.top", "state": "submitted", "reason": None, "code": None,
        "hits": [],
    }  # fmt: skip
    assert (rows[1]["status"], rows[1]["code"], rows[1]["hits"]) == ("held", "hosting", ["t.me"])


CARDS = ("4111 1111 1111 1111", "8600123456789012", "4400-4301-1234-5678")


def _bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("card", CARDS[:2])
def test_a_whole_card_number_is_kept_and_shown_nowhere(records: Records, card: str) -> None:
    digits = card.replace(" ", "")
    note = f"перевод на {card} 12/27, IIN 880101300123"
    said: list[bytes] = []
    for arguments in (
        [
            "add",
            card,
            "--note",
            note,
            "--reason",
            note,
            "--ground",
            "court",
            "--number",
            card,
            "--court",
            note,
        ],
        ["add", card],
        ["add", f"карта {card}", "--format", "jsonl"],
        ["find", card],
        ["find", f"пришлите на карту {card} сегодня", "-f", "jsonl"],
        ["show", shown(1)],
        ["show", shown(1), "-f", "jsonl"],
        ["list"],
        ["list", "-f", "csv"],
        ["edit", shown(1), "--note", f"{note}!", "--authority", card, "--reason", note],
        ["suspend", shown(1), "--reason", note, "--document", card, "--basis", note],
        ["history"],
        ["history", shown(1), "-f", "jsonl"],
    ):
        done = records.any(*arguments)
        assert done.returncode in {0, 1, 3}, done.stderr
        said.append(done.stdout + done.stderr)
    kept = _bytes(records.file.parent)
    for whole in (digits.encode(), card.encode(), b"880101300123"):
        assert whole not in b"".join(said)
        assert whole not in kept
    assert f"{digits[:6]}******{digits[-4:]}".encode() in b"".join(said)
    assert b"[IIN]" in kept


def test_hostile_values_reach_no_terminal_and_no_spreadsheet(records: Records) -> None:
    note = "=cmd()|\x1b]0;owned\x07 \u202e\nsecond https://evil.top/x"
    records("add", "--state", "restricted", "--note", note, "evil.top/\x1b[31m", "\u202eevil2.top", code=3)
    for arguments in (["list"], ["show", shown(1)], ["find", "evil.top/\x1b[31m"]):
        shown_text = records.any(*arguments).stdout.decode()
        assert "https://" not in shown_text
        assert not set(shown_text) & {"\x1b", "\x07", "\u202e"}
    cells = records("list", "-f", "csv").stdout.decode()
    assert "'=cmd()" in cells
    assert "\x1b" not in json.dumps(records("list", "-f", "jsonl").stdout.decode())


def test_a_narrow_screen(records: Records) -> None:
    lines = records.screen("add", "kaspi-bonus.top", "t.me")
    assert max(map(len, lines)) <= 40
    assert lines[0] == "entered as KN-Y-000001: the host"


def test_a_number_cut_at_its_spaces_is_told_to_go_in_quotes(records: Records) -> None:
    assert 'A value with spaces goes in quotes: "+7 701 000 00 00".' in records.err(
        "add", "8", "701", "000", code=3
    )


def test_a_permission_that_was_there_says_that_it_names_nothing_new(records: Records) -> None:
    permission = ("add", "shop.example", "--allow", "--until", "2098-12-31", "--note", "clean")
    records(*permission)
    assert "--overrules was not added to it" in records.err(*permission, "--overrules", "12-3")
