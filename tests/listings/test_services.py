"""What is kept of the records that services give."""

from __future__ import annotations

import json
from typing import Any

import pytest

from broadsheet.listings import Listing, parse
from broadsheet.papers import Entry

from .services import JSON, SNAPSHOT, ZOTERO_CSV, ZOTERO_RDF


def read(value: Any) -> Listing:
    text = value if isinstance(value, str) else json.dumps(value)
    return parse(text.encode(), file="answer")


def only(value: Any) -> Entry:
    (entry,) = read(value).entries
    return entry


@pytest.mark.parametrize("name", JSON)
def test_title_abstract_ids_and_authors_are_kept(name: str) -> None:
    entry = only(JSON[name])
    assert entry.title == "Lines that hold"
    if name == "OpenAlex":
        assert entry.abstract == "We hold lines; We pull."
    else:
        assert entry.abstract == ("" if name == "dblp" else "We hold lines.")
    assert entry.arxiv or entry.doi or entry.url
    assert entry.authors


EXPECTED: dict[str, dict[str, object]] = {
    "Semantic Scholar": {"arxiv": "2601.00002", "authors": ("Rick Roe",), "summary": "Lines hold.",
                         "published": "2026-01-02", "keywords": ("Physics",)},
    "OpenAlex": {"doi": "10.1000/lines", "url": None, "authors": ("Rick Roe", "Jane Doe"),
                 "keywords": ("Kites",), "published": "2026-01-02", "venue": "Kite Letters"},
    "Crossref": {"doi": "10.1000/lines", "url": None, "authors": ("Rick Roe", "The Kite Team"),
                 "published": "2026-01-02", "keywords": ("Kites",)},
    "OpenReview": {"url": "https://openreview.net/forum?id=abc6", "summary": "Lines hold.",
                   "authors": ("Rick Roe", "Jane Doe"), "keywords": ("kites", "lines")},
    "dblp": {"doi": "10.1000/LINES", "authors": ("Rick Roe", "Jane Doe"), "published": "2026"},
    "DataCite": {"doi": "10.1000/lines", "url": "https://kites.example/lines",
                 "authors": ("Rick Roe", "The Kite Team"), "published": "2026"},
    "Europe PMC": {"doi": "10.1000/lines", "authors": ("Rick Roe", "Jane Doe"),
                   "keywords": ("kites", "lines"), "published": "2026-01-02"},
    "CSL JSON": {"authors": ("Rick van Roe", "The Kite Team"), "published": "2026-01-02"},
    "Zotero": {"arxiv": "2601.00002", "version": None, "authors": ("Rick Roe", "The Kite Team"),
               "keywords": ("kites",), "published": "2026-01-02"},
    "Elasticsearch": {"arxiv": "2601.00002", "version": 2},
    "GraphQL": {"url": "https://aclanthology.org/2026.kite-1.1/", "authors": ("Rick Roe",)},
    "arxiv.py": {"arxiv": "2601.00002", "version": 2, "categories": ("cs.RO", "cs.LG"),
                 "code": "https://github.com/example/lines"},
    "bioRxiv": {"doi": "10.1101/2026.01.02.000001", "url": None, "authors": ("R. Roe", "J. Doe"),
                "organisation": "Hill University", "keywords": ("neuroscience",)},
    "arXiv's snapshot": {"arxiv": "0704.0001", "version": 2, "tex": True, "submitter": "P. Doe",
                         "categories": ("hep-ph", "math.CO"), "published": "2007-04-02"},
}  # fmt: skip


@pytest.mark.parametrize("name", EXPECTED)
def test_what_a_service_says_of_a_paper_is_kept(name: str) -> None:
    entry = only(JSON[name])
    assert {key: getattr(entry, key) for key in EXPECTED[name]} == EXPECTED[name]


UNREAD = {
    "Crossref": ["publisher"],
    "DataCite": ["attributes.descriptions"],  # the authors' comment beside the abstract
}


