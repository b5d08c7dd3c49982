"""Papers as references: in BibTeX and RIS, and as meta tags. Pure.

`reference` says what is cited; each format is a module with one function from references to text.
"""

from broadsheet.citing.bibtex import bibtex as bibtex
from broadsheet.citing.meta import dublin_core as dublin_core
from broadsheet.citing.meta import highwire as highwire
from broadsheet.citing.meta import json_ld as json_ld
from broadsheet.citing.reference import Reference as Reference
from broadsheet.citing.reference import reference as reference
from broadsheet.citing.ris import ris as ris
