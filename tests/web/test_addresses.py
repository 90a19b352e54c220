import asyncio
import socket
import threading

import pytest

from urlguard.web.addresses import allow, is_public, literal, resolve
from urlguard.web.refusals import Refused


@pytest.mark.parametrize(
    ("address", "public"),
    [
        pytest.param("95.59.0.1", True, id="a provider in Kazakhstan"),
        pytest.param("2a00:1450:4001:80b::200e", True, id="IPv6"),
        pytest.param("64:ff9b::5f3b:1", True, id="a public one behind a NAT64"),
        pytest.param("::ffff:95.59.0.1", True, id="a public one, mapped"),
        pytest.param("127.8.8.8", False, id="loopback"),
        pytest.param("0.0.0.0", False, id="any"),  # noqa: S104  judged, not bound
        pytest.param("172.31.255.255", False, id="private"),
        pytest.param("100.64.0.1", False, id="carrier's NAT"),
        pytest.param("169.254.169.254", False, id="link-local"),
        pytest.param("192.0.0.9", False, id="protocols"),
        pytest.param("192.88.99.1", False, id="6to4 relay"),
        pytest.param("198.18.0.1", False, id="benchmarks"),
        pytest.param("203.0.113.7", False, id="documentation"),
        pytest.param("224.0.0.1", False, id="multicast"),
        pytest.param("255.255.255.255", False, id="broadcast"),
        pytest.param("::1", False, id="loopback, IPv6"),
        pytest.param("::127.0.0.1", False, id="compatible"),
        pytest.param("::ffff:10.0.0.1", False, id="mapped"),
        pytest.param("::ffff:0:127.0.0.1", False, id="translated"),
        pytest.param("64:ff9b::7f00:1", False, id="behind a NAT64"),
        pytest.param("64:ff9b:1:a00:0:100::", False, id="behind a local NAT64"),
        pytest.param("2002:c0a8:ffff::", False, id="6to4"),
        pytest.param("2001:0:4136:e378:8000:63bf:3f57:fdf2", False, id="Teredo"),
        pytest.param("2001:db8::1", False, id="documentation, IPv6"),
        pytest.param("fd00:ec2::254", False, id="unique local"),
        pytest.param("fe80::1%eth0", False, id="link-local with a zone"),
        pytest.param("fec0::1", False, id="site-local"),
        pytest.param("ff02::1", False, id="multicast, IPv6"),
    ],
)
def test_is_public(address: str, *, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize(
    ("host", "address"),
    [
        pytest.param("127.0.0.1", "127.0.0.1", id="plain"),
        pytest.param("0177.0.0.1", "127.0.0.1", id="octal"),
        pytest.param("0x7f000001", "127.0.0.1", id="hexadecimal"),
        pytest.param("2130706433", "127.0.0.1", id="one number"),
        pytest.param("127.1", "127.0.0.1", id="short"),
        pytest.param("fe80::1%25eth0", "fe80::1", id="zone"),
        pytest.param("kaspi.kz", "", id="name"),
        pytest.param("қазақ.қаз", "", id="name in Kazakh letters"),
        pytest.param("", "", id="empty"),
    ],
)
def test_literal(host: str, address: str) -> None:
    assert literal(host) == address


def test_one_private_address_among_public_ones_is_enough() -> None:
    with pytest.raises(Refused) as refused:
        allow("lists.example", ("95.59.0.1", "10.0.0.1"), frozenset({"other.example"}))
    assert refused.value.code == "address"
    assert "10.0.0.1" in str(refused.value)


def test_a_named_host_may_be_anywhere() -> None:
    allow("lists.example", ("10.0.0.1",), frozenset({"lists.example"}))


def test_an_answer_that_comes_after_everybody_left_disturbs_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    go_on, troubles = threading.Event(), []

    def late(*_args: object, **_named: object) -> list[object]:
        go_on.wait(5)
        return []

    async def scenario() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _loop, trouble: troubles.append(trouble))
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(resolve("lists.example", 80), 0.05)
        go_on.set()
        await asyncio.sleep(0.1)

    monkeypatch.setattr(socket, "getaddrinfo", late)
    asyncio.run(scenario())
    assert troubles == []
