import asyncio
import datetime as dt
import ssl
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from web.servers import SHORT, answer, moved, refused, serving

from urlguard.web.feeds import Feed, Fetched, fetch


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with a key and a certificate for `localhost` that nobody else has signed."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = tmp_path_factory.mktemp("tls") / "localhost.pem"
    path.write_bytes(secret + signed.public_bytes(serialization.Encoding.PEM))
    return path


def over_tls(folder: Path, certificate: Path, said: bytes, host: str) -> Fetched:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    async def scenario() -> Fetched:
        async with serving(said, context) as server:
            return await fetch(Feed("list", f"https://{host}:{server.port}/"), folder, limits=SHORT)

    return asyncio.run(scenario())


def test_a_certificate_nobody_knows_is_refused(tmp_path: Path, certificate: Path) -> None:
    result = over_tls(tmp_path, certificate, answer(), "localhost")
    refused(tmp_path, result, "tls")
    assert "self-signed certificate" in result.message


def test_a_certificate_of_another_host_is_refused(
    tmp_path: Path, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    refused(tmp_path, over_tls(tmp_path, certificate, answer(), "127.0.0.1"), "tls")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        pytest.param(answer(), "", id="whole"),
        pytest.param(answer(length=9), "length", id="more than declared"),
        pytest.param(moved("http://localhost/"), "downgrade", id="to no encryption"),
        pytest.param(moved("http://lists.example/"), "downgrade", id="to no encryption elsewhere"),
    ],
)
def test_a_certificate_the_environment_names_is_trusted(
    tmp_path: Path, certificate: Path, said: bytes, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    result = over_tls(tmp_path, certificate, said, "localhost")
    assert result.code == code, result.message


def test_a_server_without_encryption_is_no_https(tmp_path: Path) -> None:
    def plainly(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(answer(status="400 This is HTTP"))
        writer.close()

    async def scenario() -> Fetched:
        async with await asyncio.start_server(plainly, "127.0.0.1", 0) as server:
            port = server.sockets[0].getsockname()[1]
            return await fetch(Feed("list", f"https://127.0.0.1:{port}/"), tmp_path, limits=SHORT)

    refused(tmp_path, asyncio.run(scenario()), "tls")


def by_proxy(
    folder: Path,
    url: str,
    said: bytes,
    variables: Callable[[int], dict[str, str]],
    monkeypatch: pytest.MonkeyPatch,
) -> tuple[Fetched, list[str]]:
    async def scenario() -> tuple[Fetched, list[str]]:
        async with serving(said) as proxy:
            for name, value in variables(proxy.port).items():
                monkeypatch.setenv(name, value)
            return await fetch(Feed("list", url), folder, limits=SHORT), proxy.asked

    return asyncio.run(scenario())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("http_proxy", "http://127.0.0.1:{port}", id="for http"),
        pytest.param("all_proxy", "127.0.0.1:{port}", id="for all, without a scheme"),
        pytest.param("http_proxy", "http://user:word@127.0.0.1:{port}", id="with a password"),
    ],
)
def test_the_proxy_of_the_environment_is_used(
    tmp_path: Path, name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def variables(port: int) -> dict[str, str]:
        return {name: value.replace("{port}", str(port))}

    result, asked = by_proxy(tmp_path, "http://lists.example/a.txt", answer(), variables, monkeypatch)
    assert result.status == "new", result.message
    assert asked[0].startswith("GET http://lists.example/a.txt ")
    assert ("Proxy-Authorization: Basic" in asked[0]) == ("word" in value)


@pytest.mark.parametrize(
    ("url", "said", "code"),
    [
        pytest.param("http://lists.example/", moved("http://10.0.0.1/"), "address", id="to a neighbour"),
        pytest.param("http://lists.example/", answer(length=9), "length", id="more than declared"),
        pytest.param("https://lists.example/", answer(status="407 Who"), "proxy", id="tunnel refused"),
    ],
)
def test_answers_by_a_proxy_are_judged_too(
    tmp_path: Path, url: str, said: bytes, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def variables(port: int) -> dict[str, str]:
        return dict.fromkeys(("http_proxy", "https_proxy"), f"http://127.0.0.1:{port}")

    refused(tmp_path, by_proxy(tmp_path, url, said, variables, monkeypatch)[0], code)


def test_a_host_may_be_kept_from_the_proxy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def variables(port: int) -> dict[str, str]:
        return {"http_proxy": f"http://127.0.0.1:{port}", "no_proxy": "127.0.0.1"}

    result, asked = by_proxy(tmp_path, "http://127.0.0.1:1/", answer(), variables, monkeypatch)
    assert (result.code, asked) == ("unreachable", [])


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:1", "http://", "http://a:b:c"])
def test_a_proxy_that_cannot_be_used_is_named(
    tmp_path: Path, proxy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("all_proxy", proxy)
    refused(tmp_path, asyncio.run(fetch(Feed("list", "http://lists.example/"), tmp_path)), "proxy")
