"""The related papers of a digest's pages."""

from __future__ import annotations

from pathlib import Path

from broadsheet.related.papers import ENOUGH, months_before
from tests.digests import Digest, numbers


def _page(day: str, number: int, words: str) -> str:
    return (
        f"---\ntitle: Vision\ndate: {day}\ntopic: vision\n---\n\n## {words} {number}\n\n"
        f"```yaml\nid: p{number}\n```\n\nWe study {words} at length.\n"
    )


def test_a_page_names_its_relatives_and_why(digest: Digest, tmp_path: Path) -> None:
    for number in range(40):
        digest.write(
            f"content/2025/06/{number % 28 + 1:02}/vision.md",
            _page(f"2025-06-{number % 28 + 1:02}", number, f"subject{chr(97 + number % 26)}zz"),
        )
    digest.write("content/2025/07/01/vision.md", _page("2025-07-01", 90, "Tidal harbour cranes"))
    digest.write(
        "content/2025/08/09/vision.md", _page("2025-08-09", 91, "Cranes of a tidal harbour")
    )
    digest.write("content/2026/09/09/vision.md", _page("2026-09-09", 92, "Cranes, tidal harbour"))
    digest.build()
    page = digest.page("papers/p91/")
    related = page[page.index("class=related") :]
    assert 'href="/papers/p90/"' in related
    assert "shares" in related
    assert "harbour" in related[: related.index("</section>")]
    assert digest.files() == digest.fresh(tmp_path)
    # Another word in an old page changes what is related to it, in an incremental build too.
    digest.write("content/2025/07/01/vision.md", _page("2025-07-01", 90, "Tidal harbour gulls"))
    digest.build()
    assert digest.files() == digest.fresh(tmp_path)
    assert "gulls" in digest.page("papers/p91/")
    # ... and a note changes nothing elsewhere.
    digest.write(
        "content/2025/07/01/vision.md",
        _page("2025-07-01", 90, "Tidal harbour gulls") + "\n> Do read.\n",
    )
    stamps = digest.stamps()
    line = digest.build()
    now = digest.stamps()
    assert numbers(line)["written"] == sum(stamps.get(path) != now[path] for path in now)
    assert stamps["papers/p91/index.html"] == now["papers/p91/index.html"]
    assert "class=related" not in digest.page("papers/p90/")  # a later paper changes nothing
    assert "class=related" not in digest.page(
        "papers/p92/"
    )  # nor do months count that are farther than a year


def test_months_before_are_taken_until_their_papers_are_enough() -> None:
    few = {f"{year}-{month:02}": 10 for year in (2023, 2024, 2025) for month in range(1, 13)}
    assert months_before("2025-03", few) == sorted(few)[14:26]
    many = few | {"2024-12": ENOUGH - 1}
    assert months_before("2025-02", many) == ["2024-12", "2025-01"]
    assert months_before("2025-01", many) == ["2024-11", "2024-12"]
    assert months_before("2025-01", few | {"2024-12": ENOUGH}) == ["2024-12"]


def test_months_without_papers_are_passed_over() -> None:
    assert months_before("2025-01", {"2024-10": 3, "2025-01": 5, "2023-12": 9}) == ["2024-10"]
