"""A reference in a page's head: Highwire and Dublin Core tags, and schema.org's JSON-LD.

Highwire's are what Google Scholar asks for (scholar.google.com/intl/en/scholar/inclusion.html) and
what Zotero's translator "Embedded Metadata" reads first. It cuts an author at semicolons, and at
commas where both sides have spaces ("van Example, Ada B."), so names stand as they are spoken.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..json_text import compact
from .names import PersonName
from .reference import Reference

Tags = tuple[tuple[str, str], ...]


def highwire(reference: Reference, keywords: tuple[str, ...] = ()) -> Tags:
    """Return `citation_*` tags."""
    return tuple(_highwire(reference, keywords))


def _highwire(reference: Reference, keywords: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    yield "citation_title", reference.plain_title
    for author in reference.authors:
        yield "citation_author", _spoken(author)
    yield "citation_publication_date", _date(reference, "/")
    if reference.arxiv:
        yield "citation_arxiv_id", reference.arxiv
        yield "citation_pdf_url", f"https://arxiv.org/pdf/{reference.arxiv}"
    if reference.doi:
        yield "citation_doi", reference.doi
    if reference.url:
        yield "citation_public_url", reference.url
    if keywords:
        yield "citation_keywords", "; ".join(word.replace(";", ",") for word in keywords)


def dublin_core(reference: Reference) -> Tags:
    """Return `DC.*` tags (dublincore.org, elements 1.1). All authors are in one tag,
    separated by semicolons; Highwire's tags have one each."""
    return tuple(
        (tag, value)
        for tag, value in (
            ("DC.title", reference.plain_title),
            ("DC.creator", "; ".join(map(_spoken, reference.authors))),
            ("DC.date", _date(reference, "-")),
            ("DC.identifier", _identifier(reference)),
        )
        if value
    )


def json_ld(
    reference: Reference, address: str, *, abstract: str = "", publisher: str = "", image: str = ""
) -> str:
    """Return the reference as a schema.org ScholarlyArticle, to stand in a script element: no text
    of it can end that. `address` is its page ("" where the site has no address), `abstract` plain
    text, `publisher` the site's name, `image` the address of a picture."""
    data: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "headline": reference.plain_title,
        "author": [
            {"@type": "Person" if author.given else "Organization", "name": author.natural}
            for author in reference.authors
        ],
        "datePublished": _date(reference, "-"),
    }
    if address:
        data["url"] = address
    if abstract:
        data["abstract"] = abstract
    if publisher:
        data["publisher"] = {"@type": "Organization", "name": publisher}
    if image:
        data["image"] = image
    if reference.url and reference.url != address:
        data["sameAs"] = reference.url
    text = compact(data).decode()
    for unsafe in "<>&\u2028\u2029":
        text = text.replace(unsafe, f"\\u{ord(unsafe):04x}")
    return text


def _identifier(reference: Reference) -> str:
    if reference.doi:
        return reference.doi  # by its "10." it is known
    return f"arXiv:{reference.arxiv}" if reference.arxiv else ""


def _spoken(author: PersonName) -> str:
    return author.natural.replace(";", ",")


def _date(reference: Reference, between: str) -> str:
    return between.join(f"{part:02}" for part in reference.date)
