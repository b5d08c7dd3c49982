"""What the text of a settings file says, without running it."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadsheet.io.settings_literals import author_pages, literals


@pytest.mark.parametrize(
    ("text", "least"),
    [
        ("BROADSHEET_AUTHOR_PAGES = 3\n", 3),
        ("BROADSHEET_AUTHOR_PAGES = 3\nBROADSHEET_AUTHOR_PAGES = 0  # none\n", 0),
        ("BROADSHEET_AUTHOR_PAGES = 3\nBROADSHEET_AUTHOR_PAGES = 1 + int('4')\n", 2),
        ("BROADSHEET_AUTHOR_PAGES = True\n", 2),
        ("raise SystemExit\n", 2),
        ("no Python at all\n", 2),
    ],
)
def test_the_least_papers_of_a_name_s_page(tmp_path: Path, text: str, least: int) -> None:
    file = tmp_path / "pelicanconf.py"
    file.write_text(text)
    assert author_pages(file, 2) == least


def test_no_file_says_nothing(tmp_path: Path) -> None:
    assert literals(tmp_path / "pelicanconf.py") == {}
