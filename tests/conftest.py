"""Nothing in these tests may talk to the network; speed is measured by `bench/`, not by chance."""

import socket
from collections.abc import Iterator
from typing import NoReturn

import pytest
from hypothesis import settings

settings.register_profile("urlguard", deadline=None)  # the first example pays for loading the rules
settings.load_profile("urlguard")


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
