"""Curate in the browser: what `broadsheet serve --edit` answers below /__edit/, and what it adds to
the pages that it shows.

Requests are values, and so are answers (`exchange`); `cli.site_server` carries them.
`guard` says who may ask, `requests` what may be asked; `editor` answers, by `curate` alone. Nothing
of it is in the published site: `static/` and the page of a review are served from here. May import
curate, render and what lies below.
"""

from __future__ import annotations

from .editor import EditedSite, Editor
from .exchange import PLACE, HttpAnswer, HttpRequest
from .guard import LONGEST

__all__ = ["LONGEST", "PLACE", "EditedSite", "Editor", "HttpAnswer", "HttpRequest"]
