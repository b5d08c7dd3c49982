"""The content folder: which days it has, and what their files hold."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from broadsheet.content import disk, transaction
from broadsheet.content.disk import SourceFile
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
    assert disk.months(root) == ["2024-12", "2025-08"]
    days = list(disk.read_days(root))
    assert [day.date for day in days] == [date(2024, 12, 31), date(2025, 8, 7)]
    assert [page.path for page in days[1].pages] == ["2025/08/07/a.md", "2025/08/07/b.md"]
    assert days[1].ledger.path == "2025/08/07/day.yml"
    assert disk.read_day(root, date(2025, 8, 7)) == days[1]
    assert disk.read_day(root, date(2025, 8, 8)).sources == ()


def test_a_days_digest_follows_names_and_bytes_alone(root):
    day = date(2025, 8, 7)
    before = disk.read_day(root, day).fingerprint()
    (root / "2025/08/07/a.md").touch()
    assert disk.read_day(root, day).fingerprint() == before
    (root / "2025/08/07/a.md").rename(root / "2025/08/07/c.md")
    assert disk.read_day(root, day).fingerprint() != before


def test_a_folder_that_is_no_date_is_named(root):
    (root / "2025/02/30").mkdir(parents=True)
    (root / "2025/02/30/a.md").touch()
    with pytest.raises(ContentError, match="2025/02/30, which is not a valid date; expected"):
        list(disk.read_days(root))


def test_text_is_utf8_with_or_without_mark():
    assert SourceFile("a", b"\xef\xbb\xbfab").text() == "ab"
    assert SourceFile("a", b"\xef\xbb\xbfab").text(with_mark=True) == "\ufeffab"
    with pytest.raises(ContentError) as caught:
        SourceFile("a.md", "one\ntwo é".encode("latin-1")).text()
    assert str(caught.value).startswith("a.md:2: ")
    assert "0xe9" in str(caught.value)


@pytest.mark.parametrize("folder", ["0206/01/05", "1899/12/31", "2101/01/01", "9999/12/31"])
def test_a_day_that_no_digest_has_is_refused(root, folder):
    (root / folder).mkdir(parents=True)
    (root / folder / "a.md").touch()
    with pytest.raises(ContentError, match=r"expected one from 1900 to 2100") as caught:
        list(disk.read_days(root))
    assert caught.value.file == folder


def test_a_days_folder_has_a_year_of_four_digits():
    assert disk.day_folder(date(206, 1, 5)) == "0206/01/05"


@pytest.mark.parametrize(
    ("names", "what"),
    [(("A.md", "a.md"), "capital letters"), (("e\u0301.md", "\u00e9.md"), "the form of accents")],
)
def test_names_that_some_systems_cant_tell_apart_are_refused(root, names, what):
    for name in names:
        (root / "2025/08/07" / name).touch()
    found = f'"{names[1]}" and "{names[0]}" differ by {what} alone'
    with pytest.raises(ContentError, match=found):
        list(disk.read_days(root))


def test_a_name_that_is_no_text_is_refused_with_what_can_be_shown_of_it(root):
    (root / "2025/08/07" / os.fsdecode(b"b\xff.md")).touch()
    with pytest.raises(ContentError, match="name is not valid UTF-8; expected") as caught:
        list(disk.read_days(root))
    assert str(caught.value).startswith("2025/08/07/b\ufffd.md: ")


def test_what_cant_be_read_is_named(root, monkeypatch):
    (root / "2025/08/07/c.md").symlink_to("c.md")
    assert disk.read(root, "2025/08/nothing") is None
    with pytest.raises(ContentError, match="and nowhere else; expected a file of its own"):
        disk.read(root, "2025/08/07/c.md")
    with pytest.raises(ContentError, match="can't be read: Is a directory"):
        disk.read(root, "2025/08")


@pytest.mark.parametrize("path", ["../out.md", "2025/../../out.md", "2025/08/07/../../../../x/a"])
def test_no_path_leaves_the_folder(root, path):
    with pytest.raises(SiteError, match="leaves the content folder"):
        disk.target(root, path)
    with pytest.raises(SiteError, match="leaves the content folder"):
        transaction.commit(root, [("2025/08/07/a.md", "x"), (path, "x")])
    assert (root / "2025/08/07/a.md").read_text() == "2025/08/07/a.md"


def test_no_link_leads_out_of_the_folder(root, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside")
    (root / "2025/08/09").symlink_to(outside)
    with pytest.raises(SiteError, match="leaves the content folder"):
        transaction.commit(root, [("2025/08/09/day.yml", "x")])
    (root / "2025/08/07/a.md").unlink()
    (root / "2025/08/07/a.md").symlink_to(outside / "a.md")
    transaction.commit(root, [("2025/08/07/a.md", "x")])
    assert list(outside.iterdir()) == []
    assert (root / "2025/08/07/a.md").read_text() == "x"


def test_line_ends_are_written_as_they_are_and_what_goes_takes_its_empty_folder_along(root):
    transaction.commit(root, [("2025/10/10/a.md", "a\r\nb\n"), ("2025/10/10/b.yml", "é\r\n")])
    assert (root / "2025/10/10/a.md").read_bytes() == b"a\r\nb\n"
    assert (root / "2025/10/10/b.yml").read_bytes() == "é\r\n".encode()
    assert not (root / transaction.STAGING).exists()
    transaction.commit(root, [("2025/10/10/a.md", None), ("2025/10/10/b.yml", None)])
    assert not (root / "2025/10").exists()


def test_a_file_where_a_folder_should_be_is_told_and_nothing_changes(root):
    (root / "2025/08/11").write_text("a file")
    with pytest.raises(SiteError, match=r"2025/08/11/b\.md: can't be written"):
        transaction.commit(root, [("2025/08/07/a.md", "x"), ("2025/08/11/b.md", "x")])
    assert (root / "2025/08/07/a.md").read_text() == "2025/08/07/a.md"
    assert not (root / transaction.STAGING).exists()
