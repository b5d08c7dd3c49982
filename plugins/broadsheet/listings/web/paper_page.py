"""The page of one paper, saved as HTML: an abstract page of arXiv's, a journal's article, a forum.

Such pages describe their paper to search engines: in meta tags (citation_title and the like, as
Google Scholar asks for, or Dublin Core) or in JSON-LD with schema.org's words. One that lists
several (a collection in JSON-LD) gives them all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ...errors import ListingError
from ...papers import Entry
from ..fields import values
from ..fields.addresses import Address, address_of
from ..fields.dates import read_published, read_stamp
from ..fields.identifiers import arxiv_id, categories, doi, link, named_links
from ..fields.one_name import natural_order
from ..fields.people import arxiv_names, split_authors
from ..fields.withdrawal import withdrawn
from ..merging import unite
from ..model import Listing
from ..untrusted import jsons
from ..untrusted.decoding import one_line, paragraphs
from ..untrusted.html_tree import Element, attribute, elements, first, text_of

_TITLES = ("citation_title", "dc.title", "dcterms.title", "prism.title", "eprints.title")
_AUTHORS = ("citation_author", "citation_authors", "dc.creator", "dcterms.creator",
            "eprints.creators_name")  # fmt: skip
_ABSTRACTS = ("citation_abstract", "dcterms.abstract", "dc.description", "dcterms.description",
              "eprints.abstract")  # fmt: skip
_DOIS = ("citation_doi", "prism.doi", "dc.identifier", "dcterms.identifier", "bepress_citation_doi")
_DATES = ("citation_publication_date", "citation_online_date", "citation_date", "dc.date",
          "dcterms.issued", "dcterms.date", "prism.publicationdate",
          "article:published_time")  # fmt: skip
_ADDRESSES = ("citation_abstract_html_url", "citation_arxiv_id", "citation_public_url",
              "citation_fulltext_html_url", "citation_pdf_url", "og:url")  # fmt: skip
_KEYWORDS = ("citation_keywords", "citation_keyword", "dc.subject", "dcterms.subject")
_KINDS = frozenset(
    "ScholarlyArticle MedicalScholarlyArticle Article TechArticle Report PublicationIssue Thesis"
    " CreativeWork".split()
)
_PAPER_KINDS = frozenset(("ScholarlyArticle", "MedicalScholarlyArticle", "Thesis", "Report"))
_MOST = 20_000  # JSON-LD's objects that are looked at
_MOST_PARTS = 4  # issue, volume, journal: one in the other
_ABSTRACT_NAME = re.compile(r"(?:\b|_)abstract(?:\b|_|text|section|content)", re.I)
_SHORTEST = 120  # characters of an abstract that a page shows, told from its heading
_SUBJECT = re.compile(r"\(([a-z-]{2,10}(?:\.[A-Za-z-]{2,12})?)\)")


def metas_of(page: Element) -> dict[str, list[str]]:
    """Return a page's meta tags: their contents by name, in lower case, in order."""
    found: dict[str, list[str]] = {}
    for element in elements(page, "meta"):
        name = (attribute(element, "name") or attribute(element, "property")).lower()
        if name and (content := attribute(element, "content").strip()):
            found.setdefault(name, []).append(content)
    return found


def entries_of(page: Element, file: str) -> list[Entry]:
    """Return the papers that a page says it is of; [] where it is no paper's page.

    A journal's page may have meta tags and JSON-LD: one paper is made of both.
    """
    metas = metas_of(page)
    described = list(_described(page))
    entry = _of_metas(page, metas, file)
    if entry is None:
        return [made for about in described if (made := _of_json(about))]
    same = [made for about in described if (made := _of_json(about)) and made.title == entry.title]
    if same and not entry.abstract:
        entry = unite([entry, same[0]], file=file)[0][0]
    return [entry]


