"""What a person sees of texts: the scheme, whom it uses, why, what to do; and what programs get."""

import csv
import io
from dataclasses import replace

import pytest

from urlguard.model import Kind, Level, Resource, Signal, Span, Verdict
from urlguard.packs.book import load_book
from urlguard.reports.machine import CSV_COLUMNS, csv_line
from urlguard.reports.screen import width
from urlguard.reports.table import Table, summary
from urlguard.reports.wording import Wording

TEXTS = {name: text["en"] for name, text in load_book()["interface"].items()}
WORDS = Wording(
    TEXTS, {"kaspi": "Kaspi"}, titles={"ask-code": "Asks for a code"}, schemes={"bank": "false bank security"}
)
AD = "Служба безопасности Kaspi.\n\nПродиктуйте код\tиз SMS\r\nна a.example\u200b или 8.701.555.01.02"
"""Everything that is longer or shorter on a screen."""


LINE = "Служба безопасности Kaspi. ¶ Продиктуйте код из SMS ¶ на a[.]example<U+200B> или 8.701.555.01.02"


def _at(text: str, *parts: str) -> tuple[Span, ...]:
    return tuple((text.index(part), text.index(part) + len(part)) for part in parts)


def _signal(rule: str, points: int, reason: str, spans: tuple[Span, ...] = (), advice: str = "") -> Signal:
    first = spans[0] if spans else None
    return Signal(rule, "ask", points, points, reason, advice, "", first, None, spans=spans)


ASK = _signal("ask-code", 60, "Asks for the code", _at(AD, "Продиктуйте", "код"), "Tell no codes.")
PRETEXT = _signal("pretext-security", 40, "Speaks as the security of a bank", _at(AD, "Служба безопасности"))
COUNTER = _signal("counter-warning", -90, "Reads like a warning", _at(AD, "или"), "Pass the warning on.")


def _verdict(level: Level, score: int, *signals: Signal, scheme: str | None = "bank") -> Verdict:
    link, phone = _at(AD, "a.example", "8.701.555.01.02")
    resources = (
        Resource(Kind.URL, "a.example", "http://a.example/", link),
        Resource(Kind.PHONE, "8.701.555.01.02", "+77015550102", phone),
    )
    brand, real = ("kaspi", "kaspi.kz") if level else (None, None)
    advice = "Call your bank." if level else "This proves nothing."
    return Verdict(
        AD, "text", level, score, brand, None, signals, resources, (), advice, None, real,
        scheme if level else None,
    )  # fmt: skip


SCAM = _verdict(Level.DANGEROUS, 100, ASK, PRETEXT)


@pytest.mark.parametrize(
    ("columns", "lines"),
    [
        (200, (f"dangerous       100  {LINE}  "
              "false bank security (Kaspi): Asks for the code (+1 more) → Call your bank.")),
        (120, ("dangerous       100  Служба безопасности Kaspi. ¶ Продиктуйте…  "
              "false bank security (Kaspi): Asks for the code (+1 more)")),
        (80, "dangerous       100  Служба безопасности Kaspi. ¶…  false bank security (Kaspi)"),
        (60, ("dangerous       100  Служба безопасности Kaspi. ¶ Продиктуй…\n"
             "    false bank security (Kaspi): Asks for the code (+1 more)")),
    ],
)  # fmt: skip
def test_one_line(columns: int, lines: str) -> None:
    shown = list(Table(WORDS, columns=columns).lines(SCAM))
    assert all(width(line) <= columns for line in shown)
    assert "\n".join(shown) == lines


def test_a_file_gets_one_line_with_all_of_it() -> None:
    assert list(Table(WORDS).lines(SCAM)) == list(Table(WORDS, columns=200).lines(SCAM))


def test_an_explanation_marks_what_convinced() -> None:
    verdict = _verdict(Level.SUSPICIOUS, 50, ASK, COUNTER)
    assert list(Table(WORDS, explain=True, columns=60).lines(verdict)) == [
        "suspicious       50  false bank security (Kaspi)",
        "    Служба безопасности Kaspi.",
        "    ‹Продиктуйте› ‹код› из SMS",
        "    на a[.]example<U+200B> или 8.701.555.01.02",
        "       #1  a[.]example",
        "       #2  8.701.555.01.02",
        "      +60  Asks for the code [ask-code]",
        "      -90  Reads like a warning [counter-warning]",
        "      =50  total: suspicious",
        "           scheme: false bank security [bank]",
        "           imitates Kaspi, real: kaspi.kz",
        "           → Call your bank.",
    ]


def test_a_screen_with_colours_needs_no_brackets() -> None:
    lines = list(Table(WORDS, explain=True, columns=60, colour=True).lines(SCAM))
    assert lines[1:3] == [
        "    \x1b[1;31mСлужба безопасности\x1b[0m Kaspi.",
        "    \x1b[1;31mПродиктуйте\x1b[0m \x1b[1;31mкод\x1b[0m из SMS",
    ]


