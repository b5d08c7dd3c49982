"""/curators/ and the credit on a paper's page, from content alone."""

from __future__ import annotations

from pathlib import Path

from tests.digests import OPTIMIZATION, Digest


def test_curators_and_submitters_are_listed_with_counts(tmp_path: Path) -> None:
    digest = Digest(tmp_path)
    page = OPTIMIZATION.replace("upvotes: 12", "upvotes: 12\ncurator: Cy <Example>\nsubmitter: sam")
    digest.write("content/2025/08/07/optimization.md", page.replace(
        'arxiv: "2508.00001"', 'arxiv: "2508.00001"\nsubmitter: sam'))  # fmt: skip
    digest.build()
    listed = digest.page("curators/")
    assert "Cy &lt;Example&gt;</span> <span class=count>1</span>" in listed
    assert "sam</span> <span class=count>2</span>" in listed
    assert "<dt>Curated by" in digest.page("papers/steps-that-shrink/")
    assert "<dt>Curated by" not in digest.page("papers/pixels-of-a-feather/")


def test_the_ways_to_edit_and_suggest_are_linked_where_they_are_set(tmp_path: Path) -> None:
    digest = Digest(tmp_path)
    digest.build()
    assert "Suggest a paper" not in digest.page("2025/08/07/")
    digest.set("BROADSHEET_EDIT_URL", "https://code.example/a/b/edit/main/content/{path}")
    digest.set("BROADSHEET_SUGGEST_URL", "https://code.example/a/b/issues/new?template=suggest.yml")
    digest.build()
    day, paper = digest.page("2025/08/07/"), digest.page("papers/steps-that-shrink/")
    assert 'https://code.example/a/b/tree/main/content/2025/08/07"' in day
    assert 'https://code.example/a/b/edit/main/content/2025/08/07/optimization.md"' in paper
    assert "Suggest a paper" in day
    assert "Suggest a paper" in paper


def test_a_redirect_never_takes_the_place_of_a_page(tmp_path: Path) -> None:
    digest = Digest(tmp_path)
    digest.write(
        "content/redirects.yml",
        '- {"from": "topics/vision/", "to": "topics/"}\n- {"from": "about/", "to": "topics/"}\n'
        '- {"from": "topics/old/", "to": "topics/vision/"}\n',
    )
    digest.build()
    assert "refresh" not in digest.page("topics/vision/")
    assert "refresh" not in digest.page("about/")
    assert 'content="0; url=/topics/vision/"' in digest.page("topics/old/")
