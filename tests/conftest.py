"""Nothing in these tests may talk to the network."""

import socket
from collections.abc import Iterator
from typing import NoReturn

import pytest


class NetworkUsed(AssertionError):
    """Something asked for a socket or an address."""


def _refused(*_args: object, **_named: object) -> NoReturn:
    raise NetworkUsed("the network is forbidden in tests")


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("socket", "create_connection", "getaddrinfo", "gethostbyname"):
            patch.setattr(socket, name, _refused)
        yield