def parse(page: Element, found: list[Entry], *, file: str) -> Listing:
    """Return the listing of a page's papers."""
    notices: list[str] = []
    kept = []
    comments = _comments(page)
    for entry in found:
        if withdrawn(entry.abstract, comments, entry.title):
            notices.append(f'"{entry.title}" is withdrawn; left out')
        else:
            kept.append(entry)
    entries, twice = unite(kept, file=file)
    return Listing(
        format="paper_page",
        entries=entries,
        empty=None if entries else "withdrawn papers only",
        notices=(*notices, *twice),
    )


def _first(metas: dict[str, list[str]], names: tuple[str, ...]) -> str:
    return next((metas[name][0] for name in names if name in metas), "")


def _of_metas(page: Element, metas: dict[str, list[str]], file: str) -> Entry | None:
    title = one_line(_plain(_first(metas, _TITLES), file))
    if not title or not any(name.startswith(("citation_", "dc.", "dcterms.", "eprints."))
                            and name not in _TITLES for name in metas):  # fmt: skip
        return None
    addresses = list(_addresses(metas, page))
    arxiv = next((one for one in addresses if one.arxiv), None)
    if arxiv is None and (named := arxiv_id(_first(metas, ("citation_arxiv_id",)))):
        arxiv = Address("", "paper", *named)
    names = next((metas[name] for name in _AUTHORS if name in metas), [])
    code, project = named_links(_comments(page))
    subjects = text_of(first(page, "td", with_class="subjects"))
    keywords = [word for name in _KEYWORDS for text in metas.get(name, ()) for word in
                re.split(r"[;,]", text)]  # fmt: skip
    named_doi = next((found for name in _DOIS for text in metas.get(name, ())
                      if (found := doi(text))), None)  # fmt: skip
    own = any("//arxiv.org/" in one.url for one in addresses)
    return Entry(
        title=title,
        abstract=paragraphs(_plain(_first(metas, _ABSTRACTS), file)) or _shown_abstract(page, file),
        line=1,
        tex=own,
        arxiv=arxiv.arxiv if arxiv else None,
        version=arxiv.version if arxiv else None,
        doi=named_doi or next((one.doi for one in addresses if one.doi), None),
        url=None if arxiv else next((one.url for one in addresses), None),
        authors=_authors(names),
        categories=categories(" ".join(_SUBJECT.findall(subjects))),
        keywords=tuple(dict.fromkeys(word for text in keywords if (word := one_line(text)))),
        code=code,
        project=project,
        published=_day(_first(metas, _DATES)),
    )


def _comments(page: Element) -> str:
    """Return the authors' comments of arXiv's abstract pages."""
    return one_line(" ".join(map(text_of, elements(page, "td", with_class="comments"))))


def _authors(names: list[str]) -> tuple[str, ...]:
    if len(names) == 1 and (";" in names[0] or " and " in names[0] or names[0].count(",") > 1):
        return split_authors(names[0])
    return arxiv_names(natural_order(name) for name in dict.fromkeys(names))


def _addresses(metas: dict[str, list[str]], page: Element) -> Iterator[Address]:
    texts = [text for name in _ADDRESSES for text in metas.get(name, ())]
    texts += [attribute(one, "href") for one in elements(page, "link")
              if attribute(one, "rel") == "canonical"]  # fmt: skip
    texts += [text for name in _DOIS for text in metas.get(name, ()) if "://" in text]
    for text in texts:
        if address := address_of(text):
            yield address


def _shown_abstract(page: Element, file: str) -> str:
    """Return the text of the element that a page names its abstract."""
    for element in page.iter("div", "section", "blockquote", "p", "span"):
        name = f"{attribute(element, 'class')} {attribute(element, 'id')}"
        if not _ABSTRACT_NAME.search(name):
            continue
        text = paragraphs(text_of(element))
        text = re.sub(r"^\s*abstract\b[\s.:—-]*", "", text, flags=re.I)
        if len(text) >= _SHORTEST:
            return text
    return ""


