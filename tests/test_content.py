"""The content folder: which days it has, and writing files whole."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from broadsheet import content, files
from broadsheet.content import Source
from broadsheet.errors import ContentError, SiteError


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path in ("2024/12/31/a.md", "2025/08/07/b.md", "2025/08/07/a.md", "2025/08/07/day.yml",
                 "2025/08/07/.hidden.md", "2025/08/07/notes.txt", "pages/about.md",
                 "2025/08/x/a.md"):  # fmt: skip
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(path)
    return tmp_path


def test_days_and_their_files_come_in_order(root):
    assert content.months(root) == ["2024-12", "2025-08"]
    days = list(content.read_days(root))
    assert [day.date for day in days] == [date(2024, 12, 31), date(2025, 8, 7)]
    assert [page.path for page in days[1].pages] == ["2025/08/07/a.md", "2025/08/07/b.md"]
    assert days[1].ledger.path == "2025/08/07/day.yml"
    assert content.read_day(root, date(2025, 8, 7)) == days[1]
    assert content.read_day(root, date(2025, 8, 8)).sources == ()


def test_a_days_digest_follows_names_and_bytes_alone(root):
    day = date(2025, 8, 7)
    before = content.read_day(root, day).digest()
    (root / "2025/08/07/a.md").touch()
    assert content.read_day(root, day).digest() == before
    (root / "2025/08/07/a.md").rename(root / "2025/08/07/c.md")
    assert content.read_day(root, day).digest() != before


def test_a_folder_that_is_no_date_is_named(root):
    (root / "2025/02/30").mkdir(parents=True)
    (root / "2025/02/30/a.md").touch()
    with pytest.raises(ContentError, match="2025/02/30, which is no date; expected"):
        list(content.read_days(root))


def test_text_is_utf8_with_or_without_mark():
    assert Source("a", b"\xef\xbb\xbfab").text() == "ab"
    assert Source("a", b"\xef\xbb\xbfab").text(with_mark=True) == "\ufeffab"
    with pytest.raises(ContentError) as caught:
        Source("a.md", "one\ntwo é".encode("latin-1")).text()
    assert str(caught.value).startswith("a.md:2: ")
    assert "0xe9" in str(caught.value)


@pytest.mark.parametrize("path", ["../out.md", "2025/../../out.md", "2025/08/07/../../../../x/a"])
def test_no_path_leaves_the_folder(root, path):
    with pytest.raises(SiteError, match="leaves the content folder"):
        content.write(root, path, "x")
    with pytest.raises(SiteError, match="leaves the content folder"):
        content.write_all(root, [(path, "x")])


def test_no_link_leads_out_of_the_folder(root, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside")
    (root / "2025/08/09").symlink_to(outside)
    for write in (content.write, lambda *two: content.write_all(two[0], [two[1:]])):
        with pytest.raises(SiteError, match="leaves the content folder"):
            write(root, "2025/08/09/day.yml", "x")
    (root / "2025/08/07/a.md").unlink()
    (root / "2025/08/07/a.md").symlink_to(outside / "a.md")
    content.write(root, "2025/08/07/a.md", "x")
    assert list(outside.iterdir()) == []


def test_line_ends_are_written_as_they_are(root):
    content.write_all(root, [("2025/08/10/a.md", "a\r\nb\n"), ("2025/08/10/day.yml", "é\r\n")])
    assert (root / "2025/08/10/a.md").read_bytes() == b"a\r\nb\n"
    assert (root / "2025/08/10/day.yml").read_bytes() == "é\r\n".encode()


WRITES = [("2025/08/07/a.md", "new a"), ("2025/08/10/%x.md", "new x"), ("2025/08/07/day.yml", "l")]


@pytest.mark.parametrize("moves", range(4))
def test_what_a_cut_left_unwritten_can_be_told(root, monkeypatch, moves):
    left = [moves]
    whole = files.move

    def cut(source, target):
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt
        whole(source, target)

    monkeypatch.setattr(files, "move", cut)
    with pytest.raises(KeyboardInterrupt):
        content.write_all(root, WRITES)
    monkeypatch.undo()
    unwritten = [(one.path, one.text()) for one in content.staged(root)]
    if moves == 0:  # the last was not prepared, so nothing counts as begun
        assert unwritten == WRITES[:-1]
    else:
        assert unwritten == WRITES[moves - 1 :]
    for path, text in WRITES:
        written = (root / path).exists() and (root / path).read_text() == text
        assert written == ((path, text) in WRITES[: max(0, moves - 1)])
    content.write_all(root, WRITES)
    assert content.staged(root) == []
    assert (root / content.STAGING / ".gitignore").read_text() == "*\n"
    content.discard_staged(root)
    assert not (root / content.STAGING).exists()


def test_a_disk_that_refuses_is_told(root):
    (root / "2025/08/11").write_text("a file where a folder should be")
    with pytest.raises(SiteError, match="can't be written"):
        content.write(root, "2025/08/11/a.md", "x")
    with pytest.raises(SiteError, match="can't be written"):
        content.write_all(root, [("2025/08/11/a.md", "x")])
