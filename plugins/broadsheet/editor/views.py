"""Papers as the browser's controls show them: as values for JSON, their HTML safe to show. Pure."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from ..curate import Changes, markdown
from ..curate.changes.items import DayItem
from ..errors import plain
from ..papers import Paper
from ..render.markdown import abstract, page, rooted, title
from ..text import bounded_markdown
from ..topics import Vocabulary

_ROOT = "/"  # where `serve` shows the site


def row(item: DayItem) -> dict[str, Any]:
    """Return a paper as a list shows it, in plain text."""
    return {
        "id": item.id,
        "mark": item.mark,
        "title": item.title,
        "authors": item.authors,
        "lead": item.lead,
        "topic": item.topic,
        "tags": item.paper.tags,
        "votes": item.paper.upvotes,
        "waits": item.waits,
        "why": plain(item.why),
    }


def whole(item: DayItem) -> dict[str, Any]:
    """Return a paper with its texts, as Markdown and as HTML."""
    paper = item.paper
    return {
        **row(item),
        "titleText": paper.title,
        "abstractText": paper.abstract,
        **shown(paper),
        "categories": paper.categories,
        "arxiv": paper.arxiv,
        "notes": [
            {"html": _html(abstract(note.text)), "curator": note.curator} for note in paper.notes
        ],
    }


def shown(paper: Paper) -> dict[str, str]:
    """Return a paper's title and abstract as HTML, made as its page's."""
    return {
        "titleHtml": _html(title(paper.title)),
        "abstractHtml": _html(abstract(paper.abstract)),
    }


def vocabulary(known: Vocabulary) -> dict[str, Any]:
    """Return the topics and tags that a paper may get."""
    return {
        "topics": [{"slug": one.slug, "name": one.name} for one in known.topics],
        "known": sorted(known.tag_by_slug),
    }


def told(changes: Changes) -> str:
    """Return changes as `broadsheet diff` tells them, as HTML."""
    html, _, _ = bounded_markdown.html(markdown(changes))
    return str(page(html))


def _html(text: Markup) -> str:
    return str(rooted(text, _ROOT))