def _plain(text: str, file: str) -> str:
    if "<" not in text and "&" not in text:
        return text
    from ..fields.html_prose import prose  # few hold HTML

    return prose(text, file=file)


def _day(text: str) -> str | None:
    """Return the date of a paper as far as a tag gives it."""
    return read_stamp(text) or read_published(text)


def _described(page: Element) -> Iterator[dict[str, Any]]:
    """Yield the articles that a page describes in JSON-LD, those within lists among them."""
    waiting: list[object] = []
    for script in elements(page, "script"):
        if "ld+json" in attribute(script, "type").lower():
            try:
                waiting.append(jsons.load(text_of(script), file=""))
            except ListingError:
                continue  # a page's own error; its meta tags may do
    seen = 0
    while waiting and seen < _MOST:
        value = waiting.pop(0)
        seen += 1
        if isinstance(value, list):
            waiting[:0] = value[:_MOST]
        elif isinstance(value, dict):
            kinds = value.get("@type")
            names = {kinds} if isinstance(kinds, str) else set(map(str, jsons.items(kinds)))
            if names & _PAPER_KINDS or (names & _KINDS and "abstract" in value):
                yield value
                continue
            waiting[:0] = [
                value[key] for key in ("@graph", "mainEntity", "itemListElement", "item", "hasPart")
                if key in value
            ]  # fmt: skip


def _of_json(about: dict[str, Any]) -> Entry | None:
    title = one_line(_plain(_said(about, "headline", "name"), ""))
    if not title:
        return None
    words = [
        _said(one, "@id", "value")
        for key in ("url", "@id", "sameAs", "mainEntityOfPage", "identifier")
        for one in _several(about.get(key))
    ]
    addresses = [one for word in words if (one := address_of(word))]
    arxiv = next((one for one in addresses if one.arxiv), None)
    return Entry(
        title=title,
        abstract=paragraphs(_plain(_said(about, "abstract", "description"), "")),
        line=1,
        arxiv=arxiv.arxiv if arxiv else None,
        version=arxiv.version if arxiv else None,
        doi=next((found for word in words if (found := doi(word))), None)
        or next((one.doi for one in addresses if one.doi), None),
        url=None if arxiv else next((one.url for one in addresses), None),
        authors=_people(about.get("author") or about.get("creator")),
        venue=_appeared(about.get("isPartOf")),
        keywords=_json_keywords(about.get("keywords")),
        code=link(about.get("codeRepository")),
        published=_day(jsons.string(about.get("datePublished"))),
    )


def _said(value: object, *names: str) -> str:
    """Return a value that is a text; of an object, the first text that it has under these names."""
    if not isinstance(value, dict):
        return jsons.string(value)
    return next((said for name in names if (said := jsons.string(value.get(name)))), "")


def _people(value: object) -> tuple[str, ...]:
    """Return the authors in JSON-LD: texts or objects, whose names may be in parts."""
    given = [one for one in _several(value) if one]
    texts = [one for one in given if isinstance(one, str)]
    return _authors(texts) if len(texts) == len(given) else values.names(given)


def _appeared(value: object) -> str | None:
    """Return the journal of an article in JSON-LD: of an issue of a volume, what these are of."""
    found = ""
    for _ in range(_MOST_PARTS):
        value = _several(value)[0] if value else None
        if not isinstance(value, dict):
            break
        found = one_line(_said(value, "name")) or found
        value = value.get("isPartOf")
    return found or None


def _several(value: object) -> list[object]:
    """Return what stands as a list or, where there is one, by itself."""
    return value if isinstance(value, list) else [value]


def _json_keywords(value: object) -> tuple[str, ...]:
    given = value if isinstance(value, list) else jsons.string(value).split(",")
    return tuple(dict.fromkeys(filter(None, (one_line(jsons.string(word)) for word in given))))
