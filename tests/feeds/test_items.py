"""Papers, days and weeks as items, and the names that they keep for good."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from broadsheet.feeds import (
    Category,
    FeedOutline,
    Headline,
    Item,
    Related,
    day_item,
    guid,
    headline,
    item,
    opml,
)
from broadsheet.papers import Note, Paper

PAPER = Paper(
    id="2401.00001",
    title="A title",
    abstract="We do it.",
    authors=("Ada", "Bob"),
    notes=(Note(text="Worth it.", curator="Cleo <c>"),),
)


def made(paper: Paper = PAPER, day: date = date(2025, 8, 7), zone: str = "UTC") -> Item:
    return item(
        paper,
        date=day,
        zone=ZoneInfo(zone),
        link=f"https://example.org/papers/{paper.id}/",
        title=paper.title,
        html=lambda text: f"<p>{text}</p>",
        summary="We do it.",
        topic=Category("theory", "Theory"),
        tags=[Category("proofs", "Proofs")],
        links=[Related("https://arxiv.org/abs/2401.00001?a=1&b=2", "arXiv")],
    )


def test_an_item_has_abstract_note_and_links() -> None:
    html = made().html
    assert html.startswith("<p>We do it.</p>")
    assert "Curator’s note (Cleo &lt;c&gt;)" in html
    assert "<p>Worth it.</p>" in html
    assert '<a href="https://arxiv.org/abs/2401.00001?a=1&amp;b=2">arXiv</a>' in html


def test_a_paper_is_published_when_its_day_begins_where_the_digest_is() -> None:
    assert made().published == datetime(2025, 8, 7, tzinfo=UTC)
    assert made(zone="Europe/Berlin").published == datetime(2025, 8, 6, 22, tzinfo=UTC)


def test_updated_is_the_stamp_never_before_published() -> None:
    assert made().updated == made().published
    later = made(replace(PAPER, updated="2025-08-12"))
    assert later.updated == datetime(2025, 8, 12, tzinfo=UTC)
    assert later.published == made().published
    assert made(replace(PAPER, updated="2025-08-01")).updated == made().published
    assert made(replace(PAPER, updated="soon")).updated == made().published
    exact = made(replace(PAPER, updated="2025-08-12T10:00:00+02:00"))
    assert exact.updated == datetime(2025, 8, 12, 8, tzinfo=UTC)


def test_the_guid_survives_every_edit_and_move() -> None:
    edited = replace(PAPER, title="Another", abstract="New words.", arxiv="2401.00001",
                     tags=("x",), upvotes=7, updated="2025-09-01")  # fmt: skip
    assert made(edited, date(2025, 8, 9)).guid == made().guid
    assert made(replace(PAPER, id="other")).guid != made().guid


def test_the_guid_is_a_published_promise() -> None:
    assert guid("paper", "2401.00001") == GUID


GUID = "urn:uuid:f435714f-97ac-5460-9dd5-08afeca8b8b8"


@given(st.text(), st.text())
def test_guids_of_different_things_differ(one: str, other: str) -> None:
    assert (guid("paper", one) == guid("paper", other)) == (one == other)
    assert guid("paper", one) != guid("day", one)
    assert guid("paper", one) != guid("paper", one, "mine")


def test_votes_change_nothing() -> None:
    assert made(replace(PAPER, upvotes=12, comments=3, as_of="2025-08-09")) == made()


def test_of_664_authors_the_last_name_counts_the_others() -> None:
    many = replace(PAPER, authors=tuple(f"Author {n}" for n in range(664)))
    assert len(made(many).authors) == 50
    assert made(many).authors[-1] == "615 others"
    counted = replace(PAPER, authors=(), author_count=9)
    assert made(counted).authors == ()


def test_a_day_lists_its_papers_under_headings_and_is_as_new_as_its_newest() -> None:
    def listed(paper: Paper) -> Headline:
        return headline(
            paper,
            date=date(2025, 8, 7),
            zone=ZoneInfo("UTC"),
            link=f"https://example.org/papers/{paper.id}/",
            title=paper.title,
            summary="We do it.",
        )

    newer = listed(replace(PAPER, id="b", title="B <b>", updated="2025-08-20"))
    day = day_item(
        kind="day",
        key="2025-08-07",
        title="Thursday",
        link="https://example.org/2025/08/07/",
        papers=[("Theory", [listed(PAPER), newer]), ("Vision", [])],
        published=datetime(2025, 8, 7, tzinfo=UTC),
    )
    assert day.summary == "2 papers"
    assert day.html.count("<li>") == 2
    assert "B &lt;b&gt;" in day.html
    assert "Vision" not in day.html
    assert day.html.count("We do it.") == 2
    assert day.updated == newer.updated == datetime(2025, 8, 20, tzinfo=UTC)
    assert day.guid == guid("day", "2025-08-07")


def test_opml_lists_feeds_under_headings() -> None:
    data = opml(
        "All & <more>",
        [
            FeedOutline("All", "https://example.org/feeds/all.rss.xml", "https://example.org/"),
            FeedOutline("A", "https://example.org/a?x=1&y=2", "https://example.org/", "Topics"),
            FeedOutline("B", "https://example.org/b", "https://example.org/", "Topics"),
        ],
    )
    from lxml import etree

    root = etree.fromstring(data)
    assert root.get("version") == "2.0"
    assert root.findtext("head/title") == "All & <more>"
    body = root.find("body")
    assert body is not None
    assert [one.get("text") for one in body] == ["All", "Topics"]
    assert [one.get("xmlUrl") for one in body[1]] == [
        "https://example.org/a?x=1&y=2",
        "https://example.org/b",
    ]
    assert all(one.get("type") == "rss" for one in root.iter("outline") if not len(one))
