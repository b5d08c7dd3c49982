"""What the plugin reads for a build, and that runs of one process share nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadsheet.cli.build import run
from broadsheet.cli.settings import pelican_settings
from broadsheet.site.build import build
from broadsheet.site.plugin import SourcesPelican
from broadsheet.site.request import BuildRequest, SiteSources
from tests.digests import Digest, numbers


@pytest.fixture
def digest(tmp_path: Path) -> Digest:
    return Digest(tmp_path)


def _sources(digest: Digest) -> SiteSources:
    return SourcesPelican(pelican_settings(digest.folder / "pelicanconf.py", {})).sources()


def test_reading_gives_static_pages_and_builds_nothing(digest: Digest) -> None:
    sources = _sources(digest)
    assert [(page.path, page.title) for page in sources.pages] == [("about/", "About")]
    assert sources.settings.output == digest.output
    assert not digest.output.exists()


def test_a_build_takes_the_sources_and_a_request(digest: Digest) -> None:
    wrote: list[str] = []
    sources = _sources(digest)
    first = build(sources, BuildRequest(jobs=1))
    assert first.result.written == first.result.files == len(digest.files())
    assert build(sources).result.written == 0
    assert numbers(digest.build())["written"] == 0
    run(digest.folder / "pelicanconf.py", {}, BuildRequest(fresh=True, wrote=wrote.extend))
    assert wrote == []
    digest.write("content/pages/about.md", "Title: About\n\nOther words.\n")
    run(digest.folder / "pelicanconf.py", {}, BuildRequest(wrote=wrote.extend))
    assert wrote == ["about/index.html"]


def test_a_run_that_warms_up_reports_nothing(
    digest: Digest, capsys: pytest.CaptureFixture[str]
) -> None:
    digest.build()
    before = digest.files()
    run(digest.folder / "pelicanconf.py", {}, BuildRequest(warm_up=True, jobs=1))
    assert capsys.readouterr().out == ""
    assert digest.files() == before


def test_a_problem_of_one_run_is_none_of_the_next(
    digest: Digest, capsys: pytest.CaptureFixture[str]
) -> None:
    digest.write("content/pages/bad.md", "Title: Bad\nSlug: ../../bad\n\nText.\n")
    digest.write("content/pages/aside.md", "Title: Aside\nTemplate: none\n\nText.\n")
    with pytest.raises(SystemExit):
        _sources(digest)
    told = capsys.readouterr().err
    assert told.startswith("error: ")
    assert "content/pages/aside.md" in told
    assert len(told.splitlines()) == 1
    (digest.folder / "content/pages/bad.md").unlink()
    digest.write("content/pages/aside.md", "Title: Aside\n\nText.\n")
    assert [page.path for page in _sources(digest).pages] == ["about/", "aside/"]


def test_a_run_s_arguments_are_no_settings(digest: Digest) -> None:
    digest.set("BROADSHEET_EXPLAIN", "about/")
    digest.set("BROADSHEET_FRESH", True)
    assert numbers(digest.build())["written"] > 0
    assert numbers(digest.build())["written"] == 0
