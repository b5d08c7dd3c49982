"""Which files may be published: raster images by their first bytes, under names that say so."""

from __future__ import annotations

import pytest

from broadsheet.content import images

PNG = b"\x89PNG\r\n\x1a\n" + bytes(24)
FIRST = {
    "png": PNG,
    "jpg": b"\xff\xd8\xff\xe0" + bytes(20),
    "gif": b"GIF89a" + bytes(20),
    "webp": b"RIFF\x10\x00\x00\x00WEBPVP8 ",
    "avif": b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00",
}


@pytest.mark.parametrize("kind", FIRST)
def test_raster_images_are_known_by_their_first_bytes(kind: str) -> None:
    assert images.kind(FIRST[kind]) == kind
    assert images.problem(f"images/A.{kind.upper()}", FIRST[kind]) is None


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.html", b"<!DOCTYPE html><script>alert(1)</script>"),
        ("x.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
        ("x.png", b"<svg onload=alert(1)>"),
        ("x.html", PNG),  # a server would call it HTML
        ("x.svg", PNG),
        ("x", PNG),
        ("x.png.html", PNG),
        ("x.js", b"alert(1)"),
        ("x.xml", b"<?xml version='1.0'?>"),
        ("x.pdf", b"%PDF-1.7"),
        ("x.gif", b"GIF88a"),
        ("x.webp", b"RIFF1234WAVE"),
        ("x.png", b""),
    ],
)
def test_everything_else_is_refused(name: str, data: bytes) -> None:
    assert images.problem(name, data)
