"""The life of a record: steps, edits, undo, and what is told of them."""

import json

import pytest
from cli.registry.group import Records, shown

ONE, TWO = shown(1), shown(2)


@pytest.fixture
def two(records: Records) -> Records:
    records("add", "--prescription", "12-3", "a-evil.top", "b-evil.top")
    return records


def test_a_record_from_a_report_to_its_lifting(records: Records) -> None:
    records("add", "evil.top")
    for step, said in (
        (["review"], "under review"),
        (
            ["prescribe", "--prescription", "12-3", "--authority", "KB", "--date", "2025-11-20"],
            "prescription issued",
        ),
        (["restrict", "--until", "2099-12-31"], "access restricted"),
        (["notice", "--notice-at", "2025-11-21"], "owner gave notice of removal"),
        (["verify-removed", "--checked-by", "A. S."], "removal verified"),
        (
            [
                "lift",
                "--basis",
                "removed",
                "--document",
                "89",
                "--order-date",
                "2025-11-22",
                "--reason",
                "gone",
            ],
            "lifted",
        ),
    ):
        assert said in records.out(step[0], ONE, *step[1:])
    assert (
        records.out("show", ONE)
        == """\
KN-Y-000001
  state       restriction lifted (no effect)
  covers      the host evil[.]top and its subdomains
  in force    since TODAY, until 2099-12-31
  ground      prescription No 12-3 of 2025-11-20, KB
  list        local
  lifting     basis: removed, checked by: A. S., notice of: 2025-11-21, order of: 2025-11-22, order
              No: 89
  next steps  restrict, archive
  history
    TODAY HH:MM  damir  added  → submitted
    TODAY HH:MM  damir  step  submitted → under review
    TODAY HH:MM  damir  step  under review → prescription issued  ground
    TODAY HH:MM  damir  step  prescription issued → access restricted  until – → 2099-12-31
    TODAY HH:MM  damir  step  access restricted → owner gave notice of removal
    TODAY HH:MM  damir  step  owner gave notice of removal → removal verified
    TODAY HH:MM  damir  step  removal verified → restriction lifted  No 89  gone
"""
    )


def test_a_step_in_russian_and_kazakh(two: Records) -> None:
    assert two.out("suspend", ONE, lang="ru") == (
        "KN-Y-000001: теперь приостановлено на время проверки: хост a-evil[.]top и его поддомены\n"
    )
    assert two.out("suspend", TWO, lang="kk") == (
        "KN-Y-000002: енді тексеру кезінде тоқтатылды: b-evil[.]top хосты мен оның ішкі домендері\n"
    )


def test_an_illegal_step_names_the_legal_ones(two: Records) -> None:
    done = two("lift", ONE, code=2)
    assert f"Error: {ONE} is restricted: it cannot become lifted\n" in done.stderr.decode()
    assert "from here: notice (-> owner_notice), suspend (-> suspended_check), expire" in done.stderr.decode()
    assert "to lifted for example by suspend, then lift" in done.stderr.decode()


def test_all_take_a_step_or_none(two: Records) -> None:
    two("annul", TWO)
    two("suspend", ONE, TWO, code=2)
    assert two.out("list", "--state", "restricted", "-f", "ids") == "KN-Y-000001\n"


def test_all_records_of_a_prescription(two: Records) -> None:
    two("annul", TWO)
    assert two.out("annul", "--number", "12-3", "--reason", "appeal") == (
        "KN-Y-000001 is now decision annulled: the host a-evil[.]top and its subdomains\n"
        "KN-Y-000002 is now decision annulled: the host b-evil[.]top and its subdomains\n"
    )
    assert b"no record stands on a document No '99'" in two("annul", "--number", "99", code=2).stderr


def test_ids_through_a_pipe(two: Records) -> None:
    ids = two("list", "-f", "ids").stdout.decode()
    assert (
        two.out("transition", "--to", "owner_notice", "-f", "ids", stdin=ids) == "KN-Y-000001\nKN-Y-000002\n"
    )
    assert b"no ids were given" in two("lift", stdin="", code=2).stderr


def test_a_preview_of_a_step(two: Records) -> None:
    assert two.out("annul", ONE, "--dry-run") == (
        "KN-Y-000001 would become decision annulled: the host a-evil[.]top and its subdomains\n"
    )
    assert two.out("list", "--standing", "blocks", "-f", "ids") == "KN-Y-000001\nKN-Y-000002\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["lfit", "x"], "no such command 'lfit'. Did you mean 'list' or 'lift'", id="step"),
        pytest.param(
            ["evil.top"], "To look something up: urlguard registry find TEXT", id="a link for a command"
        ),
        pytest.param(["transition", ONE, "--to", "lited"], "did you mean lifted?", id="state"),
        pytest.param(["transition", ONE], "Missing option '--to'", id="no state"),
        pytest.param(["annul", "17"], "'17' is no id of a record\n  mend: an id looks like KN-", id="id"),
        pytest.param(["annul", shown(99)], f"there is no entry {shown(99)}", id="unknown id"),
        pytest.param(["annul", ONE, "--date", "2026-01-01"], "go with --prescription", id="date alone"),
        pytest.param(["edit", ONE], "nothing to change", id="an empty edit"),
        pytest.param(["edit", ONE, "--category", "piramid"], "did you mean pyramid?", id="category"),
        pytest.param(
            ["edit", shown(99), "--note", "x"], f"there is no entry {shown(99)}", id="edit of nothing"
        ),
        pytest.param(["undo", "99"], "there is no event 99", id="unknown event"),
        pytest.param(["undo", "x"], "'x' is not a valid integer range", id="no event"),
        pytest.param(["list", "--state", "restrictd"], "did you mean restricted?", id="filter"),
        pytest.param(["stats", "--by", "colour"], "'colour' is not one of", id="stats"),
        pytest.param(["show", "kaspi"], "to look for anything else: urlguard registry find", id="show"),
    ],
)
def test_wrong_usage_changes_nothing(two: Records, arguments: list[str], said: str) -> None:
    before = two.file.read_bytes()
    done = two(*arguments, code=2)
    assert said in done.stderr.decode()
    assert done.stdout == b""
    assert two.out("history", "-f", "jsonl").count("\n") == 1
    assert len(two.file.read_bytes()) == len(before)


