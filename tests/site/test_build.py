"""Builds as a whole: the two entries, what is rebuilt, what fails and how."""

from __future__ import annotations

import fcntl
from pathlib import Path

import pytest

from broadsheet.errors import SettingsError
from broadsheet.incremental.writer import Writer
from tests.digests import Digest, numbers


def test_pelican_and_broadsheet_build_give_the_same_bytes(digest: Digest) -> None:
    assert digest.command("build").code == 0
    ours = digest.files()
    assert digest.command("build", "--output", "other", "--fresh").code == 0
    made = digest.run("pelican", "content", "-s", "pelicanconf.py", "-o", "third")
    assert made.code == 0, made.err
    third = Digest.__new__(Digest)
    third.folder, third.output = digest.folder, digest.folder / "third"
    assert third.files() == ours
    assert len(ours) > 40


@pytest.mark.slow(except_each=2)
@pytest.mark.parametrize("entry", [["broadsheet", "build"], ["pelican", "content"]])
def test_both_entries_tell_a_broken_page_in_one_line_and_exit_with_1(
    digest: Digest, entry: list[str]
) -> None:
    digest.write("content/2025/08/08/vision.md", "no front matter here")
    made = digest.run(*entry)
    assert made.code == 1
    assert made.err == (
        'error: content/2025/08/08/vision.md:1: found "no front matter here"; '
        'expected front matter, with "---" as its first line\n'
    )
    assert not digest.output.exists()


@pytest.mark.slow(except_each=2)
@pytest.mark.parametrize("entry", [["broadsheet", "build"], ["pelican", "content"]])
def test_both_entries_refuse_to_build_beside_another_build(
    digest: Digest, entry: list[str]
) -> None:
    cache = digest.folder / ".broadsheet"
    cache.mkdir()
    with (cache / "lock").open("w") as lock:
        lock.write("4711")
        lock.flush()
        fcntl.flock(lock, fcntl.LOCK_EX)
        made = digest.run(*entry)
    assert made.code == 1
    assert "another build is running (process 4711)" in made.err
    assert len(made.err.splitlines()) == 1


def test_a_page_that_pelican_cant_read_fails_the_build(digest: Digest) -> None:
    digest.write("content/pages/broken.md", "Date: not a date\nTitle: Broken\n\nText\n")
    made = digest.command("build")
    assert made.code == 1
    assert "content/pages/broken.md: Pelican can't read this page" in made.err


def test_a_second_build_writes_nothing(digest: Digest) -> None:
    first = numbers(digest.build())
    before = digest.stamps()
    second = numbers(digest.build())
    assert first["written"] == first["files"] == second["unchanged"] > 40
    assert second["written"] == second["removed"] == 0
    assert digest.stamps() == before


def test_an_edited_paper_is_all_that_changes(digest: Digest) -> None:
    digest.build()
    before = digest.files()
    page = "content/2025/08/07/optimization.md"
    digest.write(page, digest.read(page).replace("flat & wide", "flat and wide"))
    digest.build()
    after = digest.files()
    changed = {path for path in after if after[path] != before.get(path)}
    assert changed >= {
        "2025/08/07/index.html",
        "2025/08/07/optimization/index.html",
        "papers/2508.00001/index.html",
    }
    assert "papers/steps-that-shrink/index.html" not in changed
    assert "2025/08/08/index.html" not in changed


def test_a_vanished_paper_takes_its_page_along_and_leaves_no_empty_folder(digest: Digest) -> None:
    digest.build()
    (digest.folder / "content/2025/08/08/vision.md").unlink()
    line = numbers(digest.build())
    assert line["removed"] > 0
    assert not (digest.output / "papers/pixels-of-a-feather").exists()
    assert not (digest.output / "topics/vision").exists()
    assert (digest.output / "papers/steps-that-shrink/index.html").exists()


def test_files_of_others_in_the_output_folder_stay(digest: Digest) -> None:
    digest.build()
    (digest.output / "CNAME").write_text("digest.example")
    digest.build(fresh=True)
    assert (digest.output / "CNAME").read_text() == "digest.example"


def test_lost_output_files_are_written_again(digest: Digest) -> None:
    digest.build()
    whole = digest.files()
    (digest.output / "papers/steps-that-shrink/index.html").unlink()
    (digest.output / "index.html").write_text("cut")
    assert numbers(digest.build())["written"] == 2
    assert digest.files() == whole


def test_a_restored_cache_serves_a_fresh_checkout(digest: Digest, tmp_path: Path) -> None:
    digest.build()
    moved = tmp_path / "elsewhere"
    digest.folder.rename(moved)
    digest.folder, digest.output = moved, moved / "output"
    for path in (moved / "content").rglob("*.md"):
        path.touch()
    assert numbers(digest.build())["written"] == 0


@pytest.mark.slow(except_each=4)
@pytest.mark.parametrize("damage", [b"", b"{}", b"broadsheet 1 00\n{}", b"\xff\xfe"])
def test_a_damaged_cache_is_never_trusted(digest: Digest, damage: bytes) -> None:
    digest.build()
    whole = digest.files()
    for path in (digest.folder / ".broadsheet").rglob("*"):
        if path.is_file() and path.name != "lock":
            path.write_bytes(damage)
    assert numbers(digest.build())["written"] == 0
    assert digest.files() == whole


