"""Bodies: decompressed as served, and bounded."""

import gzip
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.fetch.body import BodyError, decoded


def pieces(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


@given(st.binary(max_size=3000), st.integers(1, 700), st.sampled_from(["", "gzip", "X-GZip "]))
def test_what_was_sent_arrives(data, size, encoding):
    sent = gzip.compress(data) if encoding else data
    assert decoded(pieces(sent, size), encoding, 4000) == data


@given(st.binary(min_size=1, max_size=500), st.data())
def test_a_compressed_body_that_breaks_off_is_noticed(data, draw):
    sent = gzip.compress(data)
    cut = draw.draw(st.integers(0, len(sent) - 1))
    with pytest.raises(BodyError, match="breaks off") as error:
        decoded([sent[:cut]], "gzip", 4000)
    assert error.value.again


@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_a_body_of_just_the_limit_passes_and_one_more_byte_does_not(encoding):
    pack = gzip.compress if encoding else bytes
    assert len(decoded([pack(b"x" * 1000)], encoding, 1000)) == 1000
    with pytest.raises(BodyError, match="longer than 1,000 bytes") as error:
        decoded([pack(b"x" * 1001)], encoding, 1000)
    assert not error.value.again


@pytest.mark.slow
def test_a_bomb_is_never_unfolded():
    bomb = gzip.compress(bytes(200_000_000), 9)
    tracemalloc.start()
    with pytest.raises(BodyError, match="longer than"):
        decoded([bomb], "gzip", 1_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8_000_000


def test_an_endless_stream_of_nothing_is_bounded_too():
    pack = zlib.compressobj(wbits=31)
    head = pack.compress(b"")
    nothing = b"\x00\x00\x00\xff\xff" * 1000  # empty stored blocks
    with pytest.raises(BodyError, match="longer than"):
        decoded([head, *([nothing] * 1000)], "gzip", 100_000)


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "deflate"])
def test_other_encodings_are_refused(encoding):
    with pytest.raises(BodyError, match="expected gzip"):
        decoded([b"x"], encoding, 1000)


def test_damage_and_additions_are_noticed():
    sent = gzip.compress(b"listing" * 50)
    with pytest.raises(BodyError, match="damaged"):
        decoded([b"\x00" + sent], "gzip", 4000)
    with pytest.raises(BodyError, match="after its end"):
        decoded([sent, b"more"], "gzip", 4000)
