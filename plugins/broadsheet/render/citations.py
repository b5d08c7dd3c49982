"""How a paper is cited on its page, and what its page's head says of it."""

from __future__ import annotations

from html import escape

from markupsafe import Markup

from .. import citing, urls
from ..archive.model import Placed
from ..citing import Reference
from ..text.bounded_markdown import unmarked
from .views import PaperView


def bibtex(one: Reference) -> Markup:
    """A paper as BibTeX. RIS, CSL-JSON and a reference in words say nothing that this and the
    page's head don't: the theme's cite.js makes them, which would be a tenth of the page."""
    # Quotes stay quotes: in an element's text they end nothing.
    return Markup(escape(unmarked(citing.bibtex([one]).rstrip()), quote=False))


def reference(placed: Placed, site: str) -> Reference:
    """A paper as it is cited; `site` is SITEURL, "" where unset."""
    return citing.reference(
        placed.paper, placed.date, f"{site}/{urls.paper(placed.paper.id)}" if site else ""
    )


def head(paper: PaperView, one: Reference, site: str) -> dict[str, object]:
    """What a paper's page says of it to Zotero, Google Scholar and link previews. `site` is
    SITEURL."""
    address = f"{site}/{paper.path}" if site else ""
    # No og:site_name: Zotero would take it for the journal that the paper is in.
    properties = [("og:type", "article")]
    if address:
        properties.append(("og:url", address))
    return {
        "meta": citing.highwire(one, tuple(tag.label for tag in paper.tags))
        + citing.dublin_core(one),
        "properties": tuple(properties),
        "json_ld": Markup(citing.json_ld(one, address)),
    }
