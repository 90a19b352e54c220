import asyncio
import socket
from pathlib import Path

import pytest
from web.servers import LIST, SHORT, Answers, answer, fetched, moved, refused, serving

from urlguard.web.feeds import Feed, Fetched, fetch
from urlguard.web.limits import Limits

SIX = {f"/{number}": moved(f"/{number + 1}") for number in range(6)} | {"/6": answer()}


@pytest.mark.parametrize(
    "said",
    [
        pytest.param({"/a": moved("/b"), "/b": answer()}, id="path"),
        pytest.param({"/a": moved("b?c#d"), "/b?c": answer()}, id="relative, with a fragment"),
        pytest.param({"/a": moved("/1", 301), **SIX, "/5": answer()}, id="five times"),
        pytest.param({"/a": moved("//127.0.0.1:{port}/b", 303), "/b": answer()}, id="same host by scheme"),
    ],
)
def test_redirects_are_followed(tmp_path: Path, said: dict[str, bytes]) -> None:
    async def scenario() -> Fetched:
        answers: dict[str, bytes] = {}
        async with serving(answers) as server:
            port = str(server.port).encode()
            answers.update({path: text.replace(b"{port}", port) for path, text in said.items()})
            return await fetch(Feed("list", server.url("/a")), tmp_path, limits=SHORT)

    result = asyncio.run(scenario())
    assert result.status == "new", result.message
    assert result.path is not None
    assert result.path.read_bytes() == LIST


@pytest.mark.parametrize(
    ("said", "code"),
    [
        pytest.param({"/0": moved("/0")}, "loop", id="to itself"),
        pytest.param({"/0": moved("/1"), "/1": moved("/0#again")}, "loop", id="in a circle"),
        pytest.param(SIX, "redirects", id="six times"),
        pytest.param({"/0": moved("ftp://127.0.0.1/list")}, "scheme", id="to another scheme"),
        pytest.param({"/0": moved("file:///etc/passwd")}, "scheme", id="to a file"),
        pytest.param({"/0": moved("data:text/plain,kaspi.kz")}, "scheme", id="to data"),
        pytest.param({"/0": moved("http://")}, "loop", id="to nowhere, which is where it is"),
        pytest.param({"/0": moved("http://a:b:c/")}, "redirect", id="to no address"),
        pytest.param({"/0": answer(status="302 Found")}, "redirect", id="without an address"),
        pytest.param({"/0": answer(status="304 Not Modified")}, "status", id="unasked 304"),
        pytest.param({"/0": moved("http://127.0.0.2/")}, "address", id="to another address of this machine"),
        pytest.param({"/0": moved("http://localhost/")}, "address", id="to its name"),
        pytest.param({"/0": moved("http://2130706434/")}, "address", id="to it as a number"),
        pytest.param({"/0": moved("http://0x7f.2/")}, "address", id="to it in hexadecimal"),
        pytest.param({"/0": moved("http://[::1]/")}, "address", id="to it as IPv6"),
        pytest.param({"/0": moved("http://[::ffff:10.0.0.1]/")}, "address", id="to the neighbours, mapped"),
        pytest.param({"/0": moved("http://169.254.169.254/latest/")}, "address", id="to cloud metadata"),
        pytest.param({"/0": moved("http://lists.example/")}, "address", id="to a name of a private address"),
    ],
)
def test_a_bad_redirect_is_refused(
    tmp_path: Path, said: Answers, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = look_up(monkeypatch, {"lists.example": ["95.59.0.1", "10.5.5.5"]})
    refused(tmp_path, fetched(tmp_path, said, path="/0"), code)
    assert set(asked) <= {"127.0.0.1", "localhost", "lists.example"}


def look_up(monkeypatch: pytest.MonkeyPatch, names: dict[str, list[str]]) -> list[str]:
    """Answer look-ups of `names` without asking; return all that are looked up, as they come."""
    here = socket.getaddrinfo
    asked: list[str] = []

    def looked_up(host: str, port: int, **options: int) -> list[tuple[object, ...]]:
        asked.append(host)
        if host not in names:
            return [*here(host, port, **options)]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in names[host]]

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    return asked


