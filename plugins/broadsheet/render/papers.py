"""Views of a paper: as a row or page, and as a title in a list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from urllib.parse import quote, quote_plus

from .. import calendar, urls
from ..archive.model import Placed
from ..papers import Paper
from ..text.names import authors_short
from ..text.plain import lead_of, plain
from . import markdown
from .labels import Labels
from .views import Link, NoteView, PaperView, TitleRow


def links(paper: Paper, title: str) -> tuple[Link, ...]:
    """Return a paper's links to other sites: its text first, then code and pages, then searches."""
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
        result.append(Link(path=paper.url, label="Paper", kind="paper"))
    if paper.code:
        result.append(Link(path=paper.code, label="Code", kind="code"))
    if paper.project:
        result.append(Link(path=paper.project, label=_page_label(paper.project), kind="project"))
    if paper.arxiv and "/" not in paper.arxiv:
        result.append(
            Link(
                path=f"https://huggingface.co/papers/{paper.arxiv}",
                label="Hugging Face",
                kind="huggingface",
            )
        )
        result.append(
            Link(
                path=f"https://www.semanticscholar.org/arxiv/{paper.arxiv}",
                label="Semantic Scholar",
                kind="semanticscholar",
            )
        )
    result.append(
        Link(
            path=f"https://scholar.google.com/scholar?q={quote_plus(title)}",
            label="Google Scholar",
            kind="scholar",
        )
    )
    return tuple(result)


def _page_label(address: str) -> str:
    if "huggingface.co/datasets/" in address:
        return "Dataset"
    if "huggingface.co/spaces/" in address:
        return "Demo"
    if "huggingface.co/" in address:
        return "Model"
    return "Project page"


def view(placed: Placed, names: Labels, edit: Callable[[str], str | None]) -> PaperView:
    """Return a paper as its page and its row print it; `edit` returns the address where a page is
    edited."""
    paper = placed.paper
    title = plain(paper.title)
    day = Link(path=urls.day(placed.date), label=calendar.plain(placed.date))
    title_html, abstract_html = markdown.title(paper.title), markdown.abstract(paper.abstract)
    return PaperView(
        id=paper.id,
        path=urls.paper(paper.id),
        title=title,
        title_html=title_html,
        row_title=markdown.unannotated(title_html),
        abstract_html=abstract_html,
        row_abstract=markdown.unannotated(abstract_html),
        lead=lead_of(paper.abstract),
        authors=paper.authors,
        authors_short=authors_short(paper.authors, paper.author_count),
        iso=placed.date.isoformat(),
        date=day.label,
        day=day,
        topic=names.topic(placed.topic),
        tags=tuple(map(names.tag, paper.tags)),
        categories=tuple(
            Link(path=urls.search_for(f"category:{name}"), label=name) for name in paper.categories
        ),
        links=links(paper, title),
        upvotes=paper.upvotes,
        comments=paper.comments,
        as_of=calendar.moment(paper.as_of) if paper.as_of else None,
        submitter=paper.submitter,
        curator=paper.curator,
        notes=tuple(
            NoteView(html=markdown.abstract(note.text), curator=note.curator)
            for note in paper.notes
        ),
        arxiv=paper.arxiv,
        doi=paper.doi,
        summary=paper.summary,
        edit=edit(placed.path),
    )


def title_row(placed: Placed, names: Labels, *, first: bool = False) -> TitleRow:
    """Return a paper as a row of a long list; the `first` story of a front page has its lead."""
    paper = placed.paper
    return TitleRow(
        path=urls.paper(paper.id),
        title_html=markdown.unannotated(markdown.title(paper.title)),
        authors_short=authors_short(paper.authors, paper.author_count),
        iso=placed.date.isoformat(),
        topic=names.topic(placed.topic),
        upvotes=paper.upvotes,
        date=short_date(placed.date),
        lead=lead_of(paper.abstract) if first else "",
    )


def short_date(when: date) -> str:
    """Return a date as "7 Aug 2025"."""
    return f"{when.day} {calendar.MONTHS[when.month - 1][:3]} {when.year}"
