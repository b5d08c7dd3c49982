"""Views of a paper: as a row or page, and as a title in a list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from urllib.parse import quote

from .. import urls
from ..archive.briefs import Brief
from ..archive.codes import codes
from ..archive.model import PublishedPaper
from ..locale import Words
from ..outlinks import BUILT_IN
from ..papers import Paper
from ..text.names import authors_short
from ..text.plain import plain
from . import markdown
from .labels import Labels
from .machine_summaries import machine_summary
from .views import Link, NoteView, PaperView, TitleRow

_KINDS = {"Hugging Face": "huggingface", "Semantic Scholar": "semanticscholar",
          "Google Scholar": "scholar"}  # fmt: skip
# Hugging Face and Semantic Scholar know arXiv's newer ids alone.
_NEWER = (BUILT_IN["Hugging Face"], BUILT_IN["Semantic Scholar"])


def links(paper: Paper, title: str, names: Labels) -> tuple[Link, ...]:
    """Return a paper's links to other sites: its own, then what the settings add."""
    result = own_links(paper, names.words)
    for link in names.paper_links:
        address = link.address(paper, title)
        if address and not (link in _NEWER and paper.arxiv and "/" in paper.arxiv):
            result.append(Link(path=address, label=link.label, kind=_KINDS.get(link.label, "more")))
    return tuple(result)


def own_links(paper: Paper, words: Words) -> list[Link]:
    """Return the links that a paper's own fields give: its text first, then code and pages."""
    result = []
    if paper.arxiv:
        result.append(
            Link(path=f"https://arxiv.org/abs/{paper.arxiv}", label="arXiv", kind="arxiv")
        )
        result.append(Link(path=f"https://arxiv.org/pdf/{paper.arxiv}", label="PDF", kind="pdf"))
    if paper.doi:
        result.append(
            Link(path=f"https://doi.org/{quote(paper.doi, safe='/')}", label="DOI", kind="doi")
        )
    if paper.url:
        result.append(Link(path=paper.url, label=words.gettext("Paper"), kind="paper"))
    if paper.code:
        result.append(Link(path=paper.code, label=words.gettext("Code"), kind="code"))
    if paper.project:
        result.append(
            Link(path=paper.project, label=_page_label(paper.project, words), kind="project")
        )
    return result


def _page_label(address: str, words: Words) -> str:
    if "huggingface.co/datasets/" in address:
        return words.gettext("Dataset")
    if "huggingface.co/spaces/" in address:
        return words.gettext("Demo")
    if "huggingface.co/" in address:
        return words.gettext("Model")
    return words.gettext("Project page")


def view(placed: PublishedPaper, names: Labels, edit: Callable[[str], str | None]) -> PaperView:
    """Return a paper as its page and its row print it; `edit` returns the address where a page is
    edited."""
    paper = placed.paper
    title = plain(paper.title)
    words = names.words
    day = Link(path=urls.day(placed.date), label=words.dates.plain(placed.date))
    title_html, abstract_html = markdown.title(paper.title), markdown.abstract(paper.abstract)
    linked = links(paper, title, names)
    return PaperView(
        id=paper.id,
        path=urls.paper(paper.id),
        title=title,
        title_html=title_html,
        row_title=markdown.unannotated(title_html),
        abstract_html=abstract_html,
        row_abstract=markdown.unannotated(abstract_html),
        lead=names.lead(paper),
        authors=paper.authors,
        authors_short=authors_short(paper.authors, paper.author_count, words),
        iso=placed.date.isoformat(),
        date=day.label,
        day=day,
        topic=names.topic(placed.topic),
        tags=tuple(map(names.tag, paper.tags)),
        categories=tuple(
            Link(path=urls.search_for(f"category:{name}"), label=name) for name in paper.categories
        ),
        links=linked,
        upvotes=paper.upvotes,
        comments=paper.comments,
        as_of=words.dates.moment(paper.as_of) if paper.as_of else None,
        discussion=next(
            (f"{link.path}#community" for link in linked if link.kind == "huggingface"), None
        ),
        stars=paper.stars,
        organisation=Link(path="", label=paper.organisation) if paper.organisation else None,
        venue=paper.venue,
        keywords=paper.keywords,
        submitter=paper.submitter,
        curator=paper.curator,
        curators=paper.curators,
        notes=tuple(
            NoteView(html=markdown.abstract(note.text), curator=note.curator)
            for note in paper.notes
        ),
        arxiv=paper.arxiv,
        doi=paper.doi,
        summary=paper.summary,
        machine_summary=machine_summary(paper, words),
        edit=edit(placed.path),
        codes=codes(paper, placed.topic),
    )


def brief_row(brief: Brief, names: Labels) -> TitleRow:
    """Return a paper in brief as a row of a long list: what `title_row` makes of the paper."""
    return TitleRow(
        path=urls.paper(brief.id),
        title_html=markdown.unannotated(markdown.title(brief.title)),
        authors_short=brief.authors,
        iso=brief.iso,
        topic=names.topic(brief.topic),
        upvotes=brief.upvotes,
        date=names.words.dates.brief(date.fromisoformat(brief.iso)),
        pinned=brief.pinned,
        codes=brief.codes,
    )


def title_row(placed: PublishedPaper, names: Labels, *, first: bool = False) -> TitleRow:
    """Return a paper as a row of a long list; the `first` story of a front page has its lead."""
    paper = placed.paper
    return TitleRow(
        path=urls.paper(paper.id),
        title_html=markdown.unannotated(markdown.title(paper.title)),
        authors_short=authors_short(paper.authors, paper.author_count, names.words),
        iso=placed.date.isoformat(),
        topic=names.topic(placed.topic),
        upvotes=paper.upvotes,
        date=names.words.dates.brief(placed.date),
        lead=names.lead(paper) if first else None,
        pinned=paper.pinned,
        codes=codes(paper, placed.topic, listed=True),
    )