def test_what_speaks_against_a_scam_is_the_reason_only_where_nothing_else_counts() -> None:
    warning = _verdict(Level.CLEAR, 0, COUNTER, ASK)
    assert list(Table(WORDS, columns=72).lines(warning)) == [
        "no signs found    0  Служба безопасности Kaspi. ¶…  Reads like a warning"
    ]
    beside = _verdict(Level.SUSPICIOUS, 60, replace(COUNTER, points=0), ASK, scheme=None)
    (line,) = Table(WORDS).lines(beside)
    assert "  Asks for the code → Tell no codes." in line
    explained = list(Table(WORDS, explain=True, columns=72).lines(warning))
    assert explained[0] == "no signs found    0"
    assert explained[-2:] == ["           → Pass the warning on.", "           → This proves nothing."]
    suspicious = list(Table(WORDS).lines(_verdict(Level.SUSPICIOUS, 50, COUNTER, ASK)))
    assert "Asks for the code" in suspicious[0]


@pytest.mark.parametrize("explain", [False, True])
def test_a_text_without_signs_is_not_called_safe_or_official(explain: bool) -> None:  # noqa: FBT001
    clear = Verdict("Привет", "text", Level.CLEAR, 0, None, "kaspi", (), ())
    shown = " ".join(Table(WORDS, explain=explain).lines(clear))
    assert shown.startswith("no signs found    0")
    assert "Kaspi" not in shown


def test_a_scheme_without_a_title_is_named_by_its_id() -> None:
    (line,) = Table(WORDS).lines(_verdict(Level.DANGEROUS, 100, ASK, scheme="new_one"))
    assert "  new_one (Kaspi): " in line


def test_numbers_are_shown_as_written() -> None:
    sum_of_money = Resource(Kind.IBAN, "KZ.86.125", "KZ86125", (0, 9))
    verdict = Verdict("KZ.86.125", "text", Level.CLEAR, 0, None, None, (), (sum_of_money,))
    assert list(Table(WORDS).lines(verdict)) == ["no signs found    0  KZ.86.125"]


def _cells(verdict: Verdict) -> dict[str, str]:
    (row,) = csv.reader(io.StringIO(csv_line(verdict), newline=""))
    return dict(zip(CSV_COLUMNS, row, strict=True))


def test_csv_keeps_line_ends_and_names_the_pieces() -> None:
    row = _cells(SCAM)
    assert row["input"] == AD
    assert (row["scheme"], row["rules"], row["evidence"]) == (
        "bank", "ask-code pretext-security", "Продиктуйте … код",
    )  # fmt: skip


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_csv_quotes_every_line_end(end: str) -> None:
    assert _cells(Verdict(f"a{end}b", "text", Level.CLEAR, 0, None, None, (), ()))["input"] == f"a{end}b"


def test_csv_of_a_warning_gives_its_reason() -> None:
    row = _cells(_verdict(Level.CLEAR, 0, COUNTER, ASK))
    assert (row["reason"], row["evidence"]) == ("Reads like a warning", "или")


def test_summary_counts_schemes() -> None:
    lines = summary(TEXTS, {"dangerous": 3}, {}, {"false bank security": 1, "parcel": 2})
    assert lines[2:] == ["fraud schemes:", "  parcel: 2", "  false bank security: 1"]


def test_a_counter_signal_tells_what_it_could_not_take_back() -> None:
    verdict = _verdict(Level.SUSPICIOUS, 60, replace(COUNTER, points=0), ASK, scheme=None)
    lines = list(Table(WORDS, explain=True, columns=200).lines(verdict))
    assert lines[0] == "suspicious       60"
    note = "of -90: it takes back only what the words have added"
    assert f"       -0  Reads like a warning [counter-warning] ({note})" in lines
    assert lines[-4:] == [
        "           imitates Kaspi, real: kaspi.kz",
        "           → Tell no codes.",
        "           → Call your bank.",
        f"           → {TEXTS['report_fraud']}",
    ]


@pytest.mark.parametrize(
    ("columns", "shown"),
    [
        (100, "Служба безопасности Kaspi. ¶ Прод…  The name imitates Kaspi, the bank (+1 more)"),
        (90, "Служба безопасности Kaspi. ¶ Прод…  The name imitates Kaspi, the bank"),
        (75, "Служба безопасности K…  imitates Kaspi, real: kaspi.kz"),
    ],
)
def test_without_a_scheme_the_reason_of_its_link_is_named(columns: int, shown: str) -> None:
    link = Signal("lookalike", "lookalike", 90, 90, "The name imitates Kaspi, the bank", "", "", None, 0)
    words = Wording(TEXTS, {"kaspi": "Kaspi"}, titles={"lookalike": "A name that imitates another"})
    verdict = _verdict(Level.DANGEROUS, 100, link, ASK, scheme=None)
    assert list(Table(words, columns=columns).lines(verdict)) == [f"dangerous       100  {shown}"]