@pytest.mark.parametrize(
    "arguments",
    [
        ["add", "new.top", "--note", "\udcff"],
        ["add", "new.top", "--actor", "\udcff"],
        ["edit", ONE, "--note", "\udcff"],
        ["annul", ONE, "--reason", "\udcff"],
        ["list", "--number", "\udcff"],
        ["add", "\udcff.top"],
    ],
    ids=lambda arguments: ascii(" ".join(arguments)),
)
def test_bytes_that_are_no_text(two: Records, arguments: list[str]) -> None:
    assert b"UTF-8" in two(*arguments, code=2).stderr
    assert two.out("list", "--standing", "blocks", "-f", "ids") == "KN-Y-000001\nKN-Y-000002\n"


def test_what_is_over_is_not_restricted_again_in_silence(records: Records) -> None:
    records("add", "--state", "restricted", "--until", "2020-01-01", "evil.top")
    assert b"--until 2026-12-31" in records("restrict", ONE, code=2).stderr
    assert records.out("edit", ONE, "--until", "2099-01-01") == "KN-Y-000001 changed: until 2099-01-01\n"
    assert "blocks" in records.out("find", "evil.top", code=1)


def test_edits_fields_and_parts_of_the_ground(two: Records) -> None:
    assert two.out("edit", ONE, TWO, "--authority", "KB", "--note", "n\x1b[1m", "--severity", "red") == (
        "KN-Y-000001 changed: note n<U+001B>[1m, authority KB, severity red\n"
        "KN-Y-000002 changed: note n<U+001B>[1m, authority KB, severity red\n"
    )
    assert "prescription No 12-3, KB" in two.out("show", ONE)
    assert two.out("edit", ONE, "--note", "") == "KN-Y-000001 changed: note –\n"
    assert two.out("edit", ONE, "--note", "") == "KN-Y-000001: nothing to change\n"


def test_the_history_tells_what_an_edit_changed(two: Records) -> None:
    two("edit", ONE, "--until", "2098-12-31", "--note", "n")
    two("edit", ONE, "--until", "2099-12-31", "--authority", "KB", "--reason", "asked")
    assert (
        two.out("history", ONE)
        == """\
KN-Y-000001  the host a-evil[.]top and its subdomains
  history
    TODAY HH:MM  damir  added  → access restricted  No 12-3
    TODAY HH:MM  damir  edited  note  until – → 2098-12-31
    TODAY HH:MM  damir  edited  ground  until 2098-12-31 → 2099-12-31  asked
"""
    )


def test_undoes_a_paste_and_its_undo(two: Records) -> None:
    assert two.out("undo", "1", "--reason", "wrong file") == (
        "event 1 is undone by event 2: 2 entries discarded, 0 put back as they were\n"
    )
    assert two.out("find", "a-evil.top").startswith("a-evil[.]top\n  no effect  KN-Y-000001  draft discarded")
    assert (
        two.out("undo", "2") == "event 2 is undone by event 3: 0 entries discarded, 2 put back as they were\n"
    )
    assert "blocks" in two.out("find", "a-evil.top", code=1)


def test_an_undo_leaves_what_was_changed_since(two: Records) -> None:
    two("annul", TWO)
    assert two.out("undo", "1", lang="ru") == (
        "событие 1 отменено событием 3: убрано записей 1, возвращено к прежнему 0\n"
        "с тех пор менялись, поэтому оставлены как есть: KN-Y-000002\n"
    )


def test_the_history_of_the_registry(two: Records) -> None:
    two("annul", TWO, "--reason", "appeal", "--document", "7")
    two("undo", "2")
    assert (
        two.out("history")
        == """\
    3  TODAY HH:MM  damir  undone  undoes 2  0 entered, 1 changed
    2  TODAY HH:MM  damir  step  0 entered, 1 changed  No 7  appeal
    1  TODAY HH:MM  damir  added  list local  2 entered, 0 changed  No 12-3
"""
    )
    assert two.out("history", "--limit", "1").count("\n") == 1
    assert two.err("history", "--limit", "1") == "older events: --limit 10\n"
    assert [json.loads(line)["event"] for line in two.out("history", "-f", "jsonl").splitlines()] == [3, 2, 1]
    assert (
        two.out("history", TWO, lang="kk")
        == """\
KN-Y-000002  b-evil[.]top хосты мен оның ішкі домендері
  тарихы
    TODAY HH:MM  damir  қолмен енгізілді  → қолжетімділік шектелді  № 12-3
    TODAY HH:MM  damir  қадам  қолжетімділік шектелді → шешімнің күші жойылды  № 7  appeal
    TODAY HH:MM  damir  кері қайтару  шешімнің күші жойылды → қолжетімділік шектелді
"""
    )


def test_every_step_explains_itself(records: Records) -> None:
    help_text = records("--help").stdout.decode()
    for step in ("restrict", "lift", "annul", "notice", "verify-removed", "archive"):
        assert f"  {step} " in help_text
        assert f"urlguard registry {step} KN-" in records(step, "--help").stdout.decode()
