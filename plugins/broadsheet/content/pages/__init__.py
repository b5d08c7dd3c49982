"""Content pages, which people edit: parsing, formatting and editing their texts. Pure.

May import papers, slugs, io.safe_yaml and errors.
"""

from .harmless import harmless
from .identity import is_arxiv, is_id, paper_id
from .location import PaperLocation
from .model import Page, Section
from .safety import UnsafeLink, script, unsafe_links
from .scan import ScannedPaper, scan
from .text import FRONT, PageHeading, format_page, format_section, parse, survey

__all__ = [
    "FRONT",
    "Page",
    "PageHeading",
    "PaperLocation",
    "ScannedPaper",
    "Section",
    "UnsafeLink",
    "format_page",
    "format_section",
    "harmless",
    "is_arxiv",
    "is_id",
    "paper_id",
    "parse",
    "scan",
    "script",
    "survey",
    "unsafe_links",
]
