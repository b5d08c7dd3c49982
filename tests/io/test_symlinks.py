"""Links that lead out of a folder: each kind is found, and none is followed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from broadsheet.checks import folder
from broadsheet.content import disk, transaction, vocabularies
from broadsheet.errors import ContentError, SiteError
from broadsheet.io import symlinks
from broadsheet.site import unchanged
from broadsheet.subscriptions import loader
from tests.digests import OPTIMIZATION, TAGS, TOPICS

PAGE = "2025/08/07/optimization.md"


def tree(root: Path) -> Path:
    for path, text in {"topics.yml": TOPICS, "tags.yml": TAGS, PAGE: OPTIMIZATION}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    return root


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "secret.md").write_text(OPTIMIZATION)
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/optimization.md").write_text(OPTIMIZATION)
    return tree(tmp_path / "content")


def replace(path: Path, target: str) -> None:
    path.unlink()
    path.symlink_to(target)


def test_a_link_within_the_folder_is_followed(root: Path) -> None:
    (root / "2025/08/08").mkdir()
    (root / "2025/08/08/optimization.md").symlink_to("../07/optimization.md")
    assert [len(day.pages) for day in disk.read_month(root, "2025-08")] == [1, 1]
    assert symlinks.why_not(root, "2025/08/08/optimization.md") is None


@pytest.mark.parametrize(
    "target",
    ["../../../../secret.md", "/etc/hostname", "first", "optimization.md", "../../../../nowhere"],
)
def test_a_page_that_is_a_link_out_or_to_itself_is_refused_with_its_name(
    root: Path, target: str
) -> None:
    (root / "2025/08/07/first").symlink_to("../../../../secret.md")  # for a link to a link
    replace(root / PAGE, target)
    with pytest.raises(ContentError, match="this link leads to") as caught:
        disk.read_month(root, "2025-08")
    assert caught.value.file == PAGE


@pytest.mark.parametrize("path", ["2025", "2025/08", "2025/08/07"])
def test_a_folder_of_days_that_is_a_link_is_refused(root: Path, path: str) -> None:
    moved = root.parent / "moved"
    (root / path).rename(moved)
    (root / path).symlink_to(moved)
    with pytest.raises(ContentError, match="out of its folder") as caught:
        list(disk.read_days(root))
    assert caught.value.file == path


def test_a_single_day_behind_a_link_is_refused(root: Path) -> None:
    from datetime import date

    (root / "2025/08/07").rename(root.parent / "day")
    (root / "2025/08/07").symlink_to(root.parent / "day")
    with pytest.raises(ContentError, match="out of its folder"):
        disk.read_day(root, date(2025, 8, 7))


def test_a_vocabulary_or_subscription_that_is_a_link_out_is_refused(root: Path) -> None:
    replace(root / "topics.yml", "../secret.md")
    with pytest.raises(ContentError, match="out of its folder"):
        vocabularies.read(root)
    (root / "subscriptions").mkdir()
    (root / "subscriptions/a.yml").symlink_to("../../secret.md")
    with pytest.raises(ContentError, match="out of its folder"):
        loader.read(root)


def test_nothing_is_written_through_a_staging_folder_that_is_a_link(root: Path) -> None:
    (root / transaction.STAGING).symlink_to(root.parent / "outside")
    with pytest.raises((SiteError, ContentError), match="a file or a link"):
        transaction.commit(root, [(PAGE, "x")])
    assert sorted(path.name for path in (root.parent / "outside").iterdir()) == ["optimization.md"]
    assert (root / PAGE).read_text() == OPTIMIZATION


def test_the_content_folder_itself_may_be_a_link(root: Path) -> None:
    other = root.parent / "link"
    other.symlink_to(root)
    assert len(disk.read_month(other, "2025-08")) == 1
    assert list(symlinks.unfit(other)) == []


def test_all_links_that_lead_out_are_found_and_circles_end(root: Path) -> None:
    (root / "images").mkdir()
    os.mkfifo(root / "images/pipe")
    with open(root / "images/sparse", "wb") as file:  # noqa: PTH123
        file.truncate(200_000_000)
    (root / "images/loop").symlink_to("loop")
    (root / "images/up").symlink_to("..")
    (root / "images/etc").symlink_to("/etc")
    assert [path for path, _ in symlinks.unfit(root)] == [
        "images/etc", "images/loop", "images/pipe", "images/sparse", "images/up",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["pages", "images", "subscriptions", "of-my-own"])
def test_a_check_looks_at_nothing_behind_a_folder_that_is_a_link(
    root: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / name).symlink_to("/")  # the whole machine
    seen: list[str] = []
    scan = os.scandir

    def noted(path: str) -> object:
        seen.append(str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", noted)
    found, wrong = folder.inputs(root)
    assert (found.files, found.statics) == (frozenset(), ())
    assert [one.message.split(";")[0] for one in wrong] == [
        'this link leads to "/", out of its folder'
    ]
    assert seen
    assert not [one for one in seen if f"/{name}" in one]


@pytest.mark.parametrize("path", ["../secret.md", "/etc/passwd", "a/../../secret.md"])
def test_a_path_that_climbs_out_is_refused(root: Path, path: str) -> None:
    with pytest.raises(ContentError):
        symlinks.read(root, path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without named pipes")
@pytest.mark.parametrize("name", ["topics.yml", "tags.yml", "redirects.yml"])
def test_a_pipe_is_not_waited_for(root: Path, name: str) -> None:
    (root / name).unlink(missing_ok=True)
    os.mkfifo(root / name)
    read = vocabularies.read if name != "redirects.yml" else lambda root: disk.read(root, name)
    with pytest.raises(ContentError, match="not a regular file"):
        read(root)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without named pipes")
def test_a_build_waits_for_no_pipe_while_it_looks_for_changes(root: Path) -> None:
    os.mkfifo(root / "pipe.md")
    with pytest.raises(unchanged._Unusual):
        list(unchanged._files(root))
