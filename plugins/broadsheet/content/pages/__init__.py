"""Content pages, which people edit: parsing, formatting and editing their texts. Pure.

May import papers, slugs, tex, weburl, text.safe_yaml and errors.
"""

from .harmless import harmless
from .identity import is_arxiv, is_id, new_id, paper_id
from .location import PaperLocation
from .markup import Markup
from .markup import find as find_markup
from .model import Page, Section
from .safety import UnsafeScheme, script, unsafe_links
from .scan import ScannedPaper, scan
from .text import (
    FRONT,
    PageHeading,
    escaped_lines,
    format_page,
    format_section,
    parse,
    survey,
)

__all__ = [
    "FRONT",
    "Markup",
    "Page",
    "PageHeading",
    "PaperLocation",
    "ScannedPaper",
    "Section",
    "UnsafeScheme",
    "escaped_lines",
    "find_markup",
    "format_page",
    "format_section",
    "harmless",
    "is_arxiv",
    "is_id",
    "new_id",
    "paper_id",
    "parse",
    "scan",
    "script",
    "survey",
    "unsafe_links",
]
