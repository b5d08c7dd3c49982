"""arXiv's pages of search results, saved as HTML. A result names its paper's categories, and has
its abstract twice: cut and whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...errors import ListingError
from ...papers import Entry
from ..fields.dates import read_published
from ..fields.identifiers import arxiv_id, categories, named_links
from ..fields.people import arxiv_names
from ..merging import unite
from ..model import Listing
from ..untrusted.decoding import one_line, paragraphs
from ..untrusted.html_tree import Element, attribute, elements, first, line_of, text_of

_LABEL = re.compile(r"\s*(?:Authors|Comments|Abstract)\s*:\s*")
_MORE = re.compile(r"\s*[△▽].{0,20}\Z", re.S)  # the words that fold the abstract
_SUBMITTED = re.compile(r"Submitted\s+(\d{1,2} [A-Z][a-z]{2,8}),? (\d{4})")


def is_search(page: Element) -> bool:
    """Return whether a page is one of arXiv's search results."""
    return first(page, "li", with_class="arxiv-result") is not None


def parse(page: Element, *, file: str) -> Listing:
    """Read a page of results. Raises `ListingError` where none has an id and a title."""
    entries, notices = unite(_entries(page, file), file=file)
    return Listing(format="arxiv_search", entries=entries, notices=notices)


def _entries(page: Element, file: str) -> Iterator[Entry | ListingError]:
    for result in elements(page, "li", with_class="arxiv-result"):
        links = (attribute(link, "href") for link in elements(result, "a"))
        arxiv = next(filter(None, map(arxiv_id, links)), None)
        title = one_line(text_of(first(result, "p", with_class="title")))
        if arxiv is None or not title:
            yield ListingError(
                "a result lacks its id or title; expected both", file=file, line=line_of(result)
            )
            continue
        said = _said(result, "comments")
        code, project = named_links(said)
        submitted = _SUBMITTED.search(one_line(text_of(result)))
        authors = first(result, "p", with_class="authors")
        abstract = text_of(first(result, "span", with_class="abstract-full"))
        tags = (one_line(text_of(tag)) for tag in elements(result, "span", with_class="tag"))
        yield Entry(
            title=title,
            abstract=paragraphs(_MORE.sub("", abstract)),
            line=line_of(result),
            tex=True,
            arxiv=arxiv[0],
            version=arxiv[1],
            authors=arxiv_names(one_line(text_of(a)) for a in elements(authors, "a"))
            if authors is not None
            else (),
            categories=categories(" ".join(tag for tag in tags if "doi" not in tag.lower())),
            code=code,
            project=project,
            published=read_published(" ".join(submitted.groups())) if submitted else None,
        )


def _said(result: Element, name: str) -> str:
    return _LABEL.sub("", one_line(text_of(first(result, "p", with_class=name))), count=1)
