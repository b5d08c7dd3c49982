"""Months whose papers all wait, or that have none: the site is built and searched as ever."""

from __future__ import annotations

from tests.digests import Digest


def _ledger(day: str) -> str:
    return f"date: {day}\nlistings: []\npapers: []\n"


def test_two_months_without_a_paper_are_built(digest: Digest) -> None:
    for name in ("2025/08/07/optimization.md", "2025/08/07/day.yml", "2025/08/08/vision.md"):
        (digest.folder / "content" / name).unlink()
    for day in ("2025-06-01", "2025-07-01", "2025-08-01"):
        digest.write(f"content/{day.replace('-', '/')}/day.yml", _ledger(day))
    digest.build()
    assert digest.page("2025/06/")
    assert (digest.output / "search/manifest.json").exists()


def test_a_month_without_a_paper_before_one_with_some_is_built(digest: Digest) -> None:
    digest.write("content/2025/06/01/day.yml", _ledger("2025-06-01"))
    digest.write("content/2025/07/01/day.yml", _ledger("2025-07-01"))
    digest.build()
    assert digest.page("2025/06/")
    assert digest.page("papers/2508.00001/")
