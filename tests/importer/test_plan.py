"""What importing a listing would do to a day."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape
from typing import Any

import pytest

from broadsheet.content import ledger, pages
from broadsheet.content.ledger import DECLINED, DUPLICATE, PUBLISHED, ImportedListing
from broadsheet.content.paper_index import KnownPapers
from broadsheet.errors import ContentError
from broadsheet.importer import ContentSnapshot, Incoming, plan
from broadsheet.papers import Entry
from broadsheet.render.markdown import abstract as rendered
from broadsheet.render.markdown import title as title_of
from broadsheet.topics import Classifier, parse_vocabulary

from .world import TAGS, TOPICS, WORKS, entry

VOCABULARY = parse_vocabulary(TOPICS, TAGS)
CLASSIFIER = Classifier(VOCABULARY)
FIFTH, SEVENTH = date(2025, 8, 5), date(2025, 8, 7)
PAGE = "2025/08/07/optimization.md"
LOUDER = r"We take gradient steps \textbf{$36\times 64$} long."


class Site:
    """Content in memory, changed by imports and by hand."""

    def __init__(self) -> None:
        self.files: dict[str, str] = {}

    def take(self, *entries: Entry, day: date = SEVENTH, **listed: Any):
        known = KnownPapers()
        for path, text in sorted(self.files.items()):
            if path.endswith("day.yml"):
                known.add_ledger(ledger.parse(text))
            else:
                known.add_page(path, text)
        row = {"file": "f", "source": "s", "sha256": f"{len(self.files)}", **listed}
        imported = ImportedListing(papers=len(entries), **row)
        made = plan(
            Incoming(date=day, listing=imported, entries=entries),
            ContentSnapshot(
                content=self.files, known=known, classifier=CLASSIFIER, vocabulary=VOCABULARY
            ),
        )
        self.files.update(made.writes)
        return made.report

    def edit(self, old: str, new: str, path: str = PAGE) -> None:
        assert old in self.files[path]
        self.files[path] = self.files[path].replace(old, new, 1)

    def papers(self, path: str = PAGE):
        return pages.parse(self.files[path]).papers

    def statuses(self, day: date = SEVENTH):
        text = self.files[f"{day:%Y/%m/%d}/day.yml"]
        return {record.id: record for record in ledger.parse(text).statuses}


@pytest.fixture
def site() -> Site:
    made = Site()
    made.take(*(entry(WORKS[n], upvotes=1) for n in (0, 1, 3)), captured="2025-08-07T06:00Z")
    return made


def test_new_papers_go_to_their_topics_in_listing_order(site):
    assert sorted(site.files) == [
        "2025/08/07/day.yml", "2025/08/07/optimization.md", "2025/08/07/vision.md",
    ]  # fmt: skip
    assert [paper.id for paper in site.papers()] == ["2508.00001", "2508.00002"]
    statuses = site.statuses()
    assert [record.status for record in statuses.values()] == [PUBLISHED] * 3
    assert not any(record.late for record in statuses.values())


def test_writes_end_with_the_ledger(site):
    assert list(site.files)[-1] == "2025/08/07/day.yml"


def test_an_empty_listing_is_noted():
    site = Site()
    report = site.take()
    assert report.listed == 0
    assert list(site.files) == ["2025/08/07/day.yml"]


def test_the_same_listing_changes_no_page(site):
    before = {path: text for path, text in site.files.items() if path.endswith(".md")}
    report = site.take(*(entry(WORKS[n], upvotes=1) for n in (0, 1, 3)))
    assert (report.known, report.published) == (3, 0)
    assert {path: text for path, text in site.files.items() if path.endswith(".md")} == before


def test_a_thinner_capture_removes_nothing(site):
    before = site.files[PAGE]
    site.take(Entry(title=WORKS[0].title))
    assert site.files[PAGE] == before


def test_a_fuller_capture_fills_what_is_missing():
    site = Site()
    site.take(entry(WORKS[0], rich=False))
    site.take(entry(WORKS[0]))
    (paper,) = site.papers()
    assert (paper.id, paper.arxiv) == ("steps-that-shrink", "2508.00001")
    assert paper.authors == WORKS[0].authors
    assert dict(site.statuses()["steps-that-shrink"].sources) == {"arxiv": "s", "authors": "s"}


def test_late_papers_are_marked(site):
    report = site.take(entry(WORKS[2]))
    assert report.published == 1
    assert site.statuses()["on-flat-valleys"].late
    assert [paper.id for paper in site.papers()][-1] == "on-flat-valleys"


def test_late_papers_are_marked_with_the_time_of_their_capture_and_counted(site):
    report = site.take(*(entry(WORKS[n]) for n in range(4)), captured="2025-08-07T18:00Z")
    assert (report.published, report.late, report.known) == (1, 1, 3)
    statuses = site.statuses()
    assert statuses["on-flat-valleys"].late == "2025-08-07T18:00Z"
    assert sum(bool(record.late) for record in statuses.values()) == 1


def test_the_second_page_of_one_fetch_is_not_late(site):
    report = site.take(entry(WORKS[2]), captured="2025-08-07T06:01Z")
    assert (report.published, report.late) == (1, 0)
    assert not site.statuses()["on-flat-valleys"].late


@pytest.mark.parametrize(
    "other", [{"source": "t"}, {"file": "2025-08-07.s.cs.LG.json"}], ids=["source", "category"]
)
def test_the_first_listing_of_another_series_is_not_late(site, other):
    report = site.take(entry(WORKS[2]), captured="2025-08-07T18:00Z", **other)
    assert (report.published, report.late) == (1, 0)


def test_a_time_that_is_none_leaves_a_paper_late(site):
    site.edit('"captured": "2025-08-07T06:00Z"', '"captured": "soon"', "2025/08/07/day.yml")
    assert site.take(entry(WORKS[2]), captured="2025-08-07T06:01Z").late == 1


def test_a_paper_of_an_earlier_day_is_a_duplicate(site):
    report = site.take(entry(WORKS[0], rich=False), day=date(2025, 8, 8))
    assert report.duplicates == 1
    assert site.statuses(date(2025, 8, 8))["2508.00001"].of == "2025-08-07"
    assert "2025/08/08/optimization.md" not in site.files


def test_a_deleted_paper_is_declined_and_stays_away(site):
    section = pages.format_section(site.papers()[0])
    site.edit("\n" + section, "")
    for _ in range(2):
        report = site.take(entry(WORKS[0]))
        assert (report.declined, report.published) == (1, 0)
        assert site.statuses()["2508.00001"].status == DECLINED
    assert site.take(entry(WORKS[0]), day=date(2025, 8, 9)).declined == 1


def test_a_declined_paper_that_a_curator_takes_back_is_published(site):
    section = "\n" + pages.format_section(site.papers()[0])
    site.edit(section, "")
    site.take(entry(WORKS[0]))
    site.files[PAGE] += section
    site.take(entry(WORKS[0]))
    assert site.statuses()["2508.00001"].status == PUBLISHED


def test_one_moved_to_another_topic_stays_there(site):
    section = "\n" + pages.format_section(site.papers()[0])
    site.edit(section, "")
    site.files["2025/08/07/vision.md"] += section
    site.take(entry(WORKS[0], upvotes=5), captured="2025-08-07T09:00Z")
    assert [paper.id for paper in site.papers()] == ["2508.00002"]
    assert site.papers("2025/08/07/vision.md")[-1].upvotes == 5


def test_one_moved_to_another_day_stays_there(site):
    section = "\n" + pages.format_section(site.papers()[0])
    site.edit(section, "")
    front = "---\ntitle: O\ndate: 2025-08-05\ntopic: optimization\n---\n"
    site.files["2025/08/05/optimization.md"] = front + section
    site.take(entry(WORKS[0], upvotes=5), captured="2025-08-07T09:00Z")
    assert site.statuses()["2508.00001"].status == PUBLISHED
    assert [paper.id for paper in site.papers()] == ["2508.00002"]
    assert site.papers("2025/08/05/optimization.md")[0].upvotes == 5


@pytest.mark.parametrize("rich", [True, False])
def test_a_retitled_one_is_known_by_its_arxiv_id_or_first_title(site, rich):
    site.edit("## Steps that shrink: a study", "## Shorter steps")
    report = site.take(entry(WORKS[0], rich=rich))
    assert (report.known, report.published) == (1, 0)
    assert site.papers()[0].title == "Shorter steps"


def test_one_that_a_person_added_by_hand_is_known(site):
    site.files[PAGE] += "\n## On flat valleys\n\nMine.\n"
    site.files[PAGE] += "\n## Other words\n\n```yaml\nid: '2508.00008'\n```\n"
    report = site.take(entry(WORKS[2], upvotes=3), entry(WORKS[7]))
    assert (report.known, report.published) == (2, 0)
    assert site.files[PAGE].count("## On flat valleys\n\nMine.\n") == 1


def test_the_authors_text_replaces_the_stripped_one_where_nobody_touched_it(site):
    theirs = replace(entry(WORKS[0], tex=True), abstract=LOUDER)
    site.take(theirs, source="arxiv")
    assert site.papers()[0].abstract == r"We take gradient steps **$36\times 64$** long."
    assert dict(site.statuses()["2508.00001"].sources)["abstract"] == "arxiv"
    site.take(entry(WORKS[0]))
    assert site.papers()[0].abstract == r"We take gradient steps **$36\times 64$** long."


def test_a_text_that_a_person_touched_is_left_alone(site):
    site.edit("We take gradient steps", "They take gradient steps")
    before = site.files[PAGE]
    site.take(entry(WORKS[0], tex=True))
    assert site.files[PAGE] == before


def test_votes_are_refreshed_in_place_around_comments_and_line_ends(site):
    site.edit("upvotes: 1\n", "upvotes:  1   # so few\nmood: good\n")
    site.files[PAGE] = "\ufeff" + site.files[PAGE].replace("\n", "\r\n")
    before = site.files[PAGE]
    report = site.take(entry(WORKS[0], upvotes=42), captured="2025-08-07T09:00Z")
    assert report.refreshed == 1
    expected = before.replace("upvotes:  1   #", "upvotes:  42   #", 1)
    expected = expected.replace("T06:00Z", "T09:00Z", 1)
    assert site.files[PAGE] == expected


def test_an_older_capture_does_not_turn_votes_back(site):
    site.take(entry(WORKS[0], upvotes=9), captured="2025-08-07T09:00Z")
    site.take(entry(WORKS[0], upvotes=2), captured="2025-08-07T07:00Z")
    assert site.papers()[0].upvotes == 9


def test_votes_in_a_block_of_another_style_are_left(site):
    site.edit(
        "id: 2508.00001\narxiv: 2508.00001\nauthors: [Ada Example, Bo Example]\nupvotes: 1\n",
        "{id: 2508.00001,\narxiv: 2508.00001,\nupvotes: 1,\nauthors: [Ada Example]}\n#",
    )
    before = site.files[PAGE]
    site.take(entry(WORKS[0], upvotes=42), captured="2025-08-07T09:00Z")
    assert site.files[PAGE] == before


def test_lines_are_counted_as_the_reader_counts_them(site):
    site.edit("We take", "A person's\u2028word\x0c\x85. We take")
    before = site.files[PAGE]
    site.take(entry(WORKS[1], upvotes=42), captured="2025-08-07T09:00Z")
    assert site.files[PAGE].startswith(before.split("## Steps that shrink: a reply")[0])
    assert site.papers()[1].upvotes == 42


def test_titles_that_would_give_one_id_get_different_ones():
    site = Site()
    site.take(*(replace(entry(WORKS[n], rich=False), abstract="convex") for n in (0, 1)))
    assert [paper.id for paper in site.papers()] == ["steps-that-shrink", "steps-that-shrink-2025"]
    third = Entry(title="Steps that shrink: once more", abstract="convex")
    site.take(third)
    assert site.papers()[-1].id == "steps-that-shrink-2025-2"


def test_a_paper_listed_twice_is_published_once():
    site = Site()
    report = site.take(
        entry(WORKS[0]), entry(WORKS[0], rich=False), entry(WORKS[2]), entry(WORKS[2])
    )
    assert (report.listed, report.published) == (4, 2)
    assert [paper.id for paper in site.papers()] == ["2508.00001", "on-flat-valleys"]


def test_one_title_with_two_arxiv_ids_is_two_papers():
    site = Site()
    one = entry(WORKS[0])
    site.take(one, replace(one, arxiv="2508.09999"))
    assert [paper.id for paper in site.papers()] == ["2508.00001", "2508.09999"]


def test_what_no_block_can_hold_is_left_out():
    site = Site()
    site.take(
        Entry(
            title="Convex", abstract="A convex one.", upvotes=-3, arxiv="../x", published="soon",
            code="javascript:alert(1)", url="https://ok.example/", authors=("A\n## B", " "),
            comments=2, organisation="```",
        ),
    )  # fmt: skip
    (paper,) = site.papers()
    assert paper.id == "convex"
    assert (paper.upvotes, paper.arxiv, paper.code, paper.published) == (None, None, None, None)
    assert paper.authors == ("A ## B",)
    assert (paper.comments, paper.organisation) == (2, "```")


def squeezed(text: str) -> str:
    return re.sub(r"[\s\"'‘’“”]", "", text)


@pytest.mark.parametrize(
    ("title", "abstract", "part"),
    [
        ("Convex <script>x</script>", "a", '"<script"'),
        ("Convex</SCRIPT >", "a", '"</SCRIPT"'),
        ("Convex", "See [this](javascript:alert(1)).", '"javascript:"'),
        ("Convex [x]( data:text/html,y)", "a", '"data:"'),
        ("Convex", "See <a href = 'javascript:alert(1)'>this</a>.", '"javascript:"'),
        ("Convex", "See <vbscript:x> and [a]: <data:y> or [b][a].", '"vbscript:"'),
    ],
)
def test_script_in_a_listing_is_escaped_and_named(title, abstract, part):
    site = Site()
    report = site.take(Entry(title="Fine", line=1), Entry(title=title, abstract=abstract, line=7))
    assert report.published == 2
    (notice,) = report.notices
    assert notice.startswith("line 7: ")
    assert part in notice
    assert notice.endswith("escaped")
    (paper,) = (paper for paper in site.papers() if paper.title != "Fine")
    for text in (paper.title, paper.abstract):
        assert pages.script(paper.title) is None
        assert not list(pages.unsafe_links(text))
    html = str(title_of(paper.title)) + " " + str(rendered(paper.abstract))
    assert "<script" not in html.lower()
    assert not re.search(r"(?:href|src)=", html)
    shown = unescape(re.sub("</?p>", "", html))
    assert squeezed(shown) == squeezed((title + abstract).replace("</a>", ""))


def test_a_page_that_cant_be_read_is_not_added_to(site):
    site.edit("upvotes: 1", "upvotes: one")
    before = dict(site.files)
    with pytest.raises(ContentError, match='"one" is not a count'):
        site.take(entry(WORKS[2]))
    assert site.files == before


def test_hostile_abstracts_stay_in_their_sections():
    site = Site()
    hostile = "convex\n\n## Injected\n\n```yaml\nid: x\n```\n\n> note\n\n---\n\r## also\n"
    site.take(Entry(title="## Convex\r## title", abstract=hostile), entry(WORKS[2]))
    first, second = site.papers()
    assert first.title.removeprefix("\\") == "## Convex ## title"
    assert second.id == "on-flat-valleys"
    assert first.notes == ()


def test_a_duplicate_whose_first_was_deleted_is_declined(site):
    site.take(entry(WORKS[0]), day=date(2025, 8, 8))
    assert site.statuses(date(2025, 8, 8))["2508.00001"].status == DUPLICATE
    site.edit("\n" + pages.format_section(site.papers()[0]), "")
    site.take(entry(WORKS[0]), day=date(2025, 8, 8))
    assert site.statuses(date(2025, 8, 8))["2508.00001"].status == DECLINED


WITHDRAWN = [
    Entry(title="Withdrawn", abstract=f"Abstract number {n}.", url=f"https://x.example/p?id={n}",
          authors=(f"Author {n}",))
    for n in range(3)
]  # fmt: skip


def test_two_papers_of_one_title_are_two_on_one_day_and_across_days():
    site = Site()
    assert site.take(*WITHDRAWN[:2], day=FIFTH).published == 2
    report = site.take(*reversed(WITHDRAWN))
    assert (report.published, report.duplicates) == (1, 2)
    found = {paper.id: paper.url for path in site.files if path.endswith(".md")
             for paper in pages.parse(site.files[path]).papers}  # fmt: skip
    assert found == {
        "withdrawn": "https://x.example/p?id=0",
        "withdrawn-2025": "https://x.example/p?id=1",
        "withdrawn-2025-2": "https://x.example/p?id=2",
    }


def test_a_deleted_paper_hides_no_other_of_its_title():
    site = Site()
    site.take(*WITHDRAWN[:2], day=FIFTH)
    (path,) = (path for path in site.files if path.endswith(".md"))
    first, _, _ = site.files[path].rpartition("## Withdrawn")
    site.files[path] = first
    report = site.take(*WITHDRAWN)
    assert (report.published, report.duplicates, report.declined) == (1, 1, 1)


def test_the_same_paper_with_fuller_fields_is_one_across_days():
    site = Site()
    site.take(Entry(title="Kites", authors=("J. Doe",)), day=FIFTH)
    report = site.take(Entry(title="Kites", authors=("Jane Doe", "Rick Roe"), doi="10.1000/k"))
    assert (report.published, report.duplicates) == (0, 1)


def test_an_abstract_that_a_person_rewrote_tells_no_papers_apart():
    site = Site()
    kites = Entry(title="Kites", abstract="We fly convex kites over a meadow.")
    site.take(kites)
    site.edit("We fly convex kites over a meadow.", "Drachen steigen.")
    assert site.take(replace(kites, upvotes=3)).published == 0


def test_an_id_is_made_of_the_title_as_shown():
    site = Site()
    site.take(Entry(title=r"\emph{Convex} $\beta$-kites: a study", tex=True))
    (path,) = (path for path in site.files if path.endswith(".md"))
    assert pages.parse(site.files[path]).papers[0].id == "convex-beta-kites"


def test_a_year_becomes_the_day_that_a_later_listing_gives():
    site = Site()
    site.take(Entry(title="Convex kites", published="2019"))
    site.take(Entry(title="Convex kites", published="2019-05-03"))
    site.take(Entry(title="Convex kites", published="2019"))
    assert pages.parse(site.files[PAGE]).papers[0].published == "2019-05-03"