@pytest.mark.slow(except_each=4)
@pytest.mark.parametrize("survives", [0, 1, 7, 30])
def test_a_killed_build_leaves_whole_files_and_the_next_completes_it(
    digest: Digest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, survives: int
) -> None:
    digest.build()
    old = digest.files()
    digest.write("content/tags.yml", digest.read("content/tags.yml").replace("Stoch", "Schot"))
    digest.set("SITENAME", "Renamed")
    new = digest.fresh(tmp_path)
    write = Writer._write
    left = [survives]

    def dying(self: Writer, file: object) -> None:
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        write(self, file)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(Writer, "_write", dying)
        with pytest.raises(KeyboardInterrupt):
            digest.build()
    for path, data in digest.files().items():
        assert data in (old.get(path), new.get(path)), path
    digest.build()
    assert digest.files() == new


def test_what_a_killed_build_wrote_and_nobody_wants_is_removed(
    digest: Digest, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest.build()
    whole = digest.files()
    page = digest.read("content/2025/08/08/vision.md")
    digest.write("content/2025/08/08/vision.md", page.replace("id: pixels", "id: puxels"))
    write = Writer._write

    def dying(self: Writer, file: object) -> None:
        write(self, file)  # type: ignore[arg-type]
        if "puxels" in file.path:  # type: ignore[attr-defined]
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Writer, "_write", dying)
        with pytest.raises(KeyboardInterrupt):
            digest.build()
    assert (digest.output / "papers/puxels-of-a-feather/index.html").exists()
    digest.write("content/2025/08/08/vision.md", page)
    digest.build()
    assert digest.files() == whole


def test_a_full_disk_is_told_in_one_line(
    digest: Digest, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("broadsheet.incremental.output.os.replace", full)
    with pytest.raises(SystemExit) as exit_:
        digest.build()
    assert exit_.value.code == 1
    assert "No space left on device" in capsys.readouterr().err


def test_a_static_page_cant_take_a_part_of_the_site(
    digest: Digest, capsys: pytest.CaptureFixture[str]
) -> None:
    digest.write("content/pages/topics.md", "Title: Topics\n\nMine.\n")
    with pytest.raises(SystemExit):
        digest.build()
    assert "topics/index.html: two pages would be written to this address" in (
        capsys.readouterr().err
    )


def test_settings_that_let_pelican_write_beside_the_plan_are_refused(
    digest: Digest, capsys: pytest.CaptureFixture[str]
) -> None:
    digest.set("FEED_ALL_ATOM", "feeds/all.atom.xml")
    with pytest.raises(SystemExit):
        digest.build()
    assert "FEED_ALL_ATOM" in capsys.readouterr().err


@pytest.mark.parametrize("plugins", [None, [], ["others"], "broadsheet"])
def test_settings_that_load_no_plugin_of_ours_are_refused(digest: Digest, plugins: object) -> None:
    digest.set("PLUGINS", plugins)
    with pytest.raises(SettingsError, match=r"PLUGINS = .*expected \['broadsheet'\]"):
        digest.build()


def test_a_settings_file_that_is_missing_or_broken_is_told(digest: Digest) -> None:
    digest.write("pelicanconf.py", "SITENAME = ")
    with pytest.raises(SettingsError, match=r"pelicanconf\.py: can't be read"):
        digest.build()
    (digest.folder / "pelicanconf.py").unlink()
    with pytest.raises(SettingsError, match="no such file"):
        digest.build()


def test_a_site_without_search_names_no_search_and_one_that_gets_it_back_is_whole(
    digest: Digest,
) -> None:
    digest.build()
    whole = digest.files()
    digest.build(BROADSHEET_SEARCH=False)
    files = digest.files()
    assert not [path for path in files if path.startswith("search/")]
    for path, html in digest.html():
        assert 'action="/search/"' not in html, path
        assert 'href="/search/"' not in html, path
    assert 'href="/topics/"' in digest.page("")
    digest.build()
    assert digest.files() == whole


def test_a_search_setting_that_is_neither_true_nor_false_is_told(
    digest: Digest, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        digest.build(BROADSHEET_SEARCH="no")
    assert capsys.readouterr().err == "error: BROADSHEET_SEARCH = 'no': expected True or False\n"


def test_a_setting_that_pages_are_read_by_is_told_before_they_are(
    digest: Digest, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        digest.build(TIMEZONE="Mars/Base")
    said = capsys.readouterr().err
    assert said == 'error: TIMEZONE = "Mars/Base": expected a name such as Europe/Berlin\n'


def test_leads_are_the_listings_summaries_where_the_settings_say_so(digest: Digest) -> None:
    digest.write(
        "content/2025/08/08/vision.md",
        "---\ntitle: Vision\ndate: 2025-08-08\ntopic: vision\n---\n\n## A cork\n\n"
        "```yaml\nid: cork\nsummary: Corks keep boats afloat.\n```\n\n"
        "Boats sink. To address this, we propose a cork for boats of any size.\n",
    )
    digest.build()
    pages = "2025/08/08/", "2025/08/08/vision/"
    for page in pages:
        assert "We propose a cork for boats of any size.<" in digest.page(page)
        assert "Corks keep" not in digest.page(page)
    digest.build(BROADSHEET_LEADS="summary")
    for page in pages:
        html = digest.page(page)
        assert "Corks keep boats afloat.<" in html
        assert "The listing’s summary" in html
    markdown = (digest.output / "2025/08/08/index.md").read_text("utf-8")
    assert "Corks keep boats afloat. (The listing’s summary)" in markdown
    feed = (digest.output / "feeds/all.json").read_text("utf-8")
    assert "Corks keep boats afloat. (The listing’s summary)" in feed
