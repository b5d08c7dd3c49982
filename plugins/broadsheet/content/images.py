"""Which files are published unchanged: raster images, recognised by their first bytes.

Anything else that a browser opens at the site's address, such as HTML, SVG or XML, could run as
a page of the site.
"""

from __future__ import annotations

_FIRST = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
)
_ENDINGS = {"png": "png", "jpg": "jpg", "jpeg": "jpg", "gif": "gif", "webp": "webp", "avif": "avif"}
NEEDED = 32
"""The number of a file's first bytes that `kind` needs."""


def kind(data: bytes) -> str | None:
    """Return the kind of a raster image ("png", "jpg", "gif", "webp" or "avif") from its first
    bytes; None for anything else."""
    for first, name in _FIRST:
        if data.startswith(first):
            return name
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[4:8] == b"ftyp" and data[8:12] in (b"avif", b"avis"):
        return "avif"
    return None


def problem(name: str, data: bytes) -> str | None:
    """Return why a file must not be published; None for a raster image with a matching name.

    Servers derive the media type from the name, so name and content must agree.
    """
    ending = name.rpartition("/")[2].rpartition(".")[2].lower()
    found = kind(data)
    if found is None:
        return (
            "this is not a PNG, JPEG, GIF, WebP or AVIF image; expected no other files to publish"
        )
    if _ENDINGS.get(ending) != found:
        return f"this is an image of the kind {found}; expected a name that ends in .{found}"
    return None
