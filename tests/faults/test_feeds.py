"""`urlguard registry update` against servers on 127.0.0.1 that misbehave: what was there stays in force."""

import asyncio
import gzip
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from web.servers import Answers, Handler, answer, drip, moved, serving

COMMAND = (sys.executable, "-m", "urlguard", "registry")
HOSTS = [f"kaspi-bonus{number}.top" for number in range(50)]
GOOD = "".join(f"{host}\n" for host in HOSTS).encode()
CONFIG = """feeds:
- name: ours
  url: {url}
  format: domains
  enabled: yes
  trust: block
  licence: made up for this test
"""
TIMEOUT = 0.8


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def _here(loopback: None) -> None:
    """Open the loopback for the servers of this file."""


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("URLGUARD", "LANG", "LC_"))
    }
    kept = {name: value for name, value in kept.items() if not name.lower().endswith("_proxy")}
    return kept | {"URLGUARD_CACHE": str(tmp_path_factory.mktemp("cache")), "LC_ALL": "C.UTF-8"}


class Place:
    """A registry in a folder of its own, and the command on it."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder = folder
        self.environment = environment | {"URLGUARD_REGISTRY": str(folder / "registry.db")}

    async def run(self, *arguments: str) -> Done:
        process = await asyncio.create_subprocess_exec(
            *COMMAND, *arguments, env=self.environment, cwd=self.folder,
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        out, err = await asyncio.wait_for(process.communicate(), 60)
        return Done(process.returncode or 0, out.decode(), err.decode())

    def does(self, *arguments: str) -> Done:
        done = subprocess.run(
            [*COMMAND, *arguments], env=self.environment, cwd=self.folder, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        return Done(done.returncode, done.stdout, done.stderr)

    def update(
        self,
        answers: Answers | bytes | Handler,
        *arguments: str,
        config: str = CONFIG,
        asked: list[str] | None = None,
    ) -> Done:
        """Update from a server of its own. `{url}` in the configuration is its list."""

        async def scenario() -> Done:
            async with serving(answers) as server:
                (self.folder / "feeds.yaml").write_text(config.replace("{url}", server.url()), "utf-8")
                done = await self.run(
                    "update", "--config", "feeds.yaml", "--timeout", str(TIMEOUT), *arguments
                )
                if asked is not None:
                    asked.extend(server.asked)
                return done

        return asyncio.run(scenario())

    def blocked(self) -> list[str]:
        done = self.does("export", "--format", "domains")
        assert done.code == 0, done.err
        return [line for line in done.out.splitlines() if not line.startswith("#")]

    def everything(self) -> str:
        return self.does("export", "--format", "jsonl").out


@pytest.fixture(scope="module")
def made(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A registry with one good generation of the list; entered from a file, as no socket is open here."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "ours.txt").write_bytes(GOOD)
    done = Place(folder, environment).does("import", "ours.txt")
    assert (done.code, done.err) == (0, "")
    assert Place(folder, environment).does("export", "before.jsonl").code == 0
    return folder


@pytest.fixture
def place(made: Path, tmp_path: Path, environment: dict[str, str]) -> Place:
    shutil.copytree(made, tmp_path / "here")
    return Place(tmp_path / "here", environment)


@pytest.fixture
def fresh(tmp_path: Path, environment: dict[str, str]) -> Place:
    return Place(tmp_path, environment)


HEADER = b"HTTP/1.1 200 OK\r\n"
BOMB = gzip.compress(bytes(80_000_000), 9, mtime=0)
PAGE = b"<!DOCTYPE html><html><body>The list has moved. " + b"Please log in. " * 40 + b"</body></html>"


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        pytest.param(
            answer(gzip.compress(GOOD, mtime=0)[:60], "Content-Encoding: gzip"), "gzip", id="half a gzip"
        ),
        pytest.param(
            drip(HEADER + b"\r\n", b"kaspi.top\n", 0.05), "not complete after 0.8 s", id="endless drip"
        ),
        pytest.param(answer(BOMB, "Content-Encoding: gzip"), "64", id="gzip bomb"),
        pytest.param({"/list.txt": moved("/b"), "/b": moved("/list.txt")}, "redirect", id="redirect loop"),
        pytest.param(answer(PAGE, "Content-Type: text/plain"), "page", id="HTML page"),
        pytest.param(answer(b"\n".join(GOOD.split()[:5])), "more than 30 % fewer", id="90 % shrink"),
        pytest.param(answer(GOOD, length=len(GOOD) + 100), "", id="wrong length"),
        pytest.param(drip(HEADER, b"X-Fill: " + b"a" * 4000 + b"\r\n", 0.001), "header", id="header flood"),
    ],
)
def test_a_bad_server_changes_nothing(place: Place, said: Answers | bytes | Handler, reason: str) -> None:
    done = place.update(said)
    assert (done.code, done.err) == (2, "")
    assert done.out.count("\n") == 1
    assert done.out.startswith("ours  ")
    assert done.out.rstrip().endswith("(what was there stays)")
    assert reason in done.out.lower()
    assert place.everything() == (place.folder / "before.jsonl").read_text("utf-8")


def test_one_bad_list_does_not_stop_the_others(place: Place) -> None:
    second = CONFIG.replace("feeds:\n", "").replace("ours", "other").replace("{url}", "{url}2")
    done = place.update(
        {"/list.txt": answer(PAGE), "/list.txt2": answer(b"egov-kz.site\n")}, config=CONFIG + second
    )
    assert done.code == 2
    first, last = done.out.splitlines()
    assert first.startswith("ours   failed: ")
    assert last.startswith("other  updated: 1 rows read: new 1; to take it back: urlguard registry undo 2")
    assert place.blocked() == [*HOSTS, "egov-kz.site"]


def test_a_shrunk_list_waits_until_it_is_accepted(place: Place) -> None:
    few = answer(b"\n".join(GOOD.split()[:5]), 'ETag: "few"')
    assert place.update(few).code == 2
    done = place.update(few, "--accept")
    assert (done.code, place.blocked()) == (0, HOSTS[:5])
    assert place.does("undo", "2").code == 0
    assert place.blocked() == HOSTS


def test_a_list_that_grew_too_much_waits(place: Place) -> None:
    many = answer("".join(f"kaspi-gift{number}.top\n" for number in range(300)).encode())
    done = place.update(many)
    assert (done.code, "more than 5 times" in done.out) == (2, True)
    assert place.blocked() == HOSTS


def test_the_next_generation_replaces_the_one_before(place: Place) -> None:
    hosts = [*HOSTS[5:], "kaspi-gift.top"]
    done = place.update(answer("".join(f"{host}\n" for host in hosts).encode()))
    assert (done.code, done.err) == (0, "")
    assert "46 rows read: new 1, already there 45, no longer on the list 5; to take it back" in done.out
    assert place.blocked() == hosts
    assert place.does("undo", "2").code == 0
    assert place.blocked() == HOSTS


def test_a_list_that_cannot_be_read_is_refused_as_a_whole(place: Place) -> None:
    done = place.update(answer(GOOD + b"not a host at all\n" * 5))
    assert done.code == 2
    assert "only 50 of 55 lines can be read, at least 95 % must be; first bad line 51" in done.out
    assert place.blocked() == HOSTS


def test_a_list_is_asked_for_only_when_it_changed(fresh: Place) -> None:
    asked: list[str] = []
    said = answer(GOOD, 'ETag: "one"', "Last-Modified: Sun, 22 Nov 2026 06:00:00 GMT")
    assert fresh.update(said, asked=asked).out.startswith("ours  updated: 50 rows read: new 50")
    done = _port_free(fresh, answer(b"", status="304 Not Modified"), asked)
    assert (done.code, done.out) == (0, "ours  unchanged\n")
    assert "if-none-match" not in asked[0].lower()
    assert 'if-none-match: "one"' in asked[1].lower()
    assert fresh.blocked() == HOSTS


def _port_free(place: Place, said: bytes, asked: list[str]) -> Done:
    """Update once more from the same address: the configuration stays, and with it the port."""
    port = int((place.folder / "feeds.yaml").read_text("utf-8").partition("127.0.0.1:")[2].partition("/")[0])

    async def scenario() -> Done:
        server = await asyncio.start_server(_saying(said, asked), "127.0.0.1", port)
        async with server:
            return await place.run("update", "--config", "feeds.yaml")

    return asyncio.run(scenario())


def _saying(
    said: bytes, asked: list[str]
) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]:
    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append((await reader.readuntil(b"\r\n\r\n")).decode())
        writer.write(said)
        await writer.drain()
        writer.close()

    return handle


POISON = ("google.com", "t.me", "kz", "github.io", "kaspi.kz")


def test_a_poisoned_list_hits_nobody_and_blocks_the_rest(fresh: Place) -> None:
    said = answer(GOOD + b"".join(f"{name}\n".encode() for name in POISON))
    done = fresh.update(said)
    assert (done.code, done.err) == (0, "")
    assert "new 50, refused 5; to take it back: urlguard registry undo 1" in done.out
    assert fresh.blocked() == HOSTS
    held = fresh.does("lists", "ours", "--quarantine", "--format", "csv").out.splitlines()
    assert sorted(line.split(",")[1] for line in held[1:]) == sorted(POISON)
    for name in POISON:
        assert f'"value":"{name}"' not in fresh.everything()


def test_a_list_says_no_more_than_it_is_trusted_with(fresh: Place) -> None:
    rows = (
        {"value": "warned.top"},
        {"value": "bold.top", "state": "restricted", "id": "KN-2026-000500"},
        {"value": "over.top", "state": "lifted", "ground": {"type": "court", "number": "1"}},
        {
            "value": "freed.top",
            "effect": "allow",
            "state": "restricted",
            "details": {"overrules": ["12-34/5"]},
        },
    )
    body = "".join(json.dumps(row) + "\n" for row in rows).encode()
    config = CONFIG.replace("domains", "jsonl").replace("block", "warn")
    assert fresh.update(answer(body, "Content-Type: application/jsonl"), config=config).code == 0
    kept = [json.loads(line) for line in fresh.everything().splitlines()]
    assert [(row["value"], row["state"], row["id"][-6:]) for row in kept] == [
        ("warned.top", "submitted", "000001"),
        ("bold.top", "submitted", "000002"),
        ("over.top", "lifted", "000003"),
    ]
    assert {row["ground"]["type"] for row in kept} == {"list"}


def test_a_trial_run_writes_nothing(fresh: Place) -> None:
    done = fresh.update(answer(GOOD), "--dry-run")
    assert (done.code, done.out) == (0, "ours  updated (preview): 50 rows read: new 50\n")
    assert not (fresh.folder / "registry.db").exists()


def test_nothing_is_switched_on(fresh: Place) -> None:
    done = fresh.update(answer(GOOD), config=CONFIG.replace("enabled: yes", "enabled: no"))
    assert (done.code, done.out) == (0, "")
    assert "No list is switched on." in done.err


def test_a_list_that_is_not_configured(fresh: Place) -> None:
    done = fresh.update(answer(GOOD), "our")
    assert (done.code, "did you mean ours?" in done.err) == (2, True)
