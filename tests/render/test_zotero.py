"""What Zotero takes from a paper's page: its translator "Embedded Metadata" read on paper, by the
rules that it follows for tags in the head.
"""

from __future__ import annotations

from html.parser import HTMLParser

from tests.digests import Digest

FIELDS = {
    "citation_title": "title",
    "citation_publication_date": "date",
    "citation_doi": "DOI",
    "citation_public_url": "url",
}


class _Head(HTMLParser):
    """The meta tags of a page's head. A tag's property counts only where it has no name."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, str]] = []
        self.feed(page.partition("</head>")[0])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        name = values.get("name") or values.get("property")
        if tag == "meta" and name and values.get("content"):
            self.tags.append((name, values["content"] or ""))


def _zotero(page: str) -> dict[str, object]:
    """The item that Zotero makes of a page."""
    tags = _Head(page).tags
    item: dict[str, object] = {}
    for name, field in FIELDS.items():
        values = [value for tag, value in tags if tag.endswith(name)]
        if values:  # it joins what comes twice
            item[field] = " ".join(", ".join(values).split())
    creators = []
    for tag, value in tags:
        if tag.endswith("citation_author"):
            names = [one.strip() for one in value.split(";")]
            if len(names) == 1:
                parts = [one.strip() for one in value.split(",")]
                if len(parts) > 1 and all(" " in part for part in parts[:2]):
                    names = parts
            creators += [name for name in names if name]
    item["creators"] = creators
    item["itemType"] = "journalArticle" if "title" in item else "webpage"  # its guess by the title
    item["abstractNote"] = dict(tags).get("description")
    item["pdf"] = dict(tags).get("citation_pdf_url")
    return item


def test_zotero_gets_a_paper_whole(built: Digest) -> None:
    assert _zotero(built.page("papers/steps-that-shrink/")) == {
        "itemType": "journalArticle",
        "title": "Steps that shrink: a study of ε-decay",
        "creators": ["Ada Example", "Bo Example", "Cy Example", "Di Example", "Ed Example"],
        "date": "2025/08/07",
        "url": "https://digest.example/some/path/papers/steps-that-shrink/",
        "abstractNote": "We propose steps that shrink, with complexity O(ε⁻²), at no cost.",
        "pdf": None,
    }


def test_zotero_gets_an_arxiv_papers_address_and_pdf(built: Digest) -> None:
    item = _zotero(built.page("papers/2508.00001/"))
    assert item["url"] == "https://arxiv.org/abs/2508.00001"
    assert item["pdf"] == "https://arxiv.org/pdf/2508.00001"
    assert item["date"] == "2025/08"


def test_dublin_core_and_open_graph_say_the_same(built: Digest) -> None:
    page = built.page("papers/steps-that-shrink/")
    tags = _Head(page).tags
    named = [value for tag, value in tags if tag == "DC.title"]
    assert named == ["Steps that shrink: a study of ε-decay"]
    for told in ('property="og:title"', "property=og:description", "og:type", "og:url"):
        assert told in page, told
