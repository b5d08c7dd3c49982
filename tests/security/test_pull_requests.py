"""What a comment on a pull request says of files that are programs, and of files that hold no
papers."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from broadsheet.curate import compare, markdown
from tests.digests import Digest

PAGE = "content/2025/08/07/optimization.md"


def git(folder: Path, *words: str) -> None:
    named = ["-c", "user.name=Cy", "-c", "user.email=cy@example.org"]
    subprocess.run(["git", *named, *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture(params=["", "of/ours"])
def digest(tmp_path: Path, request: pytest.FixtureRequest) -> Digest:
    """A digest in git, which is all of its repository or a folder of it."""
    made = Digest(tmp_path / "repository" / request.param)
    made.write("theme/templates/page.html", "<p>{{ page.title }}</p>\n")
    git(tmp_path / "repository", "init", "-q")
    git(tmp_path / "repository", "add", "--all")
    git(tmp_path / "repository", "commit", "-qm", "Begin")
    return made


def said(digest: Digest) -> str:
    """What the command says of the files as they are."""
    made = digest.command("diff", "HEAD")
    assert made.code == 0, made.err
    return made.out


def test_a_template_is_named_first_as_code(digest: Digest) -> None:
    digest.write("theme/templates/page.html", "<script>ran()</script>\n")
    digest.write(PAGE, digest.read(PAGE).replace("flat valleys", "deep valleys"))
    lines = said(digest).splitlines()
    assert lines[0].startswith("**This changes files that the site is built by.")
    [row] = [line for line in lines if "page.html" in line]
    assert row.endswith("theme/templates/page.html`")
    assert "Papers: 1 otherwise changed" in "\n".join(lines[lines.index(row) :])


def test_settings_alone_are_no_change_of_nothing(digest: Digest) -> None:
    digest.write("pelicanconf.py", digest.read("pelicanconf.py") + "\nSITENAME = 'Other'\n")
    told = said(digest)
    assert "pelicanconf.py`" in told
    assert "changes no paper" not in told


def test_seeds_and_files_that_a_run_left_are_no_code(digest: Digest) -> None:
    digest.write("seeds/2025-08-07.a.jsonl", "{}\n")
    digest.write("comment/diff.md", "")
    digest.write("output/index.html", "")
    assert said(digest) == "This changes no paper, topic or tag.\n"


def test_static_pages_and_subscriptions_are_named(digest: Digest) -> None:
    digest.write("content/pages/about.md", digest.read("content/pages/about.md") + "\nMore.\n")
    digest.write("content/subscriptions/x.yml", "title: X\nwords: y\n")
    told = said(digest)
    assert "### Other files of the content (2)" in told
    assert "- `pages/about.md`" in told
    assert "- `subscriptions/x.yml`" in told
    assert "Files outside" not in told


def test_a_file_s_name_is_shown_as_code_whatever_it_holds() -> None:
    name = "theme/`<b>\n# @all `` [x](javascript:y).html"
    told = markdown(compare({}, {}, beside=[name], others=[name]))
    rows = [line for line in told.splitlines() if "theme/" in line]
    assert len(rows) == 2
    for row in rows:
        assert row.startswith("- `")
        assert row.endswith("`")
        assert row.count("`") == 2
