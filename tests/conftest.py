"""Nothing in these tests may talk to the network; speed is measured by `bench/`, not by chance.

A test that needs a server of its own asks for the fixture `loopback`; a folder of such tests
does so in its conftest.
"""

import socket
from collections.abc import Iterator
from typing import Any, Final, NoReturn

import pytest
from hypothesis import settings

settings.register_profile("urlguard", deadline=None)  # the first example pays for loading the rules
settings.load_profile("urlguard")

_NAMES: Final = ("socket", "create_connection", "getaddrinfo", "gethostbyname")
_REAL: Final = {name: getattr(socket, name) for name in _NAMES}
_HERE: Final = frozenset({"127.0.0.1", "localhost"})


class NetworkUsed(AssertionError):
    """Something asked for a socket or an address."""


def _refused(*_args: object, **_named: object) -> NoReturn:
    raise NetworkUsed("the network is forbidden in tests")


class Loopback(socket.socket):
    """A socket that reaches this machine and nothing else."""

    def connect(self, address: Any) -> None:  # noqa: ANN401  as in socket
        self._check(address)
        super().connect(address)

    def connect_ex(self, address: Any) -> int:  # noqa: ANN401  as in socket
        self._check(address)
        return super().connect_ex(address)

    def bind(self, address: Any) -> None:  # noqa: ANN401  as in socket
        self._check(address)
        super().bind(address)

    def _check(self, address: Any) -> None:  # noqa: ANN401  as in socket
        if self.family != socket.AF_INET or address[0] not in _HERE:
            raise NetworkUsed(f"only 127.0.0.1 may be used in tests, not {address}")


def _looked_up(host: object, *args: Any, **named: Any) -> Any:  # noqa: ANN401  as in socket
    if host not in _HERE:
        raise NetworkUsed(f"only this machine may be looked up in tests, not {host}")
    return _REAL["getaddrinfo"]("127.0.0.1", *args, **named)


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in _NAMES:
            patch.setattr(socket, name, _refused)
        yield


@pytest.fixture(autouse=True, scope="session")
def no_registry_of_the_user(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep a registry that this machine's user has out of what the tests see."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("URLGUARD_REGISTRY", str(tmp_path_factory.mktemp("none") / "registry.db"))
        yield


@pytest.fixture
def loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test open sockets on 127.0.0.1, without the proxies of this machine's environment."""
    monkeypatch.setattr(socket, "socket", Loopback)
    monkeypatch.setattr(socket, "getaddrinfo", _looked_up)
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
