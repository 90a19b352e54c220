"""`urlguard rules` and `urlguard brands`."""

import subprocess  # noqa: TC003  (a type alias names it at run time)
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]

RULE = """rules:
- id: own-rule
  title: {{en: Own, ru: Своё, kk: Өзі}}
  group: {group}
  points: 10
  check: {check}
  reason: {{en: "Own {{evidence}}", ru: Своё, kk: Өзі}}
  {advice}
  examples: {{hit: ['{hit}'], miss: ['https://kaspi.kz/']}}
"""
GOOD = {
    "group": "address",
    "check": "ip_literal",
    "advice": "advice: {en: Do, ru: Делай, kk: Істе}",
    "hit": "http://10.1.2.3/",
}


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., str]:
    """Write a pack of one rule, good but for what is changed."""

    def writes(**changes: str) -> str:
        folder = tmp_path / "pack"
        folder.mkdir()
        (folder / "own.yaml").write_text(RULE.format(**GOOD | changes))
        return "pack"

    return writes


def test_the_shipped_rules_hold_their_examples(run: Run) -> None:
    done = run("rules", "prove")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.endswith(b"examples hold\n")


def test_a_failing_example_is_shown_with_its_place(run: Run, write: Callable[..., str]) -> None:
    done = run("rules", "prove", write(hit="https://kaspi.kz/a"))
    assert done.returncode == 1
    first, last = done.stdout.decode().splitlines()
    assert first == "pack/own.yaml:2: own-rule does not fire on hxxps://kaspi[.]kz/a"
    assert last.endswith("examples hold")


@pytest.mark.parametrize("command", ["prove", "lint"])
def test_a_broken_pack_is_refused_with_its_place_and_a_mend(
    run: Run, write: Callable[..., str], command: str
) -> None:
    done = run("rules", command, write(advice="wieght: 3"))
    assert done.returncode == 2
    told = (done.stdout + done.stderr).decode()
    assert "pack/own.yaml:8: " in told
    assert "wieght" in told
    assert "\n  mend: " in told


def test_a_check_that_is_not_there(run: Run, write: Callable[..., str]) -> None:
    done = run("rules", "lint", write(check="no_such"))
    assert (done.returncode, b"pack/own.yaml:2: unknown check 'no_such'" in done.stdout) == (2, True)


def test_a_doubtful_pack(run: Run, write: Callable[..., str]) -> None:
    done = run("rules", "lint", write(group="mine", advice=""))
    assert done.returncode == 1
    doubt = b"pack/own.yaml:2: own-rule: the group 'mine' has no limit [group-without-limit]\n  mend: "
    assert doubt in done.stdout
    assert b"own-rule: no advice [no-advice]\n  mend: say what to do" in done.stdout


def test_a_missing_pack(run: Run) -> None:
    for command in ("prove", "lint"):
        done = run("rules", command, "nowhere")
        assert (done.returncode, done.stdout) == (2, b"")
        assert b"no rule packs at nowhere" in done.stderr


def test_lists_and_shows(run: Run) -> None:
    assert b"link-shortener" in run("rules", "list").stdout
    assert b"hit: " in run("rules", "show", "link-shortener", "--lang", "ru").stdout
    assert b"kaspi " in run("brands", "list").stdout
    assert b"kaspi.kz" in run("brands", "show", "kaspi").stdout
    assert run("rules", "list", "--format", "jsonl").stdout.startswith(b"{")
