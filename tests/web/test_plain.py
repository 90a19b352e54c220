"""The plain paths, without a server: what httpx is told and what comes of what it returns."""

import subprocess
import sys
from pathlib import Path

import httpx
import pytest
import respx
from web.servers import LIST, zipped

from urlguard.web.feeds import Feed, fetch_lists

GZIP = {"Content-Encoding": "gzip"}
PLAIN = {"Location": "http://lists.example/"}
URL = "https://lists.example/hosts.txt"


@pytest.mark.parametrize(
    ("response", "code"),
    [
        pytest.param(httpx.Response(200, content=LIST), "", id="list"),
        pytest.param(httpx.Response(200, content=zipped(), headers=GZIP), "", id="gzip"),
        pytest.param(httpx.Response(200, html="<html>"), "html", id="page"),
        pytest.param(httpx.Response(503), "status", id="status"),
        pytest.param(httpx.Response(200), "empty", id="empty"),
        pytest.param(httpx.Response(302, headers=PLAIN), "downgrade", id="unencrypted"),
        pytest.param(httpx.ConnectError("no way"), "protocol", id="error of httpx itself"),
    ],
)
@respx.mock
def test_answers(tmp_path: Path, response: httpx.Response | Exception, code: str) -> None:
    route = respx.get(URL)
    if isinstance(response, Exception):
        route.side_effect = response
    else:
        route.return_value = response
    [result] = fetch_lists([Feed("list", URL)], tmp_path)
    assert result.code == code, result.message
    assert (result.path is not None and result.path.read_bytes() == LIST) == (code == "")


@respx.mock
def test_each_feed_gets_its_own_answer(tmp_path: Path) -> None:
    names = ["a", "b", "c"]
    for name in names:
        respx.get(f"https://lists.example/{name}").respond(text=f"{name}.kz\n", headers={"ETag": f'"{name}"'})
    results = fetch_lists([Feed(name, f"https://lists.example/{name}") for name in names], tmp_path)
    assert [result.etag for result in results] == ['"a"', '"b"', '"c"']
    lists = [result.path.read_text("utf-8") for result in results if result.path]
    assert lists == ["a.kz\n", "b.kz\n", "c.kz\n"]


def test_neither_the_package_nor_a_registry_needs_httpx() -> None:
    assert not loaded("urlguard, urlguard.web") & {"httpx", "httpcore", "ssl", "asyncio"}


def test_a_key_is_what_it_takes_to_import_minisign() -> None:
    assert not loaded("urlguard.web.feeds") & {"minisign", "cryptography"}


def loaded(modules: str) -> set[str]:
    """Return what a fresh interpreter has loaded after importing `modules`."""
    code = f"import sys, {modules}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, encoding="utf-8")
    return set(done.stdout.split())
