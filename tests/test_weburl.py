"""Addresses as browsers read them."""

from __future__ import annotations

import pytest

from broadsheet.weburl import host_of, normalised, scheme_of, stays


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("https://a.example/b", "https://a.example/b"),
        ("HTTPS:\\\\a.example\\b?c\\d", "https://a.example/b?c\\d"),
        (" \x01https://a.example", "https://a.example"),
        ("ht\ntps://a.exa\tmple", "https://a.example"),
        ("https:/a.example", "https://a.example"),
        ("https:a.example", "https://a.example"),
        ("\\\\a.example\\x", "//a.example/x"),
        ("/\\a.example", "//a.example"),
        ("/\t/a.example", "//a.example"),
        ("JAVA\r\nscript:x\\y", "javascript:x\\y"),
        ("#a\\b", "#a\\b"),
        ("papers/x/", "papers/x/"),
    ],
)
def test_an_address_is_read_as_a_browser_reads_it(written: str, read: str) -> None:
    assert normalised(written) == read
    assert normalised(read) == read


def test_schemes_are_told_in_small_letters() -> None:
    assert scheme_of("\x00 JaVa\tScRiPt:alert(1)") == "javascript"
    assert scheme_of("papers/x:y") is None
    assert scheme_of("//a.example") is None


@pytest.mark.parametrize(
    "address",
    ["//a.example", "\\\\a.example", "/\\a.example", "\\/a.example", "/\n/a.example", "\t//a",
     "https:a.example", "h\nttp://a", "DATA:x"],
)  # fmt: skip
def test_what_leads_elsewhere_does_not_stay(address: str) -> None:
    assert not stays(address)


@pytest.mark.parametrize("address", ["", "#a", "?b", "/images/x.png", "a/b", "../c", "/a//b"])
def test_paths_stay(address: str) -> None:
    assert stays(address)


def test_a_host_is_in_small_letters_and_without_www() -> None:
    assert host_of("https://WWW.Kites.example:8080/a?b=c") == "kites.example"
    assert [host_of(text) for text in ("", "/a/b", "http://[a.example/", "mailto:a@b.c")] == [
        ""
    ] * 4
