import asyncio
from pathlib import Path

import pytest
from web.servers import LIST, SHORT, Answers, Handler, answer, drip, fetched, refused, reset, zipped

from urlguard.web.limits import Limits

GZIP = "Content-Encoding: gzip"
TEXT = "Content-Type: text/plain; charset=utf-8"
CHUNKED = "Transfer-Encoding: chunked"
BOMB = zipped(b"\0" * 50_000_000)
HALF = zipped()[: len(zipped()) // 2]


def chunks(*parts: bytes, end: bytes = b"0\r\n\r\n") -> bytes:
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + end


@pytest.mark.parametrize(
    ("said", "path"),
    [
        pytest.param(answer(LIST, TEXT), "/list.txt", id="plain"),
        pytest.param(answer(LIST), "/list.txt", id="no content type"),
        pytest.param(answer(LIST, "Content-Type: Binary/Octet-Stream"), "/list", id="type of object stores"),
        pytest.param(answer(LIST, length=-1), "/list.txt", id="ends with the connection"),
        pytest.param(answer(chunks(LIST[:7], LIST[7:]), CHUNKED, length=-1), "/list.txt", id="chunked"),
        pytest.param(answer(zipped(), GZIP, TEXT), "/list.txt", id="gzip on the way"),
        pytest.param(answer(zipped(), "Content-Encoding: X-Gzip"), "/list.txt", id="its old name"),
        pytest.param(answer(zipped(), TEXT), "/list.txt.gz", id="gzip by name"),
        pytest.param(answer(zipped(), "Content-Type: application/x-gzip"), "/list", id="gzip by type"),
        pytest.param(answer(zipped(), GZIP), "/list.txt.gz", id="gzip by name, undone on the way"),
        pytest.param(answer(zipped(zipped()), GZIP), "/list.txt.gz", id="gzip by name and on the way"),
        pytest.param(answer(zipped(LIST[:90]) + zipped(LIST[90:]), GZIP), "/list.txt", id="two members"),
        pytest.param(answer(zipped(b"") + zipped(), TEXT), "/list.gz", id="an empty member first"),
        pytest.param(b"HTTP/1.1 103 Hints\r\nLink: x\r\n\r\n" + answer(LIST), "/list.txt", id="hints first"),
        pytest.param(b"HTTP/1.0 200 OK\n\n" + LIST, "/list.txt", id="HTTP/1.0 with bare line ends"),
    ],
)
def test_a_whole_list_is_kept(tmp_path: Path, said: bytes, path: str) -> None:
    result = fetched(tmp_path, said, path=path)
    assert (result.status, result.code, result.message) == ("new", "", "")
    assert result.path is not None
    assert result.path.read_bytes() == LIST
    assert result.size == len(LIST)
    assert list(tmp_path.iterdir()) == [result.path]


@pytest.mark.parametrize(
    ("said", "path", "code"),
    [
        pytest.param(answer(HALF, GZIP), "/list.txt", "gzip", id="half a gzip"),
        pytest.param(answer(HALF, TEXT), "/list.gz", "gzip", id="half a gzip by name"),
        pytest.param(answer(zipped()[:-1], GZIP), "/list.txt", "gzip", id="last byte of the trailer missing"),
        pytest.param(answer(zipped()[:-8], GZIP), "/list.txt", "gzip", id="trailer missing"),
        pytest.param(answer(zipped()[:-8] + bytes(8), GZIP), "/list.txt", "gzip", id="wrong CRC"),
        pytest.param(answer(zipped() + b"more", GZIP), "/list.txt", "gzip", id="something after it"),
        pytest.param(answer(zipped() + zipped()[:9], GZIP), "/list.txt", "gzip", id="half a second member"),
        pytest.param(answer(zipped(b"") * 4_000, GZIP), "/list.txt", "gzip", id="thousands of members"),
        pytest.param(answer(LIST, GZIP), "/list.txt", "gzip", id="said to be gzip and is not"),
        pytest.param(answer(LIST, TEXT), "/list.txt.gz", "gzip", id="named gzip and is not"),
        pytest.param(answer(BOMB, GZIP), "/list.txt", "size", id="gzip bomb"),
        pytest.param(answer(BOMB), "/list.gz", "size", id="gzip bomb by name"),
        pytest.param(answer(zipped(BOMB), GZIP), "/list.gz", "size", id="gzip bomb in gzip"),
        pytest.param(answer(b"", length=100_001), "/list.txt", "size", id="declared too large"),
        pytest.param(answer(b"a.kz\n" * 20_001, length=-1), "/list.txt", "size", id="too large"),
        pytest.param(answer(LIST, "Content-Encoding: br"), "/list.txt", "encoding", id="brotli"),
        pytest.param(answer(zipped(), "Content-Encoding: gzip, br"), "/list.txt", "encoding", id="both"),
        pytest.param(answer(LIST, length=len(LIST) + 1), "/list.txt", "cut", id="declared too long"),
        pytest.param(answer(LIST, length=len(LIST) - 1), "/list.txt", "length", id="declared too short"),
        pytest.param(answer(LIST, length=0), "/list.txt", "length", id="declared empty"),
        pytest.param(answer(LIST, "Content-Length: 7"), "/list.txt", "protocol", id="two lengths"),
        pytest.param(answer(LIST, length=-7), "/list.txt", "protocol", id="negative length"),
        pytest.param(answer(chunks(LIST, end=b""), CHUNKED, length=-1), "/list.txt", "cut", id="no end"),
        pytest.param(answer(chunks(LIST)[:90], CHUNKED, length=-1), "/list.txt", "cut", id="half a chunk"),
        pytest.param(answer(b"zz\r\n" + LIST, CHUNKED, length=-1), "/list.txt", "protocol", id="bad chunk"),
        pytest.param(answer(b""), "/list.txt", "empty", id="empty"),
        pytest.param(answer(b"", GZIP), "/list.txt", "empty", id="empty without gzip"),
        pytest.param(answer(zipped(b""), GZIP), "/list.txt", "empty", id="empty gzip"),
        pytest.param(answer(b"kaspi.kz\n" + bytes(9)), "/list.txt", "binary", id="a hole at the end"),
        pytest.param(answer("kaspi.kz\n".encode("utf-16")), "/list.txt", "binary", id="UTF-16"),
        pytest.param(b"", "/list.txt", "cut", id="no answer"),
        pytest.param(b"SSH-2.0-OpenSSH_9.6\r\n\r\n", "/list.txt", "protocol", id="another protocol"),
        pytest.param(answer(status="404 Not Found"), "/list.txt", "status", id="404"),
        pytest.param(answer(status="500 \x1b[31mno"), "/list.txt", "status", id="500 with an escape"),
        pytest.param(answer(status="206 Partial Content"), "/list.txt", "status", id="206"),
        pytest.param(b"HTTP/1.1 204 None\r\n\r\n", "/list.txt", "status", id="204"),
        pytest.param(b"HTTP/1.1 304 Same\r\n\r\n", "/list.txt", "status", id="304 nobody asked for"),
    ],
)
def test_a_bad_answer_is_refused(tmp_path: Path, said: bytes, path: str, code: str) -> None:
    refused(tmp_path, fetched(tmp_path, said, path=path), code)


@pytest.mark.parametrize(
    ("body", "header"),
    [
        pytest.param(LIST, "Content-Type: text/html; charset=utf-8", id="by type"),
        pytest.param(LIST, "Content-Type: Application/XHTML+XML", id="by the other type"),
        pytest.param(b"<!DOCTYPE html><p>", TEXT, id="by declaration"),
        pytest.param(b"\xef\xbb\xbf\r\n\t <HTML lang=kk>", TEXT, id="by tag after a mark and blanks"),
        pytest.param(b"<!-- cached --><head>", TEXT, id="by tag after a comment"),
        pytest.param(b'<?xml version="1.0"?>\n<html>', TEXT, id="by tag after XML's first line"),
        pytest.param(zipped(b"<html>"), GZIP, id="inflated"),
    ],
)
@pytest.mark.parametrize("types", [(), ("text/*", "application/xhtml+xml")], ids=["usual", "named"])
def test_a_page_is_no_list(tmp_path: Path, body: bytes, header: str, types: tuple[str, ...]) -> None:
    refused(tmp_path, fetched(tmp_path, answer(body, header), content_types=types), "html")


def test_a_page_in_place_of_a_gzip_is_called_a_page(tmp_path: Path) -> None:
    refused(tmp_path, fetched(tmp_path, answer(b"<html>", TEXT), path="/list.gz"), "html")


@pytest.mark.parametrize(
    ("sent", "types", "status"),
    [
        pytest.param("image/png", (), "failed", id="no list at all"),
        pytest.param("application/pdf", ("application/*",), "new", id="named with a star"),
        pytest.param("text/plain", ("text/csv",), "failed", id="usual but not the one named"),
        pytest.param("text/x-hosts", (), "new", id="usual with a star"),
    ],
)
def test_content_types(tmp_path: Path, sent: str, types: tuple[str, ...], status: str) -> None:
    result = fetched(tmp_path, answer(LIST, f"Content-Type: {sent}"), content_types=types)
    assert (result.status, result.code) == (status, "" if status == "new" else "type")


OK = b"HTTP/1.1 200 OK\r\n"


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(OK + b"X-Fill: " + b"a" * 10_000 + b"\r\n\r\n", id="one long line"),
        pytest.param(OK + b"X-Fill: a\r\n" * 1_000 + b"\r\n" + LIST, id="many lines, complete"),
        pytest.param(drip(OK, b"X-Fill: " + b"a" * 900 + b"\r\n", 0), id="without end"),
        pytest.param(drip(b"", b"HTTP/1.1 103 Hints\r\nX: " + b"a" * 900 + b"\r\n" * 2, 0), id="hints"),
    ],
)
def test_a_flood_of_headers_is_refused(tmp_path: Path, said: bytes | Handler) -> None:
    refused(tmp_path, fetched(tmp_path, said), "headers")


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(drip(OK + b"\r\n", b"a.kz\n", 0.01), id="body in drops"),
        pytest.param(drip(OK + b"\r\n" + zipped()[:-8], b"", 0.01), id="body that stops"),
        pytest.param(drip(OK, b"a", 0.01), id="header in drops"),
        pytest.param(drip(b"", b"", 0.01), id="silence"),
    ],
)
def test_an_endless_drip_ends_at_the_deadline(tmp_path: Path, said: Handler) -> None:
    result = fetched(tmp_path, said, limits=Limits(deadline_seconds=0.25))
    refused(tmp_path, result, "deadline")
    assert 0.2 < result.seconds < 2