def test_a_redirect_to_a_host_the_feed_names_is_followed(tmp_path: Path) -> None:
    async def scenario() -> Fetched:
        async with serving(answer()) as mirror, serving(moved(f"http://localhost:{mirror.port}/")) as server:
            named = f"http://localhost:{mirror.port}/sum"
            feed = Feed("list", server.url(), checksum_url=named)
            return await fetch(feed, tmp_path, limits=SHORT)

    refused(tmp_path, asyncio.run(scenario()), "checksum")  # the mirror was reached and sent no sum


def test_a_host_is_looked_up_once_and_reached_at_the_address_that_was_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = look_up(monkeypatch, {"lists.example": ["127.0.0.1"]})

    async def scenario() -> tuple[Fetched, list[str]]:
        async with serving(answer()) as server:
            feed = Feed("list", f"http://lists.example:{server.port}/")
            return await fetch(feed, tmp_path, limits=SHORT), server.asked

    result, requests = asyncio.run(scenario())
    assert (result.status, result.code) == ("new", "")
    assert "Host: lists.example:" in requests[0]
    assert asked.count("lists.example") == 1


def test_the_next_address_is_tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    look_up(monkeypatch, {"lists.example": ["127.0.0.1", "127.0.0.1"]})
    feed = Feed("list", f"http://lists.example:{closed_port()}/")
    result = asyncio.run(fetch(feed, tmp_path, limits=SHORT))
    refused(tmp_path, result, "unreachable")
    assert "Connection refused" in result.message


def closed_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.mark.parametrize(
    ("url", "code"),
    [
        pytest.param("https://127.0.0.1:{port}/", "unreachable", id="nobody listens"),
        pytest.param("ftp://127.0.0.1/list", "scheme", id="another scheme"),
        pytest.param("list.txt", "scheme", id="no scheme"),
        pytest.param("", "scheme", id="empty"),
        pytest.param("http://", "scheme", id="no host"),
        pytest.param("http://[::1/", "scheme", id="bracket left open"),
        pytest.param("http://a\nb/", "scheme", id="line end"),
        pytest.param("http://127.0.0.1:99999/", "scheme", id="no such port"),
        pytest.param("http://" + "a" * 64 + ".example/", "name", id="label too long for DNS"),
        pytest.param("http://nobody.invalid/", "name", id="unknown name"),
    ],
)
def test_a_bad_address_is_refused(
    tmp_path: Path, url: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(host: str, port: int, **_options: int) -> list[object]:
        if host != "127.0.0.1":
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port))]

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    feed = Feed("list", url.replace("{port}", str(closed_port())))
    result = asyncio.run(fetch(feed, tmp_path, limits=SHORT))
    refused(tmp_path, result, code)


def test_the_deadline_holds_over_redirects(tmp_path: Path) -> None:
    async def slow(writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.15)
        writer.write(moved(f"/{len(asked)}"))
        asked.append("")

    asked: list[str] = []
    said = {f"/{number}": slow for number in range(7)} | {"/list.txt": slow}
    result = fetched(tmp_path, said, limits=Limits(deadline_seconds=0.25))
    refused(tmp_path, result, "deadline")
    assert len(asked) == 1


def test_a_password_goes_to_its_own_host_alone_and_into_no_message(tmp_path: Path) -> None:
    async def scenario() -> tuple[Fetched, list[str]]:
        answers: dict[str, bytes] = {}
        async with serving(answers) as server:
            own = f"http://user:word@127.0.0.1:{server.port}/0"
            there = f"http://localhost:{server.port}/2"
            answers |= {"/0": moved("/1"), "/1": moved(there), "/2": answer(status="403 No")}
            feed = Feed("list", own, checksum_url=there)
            return await fetch(feed, tmp_path, limits=SHORT), server.asked

    result, asked = asyncio.run(scenario())
    refused(tmp_path, result, "status")
    assert ["Authorization: Basic " in request for request in asked] == [True, True, False]
    assert "word" not in result.message


def test_a_signature_is_looked_for_beside_the_list(tmp_path: Path) -> None:
    asked: list[str] = []
    said = {"/list.txt?a=b": answer(), "/list.txt.minisig?a=b": answer(status="404 None")}
    key = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3"
    result = fetched(tmp_path, said, path="/list.txt?a=b#c", public_key=key, asked=asked)
    refused(tmp_path, result, "signature")
    assert len(asked) == 2
