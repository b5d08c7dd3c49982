"""References to papers: BibTeX, RIS, and meta tags of a page. Pure.

Owns `reference` (what a citation needs of a paper) and a module a format, each with a function from
references to text. May import `papers` and `tex`.
"""

from .bibtex import bibtex as bibtex
from .meta import dublin_core as dublin_core
from .meta import highwire as highwire
from .meta import json_ld as json_ld
from .reference import Reference as Reference
from .reference import reference as reference
from .ris import ris as ris
