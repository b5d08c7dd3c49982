"""What of an entry's fields an import takes over, run on the content folder as a command does."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from broadsheet.content.pages import parse
from broadsheet.importer import run
from broadsheet.papers import Paper

from .world import vocabulary

DAY = "2025/08/07"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    vocabulary(tmp_path / "content")
    return tmp_path / "content"


def _listed(folder: Path, name: str, *entries: dict[str, object]) -> Path:
    file = folder / name
    file.write_text("".join(json.dumps(one) + "\n" for one in entries), "utf-8")
    return file


def _papers(root: Path, topic: str = "optimization") -> tuple[Paper, ...]:
    return tuple(parse((root / f"{DAY}/{topic}.md").read_text("utf-8")).papers)


def test_an_arxiv_id_that_is_none_is_left_out_and_the_paper_comes_in(root, tmp_path):
    given = {"title": "Convex steps", "abstract": "A gradient.", "arxiv": "no id at all"}
    report = run([_listed(tmp_path, "2025-08-07.a.jsonl", given)], root).reports[0]
    assert report.published == 1
    (paper,) = _papers(root)
    assert (paper.id, paper.arxiv) == ("convex-steps", None)


def test_links_of_an_abstract_become_the_papers_code_and_project(root, tmp_path):
    text = "A gradient. Code: https://github.com/a/b. Page: https://a.github.io/b/."
    run([_listed(tmp_path, "2025-08-07.a.jsonl", {"title": "Steps", "abstract": text})], root)
    (paper,) = _papers(root)
    assert (paper.code, paper.project) == ("https://github.com/a/b", "https://a.github.io/b/")


@pytest.mark.parametrize("touched", [False, True])
def test_without_a_hash_in_the_ledger_only_what_stands_as_written_is_written_anew(
    root, tmp_path, touched
):
    thin = {"title": "Convex steps", "abstract": "A gradient of long strides."}
    run([_listed(tmp_path, "2025-08-07.a.jsonl", thin)], root)
    ledger = root / DAY / "day.yml"
    kept = re.sub(r', "written": "[0-9a-f]+"', "", ledger.read_text("utf-8"))
    assert kept != ledger.read_text("utf-8")
    ledger.write_text(kept, "utf-8")
    page = root / DAY / "optimization.md"
    if touched:
        page.write_text(page.read_text("utf-8").replace("of long", "of longer"), "utf-8")
    again = _listed(tmp_path, "2025-08-07.a.20250807T100000Z.jsonl", {**thin, "upvotes": 3})
    run([again], root)
    (paper,) = _papers(root)
    assert paper.upvotes == 3
    assert ("of longer" in paper.abstract) == touched
    fuller = {**thin, "authors": ["Ada Example"], "upvotes": 3}
    run([_listed(tmp_path, "2025-08-07.a.20250807T110000Z.jsonl", fuller)], root)
    (paper,) = _papers(root)
    assert ("of longer" in paper.abstract) == touched
    if touched:
        assert paper.authors == ()


def test_files_whose_names_tell_no_day_come_last(root, tmp_path):
    odd = _listed(tmp_path, "odd.jsonl", {"title": "Convex odd", "abstract": "A gradient."})
    dated = _listed(tmp_path, "2025-08-07.a.jsonl", {"title": "Convex", "abstract": "A gradient."})
    outcome = run([odd, dated], root)
    assert [report.published for report in outcome.reports] == [1]
    assert len(outcome.errors) == 1
    assert "odd.jsonl" in str(outcome.errors[0])
