"""What the registry adds to a verdict: records, points, level, and what an allow record does."""

import pickle
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from urlguard import Guard, Level
from urlguard.errors import Damaged, RegistryError
from urlguard.packs.book import load_book
from urlguard.record import Effect, Ground, Row
from urlguard.registry.importing import Terms
from urlguard.registry.registry import Registry

DAY = 86_400
AT = 1_780_000_000
"""2026-05-28, a day in the life of the registry of these tests."""
COURT = Ground("court", court="Медеуский районный суд", court_date="2026-05-20", number="2-77/26")
Enter = Callable[..., None]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "registry.db"


@pytest.fixture
def enter(path: Path) -> Iterator[Enter]:
    registry = Registry(path, load_book([]), clock=lambda: AT)

    def entered(*values: str, **terms: object) -> None:
        rows = [Row(line, value) for line, value in enumerate(values, 1)]
        report = registry.take(rows, Terms(actor="tester", **terms), poison=lambda *_: None)  # type: ignore[arg-type]
        assert (report.new, report.rejected) == (len(values), 0), report.rejects
        registry.close()

    yield entered
    registry.close()


@pytest.fixture
def guard(path: Path) -> Guard:
    return Guard(registry=path)


@pytest.mark.parametrize(
    ("value", "link"),
    [
        pytest.param(
            "kirpish-zauyt.example", "https://kabinet.kirpish-zauyt.example/a", id="host with subdomains"
        ),
        pytest.param(
            "https://forum.example/t/77", "forum.example/t/77?utm_source=wa", id="one page, campaign left out"
        ),
        pytest.param(
            "https://t.me/qarjy_kz", "tg://resolve?domain=QARJY_KZ", id="channel in another spelling"
        ),
        pytest.param("@qarjy_kz", "https://telegram.me/qarjy_kz", id="account entered without its platform"),
        pytest.param("https://t.me/qarjy_kz/15", "https://telegram.me/s/Qarjy_KZ/15", id="post of a channel"),
        pytest.param("https://forum.example/t?y=2&x=1", "forum.example/t?x=1&y=2&x=1", id="parameters mixed"),
        pytest.param("8 (701) 555-01-02", "https://wa.me/77015550102", id="phone behind a WhatsApp link"),
        pytest.param("198.51.100.0/24", "http://198.51.100.77/pay", id="network"),
        pytest.param("198.51.100.77", "http://0xC6.51.100.77/", id="address in hexadecimal"),
        pytest.param("qarjy-*.example", "https://qarjy-77.example/", id="mask"),
        pytest.param("пример.қаз", "https://xn--e1afmkfd.xn--80ao21a/", id="IDN by its A-label"),
    ],
)
def test_a_restricted_resource_is_blocked(enter: Enter, guard: Guard, value: str, link: str) -> None:
    enter(value)
    verdict = guard.score(link)
    assert verdict.level is Level.BLOCKED
    assert [entry.standing for entry in verdict.entries] == ["blocks"]
    assert min(sum(signal.points for signal in verdict.signals), 100) == verdict.score == 100


def test_everything_else_is_judged_as_without(enter: Enter, guard: Guard) -> None:
    enter("kirpish-zauyt.example")
    without = Guard()
    for link in (
        "https://kaspi.kz/",
        "https://kaspi-bonus.example/login",
        "http://203.0.113.9/",
        "not a link",
    ):
        assert guard.check(link) == without.check(link)


def test_a_pending_record_warns_with_its_points(enter: Enter, guard: Guard) -> None:
    enter("kirpish-zauyt.example", state="submitted")
    verdict = guard.score("https://kirpish-zauyt.example/")
    assert (verdict.level, verdict.score) == (Level.SUSPICIOUS, 40)
    assert [(signal.rule, signal.group) for signal in verdict.signals] == [("registry-submitted", "registry")]
    assert verdict.entries[0].standing == "warns"


def test_history_is_shown_and_adds_nothing(enter: Enter, guard: Guard) -> None:
    enter("kirpish-zauyt.example", state="lifted")
    enter("tigin-sekhy.example", until="2026-05-01")
    for host, state in (("kirpish-zauyt.example", "lifted"), ("tigin-sekhy.example", "expired")):
        verdict = guard.score(f"https://{host}/")
        assert (verdict.level, verdict.score, verdict.signals) == (Level.CLEAR, 0, ())
        assert [(entry.state, entry.standing) for entry in verdict.entries] == [(state, "none")]


def test_a_verdict_tells_ground_authority_and_day(enter: Enter, guard: Guard) -> None:
    enter("kirpish-zauyt.example", ground=COURT, since="2026-05-21", category="fraud_invest", brand="kaspi")
    verdict = guard.score("https://kirpish-zauyt.example/")
    entry = verdict.entries[0]
    assert (entry.ground, entry.number, entry.since) == ("court", "2-77/26", "2026-05-21")
    assert (entry.category, entry.list, entry.match) == ("fraud_invest", "local", "host_and_subdomains")
    assert (verdict.brand, verdict.real) == ("kaspi", "kaspi.kz")


