"""A paper's citation: BibTeX on its page, and the metadata in its page's head."""

from __future__ import annotations

from html import escape

from markupsafe import Markup

from .. import citing, urls
from ..archive.model import PublishedPaper
from ..citing import Reference
from ..text.marked_formulas import unmarked
from .views import CardView, PaperView, SiteView


def bibtex(entry: str) -> Markup:
    """Return a paper's BibTeX as it stands on its page. Other formats (RIS, CSL-JSON, a formatted
    reference) would be a tenth of the page; the theme's references.js makes them of this and the
    head."""
    # Quotes need no escape in an element's text.
    return Markup(escape(unmarked(entry.rstrip()), quote=False))


def reference(placed: PublishedPaper, site: str) -> Reference:
    """Return a paper as it is cited; `site` is SITEURL, "" if unset."""
    return citing.reference(
        placed.paper, placed.date, f"{site}/{urls.paper(placed.paper.id)}" if site else ""
    )


def head(
    paper: PaperView,
    abstract: str,
    cited: Reference,
    site: str,
    shown: SiteView,
    card: CardView | None = None,
) -> dict[str, object]:
    """Return the metadata of a paper's page, as fields of HeadView: for Zotero, Google Scholar and
    link previews. `abstract` is plain text, `site` SITEURL, `card`
    the page's own."""
    address = f"{site}/{paper.path}" if site else ""
    # No og:site_name: Zotero would take it for the journal that the paper is in.
    properties = [("og:type", "article")]
    if address:
        properties.append(("og:url", address))
    return {
        "meta": citing.highwire(cited, tuple(tag.label for tag in paper.tags))
        + citing.dublin_core(cited),
        "properties": tuple(properties),
        "card": card,
        "json_ld": Markup(
            citing.json_ld(
                cited,
                address,
                abstract=abstract,
                publisher=shown.name,
                image=card.address if card else shown.card or "",
            )
        ),
    }
