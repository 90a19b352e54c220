import base64
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import minisign  # type: ignore[import-untyped]  # has none
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from web.servers import LIST, answer, fetched, refused, zipped

from urlguard.web.refusals import Refused
from urlguard.web.signatures import check_key, check_signature, checksums

PAIR = minisign.KeyPair.generate()
OTHER = minisign.KeyPair.generate()
KEY = PAIR.public_key.to_base64().decode()
SUM = hashlib.sha256(LIST).hexdigest()
OTHER_SUM = hashlib.sha256(b"").hexdigest()
FORGED = bytes(16) + b"kaspi.kz\n"


def signed(data: bytes = LIST, pair: minisign.KeyPair = PAIR, *, prehash: bool = True) -> bytes:
    return bytes(pair.secret_key.sign(data, trusted_comment="timestamp:1", prehash=prehash)) + b"\n"


def swapped_id(signature: bytes) -> bytes:
    """Return a signature of ours that claims to be by the other key."""
    lines = signature.splitlines()
    raw = base64.b64decode(lines[1])
    other = base64.b64decode(OTHER.public_key.to_base64())
    lines[1] = base64.b64encode(raw[:2] + other[2:10] + raw[10:])
    return b"\n".join(lines)


@pytest.mark.parametrize(
    "signature",
    [
        pytest.param(signed(), id="prehashed"),
        pytest.param(signed(prehash=False), id="legacy"),
        pytest.param(signed().replace(b"\n", b"\r\n"), id="line ends of Windows"),
    ],
)
def test_a_signed_list_is_kept(tmp_path: Path, signature: bytes) -> None:
    said = {"/list.txt": answer(), "/list.txt.minisig": answer(signature)}
    result = fetched(tmp_path, said, public_key=KEY)
    assert (result.status, result.message) == ("new", "")
    assert list(tmp_path.iterdir()) == [result.path]


def test_the_list_is_signed_as_published(tmp_path: Path) -> None:
    said = {"/list.gz": answer(zipped()), "/s": answer(signed(zipped()))}
    result = fetched(tmp_path, said, path="/list.gz", public_key=KEY, signature_url="{root}/s")
    assert (result.status, result.message) == ("new", "")
    assert result.path is not None
    assert result.path.read_bytes() == LIST


@pytest.mark.parametrize(
    "signature",
    [
        pytest.param(answer(signed(LIST + b"x")), id="of another list"),
        pytest.param(answer(signed(LIST, OTHER)), id="by another key"),
        pytest.param(answer(swapped_id(signed())), id="ours under the id of another key"),
        pytest.param(answer(signed().replace(b"timestamp:1", b"timestamp:9")), id="trusted comment changed"),
        pytest.param(answer(b"\n".join(signed().splitlines()[:2])), id="without its trusted comment"),
        pytest.param(answer(FORGED), id="something else"),
        pytest.param(answer(b""), id="empty"),
        pytest.param(answer(b"<html>", "Content-Type: text/html"), id="a page"),
        pytest.param(answer(status="404 Not Found"), id="missing"),
        pytest.param(answer(b"a" * 70_000), id="too large"),
        pytest.param(answer(signed(), length=9_999), id="cut"),
    ],
)
def test_a_list_with_a_wrong_signature_is_refused(tmp_path: Path, signature: bytes) -> None:
    said = {"/list.txt": answer(), "/list.txt.minisig": signature}
    refused(tmp_path, fetched(tmp_path, said, public_key=KEY), "signature")


@pytest.mark.parametrize(
    "named",
    [
        pytest.param({"public_key": "RWQ"}, id="cut"),
        pytest.param({"public_key": "ключ"}, id="no base64"),
        pytest.param({"public_key": "RWT" + KEY[3:-4]}, id="too short"),
        pytest.param({"public_key": base64.b64encode(b"XX" + bytes(40)).decode()}, id="another algorithm"),
        pytest.param({"signature_url": "{root}/s"}, id="a signature without a key"),
        pytest.param({"sha256": SUM[1:]}, id="a checksum too short"),
    ],
)
def test_wrong_settings_are_refused_before_anything_is_asked(tmp_path: Path, named: dict[str, Any]) -> None:
    asked: list[str] = []
    result = fetched(tmp_path, answer(), asked=asked, **named)
    refused(tmp_path, result, "checksum" if "sha256" in named else "key")
    assert asked == []


@pytest.mark.parametrize(
    ("code", "form"),
    [
        pytest.param("", lambda raw: raw, id="raw"),
        pytest.param("", lambda raw: base64.b64encode(raw) + b"\n", id="base64"),
        pytest.param("signature", lambda raw: raw[:-1] + b"\0", id="wrong"),
        pytest.param("signature", lambda raw: raw[:-1], id="short"),
        pytest.param("signature", lambda _raw: b"", id="empty"),
    ],
)
def test_plain_ed25519(tmp_path: Path, code: str, form: Callable[[bytes], bytes]) -> None:
    private = Ed25519PrivateKey.generate()
    key = base64.b64encode(private.public_key().public_bytes_raw()).decode()
    said = {"/list.txt": answer(), "/s": answer(form(private.sign(LIST)))}
    result = fetched(tmp_path, said, public_key=key, signature_url="{root}/s")
    assert result.code == code


