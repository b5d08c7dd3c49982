"""Content pages: what people edit. Text in, values out, and back; no files."""

from .harmless import harmless
from .identity import is_arxiv, is_id, paper_id
from .location import PaperLocation
from .model import Page, Section
from .safety import UnsafeLink, script, unsafe_links
from .scan import ScannedPaper, scan
from .text import PageHeading, format_page, format_section, parse, survey

__all__ = [
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