@pytest.mark.parametrize("name", JSON)
def test_what_no_field_keeps_is_named_and_what_is_not_about_the_paper_is_not(name: str) -> None:
    listing = read(JSON[name])
    told = [column.name for column in listing.columns if column.field is None]
    assert told == UNREAD.get(name, [])
    assert len(listing.notices) == len(told)


def test_the_snapshots_authors_are_without_tex() -> None:
    assert only(SNAPSHOT).authors[:3] == ("C. Balázs", "E. Berger", "Rick Roe")


def test_zoteros_rdf() -> None:
    listing = read(ZOTERO_RDF)
    assert listing.format == "zotero_rdf"
    first, second = listing.entries
    assert (first.title, first.abstract) == ("Lines that hold", "We hold lines.")
    assert first.authors == ("Rick Roe", "The Kite Team")
    assert (first.doi, first.published) == ("10.1000/lines", "2026-01-02")
    assert first.keywords == ("kites", "lines")
    assert (second.title, second.arxiv) == ("Reels that turn", "2601.00003")
    assert first.venue
    assert listing.notices == ()


def test_zoteros_csv() -> None:
    listing = read(ZOTERO_CSV)
    assert (listing.format, listing.notices) == ("csv", ())
    (entry,) = listing.entries
    assert (entry.abstract, entry.authors) == ("We hold lines.", ("Rick Roe", "Jane Doe"))
    assert (entry.arxiv, entry.doi) == ("2601.00002", "10.1000/lines")
    assert entry.keywords == ("lines", "kites", "wind")


@pytest.mark.parametrize(
    ("field", "value", "venue"),
    [
        ("journal", "Kite Letters, A", "Kite Letters, A"),
        ("container-title", ["Kite Letters"], "Kite Letters"),
        ("journal", {"title": "Kite Letters", "volume": "3"}, "Kite Letters"),
        ("Source title", "CoRR", None),
        ("journal", {"name": "ArXiv"}, None),
    ],
)
def test_a_journal_or_conference_is_the_venue_and_an_archive_is_none(
    field: str, value: object, venue: str | None
) -> None:
    listing = read([{"title": "Lines", "abstract": "We fly.", "arxiv": "2601.00001", field: value}])
    assert listing.entries[0].venue == venue
    lost = [column.name for column in listing.columns if column.field is None]
    assert lost == (["journal.volume"] if isinstance(value, dict) and "volume" in value else [])


def test_a_record_around_one_of_the_same_title_is_read_as_one() -> None:
    inner = {"title": "Lines", "description": "We fly.", "creators": [{"name": "Roe, Rick"}]}
    records = [{"title": "Lines", "doi": "10.1000/lines", "metadata": inner}]
    entry = only({"hits": {"hits": records, "total": 1}})
    assert (entry.doi, entry.abstract, entry.authors) == ("10.1000/lines", "We fly.", ("Rick Roe",))


def test_a_subtitle_is_a_part_of_the_title() -> None:
    assert (
        only([{"title": "Lines", "subtitle": ["a study"], "doi": "10.1000/l"}]).title
        == "Lines: a study"
    )
    assert only([{"title": "Lines: A Study", "subtitle": "a study"}]).title == "Lines: A Study"


def test_the_parts_of_an_abstract_are_all_kept() -> None:
    parts = [{"label": "AIM", "text": "We fly."}, {"label": "RESULT", "text": "They did."}]
    assert (
        only([{"title": "Lines", "abstract": parts}]).abstract
        == "AIM: We fly.\n\nRESULT: They did."
    )


def test_a_notebooks_markdown_is_a_list() -> None:
    cells = [
        {
            "cell_type": "markdown",
            "source": ["# Papers\n", "- [Lines](https://arxiv.org/abs/2601.00001)"],
        },
        {"cell_type": "code", "source": ["print(1)"], "outputs": []},
    ]
    entry = only({"cells": cells, "nbformat": 4, "metadata": {}})
    assert (entry.title, entry.arxiv) == ("Lines", "2601.00001")


