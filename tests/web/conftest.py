"""Tests of downloads: servers on 127.0.0.1, written by hand so that they can misbehave."""

import pytest


@pytest.fixture(autouse=True)
def _here(loopback: None) -> None:
    """Open the loopback for every test of this folder."""