def test_an_allow_record_overrules_a_list_and_no_court(enter: Enter, guard: Guard) -> None:
    enter("forum.example", list="some-list", ground=Ground("list"))
    enter("sud.example", ground=COURT)
    allow = {"effect": Effect.ALLOW, "until": "2099-01-01", "note": "checked by hand"}
    enter("forum.example", "sud.example", list="allowed", **allow)
    forum, court = (guard.score(f"https://{host}/") for host in ("forum.example", "sud.example"))
    assert forum.level is Level.CLEAR
    assert {entry.standing for entry in forum.entries} == {"overruled", "allows"}
    assert court.level is Level.BLOCKED
    assert {entry.standing for entry in court.entries} == {"blocks", "allows"}


def test_all_matches_come_most_specific_first(enter: Enter, guard: Guard) -> None:
    enter("forum.example", "https://forum.example/t/77", "*.example")
    entries = guard.score("https://forum.example/t/77").entries
    assert [(entry.match, entry.list) for entry in entries] == [
        ("exact", "local"), ("host_and_subdomains", "local"), ("mask", "local"),
    ]  # fmt: skip


def test_a_text_is_blocked_by_its_phone_and_account(enter: Enter, guard: Guard) -> None:
    enter("+7 701 555 01 02", "KZ86 125K ZT50 0410 0100")
    text = "Қарыз керек пе? 8-701-555-01-02, төлем: KZ86125KZT5004100100"
    verdict = guard.check(text)
    assert verdict.level is Level.BLOCKED
    assert [text[slice(*resource.span)] for resource in verdict.resources if resource.span] == [
        "8-701-555-01-02", "KZ86125KZT5004100100",
    ]  # fmt: skip
    assert guard.check("Звоните 8-701-555-01-03").entries == (), "nothing is known of this one"


def test_a_card_is_found_and_not_repeated(path: Path) -> None:
    registry = Registry(path, load_book([]))
    rows = [Row(1, "4111 1111 1111 1111")]
    registry.take(rows, Terms(actor="tester"), poison=lambda *_: None, cards=True)
    registry.close()
    verdict = Guard(registry=path).check("Переведите на карту 4111111111111111, Аскар")
    assert verdict.level is Level.BLOCKED
    assert [(resource.raw, resource.key) for resource in verdict.resources] == [("411111******1111",) * 2]
    assert "4111111111111111" not in str(verdict.to_dict()).replace(verdict.input, "")


def test_the_key_of_the_cards_may_be_made_later_and_must_not_be_lost(path: Path, enter: Enter) -> None:
    enter("kirpish-zauyt.example")
    guard = Guard(registry=path)
    text = "на карту 4111111111111111"
    assert guard.check(text).entries == ()
    registry = Registry(path, load_book([]))
    registry.take([Row(1, "4111 1111 1111 1111")], Terms(actor="tester"), poison=lambda *_: None, cards=True)
    registry.close()
    time.sleep(1.1)  # what kinds of entries there are is looked at every second
    assert guard.check(text).level is Level.BLOCKED
    path.with_name(f"{path.name}.key").unlink()
    with pytest.raises(RegistryError, match="the key of the card hashes is not there"):
        Guard(registry=path).check(text)


def test_what_a_wrapper_carries_is_looked_up(enter: Enter, guard: Guard) -> None:
    enter("kirpish-zauyt.example")
    verdict = guard.score("https://www.google.com/url?q=https://kirpish-zauyt.example/a")
    assert verdict.level is Level.BLOCKED
    assert verdict.entries[0].resource == 1


def test_a_guard_is_shared_by_threads_and_sent_to_processes(enter: Enter, guard: Guard) -> None:
    enter("kirpish-zauyt.example")
    links = ["https://kirpish-zauyt.example/", "https://forum.example/"] * 50
    with ThreadPoolExecutor(4) as threads:
        levels = [verdict.level for verdict in threads.map(guard.score, links)]
    assert levels == [Level.BLOCKED, Level.CLEAR] * 50
    assert pickle.loads(pickle.dumps(guard)).score(links[0]).level is Level.BLOCKED  # noqa: S301  (our own object)


def test_a_registry_that_cannot_be_read_is_no_clean_verdict(path: Path, enter: Enter, guard: Guard) -> None:
    with pytest.raises(RegistryError, match="there is no registry here"):
        guard.score("https://forum.example/")
    enter("kirpish-zauyt.example")
    path.write_bytes(path.read_bytes()[:5_000] + b"\xff" * 3_000)
    with pytest.raises(Damaged, match="urlguard registry restore"):
        Guard(registry=path).score("https://forum.example/")
