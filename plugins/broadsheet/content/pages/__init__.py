"""Content pages: what people edit. Text in, values out, and back; no files."""

from .harmless import harmless
from .identity import is_arxiv, is_id, is_slug, paper_id, slug
from .model import Page, Section
from .safety import UnsafeLink, script, unsafe_links
from .scan import Seen, scan
from .text import PageHeading, format_page, format_section, parse, survey

__all__ = [
    "Page",
    "PageHeading",
    "Section",
    "Seen",
    "UnsafeLink",
    "format_page",
    "format_section",
    "harmless",
    "is_arxiv",
    "is_id",
    "is_slug",
    "paper_id",
    "parse",
    "scan",
    "script",
    "slug",
    "survey",
    "unsafe_links",
]