def test_inspires_categories_and_journal() -> None:
    record = {
        "titles": [{"title": "Kites"}],
        "abstracts": [{"value": "We fly."}],
        "authors": [{"full_name": "Kite, Ada"}],
        "arxiv_eprints": [{"value": "2601.00010", "categories": ["hep-ex", "hep-ph"]}],
        "primary_arxiv_category": ["hep-ph"],
        "publication_info": [{"journal_title": "J.Wind", "year": 2026}],
    }
    text = json.dumps({"hits": {"hits": [{"id": "1", "metadata": record}]}})
    (entry,) = parse(text.encode(), file="x").entries
    assert (entry.arxiv, entry.categories) == ("2601.00010", ("hep-ph", "hep-ex"))
    assert entry.venue == "J.Wind"


def test_datacites_subtitle() -> None:
    about = {
        "titles": [{"title": "Kites"}, {"title": "A study", "titleType": "Subtitle"}],
        "doi": "10.1000/k",
    }
    text = json.dumps({"data": [{"id": "10.1000/k", "type": "dois", "attributes": about}]})
    assert parse(text.encode(), file="x").entries[0].title == "Kites: A study"


def test_pubmeds_table_and_lens_records() -> None:
    table = (
        "PMID,Title,Authors,Citation,First Author,Journal/Book,Publication Year,DOI\n"
        '1,Kites.,"Kite A, van der Berg B, O\'Neill CD.",J 2026,Kite A,J Wind,2026,10.1000/k\n'
    )
    listing = parse(table.encode(), file="x")
    (entry,) = listing.entries
    assert (entry.title, entry.venue, entry.published) == ("Kites", "J Wind", "2026")
    assert entry.authors == ("A Kite", "B van der Berg", "CD O'Neill")
    assert not listing.notices
    record = {"title": "Kites", "authors": [{"first_name": "Ada", "last_name": "Kite"}],
              "external_ids": [{"type": "doi", "value": "10.1000/k"}],
              "source": {"title": "Journal of Wind"}}  # fmt: skip
    (entry,) = parse(json.dumps([record]).encode(), file="x").entries
    assert (entry.venue, entry.doi, entry.authors) == (
        "Journal of Wind",
        "10.1000/k",
        ("Ada Kite",),
    )


POSTS: dict[str, Any] = {
    "Hacker News's search": {
        "hits": [
            {"objectID": "1", "author": "windy", "points": 31, "num_comments": 8, "story_id": 1,
             "title": "Lines that hold [pdf]", "url": "https://arxiv.org/pdf/2601.00001"}
        ]
    },
    "Hacker News's items": [
        {"by": "windy", "descendants": 8, "id": 1, "score": 31, "time": 1767600000, "type": "story",
         "title": "Lines that hold", "url": "https://arxiv.org/abs/2601.00001"}
    ],
    "Reddit": {
        "kind": "Listing",
        "data": {"children": [{"kind": "t3", "data": {
            "subreddit": "Kites", "permalink": "/r/Kites/1", "author": "windy", "ups": 31,
            "score": 31, "num_comments": 8, "title": "[R] Lines that hold", "name": "t3_1",
            "url": "https://arxiv.org/abs/2601.00001"}}]},
    },
}  # fmt: skip


@pytest.mark.parametrize("name", POSTS)
def test_who_posts_a_paper_is_none_of_its_authors(name: str) -> None:
    entry = only(POSTS[name])
    assert (entry.title, entry.arxiv) == ("Lines that hold", "2601.00001")
    assert (entry.authors, entry.submitter) == ((), "windy")
    assert (entry.upvotes, entry.comments) == (31, 8)


