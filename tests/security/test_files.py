"""Static pages and files of content/ that reach outside: refused in one line, or kept inside."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from broadsheet.errors import BroadsheetError

from ..digests import Digest

SECRET = "kept-from-readers-31337"

PAGES = {
    "a path above the output": "Title: X\nSave_as: ../../outside.html\n\nx\n",
    "an absolute path": "Title: X\nSave_as: /tmp/broadsheet-outside.html\n\nx\n",
    "a slug above the output": "Title: X\nSlug: ../../outside\n\nx\n",
    "an address that runs": "Title: X\nSlug: x\nURL: javascript:ran(1)\n\nx\n",
    "the place of a script": "Title: X\nSave_as: theme/js/site.js\n\nx\n",
    "the place of the front page": "Title: X\nSave_as: index.html\n\nx\n",
    "a template of another folder": "Title: X\nSlug: x\nTemplate: ../../secret\n\nx\n",
    "a template that is none": "Title: X\nSlug: x\nTemplate: nowhere\n\nx\n",
    "a link to the settings": "Title: X\nSlug: x\n\n[x]({static}/../pelicanconf.py)\n",
    "a file to attach from above": "Title: X\nSlug: x\n\n![x]({attach}../../secret.txt)\n",
    "a date that is none": "Title: X\nSlug: x\nDate: 31337-99-99\n\nx\n",
    "a status that is none": "Title: X\nSlug: x\nStatus: <script>\n\nx\n",
}


def _made(folder: Path) -> Digest:
    made = Digest(folder / "digest")
    made.write("secret.txt", SECRET)
    made.set("SECRET", SECRET)
    return made


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Digest:
    """A digest, built; tests leave its content as it was."""
    made = _made(tmp_path_factory.mktemp("plain"))
    assert _built(made)
    return made


@contextmanager
def planted(digest: Digest, path: str) -> Iterator[Path]:
    """A place for a file of the digest, which is gone afterwards."""
    place = digest.folder / path
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        yield place
    finally:
        place.unlink(missing_ok=True)


def _built(digest: Digest) -> bool:
    """Build; gives whether it was done. A build that isn't ends with one line."""
    try:
        digest.build(BROADSHEET_JOBS=1)
    except BroadsheetError:
        return False
    except SystemExit as end:
        return end.code == 0
    return True


@pytest.mark.parametrize(
    "what",
    PAGES,
)
def test_a_static_page_stays_in_its_place(plain: Digest, what: str) -> None:
    around = plain.folder.parent
    ours, before = plain.files(), _around(plain)
    with planted(plain, "content/pages/x.md") as page:
        page.write_text(PAGES[what])
        done = _built(plain)
        new = {path.relative_to(around).as_posix() for path in _around(plain) - before}
        assert all(".broadsheet/" in one or one.endswith("content/pages/x.md") for one in new), new
        assert not Path("/tmp/broadsheet-outside.html").exists()
        now = plain.files()
        assert not any(SECRET.encode() in data for data in now.values())
        assert now["theme/js/site.js"] == ours["theme/js/site.js"]
        if done:
            assert all("javascript:" not in html for _, html in plain.html())


def _around(digest: Digest) -> set[Path]:
    """All that lies around the output."""
    everything = digest.folder.parent.rglob("*")
    return {path for path in everything if digest.output not in path.parents}


@pytest.mark.parametrize(
    "place", ["content/images/x.png", "content/pages/x.md", "content/2025/08/07/x.md"]
)
def test_no_link_of_the_file_system_is_followed_out_of_its_folder(
    plain: Digest, place: str
) -> None:
    outside = plain.folder / "outside.txt"
    outside.write_text(f"Title: X\nSlug: x\n\n{SECRET}\n")
    with planted(plain, place) as link, planted(plain, "content/pages/y.md") as page:
        link.symlink_to(outside)
        page.write_text("Title: Y\nSlug: y\n\n![x]({static}/images/x.png)\n")
        _built(plain)
        assert not any(SECRET.encode() in data for data in plain.files().values())


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x.html", "<script>ran(1)</script>"),
        ("x.svg", "<svg xmlns='http://www.w3.org/2000/svg' onload='ran(1)'/>"),
        ("x.png", "<script>ran(1)</script>"),
        ("x.js", "ran(1)"),
        ("x.xml", "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>ran(1)</x:script>"),
    ],
)
def test_a_file_that_runs_is_not_published(plain: Digest, name: str, text: str) -> None:
    with planted(plain, f"content/images/{name}") as file:
        file.write_text(text)
        _built(plain)
        assert not any(b"ran(1)" in data for data in plain.files().values())


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x.rst", "X\n=\n\n.. include:: ../../secret.txt\n"),
        ("x.rst", "X\n=\n\n.. raw:: html\n   :file: ../../secret.txt\n"),
        ("x.rst", "X\n=\n\n.. csv-table:: x\n   :file: ../../secret.txt\n"),
        ("x.html", f"<html><head><title>X</title></head><body>{SECRET}</body></html>"),
    ],
)
def test_a_static_page_is_markdown(plain: Digest, name: str, text: str) -> None:
    with planted(plain, f"content/pages/{name}") as file:
        file.write_text(text)
        _built(plain)
        assert not any(SECRET.encode() in data for data in plain.files().values())
