"""A small site, whole: its content and the very pages that it must give.

`make golden` writes the pages anew; look at the difference before you commit it.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from tests.digests import Digest

GOLDEN = Path(__file__).resolve().parents[1] / "golden"

# Addresses with a hash of all static files: a change in the stylesheet is no change in a page.
_STAMP = re.compile(rb"\?v=[0-9a-f]{8}")


def _pages(digest: Digest) -> dict[str, bytes]:
    """What the golden site is compared by: all but the theme's files, sw.js, which has their
    hashes, and the binary index."""
    return {
        path: _STAMP.sub(b"?v=0", _lines(data) if path.endswith(".html") else data)
        for path, data in digest.files().items()
        if not path.startswith(("theme/", "search/", "favicon.", "sw.js"))
        or path == "search/index.html"
    }


def _lines(page: bytes) -> bytes:
    """A page with a line for each element, so that a difference can be read."""
    return page.replace(b"><", b">\n<")


def test_the_golden_site_is_as_it_was(tmp_path: Path) -> None:
    digest = Digest(tmp_path / "digest")
    shutil.rmtree(digest.folder / "content")
    shutil.copytree(GOLDEN / "content", digest.folder / "content")
    digest.set("SITEURL", "https://digest.example/golden")
    digest.set("BROADSHEET_IDENTITY", "digest.example,2025")
    digest.build()
    made = _pages(digest)
    if os.environ.get("BROADSHEET_GOLDEN") == "write":
        shutil.rmtree(GOLDEN / "output", ignore_errors=True)
        for path, data in made.items():
            target = GOLDEN / "output" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        pytest.skip("wrote the golden site anew")
    want = {
        path.relative_to(GOLDEN / "output").as_posix(): path.read_bytes()
        for path in (GOLDEN / "output").rglob("*")
        if path.is_file()
    }
    assert made.keys() == want.keys()
    for path, data in want.items():
        assert made[path].decode() == data.decode(), path
