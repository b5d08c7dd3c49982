"""What an import publishes by the rules of intake.yml, and what becomes of the papers that wait."""

from __future__ import annotations

from datetime import date

from broadsheet.content import ledger, pages
from broadsheet.content.ledger import DECLINED, DUPLICATE, PUBLISHED, WAITING
from broadsheet.content.paper_index import KnownPapers
from broadsheet.importer import ContentSnapshot, Incoming, plan
from broadsheet.importer.model import ImportReport
from broadsheet.intake import parse_intake
from broadsheet.papers import Entry

from .test_plan import CLASSIFIER, VOCABULARY
from .world import WORKS, entry

FIFTH, SEVENTH = date(2025, 8, 5), date(2025, 8, 7)
FILE = "2025/08/07/waiting.md"


class Site:
    """Content in memory, with rules, changed by imports and by hand."""

    def __init__(self, rules: str | None) -> None:
        self.files: dict[str, str] = {}
        self.rules = rules

    def take(self, *entries: Entry, day: date = SEVENTH, captured: str | None = None,
             source: str = "s") -> ImportReport:  # fmt: skip
        known = KnownPapers()
        for path, text in sorted(self.files.items()):
            known.add_ledger(ledger.parse(text)) if path.endswith("yml") else known.add_page(
                path, text
            )
        imported = ledger.ImportedListing(
            file="f", sha256=f"{len(self.files)}", source=source, papers=len(entries),
            captured=captured,
        )  # fmt: skip
        intake = None if self.rules is None else parse_intake(self.rules)
        made = plan(
            Incoming(date=day, listing=imported, entries=entries),
            ContentSnapshot(
                content=self.files, known=known, classifier=CLASSIFIER, vocabulary=VOCABULARY,
                intake=intake,
            ),
        )  # fmt: skip
        for path, text in made.writes:
            if text is None:
                del self.files[path]
            else:
                self.files[path] = text
        return made.report

    def became(self, day: date = SEVENTH) -> dict[str, str]:
        rows = ledger.parse(self.files[f"{day:%Y/%m/%d}/day.yml"]).statuses
        return {row.id: row.status for row in rows}

    def waiting(self, path: str = FILE) -> list[str]:
        return [paper.id for paper in pages.parse(self.files[path]).papers]


def listed(*numbers: int, votes: int | None = None, **more: object) -> list[Entry]:
    return [entry(WORKS[n], upvotes=votes, **more) for n in numbers]  # type: ignore[arg-type]


def test_what_no_rule_includes_waits_with_why() -> None:
    site = Site("include:\n- words: camera\n")
    report = site.take(*listed(3, 4))
    assert (report.published, report.waiting) == (1, 1)
    assert site.became() == {"counting-pixels": WAITING, "2508.00005": PUBLISHED}
    text = site.files[FILE]
    assert "topic: vision\nwaits: no rule of intake.yml includes it\n" in text
    assert "Each pixel counts." in text


def test_the_limit_takes_the_most_voted_and_no_second_capture_adds_more() -> None:
    site = Site("limit: 2\n")
    report = site.take(entry(WORKS[2], upvotes=1), entry(WORKS[3], upvotes=5), *listed(4, votes=3))
    assert (report.published, report.waiting) == (2, 1)
    assert site.waiting() == ["on-flat-valleys"]
    report = site.take(*listed(2, 5, votes=90))
    assert (report.published, report.waiting, report.lifted) == (0, 2, 0)
    assert "upvotes: 90" in site.files[FILE]


def test_an_import_fills_no_gap_that_a_curator_made() -> None:
    site = Site("limit: 1\n")
    site.take(*listed(3, votes=5), *listed(4, votes=1))
    del site.files["2025/08/07/vision.md"]  # its one paper is deleted by hand
    report = site.take(*listed(4, votes=2), *listed(3, votes=5))
    assert (report.published, report.declined) == (0, 1)
    assert site.take(*listed(4, votes=3)).published == 0
    assert site.became() == {"counting-pixels": DECLINED, "2508.00005": WAITING}


