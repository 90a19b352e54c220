from pathlib import Path

import pytest
from web.servers import LIST, answer, fetched, refused

DATE = "Sun, 22 Nov 2026 05:00:00 GMT"
SAME = b"HTTP/1.1 304 Not Modified\r\n"


def test_what_a_server_says_of_a_list_comes_back_to_it(tmp_path: Path) -> None:
    asked: list[str] = []
    first = fetched(tmp_path, answer(LIST, 'ETag: W/"7"', f"Last-Modified: {DATE}"))
    assert (first.status, first.etag, first.modified) == ("new", 'W/"7"', DATE)
    again = fetched(tmp_path, SAME + b"\r\n", etag=first.etag, modified=first.modified, asked=asked)
    assert (again.status, again.path, again.etag, again.modified) == ("unchanged", None, 'W/"7"', DATE)
    assert 'If-None-Match: W/"7"\r\n' in asked[0]
    assert f"If-Modified-Since: {DATE}\r\n" in asked[0]
    assert list(tmp_path.iterdir()) == [first.path]


@pytest.mark.parametrize(
    ("headers", "etag"),
    [
        pytest.param(b"", '"old"', id="the old tag is kept"),
        pytest.param(b'ETag: "new"\r\n', '"new"', id="the new tag is taken"),
        pytest.param(b"Content-Length: 999\r\n", '"old"', id="a length without a body"),
        pytest.param(b"Content-Type: text/html\r\n", '"old"', id="a type without a body"),
    ],
)
def test_unchanged(tmp_path: Path, headers: bytes, etag: str) -> None:
    result = fetched(tmp_path, SAME + headers + b"\r\n", etag='"old"')
    assert (result.status, result.etag, result.message) == ("unchanged", etag, "")


def test_conditions_go_along_with_a_redirect(tmp_path: Path) -> None:
    asked: list[str] = []
    said = {"/list.txt": answer(b"", "Location: /b", status="301 Moved"), "/b": SAME + b"\r\n"}
    assert fetched(tmp_path, said, etag='"7"', asked=asked).status == "unchanged"
    assert ['If-None-Match: "7"' in request for request in asked] == [True, True]


@pytest.mark.parametrize(
    ("etag", "modified"),
    [
        pytest.param("7", "", id="no quotes"),
        pytest.param('"7"\r\nX: y', "", id="a header inside"),
        pytest.param('"' + "7" * 300 + '"', "", id="overlong"),
        pytest.param("", "yesterday", id="no date"),
        pytest.param("", f"{DATE}\nX: y", id="a header after the date"),
    ],
)
def test_what_is_no_tag_or_date_is_neither_sent_nor_kept(tmp_path: Path, etag: str, modified: str) -> None:
    asked: list[str] = []
    said = answer(LIST, f"ETag: {etag.splitlines()[0] if etag else ''}", "Last-Modified: soon")
    result = fetched(tmp_path, said, etag=etag, modified=modified, asked=asked)
    assert result.status == "new"
    assert "If-" not in asked[0]
    assert result.modified == ""
    assert result.etag in {"", '"7"'}


def test_unchanged_is_no_answer_to_an_unconditional_request(tmp_path: Path) -> None:
    refused(tmp_path, fetched(tmp_path, SAME + b"\r\n"), "status")
