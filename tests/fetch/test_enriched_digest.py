"""From a listing without TeX to content in its authors' own words: fetch enrich, then import."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from broadsheet import importer, tex
from broadsheet.content import pages
from broadsheet.fetch import WantedDays
from broadsheet.listings import parse
from tests.digests import ROOT
from tests.importer.world import vocabulary

from .arxiv_api import ArxivApi, Record, answer
from .conftest import Answer
from .test_enrichment import DAY, KITES, LINES, huggingface

SEED = "2025-08-07.huggingface.txt"
SEED_DAY = date(2025, 8, 7)


class Digest:
    """A digest's seeds and content, in a folder."""

    def __init__(self, folder: Path) -> None:
        self.seeds = folder / "seeds"
        self.content = folder / "content"
        self.seeds.mkdir()
        vocabulary(self.content)

    def put(self, name: str, data: bytes) -> None:
        (self.seeds / name).write_bytes(data)

    def imported(self, *names: str) -> list[importer.ImportReport]:
        files = [self.seeds / name for name in names] or list(self.seeds.iterdir())
        outcome = importer.run(files, self.content)
        assert not outcome.errors
        return [report for report in outcome.reports if not report.unchanged]

    def papers(self) -> dict[str, pages.Paper]:
        found = (pages.parse(p.read_text()) for p in sorted(self.content.glob("2*/**/*.md")))
        return {paper.id: paper for page in found for paper in page.papers}

    def bytes(self) -> dict[str, bytes]:
        return {
            str(path.relative_to(self.content)): path.read_bytes()
            for path in sorted(self.content.rglob("*"))
            if path.is_file()
        }


@pytest.fixture
def digest(tmp_path: Path) -> Digest:
    return Digest(tmp_path)


@pytest.fixture
def api(server) -> ArxivApi:
    made = ArxivApi([KITES, LINES])
    server.on("/api/query", made)
    server.says("/api/daily_papers", Answer(b"[]"))
    return made


@pytest.mark.slow
def test_this_repositorys_own_listing_goes_all_the_way(api, digest, fetcher):
    shutil.copy(ROOT / "seeds" / SEED, digest.seeds)
    shutil.copytree(ROOT / "content", digest.content, dirs_exist_ok=True)
    listed = parse((digest.seeds / SEED).read_bytes(), file=SEED).entries
    api.records = [
        Record(f"2401.{n:05}", one.title, emphatic(tex.restore(one.abstract)))
        for n, one in enumerate(listed)
    ]
    before = digest.papers()
    outcomes = fetcher().enrich(WantedDays(day=SEED_DAY))
    assert [one.error for one in outcomes] == [None] * len(outcomes)
    reports = digest.imported()
    assert len(reports) == 6  # of Hugging Face's list, and of ten titles each
    assert all(one.enriches and not one.published and not one.notices for one in reports)
    assert sum(one.known for one in reports) == len(listed)
    after = digest.papers()
    assert after.keys() == before.keys()  # addresses are for ever
    assert all(paper.arxiv and paper.categories for paper in after.values())
    assert any("*optimal*" in paper.abstract for paper in after.values())
    assert {paper.updated for paper in after.values()} == {None}
    asked = digest.bytes()
    assert fetcher().enrich(WantedDays(day=SEED_DAY)) == []
    assert digest.imported() == []
    assert digest.bytes() == asked


def emphatic(text: str) -> str:
    return text.replace("optimal", r"\emph{optimal}")


def test_new_papers_come_in_their_authors_words_at_once(api, digest, fetcher):
    digest.put(f"{DAY}.huggingface.json", huggingface(KITES, LINES))
    fetcher().enrich(WantedDays(again=3))
    reports = digest.imported()
    assert [(one.published, one.enriches) for one in reports] == [(2, False), (0, True)]
    paper = digest.papers()[KITES.arxiv]
    assert (paper.title, paper.abstract) == (KITES.title, KITES.abstract)
    assert paper.authors == KITES.authors
    assert paper.categories == KITES.categories


def test_papers_that_were_imported_before_get_their_authors_words_later(api, digest, fetcher):
    api.records[0] = replace(KITES, doi="10.1234/kites", comment="Code: https://github.com/k/ites")
    digest.put(f"{DAY}.huggingface.json", huggingface(KITES, LINES))
    digest.imported()
    fetcher().enrich(WantedDays(again=3))
    (report,) = digest.imported()
    assert (report.known, report.refreshed, report.published) == (2, 2, 0)
    paper = digest.papers()[KITES.arxiv]
    assert (paper.title, paper.abstract) == (KITES.title, KITES.abstract)
    assert (paper.doi, paper.code) == ("10.1234/kites", "https://github.com/k/ites")
    assert paper.updated is None
    ledger = (digest.content / "2025/12/01/day.yml").read_text()
    assert '"categories": "arxiv-enrich"' in ledger
    assert digest.imported() == []