@pytest.mark.parametrize(
    ("start", "code"),
    [
        pytest.param(b"", "cut", id="before the answer"),
        pytest.param(OK + b"Content-Le", "cut", id="in the headers"),
        pytest.param(answer(LIST, length=len(LIST) * 2), "cut", id="in the body"),
    ],
)
def test_a_reset_leaves_nothing(tmp_path: Path, start: bytes, code: str) -> None:
    refused(tmp_path, fetched(tmp_path, reset(start)), code)


def test_more_than_declared_is_seen_when_it_comes_late(tmp_path: Path) -> None:
    refused(tmp_path, fetched(tmp_path, drip(answer(), b"late.kz\n", 0.02)), "length")


def test_bytes_are_counted_from_the_last_of_several_heads(tmp_path: Path) -> None:
    async def in_two_parts(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 103 Hints\r\nLink: " + b"a" * 500)
        await writer.drain()
        await asyncio.sleep(0.05)
        writer.write(b"\r\n\r\n" + answer(length=9))

    refused(tmp_path, fetched(tmp_path, in_two_parts), "length")


def test_a_server_that_keeps_the_connection_open_is_not_waited_for(tmp_path: Path) -> None:
    result = fetched(tmp_path, drip(answer(), b"", 9), limits=SHORT)
    assert result.status == "new"
    assert result.seconds < 2


def test_a_failure_keeps_the_list_of_an_earlier_download(tmp_path: Path) -> None:
    first = fetched(tmp_path, answer())
    again = fetched(tmp_path, answer(HALF, GZIP))
    assert (first.status, again.status) == ("new", "failed")
    assert first.path is not None
    assert first.path.read_bytes() == LIST
    assert list(tmp_path.iterdir()) == [first.path]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("User-Agent: urlguard/", True, id="says who asks"),
        pytest.param("Accept-Encoding: gzip\r\n", True, id="asks for gzip and nothing else"),
        pytest.param("Cookie:", False, id="sends no cookie"),
        pytest.param("If-", False, id="sets no condition"),
    ],
)
def test_requests(tmp_path: Path, name: str, *, value: bool) -> None:
    asked: list[str] = []
    start = answer(b"", "Set-Cookie: a=b", "Location: /b", status="302 Found")
    said: Answers = {"/list.txt": start, "/b": answer()}
    result = fetched(tmp_path, said, asked=asked)
    assert result.status == "new"
    assert len(asked) == 2
    assert {name in request for request in asked} == {value}


def test_a_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    result = fetched(tmp_path / "file", answer())
    assert (result.status, result.code) == ("failed", "disk")
