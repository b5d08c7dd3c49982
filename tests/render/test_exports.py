"""The files beside a page that lists papers."""

from __future__ import annotations

import json

import bibtexparser
import pytest
import rispy

from tests.digests import Digest

PAGES = ["2025/08/07/", "2025/W32/", "topics/optimization/", "tags/sgd/"]


@pytest.mark.parametrize("path", PAGES)
def test_each_list_has_twins_of_the_same_papers(built: Digest, path: str) -> None:
    whole = json.loads(built.page(f"{path}index.json"))
    keys = [one["id"] for one in whole["papers"]]
    page = built.page(path)
    assert keys
    assert all(f"/papers/{key}/" in page for key in keys)
    assert len(rispy.loads(built.page(f"{path}index.ris"))) == len(keys)
    parser = bibtexparser.bparser.BibTexParser(common_strings=True)
    assert len(bibtexparser.loads(built.page(f"{path}index.bib"), parser).entries) == len(keys)
    assert built.page(f"{path}index.md").count("\n- [") == len(keys)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_names_its_twins_in_head_and_text(built: Digest, path: str) -> None:
    page = built.page(path)
    for end, media in (("json", "application/json"), ("md", "text/markdown")):
        assert f'<link rel=alternate type="{media}"' in page
        assert page.count(f'href="/some/path/{path}index.{end}"') == 2


def test_a_days_json_holds_all_that_its_papers_have(built: Digest) -> None:
    whole = json.loads(built.page("2025/08/07/index.json"))
    assert (whole["version"], whole["kind"]) == (1, "day")
    paper = whole["papers"][0]
    assert paper["title"] == "Steps that shrink: a study of $\\varepsilon$-decay"
    assert paper["votes"] == 12
    assert paper["abstract"].startswith("Gradient steps")
    assert paper["authors"][0] == "Ada Example"
    assert "doi" not in paper  # what is not known is left out