def test_a_later_capture_lifts_a_paper_over_a_threshold() -> None:
    site = Site("include:\n- votes: 10\n")
    site.take(*listed(3, 4, votes=3), captured="2025-08-07T06:00Z")
    assert site.waiting() == ["counting-pixels", "2508.00005"]
    report = site.take(*listed(3, votes=12), captured="2025-08-07T18:00Z")
    assert (report.published, report.lifted) == (1, 1)
    page = site.files["2025/08/07/vision.md"]
    assert "upvotes: 12" in page
    assert "waits" not in page
    assert site.waiting() == ["2508.00005"]
    site.take(*listed(4, votes=20), captured="2025-08-07T20:00Z")
    assert FILE not in site.files
    assert set(site.became().values()) == {PUBLISHED}


def test_a_paper_that_waits_is_published_on_the_later_day_that_chooses_it() -> None:
    site = Site("include:\n- sources: [votes]\n")
    site.take(*listed(3, 4), day=FIFTH)
    site.take(*listed(3), day=SEVENTH)  # waits on, where it does
    assert site.became(SEVENTH) == {"counting-pixels": DUPLICATE}
    report = site.take(*listed(3), day=SEVENTH, source="votes")
    assert (report.published, report.lifted) == (1, 1)
    assert site.became(SEVENTH) == {"counting-pixels": PUBLISHED}
    assert site.became(FIFTH) == {"counting-pixels": DUPLICATE, "2508.00005": WAITING}
    assert "Counting pixels" in site.files["2025/08/07/vision.md"]
    assert site.waiting("2025/08/05/waiting.md") == ["2508.00005"]
    assert site.take(*listed(3), day=FIFTH).duplicates == 1


def test_a_deleted_section_is_a_declined_paper() -> None:
    site = Site("limit: 0\n")
    site.take(*listed(3, 4))
    text = site.files[FILE]
    site.files[FILE] = text[: text.index("## Counting")] + text[text.index("## Cameras") :]
    site.rules = None
    report = site.take(*listed(3, 4, votes=8))
    assert (report.declined, report.published) == (1, 1)
    row = ledger.parse(site.files["2025/08/07/day.yml"]).row("counting-pixels")
    assert row is not None
    assert (row.status, row.waited) == (DECLINED, True)


def test_what_a_curator_wrote_while_it_waits_is_published_with_it() -> None:
    site = Site("limit: 0\n")
    site.take(*listed(3, votes=3), captured="2025-08-07T06:00Z")
    site.files[FILE] = site.files[FILE].replace("Each pixel counts.", "It counts.\n\n> Mine.")
    site.take(*listed(3, votes=4), captured="2025-08-07T07:00Z")
    assert "upvotes: 4" in site.files[FILE]
    assert "It counts." in site.files[FILE]
    site.rules = None
    site.take(*listed(3, votes=5), captured="2025-08-07T08:00Z")
    page = site.files["2025/08/07/vision.md"]
    assert "It counts.\n\n> Mine." in page
    assert "upvotes: 5" in page
    assert "waits" not in page
    assert FILE not in site.files


def test_a_section_moved_to_a_page_by_hand_counts_as_published() -> None:
    site = Site("limit: 0\n")
    site.take(*listed(3))
    head, section = site.files.pop(FILE).split("## ", 1)
    del head
    front = "---\ntitle: V\ndate: 2025-08-07\ntopic: vision\n---\n\n## "
    site.files["2025/08/07/vision.md"] = front + section
    report = site.take(*listed(3, votes=2))
    assert (report.known, report.published) == (1, 0)
    assert site.became() == {"counting-pixels": PUBLISHED}


def test_a_copy_that_says_no_more_is_taken_out_of_what_waits() -> None:
    site = Site("limit: 0\n")
    site.take(*listed(3, 4))
    text = site.files[FILE]
    section = text[text.index("## Counting") : text.index("## Cameras")]
    front = "---\ntitle: V\ndate: 2025-08-07\ntopic: vision\n---\n\n"
    site.files["2025/08/07/vision.md"] = front + section
    site.take(*listed(3, votes=2))
    assert site.waiting() == ["2508.00005"]


def test_without_rules_all_is_published_byte_for_byte_as_before() -> None:
    with_none, with_all = Site(None), Site("")
    for site in (with_none, with_all):
        site.take(*listed(1, 2, 3, 4, votes=3))
        site.take(*listed(5, 6, 1, votes=4))
    assert with_none.files == with_all.files
    assert not [path for path in with_none.files if path.endswith("waiting.md")]
