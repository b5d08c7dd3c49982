"""Whole builds that are killed, meet a full disk or are stopped: the next gives the site that a
build from nothing gives, with no other file. (test_cut_off.py ends the writer at every call.)
"""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.digests import OPTIMIZATION, VISION, Digest
from tests.incremental.faults import Killed, faults, full
from tests.soak import SOAK, sampled


def two_months(digest: Digest) -> None:
    """A month before, whose papers the edits move and delete."""
    for day, name in (("2025-07-30", "first"), ("2025-07-31", "second")):
        text = VISION.replace("2025-08-08", day).replace("pixels-of-a-feather", f"pixels-{name}")
        digest.write(f"content/{day.replace('-', '/')}/vision.md", text)


def moved_and_deleted(digest: Digest) -> None:
    """A paper moves to another month, one is new, a day is gone, a title keeps its length."""
    old = digest.folder / "content/2025/07/31/vision.md"
    text = old.read_text("utf-8")
    shutil.rmtree(old.parent)
    digest.write("content/2025/08/09/vision.md", text.replace("2025-07-31", "2025-08-09"))
    shutil.rmtree(digest.folder / "content/2025/08/08")
    digest.write("content/2025/08/07/optimization.md", OPTIMIZATION.replace("flat v", "deep v"))


@pytest.mark.slow(except_each=3)
@pytest.mark.parametrize("fault", [Killed, full, KeyboardInterrupt])
def test_a_build_that_ends_anywhere_is_completed_by_the_next(
    digest: Digest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    fault: Callable[[], BaseException],
) -> None:
    two_months(digest)
    digest.build(BROADSHEET_JOBS=1)
    moved_and_deleted(digest)
    wanted = digest.anew(tmp_path).whole()
    start = tmp_path / "start"
    shutil.copytree(digest.folder, start, symlinks=True)
    with faults(monkeypatch, None) as calls:
        digest.build(BROADSHEET_JOBS=1)
    assert digest.whole() == wanted
    assert calls.count > 200
    for last in random.Random(str(fault)).sample(range(calls.count), 8 if SOAK else 3):
        shutil.rmtree(digest.folder)
        shutil.copytree(start, digest.folder, symlinks=True)
        with faults(monkeypatch, last, fault), pytest.raises(BaseException):  # noqa: B017, PT011
            digest.build(BROADSHEET_JOBS=1)
        digest.build(BROADSHEET_JOBS=1)
        assert digest.whole() == wanted, last
        parts = [path.name for path in digest.folder.rglob("*") if path.name.endswith(".part")]
        assert parts == [], last


@pytest.mark.slow
@pytest.mark.parametrize("fresh", sampled([True, False], 2))
def test_a_process_that_is_killed_is_made_good_by_the_next(
    digest: Digest, tmp_path: Path, fresh: bool
) -> None:
    two_months(digest)
    digest.build()
    moved_and_deleted(digest)
    digest.set("SITENAME", "Renamed")  # so that every page is written
    wanted = digest.anew(tmp_path).whole()
    command = [Path(sys.executable).parent / "broadsheet", "build", "--jobs", "2"]
    process = subprocess.Popen(
        command, cwd=digest.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    old = (digest.output / "papers/2508.00001/index.html").read_bytes()
    while (digest.output / "papers/2508.00001/index.html").read_bytes() == old:
        assert process.poll() is None
        time.sleep(0.001)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert digest.whole() != wanted
    digest.build(fresh=fresh)
    assert digest.whole() == wanted


def test_a_redirect_that_breaks_a_build_breaks_none_when_it_is_taken_back(
    digest: Digest, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    digest.build()
    whole = digest.whole()
    for old in ("feeds/all.json/", "papers/2508.00001/index.html/", "robots.txt/x/"):
        digest.write("content/redirects.yml", f'# Moved.\n- {{"from": "{old}", "to": ""}}\n')
        capsys.readouterr()
        with pytest.raises(SystemExit) as exit_:
            digest.build()
        assert exit_.value.code == 1
        error = capsys.readouterr().err
        assert f'content/redirects.yml:2: from: "{old}" is ' in error
        assert len(error.splitlines()) == 1
        assert digest.whole() == whole
        checked = digest.command("check", "content/redirects.yml")
        assert checked.code == 1
        assert f'content/redirects.yml:2: error: from: "{old}" is ' in checked.out
    (digest.folder / "content/redirects.yml").unlink()
    digest.build()
    assert digest.whole() == whole


def test_folders_that_a_build_left_in_place_of_files_make_room(
    digest: Digest, tmp_path: Path
) -> None:
    digest.build()
    whole = digest.whole()
    for path in ("feeds/all.json", "papers/2508.00001/index.html"):
        (digest.output / path).unlink()
        (digest.output / path).mkdir()
    digest.build()
    assert digest.whole() == whole


def test_a_redirect_from_a_page_that_subscribers_have_does_nothing(digest: Digest) -> None:
    digest.write("content/subscriptions/some.yml", "title: Some\nwords: gradient\n")
    digest.build()
    whole = digest.files()
    digest.write("content/redirects.yml", '- {"from": "subscriptions/some/", "to": "topics/"}\n')
    digest.build()
    assert digest.files() == whole
