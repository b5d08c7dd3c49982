"""The content folder: which days it has, and what their files hold."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from broadsheet import content
from broadsheet.content import Source
from broadsheet.errors import ContentError


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
