import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from urlguard.web.inflating import MEMBERS, Inflater
from urlguard.web.refusals import Refused

CAP = 1_000


def inflated(data: bytes, pieces: int = 1, cap: int = CAP) -> bytes:
    inflater = Inflater(cap)
    step = max(1, len(data) // pieces)
    out = b"".join(part for at in range(0, len(data), step) for part in inflater.feed(data[at : at + step]))
    inflater.finish()
    return out


@given(st.lists(st.binary(max_size=100), min_size=1, max_size=5), st.integers(1, 50))
def test_members_in_any_pieces_give_what_was_packed(members: list[bytes], pieces: int) -> None:
    assert inflated(b"".join(map(gzip.compress, members)), pieces) == b"".join(members)


@given(st.binary(max_size=300), st.data())
def test_any_cut_is_refused(text: bytes, data: st.DataObject) -> None:
    packed = gzip.compress(text)
    cut = data.draw(st.integers(0, len(packed) - 1))
    with pytest.raises(Refused):
        inflated(packed[:cut], data.draw(st.integers(1, 9)))


@given(st.binary(max_size=300))
def test_anything_is_inflated_or_refused(junk: bytes) -> None:
    for data in (junk, b"\x1f\x8b\x08\0" + junk, gzip.compress(b"kaspi.kz") + junk):
        try:
            inflated(data)
        except Refused as refused:
            assert refused.code in {"gzip", "size"}  # noqa: PT017  either way is right


@pytest.mark.parametrize("more", [0, 1])
def test_the_cap_is_exact(more: int) -> None:
    packed = gzip.compress(b"a" * (CAP + more))
    if more:
        with pytest.raises(Refused) as raised:
            inflated(packed)
        assert raised.value.code == "size"
    else:
        assert len(inflated(packed)) == CAP


@pytest.mark.parametrize("more", [0, 1])
def test_the_number_of_members_is_bounded(more: int) -> None:
    packed = gzip.compress(b"") * (MEMBERS + more)
    if more:
        with pytest.raises(Refused, match="members"):
            inflated(packed)
    else:
        assert inflated(packed) == b""
