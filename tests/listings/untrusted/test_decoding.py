"""What a listing's bytes must be, before any format is looked for."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.errors import EmptyListing, ListingError
from broadsheet.listings import MAX_BYTES, decode, parse
from broadsheet.listings.untrusted import decoding
from broadsheet.listings.untrusted.decoding import one_line, paragraphs
from tests.growth import assert_quick

from .. import samples


def error(data: bytes) -> str:
    with pytest.raises(ListingError) as caught:
        parse(data, file="seed.txt")
    return str(caught.value)


@pytest.mark.parametrize("data", [b"", b"\n", b" \r\n\t\n", b"\xef\xbb\xbf", "\xa0\n".encode()])
def test_nothing_is_an_empty_listing(data: bytes) -> None:
    with pytest.raises(EmptyListing, match="the file is empty"):
        parse(data, file="seed.txt")


def test_windows_1252_is_read_as_such_with_a_notice() -> None:
    text = samples.PAIRS.replace("Steering", "Schrödinger’s")
    listing = parse(text.encode("cp1252"), file="seed.txt")
    assert "Schrödinger’s Kites by the Pull on Their Line" in {e.title for e in listing.entries}
    assert listing.notices[0] == "line 13: the text is no UTF-8; it is read as Windows-1252"


@pytest.mark.parametrize(
    ("title", "charset"),
    [("О воздушных змеях", "cp1251"), ("Zażółć gęślą jaźń", "cp1250"), ("凧の制御", "shift-jis")],
)
def test_other_code_pages_are_an_error_with_line_and_byte(title: str, charset: str) -> None:
    message = error(f"title,doi\n{title},10.1000/a\n".encode(charset))
    assert message.startswith("seed.txt:2: byte 0x")
    assert "expected UTF-8 text (is the file Latin-1?)" in message


def test_a_wrong_byte_in_utf_8_text_is_damage() -> None:
    message = error("title,doi\nSchrödinger,10.1000/a\n".encode() + b"Gr\xfc\xdfe,10.1000/b\n")
    assert message.startswith('seed.txt:3: byte 0xFC after "Gr" is not UTF-8')


def test_a_byte_order_mark_does_not_move_the_line_of_a_wrong_byte() -> None:
    assert error(b"\xef\xbb\xbfa\nb\xff").startswith('seed.txt:2: byte 0xFF after "b"')


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"Aug 7\n\x00\x01\x02", "seed.txt:2: byte 0x00"),
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF"),
        (b"PK\x03\x04", "a zip archive"),
        ("Aug 7".encode("utf-16")[:-1], "UTF-16"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"abc\x80\x00", "0x80"),
    ],
)
def test_binary_files_are_errors(data: bytes, found: str) -> None:
    assert found in error(data)
    assert "expected UTF-8" in error(data)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_utf_16_with_its_mark_is_read_as_spreadsheets_save_it(encoding: str) -> None:
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    text = f"{mark}Title\tAuthors\r\nKites – über\tJane Doe\r\n"
    (entry,) = parse(text.encode(encoding), file="seed.txt").entries
    assert (entry.title, entry.authors) == ("Kites – über", ("Jane Doe",))


def test_a_huge_file_of_one_line_gives_one_error_quickly() -> None:
    data = b"a" * 100_000_000
    assert_quick(lambda: error(data), 1)
    message = error(data)
    assert "100 MB" in message
    assert f"{MAX_BYTES // 1_000_000} MB" in message


def test_a_long_line_within_the_limit_gives_one_error_quickly() -> None:
    data = b"word " * 2_000_000
    assert_quick(lambda: error(data), 2)
    assert "5,000,000" in error(data)


def test_line_ends_become_one() -> None:
    assert decode(b"a\r\nb\rc\n", file="f") == "a\nb\nc\n"


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_one_error(data: bytes) -> None:
    found = samples.outcome(decode, data, file="f")
    if isinstance(found, ListingError):
        assert found.file == "f"
        assert "expected" in found.message
    else:
        assert "\r" not in found


def test_unseen_characters_go() -> None:
    assert one_line("a\u200bb\ud800 \u202ec\x00\xa0 d\n\u2028e") == "ab c d e"


def test_paragraphs_start_after_blank_lines_and_with_indented_ones() -> None:
    assert paragraphs("  One\ntwo.\n  Three\n\n\nfour.\n \n") == "One two.\n\nThree\n\nfour."


@given(st.text(alphabet="ab \n\t\xa0", max_size=60))
def test_paragraphs_lose_no_word(text: str) -> None:
    found = paragraphs(text)
    assert found.split() == text.split()
    assert paragraphs(found) == found


def test_a_gzip_file_is_its_text_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = gzip.compress(b"Kites\n")
    assert decode(packed * 300, file="x") == "Kites\n" * 300
    assert decode(packed + bytes(512), file="x") == "Kites\n"  # as tapes were filled up
    for broken in (packed[:-9], b"\x1f\x8b\x08", packed[:12] + b"\xff" * 9):
        with pytest.raises(ListingError, match="gzip file is broken or cut off"):
            decode(broken, file="x")
    monkeypatch.setattr(decoding, "MAX_BYTES", 1000)
    with pytest.raises(ListingError, match="holds more than"):
        decode(gzip.compress(b"k" * 5000), file="x")