def test_the_example_of_minisign_itself(tmp_path: Path) -> None:
    """Key and signatures published with minisign's verifiers; made by no code that is tested here."""
    key = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3"
    signature = (
        b"untrusted comment: signature from minisign secret key\n"
        b"RUQf6LRCGA9i559r3g7V1qNyJDApGip8MfqcadIgT9CuhV3EMhHoN1mGTkUidF/z7SrlQgXdy8ofjb7bNJJylDOocrCo8KLzZwo=\n"
        b"trusted comment: timestamp:1633700835\tfile:test\tprehashed\n"
        b"wLMDjy9FLAuxZ3q4NlEvkgtyhrr0gtTu6KC4KBJdITbbOeAi1zBIYo0v4iTgt8jJpIidRJnp94ABQkJAgAooBQ==\n"
    )
    path = tmp_path / "test"
    path.write_bytes(b"test")
    check_key(key)
    check_signature(path, signature, key)
    path.write_bytes(b"tests")
    with pytest.raises(Refused):
        check_signature(path, signature, key)


ZIPPED_SUM = hashlib.sha256(zipped()).hexdigest()


@pytest.mark.parametrize(
    ("path", "named", "code"),
    [
        pytest.param("/list.txt", {"sha256": SUM}, "", id="right"),
        pytest.param("/list.txt", {"sha256": SUM.upper()}, "", id="right in capitals"),
        pytest.param("/list.txt", {"sha256": OTHER_SUM}, "checksum", id="wrong"),
        pytest.param("/list.txt", {"sha256": SUM[:-1]}, "checksum", id="cut"),
        pytest.param("/list.gz", {"sha256": ZIPPED_SUM}, "", id="of the list as published"),
        pytest.param("/list.gz", {"sha256": SUM}, "", id="of the list as inflated"),
        pytest.param("/list.txt", {"checksum_url": "{root}/good"}, "", id="right in a file"),
        pytest.param("/list.txt", {"checksum_url": "{root}/bad"}, "checksum", id="wrong in a file"),
        pytest.param("/list.txt", {"checksum_url": "{root}/none"}, "checksum", id="missing file"),
        pytest.param("/list.txt", {"checksum_url": "{root}/list.txt"}, "checksum", id="no checksum file"),
        pytest.param("/list.txt", {"checksum_url": "{root}/good", "sha256": OTHER_SUM}, "checksum", id="two"),
    ],
)
def test_checksums_of_downloads(tmp_path: Path, path: str, named: dict[str, Any], code: str) -> None:
    said = {
        "/list.txt": answer(),
        "/list.gz": answer(zipped()),
        "/good": answer(f"{SUM}  list.txt\n".encode()),
        "/bad": answer(f"{OTHER_SUM}  list.txt\n".encode()),
        "/none": answer(status="404 Not Found"),
    }
    result = fetched(tmp_path, said, path=path, **named)
    if code:
        refused(tmp_path, result, code)
    else:
        assert (result.status, result.message, result.sha256) == ("new", "", SUM)


A, B = "a" * 64, "b" * 64


@pytest.mark.parametrize(
    ("text", "name", "sums"),
    [
        pytest.param(A, "list.txt", {A}, id="bare"),
        pytest.param(f"{A.upper()}\r\n", "list.txt", {A}, id="bare in capitals"),
        pytest.param(f"{A}  list.txt\n{B}  more.txt", "more.txt", {B}, id="by name"),
        pytest.param(f"{A} *./lists/list.txt\n{B} *more.txt", "list.txt", {A}, id="binary, with folders"),
        pytest.param(f"# sums\nSHA256 (list.txt) = {A}\nSHA256 (b) = {B}", "list.txt", {A}, id="BSD"),
        pytest.param(f"SHA2-256(list.txt)= {A}", "list.txt", {A}, id="openssl"),
        pytest.param(f"{A}  list.txt\n{B}  list.txt.gz", "list.txt.gz", {A, B}, id="with and without .gz"),
        pytest.param(f"{A}  old name.txt", "list.txt", {A}, id="one row alone"),
        pytest.param(f"{A}  a\n{B}  b", "list.txt", None, id="not there"),
        pytest.param("a" * 32 + "  list.txt", "list.txt", None, id="MD5"),
        pytest.param("", "list.txt", None, id="empty"),
    ],
)
def test_checksum_files(text: str, name: str, sums: set[str] | None) -> None:
    if sums is None:
        with pytest.raises(Refused) as raised:
            checksums(text, name)
        assert raised.value.code == "checksum"
    else:
        assert checksums(text, name) == sums