def test_whichever_comes_first_content_is_the_same(api, digest, fetcher, tmp_path):
    digest.put(f"{DAY}.huggingface.json", huggingface(KITES, LINES))
    fetcher().enrich(WantedDays(again=3))
    (tmp_path / "other").mkdir()
    other = Digest(tmp_path / "other")
    for path in digest.seeds.iterdir():
        shutil.copy(path, other.seeds)
    digest.imported()
    other.imported(f"{DAY}.huggingface.json")
    other.imported()
    assert digest.bytes() == other.bytes()


def test_a_rewritten_version_is_told_and_not_taken(api, digest, fetcher):
    api.records[0] = replace(
        KITES, version=3, abstract="Nothing of what we said of kites before could be repeated."
    )
    digest.put(f"{DAY}.huggingface.json", huggingface(KITES))
    digest.imported()
    fetcher().enrich(WantedDays(again=3))
    (report,) = digest.imported()
    (notice,) = report.notices
    assert "another abstract" in notice
    assert "not taken" in notice
    paper = digest.papers()[KITES.arxiv]
    assert paper.abstract == "Kites pull $2\\times$ as hard as we thought."
    assert paper.categories == KITES.categories
    assert paper.title == KITES.title


def test_what_a_person_touched_stays(api, digest, fetcher):
    digest.put(f"{DAY}.huggingface.json", huggingface(KITES, LINES))
    digest.imported()
    (page,) = digest.content.glob("2025/12/01/*.md")
    page.write_text(page.read_text().replace("Kites pull", "These kites pull"))
    touched = page.read_text().split("## Lines")[0]
    fetcher().enrich(WantedDays(again=3))
    digest.imported()
    assert page.read_text().split("## Lines")[0] == touched
    assert digest.papers()[LINES.arxiv].categories == LINES.categories


def test_a_listing_of_another_day_tells_more_of_a_paper(digest):
    digest.put(f"{DAY}.huggingface.json", huggingface(KITES))
    digest.imported()
    digest.put("2025-12-04.arxiv.cs.LG.xml", answer([KITES, LINES]))
    (report,) = digest.imported()
    assert (report.published, report.duplicates, report.enriched) == (1, 1, 1)
    paper = digest.papers()[KITES.arxiv]
    assert (paper.title, paper.categories) == (KITES.title, KITES.categories)
    assert importer.run(list(digest.seeds.iterdir()), digest.content).errors == ()


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (replace(LINES, authors=("Cy Other",), abstract="Of the sea and of nothing else."), False),
        (LINES, True),
    ],
)
def test_a_title_alone_is_not_taken_for_a_paper(api, digest, fetcher, other, same):
    api.records = [other]
    rows = f"title,abstract\n{LINES.title},{LINES.abstract.replace('$', '')}\n"
    digest.put(f"{DAY}.list.csv", rows.encode())
    fetcher().enrich(WantedDays(again=3))
    digest.imported()
    (paper,) = digest.papers().values()
    assert (paper.arxiv == LINES.arxiv) is same
    assert paper.id == "lines-that-hum-in-the-wind"


def test_papers_that_a_list_named_by_id_are_published_on_its_day(api, digest, fetcher):
    digest.put(f"{DAY}.mine.txt", b"2512.00001\n2512.00002\n")
    digest.imported()
    assert digest.papers() == {}
    fetcher().enrich(WantedDays(again=3))
    (report,) = digest.imported()
    assert (str(report.date), report.published, report.late) == (DAY, 2, 0)
    assert digest.papers()[KITES.arxiv].title == KITES.title


def test_papers_that_wait_are_told_more_of_and_decided_on_again(api, digest, fetcher):
    (digest.content / "intake.yml").write_text("include:\n  - categories: [stat.ML]\n", "utf-8")
    api.records[1] = replace(LINES, categories=("cs.SD",))
    digest.put(f"{DAY}.huggingface.json", huggingface(KITES, LINES))
    (report,) = digest.imported()
    assert (report.published, report.waiting) == (0, 2)
    fetcher().enrich(WantedDays(again=3))
    (report,) = digest.imported()
    assert (report.published, report.waiting) == (1, 1)
    found = digest.papers()
    assert found[KITES.arxiv].title == KITES.title
    assert found[LINES.arxiv].categories == ("cs.SD",)  # in the file of what waits
    assert digest.imported() == []


def test_a_capture_that_only_enriches_publishes_nothing_and_makes_no_day(digest):
    digest.put("2025-12-05.arxiv-enrich.20251205T000000Z.xml", answer([KITES, LINES]))
    (report,) = digest.imported()
    assert (report.published, report.unknown) == (0, 2)
    assert not (digest.content / "2025").exists()
    # It is told of papers of any day, as soon as these are known.
    digest.put(f"{DAY}.huggingface.json", huggingface(KITES))
    first, second = digest.imported()
    assert (first.published, second.known, second.unknown) == (1, 1, 1)
    assert digest.papers()[KITES.arxiv].title == KITES.title


def test_a_preview_says_that_it_publishes_nothing(digest):
    name = f"{DAY}.arxiv-enrich.20251205T000000Z.xml"
    digest.put(name, answer([KITES]))
    found = importer.preview(digest.seeds / name, digest.content)
    assert found.sections == ()
    assert "publishes nothing" in found.notices[-1]