ANSWERS: dict[str, tuple[Any, dict[str, Any]]] = {
    "one record of DataCite's, with people that have names and places": (
        {"data": {"id": "10.1000/l", "type": "dois", "attributes": {
            "titles": [{"title": "Lines that hold"}], "publicationYear": 2026,
            "dates": [{"date": "2026-01-02", "dateType": "Submitted"}],
            "creators": [{"name": "Roe, Rick", "affiliation": ["Hill"]}, {"name": "Poe, Ed"}]}}},
        {"authors": ("Rick Roe", "Ed Poe"), "published": "2026-01-02"},
    ),
    "InvenioRDM's people": (
        {"metadata": {"title": "Lines that hold", "description": "We hold.", "creators": [
            {"person_or_org": {"family_name": "Roe", "given_name": "Rick"}, "affiliations": []}]}},
        {"authors": ("Rick Roe",)},
    ),
    "counts in an object of counts": (
        {"papers": [{"title": "Lines that hold", "topics": ["Ropes", "cs.RO"],
                     "metrics": {"visits": {"all": 9}, "public_total_votes": 7}}]},
        {"upvotes": 7, "keywords": ("Ropes",), "categories": ("cs.RO",)},
    ),
    "votes of a person": (
        {"papers": [{"title": "Lines that hold", "abstract": "We hold.",
                     "sharer": {"name": "windy", "votes": 7}}]},
        {"upvotes": None},
    ),
    "schema.org's journal": (
        {"@type": "ScholarlyArticle", "headline": "Lines that hold", "abstract": "We hold.",
         "isPartOf": {"@type": "Periodical", "name": "Wind"}},
        {"venue": "Wind"},
    ),
    "a month, and a day of it": (
        [{"title": "Lines that hold", "pubdate": "2026-01-00", "posted": "2026-01-05"}],
        {"published": "2026-01-05"},
    ),
    "a month, and its first day, which stands for any": (
        [{"title": "Lines that hold", "pubdate": "2026-01-00", "date": "2026-01-01T00:00:00Z"}],
        {"published": "2026-01"},
    ),
    "the Anthology's ids": (
        "<volume><paper><title>Lines that hold</title><author><first>Rick</first><last>Roe</last>"
        "</author><url>2026.kite-long.1</url></paper><paper><title>Reels</title><author>"
        "<first>Ed</first><last>Poe</last></author><url>W26-0001</url></paper></volume>",
        {"url": "https://aclanthology.org/2026.kite-long.1/", "authors": ("Rick Roe",)},
    ),
    "PRISM's terms": (
        {"entry": [{"dc:title": "Lines that hold", "prism:publicationName": "Wind",
                    "prism:coverDate": "2026-01-02", "authkeywords": "ropes | wind"}]},
        {"venue": "Wind", "published": "2026-01-02", "keywords": ("ropes", "wind")},
    ),
    "a page beside a PDF": (
        [{"title": "Lines that hold", "doi": "10.1000/l", "pdf_url": "https://k.example/get?id=1",
          "html_url": "https://k.example/lines"}],
        {"url": "https://k.example/lines"},
    ),
    "an editor among the names, and a title's article": (
        "<modsCollection><mods><titleInfo><nonSort>The </nonSort><title>lines</title></titleInfo>"
        '<name><namePart type="family">Roe</namePart><role><roleTerm>author</roleTerm>'
        "</role></name>"
        '<name><namePart type="family">Poe</namePart><role><roleTerm>editor</roleTerm>'
        "</role></name>"
        "<abstract>We hold.</abstract><subject><topic>ropes</topic></subject></mods>"
        "<mods><titleInfo><title>Other</title></titleInfo></mods></modsCollection>",
        {"title": "The lines", "authors": ("Roe",), "keywords": ("ropes",)},
    ),
    "a publication beside a title": (
        "Title,Publication,Year\nLines that hold,Wind,2026\nReels,Wind,2025\n",
        {"venue": "Wind"},
    ),
    "when a reader kept it": (
        "Title,URL,Saved date\nLines that hold,https://k.example/lines,2026-01-03\n",
        {"published": None},
    ),
    "names in two words": (
        [{"titreArticle": "Lines that hold", "datePublication": "2026-01-02", "lienArticle": "x"}],
        {"published": "2026-01-02"},
    ),
    "a licence's address": (
        [{"title": "Lines that hold", "abstract": "We hold.",
          "license": {"name": "CC BY", "url": "https://creativecommons.org/licenses/by/4.0/"}}],
        {"url": None},
    ),
    "an id as a spreadsheet keeps it": (
        'title\tarxiv id\nLines that hold\t="2601.00010"\nReels\t="2601.00020"\n',
        {"arxiv": "2601.00010"},
    ),
    "Crossref's journal in XML": (
        "<journal><journal_metadata><full_title>Wind</full_title></journal_metadata>"
        "<journal_article><titles><title>Lines that hold</title></titles><doi_data>"
        "<doi>10.1000/l</doi></doi_data></journal_article></journal>",
        {"venue": "Wind", "doi": "10.1000/l"},
    ),
    "YAML by ids": (
        '"2601.00010":\n  título: Lines that hold\n  autores:\n    - Rick Roe\n"2601.00011":\n'
        "  título: Reels\n  autores:\n    - Ed Poe\n",
        {"arxiv": "2601.00010", "authors": ("Rick Roe",)},
    ),
    "one topic": (
        "Title,Topic,DOI\nLines that hold,Ropes,10.1000/l\n",
        {"keywords": ("Ropes",)},
    ),
    "a record in two parts": (
        {"results": [{"meta": {"title": "Lines that hold", "doi": "10.1000/l"},
                      "content": {"abstractText": "We hold.", "authors": ["Rick Roe"]}}]},
        {"abstract": "We hold.", "authors": ("Rick Roe",)},
    ),
    "OpenAlex's journal, where people were not asked for": (
        {"results": [{"title": "Lines that hold", "primary_location": {
            "source": {"display_name": "Wind", "type": "journal"}}}]},
        {"venue": "Wind"},
    ),
    "attributes of a record": (
        '<papers><paper votes="7" title="x"><title>Lines that hold</title><abstract>We hold.'
        '</abstract></paper><paper votes="3"><title>Reels</title></paper></papers>',
        {"upvotes": 7},
    ),
    "ids of JATS by their kinds, and a group": (
        '<x><article><front><article-meta><article-id pub-id-type="pmid">1</article-id><article-id '
        'pub-id-type="doi">10.1000/l</article-id><title-group><article-title>Lines that hold'
        "</article-title></title-group><contrib-group><contrib><name><surname>Roe</surname></name>"
        "</contrib><contrib><collab>Kite Team</collab></contrib></contrib-group></article-meta>"
        "</front></article></x>",
        {"doi": "10.1000/l", "authors": ("Roe", "Kite Team")},
    ),
    "objects in a table's cells": (
        "title,abstract,externalIds\nLines that hold,NaN,\"{'ArXiv': '2601.00010', 'n': None}\"\n",
        {"abstract": "", "arxiv": "2601.00010"},
    ),
    "a bookmark": (
        "title,url\nLines that hold | OpenReview,https://openreview.net/forum?id=abc6\n",
        {"url": "https://openreview.net/forum?id=abc6"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ANSWERS)
def test_where_services_put_what_they_say(name: str) -> None:
    value, expected = ANSWERS[name]
    entry = read(value).entries[0]
    assert entry.title == expected.get("title", "Lines that hold")
    assert {field: getattr(entry, field) for field in expected} == expected


def test_words_under_the_key_of_a_database_are_named() -> None:
    listing = read("TI,AU,ID,UT\nLines that hold,Rick Roe,WIND; ROPES ALOFT,WOS:1\n")
    assert 'column "ID" is not read: it holds "WIND; ROPES ALOFT" in line 2' in listing.notices
