"""Static pages and files of content/ that reach outside: refused in one line, or kept inside."""

from __future__ import annotations

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


@pytest.fixture
def digest(tmp_path: Path) -> Digest:
    """A digest, not built yet."""
    return _made(tmp_path)


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
    [
        pytest.param(one, marks=pytest.mark.xfail(strict=False, reason="Pelican's traceback"))
        if "template" in one
        else one
        for one in PAGES
    ],
)
def test_a_static_page_stays_in_its_place(plain: Digest, what: str) -> None:
    around = plain.folder.parent
    ours, before = plain.files(), _around(plain)
    plain.write("content/pages/x.md", PAGES[what])
    try:
        done = _built(plain)
        new = {path.relative_to(around).as_posix() for path in _around(plain) - before}
        assert all(".broadsheet/" in one or one.endswith("content/pages/x.md") for one in new), new
        assert not Path("/tmp/broadsheet-outside.html").exists()
        now = plain.files()
        assert not any(SECRET.encode() in data for data in now.values())
        assert now["theme/js/site.js"] == ours["theme/js/site.js"]
        if done:
            assert all("javascript:" not in html for _, html in plain.html())
    finally:
        (plain.folder / "content/pages/x.md").unlink()


def _around(digest: Digest) -> set[Path]:
    """All that lies around the output."""
    everything = digest.folder.parent.rglob("*")
    return {path for path in everything if digest.output not in path.parents}


@pytest.mark.xfail(strict=False, reason="links of the file system are followed")
@pytest.mark.parametrize(
    "place", ["content/images/x.png", "content/pages/x.md", "content/2025/08/07/x.md"]
)
def test_no_link_of_the_file_system_is_followed_out_of_its_folder(
    digest: Digest, place: str
) -> None:
    (digest.folder / place).parent.mkdir(parents=True, exist_ok=True)
    (digest.folder / "secret.txt").write_text(f"Title: X\nSlug: x\n\n{SECRET}\n")
    (digest.folder / place).symlink_to(digest.folder / "secret.txt")
    digest.write("content/pages/y.md", "Title: Y\nSlug: y\n\n![x]({static}/images/x.png)\n")
    _built(digest)
    assert not any(SECRET.encode() in data for data in digest.files().values())


@pytest.mark.xfail(strict=False, reason="files that run are published")
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
def test_a_file_that_runs_is_not_published(digest: Digest, name: str, text: str) -> None:
    digest.write(f"content/images/{name}", text)
    _built(digest)
    assert not any(b"ran(1)" in data for data in digest.files().values())


@pytest.mark.xfail(strict=False, reason="pages that are no Markdown are read")
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x.rst", "X\n=\n\n.. include:: ../../secret.txt\n"),
        ("x.rst", "X\n=\n\n.. raw:: html\n   :file: ../../secret.txt\n"),
        ("x.rst", "X\n=\n\n.. csv-table:: x\n   :file: ../../secret.txt\n"),
        ("x.html", f"<html><head><title>X</title></head><body>{SECRET}</body></html>"),
    ],
)
def test_a_static_page_is_markdown(digest: Digest, name: str, text: str) -> None:
    digest.write(f"content/pages/{name}", text)
    _built(digest)
    assert not any(SECRET.encode() in data for data in digest.files().values())
